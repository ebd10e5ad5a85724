from collections.abc import Callable

import pytest

from tremplin.case import Case
from tremplin.case.declared import declared
from tremplin.money.reserve import household_income

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
        ({"transition.exit": "dismissal", **LEFT}, 0.0, 2990.3),
        ({"transition.exit": "resignation", **LEFT}, 0.0, 1850),
        # 51.04 € of 53.88 € a day, as estimated from 2 875 € gross
        ({"transition.exit": "dismissal", "transition.exit_month": -1}, 0.0, 3381.2),
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
    case: Callable[..., Case], changes: dict[str, object], job: float, income: float
) -> None:
    """Benefit of thirty days a month counts after a dismissal, never after a resignation."""
    assert household_income(case("alice", changes), job=job) == pytest.approx(income)


@pytest.mark.parametrize(("month", "gap"), [(-1, False), (-24, True)])
def test_benefit_that_is_estimated_pays_the_household(
    case: Callable[..., Case], month: int, *, gap: bool
) -> None:
    """Dismissed a month before the start, Alice is not told that her household lacks what its benefit pays."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": month}
    assert declared("findings")["household_gap"](case("alice", plan)) is gap


def test_benefits_that_the_household_has_pay_its_costs_too(case: Callable[..., Case]) -> None:
    """A lone parent with 1 120 € of wages and prime d'activité pays 1 180 € of costs; without the benefit it would not."""
    alone = {
        "household.situation": "single",
        "household.children": 1,
        "household.youngest_child_age": 6,
        "household.other_income": 0,
        "household.fixed_costs": 1_180,
        "employment.net_salary": 1_120,
        "employment.weekly_hours": 24,
    }
    gap = declared("findings")["household_gap"]
    assert gap(case("alice", alone)) is True
    assert gap(case("alice", alone | {"person.benefits": ("prime_activite",)})) is False
