from collections.abc import Callable
from datetime import date

import pytest

from tremplin.analysis.contract import (
    Exclusivity,
    blockers,
    employed_at_start,
    exclusivity,
    non_compete,
)
from tremplin.model.profile import Profile
from tremplin.model.register import Register

ENDED = {"transition.exit": "dismissal", "transition.exit_month": -1}
"""The contract ends a month before the start."""
VRP = "employment.sales_representative"
CLAUSE = "employment.clauses.exclusivity"
NON_COMPETE = "employment.clauses.non_compete"
RIVAL = {
    "project.competes_with_employer": True,
    "project.targets_employer_clients": True,
    "project.uses_employer_resources": True,
}


@pytest.mark.parametrize(
    ("exit_month", "employed"), [(None, True), (-1, False), (0, True), (1, True)]
)
def test_the_job_is_held_until_its_last_day(
    person: Callable[..., Profile], exit_month: int | None, *, employed: bool
) -> None:
    """A contract that ends on the start day still binds that day; an undecided end does not free."""
    changes = {"transition.exit": "resignation", "transition.exit_month": exit_month}
    assert employed_at_start(person("alice", changes)) is employed


def test_the_law_suspends_an_exclusivity_clause_for_a_year(
    person: Callable[..., Profile], register: Register
) -> None:
    """An employee with the clause who starts on 4 January 2027 is safe from it until 4 January 2028."""
    assert exclusivity(person("alice", {CLAUSE: True}), register) == Exclusivity(
        clause=True,
        enforceable=False,
        suspended_until=date(2028, 1, 4),
        suspended_until_with_leave=date(2029, 1, 4),
        resumes=True,
    )


def test_a_year_from_the_29th_of_february_ends_on_the_28th(
    person: Callable[..., Profile], register: Register
) -> None:
    """A start on a leap day has an anniversary all the same."""
    changes = {CLAUSE: True, "project.start": date(2028, 2, 29)}
    found = exclusivity(person("alice", changes), register)
    assert found.suspended_until == date(2029, 2, 28)
    assert found.suspended_until_with_leave == date(2030, 2, 28)


def test_an_unread_contract_is_protected_like_one_with_the_clause(
    person: Callable[..., Profile], register: Register
) -> None:
    """Whatever the contract says, an ordinary employee has the year of suspension."""
    found = exclusivity(person("alice", {CLAUSE: "unknown"}), register)
    assert (found.clause, found.enforceable, found.suspended_until) == (
        "unknown",
        False,
        date(2028, 1, 4),
    )


@pytest.mark.parametrize(
    ("clause", "enforceable"), [(True, True), ("unknown", None), (False, False)]
)
def test_the_law_suspends_nothing_for_a_sales_representative(
    person: Callable[..., Profile],
    register: Register,
    *,
    clause: bool | str,
    enforceable: bool | None,
) -> None:
    """A VRP's clause holds; one who has not read the contract cannot be told; no clause binds nobody."""
    found = exclusivity(person("alice", {CLAUSE: clause, VRP: True}), register)
    assert found.enforceable is enforceable
    assert found.suspended_until is None
    assert found.suspended_until_with_leave is None


@pytest.mark.parametrize("vrp", [True, False])
def test_no_exclusivity_after_the_contract(
    person: Callable[..., Profile], register: Register, *, vrp: bool
) -> None:
    """Once the contract has ended, nobody is held by its exclusivity clause, not even a VRP."""
    found = exclusivity(person("alice", {CLAUSE: True, VRP: vrp, **ENDED}), register)
    assert (found.enforceable, found.suspended_until) == (False, None)


def test_a_public_servant_is_not_told_of_a_suspension(
    person: Callable[..., Profile], register: Register
) -> None:
    """The suspension is a rule of private employment: for a public servant it says nothing."""
    found = exclusivity(person("alice", {CLAUSE: True, "employment.sector": "public"}), register)
    assert (found.enforceable, found.suspended_until) == (None, None)


def test_without_a_non_compete_clause_there_is_nothing_to_check(
    person: Callable[..., Profile],
) -> None:
    """No clause, no conditions."""
    assert non_compete(person("alice", {NON_COMPETE: None})) is None


@pytest.mark.parametrize(
    ("clause", "time_and_place", "compensation", "contestable"),
    [
        ({"months": 12, "area": "Bretagne", "compensated": True}, "yes", "yes", False),
        ({"months": 12, "area": "Bretagne", "compensated": False}, "yes", "no", True),
        ({"months": None, "area": "Bretagne", "compensated": True}, "no", "yes", True),
        ({"months": 12, "area": None, "compensated": True}, "no", "yes", True),
        ({"months": None, "area": None, "compensated": False}, "no", "no", True),
    ],
)
def test_a_non_compete_clause_needs_time_place_and_money(
    person: Callable[..., Profile],
    clause: dict[str, object],
    time_and_place: str,
    compensation: str,
    *,
    contestable: bool,
) -> None:
    """One missing condition makes the clause contestable; what a profile cannot tell stays unknown."""
    found = non_compete(person("alice", {NON_COMPETE: clause}))
    assert found is not None
    assert {condition.id: condition.met for condition in found.conditions} == {
        "legitimate_interest": "unknown",
        "time_and_place": time_and_place,
        "job": "unknown",
        "compensation": compensation,
    }
    assert found.contestable is contestable


@pytest.mark.parametrize(
    ("months", "ends", "held", "free"),
    [
        (18, date(2028, 10, 4), date(2028, 10, 4), date(2028, 10, 5)),
        (1, date(2027, 5, 4), date(2027, 1, 4), date(2027, 5, 5)),
    ],
)
def test_a_non_compete_clause_lasts_beyond_the_contract(
    person: Callable[..., Profile], months: int, ends: date, held: date, free: date
) -> None:
    """A contract that ends on 4 April 2027 with 18 months of clause keeps one from competing until 4 October 2028."""
    clause = {"months": months, "area": "Union européenne", "compensated": True}
    changes = {"transition.exit": "mutual_termination", "transition.exit_month": 3}
    found = non_compete(person("alice", {NON_COMPETE: clause} | changes))
    assert found is not None
    assert found.ends == ends
    assert found.holds(held)
    assert not found.holds(free)


def test_a_clause_without_compensation_holds_on_no_day(person: Callable[..., Profile]) -> None:
    """What is contestable does not close a way out; a clause whose contract goes on has no end yet."""
    clause = {"months": 12, "area": "Bretagne", "compensated": False}
    found = non_compete(person("alice", {NON_COMPETE: clause}))
    assert found is not None
    assert (found.ends, found.holds(date(2027, 1, 4))) == (None, False)


def test_an_ordinary_side_activity_is_not_blocked(
    person: Callable[..., Profile], register: Register
) -> None:
    """Alice, who competes with nobody, may start."""
    assert blockers(person(), register) == ()


def test_competing_while_employed_blocks(
    person: Callable[..., Profile], register: Register
) -> None:
    """Loyalty forbids to compete, to approach clients and to use means, without any clause."""
    assert blockers(person("alice", RIVAL), register) == (
        "competing_activity",
        "employer_clients",
        "employer_resources",
    )


def test_competing_while_on_leave_blocks_too(
    person: Callable[..., Profile], register: Register
) -> None:
    """A contract suspended by the creation leave still asks for loyalty."""
    changes = {"project.competes_with_employer": True, "transition.leave": "creation_leave"}
    assert blockers(person("alice", changes), register) == ("competing_activity",)


@pytest.mark.parametrize(
    ("exit_month", "found"),
    [(-1, ()), (0, ("competing_activity",)), (6, ("competing_activity",))],
)
def test_competing_is_free_once_the_contract_has_ended(
    person: Callable[..., Profile],
    register: Register,
    exit_month: int,
    found: tuple[str, ...],
) -> None:
    """Preparing is allowed: what counts is whether the contract has ended when the business starts."""
    changes = {
        NON_COMPETE: None,
        "project.competes_with_employer": True,
        "transition.exit": "resignation",
        "transition.exit_month": exit_month,
    }
    assert blockers(person("alice", changes), register) == found


def test_a_public_servant_needs_the_written_authorisation(
    person: Callable[..., Profile], register: Register
) -> None:
    """Without the paper a public servant is stopped; with it, or after the contract, not."""
    public = {"employment.sector": "public"}
    paper = {"project.preparation.documents": ["identity", "employer_authorisation"]}
    assert blockers(person("alice", public), register) == ("public_service_authorisation",)
    assert blockers(person("alice", public | paper), register) == ()
    assert blockers(person("alice", public | ENDED), register) == ()


def test_a_paper_from_a_private_employer_changes_nothing(
    person: Callable[..., Profile], register: Register
) -> None:
    """An authorisation does not make a competing activity loyal."""
    changes = {
        "project.competes_with_employer": True,
        "project.preparation.documents": ["employer_authorisation"],
    }
    assert blockers(person("alice", changes), register) == ("competing_activity",)


@pytest.mark.parametrize(
    ("regulated", "qualified", "found"),
    [
        (True, False, ("qualification_missing",)),
        (True, True, ()),
        (False, False, ()),
    ],
)
def test_a_regulated_trade_needs_its_qualification(
    person: Callable[..., Profile],
    register: Register,
    found: tuple[str, ...],
    *,
    regulated: bool,
    qualified: bool,
) -> None:
    """A qualification is missing only where the trade is regulated, and the job does not matter."""
    changes = {"project.regulated": regulated, "project.qualified": qualified}
    assert blockers(person("alice", changes), register) == found
    assert blockers(person("alice", changes | ENDED), register) == found


@pytest.mark.parametrize(
    ("clause", "found"), [(True, ("exclusivity_clause",)), ("unknown", ()), (False, ())]
)
def test_only_a_known_clause_of_a_sales_representative_blocks(
    person: Callable[..., Profile],
    register: Register,
    found: tuple[str, ...],
    *,
    clause: bool | str,
) -> None:
    """A VRP with the clause is stopped; one who does not know is warned elsewhere, not stopped."""
    assert blockers(person("alice", {CLAUSE: clause, VRP: True}), register) == found


def test_a_clause_does_not_come_back_after_the_contract(
    person: Callable[..., Profile], register: Register
) -> None:
    """Who leaves within the year has no end of suspension to watch."""
    leaves = {CLAUSE: True, "transition.exit": "resignation", "transition.exit_month": 6}
    assert exclusivity(person("alice", leaves), register).resumes is False


@pytest.mark.parametrize(
    ("clause", "competes", "expected"),
    [
        ({"months": 6, "compensated": True}, True, ("non_compete_running",)),
        # The contract ends a month before the start: this is the clause's last day.
        ({"months": 1, "compensated": True}, True, ("non_compete_running",)),
        ({"months": 6, "compensated": True}, False, ()),
        # Without money it is contestable: a warning is enough.
        ({"months": 6, "compensated": False}, True, ()),
    ],
)
def test_a_clause_that_runs_at_the_start_forbids_to_compete(
    person: Callable[..., Profile],
    register: Register,
    clause: dict[str, object],
    *,
    competes: bool,
    expected: tuple[str, ...],
) -> None:
    """Once the contract has ended, a non-compete clause that nothing makes contestable stops a competing start."""
    changes = {
        NON_COMPETE: clause | {"area": "Paris"},
        "project.competes_with_employer": competes,
        "transition.exit": "mutual_termination",
        "transition.exit_month": -1,
    }
    assert blockers(person("alice", changes), register) == expected
