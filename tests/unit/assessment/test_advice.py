from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tremplin.assessment.advice import advice
from tremplin.case import Case

ENDED = {"transition.exit": "mutual_termination", "transition.exit_month": -1}
BENEFIT = {
    "transition.unemployment.daily_are": 40.0,
    "transition.unemployment.remaining_days": 100,
}
CLAUSE = "employment.clauses.exclusivity"
VRP = "employment.sales_representative"


def told(found: Case) -> set[str]:
    """Give the ids of the popular claims corrected."""
    return {one.id for one in advice(found)}


@pytest.mark.parametrize(
    ("claim", "changes", "matters"),
    [
        ("acre_for_employees", {}, True),
        ("acre_for_employees", {"person.zone": "qpv"}, False),
        ("acre_for_employees", {"person.zone": "qpv", "person.acre_in_last_3_years": True}, False),
        ("acre_half", {}, False),
        ("acre_half", {"person.zone": "qpv"}, True),
        ("acre_half", {"person.zone": "qpv", "project.start": date(2026, 10, 1)}, True),
        ("acre_half", {"person.zone": "qpv", "project.start": date(2026, 6, 30)}, False),
        ("acre_for_employees", {"person.zone": "qpv", "project.start": date(2026, 6, 30)}, False),
        ("arce_while_employed", {}, False),
        ("arce_while_employed", {"transition.goal": "full_time"}, True),
        ("arce_while_employed", {"transition.exit": "dismissal"}, True),
        ("arce_while_employed", ENDED, False),
        ("same_sector", {"project.competes_with_employer": True}, True),
        ("same_sector", {}, False),
        ("exclusivity_forbids", {CLAUSE: True}, True),
        ("exclusivity_forbids", {CLAUSE: "unknown"}, True),
        ("exclusivity_forbids", {CLAUSE: False}, False),
        ("exclusivity_forbids", {CLAUSE: True, VRP: True}, False),
        ("exclusivity_forbids", {CLAUSE: True, "employment.sector": "public"}, False),
        ("exclusivity_forbids", {CLAUSE: True} | ENDED, False),
        ("vrp_protected", {VRP: True}, True),
        ("vrp_protected", {}, False),
        ("social_cover_shared", {}, True),
        ("social_cover_shared", ENDED, False),
        ("social_cover_shared", {"project.turnover.month_24": 12_000}, True),
        ("social_cover_shared", {"project.partners": 1, "project.capital_share": 0.6}, False),
        ("estate_mixed", {"project.investment": 0}, False),
        ("estate_mixed", {"project.investment": 1}, True),
        ("estate_mixed", {"project.turnover.month_24": 12_000}, True),
        ("estate_mixed", {"project.seeks_investors": True, "project.capital_share": 0.6}, False),
        ("trade_register", {"project.category": "craft_sale"}, True),
        ("trade_register", {"project.category": "sale"}, False),
        ("working_time_law", {}, True),
        ("working_time_law", ENDED, False),
        ("sasu_unemployment", {"project.partners": 1, "project.capital_share": 0.6}, True),
        (
            "sasu_unemployment",
            {"project.seeks_investors": True, "project.capital_share": 0.6},
            True,
        ),
        ("sasu_unemployment", {}, False),
        ("half_fail", {}, True),
        ("initiative_ceiling", {}, True),
        ("initiative_ceiling", {"financing.honor_loans.initiative_france": 0}, False),
        ("are_without_cap", BENEFIT | ENDED, True),
        ("are_without_cap", BENEFIT, False),
        (
            "are_without_cap",
            BENEFIT | {"transition.exit": "mutual_termination", "transition.exit_month": 0},
            False,
        ),
        ("are_without_cap", ENDED, False),
        ("are_without_cap", {}, False),
        ("pain_meaning", {"health.pain": True}, True),
        ("pain_meaning", {"health": {}}, False),
    ],
)
def test_a_popular_claim_is_corrected_for_whom_it_would_mislead(
    case: Callable[..., Case], claim: str, changes: dict[str, Any], *, matters: bool
) -> None:
    """One change to Alice's profile makes the claim matter, or not."""
    assert (claim in told(case("alice", changes))) is matters


def test_what_david_and_emma_are_told(case: Callable[..., Case]) -> None:
    """David keeps his job at first: benefit is no subject yet. Emma has left and founds a company."""
    about_sole_traders = {"social_cover_shared", "estate_mixed"}
    david, emma = told(case("david")), told(case("emma"))
    assert "are_without_cap" not in david
    assert about_sole_traders <= david
    assert "are_without_cap" in emma
    assert not about_sole_traders & emma


def test_a_correction_carries_its_source(case: Callable[..., Case]) -> None:
    """The claim is quoted, the correction says what the law says, and where."""
    found = next(one for one in advice(case()) if one.id == "social_cover_shared")
    assert found.claim.startswith("«")
    assert "cotisent" in found.correction
    assert found.source == "css_l171_2_1"
