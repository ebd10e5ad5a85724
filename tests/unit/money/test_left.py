from collections.abc import Callable

import pytest
from tests.conftest import PEOPLE

from tremplin.case import Case
from tremplin.money.comparison import forms
from tremplin.money.left import left_range


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("alice", 10_740, 17_379), ("bruno", 18_826, 29_287), ("farid", 8_495, 13_321)],
)
def test_the_second_year_has_a_range(
    case: Callable[..., Case], name: str, low: float, high: float
) -> None:
    """Half of the draws leave an amount within it, all paid; the same person has the same one on every machine."""
    found = left_range(case(name))
    assert [found.low, found.high] == pytest.approx([low, high], abs=1)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_plan_is_within_or_above_the_range(case: Callable[..., Case], name: str) -> None:
    """Draws have a launch that comes late and no better than planned in the mean: the plan is no cautious amount."""
    found, planned = left_range(case(name)), forms(case(name)).best.best(2)
    assert found.low < planned
    assert found.low < found.high


def test_the_loss_of_a_company_is_no_negative_income(case: Callable[..., Case]) -> None:
    """Shares in a company that loses money leave nothing, and take nothing from the household."""
    changes = {"project.turnover": {"month_1": 0, "month_12": 500, "month_24": 500}}
    found = left_range(case("emma", changes))
    assert (found.low, found.high) == (0, 0)
