"""
What one year of activity leaves, by legal form, at any turnover or margin.

A year is twelve months at one pace; the accountant is an expense, as in the comparison of the forms.
"""

from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from tremplin.case import Case
from tremplin.case.arrays import Array, amounts
from tremplin.case.months import YEAR, stretches
from tremplin.law.forms import Form, RealForm
from tremplin.law.household import JobPath
from tremplin.law.micro import flat_tax, micro_rates, micro_taxable
from tremplin.law.thresholds import flat_tax_open
from tremplin.money.activity_year import ActivityYear
from tremplin.money.forms import accounting_cost
from tremplin.money.simulator.starts import Start


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

    case: Case
    job: JobPath
    start: Start

    @cached_property
    def whole(self) -> ActivityYear:
        """The year with its rules, household and regimes."""
        number = 1 if self.start.first_year else 2
        return ActivityYear(self.case, self.job, self.start.begins, number, acre=self.start.acre)

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
        day, category, case = self.whole.day, self.case.category, self.case
        rates = micro_rates(case, category, day, self.start.begins, acre=self.start.acre)
        spared = amounts(
            sum(
                (np.minimum(turnover * months / YEAR, most) for months, most in self._spared)
                if self.start.acre
                else (),
                np.zeros_like(turnover),
            )
        )
        due = rates.unrounded(turnover, spared)
        profit = micro_taxable(case, category, turnover, day)
        beside = self.whole.household
        alone = replace(beside, own=0.0)
        added, whole = beside.added(profit=profit), alone.tax(profit=profit)
        if flat_tax_open(case, day):
            flat = flat_tax(case, category, turnover, day)
            added = np.minimum(added, flat + beside.added_beside(profit))
            whole = np.minimum(whole, flat + alone.tax() + alone.added_beside(profit))
        before = turnover - due - self.accounting("micro")
        return np.stack([before, before - added, beside.others + before - whole])

    def real(self, form: RealForm, margin: Array, after_tax: Array) -> Array:
        """Give what margins, the accountant not yet paid, leave under a real regime: a row each for before tax, kept, alone."""
        net = self.whole.regime(form).net(margin - self.accounting(form))
        beside = self.whole.household
        alone = replace(beside, own=0.0)
        lived_on = beside.others + net.before_tax - alone.taxed_with(form, net.taxable)
        return np.stack([net.before_tax, after_tax, lived_on])

    def after_tax(self, form: RealForm, margin: Array) -> Array:
        """Give what margins leave after the income tax that they add, a company's pay and dividends at their best."""
        margin = margin - self.accounting(form)
        net = self.whole.regime(form).net(margin)
        kept = net.before_tax - self.whole.household.added_by(form, net.taxable)
        if form == "ei":
            return kept
        mixed = amounts([mix.net_after_tax for mix in self.whole.mixes(form, margin)])
        return np.maximum(kept, mixed)

    def alike(self, form: Form) -> object:
        """Give what the curve of a year depends on."""
        beside = self.whole.household
        same = replace(beside, scale=replace(beside.scale, carried_over=False))
        if form == "micro":
            rates = micro_rates(
                self.case,
                self.case.category,
                self.whole.day,
                self.start.begins,
                acre=self.start.acre,
            )
            return same, rates, self._spared if self.start.acre else None
        regime = self.whole.regime(form)
        rules = (getattr(regime, one.name) for one in fields(regime) if one.name != "curve")
        return same, *rules

    def accounting(self, form: Form) -> float:
        """Give what the accountant of a form is assumed to cost, € a year."""
        return accounting_cost(self.case, form)

    @cached_property
    def _spared(self) -> tuple[tuple[int, float], ...]:
        """Give the months under ACRE in each calendar year of the first twelve, and the turnover up to which it counts."""
        found = []
        for stretch in stretches(self.start.begins):
            months = min(stretch.stop, self.start.acre_months) - stretch.first
            if months > 0:
                rates = micro_rates(
                    self.case, self.case.category, stretch.begins, self.start.begins, acre=True
                )
                found.append((months, float(rates.reduced_up_to)))
        return tuple(found)
