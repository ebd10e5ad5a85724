from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tremplin.assessment.scores import Scores, scores
from tremplin.case import Case
from tremplin.model.criteria import DIMENSIONS

ENDED = {"transition.exit": "resignation", "transition.exit_month": -1}
PUBLIC = {"employment.sector": "public"}
PREPARATION = "project.preparation"


@pytest.fixture(scope="session")
def scored(case: Callable[..., Case]) -> Callable[..., Scores]:
    """Give a function that scores an example person with changes, while the leave can still be asked for."""

    def give(name: str = "alice", changes: dict[str, Any] | None = None) -> Scores:
        return scores(case(name, changes, date(2026, 10, 1)))

    return give


def degrees(found: Scores) -> dict[str, float]:
    """Give the answer to each question that concerns the person."""
    return {item.id: item.degree for item in found.criteria}


def test_alice_s_scores(scored: Callable[..., Scores]) -> None:
    """The reference person's five dimensions and their mean."""
    found = scored()
    assert {dimension: found.of(dimension) for dimension in DIMENSIONS} == {
        "contract": 95,
        "time": 75,
        "finances": 77,
        "project": 81,
        "support": 30,
    }
    assert found.overall == 72


def test_every_point_of_alice_has_its_reason(scored: Callable[..., Scores]) -> None:
    """Each question is answered by yes, partly or no, and what does not concern her is left out."""
    assert degrees(scored()) == {
        "contract.no_competition": 1,
        "contract.no_employer_clients": 1,
        "contract.no_employer_resources": 1,
        "contract.exclusivity": 1,
        "contract.non_compete": 0.5,
        "contract.relationship": 1,
        "contract.leave": 1,
        "time.load": 0.5,
        "time.rest_day": 1,
        "time.fatigue": 1,
        "time.commute": 0.5,
        "time.family": 0.5,
        "time.health": 1,
        "finances.safety": 0.5,
        "finances.household": 0.5,
        "finances.plan": 1,
        "finances.margin": 1,
        "finances.cash": 1,
        "project.market_study": 1,
        "project.business_plan": 0.5,
        "project.clients": 1,
        "project.recurring": 1,
        "project.insurance": 0,
        "project.documents": 0.5,
        "support.household": 1,
        "support.mentor": 0,
        "support.network": 0,
    }


def test_what_would_raise_a_score_starts_with_most_points(scored: Callable[..., Scores]) -> None:
    """The list of a dimension and the list of all begin with what gains most."""
    found = scored()
    assert [item.id for item in found.to_raise("support")] == [
        "support.mentor",
        "support.network",
    ]
    assert [item.id for item in found.to_raise("finances")] == [
        "finances.safety",
        "finances.household",
    ]
    assert [item.id for item in found.to_raise()][:4] == [
        "support.mentor",
        "support.network",
        "finances.safety",
        "time.load",
    ]


@pytest.mark.parametrize(
    ("question", "changes", "degree"),
    [
        ("contract.exclusivity", {"employment.clauses.exclusivity": True}, 0.5),
        ("contract.exclusivity", {"employment.clauses.exclusivity": "unknown"}, 0.5),
        ("contract.exclusivity", {"employment.clauses.exclusivity": True} | ENDED, 1),
        (
            "contract.exclusivity",
            {
                "employment.clauses.exclusivity": True,
                "employment.sales_representative": True,
                "project.represents_others": True,
            },
            0,
        ),
        (
            "contract.exclusivity",
            {"employment.clauses.exclusivity": "unknown", "employment.sales_representative": True},
            0.5,
        ),
        ("contract.no_competition", {"project.competes_with_employer": True}, 0),
        ("contract.no_competition", {"project.competes_with_employer": True} | ENDED, 1),
        ("contract.non_compete", {"employment.clauses.non_compete": None}, 1),
        ("contract.non_compete", {"project.competes_with_employer": True}, 0),
        (
            "contract.non_compete",
            {"employment.clauses.non_compete": None, "project.competes_with_employer": True},
            1,
        ),
        ("project.insurance", {f"{PREPARATION}.documents": ["insurance_certificate"]}, 1),
        (
            "project.documents",
            {f"{PREPARATION}.documents": ["identity"], f"{PREPARATION}.business_plan": "done"},
            0.5,
        ),
        (
            "project.documents",
            {
                f"{PREPARATION}.documents": ["identity", "address"],
                f"{PREPARATION}.business_plan": "done",
            },
            1,
        ),
        ("contract.relationship", {"employment.relationship": "neutral"}, 0.5),
        ("contract.relationship", {"employment.relationship": "tense"}, 0),
        ("contract.leave", {"employment.since": date(2026, 3, 1)}, 0),
        ("contract.authorisation", PUBLIC, 0),
        (
            "contract.authorisation",
            PUBLIC | {f"{PREPARATION}.documents": ["employer_authorisation"]},
            1,
        ),
        ("time.load", {"project.weekly_hours": 9}, 1),
        ("time.load", {"project.weekly_hours": 9.5}, 0.5),
        ("time.load", {"project.weekly_hours": 13}, 0.5),
        ("time.load", {"project.weekly_hours": 13.5}, 0),
        ("time.load", {"project.weekly_hours": 9.5, "project.physical": True}, 0),
        ("time.body", {"project.physical": True}, 0.5),
        ("time.fatigue", {"employment.fatigue": 3}, 0.5),
        ("time.fatigue", {"employment.fatigue": 4}, 0),
        ("time.commute", {"employment.commute": 45}, 1),
        ("time.commute", {"employment.commute": 46}, 0.5),
        ("time.commute", {"employment.commute": 90}, 0.5),
        ("time.commute", {"employment.commute": 91}, 0),
        ("time.family", {"household.children": 0, "household.youngest_child_age": None}, 1),
        ("time.family", {"household.caregiver": True}, 0),
        ("time.health", {"health.pain": True}, 0.5),
        ("time.health", {"health.pain": True, "health.sleep_trouble": True}, 0),
        ("time.health", {"health.pain": None, "health.sleep_trouble": True}, 0.5),
        ("finances.safety", {"financing.savings": 6300}, 1),
        ("finances.safety", {"financing.savings": 3150}, 0.5),
        ("finances.safety", {"financing.savings": 3149}, 0),
        ("finances.safety", {"household.fixed_costs": 0}, 1),
        ("finances.safety", {"financing.savings": 20_000, "project.investment": 18_700}, 1),
        ("finances.safety", {"financing.savings": 20_000, "project.investment": 18_701}, 0.5),
        ("finances.safety", {"financing.savings": 20_000, "project.investment": 21_851}, 0),
        ("finances.household", {"household.other_income": 2100}, 1),
        ("finances.household", {"household.other_income": 2099}, 0.5),
        ("finances.household", {"transition.leave": "creation_leave"}, 0),
        # 11 000 € are there: less 6 300 € of reserve, and 173 € for late payments.
        ("finances.plan", {"project.investment": 4_527}, 1),
        ("finances.plan", {"project.investment": 4_528}, 0.5),
        # What the household spares in the first month could still be put in.
        ("finances.plan", {"project.investment": 11_900}, 0.5),
        ("finances.plan", {"project.investment": 12_100}, 0),
        # 1 800 € less 5 %, fixed expenses and 104.56 €, a month of the minimum contributions of an EURL
        ("finances.margin", {"project.expenses.fixed": 1505}, 1),
        ("finances.margin", {"project.expenses.fixed": 1506}, 0),
        # Of 11 000 € and what the household spares: cash runs out in 4, 5 and 15 of a hundred draws.
        ("finances.cash", {"project.investment": 11_710}, 1),
        ("finances.cash", {"project.investment": 11_715}, 0.5),
        ("finances.cash", {"project.investment": 11_750}, 0),
        ("project.market_study", {f"{PREPARATION}.market_study": "none"}, 0),
        ("project.clients", {f"{PREPARATION}.clients": 0}, 0),
        ("project.recurring", {f"{PREPARATION}.recurring_share": 0.3}, 1),
        ("project.recurring", {f"{PREPARATION}.recurring_share": 0.29}, 0.5),
        ("project.recurring", {f"{PREPARATION}.recurring_share": 0}, 0),
        ("project.qualified", {"project.regulated": True}, 1),
        ("project.qualified", {"project.regulated": True, "project.qualified": False}, 0),
        ("project.insurance", {f"{PREPARATION}.insurance": True}, 1),
        ("project.documents", {f"{PREPARATION}.documents": []}, 0),
        (
            "project.documents",
            {f"{PREPARATION}.documents": ["identity", "address", "registration", "bank_details"]},
            1,
        ),
        ("support.household", {"household.support": "neutral"}, 0.5),
        ("support.household", {"household.support": "opposed"}, 0),
        ("support.mentor", {"support.mentor": True}, 1),
        ("support.network", {"support.network": "club"}, 1),
    ],
)
def test_how_a_question_is_answered(
    scored: Callable[..., Scores], question: str, changes: dict[str, Any], degree: float
) -> None:
    """One change to Alice's profile gives the answer expected: yes, partly or no."""
    assert degrees(scored("alice", changes))[question] == degree


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        ("contract.leave", PUBLIC),
        ("contract.leave", ENDED),
        ("contract.relationship", ENDED | {"transition.exit_month": -26}),
        ("contract.authorisation", {}),
        ("contract.authorisation", PUBLIC | ENDED),
        ("time.fatigue", ENDED),
        ("time.commute", ENDED),
        ("time.body", {}),
        ("time.health", {"health": {}}),
        ("project.qualified", {}),
    ],
)
def test_a_question_that_does_not_concern_one_costs_nothing(
    scored: Callable[..., Scores], question: str, changes: dict[str, Any]
) -> None:
    """It is left out of the points and of the maximum."""
    assert question not in degrees(scored("alice", changes))


def test_emma_is_not_marked_down_for_a_leave_she_cannot_need(
    scored: Callable[..., Scores],
) -> None:
    """Her contract has ended: 80 points of 90, half of her clause and half of the relationship apart."""
    assert scored("emma").of("contract") == 89


def test_what_stops_the_start_keeps_the_score_low(scored: Callable[..., Scores]) -> None:
    """Without the authorisation Chantal's contract, and the whole, stay under the 50 points of a go."""
    found = scored("chantal")
    assert (found.earned("contract"), found.of("contract"), found.overall) == (60, 49, 48)


def test_the_authorisation_of_a_public_servant_weighs_most(scored: Callable[..., Scores]) -> None:
    """With the paper Chantal's contract score rises by the 40 points of 130."""
    with_paper = {f"{PREPARATION}.documents": ["identity", "employer_authorisation"]}
    assert scored("chantal").earned("contract") == 60
    assert scored("chantal", with_paper).of("contract") == 90
    assert scored("chantal").to_raise("contract")[0].id == "contract.authorisation"


changes_to_alice = st.fixed_dictionaries(
    {},
    optional={
        "employment.weekly_hours": st.integers(0, 60),
        "employment.commute": st.integers(0, 720),
        "employment.fatigue": st.integers(1, 5),
        "employment.sector": st.sampled_from(["private", "public"]),
        "employment.clauses.exclusivity": st.sampled_from([True, False, "unknown"]),
        "household.fixed_costs": st.none() | st.integers(0, 5000),
        "household.caregiver": st.booleans(),
        "project.weekly_hours": st.integers(0, 80),
        "project.physical": st.booleans(),
        "project.investment": st.integers(0, 200_000),
        "project.competes_with_employer": st.booleans(),
        "health.pain": st.none() | st.booleans(),
        "health.sleep_trouble": st.none() | st.booleans(),
        "support.mentor": st.booleans(),
    },
)


@pytest.mark.thorough
@given(changes=changes_to_alice)
@settings(max_examples=50, deadline=None)
def test_scores_stay_between_0_and_100(
    scored: Callable[..., Scores], changes: dict[str, Any]
) -> None:
    """Whatever the profile, and gains are listed from the largest to the smallest."""
    found = scored("alice", changes)
    assert all(0 <= found.of(dimension) <= 100 for dimension in DIMENSIONS)
    assert 0 <= found.overall <= 100
    gains = [item.weight - item.points for item in found.to_raise()]
    assert gains == sorted(gains, reverse=True)
    assert all(gain > 0 for gain in gains)
