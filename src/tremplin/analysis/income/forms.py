"""
What each legal form leaves over the first twenty-four months, before and after the household's income tax.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from tremplin.analysis.categories import ceiling_kind
from tremplin.analysis.income.arrays import Array
from tremplin.analysis.income.calendar import (
    MONTHS,
    YEAR,
    Curve,
    Stretch,
    in_calendar_years,
    month_begins,
    stretches,
)
from tremplin.analysis.income.company import Mix, best_mixes
from tremplin.analysis.income.household import JobPath, TaxedHousehold
from tremplin.analysis.income.income_tax import Scale
from tremplin.analysis.income.micro import flat_tax, micro_rates, micro_taxable
from tremplin.analysis.income.real import RealForm, RealRegime
from tremplin.model.profile import Category, Profile
from tremplin.model.register import Register

Form = Literal["micro", "ei", "eurl", "sasu"]
FORMS: tuple[Form, ...] = ("micro", "ei", "eurl", "sasu")
COMPANIES: frozenset[Form] = frozenset({"eurl", "sasu"})
"""Forms with statutes and a capital."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One form over twenty-four months, arrays by month, €."""

    form: Form
    contributions: Array
    net: Array
    """Turnover less expenses, accountant and contributions: what is left before income tax; a company pays it all as pay."""
    taxable: Array
    income_tax: Array
    """What the project adds to the household's income tax."""
    flat_tax: bool
    """Whether the flat income tax of the micro regime is chosen, because it is open and costs less."""
    real_from: int | None
    """The month from which the micro regime is lost, from 0; None where it is kept, or for other forms."""
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


@dataclass(frozen=True, slots=True)
class Basis:
    """Whose project it is, under which rules, with ACRE or without."""

    profile: Profile
    register: Register
    acre: bool
    as_of: date | None = None
    """The day of the report; None where nothing has ended before it."""

    @property
    def start(self) -> date:
        """The first day of the business."""
        return self.profile.project.start

    @property
    def category(self) -> Category:
        """The category of the project."""
        return self.profile.project.category


def year_of_activity(year: int) -> slice:
    """Give the months of the first or second year of activity."""
    return slice((year - 1) * YEAR, year * YEAR)


def micro_ceiling(profile: Profile, register: Register, stretch: Stretch) -> float:
    """Give the turnover ceiling of the micro regime in a calendar year, pro rata in that of the start, €."""
    kind = ceiling_kind(profile.project.category)
    whole = register.value(f"micro.ceiling.{kind}", at=stretch.begins, latest=True)
    return whole * stretch.share_of_days


def over_ceiling(profile: Profile, register: Register, curve: Curve) -> tuple[bool, ...]:
    """Tell for each calendar year whether its turnover passes the micro ceiling; one cut short counts as it goes on."""
    start = profile.project.start
    turnover = in_calendar_years(start, curve.turnover)
    return tuple(
        # To the cent: what the days of two years share out is put together again with an error of rounding.
        round(amount - micro_ceiling(profile, register, stretch), 2) > 0
        for stretch, amount in zip(stretches(start), turnover, strict=True)
    )


def micro_lost_on(profile: Profile, register: Register, curve: Curve) -> date | None:
    """
    Give the first of January on which the micro regime is lost, be it after the twenty-four months.

    It is after as many calendar years over the ceiling in a row as the law says (CGI, 50-0 and 102 ter).
    """
    needed = int(register.value("micro.ceiling.years_over", at=profile.project.start))
    over = over_ceiling(profile, register, curve)
    for number, stretch in enumerate(stretches(profile.project.start), start=1):
        if number >= needed and all(over[number - needed : number]):
            return date(stretch.year + 1, 1, 1)
    return None


def micro_lost_from(profile: Profile, register: Register, curve: Curve) -> int | None:
    """Give the month of activity, from 0, from which the micro regime is lost; None where it lasts all twenty-four."""
    lost = micro_lost_on(profile, register, curve)
    if lost is None:
        return None
    parts = stretches(profile.project.start)
    return next((stretch.first for stretch in parts if stretch.year == lost.year), None)


def accounting_cost(register: Register, form: Form) -> float:
    """Give what an accountant is assumed to cost, € a year."""
    kind = "micro" if form == "micro" else "ei" if form == "ei" else "company"
    return register.convention(f"accounting.{kind}")


def margin_of(basis: Basis, form: Form, curve: Curve) -> Array:
    """
    Give what a form leaves of the turnover before contributions, by month, €; draws may come before the last axis.

    The accountant that the form calls for is paid like any other expense, also once the micro regime is lost.
    """
    margin = curve.margin - accounting_cost(basis.register, form) / YEAR
    if form != "micro":
        return margin
    lost = micro_lost_from(basis.profile, basis.register, Curve.of(basis.profile))
    if lost is not None:
        margin[..., lost:] = margin_of(basis, "ei", curve)[..., lost:]
    return margin


def micro_contributions(basis: Basis, curve: Curve) -> Array:
    """Give a micro-enterprise's contributions by month, at each month's rates; draws may come before the last axis."""
    due = np.empty_like(curve.turnover)
    for stretch in stretches(basis.start):
        earned = np.zeros(curve.turnover.shape[:-1])
        for month in range(stretch.first, stretch.stop):
            at = month_begins(basis.start, month)
            rates = micro_rates(basis.register, basis.category, at, basis.start, acre=basis.acre)
            turnover = curve.turnover[..., month]
            room = np.maximum(rates.reduced_up_to - earned, 0.0)
            due[..., month] = rates.due(turnover, np.minimum(turnover, room))
            earned = earned + turnover
    return due


def real_contributions(basis: Basis, form: RealForm, curve: Curve) -> tuple[Array, Array]:
    """
    Give contributions and taxable income by month for a real regime; draws may come before the last axis.

    Both are reckoned on what the accountant leaves of the margin of each calendar year and spread over its months as
    the margin is earned, evenly in a year without profit. A year cut short by the end of the twenty-four months counts
    as a part of a whole one. What ACRE spares is taken off the months that have it.
    """
    whole = margin_of(basis, form, curve)
    contributions, taxable = np.empty_like(whole), np.empty_like(whole)
    for stretch in stretches(basis.start):
        margin = whole[..., stretch.months]
        total = margin.sum(axis=-1)
        regime = RealRegime.at(basis.register, form, basis.category, stretch.begins, acre=False)
        net = regime.net(total, stretch.years)
        weight = _shares(margin, total > 0)
        contributions[..., stretch.months] = weight * np.expand_dims(net.contributions, -1)
        taxable[..., stretch.months] = weight * np.expand_dims(net.taxable, -1)
        covered = _acre_months(basis, stretch)
        if covered:
            # The rate is that of the day of the creation.
            factor = basis.register.value("acre.general.factor", at=basis.start)
            share = factor * covered / stretch.length
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


def _acre_months(basis: Basis, stretch: Stretch) -> int:
    """Count the first months of a calendar year in which a real regime has ACRE."""
    if not basis.acre:
        return 0
    duration = int(basis.register.value("acre.general.duration_months", at=basis.start))
    return max(0, min(stretch.stop, duration) - stretch.first)


def contributions_of(basis: Basis, form: Form, curve: Curve) -> tuple[Array, Array]:
    """
    Give contributions and taxable income by month for any form; draws may come before the last axis.

    Where the profile's own curve loses the micro regime, the rest is reckoned as a sole trader at the real regime.
    """
    if form != "micro":
        return real_contributions(basis, form, curve)
    due = micro_contributions(basis, curve)
    taxable = np.zeros_like(due)
    for stretch in stretches(basis.start):
        turnover = curve.turnover[..., stretch.months]
        total = turnover.sum(axis=-1, keepdims=True)
        profit = micro_taxable(basis.register, basis.category, total, stretch.begins)
        taxable[..., stretch.months] = np.divide(
            turnover * profit, total, out=np.zeros_like(turnover), where=total > 0
        )
    lost = micro_lost_from(basis.profile, basis.register, Curve.of(basis.profile))
    if lost is not None:
        real, real_taxable = real_contributions(basis, "ei", curve)
        due[..., lost:], taxable[..., lost:] = real[..., lost:], real_taxable[..., lost:]
    return due, taxable


def flat_tax_income(
    profile: Profile, register: Register, at: date, as_of: date | None = None
) -> float:
    """
    Give the household's income a part that decides on the flat income tax, € (CGI, 151-0).

    The law looks at the reference income of two years before; it is not known, so twelve months of the present salary
    and of the household's other income stand for it, whatever leave or exit is planned. Of a contract that ended
    before the day of the report there is no present salary: the benefit, where it is known, takes its place.
    """
    household = TaxedHousehold.of_today(profile, register, at, as_of)
    return float(household.taxable()) / household.parts


def flat_tax_open(
    profile: Profile, register: Register, at: date, as_of: date | None = None
) -> bool:
    """Tell whether the flat income tax may be chosen in a year (CGI, 151-0)."""
    ceiling = register.value("micro.flat_income_tax.income_ceiling", at=at)
    return flat_tax_income(profile, register, at, as_of) <= ceiling


def outcome(basis: Basis, form: Form, job: JobPath) -> Outcome:
    """Reckon the profile's own curve in one form over twenty-four months, beside what the person earns otherwise."""
    profile, register = basis.profile, basis.register
    curve = Curve.of(profile)
    contributions, taxable = contributions_of(basis, form, curve)
    lost = micro_lost_from(profile, register, curve) if form == "micro" else None
    normal, flat = np.empty(MONTHS), np.empty(MONTHS)
    carried_over, flat_somewhere = False, False
    for stretch in stretches(basis.start):
        months = stretch.months
        household = TaxedHousehold.of(profile, register, job, stretch)
        carried_over = carried_over or household.scale.carried_over
        whole = YEAR / stretch.length if stretch.open_end else 1.0
        base = taxable[months].sum() * whole
        added = household.added(pay=base) if form in COMPANIES else household.added(profit=base)
        weight = taxable[months] / taxable[months].sum() if base > 0 else 1 / stretch.length
        normal[months] = flat[months] = weight * added / whole
        is_micro = form == "micro" and (lost is None or stretch.first < lost)
        if is_micro and flat_tax_open(profile, register, stretch.begins, basis.as_of):
            own = flat_tax(register, basis.category, curve.turnover[months], stretch.begins)
            flat[months] = own + weight * household.added_beside(base) / whole
            flat_somewhere = True
    is_flat = flat_somewhere and bool(flat.sum() < normal.sum())
    return Outcome(
        form=form,
        contributions=contributions,
        net=margin_of(basis, form, curve) - contributions,
        taxable=taxable,
        income_tax=flat if is_flat else normal,
        flat_tax=is_flat,
        real_from=lost,
        carried_over=carried_over,
    )


PENSION_QUARTERS = 4


def mix_of(basis: Basis, form: RealForm, job: JobPath, year: int) -> Mix:
    """
    Find a company's best mix of pay and dividends for the first or second twelve months.

    They are its financial years, which may begin on any day.

    Whoever has no salary in it pays oneself enough for a full year of pension: dividends give no cover at all.
    """
    profile, register, months = basis.profile, basis.register, year_of_activity(year)
    at = month_begins(basis.start, months.start)
    household = TaxedHousehold(
        Scale.of_income(register, at.year),
        profile.household.situation == "couple",
        profile.household.children,
        float(job.wages[months].sum()),
        YEAR * profile.household.other_income,
    )
    cover = PENSION_QUARTERS * register.value("pension.quarter_income", at=at)
    (mix,) = best_mixes(
        register,
        RealRegime.at(register, form, basis.category, at, acre=basis.acre and year == 1),
        [margin_of(basis, form, Curve.of(profile))[months].sum()],
        at,
        lambda pay: household.added(pay=pay),
        least_gross=cover if job.salary[months].min() <= 0 else 0.0,
    )
    return mix
