from collections.abc import Callable
from datetime import date

import pytest

from tremplin.case import Case
from tremplin.analysis.money import household_income, safety_months
from tremplin.model.profile import Profile
from tremplin.model.register import Register

AS_OF = date(2026, 11, 22)
LEFT = {
    "transition.exit_month": -1,
    "transition.unemployment": {"daily_are": 40, "remaining_days": 500},
}


@pytest.mark.parametrize(
    ("changes", "job", "income"),
    [
        ({}, 1.0, 4150),
        ({}, 0.0, 1850),
        ({}, 0.5, 3000),
        ({"transition.exit": "dismissal", **LEFT}, 0.0, 3050),
        ({"transition.exit": "resignation", **LEFT}, 0.0, 1850),
        # 53.88 € a day, as estimated from 2 875 € gross
        ({"transition.exit": "dismissal", "transition.exit_month": -1}, 0.0, 3466.4),
        ({"transition.exit": "dismissal", "transition.exit_month": -24}, 0.0, 1850),
    ],
    ids=[
        "with the job",
        "without",
        "half of it",
        "dismissed",
        "resigned",
        "dismissed, benefit estimated",
        "dismissed, benefit used up",
    ],
)
def test_the_income_of_the_household(
    person: Callable[..., Profile],
    register: Register,
    changes: dict[str, object],
    job: float,
    income: float,
) -> None:
    """Benefit of thirty days a month counts after a dismissal, never after a resignation."""
    found = household_income(person("alice", changes), register, AS_OF, job=job)
    assert found == pytest.approx(income)


@pytest.mark.parametrize(("month", "gap"), [(-1, False), (-24, True)])
def test_benefit_that_is_estimated_pays_the_household(
    case: Callable[..., Case], month: int, *, gap: bool
) -> None:
    """Dismissed a month before the start, Alice is not told that her household lacks what its benefit pays."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": month}
    warned = [warning.id for warning in warnings(case("alice", plan))]
    assert ("household_gap" in warned) is gap


AVAILABLE = 11_000
"""€: Alice's savings of 6 000 € and her loan of 5 000 €."""


def test_the_resources_are_those_of_the_plan(case: Callable[..., Case]) -> None:
    """Alice has 11 000 €: savings and a loan, which leave her not quite three months of costs."""
    money = case().finances
    assert money.financing.available == AVAILABLE
    assert money.safety_months == pytest.approx(2.857, abs=0.001)


@pytest.mark.parametrize(
    ("investment", "left"),
    [(0, 6000), (5000, 6000), (5001, 5999), (8000, 3000), (11_000, 0), (20_000, 0)],
)
def test_safety_is_what_the_investment_leaves_of_the_savings(
    person: Callable[..., Profile], investment: int, left: int
) -> None:
    """Alice's loan of 5 000 € pays first, her 6 000 € of savings the rest; less than nothing is nothing."""
    profile = person("alice", {"project.investment": investment})
    assert safety_months(profile, AVAILABLE) == pytest.approx(left / 2100)


@pytest.mark.parametrize(("available", "left"), [(6000, 6000), (56_000, 6000), (1000, 1000)])
def test_money_of_others_is_no_reserve(
    person: Callable[..., Profile], available: float, left: float
) -> None:
    """However much is borrowed, the reserve is never more than the savings."""
    profile = person("alice", {"project.investment": 0})
    assert safety_months(profile, available) == pytest.approx(left / 2100)


@pytest.mark.parametrize("costs", [1, 0.01, 1e-308])
def test_no_reserve_is_longer_than_ten_years(person: Callable[..., Profile], costs: float) -> None:
    """Who owes next to nothing each month is told of 120 months, not of thousands, and never of infinity."""
    profile = person("alice", {"household.fixed_costs": costs})
    assert safety_months(profile, AVAILABLE) == pytest.approx(120)


def test_without_fixed_costs_no_reserve_is_counted(person: Callable[..., Profile]) -> None:
    """Who owes nothing each month cannot count a reserve in months."""
    assert safety_months(person("alice", {"household.fixed_costs": 0}), AVAILABLE) is None
