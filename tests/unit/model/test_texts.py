from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

import polars as pl
import pytest

from tremplin.case import Case
from tremplin.analysis.contract import blockers
from tremplin.analysis.findings import MATTERS
from tremplin.analysis.formalities import CONCERNS, DONE
from tremplin.analysis.scores import ANSWERS
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import Category, Document, Profile
from tremplin.model.register import Register
from tremplin.model.texts import PHASES

TABLES = [
    "criteria",
    "findings",
    "advice",
    "steps",
    "documents",
    "insurances",
    "conventions",
]
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


def ids(table: pl.DataFrame) -> list[str]:
    """Give the ids of a table."""
    return table["id"].to_list()


def test_every_criterion_has_an_answer(register: Register) -> None:
    """A question of criteria.csv is answered by the code, and the code answers no other."""
    assert sorted(ids(register.criteria)) == sorted(ANSWERS)


def test_every_dimension_has_a_criterion_for_everyone(register: Register) -> None:
    """The dimensions of the table are those of the scores, and an id begins with its own."""
    table = register.criteria
    assert list(dict.fromkeys(table["dimension"].to_list())) == list(DIMENSIONS)
    assert all(row["id"].startswith(row["dimension"] + ".") for row in table.iter_rows(named=True))


def test_every_popular_claim_has_its_reader(register: Register) -> None:
    """A claim of advice.csv is told to someone, and the code speaks of no other."""
    assert sorted(ids(register.advice)) == sorted(MATTERS)


BARRED: Mapping[str, Any] = {
    "project.competes_with_employer": True,
    "employment.clauses.non_compete": {"months": 6, "area": "Paris", "compensated": True},
    "transition.exit": "dismissal",
    "transition.exit_month": -1,
}
"""The contract has ended, and its clause still forbids to compete."""


def test_every_finding_can_be_found(
    register: Register, case: Callable[..., Case]
) -> None:
    """Each row of findings.csv is returned for somebody, and nothing else is."""
    cases: list[tuple[Mapping[str, Any], date]] = [
        (ALL_WRONG, date(2026, 11, 22)),
        ({"employment.sector": "public"}, date(2026, 11, 22)),
        ({"employment.clauses.exclusivity": True}, date(2026, 11, 22)),
        ({"employment.clauses.exclusivity": "unknown"}, date(2026, 11, 22)),
        ({"transition.leave": "part_time"}, date(2026, 11, 22)),
        ({"transition.exit": "resignation"}, date(2026, 11, 22)),
        ({"project.investment": 10_000}, date(2026, 11, 22)),
        ({"project.turnover.month_24": 20_000}, date(2026, 11, 22)),
        ({"financing.honor_loans.initiative_france": 2_000}, date(2026, 11, 22)),
        ({}, date(2026, 12, 22)),
        ({}, date(2027, 1, 22)),
        ({"person.zone": "qpv"}, date(2027, 3, 22)),
        (BARRED, date(2026, 11, 22)),
    ]
    found = {item.id for case, as_of in cases for item in findings(case("alice", case, as_of))}
    assert found == set(ids(register.findings))


def test_a_blocker_is_called_one(register: Register, person: Callable[..., Profile]) -> None:
    """What the code returns as blockers has that kind in findings.csv, the rest are warnings."""
    kinds = dict(register.findings.select("id", "kind").iter_rows())
    returned = {
        *blockers(person("alice", ALL_WRONG), register),
        *blockers(person("alice", {"employment.sector": "public"}), register),
        *blockers(person("alice", BARRED), register),
    }
    assert {id_ for id_, kind in kinds.items() if kind == "blocker"} == returned


def test_every_condition_on_a_step_names_one(register: Register) -> None:
    """Whom a step concerns and when it is done is said of steps that exist."""
    steps = set(ids(register.steps))
    assert set(CONCERNS) <= steps
    assert set(DONE) <= steps


def test_every_step_has_a_date(register: Register) -> None:
    """Only the steps whose date a rule or the end of the contract fixes have no distance from the start."""
    table = register.steps
    assert ids(table.filter(pl.col("offset_days").is_null())) == [
        "termination",
        "resignation",
        "career_advice",
        "job_seeker",
        "cfe",
        "exclusivity_end",
        "leave_return",
        "vat",
    ]
    assert set(table["phase"].to_list()) == set(PHASES)
    before = table.filter(pl.col("phase").is_in(["contract", "prepare", "register"]))
    assert before["offset_days"].max() == -14  # registered two weeks before the start


def test_a_company_is_registered_in_the_right_order(register: Register) -> None:
    """Statutes, then capital, then the notice, then the registration."""
    offsets = dict(register.steps.select("id", "offset_days").iter_rows())
    in_order = ["statutes", "capital_deposit", "legal_notice", "registration", "start"]
    assert [offsets[id_] for id_ in in_order] == sorted(offsets[id_] for id_ in in_order)


def test_the_papers_are_those_of_the_profile(register: Register) -> None:
    """A profile can tick every paper of documents.csv, and no other."""
    assert sorted(ids(register.documents)) == sorted(get_args(Document))


def test_every_category_has_a_cover_of_its_own(register: Register) -> None:
    """No category is left with the covers for all."""
    named = {
        category
        for applies in register.insurances["applies"]
        if applies != "all"
        for category in applies.split("|")
    }
    assert named == set(get_args(Category))


@pytest.mark.parametrize("name", TABLES)
def test_texts_are_set_as_french_prints_them(register: Register, name: str) -> None:
    """Sentences carry the typographic apostrophe and no space twice, at the start or at the end."""
    table: pl.DataFrame = getattr(register, name)
    for column in table.select(pl.col(pl.String)).iter_columns():
        for cell in column.drop_nulls():
            assert "'" not in cell
            assert "  " not in cell
            assert cell == cell.strip()


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("criteria", "advice"),
        ("findings", "meaning"),
        ("findings", "action"),
        ("advice", "correction"),
        ("steps", "detail"),
    ],
)
def test_an_advice_is_a_sentence(register: Register, name: str, column: str) -> None:
    """It ends like one, so that chapters can put one after the other."""
    cells = getattr(register, name)[column].to_list()
    assert [cell for cell in cells if cell[-1] not in ".?!"] == []
