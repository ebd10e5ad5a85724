from collections.abc import Callable

import pytest

from tremplin.analysis.contract import (
    blockers,
    exclusivity,
)
from tremplin.model.profile import Profile
from tremplin.model.register import Register

ENDED = {"transition.exit": "dismissal", "transition.exit_month": -1}
"""The contract ends a month before the start."""
VRP = "employment.sales_representative"
CLAUSE = "employment.clauses.exclusivity"


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
