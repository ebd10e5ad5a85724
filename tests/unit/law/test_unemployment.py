from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tremplin.case import Case
from tremplin.law.unemployment import near_pension, rights


@pytest.mark.parametrize(
    ("since", "ends", "days"),
    [
        # Three quarters of 366 days, and 182 days at least
        (date(2026, 3, 1), date(2027, 3, 1), 275),
        (date(2026, 8, 1), date(2027, 3, 1), 182),
        (date(2020, 1, 1), date(2027, 3, 1), 548),
        # Six months from 1 September to 28 February; three months of work alone give no right.
        (date(2026, 9, 1), date(2027, 2, 28), 182),
        (date(2026, 9, 1), date(2026, 11, 30), None),
    ],
)
def test_days_follow_seniority_where_the_profile_gives_none(
    case: Callable[..., Case], since: date, ends: date, days: int | None
) -> None:
    """Three days of benefit for four of employment, up to the most, and none for a job too short."""
    changes = {
        "employment.since": since,
        "project.start": ends,
        "transition.exit": "dismissal",
        "transition.exit_month": 0,
    }
    found = rights(case("alice", changes))
    assert (found and found.days) == days


@pytest.mark.parametrize(
    ("exit_", "days", "estimated"),
    [("reconversion", 548, False), ("dismissal", 548, True), ("mutual_termination", 457, True)],
)
def test_days_of_the_profile_hold_for_the_exit_it_plans(
    case: Callable[..., Case], exit_: str, days: int, *, estimated: bool
) -> None:
    """Bruno, who knows what resigning to retrain gives him, is not promised as much for a mutual termination."""
    found = rights(case("bruno").given({"transition.exit": exit_}))
    assert found
    assert (found.daily, found.days, found.estimated) == (54.30, days, estimated)


@pytest.mark.parametrize(
    ("birth", "exit_month", "near"),
    [
        (date(1967, 1, 4), -1, True),
        (date(1967, 1, 5), -1, False),
        (date(1967, 1, 5), 0, False),
        (date(1967, 1, 5), 1, True),
        (None, 1, False),
    ],
)
def test_a_pension_near_by_is_known_by_age(
    case: Callable[..., Case], birth: date | None, exit_month: int, *, near: bool
) -> None:
    """Sixty on 4 January 2027, or when the contract ends after it: benefit may soon give way to a pension."""
    changes: dict[str, Any] = {
        "person.birth_date": birth,
        "transition.exit": "mutual_termination",
        "transition.exit_month": exit_month,
    }
    assert near_pension(case("alice", changes)) is near
