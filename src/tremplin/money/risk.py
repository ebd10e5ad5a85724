"""
What could go wrong: which driver matters most, and what a blow leaves of the cash; with survival and draws, all risks.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.months import MONTHS, YEAR, Curve, curve_at, month_begins, turnover_moved
from tremplin.case.months import curve as curve_of
from tremplin.money.comparison import recommended
from tremplin.money.draws import Fan, fan
from tremplin.money.financing import cash
from tremplin.money.forms import left_of
from tremplin.money.survival import Cohort, Survival, cohorts, survival

Driver = Literal["turnover", "price", "expenses", "delay"]
StressId = Literal["late", "half", "stop", "client_lost", "expenses_up"]


@dataclass(frozen=True, slots=True)
class Swing:
    """
    What the project leaves over twenty-four months, before income tax, with one driver moved down and up, €.

    A company's corporate tax and what its dividends bear are paid; its loss counts, by the person's part.
    """

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
    base = curve_of(case)

    def left(curve: Curve) -> float:
        return float(left_of(case, form, curve).sum())

    def shifted(months: int) -> Curve:
        return curve_at(case, turnover_moved(case, months))

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
        "late": (delay, curve_at(case, turnover_moved(case, delay))),
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
