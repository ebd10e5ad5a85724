import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel
from python_calamine import CalamineWorkbook
from tests.conftest import ROOT

from tremplin.errors import InputError
from tremplin.model.profile import Profile, load_profile, parse_profile
from tremplin.model.profile.columns import columns, named
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import columns_not_read, read_people, told_of
from tremplin.pipeline.client_book import BookLang, book_columns, write_client_book

PEOPLE = [*sorted((ROOT / "params").glob("*.yaml")), ROOT / "tests/data/shop.yaml"]


def answers(group: BaseModel, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Give all that a profile says, by column."""
    for name in type(group).model_fields:
        value, key = getattr(group, name), f"{prefix}{name}"
        if isinstance(value, BaseModel):
            if key in columns():
                yield key, True
            yield from answers(value, f"{key}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for number, one in enumerate(value, start=1):
                yield from answers(one, f"{key}.{number}.")
        elif key in columns():
            yield key, value


def read(path: Path) -> list[Profile]:
    """Read the people of a workbook as a batch does."""
    people = list(read_people(str(path)))
    assert [str(one.error) for one in people if one.error] == []
    return [parse_profile(parse_yaml(one.profile, file="x")) for one in people]


def rows_of(path: Path) -> list[list[object]]:
    """Read the cells of a workbook's first sheet as they stand."""
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_whoever_fills_it_in_is_read_as_who_they_are(lang: BookLang, tmp_path: Path) -> None:
    """The example people and one with a shop, typed into the columns, are the same profiles when they are read."""
    people = [load_profile(path) for path in PEOPLE]
    path = tmp_path / "clients.xlsx"
    write_client_book(path, lang, [dict(answers(one)) for one in people])
    assert read(path) == people
    assert columns_not_read(str(path)) == ()
    assert [one.code for one in told_of(str(path))] == ["told.example_left_out"]


def test_it_survives_another_spreadsheet_program(tmp_path: Path) -> None:
    """What LibreOffice opened and saved again is read as the same people."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this machine")
    people = [load_profile(path) for path in PEOPLE]
    path = tmp_path / "clients.xlsx"
    write_client_book(path, "fr", [dict(answers(one)) for one in people])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run(
        [program, profile, *convert, str(tmp_path / "saved"), str(path)],
        check=True,
        capture_output=True,
    )
    assert read(tmp_path / "saved/clients.xlsx") == people


def test_it_has_a_column_for_each_question(tmp_path: Path) -> None:
    """Nothing that a profile says is without a column, but the language, of which there is one, and the fourth of a list."""
    path = tmp_path / "clients.xlsx"
    write_client_book(path)
    names = [str(name) for name in rows_of(path)[0]]
    assert {named(name) for name in names} == {
        key for key, column in columns().items() if column.number <= 3 and key != "lang"
    }
    assert names[:5] == [
        "Nom du dossier *",
        "Nom *",
        "Activité *",
        "Catégorie de l’activité *",
        "Démarrage de l’activité *",
    ]


def test_the_example_is_nobody(tmp_path: Path) -> None:
    """A workbook that nobody filled in holds no client, although its first line shows how to."""
    path = tmp_path / "clients.xlsx"
    write_client_book(path)
    with pytest.raises(InputError, match="holds no client below its first line"):
        list(read_people(str(path)))


def test_the_example_would_be_read_as_a_client(tmp_path: Path) -> None:
    """Whoever copies the example and gives it another name has a client without a problem."""
    path = tmp_path / "clients.xlsx"
    write_client_book(path)
    names, example = rows_of(path)[:2]
    copied = tmp_path / "copied.csv"
    cells = [str(cell or "").replace("exemple-non-lu", "zoe") for cell in example]
    copied.write_text(
        ";".join(map(str, names)) + "\n" + ";".join(f'"{cell}"' for cell in cells), encoding="utf-8"
    )
    (zoe,) = read(copied)
    assert (zoe.id, zoe.project.start) == ("zoe", date(2027, 1, 4))


def test_it_helps_whoever_fills_it_in(tmp_path: Path) -> None:
    """Each column has a note and a message; choices are offered in French, « à vérifier » among them, and numbers have bounds."""
    path = tmp_path / "clients.xlsx"
    write_client_book(path)
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        notes = book.read("xl/comments1.xml").decode()
    count = len(book_columns())
    assert notes.count("<comment ") == sheet.count("<dataValidation ") == count
    assert '<formula1>"oui,non,à vérifier"</formula1>' in sheet
    assert '<dataValidation type="decimal"' in sheet
    assert "<formula1>0</formula1><formula2>168</formula2>" in sheet
    assert "Où le trouver : Date d’entrée ou d’ancienneté de votre bulletin de paie" in sheet
    assert "Vide : compté comme « privé »." in notes.replace("\u00a0", " ")
    assert '<pane xSplit="2" ySplit="1"' in sheet
    assert 'outlineLevel="1"' in sheet


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    """Two workbooks of the same version are the same bytes."""
    for name in ("one.xlsx", "two.xlsx"):
        write_client_book(tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
