"""
The household that the project's income joins: its income tax with and without it, and what its months look like.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case import Case, answer
from tremplin.case.arrays import Array, amounts
from tremplin.case.dates import add_days
from tremplin.case.months import YEAR, Stretch, stretches
from tremplin.law.benefit import after_deductions, reference_wage
from tremplin.law.contract import has_left
from tremplin.law.forms import COMPANIES, Form
from tremplin.law.income_tax import Family, Scale
from tremplin.model.dates import full_months
from tremplin.model.profile import Household


@dataclass(frozen=True, slots=True)
class JobPath:
    """What the person earns besides the project in each of the twenty-four months, €."""

    salary: Array
    benefit: Array
    """Unemployment benefit as income tax takes it: less than is granted, more than is received."""
    before: float
    """What salary and benefit brought in the calendar year of the start before it, €, as income tax takes them."""

    @property
    def wages(self) -> Array:
        """Salary and benefit together: both are taxed as wages."""
        return self.salary + self.benefit

    def in_year(self, stretch: Stretch) -> float:
        """
        Give the wages of a whole calendar year, €.

        After the last month they go on as in the months seen.
        """
        seen = float(self.wages[stretch.months].sum())
        if stretch.open_end:
            return seen * YEAR / stretch.length
        return seen + (self.before if stretch.first == 0 else 0.0)


def earned_before(case: Case, benefit: float) -> float:
    """
    Give what the person has earned in the calendar year of the start by then, €.

    Args:
        case: whose contract ends, or goes on.
        benefit: unemployment benefit once it has ended, € a month, as income tax takes it.

    """
    start, ends = case.start, case.contract_end
    months = YEAR - stretches(start)[0].length
    employed = months
    if ends is not None and ends < start:
        worked = full_months(date(start.year, 1, 1), add_days(ends, 1))
        employed = min(months, max(0, worked))
    return employed * case.profile.employment.net_salary + (months - employed) * benefit


@dataclass(frozen=True)
class TaxedHousehold:
    """A household in one year, without the project."""

    scale: Scale
    family: Family
    """Those who are taxed with the person."""
    own: float
    """The person's wages and benefits, € a year before the deduction."""
    others: float
    """The other income of the household, taken for wages too, € a year."""
    partner: Family | None
    """Those who are taxed with a partner who is taxed apart, on the other income; None where all are taxed together."""

    @property
    def parts(self) -> float:
        """The parts of the family quotient."""
        return float(self.family.parts)

    def taxable(self, pay: ArrayLike = 0.0) -> Array:
        """Give the income taxed with the person's, with some pay that joins the wages."""
        own = self.scale.after_deduction(self.own + amounts(pay))
        return own + (0.0 if self.partner else self.scale.after_deduction(self.others))

    def tax(self, pay: ArrayLike = 0.0, profit: ArrayLike = 0.0) -> Array:
        """Give the person's tax with pay (deducted as wages are) and profit (taken whole) of a project."""
        return self.scale.tax(self.taxable(pay) + amounts(profit), self.family)

    @cached_property
    def others_left(self) -> float:
        """What the other income leaves to live on, € a year, once a partner's own tax is paid."""
        if self.partner is None:
            return self.others
        own = self.scale.tax(self.scale.after_deduction(self.others), self.partner)
        return self.others - float(own)

    @cached_property
    def alone(self) -> Array:
        """The person's tax without the project."""
        return self.tax()

    def added(self, pay: ArrayLike = 0.0, profit: ArrayLike = 0.0) -> Array:
        """Give what the project adds to the household's tax."""
        return self.tax(pay, profit) - self.alone

    def taxed_with(self, form: Form, income: ArrayLike) -> Array:
        """Give its tax with what a form leaves: a company's pay is deducted as wages are, a profit is taken whole."""
        return self.tax(pay=income) if form in COMPANIES else self.tax(profit=income)

    def added_by(self, form: Form, income: ArrayLike) -> Array:
        """Give what that adds to its tax."""
        return self.taxed_with(form, income) - self.alone

    def added_beside(self, profit: ArrayLike) -> Array:
        """
        Give what a profit that bears the flat tax adds to the tax on the rest.

        It is not taxed again, but counts for the rate at which the rest is taxed (taux effectif).
        """
        rest, whole = self.taxable(), self.taxable() + amounts(profit)
        share = np.divide(rest, whole, out=np.ones_like(whole), where=whole > 0)
        return self.tax(profit=profit) * share - self.alone


@answer("income_tax.scale", "cgi_197", "cgi_83")
def scale(case: Case, year: int) -> Scale:
    """Give the scale of the income tax on the income of a year."""
    return Scale.of_income(case, year)


def household(case: Case, own: float, year: int) -> TaxedHousehold:
    """
    Give the person's household in a year, without the project.

    Args:
        case: whose household it is.
        own: the person's wages and benefits, € a year.
        year: the year of the income.

    """
    members = case.profile.household
    family, partner = _taxed(members)
    return TaxedHousehold(scale(case, year), family, own, YEAR * members.other_income, partner)


def _taxed(members: Household) -> tuple[Family, Family | None]:
    """
    Give those who are taxed with the person, and those taxed with a partner who is taxed apart.

    Partners who are neither married nor in a PACS are taxed each alone (CGI, 6), and a child with one of them: with
    whom is asked for. Where the profile does not tell it, no child spares tax.
    """
    declared = members.children_declared
    if members.situation != "cohabiting":
        together = members.situation == "couple"
        return _family(together, not together, members.children, members.children_shared), None
    if declared is None:
        return _family(), _family()
    shared = min(declared, members.children_shared)
    others = members.children - declared
    return (
        _family(children=declared, shared=shared),
        _family(children=others, shared=members.children_shared - shared),
    )


@lru_cache(maxsize=256)
def _family(
    couple: bool = False,  # noqa: FBT001, FBT002 - as the key of what is kept
    alone: bool = False,  # noqa: FBT001, FBT002 - idem
    children: int = 0,
    shared: int = 0,
) -> Family:
    """Give a family, which knows its parts: a report taxes the same one a hundred times."""
    return Family(couple, alone, children, shared)


def household_in(case: Case, job: JobPath, stretch: Stretch) -> TaxedHousehold:
    """Give the person's household in the calendar year of a stretch, beside what the job brings then."""
    return household(case, job.in_year(stretch), stretch.year)


@answer("household.today")
def household_today(case: Case, at: date) -> TaxedHousehold:
    """
    Give the household on twelve months of its present income, in the law of a day's calendar year.

    Where the contract ended before the day of the report, the benefit of the profile stands in for the salary.
    """
    given, own = case.profile.transition.unemployment, case.profile.employment.net_salary
    if has_left(case.declared):
        daily = given.daily_are if given.daily_are and given.remaining_days else 0.0
        paid = after_deductions(case, daily, reference_wage(case, daily, at), at)
        own = paid.taxable * case.value("are.days_per_month", at)
    return household(case, YEAR * own, at.year)
