"""What the chapters of a report say of a case, without a kernel: their cells are run in this process."""

from collections.abc import Iterable
from pathlib import Path

import nbformat
import pytest
from tests.conftest import ROOT

from tremplin.case import Case
from tremplin.model.brand import load_brand
from tremplin.notebook import Report, charts
from tremplin.notebook.prose import unescaped
from tremplin.pipeline.chapters import chapters as chapters_of

CHAPTERS = tuple(chapters_of(ROOT / "notebooks"))


def spoken(case: Case, monkeypatch: pytest.MonkeyPatch, chapters: Iterable[Path] = CHAPTERS) -> str:
    """Give the words of chapters and the titles and descriptions of their charts, with plain spaces."""
    brand = load_brand(ROOT / "reports/_brand.yml")
    report = Report(case, brand)
    words: list[str] = []
    monkeypatch.setattr(
        "tremplin.notebook.report.show_markdown", lambda text: words.append(unescaped(text))
    )
    monkeypatch.setattr(
        "tremplin.notebook.report.show_chart",
        lambda chart, alt: words.extend((chart.to_dict(validate=False)["title"]["text"], alt)),
    )
    names = {"report": report, "found": report.facts, "brand": brand, "charts": charts}
    for file in chapters:
        for cell in nbformat.read(file, as_version=4).cells:
            concludes = cell.source.startswith("report.conclude(")
            if cell.cell_type == "code" and not cell.metadata.get("tags") and not concludes:
                exec(cell.source, dict(names))  # noqa: S102 - our own notebooks
    return "\n".join(words).replace("\u00a0", " ").replace("\u202f", " ")
