"""
What the project and the job do to RSA and prime d'activité: today, and at the end of each year of activity.

They are told, and what the person has of them today counts where the household's present budget is held against its costs. No
plan, reserve or curve has them, neither before the project nor after.
"""

from dataclasses import dataclass

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array, amounts
from tremplin.case.months import YEAR, curve
from tremplin.law.contract import has_left
from tremplin.law.micro import abatement
from tremplin.law.unemployment import monthly_benefit
from tremplin.law.welfare import BenefitRules, Means, uncounted
from tremplin.money.comparison import recommended
from tremplin.money.financing import scenarios

QUARTER = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """RSA and prime d'activité after three months, €."""

    month: int | None
    """The last of them, counted from 1 at the start; None for today."""
    rsa: float | None
    """None where the person is too young for it."""
    prime_activite: float


@answer("benefits", "css_d843_1", "css_d843_2", "css_d843_3", "casf_r262_1")
def benefits(case: Case) -> tuple[Moment, ...]:
    """
    Give RSA and prime d'activité today and at the end of each of two years of activity, as planned.

    They are none where the profile does not allow to reckon them, or where the project is not a micro-enterprise:
    what counts of another form's income is an annual profit that the fund asks for.
    """
    if uncounted(case) or recommended(case) != "micro":
        return ()
    planned = scenarios(case).planned
    if planned.capital_total:
        return ()
    salary = 0.0 if has_left(case) else case.profile.employment.net_salary
    benefit = monthly_benefit(case).net if has_left(case) else 0.0
    kept = 1 - abatement(case, case.mix, case.start)
    project = kept * curve(case).turnover
    quarter = np.ones(QUARTER)
    found = [_moment(case, None, salary * quarter, benefit * quarter)]
    for month in (YEAR, 2 * YEAR):
        last = slice(month - QUARTER, month)
        worked = planned.salary[last] + project[last]
        found.append(_moment(case, month, worked, planned.benefit[last]))
    return tuple(found)


def received_today(case: Case) -> float:
    """Give what the person says to have of RSA and prime d'activité, as far as it can be reckoned, € a month."""
    said, today = case.profile.person.benefits, next(iter(benefits(case)), None)
    if today is None:
        return 0.0
    rsa = today.rsa or 0.0 if "rsa" in said else 0.0
    return rsa + (today.prime_activite if "prime_activite" in said else 0.0)


def _moment(case: Case, month: int | None, worked: Array, benefit: Array) -> Moment:
    """Reckon a moment from what the person earns by work and has as unemployment benefit in three months."""
    members = case.profile.household
    alone = members.situation == "single"
    others = np.full(QUARTER, members.other_income)
    means = Means(
        adults=1 if alone else 2,
        children=members.children,
        earned=(worked,) if alone else (worked, others),
        other=amounts(benefit + others) if alone else benefit,
        housed="housing" in case.profile.person.benefits,
    )
    rules = BenefitRules.at(case, max(case.as_of, case.start))
    least = rules.rsa(means) if _may_have_rsa(case) else None
    return Moment(month, least, rules.prime_activite(means))


def _may_have_rsa(case: Case) -> bool:
    """Tell whether the person has the RSA or is not too young for it (CASF, L262-4)."""
    age = case.profile.person.age_at(case.as_of)
    old = age is None or age >= case.value("rsa.least_age")
    return old or case.profile.household.children > 0 or "rsa" in case.profile.person.benefits
