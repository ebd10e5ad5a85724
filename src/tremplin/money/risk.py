"""
The risk: how many businesses of this kind last, and how often this one would run out of cash.

The draws are seeded, so the same person gets the same numbers; their distributions are conventions of
`data/conventions.csv`, not statistics.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.declared import NO, PARTLY, YES, correction, criterion, finding
from tremplin.case.months import MONTHS, YEAR, Curve, curve_at, month_begins
from tremplin.case.months import curve as curve_of
from tremplin.law.forms import CohortId, legal_form
from tremplin.money.cash import late
from tremplin.money.comparison import recommended
from tremplin.money.financing import cash
from tremplin.money.forms import contributions_of, margin_of

DRAWS = 5000
SEED = 20261122
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
LONGEST_DELAY = 12
CHECKED = (3, 6, 9, 12, 18, 24)
"""Months after which the person compares the real cash with what was expected."""

Driver = Literal["turnover", "price", "expenses", "delay"]
StressId = Literal["late", "half", "stop", "client_lost", "expenses_up"]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Businesses of a kind born in 2018: which share was still active after so many years, by the figures' ids."""

    id: CohortId
    figures: dict[int, str]
    before: str
    """The figure of those born in 2014, after five years."""
    shares: dict[int, float]
    """In % of those born, by year."""
    share_before: float
    mine: bool
    """Whether the person's business would be one of them, in the form recommended."""


COHORTS: dict[CohortId, tuple[dict[int, str], str]] = {
    "company": ({1: "A21", 3: "A18", 5: "A23"}, "A32"),
    "sole_trader": ({1: "A20", 3: "A19", 5: "A24"}, "A33"),
    "classic": ({3: "A17", 5: "A22"}, "A28"),
    "micro_started": ({3: "A36", 5: "A38"}, "A43"),
    "micro_registered": ({3: "A37", 5: "A39"}, "A44"),
}


@dataclass(frozen=True, slots=True)
class Survival:
    """Shares of businesses of a form still active, from 0 to 1."""

    three_years: float
    five_years: float


@answer("risk.survival", "insee_ip2069", "insee_ip2070")
def survival(case: Case) -> Survival:
    """Give what Insee saw of the businesses born in 2018 in the form recommended."""
    figures, _ = COHORTS[legal_form(recommended(case)).cohort]
    return Survival(case.best(figures[3]) / 100, case.best(figures[5]) / 100)


@answer("risk.cohorts", "insee_ip2069", "insee_ip2070")
def cohorts(case: Case) -> tuple[Cohort, ...]:
    """Give what Insee saw of the businesses born in 2018, by form; its figures of the first year count those gone."""
    own = legal_form(recommended(case)).cohort
    return tuple(
        Cohort(
            id=id_,
            figures=figures,
            before=before,
            shares={
                year: 100 - case.best(figure) if year == 1 else case.best(figure)
                for year, figure in figures.items()
            },
            share_before=case.best(before),
            mine=id_ == own,
        )
        for id_, (figures, before) in COHORTS.items()
    )


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
    month = np.arange(MONTHS) - delay
    planned = np.where(month >= 0, curve_of(case).turnover[np.maximum(month, 0)], 0.0)
    turnover = planned * level * mood
    fixed = project.expenses.fixed * dearer
    return Curve(turnover, fixed + project.expenses.rate * turnover)


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


@answer("risk.cash")
def fan(case: Case) -> Fan:
    """Run the plan's cash on every drawn curve."""
    plan = cash(case)
    drawn = plan.cash(draw_curves(case))
    levels = np.quantile(np.ascontiguousarray(drawn.T), QUANTILES, axis=1)
    lowest = drawn.min(axis=1)
    first = np.argmax(drawn < 0, axis=1)[lowest < 0] + 1
    few = case.convention("finances.cash_out_low")
    return Fan(
        quantiles=dict(zip(QUANTILES, levels, strict=True)),
        cash_out=float((lowest < 0).mean()),
        planned=plan.cash(curve_of(case)),
        opening=plan.opening,
        start=case.start,
        draws=DRAWS,
        runs_out=int(np.median(first)) if first.size else None,
        cushion=max(0.0, -float(np.quantile(lowest, few))),
    )


@dataclass(frozen=True, slots=True)
class Swing:
    """What the project leaves over twenty-four months, before tax, with one driver moved down and up, €."""

    driver: Driver
    by: float
    """How far it is moved: months for the launch, a share for the others."""
    worse: float
    better: float
    base: float

    @property
    def width(self) -> float:
        """How much the driver matters."""
        return abs(self.better - self.worse)

    @property
    def loss(self) -> float:
        """What the move for the worse takes away, €."""
        return self.base - self.worse

    @property
    def gain(self) -> float:
        """What the move for the better adds, €."""
        return self.better - self.base


@answer("risk.drivers")
def tornado(case: Case) -> tuple[Swing, ...]:
    """Move each driver as far as the conventions say, the widest swing first."""
    form = recommended(case)
    share, months = case.convention("risk.swing"), int(case.convention("risk.shift_months"))
    planned, base = case.profile.project.turnover, curve_of(case)

    def left(curve: Curve) -> float:
        contributions = contributions_of(case, form, curve)
        return float((margin_of(case, form, curve) - contributions).sum())

    def shifted(months: int) -> Curve:
        turnover = np.array(
            [
                planned.at(month - months) if month - months >= 1 else 0.0
                for month in range(1, MONTHS + 1)
            ]
        )
        return curve_at(case, turnover)

    as_planned = left(base)

    def swing(driver: Driver, by: float, worse: Curve, better: Curve) -> Swing:
        return Swing(driver, by, left(worse), left(better), as_planned)

    less, more = 1 - share, 1 + share
    found = [
        swing(
            "turnover",
            share,
            curve_at(case, base.turnover * less),
            curve_at(case, base.turnover * more),
        ),
        swing(
            "price",
            share,
            Curve(base.turnover * less, base.expenses),
            Curve(base.turnover * more, base.expenses),
        ),
        swing(
            "expenses",
            share,
            Curve(base.turnover, base.expenses * more),
            Curve(base.turnover, base.expenses * less),
        ),
        swing("delay", months, shifted(months), shifted(-months)),
    ]
    return tuple(sorted(found, key=lambda one: -one.width))


@dataclass(frozen=True, slots=True)
class Stress:
    """A blow, what cash it leaves at the lowest, and the month in which it runs out."""

    id: StressId
    by: float
    """How hard it is: months without sales, otherwise the share that is lost or added."""
    lowest: float
    runs_out: int | None
    """The month, from 1; None where cash lasts."""
    runs_out_from: date | None
    """The first day of that month."""


def blows(case: Case) -> dict[StressId, tuple[float, Curve]]:
    """Give the blows that a careful adviser would try: how hard each is, and what it makes of the profile's own curve."""
    base = curve_of(case)
    delay, pause = (int(case.convention(f"risk.{name}_months")) for name in ("late", "stopped"))
    dearer = case.convention("risk.dearer")
    months = np.arange(MONTHS)
    recurring = case.profile.project.preparation.recurring_share
    # The first year's last months: late enough to be a blow, early enough to see what follows.
    stopped = (months >= YEAR - pause) & (months < YEAR)

    found: dict[StressId, tuple[float, Curve]] = {
        "late": (delay, curve_at(case, late(base.turnover, delay))),
        "half": (1 / 2, curve_at(case, base.turnover / 2)),
        "stop": (pause, curve_at(case, np.where(stopped, 0.0, base.turnover))),
        "expenses_up": (dearer, Curve(base.turnover, base.expenses * (1 + dearer))),
    }
    if recurring > 0:
        kept = np.where(months >= YEAR, base.turnover * (1 - recurring), base.turnover)
        found["client_lost"] = (recurring, curve_at(case, kept))
    return found


@answer("risk.blows")
def stresses(case: Case) -> tuple[Stress, ...]:
    """Try the blows one at a time, the worst first."""
    plan, found = cash(case), []
    for id_, (by, curve) in blows(case).items():
        path = plan.cash(curve)
        out = np.flatnonzero(path < 0)
        month = int(out[0]) + 1 if out.size else None
        found.append(
            Stress(
                id=id_,
                by=by,
                lowest=float(path.min()),
                runs_out=month,
                runs_out_from=None if month is None else month_begins(case.start, month - 1),
            )
        )
    return tuple(sorted(found, key=lambda stress: stress.lowest))


@dataclass(frozen=True, slots=True)
class Risk:
    """All that the chapter on risk says."""

    survival: Survival
    cohorts: tuple[Cohort, ...]
    fan: Fan
    tornado: tuple[Swing, ...]
    stresses: tuple[Stress, ...]


@answer("risk")
def risk(case: Case) -> Risk:
    """Reckon the risks of the plan."""
    return Risk(survival(case), cohorts(case), fan(case), tornado(case), stresses(case))


@finding("cash_risk")
def _cash_risk(case: Case) -> bool:
    """Cash runs out in more of the draws than a convention finds bearable."""
    return fan(case).cash_out > case.convention("finances.cash_out_high")


@criterion("finances.cash")
def _cash_lasts(case: Case) -> float:
    """Cash runs out in few of the draws; up to what is just bearable counts for half."""
    chance = fan(case).cash_out
    if chance <= case.convention("finances.cash_out_low"):
        return YES
    return PARTLY if chance <= case.convention("finances.cash_out_high") else NO


@correction("half_fail")
def _half_fail(case: Case) -> bool:  # noqa: ARG001 - everybody has read it
    """Everybody hears that half of the businesses fail."""
    return True
