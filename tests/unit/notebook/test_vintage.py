"""Another vintage of the data: what a reader is told must stay true."""

import csv
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.conftest import AS_OF, ROOT

from tremplin.case import Case
from tremplin.model.brand import load_brand
from tremplin.model.profile import Profile
from tremplin.model.register import Register
from tremplin.notebook import Report, charts
from tremplin.notebook.prose import Markdown, unescaped

Changes = Mapping[str, Mapping[str, Mapping[str, str]]]
Read = Callable[..., str]
FEWER: Changes = {
    "statistics.csv": {
        "A06": {"value": "1100000", "year": "2026"},
        "A08": {"value": "-5.6", "year": "2026"},
        "A09": {"value": "-4", "year": "2026"},
        "A14": {"value": "48", "year": "2026"},
        "A15": {"value": "34"},
        "A50": {"value": "30", "year": "2026"},
        "A57": {"value": "41", "year": "2026"},
        "S24": {"value": "28", "year": "2026"},
    }
}


def vintage(folder: Path, changes: Changes) -> Register:
    """Open a copy of the data in which some cells, by file, id and column, read otherwise."""
    copy = Path(shutil.copytree(ROOT / "data", folder / "data"))
    for name, rows in changes.items():
        with (copy / name).open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        for row in table:
            row.update(rows.get(row["id"], {}))
        with (copy / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    return Register.open(copy)


@pytest.fixture
def read(person: Callable[..., Profile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Give a function that runs a chapter on a changed copy of the data and gives its words."""
    left: list[dict[str, Any]] = []
    monkeypatch.setattr("tremplin.notebook.display.publish_display_data", left.append)

    def give(chapter: str, changes: Changes, profile: Mapping[str, Any] | None = None) -> str:
        left.clear()
        brand = load_brand(ROOT / "reports/_brand.yml")
        case = Case(person("alice", profile), vintage(tmp_path / chapter, changes), AS_OF)
        report = Report(case, brand)
        names = {"report": report, "found": report.facts, "brand": brand, "charts": charts}
        (file,) = (ROOT / "notebooks").glob(f"*-{chapter}.ipynb")
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "markdown":
                left.append({"text/markdown": cell.source})
            elif cell.cell_type == "code" and not cell.metadata.get("tags"):
                exec(cell.source, dict(names))  # noqa: S102 - our own notebooks
        words = (
            unescaped(Markdown(text))
            for output in left
            for text in output.values()
            if isinstance(text, str)
        )
        return "\n".join(words).replace("\u00a0", " ").replace("\u202f", " ")

    return give


def test_a_year_of_fewer_creations_is_told_as_one(read: Read) -> None:
    """Where fewer businesses were created, no record, no rise and no majority is told, and the years are the vintage's."""
    text = read("context", FEWER, {"project.partners": 1, "project.capital_share": 0.6})
    assert "En 2026, **1 100 000** entreprises ont été créées, soit 5,6 % de moins que" in text
    assert "C’est plus qu’en" not in text
    assert "**48 %** des créations de 2026, contre 49 % en 2015" in text
    assert "4 % de moins que l’année d’avant pour les premières en 2026" in text
    assert "5,9 % de plus que l’année d’avant pour les secondes en 2025" in text
    assert "Les micro-entreprises font près d’une création sur deux" in text
    detail = read("detail", FEWER)
    assert "| **Ensemble** | 1 111 238 | 1 100 000 | −5,6 % |" in detail
    assert "leur somme ne retrouve pas le total publié" in detail
    assert "une société, comme pour un peu plus d’une création sur trois en 2024 (34 %" in text
    assert "30 % des créateurs de 2026, contre 35 % en 2018 et 33 % en 2014" in text
    assert "progresse régulièrement" not in text
    assert "41 % avaient moins de 40 ans en 2026" in text
    assert "Au moins 28 % des créateurs de 2026 exercent une autre activité" in text
    for old in (
        "Jamais autant",
        "En 2025",
        "−5,6 % de plus",
        "l’essentiel",
        "six sur dix",
        "tiers",
    ):
        assert old not in text


def test_the_year_of_the_record_is_told_as_one(read: Read) -> None:
    """With the figures of 2025, the most creations of three years are told, and that their parts agree with the total."""
    text = read("context", {})
    assert "En 2025, **1 165 813** entreprises ont été créées, soit 4,9 % de plus que" in text
    assert "C’est plus qu’en 2024 et qu’en 2023." in text
    assert (
        "En 2025, micro-entreprises et sociétés vont au même pas : 5,9 % de plus que l’année d’avant. La hausse n’est donc pas"
        in text
    )
    assert "Les micro-entreprises font près de deux créations sur trois" in text
    assert "leur somme retrouve le total publié, aux arrondis près" in read("detail", {})
    assert "Vous faites partie d’un mouvement qui progresse régulièrement." in text


LAW: Changes = {
    "rules.csv": {
        "creation_leave.notice_months": {"value": "3"},
        "creation_leave.return_notice_months": {"value": "4"},
    },
    "conventions.csv": {
        "finances.safety_months": {"value": "5"},
        "finances.cash_out_stop": {"value": "0.4"},
    },
}
LEAVE = {"transition.leave": "creation_leave", "employment.since": date(2021, 9, 1)}


def test_texts_follow_the_rules_and_conventions(read: Read) -> None:
    """A notice of three months and a reserve of five are told as such in findings, criteria and steps."""
    profile = LEAVE | {"financing.savings": 3000, "project.investment": 25_000}
    summary = read("summary", LAW, profile)
    assert "La demande doit parvenir 3 mois avant le début du congé" in summary
    assert "il ne reste pas 5 mois de charges du foyer" in summary
    assert "À partir de 40 %, ce n’est plus un risque à surveiller" in summary


def test_the_calendar_follows_the_rules(read: Read) -> None:
    """The answer at the end of a leave goes out as early as the law of the vintage says."""
    assert "la réponse part 4 mois avant la fin du congé" in read("formalities", LAW, LEAVE)


def test_the_questions_follow_the_conventions(read: Read) -> None:
    """The question on the reserve asks for as many months as the answer is judged by."""
    text = read("evidence", LAW)
    assert "votre épargne couvre-t-elle encore 5 mois de charges du foyer ?" in text
