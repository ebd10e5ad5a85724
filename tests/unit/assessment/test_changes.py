from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.conftest import PEOPLE

from tremplin.assessment.changes import Condition, conditions
from tremplin.assessment.findings import blockers
from tremplin.case import Case
from tremplin.case.declared import declared

TODAY = date(2026, 11, 30)


def told(found: Case, finding: str) -> list[list[tuple[str, float | date | None]]]:
    """Give the ways to lift a finding: the changes of each, with how much or the day."""
    one = next(one for one in conditions(found) if one.finding.id == finding)
    return [[(lift.id, lift.change.amount or lift.change.day) for lift in way] for way in one.ways]


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_said_to_lift_a_condition_lifts_it(case: Callable[..., Case], name: str) -> None:
    """Each change told to an example person, made in the profile, takes the finding away and brings no new stop."""
    found = case(name, as_of=TODAY)
    stops = {one.id for one in blockers(found)}
    for one in conditions(found):
        for way in one.ways:
            changed = found.given({k: v for lift in way for k, v in lift.change.values.items()})
            assert not declared("findings")[one.finding.id](changed), (name, one.finding.id, way)
            assert {new.id for new in blockers(changed)} <= stops - {one.finding.id}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_little_less_would_not_do(case: Callable[..., Case], name: str) -> None:
    """The amount told is the smallest of those that one would name."""
    found = case(name, as_of=TODAY)
    for one in conditions(found):
        for (lift,) in (way for way in one.ways if len(way) == 1):
            smaller = [
                less
                for less in declared("changes")[lift.id](found)
                if (less.amount or 0) < (lift.change.amount or 0)
            ]
            if smaller:
                short = found.given(smaller[-1].values)
                assert declared("findings")[one.finding.id](short), (name, one.finding.id, lift.id)


def test_what_would_lift_the_stops_of_two_people(case: Callable[..., Case]) -> None:
    """Farid lacks 1 000 € to open and a little more to last; for Emma it is 25 400 €."""
    farid, emma = case("farid", as_of=TODAY), case("emma", as_of=TODAY)
    assert told(farid, "investment_gap") == [
        [("more_money", 1000)],
        [("smaller_investment", 1000)],
    ]
    assert told(emma, "cash_runs_out") == [
        [("more_money", 25_400)],
        [("smaller_investment", 25_400)],
    ]


def test_a_start_on_the_last_day_of_the_contract_wants_one_day_more(
    case: Callable[..., Case],
) -> None:
    """Loyalty ends with the contract: whoever would compete from its last day on is told of the day after."""
    changes = {
        "project.competes_with_employer": True,
        "transition.exit": "mutual_termination",
        "transition.exit_date": date(2027, 1, 4),
        "employment.clauses.non_compete": None,
    }
    found = case("alice", changes, TODAY)
    assert told(found, "competing_activity") == [
        [("other_market", None)],
        [("start_after_contract", date(2027, 1, 5))],
    ]


def test_a_pair_is_told_where_no_single_change_is_enough(case: Callable[..., Case]) -> None:
    """With the authorisation alone Chantal's half time would not feed the household: she must keep her hours too."""
    assert told(case("chantal", as_of=TODAY), "public_service_authorisation") == [
        [("authorisation", None), ("full_time", None)]
    ]


def test_it_is_told_where_nothing_is_enough(case: Callable[..., Case]) -> None:
    """Nothing that is tried closes a gap of half a million."""
    changes: dict[str, Any] = {
        "project.investment": 500_000,
        "project.expenses.fixed": 90_000,
    }
    found: list[Condition] = [
        one
        for one in conditions(case("alice", changes, TODAY))
        if one.finding.id == "cash_runs_out"
    ]
    assert [one.ways for one in found] == [()]


def test_an_answer_that_is_not_known_is_lifted_by_looking_it_up(case: Callable[..., Case]) -> None:
    """Each question that could forbid the start says which answer would settle it."""
    changes = {
        "project.competes_with_employer": "unknown",
        "project.targets_employer_clients": "unknown",
        "project.activity": "Essai",
        "project.qualified": "unknown",
        "project.regulated": "unknown",
        "employment.clauses.non_compete": "unknown",
        "employment.clauses.exclusivity": "unknown",
    }
    found = case("alice", changes, TODAY)
    assert told(found, "loyalty_unknown") == [[("no_conflict", None)]]
    assert told(found, "qualification_unknown") == [[("qualification_found", None)]]
    assert told(found, "non_compete_unknown") == [[("no_non_compete", None)]]
    assert told(found, "exclusivity_unknown") == [[("no_exclusivity", None)]]
