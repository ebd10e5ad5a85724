from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import PEOPLE

from tremplin.assessment import results
from tremplin.case import Case
from tremplin.money.timing import Indicator, reserve, timing

READY = {"project.preparation.clients": 3, "person.zone": "qpv"}
"""What Alice would have to change for the indicators that no curve obtains: clients and an aid."""


def indicator(path: list[float], threshold: float) -> Indicator:
    return Indicator("safety", np.array(path), threshold, "months", projected=True)


@pytest.mark.parametrize(
    ("path", "met", "month"),
    [
        ([6, 6, 6], True, 1),
        ([5.99, 6, 6], False, 2),
        ([5, 5, 6], False, 3),
        ([5, 5, 5.5], False, None),
        # Met, lost again, met for good from the third month on.
        ([6, 5, 7], True, 3),
        ([7, 7, 5], True, None),
    ],
)
def test_the_month_is_that_from_which_it_is_met_for_good(
    path: list[float], month: int | None, *, met: bool
) -> None:
    """A good month before a bad one is no moment to leave."""
    one = indicator(path, 6)
    assert (one.met, one.month) == (met, month)


@pytest.mark.parametrize("name", PEOPLE)
def test_an_indicator_is_met_where_its_value_reaches_its_threshold(
    case: Callable[..., Case], name: str
) -> None:
    """For each person: four indicators, and clients where they count, met or not by the two numbers that are printed, and the latest of their months."""
    person = case(name)
    found, data = timing(person), results(person).timing
    assert data is not None
    clients = ["loyal_clients"] if name in {"alice", "bruno", "hugo"} else []
    assert [one.id for one in data.indicators] == [
        "recurring_income",
        *clients,
        "forecast",
        "safety",
        "aid",
    ]
    for one in data.indicators:
        assert one.met is (one.value >= one.threshold), one.id
        assert one.month is None or 1 <= one.month <= 24
        assert one.met or one.month != 1
    months = [one.month for one in data.indicators]
    known = [month for month in months if month is not None]
    assert data.earliest_month == (max(known) if len(known) == len(months) else None)
    assert data.ready is all(one.met for one in data.indicators)
    assert found.ready is data.ready


@pytest.mark.parametrize(
    ("name", "earliest", "missing"),
    [
        ("alice", None, ["loyal_clients", "aid"]),
        ("bruno", None, ["recurring_income"]),
        ("david", 5, []),
        ("emma", None, ["safety"]),
        ("hugo", None, ["recurring_income", "loyal_clients", "aid"]),
    ],
)
def test_the_moment_of_each_example_person(
    case: Callable[..., Case], name: str, earliest: int | None, missing: list[str]
) -> None:
    """Only David's curve brings all of them together, in April 2027; the others are told what is missing."""
    found = timing(case(name))
    assert (found.earliest, [one.id for one in found.missing]) == (earliest, missing)
    assert found.earliest_date == (None if earliest is None else date(2027, 4, 1))


@pytest.mark.parametrize(
    ("changes", "ready", "earliest"),
    [
        ({"project.preparation.clients": 2, "person.zone": "qpv"}, False, None),
        ({"project.preparation.clients": 3}, False, None),
        (READY, False, date(2028, 2, 4)),
        (
            READY | {"financing.savings": 40_000, "household.other_income": 2_100},
            True,
            date(2027, 1, 4),
        ),
    ],
    ids=["a client short", "no aid", "a reserve to build", "all there"],
)
def test_the_earliest_moment(
    case: Callable[..., Case], changes: dict[str, Any], earliest: date | None, *, ready: bool
) -> None:
    """Clients and aid are facts of the day; the reserve grows with the months of project beside the job."""
    found = timing(case("alice", changes))
    assert (found.ready, found.earliest_date) == (ready, earliest)


@pytest.mark.parametrize(
    ("name", "planned", "missing"),
    [
        ("alice", None, []),
        ("bruno", 13, ["recurring_income", "safety"]),
        ("david", 15, []),
        # Her contract ends before the start: there is nothing left to leave.
        ("emma", None, []),
        ("hugo", 7, ["recurring_income", "loyal_clients", "forecast", "aid"]),
    ],
)
def test_a_planned_exit_is_held_against_the_indicators(
    case: Callable[..., Case], name: str, planned: int | None, missing: list[str]
) -> None:
    """Who plans to leave before all is met is told which indicators would be missing then."""
    found = timing(case(name))
    assert (found.planned, [one.id for one in found.missing_at_exit]) == (planned, missing)
    assert found.too_early is bool(missing)


@pytest.mark.parametrize(
    ("name", "bridge"),
    [
        # 51.44 € of 54.30 € for thirty days; 548 days are eighteen months and eight days from 8 March 2028
        ("bruno", (1_543.20, date(2029, 9, 16))),
        # 55.94 € of 59.05 €; 456 days are fifteen months and six days from 8 February 2028
        ("david", (1_678.20, date(2029, 5, 14))),
        ("alice", None),
        ("emma", None),
        ("hugo", None),
    ],
)
def test_the_benefit_that_the_exit_opens(
    case: Callable[..., Case], name: str, bridge: tuple[float, date] | None
) -> None:
    """Beside a business that runs already the benefit is paid in full; a resignation opens none."""
    found = timing(case(name)).bridge
    assert (found and (round(found.monthly, 2), found.ends)) == bridge


@pytest.mark.parametrize(
    ("month", "ends"),
    # Thirty days a month: 548 days are eighteen months and eight days. Month 0 leaves nothing to be kept.
    [(3, date(2028, 10, 19)), (0, None)],
)
def test_the_last_day_that_benefit_is_paid(
    case: Callable[..., Case], month: int, ends: date | None
) -> None:
    """Whoever is dismissed on 4 April 2027 is paid from 11 April until 19 October 2028; benefit that income reduces has no such day."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": month}
    bridge = timing(case("alice", plan)).bridge
    assert (bridge and bridge.ends) == ends


def test_what_the_household_needs_from_the_project(case: Callable[..., Case]) -> None:
    """Alice's household costs 2 100 € and has 1 850 € without her: 250 € must come from the project."""
    found = timing(case())
    assert found.need == 250
    assert found.of("recurring_income").threshold == found.of("forecast").threshold == 250
    # Two fifths of her clients come back.
    assert found.of("recurring_income").path == pytest.approx(0.4 * found.income, abs=0.005)
    assert found.share_needed == pytest.approx(250 / 1_468.25, abs=1e-5)


def test_a_household_that_needs_nothing(case: Callable[..., Case]) -> None:
    """Where the partner's income covers all, every income is enough; without costs the reserve is endless."""
    found = timing(case("alice", {"household.fixed_costs": 0}))
    assert (found.need, found.of("forecast").month, found.of("safety").value) == (0, 1, 120)


@pytest.mark.parametrize(("kept", "months"), [(100, 120), (-100, -120)])
def test_next_to_no_costs_are_no_endless_reserve(kept: float, months: float) -> None:
    """Money against a cost of nearly nothing stays a number that can be printed."""
    assert reserve(1e-308, 0, np.full(24, kept))[1:] == pytest.approx(np.full(23, months))


def test_a_long_reserve_is_consumed_from_its_full_amount(case: Callable[..., Case]) -> None:
    """20 000 € against costs of 100 € last longer than the ten years that are told: 300 € a month leave them there."""
    changes = {
        "household.fixed_costs": 100,
        "financing.savings": 20_000,
        "project.turnover": {"month_1": 0, "month_12": 0, "month_24": 0},
        "project.expenses": {"fixed": 300, "rate": 0},
    }
    safety = timing(case("alice", changes)).of("safety")
    # 5 000 € are lent and 2 500 € invested; the loan takes 83.33 € of each month, the project 300 €.
    assert safety.path[20] == 120
    assert safety.path[23] == pytest.approx((20_000 - 23 * 383.33) / 100, abs=0.01)


@given(st.floats(0, 50_000), st.floats(-500, 5_000))
def test_the_reserve_grows_by_what_is_kept(savings: float, kept: float) -> None:
    """In month n the savings and what n − 1 months have added are held against 2 100 € of costs, up to ten years."""
    found = reserve(2_100, savings, np.full(24, kept))
    expected = [min((savings + month * kept) / 2_100, 120) for month in range(24)]
    assert found == pytest.approx(expected)
