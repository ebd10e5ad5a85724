"""
What the household lives on: whether it can pay its costs, and how long its reserve lasts.
"""

from tremplin.case import Case, answer
from tremplin.case.declared import (
    NO,
    PARTLY,
    YES,
    Change,
    change,
    criterion,
    finding,
)
from tremplin.law.trades import where_reckoned
from tremplin.money.financing import amounts_to_try, financing, scenarios
from tremplin.money.reserve import MOST_MONTHS, household_income, savings_left
from tremplin.money.welfare import received_today
from tremplin.person.week import week


@answer("financing.safety_months")
def safety_months(case: Case) -> float | None:
    """Give how many months of fixed costs what is left of the savings covers, at most ten years; None without costs."""
    costs = case.profile.fixed_costs
    if not costs:
        return None
    return min(savings_left(case, financing(case).available), MOST_MONTHS * costs) / costs


@finding("safety_low")
def _safety_low(case: Case) -> bool:
    """The reserve lasts less than the months aimed at."""
    months = safety_months(case)
    return months is not None and months < case.convention("finances.safety_months")


@finding("household_gap")
def _household_gap(case: Case) -> bool:
    """The household's known income, RSA and prime d'activité that it has among it, is less than its fixed costs."""
    return _present_income(case) < case.profile.fixed_costs


def _present_income(case: Case) -> float:
    """Give what the household has in a month as long as the job is held as planned, €."""
    income = household_income(case, job=week(case).job_share)
    # Only whoever lacks something is asked for what benefits add: to reckon them takes the whole plan.
    return income if income >= case.profile.fixed_costs else income + received_today(case)


@finding("fixed_costs_unknown")
def _fixed_costs_unknown(case: Case) -> bool:
    """The profile does not say what the household must pay: the whole salary is taken to be needed."""
    return case.profile.household.fixed_costs is None


@answer("household.short_months")
def months_short(case: Case) -> int:
    """
    Give the longest run of months, as planned, in which the household cannot pay its fixed costs, its reserve used up.

    The reserve is what opening leaves of the savings; months with more than the costs fill it up again by the share of
    that surplus that a household puts by. Rights paid as capital that the plan puts into the business are not to live on.
    """
    way, costs = scenarios(case).planned, case.profile.fixed_costs
    income = way.available - way.capital if financing(case).capital else way.available
    reserve, share = (
        savings_left(case, financing(case).available),
        case.convention("cash.spare_share"),
    )
    longest = run = 0
    for left in income - costs:
        reserve += float(left) * (share if left > 0 else 1.0)
        run = run + 1 if left < 0 and reserve < 0 else 0
        reserve, longest = max(0.0, reserve), max(longest, run)
    return longest


@finding("household_short")
@where_reckoned
def _household_short(case: Case) -> bool:
    """The household cannot pay its costs for months in a row; not told on costs that are only supposed."""
    known = case.profile.household.fixed_costs is not None
    return known and months_short(case) >= case.convention("finances.short_months")


@change("lower_costs")
def _lower_costs(case: Case) -> tuple[Change, ...]:
    """Lower the household's fixed costs, by a share of them at most."""
    known = case.profile.household.fixed_costs or 0.0
    return tuple(
        Change({"household.fixed_costs": known - amount}, float(amount))
        for amount in amounts_to_try(
            case.convention("changes.costs_step"),
            known * case.convention("changes.most_costs_share"),
        )
    )


@criterion("finances.safety")
def _safety(case: Case) -> float:
    """The reserve lasts as many months as aimed at; half of them count for half."""
    months, aim = safety_months(case), case.convention("finances.safety_months")
    if months is None or months >= aim:
        return YES
    return PARTLY if months >= aim / 2 else NO


@criterion("finances.household")
def _household(case: Case) -> float:
    """The household can pay its costs without the job; with what is kept of it, that counts for half."""
    costs = case.profile.fixed_costs
    if household_income(case, job=0.0) >= costs:
        return YES
    return PARTLY if _present_income(case) >= costs else NO
