import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.conftest import PEOPLE

from tremplin.assessment import results
from tremplin.case import Case
from tremplin.model.register import Register
from tremplin.money.comparison import recommended
from tremplin.money.draws import DRAWS, QUANTILES, draw_curves, fan
from tremplin.money.financing import cash
from tremplin.money.risk import blows, risk, stresses, tornado
from tremplin.money.survival import cohorts, survival

STEADY: dict[str, Any] = {
    "project.category": "sale",
    "project.turnover": {"month_1": 1_000, "month_12": 1_000, "month_24": 1_000},
    "project.expenses": {"fixed": 100, "rate": 0},
    "project.investment": 0,
    "project.preparation.recurring_share": 0,
    "household.other_income": 4_000,
    "financing": {"savings": 500},
}
"""Alice with 500 € at the start, sales without chance and a household that draws nothing."""


@pytest.mark.parametrize(
    ("name", "three", "five"),
    [
        ("alice", 0.32, 0.28),
        ("bruno", 0.75, 0.63),
        ("hugo", 0.84, 0.71),
        ("emma", 0.84, 0.71),
    ],
)
def test_how_many_businesses_of_a_form_last(
    case: Callable[..., Case], name: str, three: float, five: float
) -> None:
    """Of those born in 2018: Insee Première 1962, 1963 (after three years), 2069 and 2070 (after five)."""
    found = survival(case(name))
    assert (found.three_years, found.five_years) == (three, five)


def test_the_cohorts_of_insee(case: Callable[..., Case]) -> None:
    """Born in 2018, and in 2014 after five years: Insee Première 1852, 1962, 1963, 2069, 2070."""
    found = {one.id: (one.shares, one.share_before) for one in cohorts(case())}
    assert found == {
        "company": ({1: 97, 3: 84, 5: 71}, 67),
        "sole_trader": ({1: 88, 3: 75, 5: 63}, 53),
        "classic": ({3: 82, 5: 69}, 61.3),
        "micro_started": ({3: 46, 5: 39}, 33),
        "micro_registered": ({3: 32, 5: 28}, 22),
    }


@pytest.mark.parametrize(
    ("name", "mine"),
    [
        ("alice", "micro_registered"),
        ("bruno", "sole_trader"),
        ("hugo", "company"),
        ("emma", "company"),
    ],
)
def test_the_person_is_in_one_cohort(case: Callable[..., Case], name: str, mine: str) -> None:
    """The report names the businesses like the person's own, and no others."""
    assert [one.id for one in cohorts(case(name)) if one.mine] == [mine]


@pytest.mark.parametrize(
    ("name", "chance", "runs_out"),
    [
        ("alice", 0, None),
        ("bruno", 0.0046, date(2027, 9, 1)),
        ("chantal", 0, None),
        ("david", 0, None),
        ("emma", 0.8766, date(2027, 7, 1)),
        # He cannot pay his tools: there is nothing to draw.
        ("farid", 1, date(2027, 2, 1)),
        ("gaelle", 0, None),
        ("hugo", 0.0974, date(2028, 8, 11)),
    ],
)
def test_how_often_cash_runs_out(
    case: Callable[..., Case], name: str, chance: float, runs_out: date | None
) -> None:
    """The same person has the same numbers on every machine: 5 000 draws of one seed."""
    person = case(name)
    found = risk(person).fan
    assert (found.draws, found.cash_out, found.runs_out_from) == (5_000, chance, runs_out)
    told = results(person).risk
    assert told is not None
    assert told.cash_out_probability_24_months == chance


@pytest.mark.parametrize("name", PEOPLE)
def test_the_fan_is_ordered(case: Callable[..., Case], name: str) -> None:
    """A better quantile never lies below a worse one, in no month, and what is checked is read off it."""
    found = risk(case(name)).fan
    levels = np.array([found.quantiles[level] for level in QUANTILES])
    assert levels.shape == (5, 24)
    assert (np.diff(levels, axis=0) >= 0).all()
    assert 0 <= found.cash_out <= 1
    assert (found.runs_out is None) is (found.cash_out == 0)
    assert found.cushion >= 0
    assert [one.month for one in found.checkpoints] == [3, 6, 9, 12, 18, 24]
    for one in found.checkpoints:
        assert one.low <= one.quarter <= one.middle
        assert one.planned == found.planned[one.month - 1]


def test_the_same_draws_twice(case: Callable[..., Case]) -> None:
    """No clock and no state: the second time the very same curves are drawn."""
    one, other = (draw_curves(case("bruno")) for _ in range(2))
    assert np.array_equal(one.turnover, other.turnover)
    assert np.array_equal(one.expenses, other.expenses)
    assert one.turnover.shape == (DRAWS, 24)


def test_draws_scatter_around_the_plan(case: Callable[..., Case]) -> None:
    """Of an even turnover without launch delay the mean is the plan; expenses follow it at their rate."""
    changes = {"project.turnover": {"month_1": 1_000, "month_12": 1_000, "month_24": 1_000}}
    drawn = draw_curves(case("alice", changes))
    assert (drawn.turnover >= 0).all()
    # After the longest delay nearly every draw has launched.
    assert drawn.turnover[:, 12:].mean() == pytest.approx(1_000, rel=0.01)
    # One month of delay is the mean: e^-1 of the draws launch in the first.
    assert (drawn.turnover[:, 0] > 0).mean() == pytest.approx(0.368, abs=0.025)
    fixed = drawn.expenses - 0.05 * drawn.turnover
    assert fixed.mean() == pytest.approx(80, rel=0.01)
    assert np.ptp(fixed, axis=1).max() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("savings", [7_000, 8_000, 100_000])
def test_more_cash_at_the_start_is_never_a_greater_risk(
    case: Callable[..., Case], savings: float
) -> None:
    """What was more at the start is there later, or the household has put in as much less."""
    poorer, richer = (
        fan(case("bruno", {"financing.savings": savings + more})) for more in (0, 500)
    )
    assert richer.cash_out <= poorer.cash_out
    more = richer.quantiles[0.5] - poorer.quantiles[0.5]
    assert (more > -1e-6).all()
    assert (more < 500 + 1e-6).all()
    assert richer.cushion == pytest.approx(max(0, poorer.cushion - 500))


def test_the_cushion_keeps_cash_above_nothing(case: Callable[..., Case]) -> None:
    """With what is said to be missing at the start, cash runs out in one draw of twenty."""
    missing = fan(case("bruno", {"financing.savings": 5_000})).cushion
    assert missing > 0
    assert fan(case("bruno", {"financing.savings": 5_001 + missing})).cash_out <= 0.05


@pytest.mark.parametrize("name", PEOPLE)
def test_the_tornado_points_the_right_way(case: Callable[..., Case], name: str) -> None:
    """Less turnover, lower prices, dearer expenses and a later launch cost money, their opposites bring some."""
    found = risk(case(name)).tornado
    assert {swing.driver for swing in found} == {"turnover", "price", "expenses", "delay"}
    assert [swing.width for swing in found] == sorted((one.width for one in found), reverse=True)
    for swing in found:
        assert swing.worse < swing.base < swing.better, swing.driver
        assert (swing.loss, swing.gain) == (swing.base - swing.worse, swing.better - swing.base)
    # A lower price is dearer than fewer sales, which at least spare their own expenses.
    width = {swing.driver: swing.width for swing in found}
    assert width["price"] >= width["turnover"]


def test_alice_s_tornado(case: Callable[..., Case]) -> None:
    """A fifth less of 39 400 € of turnover at the same expenses: 7 880 €, of which 25.8 % would have been contributions."""
    (price,) = (swing for swing in risk(case("alice")).tornado if swing.driver == "price")
    assert (price.loss, price.gain) == pytest.approx((7_880 * 0.742, 7_880 * 0.742), abs=2)


@pytest.mark.parametrize("name", PEOPLE)
def test_blows_are_told_from_the_worst_on(case: Callable[..., Case], name: str) -> None:
    """A loss of the recurring clients is a blow for who has some; each says when cash runs out, if it does."""
    found = case(name)
    blows = risk(found).stresses
    some = found.profile.project.preparation.recurring_share > 0
    ids = {"late", "half", "stop", "expenses_up"} | ({"client_lost"} if some else set())
    assert {blow.id for blow in blows} == ids
    assert [blow.lowest for blow in blows] == sorted(blow.lowest for blow in blows)
    for blow in blows:
        assert (blow.runs_out is None) is (blow.lowest >= 0)
        assert (blow.runs_out_from is None) is (blow.runs_out is None)


def test_a_blow_on_a_plan_without_chance(case: Callable[..., Case]) -> None:
    """1 000 € of sales a month leave 776 €: what half of them, three months without any, or a late launch do to it."""
    steady = case("alice", STEADY)
    found = {blow.id: blow for blow in stresses(steady)}
    final = {id_: cash(steady).cash(curve)[-1] for id_, (_, curve) in blows(steady).items()}
    # 12.3 % and 0.1 % of contributions and training; the chamber's 0.015 % of 1 000 € are rounded away.
    assert fan(steady).planned[-1] == pytest.approx(500 + 24 * 776)
    assert final["half"] == pytest.approx(500 + 24 * (500 - 100 - 62 - 0.5))
    assert final["stop"] == pytest.approx(500 + 24 * 776 - 3 * 876)
    # Six months of 100 € with 500 € at hand: the household puts in the hundred that is lacking.
    assert final["late"] == pytest.approx(500 + 24 * 776 - 6 * 876 + 100)
    assert found["late"].lowest == pytest.approx(0)
    assert found["late"].runs_out is None
    assert final["expenses_up"] == pytest.approx(500 + 24 * 751)


def test_the_blows_are_as_hard_as_the_conventions_say(
    case: Callable[..., Case], register: Register, tmp_path: Path
) -> None:
    """Who edits the table of conventions gets other blows and other swings: 4 months instead of 6, 10 % instead of 20."""
    copy = Path(shutil.copytree(register.folder, tmp_path / "data"))
    text = (copy / "conventions.csv").read_text(encoding="utf-8")
    for old, new in (("late_months,6", "late_months,4"), ("swing,0.2", "swing,0.1")):
        assert text.count(f"risk.{old},") == 1
        text = text.replace(f"risk.{old},", f"risk.{new},")
    (copy / "conventions.csv").write_text(text, encoding="utf-8")
    alice = case("alice", STEADY)
    steady = Case(alice.declarations, Register.open(copy), alice.as_of)
    (late,) = (blow for blow in stresses(steady) if blow.id == "late")
    assert late.by == 4
    assert cash(steady).cash(blows(steady)["late"][1])[-1] == pytest.approx(
        500 + 24 * 776 - 4 * 876
    )
    (price,) = (swing for swing in tornado(steady) if swing.driver == "price")
    # 100 € a month less, of which 12.4 % would have been contributions, to the euro.
    assert (price.by, price.loss) == pytest.approx((0.1, 24 * (100 - 12)), abs=24)


SHARED: tuple[dict[str, object], ...] = (
    {},
    {"project.partners": 1, "project.capital_share": 0.6},
    {"project.seeks_investors": True, "project.capital_share": 0.6},
)


@pytest.mark.thorough
@given(st.sampled_from(SHARED), st.floats(0, 12_000), st.floats(0, 12_000), st.floats(0, 2_000))
@settings(max_examples=40, deadline=None)
def test_the_tornado_of_any_curve(
    case: Callable[..., Case], shared: dict[str, object], first: float, last: float, fixed: float
) -> None:
    """Dearer expenses never help, and a lower price never does, whatever the curve and the form."""
    assume(last == 0 or first < 12 * last)  # that would be asked about
    changes = {
        "project.turnover": {"month_1": first, "month_12": last, "month_24": last},
        "project.expenses": {"fixed": fixed, "rate": 0.1},
    }
    alice = case("alice", changes | shared)
    for swing in tornado(alice):
        if swing.driver in {"price", "expenses"}:
            # Rounding to the euro a month, and in three calendar years the corner of a president's pay.
            allowed = 3 * 504 if recommended(alice) == "sasu" else 48
            assert swing.worse <= swing.base + allowed
            assert swing.base <= swing.better + allowed
