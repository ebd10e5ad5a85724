"""
Run the joined notebook for one person with papermill, in a kernel of its own.
"""

import time
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
from tremplin.warm.kernel_manager import ForkedKernelManager
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

    `notebook` is what was executed so far; `brief` says which cell, and nothing of what it was about; `name` is that of
    the error raised there, and `said` its words.
    """

    def __init__(
        self, brief: str, detail: str, notebook: Path, *, name: str = "", said: str = ""
    ) -> None:
        super().__init__(f"{brief}: {detail}")
        self.brief = brief
        self.notebook = notebook
        self.name = name
        self.said = said


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
        executed = papermill.execute_notebook(
            str(source),
            str(target),
            parameters=dict(parameters or {}),
            kernel_name="python3",
            kernel_manager_class=ForkedKernelManager,
            # Not papermill's own `cwd`, which would take this whole process there.
            resources={"metadata": {"path": str(cwd.resolve(strict=True))}},
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
            execution_timeout=CELL_SECONDS,
            start_timeout=STARTUP_SECONDS,
            config=_settings(machine, gigabytes),
        )
    except PapermillExecutionError as error:
        why = error.ename
        if gigabytes and why.endswith(MemoryError.__name__):  # numpy has one of its own
            why = f"it asks for more than the {gigabytes} GiB of memory that a report has"
        brief = f"{_failed_cell(target)} failed: {why}"
        detail, said = _one_screen(error), error.evalue
        raise CellFailedError(brief, detail, target, name=error.ename, said=said) from error
    except NoSuchKernel as error:
        raise EnvironmentLacksError(
            "there is no Jupyter kernel `python3`: run `make setup`"
        ) from error
    except FileNotFoundError as error:
        if not cwd.is_dir():
            raise EnvironmentLacksError(
                f"the working folder {cwd} was deleted during the work: run the same command again"
            ) from error
        raise EnvironmentLacksError(
            f"the Jupyter kernel `python3` cannot be started ({error.strerror}): run `make setup`"
        ) from error
    except (DeadKernelError, RuntimeError, TimeoutError) as error:
        if time.monotonic() >= ends:
            raise KernelStoppedError(
                f"the notebook was not done after {ALL_SECONDS} s, so its kernel was stopped"
            ) from error
        raise KernelStoppedError(f"the kernel stopped: {error}") from error
    return cleaned(executed)


def _settings(machine: Machine, gigabytes: int | None) -> Config:
    megabytes = None if gigabytes is None else gigabytes * 1024
    return Config(
        {
            "NotebookClient": {
                # A kernel that is told to stop need not say so on the person's screen.
                "extra_arguments": ["--IPKernelApp.log_level=50"],
                # Its work is done, and it has nothing to save.
                "shutdown_kernel": "immediate",
            },
            "ForkProvisioner": machine.kernel(deadline=ALL_SECONDS, memory=megabytes),
        }
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
