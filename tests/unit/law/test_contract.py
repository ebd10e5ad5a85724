from collections.abc import Callable

import pytest

from tremplin.case import Case
from tremplin.case.declared import declared
from tremplin.law.clauses import exclusivity

VRP = "employment.sales_representative"
CLAUSE = "employment.clauses.exclusivity"


@pytest.mark.parametrize(
    ("clause", "enforceable"), [(True, True), ("unknown", None), (False, False)]
)
def test_the_law_suspends_nothing_for_a_sales_representative_of_others(
    case: Callable[..., Case], *, clause: bool | str, enforceable: bool | None
) -> None:
    """The clause holds and stops the start; one who has not read the contract is not stopped; no clause binds nobody."""
    vrp = case("alice", {CLAUSE: clause, VRP: True, "project.represents_others": True})
    found = exclusivity(vrp)
    assert found.enforceable is enforceable
    assert found.suspended_until is None
    assert found.suspended_until_with_leave is None
    assert declared("findings")["exclusivity_clause"](vrp) is (clause is True)


def test_a_paper_from_a_private_employer_changes_nothing(case: Callable[..., Case]) -> None:
    """An authorisation does not make a competing activity loyal."""
    changes = {
        "project.competes_with_employer": True,
        "project.preparation.documents": ["employer_authorisation"],
    }
    assert declared("findings")["competing_activity"](case("alice", changes))
