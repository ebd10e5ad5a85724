"""
Run the joined notebook for one person with papermill, in a kernel of its own.
"""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from tremplin.errors import EnvironmentLacksError, ReportError
from tremplin.model.results import MIME
from tremplin.pipeline.chapters import PARAMETERS

INJECTED = "injected-parameters"
EXECUTED = "executed.ipynb"
CELL_SECONDS = 120
STARTUP_SECONDS = 60
SCREEN_LINES = 24
KERNEL = Config(
    {
        "NotebookClient": {
            # A kernel that is told to stop need not say so on the person's screen.
            "extra_arguments": ["--IPKernelApp.log_level=50"],
            # Its work is done, and it has nothing to save.
            "shutdown_kernel": "immediate",
        },
    }
)


class CellFailedError(ReportError):
    """
    A cell of the report failed.

    `notebook` is what was executed so far; `brief` says which cell, and nothing of what it was about.
    """

    def __init__(self, brief: str, detail: str, notebook: Path) -> None:
        super().__init__(f"{brief}: {detail}")
        self.brief = brief
        self.notebook = notebook


class KernelStoppedError(ReportError):
    """The kernel of a report stopped or did not answer: the fault of the machine, or of too much to do."""


def execute(joined: NotebookNode, work: Path, parameters: Mapping[str, str]) -> NotebookNode:
    """
    Execute a notebook in a folder and give it back without clock times or machine traces.

    Raises:
        CellFailedError: a cell failed; the notebook up to it is in the folder.
        KernelStoppedError: the kernel did not come to its end.

    """
    source = work / "joined.ipynb"
    nbformat.write(joined, source)
    return run(source, work / EXECUTED, cwd=work, parameters=parameters)


def run(
    source: Path, target: Path, *, cwd: Path, parameters: Mapping[str, str] | None = None
) -> NotebookNode:
    """
    Execute the notebook `source` into `target` with a working folder for its kernel.

    Raises:
        CellFailedError: a cell failed; `target` holds the notebook up to it.
        KernelStoppedError: the kernel did not come to its end.

    """
    source, target = source.resolve(), target.resolve()
    try:
        with contextlib.chdir(cwd):
            executed = papermill.execute_notebook(
                str(source),
                str(target),
                parameters=dict(parameters or {}),
                kernel_name="python3",
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                execution_timeout=CELL_SECONDS,
                start_timeout=STARTUP_SECONDS,
                config=KERNEL,
            )
    except PapermillExecutionError as error:
        brief = f"{_failed_cell(target)} failed: {error.ename}"
        raise CellFailedError(brief, _one_screen(error), target) from error
    except NoSuchKernel as error:
        raise EnvironmentLacksError(
            "there is no Jupyter kernel `python3`: run `make setup`"
        ) from error
    except FileNotFoundError as error:
        raise EnvironmentLacksError(
            f"the Jupyter kernel `python3` cannot be started ({error.strerror}): run `make setup`"
        ) from error
    except (DeadKernelError, RuntimeError, TimeoutError) as error:
        raise KernelStoppedError(f"the kernel stopped: {error}") from error
    return cleaned(executed)


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """
    Take out what differs from run to run: papermill's clock times and the random id of its injected cell.

    The injected parameters replace the chapters' own, so that the notebook runs as it stands.
    """
    notebook.metadata.pop("papermill", None)
    injected = any(INJECTED in cell.metadata.get("tags", ()) for cell in notebook.cells)
    cells = []
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if injected and PARAMETERS in cell.metadata.get("tags", ()):
            continue
        if INJECTED in cell.metadata.get("tags", ()):
            cell.id = PARAMETERS
            cell.metadata["tags"] = [PARAMETERS]
        cells.append(cell)
    notebook.cells = cells
    return notebook


def results(notebook: NotebookNode) -> dict[str, Any]:
    """
    Give the results that the last chapter left.

    Raises:
        ReportError: there are none, so the report is not complete.

    """
    for cell in reversed(notebook.cells):
        for output in cell.get("outputs", ()):
            found = output.get("data", {}).get(MIME)
            if found is not None:
                return dict(found)
    raise ReportError(
        "the executed notebook left no results: its last cell must conclude the report"
    )


def _failed_cell(target: Path) -> str:
    """Name the cell that failed by chapter and place, as its author knows it."""
    cells = nbformat.read(target, as_version=4).cells if target.exists() else []
    for cell in cells:
        if any(output.output_type == "error" for output in cell.get("outputs", ())):
            at = cell.metadata.get("tremplin", {})
            return f"cell {at.get('cell', '?')} of {at.get('chapter', 'the report')}"
    return "a cell"


def _one_screen(error: PapermillExecutionError) -> str:
    """Say why a cell failed and show it, without the frames of libraries."""
    source = error.source.strip().splitlines()[:SCREEN_LINES]
    return "\n".join([f"{error.evalue}", "", *(f"    {line}" for line in source)])
