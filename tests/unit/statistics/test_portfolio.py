import json
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.conftest import AS_OF, PEOPLE, ROOT

from tremplin.assessment import results
from tremplin.case import Case
from tremplin.model.delivered import read_results
from tremplin.model.register import Register
from tremplin.model.results import Results
from tremplin.statistics.portfolio import Cell, Group, PortfolioFindings, Spread

EXAMPLES = ROOT / "tests/data/portfolio"


@pytest.fixture(scope="module")
def found(register: Register) -> PortfolioFindings:
    """Give what the reports of the eight example people say together."""
    return PortfolioFindings(read_results(EXAMPLES), register, AS_OF)


@pytest.fixture
def changed() -> Callable[..., Results]:
    """Give a function that reads alice's results and changes sections: `changed(verdict="go")`."""
    data = json.loads((EXAMPLES / "alice/results.json").read_text())

    def with_changes(**changes: Any) -> Results:  # noqa: ANN401 - any part of the results
        new = {
            key: data[key] | value if isinstance(value, dict) else value
            for key, value in changes.items()
        }
        return Results.model_validate(data | new)

    return with_changes


def test_the_examples_are_what_the_program_computes(case: Callable[..., Case]) -> None:
    """The results that the notebook shows are those of the example people today."""
    for name in PEOPLE:
        kept = Results.model_validate_json((EXAMPLES / name / "results.json").read_bytes())
        assert kept == Results.model_validate_json(results(case(name)).model_dump_json())


def test_each_person_has_one_row_of_the_report_s_numbers(found: PortfolioFindings) -> None:
    """The table of people repeats what the reports say, unrounded."""
    assert found.people["id"].to_list() == list(PEOPLE)
    bruno = found.people.row(1, named=True)
    assert bruno["verdict"] == "go_with_conditions"
    assert (bruno["form"], bruno["gap"], bruno["cash_out"]) == ("ei", 4399.81, 0.0046)
    assert bruno["contract_end"] == date(2028, 3, 1)
    emma = found.people.row(4, named=True)
    assert (emma["form"], round(emma["net_year_2"])) == ("sasu", 25_153)
    assert (emma["acre_request_by"], emma["next_due"]) == (date(2027, 7, 31), date(2027, 2, 1))


def test_columns_have_types(found: PortfolioFindings) -> None:
    """Whoever reads the table gets dates, numbers and lists, not text."""
    types = found.people.schema
    assert types["as_of"] == pl.Date
    assert types["blockers"] == pl.List(pl.String)
    assert types["earliest_month"] == pl.Int64
    assert types["net_year_1"] == pl.Float64
    assert types["ready"] == pl.Boolean


def test_people_are_counted_by_verdict_and_blocker(found: PortfolioFindings) -> None:
    """Four may start under conditions, four may not, two of them for want of money; one has three blockers."""
    assert found.verdicts == (Group("go", 0), Group("go_with_conditions", 4), Group("stop", 4))
    assert found.short_of_money == 2
    assert found.blockers[-1] == Group("public_service_authorisation", 1)
    assert found.blocked["id"].to_list() == ["hugo", "farid", "chantal", "emma"]
    assert found.warnings[0] == Group("safety_low", 5)
    assert found.forms[0] == Group("micro", 4)


def test_who_could_leave_the_job_and_when(
    found: PortfolioFindings, register: Register, changed: Callable[..., Results]
) -> None:
    """Nobody can at once, one in the first year; whose start is blocked is not called ready."""
    assert found.readiness == (
        Group("now", 0),
        Group("first", 1),
        Group("second", 0),
        Group("later", 3),
        Group("blocked", 4),
    )
    people = [
        changed(id="free", timing={"ready": True, "earliest_month": 1}),
        changed(id="held", timing={"ready": True, "earliest_month": 1}, verdict="stop"),
        changed(id="late", timing={"ready": False, "earliest_month": 13}),
    ]
    other = PortfolioFindings(people, register, AS_OF)
    assert other.ready["id"].to_list() == ["free"]
    assert [one.count for one in other.readiness] == [1, 0, 1, 0, 1]


def test_who_is_not_reckoned_is_in_no_group_of_months(
    register: Register, case: Callable[..., Case]
) -> None:
    """A nurse's report names no month from which she could leave: she is counted apart."""
    nurse = {"project.trade": "nurse", "project.activity": "Infirmière libérale"}
    told = Results.model_validate_json(results(case("bruno", nurse)).model_dump_json())
    found = PortfolioFindings([told], register, AS_OF)
    assert found.not_reckoned == 1
    assert [one.count for one in found.readiness] == [0, 0, 0, 0, 0]
    assert found.dangers == ()


def test_scores_fall_into_classes_of_ten(found: PortfolioFindings) -> None:
    """A hundred is in the last class; each dimension counts everybody once."""
    support = [cell for cell in found.scores if cell.row == "support"]
    assert support[-1] == Cell("support", 9, 3)
    assert sum(cell.count for cell in support) == 8
    assert found.weakest == "finances"
    assert (found.weak("time"), found.weak("contract")) == (3, 2)


def test_amounts_are_told_by_quarters(found: PortfolioFindings) -> None:
    """Median and quarters are those of the eight incomes."""
    spread = found.spread("net_year_1")
    rounded = Spread(round(spread.low), round(spread.middle), round(spread.high))
    assert rounded == Spread(5_608, 6_315, 11_685)
    assert (found.short, round(found.missing, 2), found.at_risk) == (4, 16_459.81, 2)


def test_what_is_missing_meets_the_risk_of_cash(found: PortfolioFindings) -> None:
    """Four have all they need, of whom one is likely to run out of cash."""
    covered = [cell for cell in found.dangers if cell.row == "covered"]
    assert covered == [Cell("covered", 0, 3), Cell("covered", 2, 1)]


def test_a_chance_is_judged_as_the_reports_judge_it(
    found: PortfolioFindings, register: Register, changed: Callable[..., Results]
) -> None:
    """From 10 % on it is a condition, from 50 % on it stops; who is at risk is who is told so."""
    chances = (0.0, 0.0998, 0.1, 0.4998, 0.5)
    people = [
        changed(id=f"p{number}", risk={"cash_out_probability_24_months": chance})
        for number, chance in enumerate(chances)
    ]
    other = PortfolioFindings(people, register, AS_OF)
    assert [(cell.place, cell.count) for cell in other.dangers] == [(0, 2), (1, 2), (2, 1)]
    assert other.at_risk == 3
    told = [
        found.people[kind].list.contains(id_).sum()
        for kind, id_ in (("warnings", "cash_risk"), ("blockers", "cash_runs_out"))
    ]
    assert found.at_risk == sum(told)


def test_deadlines_come_in_order_without_what_is_done_or_past(found: PortfolioFindings) -> None:
    """A step due today is still ahead; a step done is no deadline."""
    assert found.deadlines["due"].is_sorted()
    assert found.deadlines.row(0)[:2] == ("alice", "read_contract")
    assert found.deadlines["due"][0] == AS_OF
    alice = found.deadlines.filter(id="alice")["step"].to_list()
    assert "market_study" not in alice
    assert alice[-1] == "cfe"
    rights = found.rights.select("id", "kind", "due").rows()
    assert rights == [
        ("david", "leave", date(2026, 11, 22)),
        ("bruno", "leave", date(2027, 1, 1)),
        ("farid", "acre", date(2027, 4, 2)),
        ("chantal", "acre", date(2027, 4, 30)),
        ("emma", "acre", date(2027, 7, 31)),
    ]


def test_a_later_day_leaves_late_steps_behind(register: Register) -> None:
    """What was due before the portfolio's day is counted as late and is no next step."""
    later = PortfolioFindings(read_results(EXAMPLES), register, date(2027, 1, 5))
    alice = later.people.row(0, named=True)
    assert (alice["late"], alice["next_due"]) == (13, date(2027, 9, 1))
    assert (later.older, later.deadlines["due"][0]) == (8, date(2027, 1, 5))


def test_twelve_months_are_counted_empty_ones_too(found: PortfolioFindings) -> None:
    """The calendar goes from this month through twelve, by kind."""
    months = found.months
    assert len(months) == 36
    assert months[0] == (date(2026, 11, 1), "acre", 0)
    assert months[-1] == (date(2027, 10, 1), "other", 2)


def test_one_person_is_a_portfolio(register: Register, changed: Callable[..., Results]) -> None:
    """Nothing fails where there is one person without blocker, warning or open step."""
    one = PortfolioFindings([changed(warnings=[], checklist=[])], register, AS_OF)
    assert (one.count, one.blockers, one.warnings) == (1, (), ())
    assert one.deadlines.is_empty()
    assert one.people["next_due"].to_list() == [None]
    assert one.spread("gap") == Spread(0, 0, 0)
