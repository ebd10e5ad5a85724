"""
What one year of activity leaves, by legal form, at any turnover or margin.

A year is twelve months at one pace; the accountant is an expense, as in the comparison of the forms.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tremplin.case import Case
from tremplin.case.arrays import Array, amounts
from tremplin.case.months import YEAR, stretches
from tremplin.law.flat_tax import flat_tax_available
from tremplin.law.forms import CompanyForm, Form, RealForm, is_company
from tremplin.law.household import JobPath
from tremplin.law.lodging import as_property, is_private, social_levies
from tremplin.law.micro import flat_tax, micro_rates, micro_taxable
from tremplin.law.net import Net
from tremplin.money.activity_year import ActivityYear
from tremplin.money.margin import accounting_cost
from tremplin.money.simulator.starts import Start


@dataclass(frozen=True, slots=True)
class Left:
    """What a year leaves, €, the accountant paid."""

    before_tax: float
    """Before income tax; of a company pay and dividends as they leave most, what dividends bear taken off."""
    kept: float
    """After income tax; a company leaves the person's part, never less than nothing: its loss is its own."""
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
        return ActivityYear(
            self.case, self.job, self.start.begins, number, relief=self.start.relief
        )

    def left(self, form: Form, turnover: float, margin: float) -> Left:
        """Reckon what a turnover leaves; `margin` is what expenses leave of it."""
        if form == "micro":
            spent = turnover - margin
            before, kept, alone = self.micro(amounts([turnover]))[:, 0] - spent
        else:
            before, kept, alone = self.real(form, amounts([margin]))[:, 0]
        return Left(float(before), float(kept), float(alone))

    def micro(self, turnover: Array) -> Array:
        """
        Give what turnovers leave in the micro regime, expenses not yet taken off: a row each for before tax, kept, alone.

        Contributions are not rounded to the euro a month: a curve of steps would have a piece a euro.
        """
        day, category, case = self.whole.day, self.case.category, self.case
        rates = micro_rates(case, case.mix, day, self.start.begins, relief=self.start.relief)
        spared = amounts(
            sum(
                (np.minimum(turnover * months / YEAR, most) for months, most in self._spared)
                if self.start.relief
                else (),
                np.zeros_like(turnover),
            )
        )
        profit = micro_taxable(case, case.mix, turnover, day)
        private = is_private(case, category, turnover, profit, day)
        due = rates.unrounded(turnover, spared) * (1 - private)
        levies = private * social_levies(case, profit, day)
        beside = self.whole.household
        alone = replace(beside, own=0.0)
        added, whole = beside.added(profit=profit), alone.tax(profit=profit)
        if flat_tax_available(case, day):
            flat = flat_tax(case, case.mix, turnover, day)
            # The flat tax goes with contributions.
            flat = np.where(private, np.inf, flat)
            added = np.minimum(added, flat + beside.added_beside(profit))
            whole = np.minimum(whole, flat + alone.tax() + alone.added_beside(profit))
        added, whole = added + levies, whole + levies
        before = turnover - due - self.accounting("micro")
        return np.stack([before, before - added, beside.others_left + before - whole])

    def real(self, form: RealForm, margin: Array) -> Array:
        """Give what margins, the accountant not yet paid, leave under a real regime: a row each for before tax, kept, alone."""
        margin = margin - self.accounting(form)
        if is_company(form):
            return self._company(form, margin)
        net, levies = self._net(margin)
        beside = self.whole.household
        alone = replace(beside, own=0.0)
        kept = net.before_tax - beside.added(profit=net.taxable) - levies
        lived_on = beside.others_left + net.before_tax - alone.tax(profit=net.taxable) - levies
        return np.stack([net.before_tax, kept, lived_on])

    def _company(self, form: CompanyForm, margin: Array) -> Array:
        mixes = self.whole.mixes(form, margin)
        before = amounts([mix.pay + mix.kept_of_dividends for mix in mixes])
        kept, taxable = (
            amounts([getattr(mix, name) for mix in mixes]) for name in ("net_after_tax", "taxable")
        )
        beside = self.whole.household
        alone = replace(beside, own=0.0)
        return np.stack([before, kept, beside.others_left + before - alone.tax(pay=taxable)])

    def _net(self, income: Array) -> tuple[Net, Array]:
        """Give what a sole trader's margins leave, and the social levies on a letting that is no business."""
        net = self.whole.regime("ei").net(income)
        # At the person's own expenses: a margin does not tell the turnover.
        own = self.case.profile.project
        left = 1 - own.expense_rate
        margin = income + self.accounting("ei")
        turnover = (
            (margin + YEAR * own.fixed_expenses) / left if left > 0 else np.zeros_like(margin)
        )
        day = self.whole.day
        private = is_private(self.case, self.case.category, turnover, income, day)
        net = as_property(net, private, income)
        return net, private * social_levies(self.case, net.taxable, day)

    def alike(self, form: Form) -> object:
        """Give what the curve of a year depends on."""
        beside = self.whole.household
        same = replace(beside, scale=replace(beside.scale, carried_over=False))
        if form == "micro":
            rates = micro_rates(
                self.case,
                self.case.mix,
                self.whole.day,
                self.start.begins,
                relief=self.start.relief,
            )
            return same, rates, self._spared if self.start.relief else None
        return same, self.whole.regime(form)

    def accounting(self, form: Form) -> float:
        """Give what the accountant of a form is assumed to cost, € a year."""
        return accounting_cost(self.case, form)

    @cached_property
    def _spared(self) -> tuple[tuple[int, float], ...]:
        """Give the months at the reduced rate in each calendar year of the first twelve, and the turnover up to which it counts."""
        found = []
        for stretch in stretches(self.start.begins):
            months = min(stretch.stop, self.start.reduced_months) - stretch.first
            if months > 0:
                rates = micro_rates(
                    self.case,
                    self.case.mix,
                    stretch.begins,
                    self.start.begins,
                    relief=self.start.relief,
                )
                found.append((months, float(rates.reduced_up_to)))
        return tuple(found)
