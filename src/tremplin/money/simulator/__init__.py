"""
The simulator's settings and its table: what a year leaves by legal form, whatever its turnover, expenses and start.

The page of a report reckons nothing: it reads the table between its points, which are made here by the same functions
as the rest of the report.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from tremplin.case import Case
from tremplin.case.months import YEAR, curve, year_of_activity
from tremplin.law.forms import FORMS, Form
from tremplin.law.vat import vat, vat_tolerance
from tremplin.model.profile import Profile
from tremplin.money.commitments import commitments
from tremplin.money.comparison import forms
from tremplin.money.financing import financing
from tremplin.money.job import planned_job
from tremplin.money.reserve import savings_left
from tremplin.money.simulator.curves import Reach, curves
from tremplin.money.simulator.starts import Start, StartId, possible_starts, whole_ceiling
from tremplin.money.simulator.year import Left, Year

EXAMPLES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Parts of the person's turnover that are worked out for paper, as far as the simulator goes."""

APART = 1.1
"""How far apart these are at least: the end of the axis may fall just after one."""

HEADROOM = 1.25
"""How much further than the person's turnover, or the threshold ahead, the simulator goes."""

SMALL = 0.2
"""Share of the micro ceiling below which a project is shown beside the VAT threshold only."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reader may move: its value for the person's project, its bounds and its step."""

    value: float
    least: float
    most: float
    step: float

    @classmethod
    def of(cls, value: float, most: float, step: float, least: float = 0.0) -> "Setting":
        """Bring the value to the nearest step within the bounds: a slider knows no other."""
        bounds = cls(least, least, most, step)
        return replace(bounds, value=bounds.nearest(value))

    def nearest(self, value: float) -> float:
        """Give the step within the bounds that is nearest to a value."""
        within = min(max(value, self.least), self.most)
        return self.least + round((within - self.least) / self.step) * self.step


@dataclass(frozen=True, slots=True)
class Example:
    """One turnover worked out, with the person's own expenses."""

    turnover: float
    mine: bool
    over: bool
    """Whether it passes the micro ceiling."""
    kept: dict[Form, float]
    """To ten euros, as the page shows it."""
    reserve: float | None
    """Months that the savings last without a salary, in the form recommended; None where none are needed."""


@dataclass(frozen=True)
class Simulator:
    """The tables and settings for one person."""

    case: Case

    @property
    def profile(self) -> Profile:
        """The person's answers."""
        return self.case.profile

    @cached_property
    def turnover(self) -> Setting:
        """€ a year; the person's second year of activity."""
        mine = float(curve(self.case).turnover[year_of_activity(2)].sum())
        near = mine < SMALL * self.ceiling
        most = HEADROOM * max(mine, self.vat if near else self.ceiling)
        coarse = 50_000 if most > 300_000 else 10_000  # noqa: PLR2004 - a round end of the axis
        top = math.ceil(most / coarse) * coarse
        return Setting.of(mine, top, 250.0 if top > 150_000 else 100.0)  # noqa: PLR2004 - some 500 steps

    @cached_property
    def fixed(self) -> Setting:
        """Expenses that do not depend on turnover, € a month: in the second year, all that the business is bound to among them."""
        bound = commitments(self.case).total[year_of_activity(2)].mean()
        mine = self.profile.project.fixed_expenses + float(bound)
        most = max(500.0, 3 * mine)
        coarse = 10 ** math.floor(math.log10(most)) / 2
        top = math.ceil(most / coarse) * coarse
        return Setting.of(mine, top, max(5.0, coarse / 100))

    @property
    def share(self) -> Setting:
        """Expenses that follow turnover, % of it."""
        return Setting.of(100 * self.profile.project.expense_rate, 90.0, 0.5)

    @property
    def hours(self) -> Setting:
        """Hours a week for the project."""
        mine = self.profile.project.weekly_hours
        return Setting.of(mine, max(60.0, math.ceil(mine)), 0.5, least=1.0)

    @property
    def weeks(self) -> float:
        """Weeks a year in which these hours are worked."""
        return self.case.convention("simulator.weeks")

    @property
    def ceiling(self) -> float:
        """The micro ceiling of a whole year, at the start date, €."""
        return whole_ceiling(self.case)

    @property
    def vat(self) -> float:
        """Turnover up to which no VAT is charged, €."""
        return vat(self.case).threshold

    @property
    def vat_tolerance(self) -> float:
        """Turnover up to which VAT is charged from the next year only, €."""
        return vat_tolerance(self.case).threshold

    @property
    def savings(self) -> float:
        """Savings that are left once the start is paid, money of others first, €."""
        return savings_left(self.case, financing(self.case).available)

    @cached_property
    def starts(self) -> tuple[Start, ...]:
        """The years that may be looked at, that of the person's point first."""
        return possible_starts(self.case)

    def margin(self, turnover: float, fixed: float, share: float) -> float:
        """Give what expenses leave of a turnover, €: `fixed` is a month's, `share` in %."""
        return turnover * (1 - share / 100) - YEAR * fixed

    def left(self, form: Form, start: StartId, turnover: float, fixed: float, share: float) -> Left:
        """Reckon what a year leaves, without the table."""
        return self._years[start].left(form, turnover, self.margin(turnover, fixed, share))

    def project(self, form: Form) -> Left:
        """Give what the person's own second year leaves, at one pace."""
        values = self.turnover.value, self.fixed.value, self.share.value
        return self.left(form, "later_years", *values)

    def reserve(self, alone: float) -> float | None:
        """Give how many months the savings last without a salary; None where the household needs none."""
        missing = self.profile.fixed_costs - alone / YEAR
        return self.savings / missing if missing > 0 else None

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Reckon a few turnovers around the person's own, in the second year, for those who read on paper."""
        mine = self.turnover
        wanted = [mine.nearest(factor * (mine.value or self.vat)) for factor in EXAMPLES]
        made: list[Example] = []
        for turnover in dict.fromkeys(wanted):
            if made and turnover < APART * made[-1].turnover:
                continue
            left = {
                form: self.left(form, "later_years", turnover, self.fixed.value, self.share.value)
                for form in FORMS
            }
            chosen = left[forms(self.case).recommended]
            made.append(
                Example(
                    turnover=turnover,
                    mine=turnover == mine.value,
                    over=turnover > self.ceiling,
                    kept={form: round(one.kept, -1) for form, one in left.items()},
                    reserve=self.reserve(chosen.alone),
                )
            )
        return tuple(made)

    @cached_property
    def table(self) -> pl.DataFrame:
        """
        The straight pieces, a row each: `form`, the `starts` that share it, and from `x0` to `x1` what is left.

        `x` is the turnover for the micro regime, whose expenses the page takes off, and the margin for the others.
        """
        turnover, most = self.turnover.value, self.turnover.most
        margin = self.margin(turnover, self.fixed.value, self.share.value)
        reach = Reach(turnover, margin, most, YEAR * self.fixed.most)
        return pl.concat(curves(self._years.values(), reach))

    @cached_property
    def _years(self) -> dict[StartId, Year]:
        job = planned_job(self.case)
        return {start.id: Year(self.case, job, start) for start in self.starts}
