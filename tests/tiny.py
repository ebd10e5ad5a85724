"""A chapter of a few cells, and projects whose report is short, for tests of what makes reports."""

import re
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook


def chapter(folder: Path, *sources: str) -> Path:
    """Write a chapter with a cell of parameters and the cells given."""
    given = "profile = ''\ndata = ''\nas_of = '2000-01-01'"
    cells = [new_code_cell(given, metadata={"tags": ["parameters"]})]
    notebook = new_notebook(cells=cells + [new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "language": "python",
        "display_name": "Python 3",
    }
    path = folder / "01-tiny.ipynb"
    nbformat.write(notebook, path)
    return path


ROOT = Path(__file__).parents[1]
KEPT = {
    "00-essentials": ("{.keyfacts}", "fig-scores"),
    "portfolio": ("{.keyfacts}", "fig-portfolio-verdicts", "tbl-portfolio-failures", "tbl-people"),
}
"""The cells that the notebooks of a small project have behind their first three."""


def small_project(place: Path) -> Path:
    """
    Copy the project with a report of a few cells, and a portfolio: a list, a chart, and tables of people.

    They take a third of the time, for tests of how reports are made, kept and found again, whatever they say.
    """
    _without_notebooks(place)
    for name, words in KEPT.items():
        notebook = nbformat.read(ROOT / f"notebooks/{name}.ipynb", as_version=4)
        opening, others = notebook.cells[:3], notebook.cells[3:]
        kept = [cell for cell in others if any(word in cell.source for word in words)]
        if name == "00-essentials":
            kept.append(new_code_cell("report.conclude()", metadata={"tags": []}))
        notebook.cells = opening + kept
        nbformat.write(notebook, place / f"notebooks/{name}.ipynb")
    return place


TYPED_IN = ("00-essentials", "01-summary", "02-context", "03-contract")
"""The chapters that print what a person typed; `tests/pipeline/test_hostile.py` holds the others against it."""


def typed_project(place: Path) -> Path:
    """Copy the project with the chapters that print what a person typed, and the portfolio; of the others is left what these cite."""
    _without_notebooks(place)
    files = sorted((ROOT / "notebooks").glob("*.ipynb"))
    notebooks = {file.stem: nbformat.read(file, as_version=4) for file in files}
    told = "".join(cell.source for name in TYPED_IN for cell in notebooks[name].cells)
    kept = ["report.conclude", *(f"label: {label}\n" for label in re.findall(r"@([a-z-]+)", told))]
    for name, notebook in notebooks.items():
        if name not in (*TYPED_IN, "portfolio"):
            opening, others = notebook.cells[:3], notebook.cells[3:]
            cited = [cell for cell in others if any(words in cell.source for words in kept)]
            notebook.cells = opening + cited
        nbformat.write(notebook, place / f"notebooks/{name}.ipynb")
    return place


def _without_notebooks(place: Path) -> None:
    for part in ("data", "params"):
        shutil.copytree(ROOT / part, place / part)
    shutil.copytree(ROOT / "reports", place / "reports", ignore=shutil.ignore_patterns("out"))
    (place / "notebooks").mkdir()
