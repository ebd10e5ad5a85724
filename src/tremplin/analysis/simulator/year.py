"""
What one year of activity leaves, by legal form, at any turnover or margin.

A year is twelve months at one pace; the accountant is an expense, as in the comparison of the forms.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property

import numpy as np

from tremplin.analysis.assessment import Assessment
from tremplin.analysis.income.arrays import Array, amounts
from tremplin.analysis.income.calendar import YEAR, month_begins, stretches
from tremplin.analysis.income.company import best_mixes
from tremplin.analysis.income.forms import (
    COMPANIES,
    PENSION_QUARTERS,
    Form,
    flat_tax_open,
    year_of_activity,
)
from tremplin.analysis.income.household import JobPath, TaxedHousehold
from tremplin.analysis.income.income_tax import Scale
from tremplin.analysis.income.micro import flat_tax, micro_rates, micro_taxable
from tremplin.analysis.income.real import RealForm, RealRegime
from tremplin.analysis.simulator.starts import Start
from tremplin.model.profile import Category, Profile
from tremplin.model.register import Register


@dataclass(frozen=True, slots=True)
class Left:
    """What a year leaves, €, the accountant paid."""

    before_tax: float
    """Before income tax; a company pays its whole margin as pay."""
    kept: float
    """After income tax; for a company, with the better of pay alone and the best mix of pay and dividends."""
    alone: float
    """What the household has to live on without the person's salary or benefit, after its whole tax."""


@dataclass(frozen=True)
class Year:
    """A year that begins at `start`, beside the job as planned."""

    found: Assessment
    register: Register
    job: JobPath
    start: Start

    @property
    def profile(self) -> Profile:
        """The person's answers."""
        return self.found.profile

    @property
    def day(self) -> date:
        """The day whose rules the year follows."""
        return self.start.begins if self.start.first_year else month_begins(self.start.begins, YEAR)

    def left(self, form: Form, turnover: float, margin: float) -> Left:
        """Reckon what a turnover leaves; `margin` is what expenses leave of it."""
        if form == "micro":
            spent = turnover - margin
            before, kept, alone = self.micro(amounts([turnover]))[:, 0] - spent
        else:
            at = amounts([margin])
            before, kept, alone = self.real(form, at, self.after_tax(form, at))[:, 0]
        return Left(float(before), float(kept), float(alone))

    def micro(self, turnover: Array) -> Array:
        """
        Give what turnovers leave in the micro regime, expenses not yet taken off: a row each for before tax, kept, alone.

        Contributions are not rounded to the euro a month: a curve of steps would have a piece a euro.
        """
        day, category, register = self.day, self._category, self.register
        rates = micro_rates(register, category, day, self.start.begins, acre=self.start.acre)
        spared = amounts(
            sum(
                (np.minimum(turnover * months / YEAR, most) for months, most in self._spared)
                if self.start.acre
                else (),
                np.zeros_like(turnover),
            )
        )
        due = rates.total * turnover - (rates.contributions - rates.reduced) * spared
        profit = micro_taxable(register, category, turnover, day)
        household = self.household
        alone = replace(household, own=0.0)
        added, whole = household.added(profit=profit), alone.tax(profit=profit)
        if flat_tax_open(self.profile, register, day, self.found.as_of):
            flat = flat_tax(register, category, turnover, day)
            added = np.minimum(added, flat + household.added_beside(profit))
            whole = np.minimum(whole, flat + alone.tax() + alone.added_beside(profit))
        before = turnover - due - self.accounting("micro")
        return np.stack([before, before - added, household.others + before - whole])

    def real(self, form: RealForm, margin: Array, after_tax: Array) -> Array:
        """Give what margins, the accountant not yet paid, leave under a real regime: a row each for before tax, kept, alone."""
        net = self.regime(form).net(margin - self.accounting(form))
        household = self.household
        alone = replace(household, own=0.0)
        whole = alone.tax(pay=net.taxable) if form in COMPANIES else alone.tax(profit=net.taxable)
        lived_on = household.others + net.before_tax - whole
        return np.stack([net.before_tax, after_tax, lived_on])

    def after_tax(self, form: RealForm, margin: Array) -> Array:
        """Give what margins leave after the income tax that they add, a company's pay and dividends at their best."""
        regime, household = self.regime(form), self.household
        margin = margin - self.accounting(form)
        net = regime.net(margin)
        if form == "ei":
            return net.before_tax - household.added(profit=net.taxable)
        day, without = self.day, household.tax()
        cover = PENSION_QUARTERS * self.register.value("pension.quarter_income", at=day)
        least = cover if self.job.salary[self._months].min() <= 0 else 0.0
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

    def regime(self, form: RealForm) -> RealRegime:
        """Give the real regime of a form under the rules of the year."""
        return RealRegime.at(self.register, form, self._category, self.day, acre=self.start.acre)

    def alike(self, form: Form) -> object:
        """Give what the curve of a year depends on."""
        household = self.household
        same = replace(household, scale=replace(household.scale, carried_over=False))
        if form == "micro":
            rates = micro_rates(
                self.register, self._category, self.day, self.start.begins, acre=self.start.acre
            )
            return same, rates, self._spared if self.start.acre else None
        regime = self.regime(form)
        rules = (getattr(regime, one.name) for one in fields(regime) if one.name != "rows")
        return same, *rules

    @cached_property
    def household(self) -> TaxedHousehold:
        """The household without the project, taxed by the scale of the year."""
        household = self.profile.household
        return TaxedHousehold(
            Scale.of_income(self.register, self.day.year),
            household.situation == "couple",
            household.children,
            float(self.job.wages[self._months].sum()),
            YEAR * household.other_income,
        )

    @property
    def _category(self) -> Category:
        return self.profile.project.category

    @property
    def _months(self) -> slice:
        return year_of_activity(1 if self.start.first_year else 2)

    def accounting(self, form: Form) -> float:
        """Give what the accountant of a form is assumed to cost, € a year."""
        return self.found.finances.forms.of(form).accounting

    @cached_property
    def _spared(self) -> tuple[tuple[int, float], ...]:
        """Give the months under ACRE in each calendar year of the first twelve, and the turnover up to which it counts."""
        found = []
        for stretch in stretches(self.start.begins):
            months = min(stretch.stop, self.start.acre_months) - stretch.first
            if months > 0:
                rates = micro_rates(
                    self.register, self._category, stretch.begins, self.start.begins, acre=True
                )
                found.append((months, rates.reduced_up_to))
        return tuple(found)
