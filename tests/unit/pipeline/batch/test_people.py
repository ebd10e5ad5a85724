import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import InputError
from tremplin.model.profile import load_profile, parse_profile
from tremplin.model.yaml import parse_yaml, read_yaml
from tremplin.pipeline.batch.people import count_people, read_people

ROOT = Path(__file__).parents[4]
PARAMS = ROOT / "params"
FEW = "id,name,employment.contract,employment.since,employment.weekly_hours,employment.net_salary,project.activity,project.category,project.start,project.weekly_hours,project.turnover.month_1,project.turnover.month_12,project.turnover.month_24"
ZOE = "zoe,Zoé,permanent,2021-09-01,35,2300,Rédaction,liberal,2027-01-04,10,300,1800,2600"


def flat(data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Name every value by its dotted key."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


ROWS = [flat(read_yaml(file).data) for file in sorted(PARAMS.glob("*.yaml"))]
COLUMNS = list(dict.fromkeys(column for row in ROWS for column in row))


def cell(value: Any) -> str:  # noqa: ANN401 - a value of a profile
    """Write a value as one would type it into a spreadsheet."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return "; ".join(value)
        case _:
            return str(value)


def as_csv(path: Path, separator: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=separator)
        table.writerow(COLUMNS)
        table.writerows([[cell(row.get(column)) for column in COLUMNS] for row in ROWS])


def as_excel(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, COLUMNS)
    for line, row in enumerate(ROWS, start=1):
        for place, column in enumerate(COLUMNS):
            value = row.get(column)
            if isinstance(value, date):
                sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day
            elif isinstance(value, bool | int | float):
                sheet.write(line, place, value)
            elif value is not None:
                sheet.write_string(line, place, cell(value))
    book.close()


def as_parquet(path: Path) -> None:
    rows = [{column: row.get(column) for column in COLUMNS} for row in ROWS]
    mixed = {"employment.clauses.exclusivity"}
    pl.DataFrame(
        {
            column: [cell(row[column]) or None if column in mixed else row[column] for row in rows]
            for column in COLUMNS
        },
        strict=False,
    ).write_parquet(path)


@pytest.mark.parametrize("kind", ["comma.csv", "semicolon.csv", "clients.xlsx", "clients.parquet"])
def test_a_table_gives_the_same_people_as_their_files(kind: str, tmp_path: Path) -> None:
    """The example people written as a table are read as the profiles that their own files hold."""
    path = tmp_path / kind
    match path.suffix:
        case ".csv":
            as_csv(path, ";" if "semicolon" in kind else ",")
        case ".xlsx":
            as_excel(path)
        case _:
            as_parquet(path)
    people = list(read_people(str(path)))
    assert [person.error for person in people] == [None] * 8
    for person in people:
        read = parse_profile(parse_yaml(person.profile, file=person.place))
        assert read == load_profile(PARAMS / f"{person.label}.yaml")


def test_a_folder_a_pattern_and_a_file_are_sources() -> None:
    """People come from all YAML files of a folder, those of a pattern, or one."""
    assert len(list(read_people(str(PARAMS)))) == 8
    assert [person.label for person in read_people(f"{PARAMS}/[ab]*.yaml")] == ["alice", "bruno"]
    assert [person.label for person in read_people(f"{PARAMS}/emma.yaml")] == ["emma"]


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_is_wrong_in_a_row_is_told_with_its_line_and_column(tmp_path: Path) -> None:
    """A bad cell costs one person, and the message leads to it."""
    path = table(tmp_path, FEW, ZOE, ZOE.replace("zoe", "yann").replace("2300", "lots"))
    zoe, yann = read_people(str(path))
    assert zoe.error is None
    assert str(yann.error) == (
        f'{path}:3: employment.net_salary: "lots" is not a number. '
        "Write digits only, such as 1800 or 0.05."
    )


def test_a_day_that_does_not_exist_costs_one_person(tmp_path: Path) -> None:
    """A date that only looks like one is refused with its line."""
    path = table(tmp_path, FEW, ZOE.replace("2027-01-04", "2027-02-30"))
    (zoe,) = read_people(str(path))
    assert (
        str(zoe.error)
        == f"{path}:2: project.start: the date 2027-02-30 does not exist. Check the day."
    )


def test_people_who_share_an_id_are_known_before_the_start(tmp_path: Path) -> None:
    """Nobody's report takes the place of another's: an id given twice is found."""
    path = table(tmp_path, FEW, ZOE, ZOE.replace("zoe", "yann"), ZOE)
    census = count_people(str(path))
    assert (census.people, census.shared) == (3, frozenset({"zoe"}))


def test_the_sample_is_the_same_every_time_and_in_any_order(tmp_path: Path) -> None:
    """Who is drawn for validation depends on the people alone."""
    names = ["a", "b", "c", "d", "e"]
    there = table(tmp_path, FEW, *(ZOE.replace("zoe", name) for name in names))
    drawn = count_people(str(there), drawn=2).sample
    back = table(tmp_path, FEW, *(ZOE.replace("zoe", name) for name in reversed(names)))
    assert count_people(str(back), drawn=2).sample == drawn
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "name\nZoé\n", "has no column `id`"),
        ("a.csv", "id,id\na,b\n", "has the column `id` twice"),
        ("a.xlsx", "no zip", "is not an Excel file that can be read"),
        ("a.parquet", "no parquet", "is not a Parquet file that can be read"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_as_a_whole(
    name: str, content: str, said: str, tmp_path: Path
) -> None:
    """Where the file itself is wrong, no report is begun."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        list(read_people(str(tmp_path / name)))


def test_a_source_with_nobody_is_refused(tmp_path: Path) -> None:
    """An empty folder or a pattern without a match is an error that says what to give."""
    for source in (tmp_path, tmp_path / "*.yaml"):
        with pytest.raises(InputError, match="holds no profile"):
            read_people(str(source))


@given(st.text(min_size=1, max_size=60))
def test_any_text_survives_the_way_from_a_cell_to_the_profile(text: str) -> None:
    """What a client is called reaches the report as it was typed, or is refused: it never becomes another type."""
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clients.csv"
        with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
            table = csv.writer(file)
            table.writerow(FEW.split(","))
            table.writerow([text if word == "Zoé" else word for word in ZOE.split(",")])
        try:
            (person,) = read_people(str(path))
        except (InputError, ValueError):
            return
        if person.error is None:
            read = parse_profile(parse_yaml(person.profile, file="x"))
            assert read.name == text.strip()
