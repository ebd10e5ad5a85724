"""
The little arithmetic of the household that scores and warnings need.
"""

from datetime import date

from tremplin.analysis.contract import employed_at_start
from tremplin.analysis.unemployment import rights_left
from tremplin.model.profile import Profile
from tremplin.model.register import Register

MOST_MONTHS = 120.0
"""The longest reserve that is told: a household with next to no costs would have an endless one."""


def household_income(profile: Profile, register: Register, as_of: date, *, job: float) -> float:
    """
    Give the household's income in € a month, with a share `job` of the salary, from 0 to 1.

    Unemployment benefit counts once the contract has ended in a way that opens it, for a month of as many
    days as it is paid for; where the profile does not give it, as it is estimated everywhere.
    """
    salary = profile.employment.net_salary * job
    benefit, end = 0.0, profile.contract_end
    if end is not None and not employed_at_start(profile):
        found = rights_left(profile, register, profile.transition.exit, end, as_of)
        a_month = register.value("are.days_per_month", at=profile.project.start)
        benefit = found.daily * a_month if found else 0.0
    return salary + benefit + profile.household.other_income


def savings_left(profile: Profile, available: float) -> float:
    """
    Give what is left of the savings once the investment is paid, €.

    Money of others pays first, so that savings are touched only for what it leaves open.

    Args:
        profile: the person.
        available: all resources of the financing plan, savings among them, €.

    """
    return min(profile.financing.savings, max(0.0, available - profile.project.investment))


def safety_months(profile: Profile, available: float) -> float | None:
    """Give how many months of fixed costs what is left of the savings covers, at most ten years; None without costs."""
    costs = profile.fixed_costs
    if not costs:
        return None
    return min(savings_left(profile, available), MOST_MONTHS * costs) / costs
