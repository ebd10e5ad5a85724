import shutil
from pathlib import Path

import pytest

from tremplin.assessment.subjects import check_words
from tremplin.model.register import DataError, Register


@pytest.fixture
def vintage(register: Register, tmp_path: Path) -> Path:
    """Copy the data, to be changed."""
    return Path(shutil.copytree(register.folder, tmp_path / "data"))


def test_the_words_agree_with_the_conditions(register: Register) -> None:
    """Every finding, question, step, claim and answer of the data folder has its condition, and none is without words."""
    check_words(register)


@pytest.mark.parametrize(
    ("name", "rows", "unknown"),
    [
        (
            "criteria.csv",
            "time.luck,time,5,Avez-vous de la chance ?,Jouez.,\ntime.stars,time,5,Et les astres ?,Lisez.,\n",
            "time.luck, time.stars",
        ),
        (
            "advice.csv",
            "luck,« La chance suffit. »,Non.,\nstars,« Les astres aussi. »,Non.,\n",
            "luck, stars",
        ),
        ("answers.csv", "acre.luck,De la chance ?,Non.\n", "acre.luck"),
    ],
)
def test_rows_without_a_condition_are_told(
    vintage: Path, name: str, rows: str, unknown: str
) -> None:
    """Who adds a question or a claim without its code reads which, and what to do."""
    with (vintage / name).open("a", encoding="utf-8") as file:
        file.write(rows)
    with pytest.raises(DataError) as caught:
        check_words(Register.open(vintage))
    assert str(caught.value) == (
        f"{vintage / name}: when {unknown} applies is not known. "
        "Remove the row, or declare it with its subject in tremplin/law, person or money."
    )


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("findings.csv", "overload"),
        ("criteria.csv", "time.load"),
        ("advice.csv", "half_fail"),
        ("answers.csv", "arce"),
    ],
)
def test_a_condition_without_a_row_is_told(vintage: Path, name: str, id_: str) -> None:
    """Who removes a question or a claim reads which words are missing, and in which file."""
    lines = (vintage / name).read_text(encoding="utf-8").splitlines(keepends=True)
    left = [line for line in lines if not line.startswith(f"{id_},")]
    assert len(left) == len(lines) - 1
    (vintage / name).write_text("".join(left), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        check_words(Register.open(vintage))
    assert str(caught.value) == f"{vintage / name}: there is no row {id_}. Give its words."
