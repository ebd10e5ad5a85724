from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.model.profile import parse_profile
from tremplin.model.profile.questions import questions
from tremplin.model.scalar import RefusedError, values_hidden
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import Candidate, read_people
from tremplin.pipeline.batch.sheet.cells import answer

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


@given(
    st.decimals(0, 10**7, allow_nan=False, places=2),
    st.sampled_from(" \u00a0\u202f"),
    st.sampled_from(["", " €", "\u202f€", " euros par mois"]),
)
def test_any_french_amount_is_the_same_amount(number: Decimal, space: str, unit: str) -> None:
    """However people and French Excel write an amount, it is read as that amount, whatever separates the columns."""
    written = f"{number:,.2f}".replace(",", space).replace(".", ",") + unit
    for has_points in (False, True):
        found = answer(questions()["employment.net_salary"], written, has_points=has_points)
        assert found == float(number)


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_any_day_is_the_same_day(day: date) -> None:
    """A day by its figures, by its name, by Excel's count or of a calendar is one day."""
    question = questions()["person.birth_date"]
    months = [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ]
    serial = (day - date(1899, 12, 30)).days
    written = [
        f"{day:%d/%m/%Y}",
        f"{day.day} {months[day.month - 1]} {day.year}",
        day.isoformat(),
        serial,
        str(serial),
        day,
    ]
    assert [answer(question, one) for one in written] == [day] * len(written)


@pytest.mark.parametrize(
    ("key", "cell", "meant"),
    [
        ("employment.contract", "CDI", "permanent"),
        ("employment.contract", "permanent", "permanent"),
        ("employment.sales_representative", "x", True),
        ("employment.sales_representative", 1.0, True),
        ("employment.sales_representative", "Non", False),
        ("employment.weekly_hours", timedelta(hours=35), 35),
        ("employment.weekly_hours", "35h30", 35.5),
        ("employment.weekly_hours", "PT35H30M00S", 35.5),
        ("project.expenses.rate", "55 %", 0.55),
        ("project.expenses.rate", 0.55, 0.55),
        ("project.expenses.rate", "0.125", 0.125),
        ("id", 1042.0, "1042"),
        ("person.benefits", "aucune", []),
    ],
)
def test_a_cell_is_understood_as_people_write_it(key: str, cell: object, meant: object) -> None:
    """Choices by their names, marks, hours of a clock, shares in per cent and numbers for names are the answers they stand for."""
    found = answer(questions()[key], cell)
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [
        ("employment.net_salary", "2.150", "answer.two_numbers"),
        ("employment.net_salary", "2 15", "answer.not_a_number"),
        ("employment.net_salary", date(2027, 5, 3), "answer.not_a_number"),
        ("employment.net_salary", True, "answer.not_a_number"),
        ("employment.net_salary", "#REF!", "clients.cell_in_error"),
        ("employment.net_salary", float("nan"), "clients.not_finite"),
        ("employment.since", "14/05/90", "answer.short_year"),
        ("employment.since", 2021, "answer.not_a_day"),
        ("employment.since", "03/14/1982", "answer.month_first"),
        ("employment.sales_representative", "vraiment", "answer.not_yes_or_no"),
        ("project.activity", "RÃ©daction", "clients.saved_twice"),
    ],
)
def test_what_is_no_answer_or_could_be_two_is_refused(key: str, cell: object, code: str) -> None:
    """Nothing is guessed: each is refused with what to write instead."""
    with pytest.raises(RefusedError) as caught:
        answer(questions()[key], cell)
    assert caught.value.code == code


def test_a_point_is_that_of_decimals_where_commas_separate() -> None:
    """Programs write 2.150 for 2.15; 1,650 in quotes there could be either."""
    salary = questions()["employment.net_salary"]
    assert answer(salary, "2.150", has_points=True) == 2.15
    with pytest.raises(RefusedError):
        answer(salary, "1,650", has_points=True)


def test_what_somebody_typed_is_in_no_message_of_a_batch() -> None:
    """The readings of a doubtful amount are as private as the amount."""
    with values_hidden(), pytest.raises(RefusedError) as caught:
        answer(questions()["employment.net_salary"], "2.150")
    assert caught.value.values == {"said": "…"}
