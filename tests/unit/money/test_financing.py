from collections.abc import Callable
from typing import Any

import pytest
from tests.conftest import PEOPLE

from tremplin.assessment import results
from tremplin.case import Case
from tremplin.model.register import Register
from tremplin.money.financing import financing
from tremplin.money.living import safety_months
from tremplin.money.loans import RANGES, loans

INVESTMENT, SAVINGS = "project.investment", "financing.savings"
NO_LOAN: dict[str, Any] = {"financing.honor_loans": {}}


@pytest.mark.parametrize("name", PEOPLE)
def test_the_plan_adds_up(case: Callable[..., Case], name: str) -> None:
    """Needs, resources and the gap between them are sums of their lines, and either gap or margin is nothing."""
    person = case(name)
    found = financing(person)
    assert list(found.needs) == ["investment", "registration", "working_capital", "safety"]
    assert found.need == pytest.approx(sum(found.needs.values()))
    assert found.available == pytest.approx(sum(found.resources.values()))
    assert found.margin - found.gap == pytest.approx(found.available - found.need)
    assert found.gap * found.margin == 0
    assert found.gap_without_capital == pytest.approx(
        max(0.0, found.need - found.available + found.capital)
    )
    assert all(amount >= 0 for amount in (*found.needs.values(), *found.resources.values()))
    data = results(person).financing
    assert data is not None
    assert (data.need, data.resources, data.gap) == (
        round(found.need, 2),
        round(found.available, 2),
        round(found.gap, 2),
    )


def test_alice_s_plan(case: Callable[..., Case]) -> None:
    """2 500 € of investment, three months of 2 100 €, a first month unpaid; savings and a loan cover them."""
    found = financing(case())
    # The first month: 80 € and 5 % of 300 € of expenses, 25.6 % and 0.2 % of contributions, and no client has paid.
    assert found.needs == pytest.approx(
        {"investment": 2_500, "registration": 0, "working_capital": 172.6, "safety": 6_300}
    )
    assert found.resources == {
        "savings": 6_000,
        "family": 0,
        "grants": 0,
        "initiative_france": 5_000,
        "bank_loan": 0,
    }
    assert (found.own, found.borrowed, found.gap, found.ways) == (6_000, 5_000, 0, ())
    assert found.margin == pytest.approx(2_027.4)


def test_rights_paid_as_capital_count_where_the_plan_needs_them(case: Callable[..., Case]) -> None:
    """Emma's plan would lack 4 496 €: she takes her rights as capital, and keeps them as benefit where it would not."""
    found = financing(case("emma"))
    # 432 days are left of 456 after a month, of which seven days are not paid.
    assert (found.capital, found.gap) == (17_775.68, 0)
    assert found.gap_without_capital == pytest.approx(4_496.36, abs=0.01)
    richer = financing(case("emma", {SAVINGS: 60_000}))
    assert (richer.capital, richer.gap) == (0, 0)


@pytest.mark.parametrize(
    ("hoped", "counted", "why"),
    [
        ({"initiative_france": 2_999}, [0], ["below_range"]),
        ({"initiative_france": 3_000}, [3_000], ["as_hoped"]),
        ({"initiative_france": 50_000}, [50_000], ["as_hoped"]),
        ({"initiative_france": 50_001}, [50_000], ["above_range"]),
        ({"reseau_entreprendre": 14_999}, [0], ["below_range"]),
        ({"reseau_entreprendre": 15_000}, [15_000], ["as_hoped"]),
        ({"reseau_entreprendre": 50_001}, [50_000], ["above_range"]),
        # Bpifrance lends 1 000 to 80 000 €, but only beside a network.
        ({"bpifrance": 5_000}, [0], ["alone"]),
        ({"initiative_france": 2_000, "bpifrance": 5_000}, [0, 0], ["below_range", "alone"]),
        ({"initiative_france": 3_000, "bpifrance": 999}, [3_000, 0], ["as_hoped", "below_range"]),
        (
            {"reseau_entreprendre": 15_000, "bpifrance": 80_001},
            [15_000, 7_500],
            ["as_hoped", "above_proportion"],
        ),
        # At most half of what the others lend, a third of all.
        ({"initiative_france": 3_000, "bpifrance": 1_500}, [3_000, 1_500], ["as_hoped"] * 2),
        (
            {"initiative_france": 3_000, "bpifrance": 80_000},
            [3_000, 1_500],
            ["as_hoped", "above_proportion"],
        ),
        (
            {"initiative_france": 8_000, "reseau_entreprendre": 20_000, "bpifrance": 30_000},
            [8_000, 20_000, 14_000],
            ["as_hoped", "as_hoped", "above_proportion"],
        ),
        ({}, [], []),
    ],
)
def test_loans_hoped_for_are_held_against_what_networks_lend(
    case: Callable[..., Case],
    hoped: dict[str, float],
    counted: list[float],
    why: list[str],
) -> None:
    """Less than a network lends is not counted, more only up to its limit (facts S13 to S15, A62 to A67)."""
    found = loans(case("alice", {"financing.honor_loans": hoped}))
    assert [loan.counted for loan in found] == counted
    assert [loan.why for loan in found] == why


def test_the_ranges_are_figures_that_somebody_verified(register: Register) -> None:
    """The limits of the networks come from the register, the lowest below the highest."""
    for low, high in RANGES.values():
        assert 0 < register.best(low) < register.best(high)


@pytest.mark.parametrize(
    ("changes", "gap", "ways"),
    [
        # 8 972.60 € are needed, 11 000 € are there: 2 027.40 € more may be spent.
        ({INVESTMENT: 4_527}, 0, []),
        ({INVESTMENT: 4_528}, 0.6, ["lower", "wait", "honor_loan", "bank"]),
        ({INVESTMENT: 6_000}, 1_472.6, ["lower", "wait", "honor_loan", "bank"]),
        ({INVESTMENT: 0, SAVINGS: 1_000}, 472.6, ["wait", "honor_loan", "bank"]),
        # No network lends less than 3 000 € to who has no loan yet.
        ({INVESTMENT: 2_526} | NO_LOAN, 2_998.6, ["lower", "wait", "bank"]),
        ({INVESTMENT: 2_528} | NO_LOAN, 3_000.6, ["lower", "wait", "honor_loan", "bank"]),
        # Who saves nothing cannot wait.
        (
            {"household.fixed_costs": 4_150},
            4_122.6,
            ["lower", "honor_loan", "bank"],
        ),
        # 50 000 € is where investors begin to be talked of.
        ({INVESTMENT: 54_527}, 49_999.6, ["lower", "honor_loan", "bank"]),
        ({INVESTMENT: 54_528}, 50_000.6, ["lower", "honor_loan", "bank", "investors"]),
    ],
)
def test_the_ways_to_close_the_gap_in_order(
    case: Callable[..., Case], changes: dict[str, Any], gap: float, ways: list[str]
) -> None:
    """Spend less, save longer, borrow without interest, borrow, share: each only where it helps."""
    found = financing(case("alice", changes))
    assert found.gap == pytest.approx(gap, abs=0.01)
    assert [way.id for way in found.ways] == ways
    assert all(0 < way.amount <= found.gap for way in found.ways)


def test_how_long_to_wait(case: Callable[..., Case]) -> None:
    """Alice's household puts some 2 000 € by each month while she keeps her job: 472.60 € take one, 10 000 € take five."""
    for savings, investment, months in ((1_000, 0, 1), (6_000, 14_500, 5)):
        changes = {SAVINGS: savings, INVESTMENT: investment}
        (wait,) = (way for way in financing(case("alice", changes)).ways if way.id == "wait")
        assert wait.months == months


def test_who_seeks_investors_is_told_of_them_at_any_gap(case: Callable[..., Case]) -> None:
    """Shares are a way even for a small gap where the person wants to share."""
    changes = {INVESTMENT: 6_000, "project.seeks_investors": True, "project.capital_share": 0.6}
    assert financing(case("alice", changes)).ways[-1].id == "investors"


def test_the_reserve_is_what_the_plan_leaves(case: Callable[..., Case]) -> None:
    """Alice has 11 000 €, savings and a loan, which leave her not quite three months of costs."""
    assert financing(case()).available == 11_000
    assert safety_months(case()) == pytest.approx(2.857, abs=0.001)


@pytest.mark.parametrize(
    ("investment", "left"),
    [(0, 6000), (5000, 6000), (5001, 5999), (8000, 3000), (11_000, 0), (20_000, 0)],
)
def test_safety_is_what_the_investment_leaves_of_the_savings(
    case: Callable[..., Case], investment: int, left: int
) -> None:
    """Alice's loan of 5 000 € pays first, her 6 000 € of savings the rest; less than nothing is nothing."""
    found = safety_months(case("alice", {INVESTMENT: investment}))
    assert found == pytest.approx(left / 2100)


def test_money_of_others_is_no_reserve(case: Callable[..., Case]) -> None:
    """However much is borrowed, the reserve is never more than the savings."""
    changes = {INVESTMENT: 0, "financing.honor_loans.initiative_france": 50_000}
    assert safety_months(case("alice", changes)) == pytest.approx(6000 / 2100)


@pytest.mark.parametrize(("costs", "months"), [(1, 120), (0.01, 120), (1e-308, 120), (0, None)])
def test_no_reserve_is_longer_than_ten_years(
    case: Callable[..., Case], costs: float, months: float | None
) -> None:
    """Who owes next to nothing each month is told of 120 months, never of infinity; who owes nothing, of none."""
    assert safety_months(case("alice", {"household.fixed_costs": costs})) == pytest.approx(months)
