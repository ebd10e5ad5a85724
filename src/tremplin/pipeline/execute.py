"""
Run the joined notebook for one person with papermill, in a kernel of its own.
"""

import os
import sys
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from tremplin.errors import EnvironmentLacksError, Problem, ReportError
from tremplin.model.results import MIME
from tremplin.pipeline import cell_errors
from tremplin.pipeline.chapters import PARAMETERS
from tremplin.warm.cell_kernel import CellKernel
from tremplin.warm.machine import Machine

INJECTED = "injected-parameters"
EXECUTED = "executed.ipynb"
CELL_SECONDS = 120
STARTUP_SECONDS = 60
ALL_SECONDS = 600
"""A report takes seconds, the portfolio of thousands of people a minute."""
GIGABYTES = 2
"""What a report may ask for. It asks for a third of one: a notebook at fault must not take the machine's."""
SCREEN_LINES = 24


class CellFailedError(ReportError):
    """
    A cell of the report failed.

    `brief` says which cell, and nothing of what it was about, which may be the person's; `notebook` is what was executed
    so far; `data` is what the cell missed in the register, if that is why it failed.
    """

    def __init__(
        self, brief: Problem, detail: str, notebook: Path, data: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(replace(brief, values={**brief.values, "detail": detail}))
        self.brief = brief
        self.notebook = notebook
        self.data = data


class KernelStoppedError(ReportError):
    """The kernel of a report stopped or did not answer: the fault of the machine, or of too much to do."""


def execute(
    joined: NotebookNode, work: Path, parameters: Mapping[str, str], machine: Machine
) -> NotebookNode:
    """
    Execute a notebook in a folder and give it back without clock times or machine traces.

    Raises:
        CellFailedError: a cell failed; the notebook up to it is in the folder.
        KernelStoppedError: the kernel did not come to its end.

    """
    source = work / "joined.ipynb"
    nbformat.write(joined, source)
    target = work / EXECUTED
    return run(source, target, machine, cwd=work, parameters=parameters, gigabytes=GIGABYTES)


def run(  # noqa: PLR0913 - the last are named
    source: Path,
    target: Path,
    machine: Machine,
    *,
    cwd: Path,
    parameters: Mapping[str, str] | None = None,
    gigabytes: int | None = None,
) -> NotebookNode:
    """
    Execute the notebook `source` into `target` with a working folder for its kernel.

    Args:
        source: the notebook.
        target: where the executed one is written.
        machine: what its kernel runs on.
        cwd: the working folder.
        parameters: what papermill puts in the place of the notebook's own.
        gigabytes: the memory that it may ask for; a portfolio's grows with its people.

    Raises:
        CellFailedError: a cell failed; `target` holds the notebook up to it.
        KernelStoppedError: the kernel did not come to its end.

    """
    source, target = source.resolve(), target.resolve()
    ends = time.monotonic() + ALL_SECONDS
    try:
        with _kernel(machine, cwd.resolve(strict=True), gigabytes) as kernel:
            executed = papermill.execute_notebook(
                str(source),
                str(target),
                parameters=dict(parameters or {}),
                kernel_name="python3",
                km=kernel,
                # Not papermill's own `cwd`, which would take this whole process there.
                resources={"metadata": {"path": str(cwd)}},
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                execution_timeout=CELL_SECONDS,
                start_timeout=STARTUP_SECONDS,
            )
    except PapermillExecutionError as error:
        cell = _failed_cell(target)
        data, out_of_memory = cell_errors.read(cell)
        place = cell.metadata.get("tremplin", {})
        where = {name: place.get(name) for name in ("cell", "chapter")}
        if gigabytes and out_of_memory:
            brief = Problem.at("report.memory", gigabytes=gigabytes, **where)
        else:
            brief = Problem.at("report.cell_failed", why=error.ename, **where)
        raise CellFailedError(brief, _one_screen(error), target, data) from error
    except NoSuchKernel as error:
        raise EnvironmentLacksError(
            "there is no Jupyter kernel `python3`: run `make setup`"
        ) from error
    except FileNotFoundError as error:
        if not cwd.is_dir():
            raise EnvironmentLacksError.at(
                "disk.working_folder_deleted", folder=str(cwd)
            ) from error
        raise EnvironmentLacksError(
            f"the Jupyter kernel `python3` cannot be started ({error.strerror}): run `make setup`"
        ) from error
    except (DeadKernelError, RuntimeError, TimeoutError) as error:
        if time.monotonic() >= ends:
            raise KernelStoppedError.at("report.too_slow", seconds=ALL_SECONDS) from error
        raise KernelStoppedError.at("report.kernel_stopped", reason=str(error)) from error
    return cleaned(executed)


def _kernel(
    machine: Machine, cwd: Path, gigabytes: int | None
) -> AbstractContextManager[CellKernel | None]:
    """Start a kernel for one notebook; where a process cannot be given a socket, papermill starts an ordinary one."""
    if sys.platform == "win32":
        return nullcontext()
    return CellKernel(
        machine.template,
        cwd=cwd,
        env={**os.environ, **machine.variables},
        megabytes=None if gigabytes is None else gigabytes * 1024,
        seconds=ALL_SECONDS,
        cell_seconds=CELL_SECONDS,
        extensions=[cell_errors.__name__],
    )


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


def _failed_cell(target: Path) -> NotebookNode:
    """Find the cell that failed; an empty one where that is not known."""
    cells: list[NotebookNode] = []
    if target.exists():
        cells = nbformat.read(target, as_version=4).cells
    failed = (
        cell
        for cell in cells
        if any(output.output_type == "error" for output in cell.get("outputs", ()))
    )
    return next(failed, NotebookNode(outputs=[], metadata={}))


def _one_screen(error: PapermillExecutionError) -> str:
    """Say why a cell failed and show it, without the frames of libraries."""
    source = error.source.strip().splitlines()[:SCREEN_LINES]
    return "\n".join([f"{error.evalue}", "", *(f"    {line}" for line in source)])
