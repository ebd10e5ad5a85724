"""
The legal forms in money: what each leaves of a project's curve, month by month, beside what the person earns otherwise.

Contributions and taxes are yearly matters: those of a sole trader are reckoned by calendar year and spread over its months
of activity. A company's are those of its financial years (`money.company`), shared out in the way that leaves most.
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
    is_seasonal,
    month_begins,
    stretches,
    whole_year,
    year_of_activity,
)
from tremplin.law.acre import acre, relief
from tremplin.law.categories import LETTINGS
from tremplin.law.company import Mix
from tremplin.law.flat_tax import flat_tax_available
from tremplin.law.forms import Form, is_company
from tremplin.law.household import JobPath, household_in
from tremplin.law.lodging import as_property, is_private, social_levies
from tremplin.law.micro import MicroRates, flat_tax, micro_rates, micro_taxable
from tremplin.law.real import RealRegime
from tremplin.law.thresholds import micro_lost_from
from tremplin.money.company import company_left, company_months, company_outgoings
from tremplin.money.job import planned_job
from tremplin.money.margin import margin_of, month_shares, ratio


@dataclass(frozen=True, slots=True)
class Outcome:
    """One form over twenty-four months, arrays by month, €."""

    form: Form
    contributions: Array
    net: Array
    """
    What is left to the person before income tax, in the months that earn it.

    Turnover less expenses, accountant and contributions; of a company pay and dividends, what these bear taken off.
    """
    received: Array
    """The same in the months in which it comes: dividends once the financial year is closed, some after the last month."""
    income_tax: Array
    """What the project adds to the household's income tax, with the social levies below."""
    levies: Array
    """Of that, the social levies on a letting that is no business."""
    flat_tax: bool
    """Whether the flat income tax of the micro regime is chosen, because it is open and costs less."""
    carried_over: bool
    """Whether rules of a year stand in for a later one that is not known."""
    mixes: tuple[Mix, ...] = ()
    """Of a company, how each financial year is shared out."""

    @property
    def net_after_tax(self) -> Array:
        """What is left after income tax, in the months that earn it."""
        return self.net - self.income_tax

    @property
    def later(self) -> float:
        """What is earned within the twenty-four months but comes after them, €."""
        return float((self.net - self.received).sum())

    def before_tax_of(self, year: int) -> float:
        """Give what is left before income tax of the first or second twelve months, €."""
        return float(self.net[year_of_activity(year)].sum())

    def after_tax_of(self, year: int) -> float:
        """Give what is left after income tax of the first or second twelve months, €."""
        return float(self.net_after_tax[year_of_activity(year)].sum())


@answer("contributions.micro_rates", "css_d613_4", "css_d131_6_3", "css_d756_5", "ct_l6331_48")
def monthly_rates(case: Case) -> MicroRates:
    """Give the rates of the micro regime, each an array of the twenty-four months."""
    start, reduced = case.start, relief(case)
    months = [
        micro_rates(case, case.mix, month_begins(start, month), start, relief=reduced)
        for month in range(MONTHS)
    ]
    return MicroRates(
        *(np.array([getattr(one, rate.name) for one in months]) for rate in fields(MicroRates))
    )


def micro_contributions(case: Case, path: Curve) -> Array:
    """
    Give a micro-enterprise's contributions by month, at each month's rates; draws may come before the last axis.

    None are due in a calendar year whose letting is no business.
    """
    rates = monthly_rates(case)
    reduced = np.zeros(MONTHS)
    if np.any(rates.reduced_up_to):
        before = np.zeros_like(path.turnover)
        for stretch in stretches(case.start):
            # A part of each calendar year's turnover pays the reduced rate.
            earned = np.cumsum(path.turnover[..., stretch.months], axis=-1)
            before[..., stretch.first + 1 : stretch.stop] = earned[..., :-1]
        reduced = np.minimum(path.turnover, np.maximum(rates.reduced_up_to - before, 0.0))
    due = rates.due(path.turnover, reduced)
    for stretch in stretches(case.start):
        private = private_in(case, "micro", path, stretch)
        if private.any():
            due[..., stretch.months] *= np.expand_dims(1 - private, -1)
    return due


def private_in(case: Case, form: Form, path: Curve, stretch: Stretch) -> Array:
    """Tell, 1 or 0, whether a letting is no business in a calendar year; draws may come before the last axis."""
    turnover = whole_year(case, stretch, path.turnover)
    if is_company(form) or case.category not in LETTINGS:
        return np.zeros_like(turnover)
    if form == "micro":
        income = micro_taxable(case, case.mix, turnover, stretch.begins)
    else:
        income = whole_year(case, stretch, margin_of(case, form, path))
    return is_private(case, case.category, turnover, income, stretch.begins)


@answer("contributions.real_regime", "css_l131_6", "css_l136_3", "css_d633_3", "css_d131_6_1")
def regime_in(case: Case, stretch: Stretch) -> RealRegime:
    """Give the real regime of a sole trader in a calendar year, without ACRE."""
    return RealRegime.at(case, "ei", case.category, stretch.begins, acre=False)


def real_contributions(case: Case, path: Curve) -> tuple[Array, Array]:
    """
    Give a sole trader's contributions and taxable income by month; draws may come before the last axis.

    Both are reckoned on what the accountant leaves of the margin of each calendar year and spread over its months as
    the margin is earned, evenly in a year without profit. A year cut short by the end of the twenty-four months counts
    as a part of a whole one. What ACRE spares is taken off the months that have it.
    """
    whole = margin_of(case, "ei", path)
    contributions, taxable = np.empty_like(whole), np.empty_like(whole)
    for stretch in stretches(case.start):
        margin = whole[..., stretch.months]
        total = margin.sum(axis=-1)
        regime = regime_in(case, stretch)
        private = private_in(case, "ei", path, stretch)
        years = _years(case, stretch, whole)
        net = as_property(regime.net(total, years), private, total)
        weight = month_shares(margin)
        contributions[..., stretch.months] = weight * np.expand_dims(net.contributions, -1)
        taxable[..., stretch.months] = weight * np.expand_dims(net.taxable, -1)
        covered = 0 if private.all() else _acre_months(case, stretch)
        if covered:
            # The rate is that of the day of the creation.
            share = case.value("acre.general.factor") * covered / stretch.length
            aided = replace(regime, acre_share=share).net(total, years)
            spared = (net.contributions - aided.contributions) * (1 - private)
            less = _taken_off(contributions[..., stretch.months], spared, covered)
            contributions[..., stretch.months] -= less
            taxed = ratio(aided.taxable - net.taxable, spared)
            taxable[..., stretch.months] += less * np.expand_dims(taxed, -1)
    return contributions, taxable


def _years(case: Case, stretch: Stretch, margin: Array) -> Array:
    """Tell which part of a year the margin of a stretch stands for: with seasons, months of one are not all alike."""
    total, year = margin[..., stretch.months].sum(axis=-1), whole_year(case, stretch, margin)
    earns = (total > 0) & (year > 0) & (stretch.open_end and is_seasonal(case))
    return np.where(earns, ratio(total, year), stretch.years)


def _taken_off(due: Array, amount: Array, first: int) -> Array:
    """Share out what is taken off a year's months: the first ones bear it, the others what is more than these have due."""
    early, late = due[..., :first], due[..., first:]
    most = early.sum(axis=-1)
    from_early = np.minimum(amount, most)
    rest = ratio(amount - from_early, late.sum(axis=-1))
    parts = (early * np.expand_dims(ratio(from_early, most), -1), late * np.expand_dims(rest, -1))
    return np.concatenate(parts, axis=-1)


def _acre_months(case: Case, stretch: Stretch) -> int:
    """Count the first months of a calendar year in which a real regime has ACRE."""
    if not acre(case).eligible:
        return 0
    duration = int(case.value("acre.general.duration_months"))
    return max(0, min(stretch.stop, duration) - stretch.first)


def left_of(case: Case, form: Form, path: Curve) -> Array:
    """
    Give what any curve leaves the person before income tax by month, €, a loss included; draws may come before the last axis.
    """
    if is_company(form):
        return company_left(case, form, path)
    return margin_of(case, form, path) - outgoings(case, form, path)


def outgoings(case: Case, form: Form, path: Curve) -> Array:
    """
    Give what leaves a project's cash by month besides expenses and draws, €: contributions, and what a company pays.

    Where the profile's own curve loses the micro regime, the rest is reckoned as a sole trader at the real regime. Draws
    of chance may come before the last axis.
    """
    if is_company(form):
        return company_outgoings(case, form, path)
    if form == "ei":
        return real_contributions(case, path)[0]
    due = micro_contributions(case, path)
    lost = micro_lost_from(case)
    if lost is not None:
        due[..., lost:] = real_contributions(case, path)[0][..., lost:]
    return due


@answer("contributions", "css_d613_4", "css_d633_3", "css_l131_6_4")
def own_contributions(case: Case, form: Form) -> tuple[Array, Array]:
    """Give contributions and taxable income of the profile's own curve by month in a form, of a company the person's own."""
    path = curve(case)
    if is_company(form):
        found = company_months(case, form, planned_job(case))
        return found.contributions, found.taxable
    if form == "ei":
        return real_contributions(case, path)
    taxable = np.zeros_like(path.turnover)
    for stretch in stretches(case.start):
        turnover = path.turnover[stretch.months]
        total = turnover.sum()
        profit = micro_taxable(case, case.mix, total, stretch.begins)
        if total > 0:
            taxable[stretch.months] = turnover * profit / total
    due, lost = micro_contributions(case, path), micro_lost_from(case)
    if lost is not None:
        real_due, real_taxable = own_contributions(case, "ei")
        due[lost:], taxable[lost:] = real_due[lost:], real_taxable[lost:]
    return due, taxable


def outcome(case: Case, form: Form, job: JobPath) -> Outcome:
    """Reckon the profile's own curve in one form over twenty-four months, beside what the person earns otherwise."""
    if is_company(form):
        found = company_months(case, form, job)
        return Outcome(
            form=form,
            contributions=found.contributions,
            net=found.earned,
            received=found.received,
            income_tax=found.income_tax,
            flat_tax=False,
            carried_over=found.carried_over,
            levies=np.zeros(MONTHS),
            mixes=found.mixes,
        )
    path = curve(case)
    contributions, taxable = own_contributions(case, form)
    lost = micro_lost_from(case) if form == "micro" else None
    normal, flat = np.empty(MONTHS), np.empty(MONTHS)
    levies = np.zeros(MONTHS)
    carried_over, flat_somewhere = False, False
    for stretch in stretches(case.start):
        months = stretch.months
        beside = household_in(case, job, stretch)
        carried_over = carried_over or beside.scale.carried_over
        base = float(whole_year(case, stretch, taxable))
        added = beside.added_by(form, base)
        # The part of the year's tax that falls in each of the months that are looked at.
        even = 1 / (YEAR if stretch.open_end else stretch.length)
        part = taxable[months] / base if base > 0 else even
        normal[months] = flat[months] = part * added
        is_micro = form == "micro" and (lost is None or stretch.first < lost)
        private = bool(
            private_in(case, form if is_micro or form != "micro" else "ei", path, stretch)
        )
        if private:
            levies[months] = social_levies(case, taxable[months], stretch.begins)
        elif is_micro and flat_tax_available(case, stretch.begins):
            own = flat_tax(case, case.mix, path.turnover[months], stretch.begins)
            flat[months] = own + part * beside.added_beside(base)
            flat_somewhere = True
    left = margin_of(case, form, path) - contributions
    is_flat = flat_somewhere and bool(flat.sum() < normal.sum())
    return Outcome(
        form=form,
        contributions=contributions,
        net=left,
        received=left,
        income_tax=(flat if is_flat else normal) + levies,
        levies=levies,
        flat_tax=is_flat,
        carried_over=carried_over,
    )
