"""
The legal forms in money: what each leaves of a project's curve, month by month, beside what the person earns otherwise.

Contributions and taxes are yearly matters: they are reckoned by calendar year and spread over its months of activity. A
company pays its whole margin as its manager's pay here; `mix_of` finds the best mix of pay and dividends.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.months import (
    MONTHS,
    YEAR,
    Curve,
    Stretch,
    curve,
    month_begins,
    stretches,
    year_of_activity,
)
from tremplin.law.acre import acre
from tremplin.law.company import Mix
from tremplin.law.forms import Form, RealForm, legal_form
from tremplin.law.household import JobPath, household_in
from tremplin.law.micro import MicroRates, flat_tax, micro_rates, micro_taxable
from tremplin.law.real import RealRegime
from tremplin.law.thresholds import flat_tax_open, micro_lost_from
from tremplin.money.activity_year import ActivityYear


@dataclass(frozen=True, slots=True)
class Outcome:
    """One form over twenty-four months, arrays by month, €."""

    form: Form
    contributions: Array
    net: Array
    """Turnover less expenses, accountant and contributions: what is left before income tax; a company pays it all as pay."""
    income_tax: Array
    """What the project adds to the household's income tax."""
    flat_tax: bool
    """Whether the flat income tax of the micro regime is chosen, because it is open and costs less."""
    carried_over: bool
    """Whether rules of a year stand in for a later one that is not known."""

    @property
    def net_after_tax(self) -> Array:
        """What is left after income tax, a company's pay being all that it distributes."""
        return self.net - self.income_tax

    def before_tax_of(self, year: int) -> float:
        """Give what is left before income tax of the first or second twelve months, €."""
        return float(self.net[year_of_activity(year)].sum())

    def after_tax_of(self, year: int) -> float:
        """Give what is left after income tax of the first or second twelve months, €."""
        return float(self.net_after_tax[year_of_activity(year)].sum())


def accounting_cost(case: Case, form: Form) -> float:
    """Give what an accountant is assumed to cost, € a year."""
    return case.convention(legal_form(form).accounting)


def margin_of(case: Case, form: Form, path: Curve) -> Array:
    """
    Give what a form leaves of the turnover before contributions, by month, €; draws may come before the last axis.

    The accountant that the form calls for is paid like any other expense, also once the micro regime is lost.
    """
    margin = path.margin - accounting_cost(case, form) / YEAR
    if form != "micro":
        return margin
    lost = micro_lost_from(case)
    if lost is not None:
        margin[..., lost:] = margin_of(case, "ei", path)[..., lost:]
    return margin


@answer("contributions.micro_rates", "css_d613_4", "css_d131_6_3", "ct_l6331_48")
def monthly_rates(case: Case) -> MicroRates:
    """Give the rates of the micro regime, each an array of the twenty-four months."""
    start, has_acre = case.start, acre(case).eligible
    months = [
        micro_rates(case, case.category, month_begins(start, month), start, acre=has_acre)
        for month in range(MONTHS)
    ]
    return MicroRates(
        *(np.array([getattr(one, rate.name) for one in months]) for rate in fields(MicroRates))
    )


def micro_contributions(case: Case, path: Curve) -> Array:
    """Give a micro-enterprise's contributions by month, at each month's rates; draws may come before the last axis."""
    rates = monthly_rates(case)
    before = np.zeros_like(path.turnover)
    for stretch in stretches(case.start):
        # ACRE spares a part of each calendar year's turnover.
        earned = np.cumsum(path.turnover[..., stretch.months], axis=-1)
        before[..., stretch.first + 1 : stretch.stop] = earned[..., :-1]
    room = np.maximum(rates.reduced_up_to - before, 0.0)
    return rates.due(path.turnover, np.minimum(path.turnover, room))


@answer("contributions.real_regime", "css_d633_3", "css_l131_6_4", "css_d131_6_1")
def regime_in(case: Case, form: RealForm, stretch: Stretch) -> RealRegime:
    """Give the real regime of a form in a calendar year, without ACRE."""
    return RealRegime.at(case, form, case.category, stretch.begins, acre=False)


def real_contributions(case: Case, form: RealForm, path: Curve) -> tuple[Array, Array]:
    """
    Give contributions and taxable income by month for a real regime; draws may come before the last axis.

    Both are reckoned on what the accountant leaves of the margin of each calendar year and spread over its months as
    the margin is earned, evenly in a year without profit. A year cut short by the end of the twenty-four months counts
    as a part of a whole one. What ACRE spares is taken off the months that have it.
    """
    whole = margin_of(case, form, path)
    contributions, taxable = np.empty_like(whole), np.empty_like(whole)
    for stretch in stretches(case.start):
        margin = whole[..., stretch.months]
        total = margin.sum(axis=-1)
        regime = regime_in(case, form, stretch)
        net = regime.net(total, stretch.years)
        weight = _shares(margin, total > 0)
        contributions[..., stretch.months] = weight * np.expand_dims(net.contributions, -1)
        taxable[..., stretch.months] = weight * np.expand_dims(net.taxable, -1)
        covered = _acre_months(case, stretch)
        if covered:
            # The rate is that of the day of the creation.
            share = case.value("acre.general.factor") * covered / stretch.length
            aided = replace(regime, acre_share=share).net(total, stretch.years)
            spared = net.contributions - aided.contributions
            less = _taken_off(contributions[..., stretch.months], spared, covered)
            contributions[..., stretch.months] -= less
            taxed = _ratio(aided.taxable - net.taxable, spared)
            taxable[..., stretch.months] += less * np.expand_dims(taxed, -1)
    return contributions, taxable


def _shares(margin: Array, positive: Array) -> Array:
    """Give the part of each month in what all of them earn, evenly where there is no profit."""
    earned = np.maximum(margin, 0.0)
    by_margin = _ratio(earned, earned.sum(axis=-1, keepdims=True))
    return np.where(np.expand_dims(positive, -1), by_margin, 1 / margin.shape[-1])


def _taken_off(due: Array, amount: Array, first: int) -> Array:
    """Share out what is taken off a year's months: the first ones bear it, the others what is more than these have due."""
    early, late = due[..., :first], due[..., first:]
    most = early.sum(axis=-1)
    from_early = np.minimum(amount, most)
    rest = _ratio(amount - from_early, late.sum(axis=-1))
    parts = (early * np.expand_dims(_ratio(from_early, most), -1), late * np.expand_dims(rest, -1))
    return np.concatenate(parts, axis=-1)


def _ratio(amounts_: Array, of: Array) -> Array:
    """Divide, with nothing where there is nothing to divide by."""
    out = np.zeros(np.broadcast_shapes(np.shape(amounts_), np.shape(of)))
    return np.divide(amounts_, of, out=out, where=np.asarray(of) > 0)


def _acre_months(case: Case, stretch: Stretch) -> int:
    """Count the first months of a calendar year in which a real regime has ACRE."""
    if not acre(case).eligible:
        return 0
    duration = int(case.value("acre.general.duration_months"))
    return max(0, min(stretch.stop, duration) - stretch.first)


def contributions_of(case: Case, form: Form, path: Curve) -> Array:
    """
    Give contributions by month for any form, €; draws may come before the last axis.

    Where the profile's own curve loses the micro regime, the rest is reckoned as a sole trader at the real regime.
    """
    if form != "micro":
        return real_contributions(case, form, path)[0]
    due = micro_contributions(case, path)
    lost = micro_lost_from(case)
    if lost is not None:
        due[..., lost:] = real_contributions(case, "ei", path)[0][..., lost:]
    return due


@answer("contributions", "css_d613_4", "css_d633_3", "css_l131_6_4")
def own_contributions(case: Case, form: Form) -> tuple[Array, Array]:
    """Give contributions and taxable income of the profile's own curve by month in a form."""
    path = curve(case)
    if form != "micro":
        return real_contributions(case, form, path)
    taxable = np.zeros_like(path.turnover)
    for stretch in stretches(case.start):
        turnover = path.turnover[stretch.months]
        total = turnover.sum()
        profit = micro_taxable(case, case.category, total, stretch.begins)
        if total > 0:
            taxable[stretch.months] = turnover * profit / total
    due, lost = micro_contributions(case, path), micro_lost_from(case)
    if lost is not None:
        real_due, real_taxable = own_contributions(case, "ei")
        due[lost:], taxable[lost:] = real_due[lost:], real_taxable[lost:]
    return due, taxable


def outcome(case: Case, form: Form, job: JobPath) -> Outcome:
    """Reckon the profile's own curve in one form over twenty-four months, beside what the person earns otherwise."""
    path = curve(case)
    contributions, taxable = own_contributions(case, form)
    lost = micro_lost_from(case) if form == "micro" else None
    normal, flat = np.empty(MONTHS), np.empty(MONTHS)
    carried_over, flat_somewhere = False, False
    for stretch in stretches(case.start):
        months = stretch.months
        beside = household_in(case, job, stretch)
        carried_over = carried_over or beside.scale.carried_over
        whole = YEAR / stretch.length if stretch.open_end else 1.0
        base = taxable[months].sum() * whole
        added = beside.added_by(form, base)
        weight = taxable[months] / taxable[months].sum() if base > 0 else 1 / stretch.length
        normal[months] = flat[months] = weight * added / whole
        is_micro = form == "micro" and (lost is None or stretch.first < lost)
        if is_micro and flat_tax_open(case, stretch.begins):
            own = flat_tax(case, case.category, path.turnover[months], stretch.begins)
            flat[months] = own + weight * beside.added_beside(base) / whole
            flat_somewhere = True
    is_flat = flat_somewhere and bool(flat.sum() < normal.sum())
    return Outcome(
        form=form,
        contributions=contributions,
        net=margin_of(case, form, path) - contributions,
        income_tax=flat if is_flat else normal,
        flat_tax=is_flat,
        carried_over=carried_over,
    )


def mix_of(case: Case, form: RealForm, job: JobPath, number: int) -> Mix:
    """Find a company's best mix of pay and dividends for the first or second twelve months, its financial years."""
    with_acre = acre(case).eligible and number == 1
    year = ActivityYear(case, job, case.start, number, acre=with_acre)
    (mix,) = year.mixes(form, [margin_of(case, form, curve(case))[year.months].sum()])
    return mix
