from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.case import Case
from tremplin.case.arrays import Array
from tremplin.law.unemployment import (
    Rights,
    beside_new_activity,
    daily_benefit,
    kept_in_full,
    near_pension,
    rights,
)
from tremplin.model.register import Register

DAY = date(2026, 11, 1)
YEAR = Rights(ended=DAY, daily=50.0, days=365, estimated=False, reference=3_000.0)
"""A year of benefit at 50 € a day: 1 500 € a month, 18 250 € together."""


def test_what_comes_after_the_last_month_is_not_counted(register: Register) -> None:
    """An exit in the last of twenty-four months shows one month of benefit."""
    assert float(kept_in_full(register, YEAR, 23, DAY).sum()) == 1_500
    assert float(kept_in_full(register, YEAR, 30, DAY).sum()) == 0


@pytest.mark.parametrize(
    ("since", "ends", "days"),
    [
        # Three quarters of 365 days
        (date(2026, 3, 1), date(2027, 3, 1), 273),
        (date(2026, 8, 1), date(2027, 3, 1), 159),
        (date(2020, 1, 1), date(2027, 3, 1), 548),
        # 180 days from 1 September to 28 February; three months of work alone give no right.
        (date(2026, 9, 1), date(2027, 2, 28), 135),
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


all_rights = st.builds(
    Rights,
    ended=st.just(DAY),
    daily=st.floats(10, 250),
    days=st.integers(0, 822),
    estimated=st.just(value=False),
    reference=st.floats(500, 12_000),
)
incomes = st.lists(st.floats(-2_000, 20_000), min_size=24, max_size=24).map(np.array)


@given(all_rights, incomes)
def test_rights_are_never_overdrawn(register: Register, found: Rights, income: Array) -> None:
    """Beside a new activity at most 60 % of the rights are paid, and no month more than thirty days."""
    paid = beside_new_activity(register, found, income, DAY)
    assert float(paid.sum()) <= 0.6 * found.total + 0.01
    assert (paid >= 0).all()
    assert (paid <= 30 * found.daily + 0.01).all()
    assert (np.maximum(income, 0) + paid <= np.maximum(found.reference, income) + 0.01).all()


@given(all_rights, st.integers(0, 23))
def test_an_activity_kept_is_never_worse(register: Register, found: Rights, first: int) -> None:
    """In full, the benefit is the rights or what the months left can hold, and never less than beside a new activity."""
    kept = float(kept_in_full(register, found, first, DAY).sum())
    assert kept == pytest.approx(found.daily * min(found.days, 30 * (24 - first)), abs=0.01)
    beside = float(beside_new_activity(register, found, np.zeros(24), DAY).sum())
    whole = float(kept_in_full(register, found, 0, DAY).sum())
    assert beside <= whole + 0.01


@given(st.floats(0, 15_000), st.floats(0, 15_000))
def test_a_better_salary_never_gives_less_benefit(
    register: Register, one: float, other: float
) -> None:
    """The daily benefit rises with the former salary and stays under three quarters of it."""
    low, high = sorted((one, other))
    assert daily_benefit(register, low, DAY) <= daily_benefit(register, high, DAY)
    assert daily_benefit(register, high, DAY) <= 0.75 * high * 12 / 365 + 0.005


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
