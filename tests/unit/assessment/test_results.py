import json
import math
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from tremplin.case import Case
from tremplin.model.results import Results

PEOPLE = ("alice", "bruno", "chantal", "david", "emma", "farid", "gaelle", "hugo")

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
        "safety_months",
    },
    "timing": {"ready", "earliest_month", "indicators"},
    "scores": {"contract", "time", "finances", "project", "support", "overall"},
}
"""What the design of results.json names in each section, and the little that was added since."""

PLAIN = {"id", "token", "as_of", "verdict", "blockers", "warnings", "checklist", "scenarios"}


def results(case: Callable[..., Case], changes: dict[str, Any], name: str = "alice") -> Results:
    """Give the results of a changed example person."""
    return results(case(name, changes))


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
    money = found.finances
    assert data.legal_form.recommended == recommended(found)
    best = next(one for one in data.legal_form.options if one.form == recommended(found))
    assert best.open
    assert best.net_after_tax_year_1 == round(money.forms.best.after_tax(1), 2)
    assert best.best_net_after_tax_year_2 == round(money.forms.best.best(2), 2)
    assert [one.id for one in data.scenarios if one.planned] == [money.scenarios.planned_id]
    assert data.thresholds.micro_ceiling_year == money.thresholds.micro_over


def test_results_of_a_household_without_costs(case: Callable[..., Case]) -> None:
    """Without fixed costs a reserve in months is no number: null among the risks, ten years in the timing."""
    data = json.loads(results(case, {"household.fixed_costs": 0}).model_dump_json())
    assert data["risk"]["safety_months"] is None
    (safety,) = (one for one in data["timing"]["indicators"] if one["id"] == "safety")
    assert (safety["value"], safety["met"], safety["month"]) == (120, True, 1)


def test_results_of_a_project_without_turnover(case: Callable[..., Case]) -> None:
    """Nothing earned: a micro-enterprise and a SASU owe nothing, the real regime its minimum; accountants are paid."""
    changes = {
        "project.turnover": {"month_1": 0, "month_12": 0, "month_24": 0},
        "project.expenses": {"fixed": 0, "rate": 0},
    }
    data = results(case, changes)
    found = {one.form: one.net_before_tax_year_1 for one in data.legal_form.options}
    assert found == {"micro": 0, "ei": -2_454.71, "eurl": -3_254.71, "sasu": -2_000}
    assert (data.legal_form.recommended, data.legal_form.reason) == ("micro", "leaves_most")
    assert (data.thresholds.micro_ceiling_year, data.thresholds.vat_threshold_month) == (None, None)


@pytest.mark.parametrize(
    ("start", "rate", "net"),
    [
        # 12.8 % of 2 000 € in the ten months that begin by 31 March 2027, 25.6 % after them; 0.2 % for training
        (date(2026, 6, 30), 0.5, 24_000 - 12 * 4 - 10 * 256 - 2 * 512),
        # 19.2 % until 30 June 2027
        (date(2026, 7, 1), 0.25, 24_000 - 12 * 4 - 12 * 384),
    ],
)
def test_acre_of_the_day_before_the_reform_and_of_the_day(
    case: Callable[..., Case], start: date, rate: float, net: float
) -> None:
    """Half for a start on 30 June 2026, a quarter for one on 1 July (CSS, D131-6-3), in the rate and in the income."""
    changes = {
        "person.zone": "qpv",
        "project.start": start,
        "project.turnover": {"month_1": 2_000, "month_12": 2_000, "month_24": 2_000},
        "project.expenses": {"fixed": 0, "rate": 0},
    }
    found = results(case("alice", changes, date(2026, 7, 1)))
    assert acre(found).rate == rate
    assert found.legal_form.options[0].net_before_tax_year_1 == pytest.approx(net)


@pytest.mark.parametrize(
    ("since", "eligible", "reason"),
    [(date(2025, 1, 4), True, "eligible"), (date(2025, 1, 5), False, "seniority")],
)
def test_the_creation_leave_needs_two_years_to_the_day(
    case: Callable[..., Case], since: date, reason: str, *, eligible: bool
) -> None:
    """Twenty-four months on the day of the start are enough, a day less is not (L3142-105); without it no such way."""
    changes = {"employment.since": since}
    found = results(case("alice", changes, date(2026, 11, 4)))
    assert (found.creation_leave.eligible, found.creation_leave.reason) == (eligible, reason)
    assert ("creation_leave" in [way.id for way in found.scenarios]) is eligible
