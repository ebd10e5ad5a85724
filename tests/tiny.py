"""A chapter of a few cells, for tests of what runs chapters."""

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
