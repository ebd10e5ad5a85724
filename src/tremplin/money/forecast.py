"""
Three financial years as a bank wants to see them: income statement, cash, break-even.

They are those of the business: a sole trader's own contributions are an expense and what the household draws is not; a
company pays the manager's pay, the tax on its profit and dividends as the comparison of forms shares them out. The third
year keeps the pace of the twenty-fourth month, with its seasons, under the rules of the second.
"""

from dataclasses import dataclass

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array, amounts
from tremplin.case.months import MONTHS, YEAR, curve, month_begins, season
from tremplin.law.forms import CompanyForm, Form, is_company
from tremplin.law.micro import micro_rates
from tremplin.law.thresholds import micro_lost_on, mixed_ceiling
from tremplin.money.activity_year import ActivityYear
from tremplin.money.cash import late
from tremplin.money.commitments import commitments
from tremplin.money.company import dividend_delay, paid_later, tax_delay
from tremplin.money.comparison import forms
from tremplin.money.debts import HORIZON, Debt, bank_debt, honor_debt
from tremplin.money.financing import cash
from tremplin.money.forms import own_contributions
from tremplin.money.job import planned_job
from tremplin.money.margin import accounting_cost, month_shares
from tremplin.money.opening import Worn, vat_refund, worn

YEARS = tuple(range(1, HORIZON // YEAR + 1))


@dataclass(frozen=True, slots=True)
class ForecastYear:
    """The income statement of twelve months, €; `cash` is what is there at their end."""

    number: int
    form: Form
    turnover: float
    purchases: float
    """The expenses that follow turnover."""
    fixed: float
    """Rent and other fixed expenses."""
    accountant: float
    employees: float
    manager: float
    """The contributions of a sole trader; the pay of a company's manager with its contributions."""
    wear: float
    interest: float
    corporate_tax: float
    cash: float

    @property
    def operating(self) -> float:
        """What is left before interest and tax."""
        spent = self.purchases + self.fixed + self.accountant + self.employees
        return self.turnover - spent - self.manager - self.wear

    @property
    def result(self) -> float:
        """What is left of all."""
        return self.operating - self.interest - self.corporate_tax

    @property
    def break_even(self) -> float | None:
        """
        The turnover at which nothing is left before tax, €; None where every sale costs more than it brings.

        A sole trader's contributions follow the sales; a manager's pay is there whatever is sold.
        """
        bound = self.fixed + self.accountant + self.employees + self.wear + self.interest
        following = self.purchases
        if is_company(self.form):
            bound += self.manager
        else:
            following += self.manager
        rate = 1 - following / self.turnover if self.turnover else 0.0
        return bound / rate if rate > 0 else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What moves the business's money by month over three years, arrays, €, and the years that follow from it."""

    form: Form
    turnover: Array
    expense_rate: float
    fixed: float
    """€ a month, rent among it."""
    accountant: float
    """€ a year."""
    employees: Array
    equipment: tuple[Worn, ...]
    debts: tuple[Debt, ...]
    """The loans that the business pays back."""
    manager: Array
    tax: Array
    """Corporate tax in the months that earn it."""
    tax_paid: Array
    """The same in the months in which it is paid, dividends with it."""
    draws: Array
    """What the household draws, of a sole trader."""
    received: Array
    """What comes in besides sales: VAT given back, rights as capital, what the household puts in."""
    opening: float
    delay: int
    """Months until clients pay."""

    @property
    def purchases(self) -> Array:
        """The expenses that follow turnover, by month."""
        return self.expense_rate * self.turnover

    @property
    def sales_received(self) -> Array:
        """What clients pay, by month."""
        return late(self.turnover, self.delay)

    @property
    def wear(self) -> Array:
        """What the equipment loses by month."""
        return sum((one.wear for one in self.equipment), np.zeros(HORIZON))

    @property
    def interest(self) -> Array:
        """The interest of the loans by month."""
        return sum((debt.interest for debt in self.debts), np.zeros(HORIZON))

    @property
    def principal(self) -> Array:
        """What lenders are paid back by month."""
        return sum((debt.principal for debt in self.debts), np.zeros(HORIZON))

    @property
    def results(self) -> Array:
        """What is left of all by month."""
        spent = self.purchases + self.fixed + self.accountant / YEAR + self.employees
        return self.turnover - spent - self.manager - self.wear - self.interest - self.tax

    @property
    def cash(self) -> Array:
        """The cash at the end of each month."""
        spent = self.purchases + self.fixed + self.accountant / YEAR + self.employees
        spent = spent + self.manager + self.interest + self.principal + self.tax_paid + self.draws
        flows = self.sales_received + self.received - spent
        return self.opening + np.cumsum(flows)

    @property
    def years(self) -> tuple[ForecastYear, ...]:
        """The three income statements."""
        return tuple(self._year(number) for number in YEARS)

    def _year(self, number: int) -> ForecastYear:
        months = slice((number - 1) * YEAR, number * YEAR)

        def total(path: Array) -> float:
            return float(path[months].sum())

        return ForecastYear(
            number=number,
            form=self.form,
            turnover=total(self.turnover),
            purchases=total(self.purchases),
            fixed=YEAR * self.fixed,
            accountant=self.accountant,
            employees=total(self.employees),
            manager=total(self.manager),
            wear=total(self.wear),
            interest=total(self.interest),
            corporate_tax=total(self.tax),
            cash=float(self.cash[months.stop - 1]),
        )


@dataclass(frozen=True, slots=True)
class Paid:
    """What the business pays its holders, the State and lenders by month over three years, arrays, €."""

    manager: Array
    tax: Array
    """Corporate tax in the months that earn it."""
    tax_paid: Array
    """The same in the months in which it is paid, and the dividends."""
    draws: Array
    put_in: Array
    """What the household puts in."""
    debts: tuple[Debt, ...]


@answer("forecast")
def forecast(case: Case) -> Forecast:
    """Draw up the three years in the form recommended."""
    form, plan, project = forms(case).recommended, cash(case), case.profile.project
    turnover = _turnover(case)
    paid = (
        _company(case, form, turnover) if is_company(form) else _sole_trader(case, form, turnover)
    )
    return Forecast(
        form=form,
        turnover=turnover,
        expense_rate=project.expense_rate,
        fixed=project.fixed_expenses,
        accountant=accounting_cost(case, form),
        employees=commitments(case).employees,
        equipment=worn(case),
        debts=paid.debts,
        manager=paid.manager,
        tax=paid.tax,
        tax_paid=paid.tax_paid,
        draws=paid.draws,
        received=_longer(plan.capital + vat_refund(case), 0.0) + paid.put_in,
        opening=plan.opening,
        delay=plan.payment_delay,
    )


def _turnover(case: Case) -> Array:
    """Give the turnover of three years by month, €: the third keeps the pace of the last month, with its seasons."""
    planned, known = case.profile.project.turnover, curve(case).turnover
    if planned.by_month is not None:
        return np.concatenate([known, known[-YEAR:]])
    return np.concatenate([known, planned.at(MONTHS) * season(case)[-YEAR:]])


def _longer(path: Array, after: float) -> Array:
    """Go on with one amount a month after the twenty-four months."""
    return np.concatenate([path, np.full(YEAR, after)])


def _third_year(case: Case) -> ActivityYear:
    """Give the rules of the third year: those of the second, without ACRE."""
    return ActivityYear(case, planned_job(case), case.start, 2, relief=None)


def _third_margin(case: Case, form: Form, turnover: Array) -> Array:
    """Give what a form leaves of the third year before contributions, by month, €."""
    project, bound, months = case.profile.project, commitments(case), slice(MONTHS, HORIZON)
    earned = turnover[months] * (1 - project.expense_rate) - project.fixed_expenses
    spent = bound.employees + bound.interest + bound.wear
    return earned - spent[months] - accounting_cost(case, form) / YEAR


def _sole_trader(case: Case, form: Form, turnover: Array) -> Paid:
    """Follow a sole trader: contributions, and what the household draws and puts in."""
    plan, path = cash(case), curve(case)
    put_in = np.diff(plan.cash(path) - plan.alone(path), prepend=0.0)
    return Paid(
        manager=np.concatenate(
            [own_contributions(case, form)[0], _third_contributions(case, form, turnover)]
        ),
        tax=np.zeros(HORIZON),
        tax_paid=np.zeros(HORIZON),
        draws=_longer(plan.draws, float(plan.draws[-1])),
        put_in=_longer(put_in, 0.0),
        debts=(bank_debt(case), honor_debt(case)),
    )


def _third_contributions(case: Case, form: Form, turnover: Array) -> Array:
    """Give a sole trader's contributions of the third year by month, €; the micro regime ends above its ceiling."""
    third = turnover[MONTHS:]
    within = third.sum() <= mixed_ceiling(case, case.start) and micro_lost_on(case) is None
    if form == "micro" and within:
        day = month_begins(case.start, MONTHS)
        rates = micro_rates(case, case.mix, day, case.start, relief=None)
        return rates.due(third, np.zeros(YEAR))
    margin = _third_margin(case, "ei", turnover)
    due = _third_year(case).regime("ei").net(margin.sum()).contributions
    return float(due) * month_shares(margin)


def _company(case: Case, form: CompanyForm, turnover: Array) -> Paid:
    """Follow a company, all of whose holders are paid alike: pay, tax and dividends of the best mixes."""
    best, third = forms(case).best, _third_margin(case, form, turnover)
    mixes = [*best.outcome.mixes, *_third_year(case).mixes(form, [third.sum()])]
    weights = [month_shares(margin) for margin in (*np.split(best.margins, 2), third)]
    # What is told of a mix is the person's part.
    whole = 1 / best.share if best.share else 0.0

    def spread(yearly: list[float]) -> Array:
        return np.concatenate(
            [weight * amount for weight, amount in zip(weights, yearly, strict=True)]
        )

    taxes = [whole * mix.corporate_tax for mix in mixes]
    dividends = [amounts(whole * mix.dividends) for mix in mixes]
    return Paid(
        manager=spread([whole * mix.cost for mix in mixes]),
        tax=spread(taxes),
        tax_paid=paid_later([amounts(tax) for tax in taxes], tax_delay(case), HORIZON)
        + paid_later(dividends, dividend_delay(case), HORIZON),
        draws=np.zeros(HORIZON),
        put_in=np.zeros(HORIZON),
        debts=(bank_debt(case),),
    )
