"""From raw bytes to figures: what is ingested, what is refused, and what is said of a change."""

import csv
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import InputError
from tremplin.ingest.expression import ExpressionError, parse
from tremplin.ingest.run import ingest

DATA = Path(__file__).parents[3] / "data"
CREATIONS = "raw/insee_creations/2026-09-20"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a copy of the data folder that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def newer(data: Path, old: str, new: str) -> Path:
    """Add a later snapshot of creations in which some text is another, with its hash."""
    folder = Path(shutil.copytree(data / CREATIONS, data / "raw/insee_creations/2027-02-01"))
    table = folder / "creations.csv"
    content = table.read_text("utf-8")
    assert old in content
    table.write_text(content.replace(old, new), "utf-8")
    before = ingest(data, date(2026, 12, 31)).snapshots
    known = next(one for one in before if one.dataset == "insee_creations").table.sha256
    meta = folder / "meta.yml"
    found = sha256(table.read_bytes()).hexdigest()
    meta.write_text(meta.read_text("utf-8").replace(known, found), "utf-8")
    return table


def test_what_is_kept_is_what_the_raw_bytes_give() -> None:
    """Series and derived figures of the register are those that their raw files give, to the byte."""
    found = ingest(DATA)
    assert found.changes == ()
    assert found.told == ()
    for path, text in found.files.items():
        assert path.read_text("utf-8") == text


def test_figures_follow_from_cells_that_one_can_find() -> None:
    """Whoever opens the raw file finds 1165.8 and 1111.2 thousand, and the register's 4.9 % between them."""
    raw = (DATA / CREATIONS / "creations.csv").read_text("utf-8")
    assert "\n2024,ensemble,1111.2\n2025,ensemble,1165.8\n" in raw
    with (DATA / "statistics.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert (rows["A08"]["value"], rows["A08"]["origin"]) == ("4.9", "derived")
    failures = (DATA / "raw/insee_failures/2026-09-20/defaillances.csv").read_text("utf-8")
    assert "\n2025,ensemble,68.5\n" in failures
    assert rows["A80"]["value"] == "68500"


def test_a_newer_snapshot_changes_what_follows_from_it_and_says_so(data: Path) -> None:
    """A revised year moves the figures that rest on it, and the quoted total that it no longer confirms is named."""
    newer(data, "2025,ensemble,1165.8", "2025,ensemble,1170.8")
    found = ingest(data)
    said = {one.what.split(" (")[0]: (one.before, one.after) for one in found.changes}
    assert said == {
        "creations.all 2025": ("1165800", "1170800"),
        "A08": ("4.9", "5.4"),
        "A09": ("5.9", "6.6"),
        "S05": ("5.9", "6.6"),
    }
    assert [one.code for one in found.told] == ["derived.not_confirmed"]
    found.write()
    assert ingest(data).changes == ()
    assert ingest(data, date(2026, 12, 31)).changes != ()


def test_bytes_that_are_not_those_obtained_are_refused(data: Path) -> None:
    """A raw file that somebody mended by hand is told, with the way to add a newer one."""
    table = data / CREATIONS / "creations.csv"
    table.write_text(table.read_text("utf-8").replace("1165.8", "1200"), "utf-8")
    with pytest.raises(InputError) as caught:
        ingest(data)
    (problem,) = caught.value.problems
    assert problem.code == "raw.other_bytes"
    assert problem.place.file == str(table)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("growth(creations.all),2025", "growth(creations.al),2025", "derived.not_there"),
        ("growth(creations.all),2025", "growth(creations.all),2026", "derived.not_there"),
        ("growth(creations.all),2025", "open(creations.all),2025", "derived.no_expression"),
        ("growth(creations.all),2025", "creations.all * 2,2025", "derived.no_expression"),
        ("A08,value", "A08,check", "derived.from_nothing"),
        ("A02,check", "A02,value", "derived.not_marked"),
        ("A84,value", "A200,value", "derived.no_figure"),
    ],
)
def test_a_row_that_follows_from_nothing_is_told(data: Path, old: str, new: str, code: str) -> None:
    """A slip in derived.csv is told by what it is, and nothing is written."""
    table = data / "derived.csv"
    content = table.read_text("utf-8")
    assert old in content
    table.write_text(content.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as caught:
        ingest(data)
    assert code in {problem.code for problem in caught.value.problems}


def test_a_rule_that_its_dated_series_contradicts_is_told(data: Path) -> None:
    """A rate typed wrongly in rules.csv is told with what the dated parameters say."""
    table = data / "rules.csv"
    old = "pass,2026-01-01,,48060,"
    content = table.read_text("utf-8")
    assert old in content
    table.write_text(content.replace(old, "pass,2026-01-01,,48600,"), "utf-8")
    (problem,) = ingest(data).told
    assert (problem.code, problem.values["other"]) == ("derived.rule_differs", "48060")


FRAME = pl.DataFrame({"period": ["1", "2", "3"], "a.b": [10.0, 20.0, 30.0], "c": [1.0, 4.0, 5.0]})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("value(a.b)", [10, 20, 30]),
        ("a.b - c", [9, 16, 25]),
        ("sum(c, 2)", [None, 5, 9]),
        ("growth(c)", [None, 300, 25]),
        ("share(c, a.b + c)", [100 / 11, 100 / 6, 100 / 7]),
        ("ratio(a.b, c)", [10, 5, 6]),
    ],
)
def test_an_expression_says_what_its_name_says(text: str, values: list[float | None]) -> None:
    """Growth, shares, sums and ratios are those that one reckons by hand."""
    assert FRAME.select(parse(text, 1)).to_series().to_list() == pytest.approx(values)


@given(st.text(alphabet="abc._()+-*,1 '\"[]{}:=lambdaimport", max_size=40))
def test_no_text_does_more_than_reckon(text: str) -> None:
    """Whatever stands in the column is an expression on series or refused: nothing is run."""
    try:
        found = parse(text, 1)
    except ExpressionError:
        return
    assert isinstance(found, pl.Expr)
