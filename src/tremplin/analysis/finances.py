"""
The money of the project as a whole, each part reckoned on the ones before it.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from tremplin.analysis.acre import Acre, Arce
from tremplin.analysis.cash import CashPlan, household_draws, working_capital
from tremplin.analysis.contract import employed_at_start
from tremplin.analysis.financing import FinancingPlan, financing_plan
from tremplin.analysis.income.calendar import MONTHS, Curve, stretches
from tremplin.analysis.income.forms import Basis
from tremplin.analysis.income.household import JobPath, TaxedHousehold
from tremplin.analysis.job import asked_of_employer, planned_job
from tremplin.analysis.leave import CreationLeave
from tremplin.analysis.legal_form import Comparison, compare
from tremplin.analysis.money import safety_months, savings_left
from tremplin.analysis.risk import Risk, risk
from tremplin.analysis.scenarios import Scenarios, scenarios
from tremplin.analysis.thresholds import Thresholds, thresholds
from tremplin.analysis.timing import Timing, timing
from tremplin.analysis.week import Week
from tremplin.model.profile import Profile
from tremplin.model.register import Register


@dataclass(frozen=True, slots=True)
class HouseholdTax:
    """The household's income tax of a calendar year, without the project and with it, €."""

    year: int
    without: float
    added: float
    """By the months of activity of that year, in the form recommended."""
    carried_over: bool
    """The law of that year is not known: the latest scale that is stands in for it."""


@dataclass(frozen=True, slots=True)
class Finances:
    """What the chapters on money say, from the legal form to the moment to leave."""

    forms: Comparison
    thresholds: Thresholds
    scenarios: Scenarios
    financing: FinancingPlan
    cash: CashPlan
    risk: Risk
    timing: Timing
    household_taxes: tuple[HouseholdTax, ...]
    safety_months: float | None
    """Months of the household's fixed costs that the savings cover once the start is paid; None without costs."""


def finances(  # noqa: PLR0913, PLR0917 - what the person, the job and the aids bring together
    profile: Profile,
    register: Register,
    as_of: date,
    leave: CreationLeave,
    week: Week,
    acre: Acre,
    arce: Arce,
) -> Finances:
    """Reckon the money of a person's project."""
    basis = Basis(profile, register, acre.eligible, as_of)
    job = planned_job(profile, register, as_of, leave, week)
    forms = compare(basis, job)
    ways = scenarios(basis, forms.recommended, as_of, leave, week, acre)
    empty = CashPlan(basis, forms.recommended, 0.0, np.zeros(MONTHS), np.zeros(MONTHS))
    hole = working_capital(empty, Curve.of(profile))
    begun = basis.start <= as_of
    plan = financing_plan(basis, forms.best, hole, ways, None, begun=begun)
    if plan.gap and arce.amount and "capital_first" in ways.ids:
        # Unemployment rights can be had once: as capital where the plan needs it, month by month otherwise.
        ways = ways.with_capital()
        plan = financing_plan(basis, forms.best, hole, ways, arce.amount, begun=begun)
    # The first half of the capital is there at the start, the second comes later.
    capital = ways.planned.capital.copy()
    capital[0] = 0.0
    spent = profile.project.investment + forms.best.registration
    cash = CashPlan(
        basis,
        forms.recommended,
        plan.available - float(capital.sum()) - spent,
        household_draws(ways.planned, profile.fixed_costs),
        capital,
        plan.borrowed,
    )
    # Rights paid as capital are taxed in the year in which they come.
    planned = ways.planned
    taxed = JobPath(planned.salary, planned.capital, job.before) if planned.capital_total else job
    kept = (
        ways.of(asked_of_employer(profile, leave)) if employed_at_start(profile) else ways.planned
    )
    return Finances(
        forms=forms,
        thresholds=thresholds(profile, register, as_of),
        scenarios=ways,
        financing=plan,
        cash=cash,
        risk=risk(cash),
        timing=timing(
            basis,
            forms.best.outcome,
            savings_left(profile, plan.available),
            household_draws(kept, profile.fixed_costs) + cash.repayment,
            ways.planned,
        ),
        household_taxes=_household_taxes(profile, register, taxed, forms),
        safety_months=safety_months(profile, plan.available),
    )


def _household_taxes(
    profile: Profile, register: Register, job: JobPath, forms: Comparison
) -> tuple[HouseholdTax, ...]:
    """Give the tax of each calendar year that the twenty-four months touch."""
    found = []
    for stretch in stretches(profile.project.start):
        household = TaxedHousehold.of(profile, register, job, stretch)
        added = forms.best.outcome.income_tax[stretch.months].sum()
        found.append(
            HouseholdTax(
                stretch.year, float(household.tax()), float(added), household.scale.carried_over
            )
        )
    return tuple(found)
