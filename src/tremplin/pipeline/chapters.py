"""
The chapters of the report and how they become one notebook.
"""

from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.reader import NotJSONError

from tremplin.errors import EnvironmentLacksError, InputError

PARAMETERS = "parameters"
SETUP = "setup"
CHAPTER = "[0-9][0-9]-*.ipynb"
DATA = "00-data.ipynb"
"""How the figures come about, for whoever studies them: it stands before the chapters and is none."""


def chapters(folder: Path) -> list[Path]:
    """
    List the chapters of the report in reading order.

    Raises:
        EnvironmentLacksError: there is none.

    """
    found = sorted(path for path in folder.glob(CHAPTER) if path.name != DATA)
    if not found:
        raise EnvironmentLacksError.at("environment.no_chapter", folder=folder.name)
    return found


def tags(cell: NotebookNode) -> set[str]:
    """Give the tags of a cell."""
    return set(cell.metadata.get("tags", ()))


def join(paths: Iterable[Path]) -> NotebookNode:
    """
    Make one notebook of all chapters: one parameters cell, one setup, then each chapter's cells.

    Each cell remembers its chapter and its place there, so that a failure can be told in the author's terms.
    Outputs are dropped: they are the reference persona's.
    """
    joined: NotebookNode = nbformat.v4.new_notebook()
    for path in paths:
        try:
            notebook = nbformat.read(path, as_version=4)
        except (NotJSONError, ValidationError) as error:
            raise InputError.at("files.not_a_notebook", path) from error
        first = not joined.cells
        if first:
            joined.metadata.update(notebook.metadata)
        for place, cell in enumerate(notebook.cells, start=1):
            if not first and tags(cell) & {PARAMETERS, SETUP}:
                continue
            cell.id = f"{path.stem}-{place:02d}"
            cell.metadata["tremplin"] = {"chapter": path.stem, "cell": place}
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
            joined.cells.append(cell)
    return joined
