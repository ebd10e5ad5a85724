"""
One report as a task: from a person's profile to the finished files, on whatever machine.

A task is pure. It reads what it is given and the bundle that its worker has, and gives back the files; that
it may run twice does no harm. Whoever asked for it publishes them.
"""

import atexit
import gc
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from tremplin.errors import (
    EnvironmentLacksError,
    InputError,
    Phrase,
    Problem,
    ReportError,
    TremplinError,
)
from tremplin.model.project import code_sha256
from tremplin.model.register import DataError
from tremplin.model.scalar import values_hidden
from tremplin.pipeline.batch.bundle import Bundle
from tremplin.pipeline.execute import CellFailedError, KernelStoppedError
from tremplin.pipeline.published import FAILED
from tremplin.pipeline.render import Depth, Format, RendererName, choose_renderer
from tremplin.pipeline.report import Order, ProjectFolders, make_report
from tremplin.warm.machine import Machine

PLUGIN = "tremplin-"


class Fault(StrEnum):
    """Whose fault a failure is, and so whether to try again."""

    INPUT = "input"
    """The person's data are wrong: never tried again."""
    INCOMPLETE = "incomplete"
    """The person has answers to give, and nothing is wrong: never tried again."""
    CONTENT = "content"
    """The report cannot be made of them: never tried again."""
    INFRASTRUCTURE = "infrastructure"
    """The machine failed: tried again elsewhere."""
    POISON = "poison"
    """It took two workers down with it: set apart."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is told of one report."""

    id: str
    profile: bytes
    key: str
    as_of: date
    formats: tuple[Format, ...]
    depth: Depth
    renderer: RendererName
    validated: bool
    shared: bool
    code: str
    project: str
    """The hash of the bundle that the worker must have."""


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """What came of it: the files to publish, or why there are none."""

    files: dict[str, bytes] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    fault: Fault | None = None
    problems: tuple[Problem, ...] = ()
    worker: str | None = None
    """Who had the trouble, to be spared the next try."""


class Workplace:
    """The project on a worker, and what its reports are made on, until the worker's process ends."""

    def __init__(self, bundle: Bundle, folder: str) -> None:
        self.project = bundle.unpack(Path(tempfile.mkdtemp(prefix="tremplin-", dir=folder)))
        ready = ExitStack()
        self.machine = ready.enter_context(Machine(self.project.notebooks, self.project.reports))
        # Not when the worker closes: a report that is under way then would complain that its kernel died.
        atexit.register(ready.close)


class Equipment(WorkerPlugin):
    """Gives each worker a workplace for a project."""

    def __init__(self, bundle: Bundle) -> None:
        self.name = PLUGIN + bundle.sha256
        self._bundle = bundle

    def setup(self, worker: Worker) -> None:
        """Set up the workplace, where no other batch of the same project has: two may be at work side by side."""
        if self.name not in worker.extensions:
            worker.extensions[self.name] = Workplace(self._bundle, worker.local_directory)


def make(task: Task) -> TaskOutcome:
    """Make one report on this worker; what goes wrong is told, not raised."""
    worker = get_worker()
    place = worker.extensions.get(PLUGIN + task.project)
    if not isinstance(place, Workplace) or task.code != _code():
        problems = (Problem.at("batch.other_version"),)
        return TaskOutcome(fault=Fault.INFRASTRUCTURE, problems=problems, worker=worker.address)
    outcome = _made(task, place.project, place.machine)
    # A report leaves loops, clients and notebooks that hold each other, megabytes of them: Python would let many gather.
    gc.collect()
    return replace(outcome, worker=worker.address)


@cache
def _code() -> str:
    return code_sha256()


def _made(task: Task, project: ProjectFolders, machine: Machine) -> TaskOutcome:
    with tempfile.TemporaryDirectory(dir=project.out.parent) as folder:
        root = Path(folder)
        profile = root / f"{task.id}.yaml"
        profile.write_bytes(task.profile)
        out = root / "out"
        private = ProjectFolders(project.notebooks, project.data, project.reports, out)
        order = Order(
            task.as_of,
            task.formats,
            choose_renderer(task.renderer),
            task.validated,
            task.shared,
            task.key,
            task.depth,
        )
        try:
            with values_hidden():  # who reads of a failure need not know the person
                made = make_report(profile, private, order, machine)
        except TremplinError as error:
            failed = out / task.id / FAILED
            files = {FAILED: failed.read_bytes()} if failed.exists() else {}
            # What a cell says may quote the person.
            problems = (error.brief,) if isinstance(error, CellFailedError) else error.problems
            for ours in (root, project.data.parent):
                problems = tuple(problem.moved(f"{ours}/", "") for problem in problems)
            return TaskOutcome(files, fault=fault_of(error), problems=problems)
        except OSError as error:
            problem = Problem.at("disk.error", reason=Phrase(error.strerror or "an error of I/O"))
            return TaskOutcome(fault=Fault.INFRASTRUCTURE, problems=(problem,))
        except Exception as error:  # noqa: BLE001 - one person's report must not end the batch
            problem = Problem.at("batch.tremplin_failed", error=type(error).__name__)
            return TaskOutcome(fault=Fault.CONTENT, problems=(problem,))
        files = {file.name: file.read_bytes() for file in made.folder.iterdir()}
        return TaskOutcome(files, made.seconds)


def fault_of(error: TremplinError) -> Fault:
    """Tell whose fault an error is."""
    match error:
        case InputError() | DataError():
            return Fault.INPUT
        case EnvironmentLacksError() | KernelStoppedError():
            return Fault.INFRASTRUCTURE
        case ReportError():
            return Fault.CONTENT
        case _:
            return Fault.CONTENT
