from collections.abc import Callable

import pytest

from tremplin.analysis.money import household_income, project_margin, resources, safety_months
from tremplin.model.profile import Profile
from tremplin.model.register import Register

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
    ],
    ids=["with the job", "without", "half of it", "dismissed", "resigned"],
)
def test_the_income_of_the_household(
    person: Callable[..., Profile],
    register: Register,
    changes: dict[str, object],
    job: float,
    income: float,
) -> None:
    """Benefit of thirty days a month counts after a dismissal, never after a resignation."""
    assert household_income(person("alice", changes), register, job=job) == income


def test_resources_safety_and_margin(person: Callable[..., Profile]) -> None:
    """Alice has 11 000 €, savings for not quite three months, and 1 630 € left of month 12."""
    alice = person("alice")
    assert resources(alice) == 11_000
    assert safety_months(alice) == pytest.approx(2.857, abs=0.001)
    assert project_margin(alice, 12) == pytest.approx(1800 * 0.95 - 80)


@pytest.mark.parametrize(
    ("investment", "left"),
    [(0, 6000), (5000, 6000), (5001, 5999), (8000, 3000), (11_000, 0), (20_000, 0)],
)
def test_safety_is_what_the_investment_leaves_of_the_savings(
    person: Callable[..., Profile], investment: int, left: int
) -> None:
    """Alice's loan of 5 000 € pays first, her 6 000 € of savings the rest; less than nothing is nothing."""
    profile = person("alice", {"project.investment": investment})
    assert safety_months(profile) == pytest.approx(left / 2100)


def test_money_of_others_is_no_reserve(person: Callable[..., Profile]) -> None:
    """However much is borrowed, the reserve is never more than the savings."""
    profile = person("alice", {"project.investment": 0, "financing.bank_loan": 50_000})
    assert safety_months(profile) == pytest.approx(6000 / 2100)


def test_without_fixed_costs_no_reserve_is_counted(person: Callable[..., Profile]) -> None:
    """Who owes nothing each month cannot count a reserve in months."""
    assert safety_months(person("alice", {"household.fixed_costs": 0})) is None
