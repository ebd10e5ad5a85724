from collections.abc import Callable
from datetime import date

import pytest

from tremplin.analysis.assessment import Assessment
from tremplin.analysis.unemployment import days_worked, longest, rights
from tremplin.model.profile import Profile
from tremplin.model.register import Register

ENDS = date(2028, 3, 1)


@pytest.mark.parametrize(
    ("exit_", "days", "estimated"),
    [("reconversion", 548, False), ("dismissal", 548, True), ("mutual_termination", 457, True)],
)
def test_days_of_the_profile_hold_for_the_exit_it_plans(
    person: Callable[..., Profile], register: Register, exit_: str, days: int, *, estimated: bool
) -> None:
    """Bruno, who knows what resigning to retrain gives him, is not promised as much for a mutual termination."""
    found = rights(person("bruno"), register, exit_, ENDS)  # type: ignore[arg-type] # one of the literals
    assert (found.daily, found.days, found.estimated) == (54.30, days, estimated)


def test_a_mutual_termination_never_pays_for_longer_than_the_law(
    person: Callable[..., Profile], register: Register
) -> None:
    """Too many days typed into a profile promise nobody more."""
    typed = {"transition.unemployment": {"daily_are": 70.70, "remaining_days": 548}}
    assert rights(person("emma", typed), register, "mutual_termination", ENDS).days == 457


@pytest.mark.parametrize(
    ("ended", "age", "days"),
    [
        (date(2026, 8, 31), 40, 548),
        (date(2026, 9, 1), 40, 457),
        (date(2026, 9, 1), None, 457),
        (date(2026, 9, 1), 55, 624),
        (date(2026, 9, 1), 57, 624),
    ],
)
def test_mutual_terminations_got_shorter_in_september_2026(
    register: Register, ended: date, age: int | None, days: int
) -> None:
    """A contract that ended the day before had the days of any other exit."""
    assert longest(register, "mutual_termination", age, ended) == days


@pytest.mark.parametrize(("name", "enough"), [("bruno", True), ("hugo", False)])
def test_resigning_to_retrain_needs_five_years_of_work(
    person: Callable[..., Profile],
    register: Register,
    assessed: Callable[..., Assessment],
    name: str,
    *,
    enough: bool,
) -> None:
    """Hugo, less than two years in his job, is told that it alone is not enough."""
    way = assessed(name).finances.scenarios.of("reconversion")
    assert way.ends is not None
    assert (days_worked(person(name), register, way.ends) >= 1300) is enough
    assert way.conditional is not enough


@pytest.mark.parametrize("name", ["alice", "chantal", "farid"])
@pytest.mark.parametrize(
    "exit_", ["resignation", "mutual_termination", "dismissal", "reconversion"]
)
@pytest.mark.parametrize("month", [None, -2, 0, 12, 30])
def test_whatever_is_planned_is_among_the_ways(
    assessed: Callable[..., Assessment], name: str, exit_: str, month: int | None
) -> None:
    """A public servant or an employee on a fixed term who plans an exit gets a report, too."""
    plan = {"transition.exit": exit_, "transition.exit_month": month}
    ways = assessed(name, plan).finances.scenarios
    assert ways.planned_id in ways.ids
    assert ways.ranked[0].total == max(way.total for way in ways.all)


def test_a_contract_that_ends_on_the_first_day_ends_then(
    assessed: Callable[..., Assessment],
) -> None:
    """Month 0 is a month, not a missing answer."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": 0}
    assert assessed("alice", plan).finances.scenarios.planned.ends == date(2027, 1, 4)


def test_a_fixed_term_comes_to_its_term(assessed: Callable[..., Assessment]) -> None:
    """Farid cannot resign from a fixed term to get benefit, but its end gives him some."""
    ways = assessed("farid").finances.scenarios
    assert ways.ids == ("keep", "term_end", "benefit_first", "capital_first")
    assert ways.kept is not None
    assert (ways.kept.by, ways.kept.benefit_months) == ("term_end", 12)


def test_nearly_equal_ways_are_equally_safe(assessed: Callable[..., Assessment]) -> None:
    """One euro more in the poorest month does not make another way the safest one."""
    found = assessed("alice")
    assert found.finances.scenarios.safest(found.profile.fixed_costs).id == "keep"
