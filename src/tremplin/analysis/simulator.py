"""
What a year of activity leaves by legal form, whatever its turnover, expenses and start: the table behind the simulator.

The page of a report reckons nothing: it reads this table between its points, which are made here by the same functions
as the rest of the report. A year is twelve months at one pace; the accountant's cost is taken off, as in the comparison
of the forms.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Literal

import numpy as np
import polars as pl

from tremplin.analysis.acre import acre
from tremplin.analysis.assessment import Assessment
from tremplin.analysis.categories import ceiling_kind
from tremplin.analysis.dates import add_days, quarter_end
from tremplin.analysis.income.arrays import Array, amounts
from tremplin.analysis.income.calendar import YEAR, Curve, month_begins, stretches
from tremplin.analysis.income.company import best_mixes
from tremplin.analysis.income.forms import (
    COMPANIES,
    FORMS,
    PENSION_QUARTERS,
    Form,
    flat_tax_open,
    micro_ceiling,
    year_of_activity,
)
from tremplin.analysis.income.household import JobPath, TaxedHousehold
from tremplin.analysis.income.income_tax import Scale
from tremplin.analysis.income.micro import acre_ends, flat_tax, micro_rates, micro_taxable
from tremplin.analysis.income.real import RealForm, RealRegime
from tremplin.analysis.piecewise import pieces
from tremplin.analysis.scenarios import planned_job
from tremplin.model.profile import Category, Profile
from tremplin.model.register import Register

StartId = Literal["later_years", "planned", "next_quarter", "other_acre", "before_change"]

WITHIN, SHARE = 5.0, 0.002
"""€, and as a share, how far the straight pieces may be from what they stand for."""

FINEST, FINEST_MIX = 20.0, 400
"""€, and as a part of the axis, how short a piece may become; mixes are found on a grid, whose jumps mean nothing."""

FIRST_LOOK = 24
"""Pieces to begin with, the shorter the smaller the amounts."""

EXAMPLES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Parts of the person's turnover that are worked out for paper, as far as the simulator goes."""

APART = 1.1
"""How far apart these are at least: the end of the axis may fall just after one."""

HEADROOM = 1.25
"""How much further than the person's turnover, or the threshold ahead, the simulator goes."""

SMALL = 0.2
"""Share of the micro ceiling below which a project is shown beside the VAT threshold only."""


@dataclass(frozen=True, slots=True)
class Start:
    """A year of activity that may be looked at: when it begins, with ACRE or without."""

    id: StartId
    begins: date
    """The first day of the business."""
    first_year: bool
    acre: bool
    acre_months: int
    """Of the first twelve months, those in which the micro regime pays the reduced rate."""
    ceiling: float
    """The micro ceiling of the first calendar year looked at, pro rata where the business begins in it, €."""
    months: int
    """Months of activity in that calendar year."""

    @property
    def ceiling_pace(self) -> float:
        """Turnover of twelve months at whose pace the ceiling of that calendar year is met, €."""
        return self.ceiling * YEAR / self.months


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
class Left:
    """What a year leaves, €, the accountant paid."""

    before_tax: float
    """Before income tax; a company pays its whole margin as pay."""
    kept: float
    """After income tax; for a company, with the better of pay alone and the best mix of pay and dividends."""
    alone: float
    """What the household has to live on without the person's salary or benefit, after its whole tax."""


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

    found: Assessment
    register: Register

    @property
    def profile(self) -> Profile:
        """The person's answers."""
        return self.found.profile

    @cached_property
    def turnover(self) -> Setting:
        """€ a year; the person's second year of activity."""
        mine = float(Curve.of(self.profile).turnover[year_of_activity(2)].sum())
        near = mine < SMALL * self.ceiling
        most = HEADROOM * max(mine, self.vat if near else self.ceiling)
        coarse = 50_000 if most > 300_000 else 10_000  # noqa: PLR2004 - a round end of the axis
        top = math.ceil(most / coarse) * coarse
        return Setting.of(mine, top, 250.0 if top > 150_000 else 100.0)  # noqa: PLR2004 - some 500 steps

    @cached_property
    def fixed(self) -> Setting:
        """Expenses that do not depend on turnover, € a month."""
        mine = self.profile.project.expenses.fixed
        most = max(500.0, 3 * mine)
        coarse = 10 ** math.floor(math.log10(most)) / 2
        top = math.ceil(most / coarse) * coarse
        return Setting.of(mine, top, max(5.0, coarse / 100))

    @property
    def share(self) -> Setting:
        """Expenses that follow turnover, % of it."""
        return Setting.of(100 * self.profile.project.expenses.rate, 90.0, 0.5)

    @property
    def hours(self) -> Setting:
        """Hours a week for the project."""
        mine = self.profile.project.weekly_hours
        return Setting.of(mine, max(60.0, math.ceil(mine)), 0.5, least=1.0)

    @property
    def weeks(self) -> float:
        """Weeks a year in which these hours are worked."""
        return self.register.convention("simulator.weeks")

    @property
    def ceiling(self) -> float:
        """The micro ceiling of a whole year, at the start date, €."""
        kind = ceiling_kind(self.profile.project.category)
        return self.register.value(f"micro.ceiling.{kind}", at=self.profile.project.start)

    @property
    def vat(self) -> float:
        """Turnover up to which no VAT is charged, €."""
        return self.found.finances.thresholds.vat.threshold

    @property
    def vat_tolerance(self) -> float:
        """Turnover up to which VAT is charged from the next year only, €."""
        return self.found.finances.thresholds.vat_tolerance.threshold

    @property
    def savings(self) -> float:
        """Savings that are left once the start is paid, money of others first, €."""
        left = self.found.finances.financing.available - self.profile.project.investment
        return min(self.profile.financing.savings, max(0.0, left))

    @cached_property
    def starts(self) -> tuple[Start, ...]:
        """
        The years that may be looked at, that of the person's point first.

        No start lies in the past; one before a change of ACRE is there only while it can still be chosen.
        """
        start = self.profile.project.start
        quarter = add_days(quarter_end(start, 0), 1)
        made = [
            self._start("later_years", start, has_acre=False),
            self._start("planned", start, has_acre=self.found.acre.eligible),
            self._start("next_quarter", quarter, has_acre=self._acre_at(quarter)),
            self._start("other_acre", start, has_acre=not self.found.acre.eligible),
        ]
        change = self.register.rule("acre.micro.factor", at=start).valid_from
        before = change - timedelta(days=1)
        if self.found.acre.eligible and self.found.as_of <= before:
            made.append(self._start("before_change", before, has_acre=self._acre_at(before)))
        return tuple(made)

    def start(self, id_: StartId) -> Start:
        """Give a year by its id."""
        return next(start for start in self.starts if start.id == id_)

    def margin(self, turnover: float, fixed: float, share: float) -> float:
        """Give what expenses leave of a turnover, €: `fixed` is a month's, `share` in %."""
        return turnover * (1 - share / 100) - YEAR * fixed

    def left(self, form: Form, start: StartId, turnover: float, fixed: float, share: float) -> Left:
        """Reckon what a year leaves, without the table."""
        year = self.start(start)
        margin = self.margin(turnover, fixed, share)
        if form == "micro":
            spent = turnover - margin
            before, kept, alone = self._micro(year, amounts([turnover]))[:, 0] - spent
        else:
            at = amounts([margin])
            before, kept, alone = self._real(form, year, at, self._after_tax(form, year, at))[:, 0]
        return Left(float(before), float(kept), float(alone))

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
            chosen = left[self.found.finances.forms.recommended]
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
        return pl.concat(self._curves())

    def _curves(self) -> Iterator[pl.DataFrame]:
        """Make the curve of each form once for all years that have the same rules, wages and aid."""
        for form in FORMS:
            found: dict[object, list[Start]] = {}
            for start in self.starts:
                found.setdefault(self._alike(form, start), []).append(start)
            for starts in found.values():
                yield self._curve(form, starts)

    def _curve(self, form: Form, starts: list[Start]) -> pl.DataFrame:
        start, most = starts[0], self.turnover.most
        # Most kinks are at small amounts.
        first = most * np.linspace(0, 1, FIRST_LOOK + 1) ** 2
        if form == "micro":
            mine = self.turnover.value
            x, y = pieces(
                lambda at: self._micro(start, at),
                np.union1d(first, mine),
                # Expenses come off later: what is near beside the turnover may be far beside what is left.
                within=2 * WITHIN,
                share=0.0,
                finest=FINEST,
                exact=(mine,),
            )
        else:
            x, y = self._real_pieces(form, start, first)
        # The last piece includes its end.
        x[-1] += 1
        columns = {"x": np.round(x, 2)}
        columns |= dict(zip(("before", "kept", "alone"), np.round(y, 1), strict=True))
        return pl.DataFrame(
            {
                "form": [form] * (len(x) - 1),
                "starts": [" ".join(one.id for one in starts)] * (len(x) - 1),
            }
            | {f"{name}0": values[:-1] for name, values in columns.items()}
            | {f"{name}1": values[1:] for name, values in columns.items()}
        )

    def _real_pieces(self, form: RealForm, start: Start, first: Array) -> tuple[Array, Array]:
        margins = self._regime(form, start).rows["margin"].to_numpy()
        mine = self.margin(self.turnover.value, self.fixed.value, self.share.value)
        looked_at = np.union1d(first, [-YEAR * self.fixed.most - 1, mine])
        after = self._after_tax_at(form, start, looked_at, mine)
        return pieces(
            lambda at: self._real(form, start, at, after(at)),
            np.union1d(looked_at, margins[margins < first[-1]]),
            within=WITHIN,
            share=SHARE,
            finest=FINEST,
            exact=(mine,),
        )

    def _after_tax_at(
        self, form: RealForm, start: Start, looked_at: Array, mine: float
    ) -> Callable[[Array], Array]:
        """
        Give what is kept of any margins.

        A company's mix takes half a millisecond and is itself found to half a percent: it is looked for once and less closely.
        """
        if form not in COMPANIES:
            return partial(self._after_tax, form, start)
        least = float(self._regime(form, start).net(0.0).contributions)
        tried, kept = pieces(
            lambda at: self._after_tax(form, start, at)[None],
            np.union1d(looked_at, least),
            within=2 * WITHIN,
            share=SHARE,
            finest=self.turnover.most / FINEST_MIX,
            exact=(mine,),
        )
        return lambda at: amounts(np.interp(at, tried, kept[0]))

    def _alike(self, form: Form, start: Start) -> object:
        """Give what the curve of a year depends on."""
        household = self._household(start)
        same = replace(household, scale=replace(household.scale, carried_over=False))
        if form == "micro":
            rates = micro_rates(
                self.register, self._category, self._day(start), start.begins, acre=start.acre
            )
            return same, rates, self._spared(start) if start.acre else None
        regime = self._regime(form, start)
        rules = (getattr(regime, one.name) for one in fields(regime) if one.name != "rows")
        return same, *rules

    def _start(self, id_: StartId, begins: date, *, has_acre: bool) -> Start:
        profile = self._beginning(begins)
        whole = id_ == "later_years"
        stretch = stretches(begins)[0]
        ends = acre_ends(self.register, begins)
        months = [month_begins(begins, month) <= ends for month in range(YEAR)]
        return Start(
            id=id_,
            begins=begins,
            first_year=not whole,
            acre=has_acre,
            acre_months=sum(months) if has_acre else 0,
            ceiling=self.ceiling if whole else micro_ceiling(profile, self.register, stretch),
            months=YEAR if whole else stretch.length,
        )

    def _beginning(self, day: date) -> Profile:
        """Give the person's answers with another first day."""
        project = self.profile.project.model_copy(update={"start": day})
        return self.profile.model_copy(update={"project": project})

    def _acre_at(self, day: date) -> bool:
        return acre(self._beginning(day), self.register).eligible

    @property
    def _category(self) -> Category:
        return self.profile.project.category

    @cached_property
    def _job(self) -> JobPath:
        return planned_job(self.profile, self.register, self.found.leave, self.found.week)

    def _day(self, start: Start) -> date:
        """Give the day whose rules the year follows."""
        return start.begins if start.first_year else month_begins(start.begins, YEAR)

    def _months(self, start: Start) -> slice:
        return year_of_activity(1 if start.first_year else 2)

    def _household(self, start: Start) -> TaxedHousehold:
        household = self.profile.household
        return TaxedHousehold(
            Scale.of_income(self.register, self._day(start).year),
            household.situation == "couple",
            household.children,
            float(self._job.wages[self._months(start)].sum()),
            YEAR * household.other_income,
        )

    def _accounting(self, form: Form) -> float:
        return self.found.finances.forms.of(form).accounting

    def _spared(self, start: Start) -> tuple[tuple[int, float], ...]:
        """Give the months under ACRE in each calendar year of the first twelve, and the turnover up to which it counts."""
        found = []
        for stretch in stretches(start.begins):
            months = min(stretch.stop, start.acre_months) - stretch.first
            if months > 0:
                rates = micro_rates(
                    self.register, self._category, stretch.begins, start.begins, acre=True
                )
                found.append((months, rates.reduced_up_to))
        return tuple(found)

    def _micro(self, start: Start, turnover: Array) -> Array:
        """
        Give what turnovers leave in the micro regime, expenses not yet taken off: a row each for before tax, kept, alone.

        Contributions are not rounded to the euro a month: a curve of steps would have a piece a euro.
        """
        day, category, register = self._day(start), self._category, self.register
        rates = micro_rates(register, category, day, start.begins, acre=start.acre)
        spared = amounts(
            sum(
                (np.minimum(turnover * months / YEAR, most) for months, most in self._spared(start))
                if start.acre
                else (),
                np.zeros_like(turnover),
            )
        )
        due = rates.total * turnover - (rates.contributions - rates.reduced) * spared
        profit = micro_taxable(register, category, turnover, day)
        household = self._household(start)
        alone = replace(household, own=0.0)
        added, whole = household.added(profit=profit), alone.tax(profit=profit)
        if flat_tax_open(register, household, day):
            flat = flat_tax(register, category, turnover, day)
            added = np.minimum(added, flat + household.added_beside(profit))
            whole = np.minimum(whole, flat + alone.tax() + alone.added_beside(profit))
        before = turnover - due - self._accounting("micro")
        return np.stack([before, before - added, household.others + before - whole])

    def _regime(self, form: RealForm, start: Start) -> RealRegime:
        return RealRegime.at(self.register, form, self._category, self._day(start), acre=start.acre)

    def _real(self, form: RealForm, start: Start, margin: Array, after_tax: Array) -> Array:
        """Give what margins leave under a real regime: a row each for before tax, kept, alone."""
        net = self._regime(form, start).net(margin)
        household = self._household(start)
        alone = replace(household, own=0.0)
        whole = alone.tax(pay=net.taxable) if form in COMPANIES else alone.tax(profit=net.taxable)
        lived_on = household.others + net.before_tax - whole
        return np.stack([net.before_tax, after_tax, lived_on]) - self._accounting(form)

    def _after_tax(self, form: RealForm, start: Start, margin: Array) -> Array:
        """Give what margins leave after the income tax that they add, a company's pay and dividends at their best."""
        regime, household = self._regime(form, start), self._household(start)
        net = regime.net(margin)
        if form == "ei":
            return net.before_tax - household.added(profit=net.taxable)
        day, without = self._day(start), household.tax()
        cover = PENSION_QUARTERS * self.register.value("pension.quarter_income", at=day)
        least = cover if self._job.salary[self._months(start)].min() <= 0 else 0.0
        mixes = best_mixes(
            self.register,
            regime,
            margin,
            day,
            lambda pay: household.tax(pay=pay) - without,
            least_gross=least,
        )
        mixed = amounts([mix.net_after_tax for mix in mixes])
        return np.maximum(net.before_tax - household.added(pay=net.taxable), mixed)
