from collections.abc import Callable
from datetime import date

import pytest
from tests.conftest import AS_OF

from tremplin.assessment.conclusion import Action, milestones, next_actions, steps_to_start, weakest
from tremplin.assessment.formalities import steps
from tremplin.assessment.scores import scores
from tremplin.case import Case
from tremplin.model.criteria import DIMENSIONS


def test_the_chart_of_steps_stops_after_the_launch(case: Callable[..., Case]) -> None:
    """What comes months after the start is in the list, not in the chart."""
    found = case("farid")
    assert [step.id for step in steps(found)][-3:] == ["e_invoicing", "exclusivity_end", "cfe"]
    assert steps_to_start(found)[-1].id == "acre_request"


def test_blockers_come_before_the_steps(case: Callable[..., Case]) -> None:
    """A clause not to represent others comes first, today; then her open steps by date, but not the waiver, which says it again."""
    actions = next_actions(case("gaelle", {"project.represents_others": True}))
    assert actions[0] == Action(
        id="exclusivity_clause",
        due=AS_OF,
        label="Lever le blocage « Votre contrat de VRP vous interdit de représenter d’autres entreprises »",
        detail=actions[0].detail,
        late=False,
    )
    assert [action.id for action in actions[1:]] == [
        "read_contract",
        "separate_means",
        "business_plan",
        "financing",
    ]


def test_what_is_done_is_no_next_action(case: Callable[..., Case]) -> None:
    """Alice's market study is done: five other steps come next."""
    assert [action.id for action in next_actions(case())] == [
        "read_contract",
        "separate_means",
        "network",
        "business_plan",
        "financing",
    ]


def test_a_missed_day_is_due_today_and_says_so(case: Callable[..., Case]) -> None:
    """A report made after the start shows what is late, with a date that can still be kept."""
    today = date(2027, 1, 20)
    actions = next_actions(case(as_of=today))
    assert actions[0].id == "read_contract"
    assert [action.due for action in actions] == [today] * 5
    assert all(action.late for action in actions)


def test_the_milestones_between_contract_and_project(case: Callable[..., Case]) -> None:
    """Farid's, Emma's and Alice's dates: start, aid, suspension, leave and contract."""
    assert milestones(case("farid")) == (
        (date(2027, 2, 1), "start"),
        (date(2027, 4, 2), "acre_request"),
        (date(2028, 2, 1), "exclusivity_ends"),
    )
    assert milestones(case("emma")) == (
        (date(2027, 5, 1), "contract_ends"),
        (date(2027, 6, 1), "start"),
        (date(2027, 7, 31), "acre_request"),
    )
    assert milestones(case("alice", as_of=date(2026, 10, 1))) == (
        (date(2026, 11, 4), "leave_request"),
        (date(2026, 12, 4), "leave_agreed"),
        (date(2027, 1, 4), "start"),
        (date(2028, 1, 4), "leave_ends"),
    )


def test_a_leave_opens_later_in_a_permanent_contract(
    case: Callable[..., Case],
) -> None:
    """Two years after 2 March 2026 Farid could take the leave, if his contract had no end."""
    permanent = case("farid", {"employment.contract": "permanent"})
    assert (date(2028, 3, 2), "leave_open") in milestones(permanent)


def test_no_leave_outlives_the_contract(case: Callable[..., Case]) -> None:
    """A leave may still be asked for until the contract ends on 4 July 2027, but no end of it comes a year later."""
    changes = {"transition.exit": "dismissal", "transition.exit_month": 6}
    found = [what for _, what in milestones(case("alice", changes, date(2026, 10, 1)))]
    assert found == ["leave_request", "leave_agreed", "start", "contract_ends"]


def test_no_leave_opens_after_the_contract_has_ended(
    case: Callable[..., Case],
) -> None:
    """Hugo resigns for 11 July 2027, before the two years of 1 September: that date is no use to him."""
    assert milestones(case("hugo")) == (
        (date(2027, 1, 11), "start"),
        (date(2027, 7, 11), "contract_ends"),
    )


@pytest.mark.parametrize(
    ("name", "dimension"),
    [
        ("alice", "support"),
        ("emma", "finances"),
        ("farid", "finances"),
        ("gaelle", "support"),
        ("chantal", "contract"),
    ],
)
def test_the_weakest_dimension(case: Callable[..., Case], name: str, dimension: str) -> None:
    """The report names where a blocker is to be lifted, else where most is to be gained."""
    assert weakest(case(name)) == dimension


def test_a_blocker_outweighs_the_lowest_score(case: Callable[..., Case]) -> None:
    """Alice has few points of support, but without her qualification the project comes first."""
    found = case("alice", {"project.regulated": True, "project.qualified": False})
    assert min(DIMENSIONS, key=scores(found).of) == "support"
    assert weakest(found) == "project"


def test_among_equals_the_first_dimension_is_the_weakest(
    case: Callable[..., Case],
) -> None:
    """With a mentor, few savings and a loan Alice has 65 points in finances and in support: finances are named."""
    loan = {"financing.savings": 3_000, "financing.honor_loans.initiative_france": 6_000}
    found = case("alice", {"support.mentor": True} | loan)
    assert (scores(found).of("finances"), scores(found).of("support")) == (65, 65)
    assert weakest(found) == "finances"
