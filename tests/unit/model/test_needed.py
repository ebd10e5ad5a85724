import shutil
from pathlib import Path

import pytest
from tests.needed import DATA, listing

from tremplin.errors import InputError
from tremplin.model.needed import FILE
from tremplin.model.register import BIBLIOGRAPHY, Register


def test_the_list_of_needed_ids_is_complete() -> None:
    """Whatever a report may ask for is asked of a vintage when it is opened."""
    assert FILE.read_text("utf-8") == listing(), "write it anew with `make schema`"


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
