from collections.abc import Callable
from datetime import date

import pytest

from tremplin.case import Case
from tremplin.analysis.unemployment import days_worked, rights
from tremplin.model.profile import Profile
from tremplin.model.register import Register

AS_OF = date(2026, 11, 22)
ENDS = date(2028, 3, 1)


@pytest.mark.parametrize(
    ("exit_", "days", "estimated"),
    [("reconversion", 548, False), ("dismissal", 548, True), ("mutual_termination", 457, True)],
)
def test_days_of_the_profile_hold_for_the_exit_it_plans(
    person: Callable[..., Profile], register: Register, exit_: str, days: int, *, estimated: bool
) -> None:
    """Bruno, who knows what resigning to retrain gives him, is not promised as much for a mutual termination."""
    found = rights(person("bruno"), register, exit_, ENDS, AS_OF)  # type: ignore[arg-type] # one of the literals
    assert (found.daily, found.days, found.estimated) == (54.30, days, estimated)


@pytest.mark.parametrize(("name", "enough"), [("bruno", True), ("hugo", False)])
def test_resigning_to_retrain_needs_five_years_of_work(
    person: Callable[..., Profile],
    register: Register,
    case: Callable[..., Case],
    name: str,
    *,
    enough: bool,
) -> None:
    """Hugo, less than two years in his job, is told that it alone is not enough."""
    way = scenarios(case(name)).of("reconversion")
    assert way.ends is not None
    assert (days_worked(person(name), register, way.ends) >= 1300) is enough
    assert way.conditional is not enough


@pytest.mark.parametrize("name", ["alice", "chantal", "farid"])
@pytest.mark.parametrize(
    "exit_", ["resignation", "mutual_termination", "dismissal", "reconversion"]
)
@pytest.mark.parametrize("month", [None, -2, 0, 12, 30])
def test_whatever_is_planned_is_among_the_ways(
    case: Callable[..., Case], name: str, exit_: str, month: int | None
) -> None:
    """A public servant or an employee on a fixed term who plans an exit gets a report, too."""
    plan = {"transition.exit": exit_, "transition.exit_month": month}
    ways = scenarios(case(name, plan))
    assert ways.planned_id in ways.ids
    assert ways.ranked[0].total == max(way.total for way in ways.all)


def test_a_contract_that_ends_on_the_first_day_ends_then(
    case: Callable[..., Case],
) -> None:
    """Month 0 is a month, not a missing answer."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": 0}
    assert scenarios(case("alice", plan)).planned.ends == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("turnover", "month", "whole", "first"),
    [
        # 300 € of turnover less 95 € of expenses in the first month
        (300, 0, False, 1_477.80),
        (300, 1, True, 1_616.40),
        # Nothing sold in the first month, 163.64 € in the second
        (0, 1, False, 1_540.80),
        (0, 2, True, 1_616.40),
    ],
)
def test_an_activity_is_kept_only_if_it_earned_beside_the_job(
    case: Callable[..., Case], turnover: int, month: int, first: float, *, whole: bool
) -> None:
    """Dismissed before the business has brought in anything, one has benefit less 70 % of the income, not all of it."""
    plan = {
        "transition.exit": "dismissal",
        "transition.exit_month": month,
        "project.turnover": {"month_1": turnover, "month_12": 1800, "month_24": 2600},
    }
    way = scenarios(case("alice", plan)).planned
    assert (way.id, way.whole) == ("dismissal", whole)
    # 53.88 € for thirty days, less 70 % of 66 % of 300 € or of 163.64 €
    assert way.benefit[month] == pytest.approx(first, abs=0.01)
    # 548 days, all of them or 60 %
    most = 29_526.24 if whole else 17_715.74
    assert way.benefit_total == pytest.approx(most, abs=0.01)


@pytest.mark.parametrize(
    ("exit_", "since", "month"),
    [
        ("dismissal", date(2021, 9, 1), -24),
        ("mutual_termination", date(2021, 9, 1), -24),
        ("dismissal", date(2026, 10, 1), -1),
    ],
    ids=["dismissed two years ago", "left two years ago", "two months of work"],
)
def test_without_rights_left_nothing_begins_with_benefit(
    case: Callable[..., Case], exit_: str, since: date, month: int
) -> None:
    """Who has been paid for all days before creating is promised neither ACRE as a job-seeker, nor ARCE, nor benefit."""
    plan = {
        "transition.exit": exit_,
        "transition.exit_month": month,
        "employment.since": since,
    }
    found = case("alice", plan)
    assert scenarios(found).ids == ("without_benefit",)
    assert (acre(found).ground, arce(found).reason) == (None, "no_unemployment_rights")
    assert scenarios(found).planned.benefit_total == 0


@pytest.mark.parametrize(
    ("month", "capital"),
    # 53.88 € for 518 or 188 days, 60 % of it, 3 % less
    [(-1, 16_243.53), (-12, 5_895.33)],
)
def test_the_capital_is_of_the_days_that_are_left(
    case: Callable[..., Case], month: int, capital: float
) -> None:
    """The longer ago the contract ended, the smaller the capital."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": month}
    way = scenarios(case("alice", plan)).of("capital_first")
    assert way.capital_total == pytest.approx(capital, abs=0.01)


def test_a_fixed_term_comes_to_its_term(case: Callable[..., Case]) -> None:
    """Farid cannot resign from a fixed term to get benefit, but its end gives him some."""
    ways = scenarios(case("farid"))
    assert ways.ids == ("keep", "term_end", "benefit_first", "capital_first")
    assert ways.beside is not None
    assert (ways.beside.by, ways.beside.benefit_months) == ("term_end", 12)


def test_nearly_equal_ways_are_equally_safe(case: Callable[..., Case]) -> None:
    """One euro more in the poorest month does not make another way the safest one."""
    found = case("alice")
    assert scenarios(found).safest(found.profile.fixed_costs).id == "keep"
