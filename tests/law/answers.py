"""
What the law cases ask, by the ids of answers: the only place under tests/law that knows how the library is built.

`OF_PERSON` answers for a person on a day, `OF_INPUT` for a few numbers that are no person, such as a profit. An answer takes
what it needs by name: profile, register, as_of, and the keys of `input:`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from inspect import signature
from typing import Any, TypeAlias

import numpy as np

from tremplin.analysis.acre import acre, acre_to_verify, arce, has_rights
from tremplin.analysis.assessment import Assessment, assess
from tremplin.analysis.contract import (
    employed_at_start,
    exclusivity,
    has_left,
    is_authorised,
    non_compete,
    works_beside,
)
from tremplin.analysis.income.arrays import Array
from tremplin.analysis.income.calendar import stretches
from tremplin.analysis.income.company import Mix, best_mixes, corporate_tax
from tremplin.analysis.income.forms import (
    FORMS,
    flat_tax_income,
    flat_tax_open,
    micro_ceiling,
)
from tremplin.analysis.income.income_tax import Scale, parts
from tremplin.analysis.income.micro import MicroRates, flat_tax, micro_rates, micro_taxable
from tremplin.analysis.income.real import Net, RealForm, RealRegime
from tremplin.analysis.leave import creation_leave
from tremplin.analysis.legal_form import Comparison, registration_cost
from tremplin.analysis.thresholds import thresholds
from tremplin.analysis.unemployment import (
    Durations,
    PaidExit,
    Rights,
    as_capital,
    beside_new_activity,
    capital,
    daily_benefit,
    days_worked,
    durations,
    kept_in_full,
    longest,
    opens_rights,
    rights_left,
    worked_enough,
)
from tremplin.analysis.week import Week, part_time_hours, week
from tremplin.model.profile import Category, Profile
from tremplin.model.register import Register

Answer: TypeAlias = Callable[..., object]


def ask(answer: Answer, given: Mapping[str, object]) -> object:
    """Ask for an answer, with those of the things given that it takes."""
    takes = signature(answer).parameters
    return answer(**{name: value for name, value in given.items() if name in takes})


@lru_cache(maxsize=8)
def _assessed(token: str, register: Register, as_of: date) -> Assessment:
    return assess(Profile.model_validate_json(token), register, as_of)


def _assess(profile: Profile, register: Register, as_of: date) -> Assessment:
    """Assess a person, once for all that a case asks."""
    return _assessed(profile.model_dump_json(), register, as_of)


def _findings(profile: Profile, register: Register, as_of: date) -> dict[str, bool]:
    """Tell of each blocker and warning that there is whether it is raised."""
    raised = {finding.id for finding in _assess(profile, register, as_of).findings}
    return {id_: id_ in raised for id_ in register.findings["id"]}


def _steps(profile: Profile, register: Register, as_of: date) -> dict[str, date | None]:
    """Give the last day of each step that there is, None where it does not concern the person."""
    due = {step.id: step.due for step in _assess(profile, register, as_of).steps}
    return {id_: due.get(id_) for id_ in register.steps["id"]}


def _forms(profile: Profile, register: Register, as_of: date) -> Comparison:
    return _assess(profile, register, as_of).finances.forms


def _week(profile: Profile, register: Register, as_of: date) -> Week:
    return week(profile, register, creation_leave(profile, register, as_of))


def _end(profile: Profile) -> date:
    """Give the end of the contract, which the cases about leaving set."""
    if profile.contract_end is None:
        raise ValueError("set transition.exit and transition.exit_month")
    return profile.contract_end


def _rights(profile: Profile, register: Register, as_of: date) -> Rights | None:
    return rights_left(profile, register, profile.transition.exit, _end(profile), as_of)


def _micro_rates(profile: Profile, register: Register, as_of: date) -> MicroRates:
    start = profile.project.start
    aided = acre(profile, register, as_of).eligible
    return micro_rates(register, profile.project.category, start, start, acre=aided)


def _reconversion_conditional(profile: Profile, register: Register, as_of: date) -> bool:
    return _assess(profile, register, as_of).finances.scenarios.of("reconversion").conditional


OF_PERSON: dict[str, Answer] = {
    "contract.employed_at_start": employed_at_start,
    "contract.works_beside": works_beside,
    "contract.has_left": has_left,
    "contract.authorised": is_authorised,
    "contract.exclusivity": exclusivity,
    "contract.non_compete": non_compete,
    "leave": creation_leave,
    "part_time_minimum": part_time_hours,
    "week": _week,
    "acre": acre,
    "acre.to_verify": acre_to_verify,
    "arce": arce,
    "unemployment.has_rights": has_rights,
    "unemployment.exit_opens": lambda profile: opens_rights(profile, profile.transition.exit),
    "unemployment.rights": _rights,
    "unemployment.worked_enough": lambda profile, register: worked_enough(
        profile, register, _end(profile)
    ),
    "unemployment.reconversion.days_worked": lambda profile, register: days_worked(
        profile, register, _end(profile)
    ),
    "unemployment.reconversion.to_verify": _reconversion_conditional,
    "micro.rates": _micro_rates,
    "micro.ceiling": lambda profile, register: micro_ceiling(
        profile, register, stretches(profile.project.start)[0]
    ),
    "thresholds": thresholds,
    "flat_tax.income": lambda profile, register, as_of: flat_tax_income(
        profile, register, profile.project.start, as_of
    ),
    "flat_tax.open": lambda profile, register, as_of: flat_tax_open(
        profile, register, profile.project.start, as_of
    ),
    "registration_cost": lambda profile, register: {
        form: registration_cost(profile, register, form) for form in FORMS
    },
    "forms": _forms,
    "findings": _findings,
    "steps": _steps,
}
"""What is asked of a person."""


def _durations(register: Register, *, left_by: PaidExit, ended: date) -> Durations:
    return durations(register, left_by, ended)


def _longest(
    register: Register,
    *,
    left_by: PaidExit,
    ended: date,
    age: int | None,
) -> int:
    return longest(register, left_by, age, ended)


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
    return {**paid, "amount": capital(register, daily, days, as_of)}


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
    rows = regimes[0].rows

    def spared(gross: float) -> float:
        margin = np.interp(gross, rows["acre_income"].to_numpy(), rows["margin"].to_numpy())
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
