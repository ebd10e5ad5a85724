import json
import math
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from tests.conftest import PEOPLE

from tremplin.assessment import results
from tremplin.assessment.formalities import steps
from tremplin.case import Case
from tremplin.law.thresholds import thresholds
from tremplin.model.register import DataError
from tremplin.model.results import Results
from tremplin.money.comparison import forms, recommended
from tremplin.money.financing import scenarios

SECTIONS = {
    "acre": {"eligible", "ground", "rate", "request_by"},
    "arce": {"eligible", "reason", "amount"},
    "exclusivity": {"clause", "enforceable", "suspended_until"},
    "creation_leave": {"eligible", "reason", "notice_by"},
    "legal_form": {"recommended", "reason", "options", "carried_over"},
    "thresholds": {
        "micro_ceiling",
        "micro_ceiling_year",
        "vat_threshold",
        "vat_threshold_month",
    },
    "time": {"total_weekly_hours", "rest_days", "overload"},
    "financing": {"need", "resources", "gap"},
    "risk": {
        "survival_3_years",
        "survival_5_years",
        "cash_out_probability_24_months",
        "net_year_2_low",
        "net_year_2_high",
        "safety_months",
    },
    "timing": {"ready", "earliest_month", "indicators"},
    "scores": {"contract", "time", "finances", "project", "support", "overall"},
}
"""What the design of results.json names in each section, and the little that was added since."""

PLAIN = {"id", "token", "as_of", "verdict", "stopped_by", "blockers", "warnings", "conditions"}
PLAIN |= {"checklist", "scenarios", "coverage", "forecast", "vintage"}


def numbers(value: object) -> Iterator[float]:
    """Give every number in JSON data."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, (int, float)):
        yield value


@pytest.mark.parametrize("name", PEOPLE)
def test_results_are_json_with_every_section(case: Callable[..., Case], name: str) -> None:
    """What another program reads: the sections of the design, finite numbers, and the same data back again."""
    found = results(case(name))
    data = json.loads(found.model_dump_json())
    assert set(data) == PLAIN | set(SECTIONS)
    for section, keys in SECTIONS.items():
        assert set(data[section]) == keys, section
    assert [option["form"] for option in data["legal_form"]["options"]] == [
        "micro",
        "ei",
        "eurl",
        "sasu",
    ]
    assert all(math.isfinite(number) for number in numbers(data))
    assert Results.model_validate(data) == found
    # JSON has no infinity and no NaN.
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@pytest.mark.parametrize("name", PEOPLE)
def test_results_say_what_the_report_says(case: Callable[..., Case], name: str) -> None:
    """Each number is that of the chapter, to the cent; one scenario is the planned one."""
    found = case(name)
    data = results(found)
    best, ways = forms(found).best, scenarios(found)
    assert data.legal_form is not None
    assert data.thresholds is not None
    assert data.legal_form.recommended == best.form
    told = next(one for one in data.legal_form.options if one.form == best.form)
    assert told.open
    assert told.net_after_tax_year_1 == round(best.after_tax(1), 2)
    assert told.best_net_after_tax_year_2 == round(best.best(2), 2)
    assert [one.id for one in data.scenarios if one.planned] == [ways.planned_id]
    assert data.thresholds.micro_ceiling_year == thresholds(found).micro_over


def test_results_of_a_household_without_costs(case: Callable[..., Case]) -> None:
    """Without fixed costs a reserve in months is no number: null among the risks, ten years in the timing."""
    data = json.loads(results(case("alice", {"household.fixed_costs": 0})).model_dump_json())
    assert data["risk"]["safety_months"] is None
    (safety,) = (one for one in data["timing"]["indicators"] if one["id"] == "safety")
    assert (safety["value"], safety["met"], safety["month"]) == (120, True, 1)


def test_results_of_a_project_without_turnover(case: Callable[..., Case]) -> None:
    """Nothing earned: a sole trader owes the minimum and the accountant; a company pays nothing, and its loss is no pay."""
    changes = {
        "project.turnover": {"month_1": 0, "month_12": 0, "month_24": 0},
        "project.expenses": {"fixed": 0, "rate": 0},
    }
    data = results(case("alice", changes))
    assert data.legal_form is not None
    assert data.thresholds is not None
    found = {one.form: one.net_before_tax_year_1 for one in data.legal_form.options}
    assert found == {"micro": 0, "ei": -2_454.71, "eurl": 0, "sasu": 0}
    assert (data.legal_form.recommended, data.legal_form.reason) == ("micro", "leaves_most")
    assert (data.thresholds.micro_ceiling_year, data.thresholds.vat_threshold_month) == (None, None)


@pytest.mark.parametrize(
    ("name", "verdict", "blockers", "warnings", "form"),
    [
        ("alice", "go_with_conditions", [], ["safety_low"], "micro"),
        (
            "bruno",
            "go_with_conditions",
            [],
            [
                "exclusivity_unknown",
                "financing_gap",
                "safety_low",
                "vat_threshold",
                "fatigue",
                "health_signs",
                "physical_trade",
            ],
            "ei",
        ),
        (
            "chantal",
            "stop",
            ["public_service_authorisation"],
            ["financing_gap", "safety_low", "fatigue", "health_signs"],
            "micro",
        ),
        (
            "david",
            "go_with_conditions",
            [],
            [
                "overload",
                "vat_threshold",
                "leave_notice_missed",
                "start_too_close",
                "micro_ceiling",
            ],
            "ei",
        ),
        ("emma", "stop", ["cash_runs_out"], ["overload", "vat_threshold"], "sasu"),
        (
            "farid",
            "stop",
            ["investment_gap", "cash_runs_out"],
            [
                "exclusivity_suspended",
                "fixed_term",
                "safety_low",
                "loans_out_of_range",
                "physical_trade",
            ],
            "micro",
        ),
        (
            "gaelle",
            "go_with_conditions",
            [],
            [
                "vrp_clause",
                "financing_gap",
                "exclusivity_suspended",
                "safety_low",
                "guest_rooms_rate",
                "health_signs",
            ],
            "micro",
        ),
        (
            "hugo",
            "stop",
            ["competing_activity", "employer_clients", "employer_resources"],
            [
                "non_compete",
                "resignation_no_benefit",
                "overload",
                "tense_relationship",
                "vat_threshold",
                "fatigue",
                "health_signs",
                "opposed_household",
            ],
            "eurl",
        ),
    ],
)
def test_the_answer_for_each_example_person(  # noqa: PLR0913 - one column of the table each
    case: Callable[..., Case],
    name: str,
    verdict: str,
    *,
    blockers: list[str],
    warnings: list[str],
    form: str,
) -> None:
    """On 22 November 2026: the verdict, what forbids, what to mend, and the form recommended."""
    found = case(name)
    data = results(found)
    assert (data.verdict, data.blockers, data.warnings) == (verdict, blockers, warnings)
    assert recommended(found) == form


@pytest.mark.parametrize(
    ("name", "acre", "arce"),
    [
        ("alice", None, "no_unemployment_rights"),
        ("bruno", None, "contract_not_ended"),
        ("chantal", "zfrr", "no_unemployment_rights"),
        ("david", None, "contract_not_ended"),
        ("emma", "job_seeker", "eligible"),
        ("farid", "age", "no_unemployment_rights"),
        ("gaelle", None, "no_unemployment_rights"),
        ("hugo", None, "no_unemployment_rights"),
    ],
)
def test_the_aid_of_each_example_person(
    case: Callable[..., Case], name: str, acre: str | None, arce: str
) -> None:
    """Only three of the eight have ACRE, and only Emma, who leaves first, has ARCE."""
    data = results(case(name))
    assert (data.acre.ground, data.arce.reason) == (acre, arce)
    assert data.acre.eligible is (acre is not None)
    assert data.arce.eligible is (arce == "eligible")


def test_alice_s_results(case: Callable[..., Case]) -> None:
    """What results.json says of the reference person, the checklist and the scenarios apart."""
    data = results(case()).model_dump(mode="json", exclude={"checklist", "scenarios"})
    assert data == {
        "id": "alice",
        "token": "r81f2899dfc881beeb3c0a9fb9751570a",
        "as_of": "2026-11-22",
        "vintage": {"id": "2026-12", "kind": "official"},
        "verdict": "go_with_conditions",
        "stopped_by": [],
        "blockers": [],
        "warnings": ["safety_low"],
        "conditions": [
            {
                "id": "safety_low",
                "severity": "medium",
                "at_stake": "money",
                "would_change": None,
            },
        ],
        "scores": {
            "contract": 95,
            "time": 75,
            "finances": 77,
            "project": 81,
            "support": 30,
            "overall": 72,
        },
        "acre": {"eligible": False, "ground": None, "rate": None, "request_by": None},
        "arce": {"eligible": False, "reason": "no_unemployment_rights", "amount": None},
        "exclusivity": {"clause": False, "enforceable": False, "suspended_until": None},
        "creation_leave": {"eligible": True, "reason": "eligible", "notice_by": "2026-11-04"},
        "coverage": dict.fromkeys(
            (
                "summary",
                "context",
                "contract",
                "legal_form",
                "time",
                "financing",
                "risk",
                "formalities",
            ),
            "full",
        ),
        "legal_form": {
            "recommended": "micro",
            "reason": "leaves_most",
            "options": [
                {
                    "form": "micro",
                    "open": True,
                    "net_before_tax_year_1": 7_758.8,
                    "net_after_tax_year_1": 6_379.32,
                    "best_net_after_tax_year_1": 6_379.32,
                    "net_before_tax_year_2": 17_586.4,
                    "net_after_tax_year_2": 15_003.78,
                    "best_net_after_tax_year_2": 15_003.78,
                },
                {
                    "form": "ei",
                    "open": True,
                    "net_before_tax_year_1": 6_909.93,
                    "net_after_tax_year_1": 5_772.26,
                    "best_net_after_tax_year_1": 5_772.26,
                    "net_before_tax_year_2": 16_504.06,
                    "net_after_tax_year_2": 13_787.24,
                    "best_net_after_tax_year_2": 13_787.24,
                },
                {
                    "form": "eurl",
                    "open": True,
                    "net_before_tax_year_1": 6_328.79,
                    "net_after_tax_year_1": 5_390.92,
                    "best_net_after_tax_year_1": 5_390.92,
                    "net_before_tax_year_2": 15_945.36,
                    "net_after_tax_year_2": 13_583.02,
                    "best_net_after_tax_year_2": 13_583.02,
                },
                {
                    "form": "sasu",
                    "open": True,
                    "net_before_tax_year_1": 4_681.81,
                    "net_after_tax_year_1": 3_933.53,
                    "best_net_after_tax_year_1": 5_253.73,
                    "net_before_tax_year_2": 12_288.33,
                    "net_after_tax_year_2": 10_385.45,
                    "best_net_after_tax_year_2": 13_119.75,
                },
            ],
            "carried_over": True,
        },
        "thresholds": {
            "micro_ceiling": 83_600,
            "micro_ceiling_year": None,
            "vat_threshold": 37_500,
            "vat_threshold_month": None,
        },
        "time": {"total_weekly_hours": 50.8, "rest_days": 1, "overload": False},
        "financing": {"need": 8_972.6, "resources": 11_000, "gap": 0},
        "forecast": [
            {
                "turnover": 12600.0,
                "purchases": 630.0,
                "fixed": 960.0,
                "accountant": 0.0,
                "employees": 0.0,
                "manager": 3251.2,
                "wear": 0.0,
                "interest": 0.0,
                "corporate_tax": 0.0,
                "result": 7758.8,
                "cash": 13458.8,
                "break_even": 1387.35,
            },
            {
                "turnover": 26800.0,
                "purchases": 1340.0,
                "fixed": 960.0,
                "accountant": 0.0,
                "employees": 0.0,
                "manager": 6913.6,
                "wear": 0.0,
                "interest": 0.0,
                "corporate_tax": 0.0,
                "result": 17586.4,
                "cash": 29245.2,
                "break_even": 1387.22,
            },
            {
                "turnover": 31200.0,
                "purchases": 1560.0,
                "fixed": 960.0,
                "accountant": 0.0,
                "employees": 0.0,
                "manager": 8054.4,
                "wear": 0.0,
                "interest": 0.0,
                "corporate_tax": 0.0,
                "result": 20625.6,
                "cash": 48870.8,
                "break_even": 1387.59,
            },
        ],
        "risk": {
            "survival_3_years": 0.32,
            "survival_5_years": 0.28,
            "cash_out_probability_24_months": 0,
            "net_year_2_low": 10_740.07,
            "net_year_2_high": 17_379.44,
            "safety_months": 2.86,
        },
        "timing": {
            "ready": False,
            "earliest_month": None,
            "indicators": [
                {
                    "id": "recurring_income",
                    "met": False,
                    "value": 37.82,
                    "threshold": 250,
                    "month": 8,
                },
                {"id": "loyal_clients", "met": False, "value": 2, "threshold": 3, "month": None},
                {"id": "forecast", "met": True, "value": 409.35, "threshold": 250, "month": 1},
                {"id": "safety", "met": False, "value": 2.86, "threshold": 6, "month": 15},
                {"id": "aid", "met": False, "value": 0, "threshold": 1, "month": None},
            ],
        },
    }


def test_alice_s_ways_in_the_results(case: Callable[..., Case]) -> None:
    """The planned way and the one of resigning after a year: what the household has in two years and in its worst month."""
    ways = {way.id: way for way in results(case()).scenarios}
    assert [way.id for way in ways.values() if way.planned] == ["keep"]
    assert ways["keep"].model_dump(mode="json", exclude={"planned"}) == {
        "id": "keep",
        "contract_end": None,
        "total": 120_747.21,
        "lowest_month": 4_234.73,
        "months_below_fixed_costs": 0,
    }
    assert ways["resignation"].contract_end == date(2028, 1, 4)
    assert ways["creation_leave"].months_below_fixed_costs == 1


def test_the_checklist_is_that_of_the_steps(case: Callable[..., Case]) -> None:
    """Each step with its last day and whether it is done, in order."""
    found = case()
    items = results(found).checklist
    assert [item.id for item in items] == [step.id for step in steps(found)]
    assert items[-1].model_dump(mode="json") == {
        "id": "cfe",
        "label": "Déposer la déclaration initiale de CFE",
        "due": "2027-12-31",
        "done": False,
    }


def test_a_start_before_the_known_rules_is_refused(case: Callable[..., Case]) -> None:
    """The register knows the law from 2026 on: an earlier start is an error that names the rule."""
    with pytest.raises(DataError, match=r"is not known on 2025-12-31"):
        results(case("alice", {"project.start": date(2025, 12, 31)}))


def test_emma_s_arce_in_the_results(case: Callable[..., Case]) -> None:
    """70,70 € for the 426 of 456 days left after a month of benefit, 60 % of it, 3 % less: 17 528,79 €."""
    data = results(case("emma"))
    assert data.arce.amount == 17_775.68
    assert (data.acre.rate, data.acre.request_by) == (0.25, date(2027, 7, 31))
