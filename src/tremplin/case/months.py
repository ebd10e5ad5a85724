"""
Twenty-four months of activity, cut where the calendar year ends: contributions and taxes are yearly matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from tremplin.case.arrays import Array
from tremplin.case.case import Case, answer
from tremplin.case.dates import add_months, share_of_year

MONTHS = 24
YEAR = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """The months of activity that lie in one calendar year."""

    year: int
    first: int
    """Months of activity from 0, `stop` not included."""
    stop: int
    begins: date
    open_end: bool
    """The activity goes on after the last month that is looked at."""

    @property
    def months(self) -> slice:
        """The place of the months in arrays of twenty-four."""
        return slice(self.first, self.stop)

    @property
    def length(self) -> int:
        """How many months of activity."""
        return self.stop - self.first

    @property
    def years(self) -> float:
        """The length as a part of a year."""
        return self.length / YEAR

    @property
    def share_of_days(self) -> float:
        """The part of the calendar year from its first day of activity on, for ceilings pro rata."""
        return share_of_year(self.begins)


@lru_cache(maxsize=4096)
def month_begins(start: date, month: int) -> date:
    """Give the first day of a month of activity, counted from 0."""
    return add_months(start, month)


@lru_cache(maxsize=256)
def stretches(start: date) -> tuple[Stretch, ...]:
    """
    Cut the twenty-four months at calendar years.

    >>> [(part.year, part.length) for part in stretches(date(2027, 3, 1))]
    [(2027, 10), (2028, 12), (2029, 2)]
    """
    years = [month_begins(start, month).year for month in range(MONTHS)]
    found = []
    for year in dict.fromkeys(years):
        first, stop = years.index(year), MONTHS - years[::-1].index(year)
        begins = start if first == 0 else date(year, 1, 1)
        open_end = stop == MONTHS and month_begins(start, MONTHS).year == year
        found.append(Stretch(year, first, stop, begins, open_end))
    return tuple(found)


def whole_year(case: Case, stretch: Stretch, amounts: Array) -> Array:
    """
    Give what the months of a stretch bring, along the last axis; of one that goes on, what its calendar year will.

    It goes on as it is. Where the months have seasons, a few of them stand for no year: it is taken for the last twelve
    months, which have each calendar month once.
    """
    found: Array = amounts[..., stretch.months].sum(axis=-1)
    if not stretch.open_end:
        return found
    if is_seasonal(case):
        return np.asarray(amounts[..., -YEAR:].sum(axis=-1))
    return found / stretch.years


def is_seasonal(case: Case) -> bool:
    """Tell whether the months of a year differ: seasons are told, or each month is."""
    told = case.profile.project.turnover
    return told.season is not None or told.by_month is not None


def in_calendar_years(case: Case, amounts: Array) -> tuple[float, ...]:
    """
    Give what falls in the calendar year of each stretch, of amounts by month; a last one that goes on, for a whole year.

    A month of activity that spans the end of a year counts in each by its days, as the ceilings of the law do.
    """
    start = case.start
    found = dict.fromkeys((stretch.year for stretch in stretches(start)), 0.0)
    months = found.copy()
    for month, amount in enumerate(amounts):
        begins, ends = month_begins(start, month), month_begins(start, month + 1)
        new_year = date(begins.year + 1, 1, 1)
        before = min(1.0, (new_year - begins).days / (ends - begins).days)
        for year, share in ((begins.year, before), (new_year.year, 1 - before)):
            if year in found:
                found[year] += share * float(amount)
                months[year] += share
    last = stretches(start)[-1]
    if last.open_end and is_seasonal(case):
        found[last.year] = float(whole_year(case, last, amounts))
    elif last.open_end:
        found[last.year] *= YEAR / months[last.year]
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Curve:
    """What the project takes in and spends, by month; the last axis has the twenty-four months."""

    turnover: Array
    expenses: Array

    @property
    def margin(self) -> Array:
        """Turnover less expenses, before contributions and tax."""
        return self.turnover - self.expenses


@answer("project.season")
def season(case: Case) -> Array:
    """Give what the calendar month of each month of activity counts against an ordinary one."""
    told = case.profile.project.turnover.season
    if told is None:
        return np.ones(MONTHS)
    return np.array(
        [told.factors[month_begins(case.start, month).month - 1] for month in range(MONTHS)]
    )


@answer("project.curve")
def curve(case: Case) -> Curve:
    """Read what the project takes in and spends by month, as the profile plans it."""
    return curve_at(case, turnover_moved(case, 0))


def turnover_moved(case: Case, months: int) -> Array:
    """Give the turnover by month, €, of a launch that takes so many months more, or fewer below 0; the seasons stay."""
    (moved,) = turnovers_moved(case, (months,))
    return moved


def turnovers_moved(case: Case, each: Sequence[int]) -> list[Array]:
    """Give the turnover by month, €, moved by each of some numbers of months, as `turnover_moved` does."""
    planned, seasons = case.profile.project.turnover, season(case)
    last = MONTHS - min(each)
    launch = np.array([*[0.0] * MONTHS, *(planned.at(month) for month in range(1, last + 1))])
    return [launch[MONTHS - months : 2 * MONTHS - months] * seasons for months in each]


def curve_at(case: Case, turnover: Array) -> Curve:
    """Give what the project takes in and spends at another turnover by month, €: expenses follow it as the profile says."""
    project = case.profile.project
    return Curve(turnover, project.fixed_expenses + project.expense_rate * turnover)


def year_of_activity(year: int) -> slice:
    """Give the months of the first or second year of activity."""
    return slice((year - 1) * YEAR, year * YEAR)
