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
from tremplin.law.acre import relief
from tremplin.law.benefit import (
    Amount,
    Rights,
    after_deductions,
    as_capital,
    beside_new_activity,
    capital,
    daily_benefit,
    days_of_benefit,
    kept_in_full,
    reference_wage,
    tapered,
)
from tremplin.law.company import Company, Mix, corporate_tax
from tremplin.law.flat_tax import flat_tax_income, flat_tax_open
from tremplin.law.forms import FORMS, RealForm, registration_cost
from tremplin.law.income_tax import Family, Scale
from tremplin.law.lodging import is_private
from tremplin.law.micro import MicroRates, Relief, flat_tax, micro_rates, micro_taxable
from tremplin.law.net import Net
from tremplin.law.real import RealRegime
from tremplin.law.thresholds import micro_ceiling
from tremplin.law.unemployment import Durations, PaidExit, durations_of, worked_enough
from tremplin.law.welfare import BenefitRules, Means
from tremplin.model.profile import Category
from tremplin.model.register import Register
from tremplin.money.job import salary_path
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
    return micro_rates(case, case.category, case.start, case.start, relief=relief(case))


OF_PERSON: dict[str, Answer] = {
    **{
        id_: answer
        for id_, answer in answers().items()
        if not id_.startswith("steps.") and len(signature(answer.work).parameters) == 1
    },
    "flat_tax.income": lambda case: flat_tax_income(case, case.start),
    "flat_tax.open": lambda case: flat_tax_open(case, case.start),
    "invoicing.must_issue": lambda case: bool(case.value("invoicing.issue")),
    "invoicing.must_receive": lambda case: bool(case.value("invoicing.receive")),
    "micro.ceiling": lambda case: micro_ceiling(case, stretches(case.start)[0]),
    "job.salary_total": lambda case: float(salary_path(case).sum()),
    "micro.rates": _micro_rates,
    "registration_cost": lambda case: {form: registration_cost(case, form) for form in FORMS},
    "steps": _steps,
    "takeover.employees_told_months": lambda case: case.value("takeover.employees_told_months"),
    "lease.monthly_rent": lambda case: bool(case.value("lease.monthly_rent")),
    "unemployment.reconversion.to_verify": lambda case: (
        open_scenarios(case).of("reconversion").conditional
    ),
    "vat.periodic_returns": lambda case: bool(case.value("vat.periodic_returns")),
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


def _deducted(register: Register, as_of: date, *, daily: float, reference_wage: float) -> Amount:
    return after_deductions(register, daily, reference_wage, as_of)


def _tapered(
    register: Register, as_of: date, *, daily: float, ended: date, age: int | None
) -> float:
    return tapered(register, daily, age, ended, as_of)


def _rights(  # noqa: PLR0913, PLR0917 - what rights are made of
    law: Register,
    at: date,
    daily: float,
    days: int,
    ended: date | None = None,
    tapered_to: float | None = None,
    former_salary: float = 0.0,
    wait: int = 0,
) -> Rights:
    wage = reference_wage(law, daily, at)
    return Rights(
        ended or at,
        after_deductions(law, daily, wage, at),
        after_deductions(law, tapered_to or daily, wage, at),
        whole_days=int(law.value("are.taper.days", at)),
        days=days,
        estimated=False,
        reference=former_salary,
        wait=wait,
    )


def _beside(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    daily: float,
    days: int,
    former_salary: float,
    income: float,
    ended: date,
    tapered_to: float | None = None,
) -> dict[str, float]:
    found = _rights(register, as_of, daily, days, ended, tapered_to, former_salary)
    monthly = np.full(24, float(income))
    return _by_month(beside_new_activity(register, found, monthly, as_of).gross)


def _kept(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    daily: float,
    days: int,
    leaves_after: int,
    tapered_to: float | None = None,
    wait: int = 0,
) -> dict[str, float]:
    found = _rights(register, as_of, daily, days, tapered_to=tapered_to, wait=wait)
    return _by_month(kept_in_full(register, found, leaves_after, as_of).gross)


def _capital(
    register: Register, as_of: date, *, daily: float, days: int, tapered_to: float | None = None
) -> dict[str, float]:
    found = _rights(register, as_of, daily, days, tapered_to=tapered_to)
    paid = _by_month(as_capital(register, found, as_of))
    return {**paid, "amount": capital(register, found, as_of)}


def _relief(acre: bool, overseas: bool) -> Relief | None:
    return "overseas" if overseas else "acre" if acre else None


def _rates(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    category: Category,
    start: date,
    acre: bool = False,
    overseas: bool = False,
) -> MicroRates:
    return micro_rates(register, category, as_of, start, relief=_relief(acre, overseas))


def _due(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    category: Category,
    turnover: float,
    acre: bool = False,
    overseas: bool = False,
) -> float:
    rates = micro_rates(register, category, as_of, as_of, relief=_relief(acre, overseas))
    taxable = micro_taxable(register, category, turnover, as_of)
    private = is_private(register, category, turnover, taxable, as_of)
    return float(rates.of_year(turnover) * (1 - private))


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
    scheme = RealRegime.at(register, form, "liberal", as_of, acre=True).scheme
    full = register.value("acre.general.full_income", as_of)
    spared, most = scheme.acre_base(np.array([income, full]))
    return round(float(spared / most), 3)


def _scale(register: Register, as_of: date) -> Scale:
    return Scale.at(register, as_of)


def _family(household: str, children: int = 0, children_shared: int = 0) -> Family:
    return Family(household == "couple", household == "single", children, children_shared)


def _income_tax(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    household: str,
    taxable_income: float,
    children: int = 0,
    children_shared: int = 0,
) -> float:
    family = _family(household, children, children_shared)
    return float(_scale(register, as_of).tax(taxable_income, family))


def _benefits(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    earned: float,
    partner: float | None = None,
    children: int = 0,
    other: float = 0,
    housed: bool = False,
) -> dict[str, float]:
    each = [earned] if partner is None else [earned, partner]
    means = Means(
        adults=len(each),
        children=children,
        earned=tuple(np.full(3, one) for one in each),
        other=np.full(3, other),
        housed=housed,
    )
    rules = BenefitRules.at(register, as_of)
    return {"rsa": rules.rsa(means), "prime_activite": rules.prime_activite(means)}


def _dividends(  # noqa: PLR0913 - the keys of a case
    register: Register,
    as_of: date,
    *,
    form: RealForm,
    margin: float,
    salary: float,
    share: float = 1.0,
) -> Mix:
    """Share a company's margin between pay and dividends, for a single person with a share and a salary beside it."""
    scale = _scale(register, as_of)

    def added(pay: Any) -> Array:  # noqa: ANN401 - amounts
        whole = scale.tax(scale.after_deduction(salary + pay), Family())
        return whole - scale.tax(scale.after_deduction(salary), Family())

    regime = RealRegime.at(register, form, "liberal", as_of, acre=False)
    (mix,) = Company(register, regime, as_of, share).best([margin], added)
    return mix


OF_INPUT: dict[str, Answer] = {
    "unemployment.durations": _durations,
    "unemployment.longest": _longest,
    "unemployment.daily_benefit": lambda register, as_of, gross: daily_benefit(
        register, gross, as_of
    ),
    "unemployment.after_deductions": _deducted,
    "unemployment.reference_wage": lambda register, as_of, daily: reference_wage(
        register, daily, as_of
    ),
    "unemployment.tapered": _tapered,
    "unemployment.days_of_benefit": lambda register, as_of, worked: days_of_benefit(
        register, worked, as_of
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
    "benefits": _benefits,
    "corporate_tax": lambda register, as_of, profit: float(corporate_tax(register, profit, as_of)),
    "dividends": _dividends,
    "income_tax": _income_tax,
    "income_tax.parts": lambda household, children=0, children_shared=0: float(
        _family(household, children, children_shared).parts
    ),
    "income_tax.after_wage_deduction": lambda register, as_of, wages: float(
        _scale(register, as_of).after_deduction(wages)
    ),
}
"""What is asked of an input."""
