import csv
import re
from pathlib import Path

import polars as pl
import pytest

from tremplin.model.checks import CheckRow
from tremplin.model.criteria import CriterionRow
from tremplin.model.register import TABLES
from tremplin.model.rules import RuleRow
from tremplin.model.statistics import StatisticRow
from tremplin.model.table import LINE, Row
from tremplin.model.texts import (
    AdviceRow,
    AidRow,
    AnswerRow,
    ChangeRow,
    ConventionRow,
    DocumentRow,
    FindingRow,
    InsuranceRow,
    StepRow,
)
from tremplin.model.urssaf import EmployeeCostRow, PresidentPayRow

DATA = Path(__file__).parents[3] / "data"
README = (DATA / "README.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"(?ms)^## ([^\n]+)\n(.*?)(?=^## |\Z)", README))
SCHEMAS: dict[str, type[Row]] = {
    "statistics.csv": StatisticRow,
    "rules.csv": RuleRow,
    "criteria.csv": CriterionRow,
    "conventions.csv": ConventionRow,
    "findings.csv": FindingRow,
    "changes.csv": ChangeRow,
    "advice.csv": AdviceRow,
    "aids.csv": AidRow,
    "steps.csv": StepRow,
    "answers.csv": AnswerRow,
    "checks.csv": CheckRow,
    "documents.csv": DocumentRow,
    "insurances.csv": InsuranceRow,
    "urssaf/president_pay.csv": PresidentPayRow,
    "urssaf/employee_cost.csv": EmployeeCostRow,
}
TYPES: dict[type[pl.DataType], set[str]] = {
    pl.String: {"text", "keys", "ids"},
    pl.Float64: {"number"},
    pl.Int64: {"integer"},
    pl.Date: {"date"},
    pl.Enum: {"one of"},
}


def documented(name: str) -> dict[str, tuple[str, str]]:
    """Read the column table of a section: column -> (type, may be empty)."""
    rows = re.findall(r"(?m)^\| `(\w+)` \| ([a-z ]+) \| (yes|no) \| \S.*\|$", SECTIONS[name])
    return {column: (kind, empty) for column, kind, empty in rows}


def test_every_table_of_the_register_is_documented() -> None:
    """No table is read that the dictionary does not explain."""
    assert set(SCHEMAS) == set(TABLES) <= set(SECTIONS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_columns_are_those_of_the_file(name: str) -> None:
    """The dictionary lists the columns of the file, in its order."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        assert list(documented(name)) == next(csv.reader(lines))


@pytest.mark.parametrize("name", SCHEMAS)
def test_types_and_empty_cells_are_those_that_are_checked(name: str) -> None:
    """What the dictionary says of a column is what opening the folder enforces."""
    columns = {key: column for key, column in SCHEMAS[name].columns().items() if key != LINE}
    found = documented(name)
    for key, column in columns.items():
        kind, empty = found[key]
        assert kind in TYPES[type(column.dtype)], key
        assert empty == ("yes" if column.nullable else "no"), key


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (name, key)
        for name, schema in SCHEMAS.items()
        for key, column in schema.columns().items()
        if isinstance(column.dtype, pl.Enum)
    ],
)
def test_allowed_values_are_those_that_are_checked(name: str, column: str) -> None:
    """The dictionary lists each value that a column may hold, and no other."""
    text = SECTIONS[name].split(f"Values of `{column}`:")[1]
    paragraph = text.split("\n\n")[0] if text.split("\n\n")[0].strip() else text.split("\n\n")[1]
    listed = re.findall(r"(?:^- |^ ?|, |,\n)`([\w/.%€]+)`", paragraph, re.MULTILINE)
    dtype = SCHEMAS[name].columns()[column].dtype
    assert isinstance(dtype, pl.Enum)
    assert listed == dtype.categories.to_list()


def test_fields_of_the_bibliography_are_documented() -> None:
    """Every field that an entry uses has its line in the dictionary."""
    used = set(re.findall(r"(?m)^  (\w+) = ", (DATA / "sources.bib").read_text("utf-8")))
    explained = set(re.findall(r"(?m)^\| `(\w+)` \| (?:yes|no) \|", SECTIONS["sources.bib"]))
    assert used == explained


def test_every_file_of_the_folder_is_documented() -> None:
    """A file that nobody explains does not belong among the data."""
    files = {path.relative_to(DATA) for path in DATA.rglob("*.csv")}
    tables = {path.as_posix() for path in files if path.parts[0] not in {"raw", "series"}}
    others = {path.name for path in DATA.iterdir() if path.is_file()} - {"README.md", "vintage.yml"}
    ingested = {"derived.csv", "rule_history.csv"}
    assert (tables | others) - ingested == {*TABLES, "sources.bib"} <= set(SECTIONS)
    told = SECTIONS["From raw files to figures"]
    folders = {path.parts[1] for path in files if path.parts[0] == "raw"}
    assert [name for name in sorted(ingested | folders) if f"`{name}`" not in told] == []


def test_every_file_of_the_export_is_explained() -> None:
    """How Urssaf's tables were made is told file by file, beside it."""
    readme = (DATA / "urssaf/README.md").read_text("utf-8")
    files = {path.name for path in (DATA / "urssaf").iterdir() if path.is_file()} - {"README.md"}
    assert [name for name in sorted(files) if f"`{name}`" not in readme] == []


def test_counts_are_not_typed_by_hand() -> None:
    """A number of rows would be wrong after the next edit, so the dictionary gives none."""
    assert not re.search(r"\b\d+ (rows|figures|rules|sources|criteria|entries)\b", README)
