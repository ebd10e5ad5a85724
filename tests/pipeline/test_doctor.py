from datetime import date
from pathlib import Path

import pytest

from tremplin.pipeline.doctor import Requirement, examine

BRAND = Path(__file__).parents[2] / "reports/_brand.yml"
DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 11, 30)


def found(requirements: list[Requirement], what: str) -> Requirement:
    """Give the finding on one thing."""
    return next(requirement for requirement in requirements if requirement.what == what)


def test_nothing_is_missing_after_setup() -> None:
    """On a machine that is set up, the doctor names versions and finds all that reports need."""
    requirements = examine(BRAND, DATA, DAY)
    assert [requirement for requirement in requirements if requirement.state == "missing"] == []
    for what in ("Python", "papermill", "pandoc", "typst", "Jupyter kernel python3", "brand"):
        assert found(requirements, what).state == "ok"
    assert found(requirements, "font Tremplin Serif").state == "ok"
    assert found(requirements, "fast kernels").found == "forked from a template process"


def test_machine_without_quarto_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quarto is optional; the doctor says how to get it and which renderer is used meanwhile."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    requirements = examine(BRAND, DATA, DAY)
    quarto = found(requirements, "Quarto")
    assert quarto.state == "optional"
    assert "pip install 'tremplin[quarto]'" in quarto.remedy
    renderer = found(requirements, "--renderer auto")
    assert renderer.found == "pandoc, because Quarto is not installed"


def test_quarto_that_does_not_work_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Quarto that cannot tell its version would break every report: the doctor says so."""
    program = tmp_path / "quarto"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("QUARTO_PATH", str(program))
    assert found(examine(BRAND, DATA, DAY), "Quarto").state == "missing"


def test_brand_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Without its brand no report can be made, and the doctor does not fall ill of it."""
    brand = found(examine(tmp_path / "_brand.yml", DATA, DAY), "brand")
    assert brand.state == "missing"
    assert "not found in this folder or any above" in brand.found


def test_brand_is_found_from_folders_below(monkeypatch: pytest.MonkeyPatch) -> None:
    """In notebooks/, where a report can be made, the doctor misses no brand."""
    monkeypatch.chdir(BRAND.parents[1] / "notebooks")
    assert found(examine(Path("reports/_brand.yml"), DATA, DAY), "brand").state == "ok"


def test_font_of_another_name_is_missing(tmp_path: Path) -> None:
    """A family that is in none of the brand's files is found before a report is printed."""
    (tmp_path / "_extensions").symlink_to(BRAND.parent / "_extensions")
    (tmp_path / "logo.svg").symlink_to(BRAND.parent / "logo.svg")
    text = BRAND.read_text(encoding="utf-8").replace("Tremplin Serif", "Garamond")
    (tmp_path / "_brand.yml").write_text(text, encoding="utf-8")
    assert found(examine(tmp_path / "_brand.yml", DATA, DAY), "font Garamond").state == "missing"


def test_law_to_be_read_again_is_told_by_its_text() -> None:
    """Before the turn of the year nothing is overdue; the day after, each text whose values changed is named once."""
    texts = ("CGI, art. 151-0", "Arrêté du 22 décembre 2025")
    before = [one for one in examine(BRAND, DATA, date(2027, 1, 1)) if one.state == "overdue"]
    assert before == []
    flat_tax, ceiling = (found(examine(BRAND, DATA, date(2027, 1, 2)), text) for text in texts)
    assert flat_tax.state == ceiling.state == "overdue"
    assert flat_tax.found == "7 rules to be read again by 2027-01-01"
    assert ceiling.remedy.endswith("Plafond de 2027 : arrêté attendu en décembre 2026.")


def test_a_register_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Without its data no report can be made, and the doctor does not fall ill of it."""
    register = found(examine(BRAND, tmp_path / "data", DAY), "register")
    assert register.state == "missing"
