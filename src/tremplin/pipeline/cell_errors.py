"""
What a cell's error says, as data: an extension of IPython that leaves it beside the traceback, which is text.

A notebook is run with it by `execute`, which reads what it left.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.display import publish_display_data
from nbformat import NotebookNode

from tremplin.errors import Problem
from tremplin.model.register import DataError

MIME = "application/vnd.tremplin.error+json"


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Have the shell tell the errors that `execute` must know more of than their names."""
    shell.set_custom_exc((DataError, MemoryError), _tell)


def read(cell: NotebookNode) -> tuple[tuple[Problem, ...], bool]:
    """Give the problems of the data that a cell met, and whether it was out of memory."""
    for output in cell.get("outputs", ()):
        found: Mapping[str, Any] | None = output.get("data", {}).get(MIME)
        if found is not None:
            return tuple(Problem.of_facts(one) for one in found["data"]), bool(found["memory"])
    return (), False


def _tell(
    shell: InteractiveShell,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    problems = error.problems if isinstance(error, DataError) else ()
    facts = {
        "data": [problem.facts("en") for problem in problems],
        "memory": isinstance(error, MemoryError),
    }
    publish_display_data({MIME: facts})
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
