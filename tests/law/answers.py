"""
What the law cases ask, by the ids of answers: the only place under tests/law that knows how the library is built.

`OF_PERSON` answers for the case of a person on a day, `OF_INPUT` for a few numbers that are no person, such as a profit. An
answer takes what it needs by name: case, register, as_of, and the keys of `input:`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from inspect import signature
from typing import Any, TypeAlias

import numpy as np

from tremplin.assessment.formalities import steps
from tremplin.case import Case, answers
from tremplin.case.arrays import Array
from tremplin.case.months import stretches
from tremplin.law.acre import acre
from tremplin.law.company import Mix, best_mixes, corporate_tax
from tremplin.law.forms import FORMS, RealForm, registration_cost
from tremplin.law.income_tax import Scale, parts
from tremplin.law.micro import MicroRates, flat_tax, micro_rates, micro_taxable
from tremplin.law.real import Net, RealRegime
from tremplin.law.thresholds import flat_tax_income, flat_tax_open, micro_ceiling
from tremplin.law.unemployment import (
    Durations,
    PaidExit,
    Rights,
    as_capital,
    beside_new_activity,
    capital,
    daily_benefit,
    durations_of,
    kept_in_full,
    worked_enough,
)
from tremplin.model.profile import Category
from tremplin.model.register import Register
from tremplin.money.scenarios import open_scenarios

Answer: TypeAlias = Callable[..., object]


def ask(answer: Answer, given: Mapping[str, object]) -> object:
    """Ask for an answer, with those of the things given that it takes."""
    takes = signature(answer).parameters
    return answer(**{name: value for name, value in given.items() if name in takes})


def _end(case: Case) -> date:
    """Give the end of the contract, which the cases about leaving set."""
    if case.contract_end is None:
        raise ValueError("set transition.exit and transition.exit_month")
    return case.contract_end


def _steps(case: Case) -> dict[str, date | None]:
    """Give the last day of each step that there is, None where it does not concern the person."""
    due = {step.id: step.due for step in steps(case)}
    return {id_: due.get(id_) for id_ in case.register.table("steps.csv")["id"]}


def _micro_rates(case: Case) -> MicroRates:
    return micro_rates(case, case.category, case.start, case.start, acre=acre(case).eligible)


OF_PERSON: dict[str, Answer] = {
    **{
        id_: answer
        for id_, answer in answers().items()
        if not id_.startswith("steps.") and len(signature(answer.work).parameters) == 1
    },
    "flat_tax.income": lambda case: flat_tax_income(case, case.start),
    "flat_tax.open": lambda case: flat_tax_open(case, case.start),
    "micro.ceiling": lambda case: micro_ceiling(case, stretches(case.start)[0]),
    "micro.rates": _micro_rates,
    "registration_cost": lambda case: {form: registration_cost(case, form) for form in FORMS},
    "steps": _steps,
    "unemployment.reconversion.to_verify": lambda case: (
        open_scenarios(case).of("reconversion").conditional
    ),
    "unemployment.worked_enough": lambda case: worked_enough(case, _end(case)),
}
"""What is asked of a person: the answers that need nothing else, and a few at the day that the case is about."""


def _durations(register: Register, *, left_by: PaidExit, ended: date) -> Durations:
    return durations_of(register, left_by, ended, ended)


def _longest(
    register: Register,
    *,
    left_by: PaidExit,
    ended: date,
    age: int | None,
) -> int:
    return durations_of(register, left_by, ended, ended).days(age)


def _by_month(paid: Array) -> dict[str, float]:
    months = {f"month_{number}": float(one) for number, one in enumerate(paid, start=1)}
    return {**months, "total": float(paid.sum())}


def _beside(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    daily: float,
    days: int,
    former_salary: float,
    income: float,
    ended: date,
) -> dict[str, float]:
    found = Rights(ended, daily, days, estimated=False, reference=former_salary)
    monthly = np.full(24, float(income))
    return _by_month(beside_new_activity(register, found, monthly, as_of))


def _kept(
    register: Register, as_of: date, *, daily: float, days: int, leaves_after: int
) -> dict[str, float]:
    found = Rights(as_of, daily, days, estimated=False, reference=0.0)
    return _by_month(kept_in_full(register, found, leaves_after, as_of))


def _capital(register: Register, as_of: date, *, daily: float, days: int) -> dict[str, float]:
    found = Rights(as_of, daily, days, estimated=False, reference=0.0)
    paid = _by_month(as_capital(register, found, as_of))
    return {**paid, "amount": capital(register, found, as_of)}


def _rates(
    register: Register,
    as_of: date,
    *,
    category: Category,
    start: date,
    acre: bool = False,
) -> MicroRates:
    return micro_rates(register, category, as_of, start, acre=acre)


def _due(
    register: Register,
    as_of: date,
    *,
    category: Category,
    turnover: float,
    acre: bool = False,
) -> float:
    rates = micro_rates(register, category, as_of, as_of, acre=acre)
    return float(rates.of_year(turnover))


def _real(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    form: RealForm,
    category: Category,
    margin: float,
    acre: bool = False,
) -> Net:
    return RealRegime.at(register, form, category, as_of, acre=acre).net(margin)


def _acre_part(register: Register, as_of: date, *, form: RealForm, income: float) -> float:
    """Give what ACRE spares at an income, as a part of what it spares at three quarters of the ceiling."""
    regimes = [
        RealRegime.at(register, form, "liberal", as_of, acre=aided) for aided in (False, True)
    ]
    rows = regimes[0].curve

    def spared(gross: float) -> float:
        margin = np.interp(gross, rows["acre_income"], rows["margin"])
        without, aided = (regime.net(margin).contributions for regime in regimes)
        return float(without - aided)

    return round(spared(income) / spared(regimes[0].acre_full_income), 3)


def _scale(register: Register, as_of: date) -> Scale:
    return Scale.at(register, as_of)


def _income_tax(
    register: Register, as_of: date, *, household: str, taxable_income: float, children: int = 0
) -> float:
    return float(_scale(register, as_of).tax(taxable_income, household == "couple", children))


def _dividends(
    register: Register, as_of: date, *, form: RealForm, margin: float, salary: float
) -> Mix:
    """Share a company's margin between pay and dividends, for a single person with a salary beside it."""
    scale = _scale(register, as_of)

    def added(pay: Any) -> Array:  # noqa: ANN401 - amounts
        whole = scale.tax(scale.after_deduction(salary + pay), couple=False, children=0)
        return whole - scale.tax(scale.after_deduction(salary), couple=False, children=0)

    regime = RealRegime.at(register, form, "liberal", as_of, acre=False)
    (mix,) = best_mixes(register, regime, [margin], as_of, added)
    return mix


OF_INPUT: dict[str, Answer] = {
    "unemployment.durations": _durations,
    "unemployment.longest": _longest,
    "unemployment.daily_benefit": lambda register, as_of, gross: daily_benefit(
        register, gross, as_of
    ),
    "unemployment.beside_activity": _beside,
    "unemployment.activity_kept": _kept,
    "unemployment.capital": _capital,
    "micro.rates": _rates,
    "micro.due": _due,
    "micro.taxable": lambda register, as_of, category, turnover: float(
        micro_taxable(register, category, turnover, as_of)
    ),
    "micro.flat_tax": lambda register, as_of, category, turnover: float(
        flat_tax(register, category, turnover, as_of)
    ),
    "real": _real,
    "real.acre_part": _acre_part,
    "corporate_tax": lambda register, as_of, profit: float(corporate_tax(register, profit, as_of)),
    "dividends": _dividends,
    "income_tax": _income_tax,
    "income_tax.parts": lambda household, children: float(parts(household == "couple", children)),
    "income_tax.after_wage_deduction": lambda register, as_of, wages: float(
        _scale(register, as_of).after_deduction(wages)
    ),
}
"""What is asked of an input."""
