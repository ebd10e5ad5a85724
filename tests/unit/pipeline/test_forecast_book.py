import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import AS_OF, ROOT

from tremplin.assessment import results
from tremplin.case import Case
from tremplin.model.profile import load_profile
from tremplin.model.register import Register
from tremplin.money.financing import financing
from tremplin.money.forecast import forecast
from tremplin.pipeline.forecast_book import write_forecast_book


def rows(path: Path, sheet: str) -> dict[str, list[object]]:
    """Read a sheet by the labels of its lines."""
    table = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return {
        str(label): [None if value == "" else value for value in values] for label, *values in table
    }


@pytest.fixture(scope="module", params=["tests/data/shop.yaml", "params/emma.yaml"])
def case(request: pytest.FixtureRequest, register: Register) -> Case:
    """Give a sole trader with a shop, and a company of three."""
    return Case(load_profile(ROOT / request.param), register, AS_OF)


@pytest.fixture
def book(case: Case, tmp_path: Path) -> Path:
    """Write the workbook of a case."""
    path = tmp_path / "forecast.xlsx"
    write_forecast_book(path, forecast(case), financing(case), AS_OF)
    return path


def years_of(path: Path) -> list[dict[str, float]]:
    """Give what the workbook says of each year."""
    found = rows(path, "Trois ans")
    names = {"Chiffre d’affaires hors taxes": "turnover", "Résultat": "result"}
    names |= {"Trésorerie à la fin de l’année": "cash", "Seuil de rentabilité": "break_even"}
    return [
        {name: float(str(found[label][number])) for label, name in names.items()}
        for number in range(3)
    ]


def told(case: Case) -> list[dict[str, float]]:
    """Give what results.json says of each year."""
    found = results(case).model_dump()["forecast"]
    return [
        {name: year[name] for name in ("turnover", "result", "cash", "break_even")}
        for year in found
    ]


def test_the_workbook_says_what_the_results_say(case: Case, book: Path) -> None:
    """Turnover, result, cash and break-even of three years are those of results.json."""
    for found, expected in zip(years_of(book), told(case), strict=True):
        assert found == pytest.approx(expected, abs=0.01)


def test_its_formulas_give_the_same_when_they_are_reckoned_anew(
    case: Case, book: Path, tmp_path: Path
) -> None:
    """A spreadsheet program that finds formulas without values comes to the figures of results.json, to the euro."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this machine")
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(book) as full, zipfile.ZipFile(bare, "w") as empty:
        for name in full.namelist():
            content = full.read(name)
            if name.startswith("xl/worksheets"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            empty.writestr(name, content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run(
        [program, profile, *convert, str(tmp_path / "out"), str(bare)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    for found, expected in zip(years_of(tmp_path / "out/bare.xlsx"), told(case), strict=True):
        assert found == pytest.approx(expected, abs=1)


def test_the_same_forecast_gives_the_same_bytes(case: Case, book: Path, tmp_path: Path) -> None:
    """Nothing in the file tells when, where or by whom it was made."""
    write_forecast_book(tmp_path / "again.xlsx", forecast(case), financing(case), AS_OF)
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_the_workbook_is_in_french_and_names_nobody(case: Case, book: Path) -> None:
    """Its sheets speak French, and the person's name is not in it."""
    names = CalamineWorkbook.from_path(book).sheet_names
    assert names == ["Mode d’emploi", "Hypothèses", "Mois par mois", "Trois ans", "Financement"]
    with zipfile.ZipFile(book) as file:
        text = b"".join(file.read(name) for name in file.namelist())
    assert case.declarations.name.encode() not in text
