from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from tests.law.cases import law_files

from tremplin.assessment.findings import blockers, findings, warnings
from tremplin.assessment.scores import scores
from tremplin.assessment.verdict import verdict
from tremplin.case import Case
from tremplin.law.leave import leave
from tremplin.model.profile import Profile
from tremplin.model.register import Register

ENDED = {"transition.exit": "mutual_termination", "transition.exit_month": -1}
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
    assert warned(case("alice", FREE, as_of)) - {"rules_overdue"} == expected


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
    assert (found.severity, found.at_stake, found.dimension) == ("stop", "job", "contract")
    assert found.meaning
    assert found.action
    assert found.source.split(";")[0] == "ct_l1222_1"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({CLAUSE: True}, {"exclusivity_suspended"}),
        ({CLAUSE: "unknown"}, {"exclusivity_unknown"}),
        ({CLAUSE: "unknown", VRP: True}, {"exclusivity_unknown", "vrp_clause"}),
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
        ({"transition.exit": "resignation"}, {"resignation_no_benefit", "exit_undated"}),
        (
            {"transition.exit": "resignation", "transition.exit_month": 6},
            {"resignation_no_benefit"},
        ),
        ({"transition.exit": "reconversion"}, {"exit_undated"}),
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
        # What she has pays for 25 000 €; more is a matter of law and money in test_verdict.
        ({"project.investment": 25_000}, {"safety_low", "financing_gap"}),
        # 12 × 3 125 € are 37 500 € in the second year.
        ({MONTH_12: 3125, MONTH_24: 3125}, set()),
        ({MONTH_12: 3126, MONTH_24: 3126}, {"vat_threshold"}),
        # 12 × 6 967 € pass 83 600 €.
        ({MONTH_12: 6966, MONTH_24: 6966}, {"vat_threshold"}),
        ({MONTH_12: 6967, MONTH_24: 6967}, {"vat_threshold", "micro_ceiling"}),
        (
            {MONTH_12: 6967, MONTH_24: 6967, "project.partners": 1, "project.capital_share": 0.6},
            {"vat_threshold"},
        ),
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


def test_who_wants_no_leave_is_not_warned_of_it(case: Callable[..., Case]) -> None:
    """Farid lacks seniority, plans no leave, and hears nothing of it."""
    found = case("farid")
    assert leave(found).reason == "seniority"
    assert "leave_seniority" not in warned(found)


def test_findings_come_the_worst_first(case: Callable[..., Case]) -> None:
    """Hugo reads first what forbids the start, then what may cost money, health and at last the calendar."""
    assert [(one.severity, one.at_stake, one.id) for one in findings(case("hugo"))] == [
        ("stop", "job", "competing_activity"),
        ("stop", "job", "employer_clients"),
        ("stop", "job", "employer_resources"),
        ("high", "money", "non_compete"),
        ("high", "money", "resignation_no_benefit"),
        ("high", "health", "overload"),
        ("medium", "job", "tense_relationship"),
        ("medium", "money", "vat_threshold"),
        ("medium", "health", "fatigue"),
        ("medium", "health", "health_signs"),
        ("medium", "health", "opposed_household"),
    ]


def test_warnings_need_no_optional_answer(
    person: Callable[..., Profile], case: Callable[..., Case]
) -> None:
    """Health and fixed costs may be left out: then the whole salary is what the household needs, which is said."""
    changes: dict[str, Any] = {"health": {}, "household.fixed_costs": None}
    assert person("alice", changes).fixed_costs == 2300
    assert warned(case("alice", FREE | changes)) == {"fixed_costs_unknown"}


def test_a_relation_that_is_over_is_not_warned_of(case: Callable[..., Case]) -> None:
    """The business began in January and the contract ended in June: in July nobody is told to be discreet at work."""
    tense = {
        "employment.relationship": "tense",
        "transition.exit": "dismissal",
        "transition.exit_month": 5,
    }
    assert "tense_relationship" in warned(case("alice", FREE | tense, date(2027, 2, 1)))
    assert "tense_relationship" not in warned(case("alice", FREE | tense, date(2027, 7, 1)))


ALL_WRONG: Mapping[str, Any] = {
    "person.birth_date": None,
    "household.support": "opposed",
    "household.fixed_costs": 9000,
    "employment.contract": "fixed_term",
    "employment.since": date(2026, 9, 1),
    "employment.relationship": "tense",
    "employment.fatigue": 5,
    "employment.sales_representative": True,
    "employment.clauses.exclusivity": True,
    "project.competes_with_employer": True,
    "project.targets_employer_clients": True,
    "project.uses_employer_resources": True,
    "project.regulated": True,
    "project.qualified": False,
    "project.physical": True,
    "project.weekly_hours": 60,
    "project.investment": 900_000,
    "health.pain": True,
    "transition.leave": "creation_leave",
}
"""Alice with every finding that one person can have; some exclude each other."""
BARRED: Mapping[str, Any] = {
    "project.competes_with_employer": True,
    "employment.clauses.non_compete": {"months": 6, "area": "Paris", "compensated": True},
    "transition.exit": "dismissal",
    "transition.exit_month": -1,
}
"""The contract has ended, and its clause still forbids to compete."""


def test_every_finding_can_be_found(register: Register, case: Callable[..., Case]) -> None:
    """Each row of findings.csv is returned for somebody, here or in a law case, and nothing else is."""
    cases: list[tuple[Mapping[str, Any], date]] = [
        (ALL_WRONG, date(2026, 11, 22)),
        ({"employment.sector": "public"}, date(2026, 11, 22)),
        ({"employment.clauses.exclusivity": True}, date(2026, 11, 22)),
        ({"employment.clauses.exclusivity": "unknown"}, date(2026, 11, 22)),
        ({"transition.leave": "part_time"}, date(2026, 11, 22)),
        ({"transition.exit": "resignation"}, date(2026, 11, 22)),
        ({"project.investment": 10_000}, date(2026, 11, 22)),
        ({"project.investment": 11_750}, date(2026, 11, 22)),
        ({"project.investment": 40_000, "financing.bank_loan": 30_000}, date(2026, 11, 22)),
        ({"household.fixed_costs": None}, date(2026, 11, 22)),
        ({"household.fixed_costs": 4_600}, date(2026, 11, 22)),
        ({"project.turnover.month_24": 20_000}, date(2026, 11, 22)),
        ({"financing.honor_loans.initiative_france": 2_000}, date(2026, 11, 22)),
        ({}, date(2026, 12, 22)),
        ({}, date(2027, 1, 22)),
        ({"person.zone": "qpv"}, date(2027, 3, 22)),
        (BARRED, date(2026, 11, 22)),
    ]
    found = {
        item.id for changes, as_of in cases for item in findings(case("alice", changes, as_of))
    }
    in_law_cases = {
        asked.removeprefix("findings.")
        for file in law_files()
        for one in file.cases
        for asked, expected in one.expect.items()
        if asked.startswith("findings.") and expected is True
    }
    assert found | in_law_cases == set(register.table("findings.csv")["id"])


def test_what_forbids_the_start(register: Register) -> None:
    """These stop, for want of law or of money; whatever else is found is to be mended."""
    weights = register.table("findings.csv").select("id", "severity").iter_rows()
    assert [id_ for id_, severity in weights if severity == "stop"] == [
        "competing_activity",
        "non_compete_running",
        "employer_clients",
        "employer_resources",
        "public_service_authorisation",
        "parental_leave",
        "sick_leave",
        "prepare_full",
        "minor_trader",
        "exit_breach",
        "qualification_missing",
        "exclusivity_clause",
        "investment_gap",
        "cash_runs_out",
        "household_short",
    ]
