import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import AS_OF, ROOT

from tremplin.case import Case
from tremplin.model.profile import Profile
from tremplin.model.register import DataError, Register

ENDED = {"transition.exit": "mutual_termination", "transition.exit_month": -1}
BENEFIT = {
    "transition.unemployment.daily_are": 40.0,
    "transition.unemployment.remaining_days": 100,
}
CLAUSE = "employment.clauses.exclusivity"
VRP = "employment.sales_representative"
MONTH_12, MONTH_24 = "project.turnover.month_12", "project.turnover.month_24"
LOAN = "financing.honor_loans.initiative_france"
FREE = {
    "employment.clauses.non_compete": None,
    "financing.savings": 20_000,
    "support.mentor": True,
    "support.network": "cci",
}
"""What Alice would have to change to have nothing left to mend."""


def warned(found: Case) -> set[str]:
    """Give the ids of the warnings."""
    return {warning.id for warning in warnings(found)}


def told(found: Case) -> set[str]:
    """Give the ids of the popular claims corrected."""
    return {advice.id for advice in advice(found)}


def test_go_where_nothing_is_left_to_mend(case: Callable[..., Case]) -> None:
    """No clause, savings, a mentor and a network: Alice may go."""
    found = case("alice", FREE)
    assert findings(found) == ()
    assert verdict(found) == "go"


def test_a_single_warning_makes_conditions(case: Callable[..., Case]) -> None:
    """A tense relationship alone is a condition."""
    found = case("alice", FREE | {"employment.relationship": "tense"})
    assert warned(found) == {"tense_relationship"}
    assert verdict(found) == "go_with_conditions"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        (ENDED, set()),
        ({"project.competes_with_employer": True}, {"non_compete"}),
        # It runs then: what forbids the start is no mere warning.
        ({"project.competes_with_employer": True} | ENDED, set()),
    ],
)
def test_a_non_compete_clause_counts_where_one_competes(
    case: Callable[..., Case], changes: dict[str, Any], expected: set[str]
) -> None:
    """A clause that forbids another trade than the project's is nothing to mend, before or after the end."""
    clause = {"months": 6, "area": "Paris", "compensated": True}
    more = {"employment.clauses.non_compete": clause, "household.other_income": 4000}
    assert warned(case("alice", FREE | more | changes)) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 12, 5), set()),
        (date(2026, 12, 6), {"start_too_close"}),
        (date(2027, 1, 4), {"start_too_close"}),
        (date(2027, 1, 5), {"start_passed"}),
        (date(2028, 1, 4), {"start_passed"}),
    ],
)
def test_a_start_too_close_or_gone_is_warned_of(
    case: Callable[..., Case], as_of: date, expected: set[str]
) -> None:
    """Thirty days before 4 January are enough, 29 are not, and the day after it has passed."""
    assert warned(case("alice", FREE, as_of)) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(date(2027, 3, 5), {"start_passed"}), (date(2027, 3, 6), {"start_passed", "acre_lost"})],
)
def test_an_acre_that_is_lost_is_warned_of(
    case: Callable[..., Case], as_of: date, expected: set[str]
) -> None:
    """The day after 5 March 2027, the last day to ask, the report says that ACRE may be lost."""
    assert warned(case("alice", FREE | {"person.zone": "qpv"}, as_of)) == expected


def test_a_dimension_under_half_its_points_is_a_condition(
    case: Callable[..., Case],
) -> None:
    """Alone with her project, Alice has 30 points of support: conditions, though no warning says so."""
    found = case("alice", FREE | {"support.mentor": False, "support.network": "none"})
    assert findings(found) == ()
    assert scores(found).of("support") == 30
    assert verdict(found) == "go_with_conditions"


def test_a_single_blocker_stops(case: Callable[..., Case]) -> None:
    """However good the scores, a competing activity is a stop."""
    found = case("alice", FREE | {"project.competes_with_employer": True})
    assert [finding.id for finding in findings(found)] == ["competing_activity"]
    assert verdict(found) == "stop"


def test_a_finding_says_what_it_means_and_what_to_do(case: Callable[..., Case]) -> None:
    """The words come from the table, with the source."""
    (found,) = blockers(case("alice", FREE | {"project.competes_with_employer": True}))
    assert found.title == "Votre projet concurrence votre employeur"
    assert (found.kind, found.dimension) == ("blocker", "contract")
    assert found.meaning
    assert found.action
    assert found.source.split(";")[0] == "ct_l1222_1"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({CLAUSE: True}, {"exclusivity_suspended"}),
        ({CLAUSE: "unknown"}, {"exclusivity_unknown"}),
        ({CLAUSE: "unknown", VRP: True}, {"exclusivity_unknown"}),
        ({CLAUSE: True} | ENDED, set()),
        ({CLAUSE: "unknown"} | ENDED, set()),
        ({"employment.relationship": "tense"}, {"tense_relationship"}),
        ({"employment.contract": "fixed_term"}, {"fixed_term"}),
        ({"project.weekly_hours": 13.5}, {"overload"}),
        ({"employment.fatigue": 3}, set()),
        ({"employment.fatigue": 4}, {"fatigue"}),
        ({"employment.fatigue": 4} | ENDED, set()),
        ({"health.pain": True}, {"health_signs"}),
        ({"health.sleep_trouble": True}, {"health_signs"}),
        ({"health": {}}, set()),
        ({"transition.exit": "resignation"}, {"resignation_no_benefit"}),
        (
            {"transition.exit": "resignation", "transition.exit_month": 6},
            {"resignation_no_benefit"},
        ),
        ({"transition.exit": "reconversion"}, set()),
        (ENDED, set()),
        ({"project.physical": True, "project.weekly_hours": 9}, {"physical_trade"}),
        ({"household.support": "opposed"}, {"opposed_household"}),
        ({"household.support": "neutral"}, set()),
        ({"financing.savings": 6300}, set()),
        ({"financing.savings": 6299}, {"safety_low"}),
        ({"household.fixed_costs": 4150}, set()),
        ({"household.fixed_costs": 4151}, {"household_gap"}),
        # 20 000 € of savings and a loan of 5 000 €: 18 527 € leave three months of 2 100 € and 173 € for late payments.
        ({"project.investment": 18_527}, set()),
        ({"project.investment": 18_528}, {"financing_gap"}),
        ({"project.investment": 18_700}, {"financing_gap"}),
        ({"project.investment": 18_701}, {"safety_low", "financing_gap"}),
        ({"project.investment": 25_000}, {"safety_low", "financing_gap", "cash_risk"}),
        ({"project.investment": 25_001}, {"safety_low", "investment_gap", "cash_risk"}),
        # 12 × 3 125 € are 37 500 € in the second year.
        ({MONTH_12: 3125, MONTH_24: 3125}, set()),
        ({MONTH_12: 3126, MONTH_24: 3126}, {"vat_threshold"}),
        # 12 × 6 967 € pass 83 600 €.
        ({MONTH_12: 6966, MONTH_24: 6966}, {"vat_threshold"}),
        ({MONTH_12: 6967, MONTH_24: 6967}, {"vat_threshold", "micro_ceiling"}),
        ({MONTH_12: 6967, MONTH_24: 6967, "project.partners": 1}, {"vat_threshold"}),
        ({LOAN: 3000}, set()),
        ({LOAN: 2999}, {"loans_out_of_range"}),
        ({LOAN: 50_000}, set()),
        ({LOAN: 50_001}, {"loans_out_of_range"}),
    ],
)
def test_what_is_warned_of(
    case: Callable[..., Case], changes: dict[str, Any], expected: set[str]
) -> None:
    """One change to a profile without warnings brings the warning expected, and no other."""
    no_household_gap = {"household.other_income": 4000} if "transition.exit" in changes else {}
    assert warned(case("alice", FREE | no_household_gap | changes)) == expected


@pytest.mark.parametrize("leave", ["part_time", "creation_leave"])
@pytest.mark.parametrize(
    ("as_of", "since", "expected"),
    [
        (date(2026, 11, 4), date(2021, 9, 1), set()),
        (date(2026, 11, 5), date(2021, 9, 1), {"leave_notice_missed"}),
        (date(2026, 11, 4), date(2025, 1, 5), {"leave_seniority"}),
        (date(2026, 11, 22), date(2026, 1, 5), {"leave_seniority"}),
    ],
)
def test_a_planned_leave_that_is_not_open_is_warned_of(
    case: Callable[..., Case], leave: str, as_of: date, since: date, expected: set[str]
) -> None:
    """Too late or too new in the job: part time to create has the same rules as the leave."""
    changes = {"transition.leave": leave, "employment.since": since}
    money = {"household.other_income": 4000}
    assert warned(case("alice", FREE | money | changes, as_of)) == expected


def test_who_wants_no_leave_is_not_warned_of_it(case: Callable[..., Case]) -> None:
    """Farid lacks seniority, plans no leave, and hears nothing of it."""
    found = case("farid")
    assert leave(found).reason == "seniority"
    assert "leave_seniority" not in warned(found)


def test_findings_come_in_the_order_of_their_table(
    case: Callable[..., Case], register: Register
) -> None:
    """Hugo's many findings stand as in findings.csv, blockers first."""
    order = register.findings["id"].to_list()
    ids = [finding.id for finding in findings(case("hugo"))]
    assert len(ids) == 11
    assert ids == sorted(ids, key=order.index)


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
        ("social_cover_shared", {"project.partners": 1}, False),
        ("estate_mixed", {"project.investment": 0}, False),
        ("estate_mixed", {"project.investment": 1}, True),
        ("estate_mixed", {"project.turnover.month_24": 12_000}, True),
        ("estate_mixed", {"project.seeks_investors": True}, False),
        ("trade_register", {"project.category": "craft_sale"}, True),
        ("trade_register", {"project.category": "sale"}, False),
        ("working_time_law", {}, True),
        ("working_time_law", ENDED, False),
        ("sasu_unemployment", {"project.partners": 1}, True),
        ("sasu_unemployment", {"project.seeks_investors": True}, True),
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
    found = next(advice for advice in advice(case()) if advice.id == "social_cover_shared")
    assert found.claim.startswith("«")
    assert "cotisent" in found.correction
    assert found.source == "css_l171_2_1"


def test_warnings_need_no_optional_answer(
    person: Callable[..., Profile], case: Callable[..., Case]
) -> None:
    """Health and fixed costs may be left out: then the whole salary is what the household needs."""
    changes: dict[str, Any] = {"health": {}, "household.fixed_costs": None}
    assert person("alice", changes).fixed_costs == 2300
    assert warned(case("alice", FREE | changes)) == set()


@pytest.mark.parametrize(
    ("name", "row", "told"),
    [
        (
            "criteria.csv",
            "time.luck,time,5,Avez-vous de la chance ?,Jouez.,\ntime.stars,time,5,Et les astres ?,Lisez.,\n",
            "criteria.csv asks what tremplin cannot answer: time.luck, time.stars. Remove the row",
        ),
        (
            "advice.csv",
            "luck,« La chance suffit. »,Non.,\nstars,« Les astres aussi. »,Non.,\n",
            "advice.csv: for whom luck, stars matters is not known. Remove the row",
        ),
    ],
)
def test_rows_that_the_code_does_not_know_are_told_in_words(
    person: Callable[..., Profile], tmp_path: Path, name: str, row: str, told: str
) -> None:
    """Who adds a question or a claim without its code reads which, and what to do."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    with (data / name).open("a", encoding="utf-8") as file:
        file.write(row)
    with pytest.raises(DataError) as caught:
        assess(person(), Register.open(data), AS_OF)
    assert told in str(caught.value)


def test_a_relation_that_is_over_is_not_warned_of(case: Callable[..., Case]) -> None:
    """The business began in January and the contract ended in June: in July nobody is told to be discreet at work."""
    tense = {
        "employment.relationship": "tense",
        "transition.exit": "dismissal",
        "transition.exit_month": 5,
    }
    assert "tense_relationship" in warned(case("alice", FREE | tense, date(2027, 2, 1)))
    assert "tense_relationship" not in warned(case("alice", FREE | tense, date(2027, 7, 1)))
