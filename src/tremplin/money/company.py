"""
A company's money over twenty-four months: its two financial years are the twelve months of activity each.

The pay of a year is spread over its months as they earn it. Corporate tax and dividends come once the year is closed, in
the months of two conventions, so that those of the second year come after the months that are looked at. All holders are
taken to be paid alike, in proportion to their shares, and to take their part of what the company leaves; its losses stay
in it. In other luck than the person's forecast it pays the same part of its margin as pay.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array, amounts
from tremplin.case.months import MONTHS, YEAR, Curve, curve
from tremplin.law.acre import relief
from tremplin.law.company import Mix, Parts
from tremplin.law.forms import CompanyForm, share
from tremplin.law.household import JobPath
from tremplin.money.activity_year import ActivityYear
from tremplin.money.job import planned_job
from tremplin.money.margin import margin_of, month_shares

NUMBERS = (1, 2)


@dataclass(frozen=True, slots=True)
class CompanyMonths:
    """What the person has of a company by month, €."""

    contributions: Array
    taxable: Array
    """The pay on which income tax is computed."""
    earned: Array
    """Pay and dividends before income tax, what the dividends bear taken off, in the months that earn them."""
    received: Array
    """The same in the months in which it is paid."""
    income_tax: Array
    mixes: tuple[Mix, ...]
    carried_over: bool


def financial_years(case: Case, job: JobPath) -> tuple[ActivityYear, ...]:
    """Give the two financial years beside a job; ACRE lasts the first."""
    return tuple(
        ActivityYear(case, job, case.start, number, relief=relief(case) if number == 1 else None)
        for number in NUMBERS
    )


def best_mixes(case: Case, form: CompanyForm, job: JobPath) -> tuple[Mix, ...]:
    """Find the mixes of pay and dividends of the two financial years that leave the person most."""
    margin = margin_of(case, form, curve(case))
    return tuple(
        year.mixes(form, [margin[year.months].sum()])[0] for year in financial_years(case, job)
    )


def all_as_pay(case: Case, form: CompanyForm, job: JobPath) -> tuple[Mix, ...]:
    """Give what the two financial years leave if the company pays as much as it can."""
    margin = margin_of(case, form, curve(case))
    return tuple(
        year.all_as_pay(form, [margin[year.months].sum()])[0] for year in financial_years(case, job)
    )


def company_months(case: Case, form: CompanyForm, job: JobPath) -> CompanyMonths:
    """Spread the best mixes of the profile's own curve over the months, beside a job."""
    years, mixes = financial_years(case, job), best_mixes(case, form, job)
    margin = margin_of(case, form, curve(case))
    weights = [month_shares(margin[year.months]) for year in years]

    def spread(yearly: Iterator[float]) -> Array:
        return np.concatenate(
            [weight * amount for weight, amount in zip(weights, yearly, strict=True)]
        )

    pay = spread(mix.pay for mix in mixes)
    return CompanyMonths(
        contributions=spread(mix.contributions for mix in mixes),
        taxable=spread(mix.taxable for mix in mixes),
        earned=pay + spread(mix.kept_of_dividends for mix in mixes),
        received=pay
        + paid_later([amounts(mix.kept_of_dividends) for mix in mixes], dividend_delay(case)),
        income_tax=spread(mix.income_tax for mix in mixes),
        mixes=mixes,
        carried_over=any(year.household.scale.carried_over for year in years),
    )


def dividend_delay(case: Case) -> int:
    """Give the months between the end of a financial year and its dividends."""
    return int(case.convention("company.dividend_month"))


def tax_delay(case: Case) -> int:
    """Give the months between the end of a financial year and its corporate tax."""
    return int(case.convention("company.tax_month"))


def paid_later(yearly: list[Array], delay: int, horizon: int = MONTHS) -> Array:
    """Put the amount of each financial year into the month that is so many after its end; later ones are not seen."""
    found = np.zeros((*np.shape(yearly[0]), horizon))
    for number, amount in enumerate(yearly, start=1):
        month = number * YEAR + delay - 1
        if month < horizon:
            found[..., month] += amount
    return found


@answer("company.pay_shares")
def pay_shares(case: Case, form: CompanyForm) -> tuple[float, ...]:
    """Give the part of each financial year's margin that is paid as pay, contributions included, if all goes as planned."""
    mixes = best_mixes(case, form, planned_job(case))
    return tuple(
        mix.cost / (mix.cost + mix.corporate_tax + mix.dividends) if mix.pay > 0 else 0.0
        for mix in mixes
    )


def _parts(case: Case, form: CompanyForm, path: Curve) -> list[tuple[Parts, Array, Array]]:
    """Share out the financial years of any curve as planned: their parts, the shares of their months, their margins."""
    found = []
    own = share(case, form)
    years = financial_years(case, planned_job(case))
    for year, paid in zip(years, pay_shares(case, form), strict=True):
        margin = margin_of(case, form, path)[..., year.months]
        total = margin.sum(axis=-1)
        parts = year.company(form).parts(total, paid * own * np.maximum(total, 0.0))
        found.append((parts, month_shares(margin), total))
    return found


def company_left(case: Case, form: CompanyForm, path: Curve) -> Array:
    """
    Give what a curve leaves the person before income tax by month, €, less the person's part of a loss.

    Dividends count in the months that earn them; draws may come before the last axis.
    """
    return np.concatenate(
        [
            weight * np.expand_dims(parts.before_tax - parts.loss, -1)
            for parts, weight, _ in _parts(case, form, path)
        ],
        axis=-1,
    )


def company_outgoings(case: Case, form: CompanyForm, path: Curve) -> Array:
    """
    Give what leaves the company by month besides expenses and what the person draws, €; draws may come before the last axis.

    The person's contributions, and what the others take: their part of the margin, in the months that earn it. Then, once
    a financial year is closed, the person's part of its tax, and what is levied on the person's dividends.
    """
    found = _parts(case, form, path)
    of_others = 1 - share(case, form)
    monthly = [
        weight * np.expand_dims(parts.contributions + of_others * np.maximum(total, 0.0), -1)
        for parts, weight, total in found
    ]
    taxes = [parts.corporate_tax for parts, _, _ in found]
    levies = [parts.dividend_levies for parts, _, _ in found]
    later = paid_later(taxes, tax_delay(case)) + paid_later(levies, dividend_delay(case))
    return np.concatenate(monthly, axis=-1) + later
