import re
from typing import get_args

import polars as pl
import pytest

from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import Category, Document
from tremplin.model.register import Register
from tremplin.model.texts import PHASES

TABLES = [
    "criteria",
    "findings",
    "changes",
    "advice",
    "steps",
    "documents",
    "insurances",
    "conventions",
]


def ids(table: pl.DataFrame) -> list[str]:
    """Give the ids of a table."""
    return table["id"].to_list()


def test_every_dimension_has_a_criterion_for_everyone(register: Register) -> None:
    """The dimensions of the table are those of the scores, and an id begins with its own."""
    table = register.table("criteria.csv")
    assert list(dict.fromkeys(table["dimension"].to_list())) == list(DIMENSIONS)
    assert all(row["id"].startswith(row["dimension"] + ".") for row in table.iter_rows(named=True))


def test_every_step_has_a_date(register: Register) -> None:
    """Only the steps whose date a rule or the end of the contract fixes have no distance from the start."""
    table = register.table("steps.csv")
    assert ids(table.filter(pl.col("offset_days").is_null())) == [
        "leave_request",
        "termination",
        "resignation",
        "early_end",
        "career_advice",
        "job_seeker",
        "invoicing_platform",
        "acre_request",
        "cfe",
        "exclusivity_end",
        "leave_return",
        "e_invoicing",
        "vat",
        "takeover_duties",
        "takeover_publication",
        "takeover_release",
        "vat_refund",
        "hire_payroll",
        "hire_declaration",
        "hire_documents",
        "hire_register",
        "hire_health_cover",
        "hire_risks",
        "hire_medical",
        "hire_returns",
    ]
    assert set(table["phase"].to_list()) == set(PHASES)
    before = table.filter(pl.col("phase").is_in(["contract", "prepare", "register"]))
    # Registered two weeks before the start, with an account and the form of an invoice a week before it.
    assert before["offset_days"].max() == -7
    offsets = dict(table.select("id", "offset_days").iter_rows())
    assert offsets["registration"] == -14


def test_a_company_is_registered_in_the_right_order(register: Register) -> None:
    """Statutes, then capital, then the notice, then the registration."""
    offsets = dict(register.table("steps.csv").select("id", "offset_days").iter_rows())
    in_order = ["statutes", "capital_deposit", "legal_notice", "registration", "start"]
    assert [offsets[id_] for id_ in in_order] == sorted(offsets[id_] for id_ in in_order)


def test_the_papers_are_those_of_the_profile(register: Register) -> None:
    """A profile can tick every paper of documents.csv, and no other."""
    assert sorted(ids(register.table("documents.csv"))) == sorted(get_args(Document))


def test_every_category_has_a_cover_of_its_own(register: Register) -> None:
    """No category is left with the covers for all."""
    named = {
        category
        for applies in register.table("insurances.csv")["applies"]
        if applies != "all"
        for category in applies.split("|")
    }
    assert named == set(get_args(Category))


@pytest.mark.parametrize("name", TABLES)
def test_texts_are_set_as_french_prints_them(register: Register, name: str) -> None:
    """Sentences carry the typographic apostrophe and no space twice, at the start or at the end."""
    table = register.table(f"{name}.csv")
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
    cells = register.table(f"{name}.csv")[column].to_list()
    ends = [re.sub(r"(\{%[^%]*%\})+$", "", cell) for cell in cells]
    assert [cell for cell in ends if cell[-1] not in ".?!"] == []
