"""The ids that a data folder must hold: a list, kept complete here."""

import ast
import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.model.needed import NEEDED
from tremplin.model.register import BIBLIOGRAPHY, TEMPLATES, Register

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data"
CITED = re.compile(r"""\bcite\(\s*["']([^"']+)["']|\[@([^\]]+)\]""")
TABLES = ("rules.csv", "conventions.csv", "statistics.csv")
PARTS = r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"
QUOTED = re.compile(r"""["']([A-Za-z0-9_.]+)["']""")


def sources() -> Iterator[str]:
    """Give the code of the library, the cells of the notebooks and the templates of the register."""
    for file in sorted((ROOT / "src/tremplin").rglob("*.py")):
        yield file.read_text("utf-8")
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text("utf-8"))["cells"]:
            yield "".join(cell["source"])
    for name, columns in TEMPLATES.items():
        for row in rows(name):
            yield "\n".join(row[column] for column in columns)


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of our own register."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def families(source: str) -> Iterator[str]:
    """Give the patterns of the ids that code puts together, such as `micro.ceiling.{kind}`."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # Markdown
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if re.search(r"[a-z]{2}\.|\.[a-z]{2}", "".join(str(part or "") for part in parts)):
                yield "".join(PARTS if part is None else re.escape(str(part)) for part in parts)


def asked() -> dict[str, set[str]]:
    """Find the ids of our own register that code, chapters or texts name."""
    texts = list(sources())
    words = {word for text in texts for word in QUOTED.findall(text)}
    patterns = {pattern for text in texts for pattern in families(text)}
    bib = (DATA / BIBLIOGRAPHY).read_text("utf-8")
    family = re.compile("|".join(sorted(patterns)))
    cited = {
        key.strip().removeprefix("@")
        for text in texts
        for one, other in CITED.findall(text)
        for key in (one or other).split(";")
    }
    nested = {f"income_tax.{word}" for word in words}  # read by the last part of its name
    return {
        name: {
            row["id"]
            for row in rows(name)
            if row["id"] in words | nested or family.fullmatch(row["id"])
        }
        for name in TABLES
    } | {BIBLIOGRAPHY: {key for key in cited if re.search(rf"(?m)^@\w+{{{key},", bib)}}


def test_the_list_of_needed_ids_is_complete() -> None:
    """Whatever a report may ask for is asked of a vintage when it is opened: src/tremplin/model/needed.py lists it."""
    found = asked()
    lacking = {name: sorted(ids - NEEDED[name]) for name, ids in found.items()}
    needless = {name: sorted(NEEDED[name] - ids) for name, ids in found.items()}
    nothing: dict[str, list[str]] = {name: [] for name in NEEDED}
    assert (lacking, needless) == (nothing, nothing)


@pytest.fixture
def vintage(tmp_path: Path) -> Path:
    """Copy the data folder."""
    return Path(shutil.copytree(DATA, tmp_path / "vintage"))


@pytest.mark.parametrize(
    ("name", "id_", "other"),
    [
        ("conventions.csv", "care.teenager_age", "care.teenage_age"),
        ("rules.csv", "creation_leave.notice_months", "creation_leave.notice"),
    ],
)
def test_a_renamed_id_is_told_when_the_folder_is_opened(
    vintage: Path, name: str, id_: str, other: str
) -> None:
    """No report is begun on a vintage that lacks what some person's report asks for: the id and its new name are told."""
    text = (vintage / name).read_text("utf-8")
    assert text.count(f"\n{id_},") == 1
    (vintage / name).write_text(text.replace(f"\n{id_},", f"\n{other},"), "utf-8")
    line = text[: text.index(f"\n{id_},")].count("\n") + 2
    with pytest.raises(InputError) as caught:
        Register.open(vintage)
    told = f"{vintage / name}:{line} (column id): there is no {id_}, which reports ask for. Is it {other} here?"
    assert told in str(caught.value)


def test_a_row_that_is_gone_is_told_when_the_folder_is_opened(vintage: Path) -> None:
    """A figure that chapters print cannot be left out of a vintage."""
    path = vintage / "statistics.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("A17,")), "utf-8")
    with pytest.raises(InputError) as caught:
        Register.open(vintage)
    assert str(caught.value) == (
        f"{path} (column id): there is no A17, which reports ask for. "
        "Keep its row: ids stay from vintage to vintage"
    )


def test_a_source_that_chapters_cite_is_told_when_the_folder_is_opened(vintage: Path) -> None:
    """No chapter cites a source that the bibliography of a vintage has under another key."""
    path = vintage / BIBLIOGRAPHY
    path.write_text(path.read_text("utf-8").replace("{ct_l3121_18,", "{ct_l3121,"), "utf-8")
    with pytest.raises(InputError, match="there is no ct_l3121_18, which chapters cite"):
        Register.open(vintage)


def test_a_text_that_asks_for_an_unknown_id_is_told(vintage: Path) -> None:
    """A slip in a template of a vintage is told with its line, column and what was meant, before any report."""
    steps = vintage / "steps.csv"
    text = steps.read_text("utf-8")
    steps.write_text(text.replace("return_notice_months", "return_notice_month"), "utf-8")
    with pytest.raises(InputError) as caught:
        Register.open(vintage)
    (problem,) = caught.value.problems
    assert (problem.place.column, problem.words("en")[1]) == (
        "detail",
        "Did you mean creation_leave.return_notice_months?",
    )
    assert (
        problem.words("en")[0] == "'creation_leave.return_notice_month' is not an id of rules.csv"
    )
