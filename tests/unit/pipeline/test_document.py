from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from tremplin.errors import ReportError
from tremplin.pipeline.document import write_document

CHART = {
    "image/svg+xml": "<svg/>",
    "application/vnd.vegalite.v6+json": {"mark": "bar"},
    "text/plain": 'Barres : 1 "un"',
}


def notebook(*cells: NotebookNode) -> NotebookNode:
    made: NotebookNode = new_notebook(cells=list(cells))
    return made


def shown(source: str, data: dict[str, Any]) -> NotebookNode:
    cell: NotebookNode = new_code_cell(source, outputs=[new_output("display_data", data)])
    return cell


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()


def test_a_chapter_begins_with_its_title(tmp_path: Path) -> None:
    """The front matter of a chapter becomes a numbered heading that others can refer to."""
    raw = new_raw_cell("---\ntitle: Votre contrat\nlabel: sec-contract\n---")
    made = write_document(notebook(raw, new_markdown_cell("Texte.")), tmp_path, {"lang": "fr"})
    assert body(made) == "# Votre contrat {#sec-contract}\n\nTexte."


def test_a_chart_becomes_a_figure_with_caption_and_words(tmp_path: Path) -> None:
    """Picture and specification go beside the document; the sentence becomes the alternative text."""
    cell = shown("#| label: fig-a\n#| fig-cap: Une légende\nreport.draw(x)", CHART)
    made = write_document(notebook(cell), tmp_path, {})
    assert body(made) == (
        '::: {#fig-a}\n\n![](figures/fig-a.svg){fig-alt="Barres : 1 \\"un\\""}\n\nUne légende\n\n:::'
    )
    assert (tmp_path / "figures/fig-a.svg").read_text() == "<svg/>"
    assert (tmp_path / "figures/fig-a.vl.json").read_text() == '{"mark": "bar"}'


def test_a_table_that_concerns_nobody_leaves_no_caption(tmp_path: Path) -> None:
    """A labelled cell without output leaves nothing behind."""
    made = write_document(
        notebook(new_code_cell("#| label: tbl-a\n#| tbl-cap: Rien\nreport.say('')")), tmp_path, {}
    )
    assert body(made) == ""


def test_code_and_streams_stay_out(tmp_path: Path) -> None:
    """The reader sees no code and no printed line."""
    cell = new_code_cell("print(1)", outputs=[new_output("stream", text="1\n")])
    assert body(write_document(notebook(cell), tmp_path, {})) == ""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("report.draw(x)", "without a `#| label: fig-…`"),
        ("#| label: fig-a\nreport.draw(x)", "the cell labelled fig-a has no caption"),
    ],
)
def test_a_chart_must_be_labelled_and_captioned(tmp_path: Path, source: str, message: str) -> None:
    """A chart that nobody can refer to or understand stops the report."""
    with pytest.raises(ReportError, match=message.replace("|", r"\|")):
        write_document(notebook(shown(source, CHART)), tmp_path, {})


def test_two_figures_cannot_share_a_label(tmp_path: Path) -> None:
    """A reference must mean one figure only."""
    cells = [shown("#| label: fig-a\n#| fig-cap: L\nx", CHART) for _ in range(2)]
    with pytest.raises(ReportError, match="two cells have the label fig-a"):
        write_document(notebook(*cells), tmp_path, {})
