from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tremplin.assessment.findings import blockers
from tremplin.assessment.verdict import StoppedBy, stopped_by, verdict
from tremplin.case import Case

LEAVES = {"transition.exit": "resignation", "transition.exit_month": 0}
COMPETES = {"project.competes_with_employer": True}
LATE_START = {"project.turnover": {"month_1": 0, "month_12": 0, "month_24": 3000}}


@pytest.mark.parametrize(
    ("name", "changes", "stops", "kinds"),
    [
        ("alice", {}, [], ()),
        ("farid", {}, ["investment_gap", "cash_runs_out"], ("money",)),
        ("emma", {}, ["cash_runs_out"], ("money",)),
        ("alice", COMPETES, ["competing_activity"], ("law",)),
        (
            "farid",
            COMPETES,
            ["competing_activity", "investment_gap", "cash_runs_out"],
            ("law", "money"),
        ),
        # 2 100 € of costs and an income of 1 850 €: the reserve of 6 000 € lasts two years.
        ("alice", LEAVES, [], ()),
        (
            "alice",
            LEAVES | LATE_START | {"financing.savings": 3000, "household.fixed_costs": 3000},
            ["household_short", "cash_runs_out"],
            ("money",),
        ),
    ],
)
def test_what_stops_a_start(
    case: Callable[..., Case],
    name: str,
    changes: dict[str, Any],
    stops: list[str],
    kinds: tuple[StoppedBy, ...],
) -> None:
    """A rule, want of money or both stop the start, and the report says which."""
    found = case(name, changes, date(2026, 11, 30))
    assert {one.id for one in blockers(found)} == set(stops)
    assert stopped_by(found) == kinds
    assert (verdict(found) == "stop") is bool(stops)


def test_costs_that_are_only_supposed_stop_nobody(case: Callable[..., Case]) -> None:
    """Where the profile does not say what the household needs, want of money is a condition, and the costs are asked for."""
    poor = LEAVES | LATE_START | {"financing.savings": 3000, "household.fixed_costs": None}
    found = case("alice", poor, date(2026, 11, 30))
    assert blockers(found) == ()
    assert verdict(found) == "go_with_conditions"
