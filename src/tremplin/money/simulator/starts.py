"""
The years that may be looked at: when the business begins, with ACRE or without, or at the overseas rates.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tremplin.case import Case
from tremplin.case.dates import add_days, quarter_end
from tremplin.case.months import YEAR, month_begins, stretches
from tremplin.law.acre import relief
from tremplin.law.micro import Relief, acre_ends
from tremplin.law.thresholds import micro_ceiling, mixed_ceiling

StartId = Literal["later_years", "planned", "next_quarter", "other_acre", "before_change"]


@dataclass(frozen=True, slots=True)
class Start:
    """A year of activity that may be looked at: when it begins, and what reduces its contributions."""

    id: StartId
    begins: date
    """The first day of the business."""
    first_year: bool
    relief: Relief | None
    reduced_months: int
    """Of the first twelve months, those in which the micro regime pays the reduced rate."""
    ceiling: float
    """The micro ceiling of the first calendar year looked at, pro rata where the business begins in it, €."""
    months: float
    """Months of activity in that calendar year, by its days."""

    @property
    def ceiling_pace(self) -> float:
        """Turnover of twelve months at whose pace the ceiling of that calendar year is met, €."""
        return self.ceiling * YEAR / self.months


def whole_ceiling(case: Case) -> float:
    """Give the micro ceiling of a whole year, at the start date, €."""
    return mixed_ceiling(case, case.start)


def possible_starts(case: Case) -> tuple[Start, ...]:
    """
    Give the years that may be looked at, that of the person's point first.

    No start lies in the past; one before a change of ACRE is there only while it can still be chosen. The overseas rates
    are nobody's choice, and last longer than two years in all but a few quarters.
    """
    start, own = case.start, relief(case)
    quarter = add_days(quarter_end(start, 0), 1)
    later = _beginning(case, quarter)
    made = [
        _start("later_years", case, "overseas" if own == "overseas" else None),
        _start("planned", case, own),
        _start("next_quarter", later, relief(later)),
    ]
    if own != "overseas":
        made.append(_start("other_acre", case, None if own else "acre"))
    change = case.rule("acre.micro.factor").valid_from
    before = change - timedelta(days=1)
    if own == "acre" and case.as_of <= before:
        sooner = _beginning(case, before)
        made.append(_start("before_change", sooner, relief(sooner)))
    return tuple(made)


def _start(id_: StartId, case: Case, reduced_by: Relief | None) -> Start:
    """Describe the year that begins with the start of a case."""
    whole, begins = id_ == "later_years", case.start
    stretch = stretches(begins)[0]
    months = YEAR
    if reduced_by != "overseas":
        ends = acre_ends(case, begins)
        months = sum(month_begins(begins, month) <= ends for month in range(YEAR))
    return Start(
        id=id_,
        begins=begins,
        first_year=not whole,
        relief=reduced_by,
        reduced_months=months if reduced_by else 0,
        ceiling=whole_ceiling(case) if whole else micro_ceiling(case, stretch),
        months=YEAR * (1.0 if whole else stretch.share_of_days),
    )


def _beginning(case: Case, day: date) -> Case:
    """Give the case as it would be with another first day."""
    return case.given({"project.start": day})
