"""The eight example people: their reports are made, say what they should, and nothing they should not."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from tests.conftest import PEOPLE, WHOLE
from tests.spoken import CHAPTERS, spoken

from tremplin.case import Case
from tremplin.model.register import Register

EVIDENCE = ("09-detail", "09-evidence")
DECLARED = re.compile(r"[^:\n]*, d’après votre profil")
"""What the person declared may happen to be the number that somebody cites."""
QUOTED = re.compile(r"«[^«»]*»")
ALLOWED = {
    "S13": "10 000 € is the average of the same loans, which advice.csv says",
    "S22": "35 ans is also the age of one of the people, at the start",
    "S17": "60 % is also the share of creators under 40, and of unemployment rights",
}
"""Cited numbers that are also facts of their own: printed as those, with their own source."""
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def words(folder: Path, *, evidence: bool) -> str:
    """Give the Markdown of a report's chapters, without or with only the annex."""
    notebook = nbformat.read(folder / f"{folder.name}.ipynb", as_version=4)
    parts = []
    for cell in notebook.cells:
        if (cell.metadata.get("tremplin", {}).get("chapter") in EVIDENCE) is not evidence:
            continue
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        for output in cell.get("outputs", ()):
            parts.append(output.get("data", {}).get("text/markdown", ""))
            parts.append(output.get("data", {}).get("text/plain", ""))
    return SPACES.sub(" ", re.sub(r"\\(.)", r"\1", "\n".join(parts)))


@pytest.fixture
def told(
    made: Callable[[str], Path], case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], str]:
    """Give a function that reads the chapters of a person but the annex: in the report where one is made."""

    def read(name: str) -> str:
        if name in WHOLE:
            return words(made(name), evidence=False)
        return SPACES.sub(" ", spoken(case(name), monkeypatch, CHAPTERS[:-2]))

    return read


@pytest.mark.parametrize("name", WHOLE)
def test_every_person_gets_a_whole_report(made: Callable[[str], Path], name: str) -> None:
    """Page, PDF, annex, notebook, results and receipt are there, and speak of this person."""
    folder = made(name)
    for ending in (".html", ".pdf", "-annex.pdf", ".ipynb"):
        assert (folder / f"{name}{ending}").stat().st_size > 50_000
    assert json.loads((folder / "results.json").read_text())["id"] == name
    assert json.loads((folder / "receipt.json").read_text())["id"] == name


@pytest.mark.parametrize("name", PEOPLE)
def test_no_template_leaves_its_scaffolding(told: Callable[[str], str], name: str) -> None:
    """No `None`, no brace, no empty emphasis, no doubled word or space before a comma reaches the reader."""
    text = told(name)
    for trace in ("None", "{{", "{%", "undefined", " ,", "****", " de de ", " le le ", "[]"):
        assert trace not in text, text[max(0, text.find(trace) - 80) : text.find(trace) + 80]


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_unsupported_is_printed_as_a_fact(
    told: Callable[[str], str], register: Register, name: str
) -> None:
    """What no source supports stands only between quotation marks, or in the annex."""
    text = QUOTED.sub("", DECLARED.sub("", told(name)))
    figures = [register.figure(id_) for id_ in register.table("statistics.csv")["id"]]
    bad = [
        figure
        for figure in figures
        if figure.cited_value and figure.status in {"contradicted", "unverifiable"}
    ]
    assert len(bad) >= 12
    for figure in bad:
        cited = SPACES.sub(" ", figure.cited_value or "").removeprefix("jusqu’à ")
        if figure.id in ALLOWED:
            continue
        assert cited not in text, f"{figure.id}: {cited}"


@pytest.mark.parametrize("name", WHOLE)
def test_all_twenty_six_claims_are_judged(made: Callable[[str], Path], name: str) -> None:
    """The evidence chapter lists S01 to S26, each with its verdict."""
    text = words(made(name), evidence=True)
    for number in range(1, 27):
        assert f"| S{number:02d} |" in text


def test_a_report_speaks_of_one_person_only(made: Callable[[str], Path]) -> None:
    """No other example person's name appears in a report."""
    people = {
        name: json.dumps(nbformat.read(made(name) / f"{name}.ipynb", as_version=4))
        for name in WHOLE
    }
    for name, text in people.items():
        for other in PEOPLE:
            if other != name:
                assert not re.search(rf"\b{other}\b", text, re.IGNORECASE), f"{other} in {name}"
