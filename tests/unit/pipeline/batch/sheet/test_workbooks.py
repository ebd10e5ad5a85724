"""
What a workbook holds beside its values: every fault is the same in .xlsx and .ods, and each is told or refused with its cell.

The workbooks were saved by LibreOffice; `tests/data/tables/README.md` says what is in which cell.
"""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from tremplin.errors import InputError, render
from tremplin.model.profile import Profile, parse_profile
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import Candidate, count_people, read_people, told_of

TABLES = Path(__file__).parents[4] / "data/tables"
KINDS = (".xlsx", ".ods")


def profile(person: Candidate) -> Profile:
    assert person.error is None, person.error
    return parse_profile(parse_yaml(person.profile, file="x"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_is_read_as_people_fill_it(kind: str) -> None:
    """Amounts with their sign, per cent, dates of any form, hours of a clock and marks are the answers they stand for."""
    path = TABLES / f"cells{kind}"
    zoe = profile(next(read_people(str(path))))
    assert (zoe.employment.since, zoe.project.start) == (date(2021, 9, 1), date(2027, 1, 4))
    assert (zoe.employment.weekly_hours, zoe.employment.net_salary) == (35, 1650.5)
    assert (zoe.project.expenses.rate, zoe.employment.sales_representative) == (0.55, True)
    assert zoe.project.turnover.month_24 == 2600
    (told,) = told_of(str(path))
    assert render(told, "fr") == (
        f"{path}, feuille «\xa0Clients\xa0»: project.start: "
        "l’heure à côté de la date est laissée de côté\xa0: 1 (lignes 2)"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_reads_as_empty_and_is_not_is_refused_with_its_cell(kind: str) -> None:
    """An error, a formula without its result and merged cells cost one client each, and none gets a default."""
    path = TABLES / f"faults{kind}"
    people = list(read_people(str(path)))
    assert [str(person.error) for person in people] == [
        (
            f"{path}, sheet « Clients », F3: employment.net_salary: "
            "the cell holds the error #N/A in the place of a value. Mend its formula, or clear it"
        ),
        (
            f"{path}, sheet « Clients », E4: employment.weekly_hours: "
            "the cell holds a formula whose result was never stored. "
            "Open the workbook and save it, or write the value"
        ),
        (
            f"{path}, sheet « Clients », C5: employment.contract: "
            "the cells C5:C6 are merged: whose value it is cannot be told. "
            "Unmerge them, and write the value of each"
        ),
        (
            f"{path}, sheet « Clients », C6: employment.contract: "
            "the cells C5:C6 are merged: whose value it is cannot be told. "
            "Unmerge them, and write the value of each"
        ),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_passed_over_or_left_out_is_told(kind: str) -> None:
    """A hidden first sheet, another sheet, a title, rows behind a filter and a total are each said with sheet and line."""
    path = TABLES / f"around{kind}"
    assert [person.label for person in read_people(str(path))] == ["ana", "bob", "cleo"]
    assert [render(one, "en").removeprefix(f"{path}") for one in told_of(str(path))] == [
        ": the hidden sheet « Ancien » is not read, but « Clients »",
        ": the sheet « 2025 » is not read, but « Clients »",
        ", sheet « Clients »: what stands above the column names is not read (lines 1)",
        ", sheet « Clients »: rows hidden by a filter are read too: 1 (lines 5)",
        ", sheet « Clients »: rows of totals are left out: 1 (lines 7)",
    ]


def test_ids_given_twice_are_told_with_their_cells(tmp_path: Path) -> None:
    """Of two clients with one id, both are found in the sheet."""
    path = tmp_path / "clients.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Clients")
    sheet.write_row(0, 0, [*HEAD])
    sheet.write_row(1, 0, [*ZOE])
    sheet.write_row(2, 0, [*ZOE])
    book.close()
    assert count_people(str(path)).shared == {"zoe"}
    people = list(read_people(str(path)))
    assert [str(person.shares_id) for person in people] == [
        f"{path}, sheet « Clients », line {line}: this id is given to several people: give each their own"
        for line in (2, 3)
    ]


def test_a_column_that_is_missing_is_told_with_its_sheet(tmp_path: Path) -> None:
    """Of several sheets, the one that lacks something is named."""
    path = tmp_path / "clients.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Clients").write_row(0, 0, HEAD[:-1])
    book.close()
    with pytest.raises(InputError) as caught:
        list(read_people(str(path)))
    assert str(caught.value).startswith(
        f"{path}, sheet « Clients », line 1: the column `project.turnover.month_24` is missing"
    )


def test_a_workbook_of_errors_is_refused_as_a_whole(tmp_path: Path) -> None:
    """Where all links are broken, it is one problem."""
    path = tmp_path / "clients.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row in range(10_001):
        sheet.write_formula(row, 0, "=x", None, "#REF!")
    book.close()
    with pytest.raises(InputError, match="has more than 10,000 cells in error"):
        list(read_people(str(path)))


HEAD = [
    "id",
    "name",
    "employment.contract",
    "employment.since",
    "employment.weekly_hours",
    "employment.net_salary",
    "project.activity",
    "project.category",
    "project.start",
    "project.weekly_hours",
    "project.turnover.month_1",
    "project.turnover.month_12",
    "project.turnover.month_24",
]
ZOE = [
    "zoe",
    "Zoé",
    "CDI",
    "01/09/2021",
    "35",
    "2300",
    "Rédaction",
    "liberal",
    "04/01/2027",
    "10",
    "300",
    "1800",
    "2600",
]


def test_a_time_in_another_zone_is_asked_about(tmp_path: Path) -> None:
    """23:30 of one day in UTC is the next in Paris: a database's time is no day."""
    import polars as pl  # noqa: PLC0415

    path = tmp_path / "clients.parquet"
    cells = dict(zip(HEAD, ([cell] for cell in ZOE), strict=True))
    late = pl.Series([datetime(2027, 1, 3, 23, 30)]).dt.replace_time_zone("UTC")  # noqa: DTZ001 - given below
    pl.DataFrame({**cells, "project.start": late}).write_parquet(path)
    (zoe,) = read_people(str(path))
    assert str(zoe.error) == (
        f"{path}:2: project.start: « 2027-01-03 23:30:00+00:00 » is another day in Paris. "
        "Write 03/01/2027 or 04/01/2027."
    )


def test_a_workbook_behind_a_password_is_told_so(tmp_path: Path) -> None:
    """Excel's own lock makes another kind of file of it, which is no broken one."""
    path = tmp_path / "clients.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(InputError, match="is locked by a password"):
        list(read_people(str(path)))


def test_a_bomb_of_repeated_cells_is_refused(tmp_path: Path) -> None:
    """LibreOffice writes a cell once and how often it stands there: a short file can hold a sheet full."""
    path = tmp_path / "clients.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:o" xmlns:table="urn:t"><office:body>'
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">'
            '<table:table-cell office:value-type="float" office:value="1"'
            ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
            "</office:body></office:document-content>",
        )
    with pytest.raises(InputError, match="has 1,048,576 rows and 16,384 columns"):
        list(read_people(str(path)))
