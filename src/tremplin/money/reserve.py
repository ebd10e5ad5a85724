"""
What the household has and puts by: the little arithmetic that scores and warnings need.
"""

from tremplin.case import Case
from tremplin.law.contract import employed_at_start
from tremplin.law.unemployment import monthly_benefit
from tremplin.money.opening import opening

MOST_MONTHS = 120.0
"""The longest reserve that is told: a household with next to no costs would have an endless one."""


def household_income(case: Case, *, job: float) -> float:
    """
    Give the household's income in € a month, with a share `job` of the salary, from 0 to 1.

    Unemployment benefit, as it is received, counts once the contract has ended in a way that opens it, for a month of as many
    days as it is paid for; where the profile does not give it, as it is estimated everywhere.
    """
    salary = case.profile.employment.net_salary * job
    benefit = 0.0 if employed_at_start(case) else monthly_benefit(case).net
    return salary + benefit + case.profile.household.other_income


def savings_left(case: Case, available: float) -> float:
    """
    Give what is left of the savings once opening is paid, €.

    Money of others pays first, so that savings are touched only for what it leaves open.

    Args:
        case: whose savings.
        available: all resources of the financing plan, savings among them, €.

    """
    left = max(0.0, available - opening(case).total)
    return min(case.profile.financing.savings, left)
