from collections.abc import Callable
from datetime import date

import pytest

from tremplin.assessment import results
from tremplin.case import Case, Trace
from tremplin.case.case import Answer, answer, answers
from tremplin.law.acre import acre
from tremplin.law.leave import leave
from tremplin.model.register import DataError

EXIT = "transition.exit"


def made(id_: str, work: Callable[[Case], float]) -> Answer[[], float]:
    """Make an answer that no report knows of."""
    return Answer(id_, (), work)


def ids(trace: Trace) -> list[str]:
    """Give the ids of the answers that one builds on."""
    return [one.node.id for one in trace.asked]


def test_an_answer_is_worked_out_once(case: Callable[..., Case]) -> None:
    """Asked again, a case gives the answer that it has; another case works out its own."""
    worked: list[Case] = []

    def work(found: Case) -> float:
        worked.append(found)
        return found.profile.employment.net_salary

    salary, alice, bruno = made("test.salary", work), case(), case("bruno")
    assert (salary(alice), salary(alice), salary(bruno)) == (2300, 2300, 2250)
    assert worked == [alice, bruno]


def test_answers_about_a_year_are_kept_year_by_year(case: Callable[..., Case]) -> None:
    """An answer that takes more than the case is worked out once for each."""
    worked: list[int] = []

    def work(found: Case, year: int) -> int:
        worked.append(year)
        return found.start.year + year

    later, alice = Answer("test.later", (), work), case()
    assert (later(alice, 1), later(alice, 2), later(alice, 1)) == (2028, 2029, 2028)
    assert worked == [1, 2]


def test_two_answers_have_two_names() -> None:
    """Nobody declares an answer that is there already; the one that is there stays."""
    with pytest.raises(ValueError, match="two answers are called acre"):
        answer("acre")(lambda found: found.as_of)
    assert answers()["acre"] is acre


def test_a_what_if_changes_nothing_of_the_case(case: Callable[..., Case]) -> None:
    """Alice's report stays that of an employee while one of a dismissed Alice is looked at."""
    alice = case()
    gone = alice.given({EXIT: "dismissal", "transition.exit_month": 3})
    assert (gone.contract_end, alice.contract_end) == (date(2027, 4, 4), None)
    assert leave(gone).contract_end == date(2027, 4, 4)
    assert leave(alice).contract_end is None
    assert gone.given({"project.start": date(2027, 2, 1)}).declared is gone.declared is alice
    assert alice.declarations == case().declarations


def test_the_same_what_if_is_the_same_case(case: Callable[..., Case]) -> None:
    """What has been worked out for a variant is there when it is asked for again."""
    alice = case()
    assert alice.given({EXIT: "dismissal"}) is alice.given({EXIT: "dismissal"})
    assert alice.given({EXIT: "dismissal"}) is not alice.given({EXIT: "resignation"})
    assert alice.given({EXIT: "dismissal"}) is not alice.given(
        {EXIT: "dismissal"}, leaves_first=True
    )


@pytest.mark.parametrize(
    ("key", "unknown"), [("transition.exi", "exi"), ("transitions.exit", "transitions")]
)
def test_a_what_if_names_keys_of_the_profile(
    case: Callable[..., Case], key: str, unknown: str
) -> None:
    """A slip in a key is an error, not a variant in which nothing has changed."""
    with pytest.raises(KeyError, match=f"'{unknown}'"):
        case().given({key: "dismissal"})


def test_a_what_if_takes_over_what_it_does_not_touch(case: Callable[..., Case]) -> None:
    """Where nothing that an answer was made of has changed, a variant has it already."""
    worked: list[Case] = []

    def work(found: Case) -> float:
        worked.append(found)
        return 12 * found.profile.employment.net_salary + found.convention("are.entry_months")

    year, alice = made("test.year", work), case()
    gone, poorer = (
        alice.given(changes)
        for changes in ({EXIT: "dismissal"}, {"employment.net_salary": 1_000.0})
    )
    assert (year(alice), year(gone), year(poorer)) == (27_606, 27_606, 12_006)
    assert worked == [alice, poorer]
    assert year.trace(gone) is year.trace(alice)


def test_an_answer_that_came_about_by_another_way_is_not_taken_for_the_first(
    case: Callable[..., Case],
) -> None:
    """Two ways lead to the same amount; where what the second reads is changed too, all that builds on it follows."""

    def amount(one: Case) -> float:
        employment = one.profile.employment
        stays = one.profile.transition.exit == "none"
        return employment.net_salary - 200 if stays else one.profile.household.fixed_costs or 0

    base = made("test.base", amount)
    twice = made("test.twice", lambda one: 2 * base(one))
    told = made("test.told", lambda one: max(twice(one), one.profile.transition.exit_month or 0))
    alice = case()
    gone, dearer = (
        {EXIT: "dismissal", "transition.exit_month": 3},
        {"household.fixed_costs": 2500.0},
    )
    found = [told(one) for one in (alice, alice.given(gone), alice.given(dearer).given(gone))]
    assert found == [4200, 4200, 5000]


@pytest.mark.parametrize(
    "changes",
    [
        {"project.preparation.recurring_share": 0.0},
        {"project.expenses.fixed": 600.0},
        {"project.start": date(2027, 3, 1)},
        {"project.category": "sale"},
        {"project.partners": 1, "project.capital_share": 0.6},
        {"person.zone": "qpv"},
        {"transition.leave": "part_time"},
        {"employment.net_salary": 3_000.0},
        {"financing.savings": 99_000.0},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_what_if_has_the_answers_of_whoever_declares_it(
    case: Callable[..., Case], changes: dict[str, object]
) -> None:
    """What a variant takes over from Bruno's case is what it would have found by itself."""
    bruno = case("bruno")
    results(bruno)
    found, alone = (
        results(one).model_dump(exclude={"token"})
        for one in (bruno.given(changes), case("bruno", changes))
    )
    assert found == alone


def test_an_answer_that_asks_for_itself_is_told(case: Callable[..., Case]) -> None:
    """Two answers that build on each other end in an error with the name of one, not in an endless call."""

    def one(found: Case) -> float:
        return second(found)

    def other(found: Case) -> float:
        return first(found)

    first, second, alice = made("test.first", one), made("test.second", other), case()
    with pytest.raises(RecursionError, match=r"the answer test\.first is asked for while"):
        first(alice)


def test_an_answer_that_failed_can_be_asked_again(case: Callable[..., Case]) -> None:
    """Where a rule is not known on the day there is no half answer, and what is asked next has reasons of its own."""
    alice, day = case(), [date(2020, 1, 1), date(2027, 1, 4)]
    inner = made("test.inner", lambda found: found.value("acre.request_days", day[0]))
    outer = made("test.outer", lambda found: inner(found) + 1)
    for _ in range(2):
        with pytest.raises(DataError, match="is not known on 2020-01-01"):
            outer(alice)
    del day[0]
    assert outer(alice) == 61
    assert ids(outer.trace(alice)) == ["test.inner"]


def test_what_a_case_used_does_not_depend_on_others(case: Callable[..., Case]) -> None:
    """Alice's list of rules and figures is the same whoever was assessed before her in the same process."""
    alone, after = case(), case()
    results(alone)
    results(case("emma"))
    results(case("alice", {"project.category": "sale"}))
    results(after)
    assert list(after.used) == list(alone.used)
    assert "acre.request_days" in after.used


def test_a_trace_tells_how_an_answer_came_about(case: Callable[..., Case]) -> None:
    """What was declared, what was read of the register and the answers it builds on stand in the order of the work."""
    trace = acre.trace(case("farid"))
    assert [(one.kind, one.id, one.value) for one in trace.read.values()] == [
        ("declared", "person.zone", "qpv"),
        ("declared", "person.acre_in_last_3_years", False),
        ("declared", "project.start", date(2027, 2, 1)),
        ("rule", "acre.request_days", 60),
        ("rule", "acre.micro.factor", 0.25),
        ("rule", "acre.micro.full_quarters", 3),
    ]
    listed, controlled = trace.asked
    assert (controlled.node.id, controlled.value) == ("acre.control", True)
    assert (listed.node.id, listed.value) == ("acre.listed", "age")
    assert ids(listed) == ["contract.employed_at_start", "acre.short_activity"]


def test_answers_of_a_what_if_hang_under_the_one_that_asked(case: Callable[..., Case]) -> None:
    """Whoever compares a case with a variant has the answers of both among the reasons, each with its own case."""
    alice = case()
    gone = alice.given({EXIT: "dismissal", "transition.exit_month": 3})
    gain = made("test.gain", lambda found: (leave(gone).ends - leave(found).ends).days)
    asked = list(gain.trace(alice).asked)
    assert [(one.node.id, one.case) for one in asked] == [("leave", gone), ("leave", alice)]
    assert gain.trace(alice).read == {}
    assert "creation_leave.notice_months" in alice.used
