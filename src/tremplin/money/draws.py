"""
How often the project would run out of cash: its two years drawn again and again with other luck.

The draws are seeded, so the same person gets the same numbers; their distributions are conventions of
`data/conventions.csv`, not statistics.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.declared import NO, PARTLY, YES, criterion, finding
from tremplin.case.months import MONTHS, Curve, month_begins, turnovers_moved
from tremplin.case.months import curve as curve_of
from tremplin.law.trades import where_reckoned
from tremplin.money.financing import cash, cash_months

DRAWS = 5000
SEED = 20261122
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
LONGEST_DELAY = 12
CHECKED = (3, 6, 9, 12, 18, 24)
"""Months after which the person compares the real cash with what was expected."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What cash to expect once so many months are over, €."""

    month: int
    ends: date
    """The first day after them."""
    low: float
    """One draw in twenty has less."""
    quarter: float
    """One draw in four has less."""
    middle: float
    planned: float


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles of cash by month over all draws, and how often it runs out."""

    quantiles: dict[float, Array]
    cash_out: float
    """Share of draws in which cash falls below nothing within twenty-four months."""
    planned: Array
    """Cash by month if all goes as the profile says."""
    opening: float
    """Cash before the first month, €."""
    start: date
    draws: int
    runs_out: int | None
    """The month, from 1, by which half of the draws that run out have done so; None where none does."""
    cushion: float
    """What more at the start would keep cash above nothing in all but a few draws, €; a convention says how few."""

    @property
    def runs_out_from(self) -> date | None:
        """The first day of that month."""
        return None if self.runs_out is None else month_begins(self.start, self.runs_out - 1)

    @property
    def lowest(self) -> float:
        """The planned cash where it is lowest, €."""
        return float(self.planned.min())

    @property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Give the cash to expect at the months to check."""
        low, quarter, middle = (self.quantiles[level] for level in QUANTILES[:3])
        return tuple(
            Checkpoint(
                month,
                month_begins(self.start, month),
                *(float(path[month - 1]) for path in (low, quarter, middle, self.planned)),
            )
            for month in CHECKED
        )


def draw_curves(case: Case) -> Curve:
    """
    Draw possible curves of the project.

    Turnover: the profile's, moved by a launch delay (Poisson), times a level of demand that lasts and a mood of each
    month (both lognormal of mean 1). Expenses: the fixed ones times a lognormal of mean 1, the others follow turnover.

    Returns:
        A curve with arrays of `DRAWS` × 24.

    """
    project = case.profile.project
    delay, level, mood, dearer = _luck(
        case.convention("risk.delay_months"),
        case.convention("risk.demand_spread"),
        case.convention("risk.month_spread"),
        case.convention("risk.expense_spread"),
    )
    moved = np.array(turnovers_moved(case, range(LONGEST_DELAY + 1)))
    turnover = moved[delay[:, 0]] * level * mood
    return Curve(turnover, project.fixed_expenses * dearer + project.expense_rate * turnover)


@lru_cache(maxsize=1)
def _luck(delay: float, demand: float, month: float, expense: float) -> tuple[Array, ...]:
    """
    Draw what happens to the projects of all: months of delay, levels of demand, moods of months, levels of expenses.

    Args:
        delay: its mean, in months.
        demand: the spread of the levels of demand, of their logarithm.
        month: likewise of the moods of months.
        expense: likewise of the levels of expenses.

    """
    chance = np.random.default_rng(SEED)

    def around_one(spread: float, size: int) -> Array:
        return chance.lognormal(-(spread**2) / 2, spread, size=(DRAWS, size))

    drawn = (
        np.minimum(chance.poisson(delay, size=(DRAWS, 1)), LONGEST_DELAY),
        around_one(demand, 1),
        around_one(month, MONTHS),
        around_one(expense, 1),
    )
    for one in drawn:
        one.flags.writeable = False
    return drawn


@answer("risk.drawn")
def drawn_cash(case: Case) -> Array:
    """Give the cash of every drawn curve by month, from nothing at the start and without what the household puts in, €."""
    return cash_months(case).alone(draw_curves(case))


@answer("risk.depths")
def depths(case: Case) -> Array:
    """Give how deep each draw falls, €: its lowest cash from nothing at the start, with all that the household spares by then."""
    found: Array = (drawn_cash(case) + np.cumsum(cash_months(case).spare)).min(axis=1)
    return found


@answer("risk.cash_out")
def cash_out(case: Case) -> float:
    """Give the share of draws in which cash falls below nothing within twenty-four months."""
    return float((cash(case).opening + depths(case) < 0).mean())


@answer("risk.cash")
def fan(case: Case) -> Fan:
    """Run the plan's cash on every drawn curve."""
    plan = cash(case)
    drawn = plan.helped(plan.opening + drawn_cash(case))
    levels = np.quantile(np.ascontiguousarray(drawn.T), QUANTILES, axis=1)
    lowest = plan.opening + depths(case)
    first = np.argmax(drawn < 0, axis=1)[lowest < 0] + 1
    few = case.convention("finances.cash_out_low")
    return Fan(
        quantiles=dict(zip(QUANTILES, levels, strict=True)),
        cash_out=cash_out(case),
        planned=plan.cash(curve_of(case)),
        opening=plan.opening,
        start=case.start,
        draws=DRAWS,
        runs_out=int(np.median(first)) if first.size else None,
        cushion=max(0.0, -float(np.quantile(lowest, few))),
    )


@finding("cash_runs_out")
@where_reckoned
def _cash_runs_out(case: Case) -> bool:
    """Cash runs out more often than not; not told on costs of the household that are only supposed."""
    known = case.profile.household.fixed_costs is not None
    return known and cash_out(case) >= case.convention("finances.cash_out_stop")


@finding("cash_risk")
@where_reckoned
def _cash_risk(case: Case) -> bool:
    """Cash runs out in more of the draws than a convention finds bearable, but not in so many that it stops the start."""
    often = cash_out(case) >= case.convention("finances.cash_out_high")
    return often and not _cash_runs_out(case)


@criterion("finances.cash")
@where_reckoned
def _cash_lasts(case: Case) -> float | None:
    """Cash runs out in few of the draws; up to what is just bearable counts for half."""
    chance = cash_out(case)
    if chance <= case.convention("finances.cash_out_low"):
        return YES
    return PARTLY if chance < case.convention("finances.cash_out_high") else NO
