from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.model.profile import parse_profile
from tremplin.model.scalar import values_hidden
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import Candidate, read_people
from tremplin.pipeline.batch.sheet.cells import from_french

ZOE: dict[str, Any] = {
    "id": "zoe",
    "name": " Zoé ",
    "employment.contract": "permanent",
    "employment.since": date(2021, 9, 1),
    "employment.weekly_hours": 35.0,
    "employment.net_salary": 2300,
    "project.activity": "Rédaction",
    "project.category": "liberal ",
    "project.start": date(2027, 1, 4),
    "project.weekly_hours": 10,
    "project.turnover.month_1": 300,
    "project.turnover.month_12": 1800,
    "project.turnover.month_24": 2600,
}


def in_parquet(folder: Path, **cells: object) -> Candidate:
    """Write Zoé's row with other cells, underscores twice for dots, and read it."""
    row = ZOE | {name.replace("__", "."): cell for name, cell in cells.items()}
    pl.DataFrame([row]).write_parquet(folder / "clients.parquet")
    (person,) = read_people(str(folder / "clients.parquet"))
    return person


def test_amounts_of_a_database_are_numbers(tmp_path: Path) -> None:
    """DECIMAL columns, which databases export, are read; text around them is trimmed, blanks say nothing."""
    person = in_parquet(
        tmp_path,
        employment__net_salary=Decimal("2150.50"),
        household__children=Decimal("2.00"),
        person__gender=" ",
        project__preparation__documents=[" identity ", "address"],
    )
    assert person.error is None
    zoe = parse_profile(parse_yaml(person.profile, file="x"))
    assert (zoe.employment.net_salary, zoe.household.children) == (2150.5, 2)
    assert (zoe.name, zoe.project.category) == ("Zoé", "liberal")
    assert zoe.project.preparation.documents == ("identity", "address")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (b"2150", "bytes"),
        (timedelta(hours=2150), "timedelta"),
        (time(21, 50), "time"),
        ({"net": 2150}, "dict"),
        ([2150], "list"),
    ],
)
def test_other_types_cost_one_person_and_show_nothing(
    cell: object, kind: str, tmp_path: Path
) -> None:
    """A column of a type that no profile has is refused with row and key, without its value."""
    with values_hidden():
        person = in_parquet(tmp_path, employment__net_salary=cell)
    assert str(person.error) == (
        f"{tmp_path}/clients.parquet:2: employment.net_salary: "
        f"the cell holds a value of a kind that no profile has ({kind}). "
        "Give text, a number, a date, true or false."
    )


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=2), st.sampled_from(" \u00a0\u202f"))
def test_any_french_number_is_the_same_number(number: Decimal, space: str) -> None:
    """However French Excel writes an amount, it is read as that amount."""
    written = f"{number:,.2f}".replace(",", space).replace(".", ",")
    assert Decimal(from_french(written)) == number


@pytest.mark.parametrize("text", ["2 15", "1,5,2", "14/05/90", "2 150 €", "vraiment", "1.5", ""])
def test_what_is_not_plainly_french_is_left_as_it_is(text: str) -> None:
    """Nothing is guessed: two-digit years, odd groups of digits and units stay as they were typed."""
    assert from_french(text) == text
