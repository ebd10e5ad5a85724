import csv
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import InputError, Place
from tremplin.model.profile import SHORTEST, NonCompete, load_profile, parse_profile
from tremplin.model.yaml import parse_yaml, read_yaml
from tremplin.pipeline.batch.checking import SourceCheck
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
LISTS = {"project.activities", "project.equipment", "project.employees"}
"""Lists of groups, for which a cell has no room."""
GROUPS = {"project.turnover.season", "financing.bank_terms"}
GROUPS |= {f"project.{name}" for name in ("takeover", "franchise", "premises")}
"""Groups that a person may do without: a table has a column for each of their keys."""
COLUMNS = [
    column
    for column in dict.fromkeys(column for row in ROWS for column in row)
    if column not in LISTS | GROUPS
]


def cell(value: Any) -> str:  # noqa: ANN401 - a value of a profile
    """Write a value as one would type it into a spreadsheet."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return "; ".join(value) or "none"
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
        read = parse_profile(parse_yaml(person.profile, file=person.place.file))
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


def test_json_files_are_profiles_and_the_schema_beside_them_is_none(tmp_path: Path) -> None:
    """What a program writes is a client of the folder; the file by which editors check profiles is not."""
    for name in ("zoe.json", "profile.schema.json"):
        text = json.dumps({**SHORTEST, "id": name.split(".")[0]}, ensure_ascii=False)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (zoe,) = read_people(str(tmp_path))
    assert (zoe.label, zoe.error) == ("zoe", None)
    assert count_people(str(tmp_path)).people == 1


def test_what_is_wrong_in_a_row_is_told_with_its_line_and_column(tmp_path: Path) -> None:
    """A bad cell costs one person, and the message leads to it."""
    path = table(tmp_path, FEW, ZOE, ZOE.replace("zoe", "yann").replace("2300", "lots"))
    zoe, yann = read_people(str(path))
    assert zoe.error is None
    assert str(yann.error) == (
        f"{path}:3: employment.net_salary: « lots » is not a number. "
        "Write for example 1850 or 1 850,50."
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [("unknown", "unknown"), ("non", False), ("false", False), ("", "unknown")],
)
def test_a_cell_says_that_there_is_no_clause_or_that_nobody_has_looked(
    tmp_path: Path, cells: str, expected: object
) -> None:
    """A spreadsheet cannot write null: a word stands for no clause, as for one yet to be read."""
    columns, row = FEW.replace(",", ";"), ZOE.replace(",", ";")
    (zoe,) = read_people(
        str(table(tmp_path, f"{columns};employment.clauses.non_compete", f"{row};{cells}"))
    )
    profile = parse_profile(parse_yaml(zoe.profile, file="zoe"))
    assert profile.employment.clauses.non_compete == expected


@pytest.mark.parametrize("nothing", ["none", "aucune"])
def test_a_cell_says_that_a_list_holds_nothing(tmp_path: Path, nothing: str) -> None:
    """No benefit is an answer; an empty cell is none."""
    told, silent = read_people(
        str(
            table(
                tmp_path,
                f"{FEW},person.benefits",
                f"{ZOE},{nothing}",
                f"{ZOE.replace('zoe', 'yann')},",
            )
        )
    )
    assert parse_profile(parse_yaml(told.profile, file="zoe")).person.benefits == ()
    assert parse_profile(parse_yaml(silent.profile, file="yann")).person.benefits == ("unknown",)


def test_a_clause_that_is_described_and_denied_is_asked_about(tmp_path: Path) -> None:
    """Neither of two cells that contradict each other is dropped in silence."""
    columns = f"{FEW},employment.clauses.non_compete,employment.clauses.non_compete.months"
    (zoe,) = read_people(str(table(tmp_path, columns, f"{ZOE},unknown,12")))
    assert str(zoe.error).endswith(
        "clients.csv:2: employment.clauses.non_compete: says a word, and"
        " employment.clauses.non_compete.months describes what it would be. Leave one of the two empty"
    )


def test_a_day_that_does_not_exist_costs_one_person(tmp_path: Path) -> None:
    """A date that only looks like one is refused with its line."""
    path = table(tmp_path, FEW, ZOE.replace("2027-01-04", "2027-02-30"))
    (zoe,) = read_people(str(path))
    assert (
        str(zoe.error)
        == f"{path}:2: project.start: « 2027-02-30 » does not exist in the calendar. Check the day and the month."
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
        ("a.csv", "", "is empty"),
        ("a.csv", f"{FEW}\n,,,\n", "holds no client below its first line"),
        ("a.xlsx", "no zip", "is not a workbook that can be read"),
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


@pytest.mark.parametrize("name", ["clients", "clients.csv", "zoe.yaml"])
def test_a_source_that_is_not_there_is_told_so(name: str, tmp_path: Path) -> None:
    """A path with a slip in it is not said to be empty."""
    with pytest.raises(InputError, match=f"{name} does not exist"):
        read_people(str(tmp_path / name))


@pytest.mark.parametrize("name", ["clients.xls", "clients.txt"])
def test_a_table_of_another_kind_is_not_read_as_a_profile(name: str, tmp_path: Path) -> None:
    """Old Excel and plain text are refused in a line that says how to save them."""
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(InputError, match=r"nor a table that is read\. Save a table as \.xlsx\."):
        read_people(str(tmp_path / name))


def test_a_file_called_like_a_person_is_told_by_its_position(tmp_path: Path) -> None:
    """Who has no readable id is `file-2`: the name of the file is no label, an id above the mistake is one."""
    good = (PARAMS / "alice.yaml").read_text(encoding="utf-8")
    (tmp_path / "alice.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "lea-dupont.yaml").write_text("name: [\n", encoding="utf-8")
    (tmp_path / "marc-petit.yaml").write_text("id: m-7  # Marc\nname: [\n", encoding="utf-8")
    assert [person.label for person in read_people(str(tmp_path))] == ["alice", "file-2", "m-7"]
    assert count_people(str(tmp_path)).people == 3


def test_a_link_to_a_profile_that_is_gone_is_a_client_without_one(tmp_path: Path) -> None:
    """Nobody disappears from the count because their file was moved."""
    (tmp_path / "zoe.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (zoe,) = read_people(str(tmp_path))
    assert zoe.label == "file-1"
    assert str(zoe.error) == (
        f"{tmp_path}/zoe.yaml: is a link to a file that is not there. Put the file back, or remove it"
    )


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """A line break in a cell and an empty row shift no one: `row-4` is row 4 in Excel, the message has the line."""
    path = table(tmp_path, FEW, ZOE.replace("Rédaction", '"Rédaction\nweb"'), "", ZOE[3:])
    zoe, nobody = read_people(str(path))
    assert (zoe.label, zoe.place) == ("zoe", Place(str(path), 2))
    assert (nobody.label, nobody.place) == ("row-4", Place(str(path), 5))


def test_one_cell_too_many_costs_one_person(tmp_path: Path) -> None:
    """A comma without quotes stops its own client alone, and the message says what to do."""
    path = table(tmp_path, FEW, ZOE, ZOE.replace("zoe", "yann").replace("Zoé", "Zoé, dite Zaza"))
    zoe, yann = read_people(str(path))
    assert zoe.error is None
    assert (yann.label, str(yann.error)) == (
        "yann",
        (
            f"{path}:3: there are cells beyond the last column. "
            "Clear them, or put a text that holds the separator in quotes."
        ),
    )


def test_all_that_is_wrong_in_a_row_is_told(tmp_path: Path) -> None:
    """A date that does not exist does not hide a bad amount."""
    bad = ZOE.replace("2021-09-01", "2021-09-31").replace("2300", "lots")
    (zoe,) = read_people(str(table(tmp_path, FEW, bad)))
    assert zoe.error is not None
    assert [problem.place.key for problem in zoe.error.problems] == [
        "employment.since",
        "employment.net_salary",
    ]


def test_a_table_is_checked_as_a_whole(tmp_path: Path) -> None:
    """`tremplin check` counts the clients of a table, and tells all that is wrong, ids given twice too."""
    check = SourceCheck(str(table(tmp_path, FEW, ZOE, ZOE.replace("zoe", "yann"))))
    assert (list(check), check.people, check.wrong) == ([(), ()], 2, 0)
    path = table(tmp_path, FEW, ZOE, ZOE, ZOE.replace("zoe", "yann").replace("35", "x"))
    check = SourceCheck(str(path))
    problems = [problem for found in check for problem in found]
    assert (check.people, check.wrong) == (3, 3)
    assert [(problem.place.key, problem.words("en")[0]) for problem in problems] == [
        (None, "this id is given to several people: give each their own"),
        (None, "this id is given to several people: give each their own"),
        ("employment.weekly_hours", "« x » is not a number"),
    ]


def test_all_problems_of_all_clients_are_told(tmp_path: Path) -> None:
    """Nobody solves a hundred problems to learn of the next hundred."""
    rows = [ZOE.replace("zoe", f"z{n}").replace("35", "x") for n in range(150)]
    check = SourceCheck(str(table(tmp_path, FEW, *rows)))
    assert sum(map(len, check)) == check.keys["employment.weekly_hours"] == 150


def test_a_client_with_missing_answers_is_one_to_ask(tmp_path: Path) -> None:
    """Missing answers are told as the questions to ask; beside them, a mistake is a mistake."""
    few, wrong = read_people(
        str(
            table(
                tmp_path, FEW, ZOE.replace("2300", ""), ZOE.replace("2300", "").replace("35", "x")
            )
        )
    )
    assert (few.is_incomplete, wrong.is_incomplete) == (True, False)
    assert few.error is not None
    assert few.error.told("fr") == (
        f"{tmp_path}/clients.csv:2: employment.net_salary: la réponse manque. "
        "Demandez : « Quel est votre salaire net imposable par mois ? »".replace(" :", "\xa0:")
        .replace(" ?", "\xa0?")
        .replace("« ", "«\xa0")
        .replace(" »", "\xa0»")
    ).replace("csv:2\xa0:", "csv:2:")


def test_a_clause_that_a_cell_affirms_is_one_to_look_up(tmp_path: Path) -> None:
    """« oui » says that there is a clause: what its own columns leave open is not known, as in the interview."""
    columns = f"{FEW},employment.clauses.non_compete,employment.clauses.non_compete.months"
    (zoe,) = read_people(str(table(tmp_path, columns, f"{ZOE},oui,12")))
    clause = parse_profile(parse_yaml(zoe.profile, file="zoe")).employment.clauses.non_compete
    assert isinstance(clause, NonCompete)
    assert (clause.months, clause.area, clause.compensated) == (12, None, "unknown")


def test_what_stands_in_for_answers_is_counted(tmp_path: Path) -> None:
    """For each question of the ordinary course that a table leaves open, check says for how many what stands in."""
    columns = f"{FEW},household.other_income"
    path = table(tmp_path, columns, f"{ZOE},200", f"{ZOE.replace('zoe', 'yann')},")
    check = SourceCheck(str(path))
    assert list(check) == [(), ()]
    told = {one.place.key: one.words("en")[0] for one in check.defaults}
    assert told["household.other_income"] == "not answered by 1 of 2, for whom « 0 € » stands in"
    assert "employment.net_salary" not in told


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
