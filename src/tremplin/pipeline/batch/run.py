"""
Lead a batch: give tasks to workers a few at a time, publish what comes back, remember it, try again what may be tried again.
"""

import hashlib
import heapq
import json
import queue
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Literal, cast

from distributed import Client, Future, KilledWorker

from tremplin.errors import (
    EnvironmentLacksError,
    InputError,
    Problem,
    ReportError,
    TremplinError,
)
from tremplin.model.project import code_sha256
from tremplin.model.scalar import values_hidden
from tremplin.notebook.provenance import versions
from tremplin.pipeline.batch.bundle import Bundle
from tremplin.pipeline.batch.cluster import equip, workers
from tremplin.pipeline.batch.failures import FAILURES, write_failures
from tremplin.pipeline.batch.ledger import Ledger, sole_batch
from tremplin.pipeline.batch.people import Candidate, Census, count_people, read_people
from tremplin.pipeline.batch.plan import BatchEvent, Plan, Summary, TellEvent, Unmade
from tremplin.pipeline.batch.task import Equipment, Fault, Task, TaskOutcome, fault_of, make
from tremplin.pipeline.disk import lacks_room, not_written
from tremplin.pipeline.portfolio import make_portfolio
from tremplin.pipeline.published import (
    FAILED,
    check_out,
    check_target,
    keep_failed,
    made_before,
    publish,
)
from tremplin.pipeline.receipt import Receipt, differing, read_receipt, sha256
from tremplin.pipeline.render import RendererName
from tremplin.pipeline.render.shared import write_program
from tremplin.pipeline.report import ProjectFolders
from tremplin.pipeline.workshop import PORTFOLIO, RECEIPT, Sources, private_place
from tremplin.warm.machine import Machine

BACK_OFF = (1.0, 5.0)
"""Seconds before the second and the third try of what the machine spoilt."""
COUNT_SECONDS = 5.0
"""How often the workers are counted: they come and go."""


def run_batch(plan: Plan, tell: TellEvent) -> Summary:
    """
    Make the reports of all people of a source; what is there and unchanged is left alone.

    Args:
        plan: the source and how its reports are to be made.
        tell: hears of every event, with the sums so far.

    Raises:
        InputError: the source as a whole is wrong, or the project is, or the folder lies in the project.
        EnvironmentLacksError: another batch works in the folder, or there are no workers.

    """
    drawn = plan.validate if isinstance(plan.validate, int) else 0
    out = plan.project.out
    with ExitStack() as stack:
        stack.enter_context(values_hidden())  # who reads of a failure need not know the person
        census = count_people(plan.source, drawn, plan.column_map)
        check_out(out, _sources(plan.project))
        stack.enter_context(sole_batch(out))
        scratch = stack.enter_context(private_place(out))
        ledger = stack.enter_context(Ledger(out))
        ledger.add("begun", people=census.people, as_of=plan.order.as_of.isoformat())
        if plan.order.shared:
            write_program(out)
        batch = _Batch(plan, census, ledger, scratch, stack, tell)
        batch.run()
        write_failures(out, batch.summary.failures, plan.lang)
        if not plan.alone:
            batch.portfolio()
        ledger.add(
            "ended",
            made=batch.summary.made,
            unchanged=batch.summary.unchanged,
            failed=batch.summary.failed,
            incomplete=batch.summary.incomplete,
        )
        return batch.summary


@dataclass(slots=True)
class _Try:
    """A task and how often it was tried."""

    task: Task
    person: Candidate
    times: int = 0
    avoid: str | None = None


class _Batch:
    """The state of one run."""

    def __init__(  # noqa: PLR0913, PLR0917 - all of one run
        self,
        plan: Plan,
        census: Census,
        ledger: Ledger,
        scratch: Path,
        stack: ExitStack,
        tell: TellEvent,
    ) -> None:
        self._plan, self._census, self._ledger, self._scratch = plan, census, ledger, scratch
        self._stack, self._tell = stack, tell
        self._bundle = Bundle.of(plan.project)
        self._code = code_sha256()
        self._client: Client | None = None
        self._flying: dict[str, _Try] = {}
        self._landed: queue.Queue[Future[TaskOutcome]] = queue.Queue()
        self._waiting: list[tuple[float, str, _Try]] = []
        self._slots, self._counted = 1, 0.0
        self._seen: set[str] = set()
        self._paused = False
        self.names: dict[str, str] = {}
        self.summary = Summary(census.people)

    def run(self) -> None:
        """Deal with everyone; a few are under way at any time, so that a million rows wait in their file."""
        people = self._to_do()
        more = True
        while more or self._flying or self._waiting:
            if not self._has_room():
                # What is under way may still end; what failed meanwhile is tried again once there is room.
                self._land(COUNT_SECONDS)
                continue
            while more and len(self._flying) < self._window():
                entry = self._due() or next(people, None)
                if entry is None:
                    more = False
                else:
                    self._submit(entry)
            while (entry := self._due()) is not None:
                self._submit(entry)
            if self._flying or self._waiting:
                self._land(min(COUNT_SECONDS, self._next_due()))

    def portfolio(self) -> None:
        """Make the portfolio of all reports of the folder, if anything in it has changed."""
        plan, out = self._plan, self._plan.project.out
        receipts = sorted(out.glob(f"[!.]*/{RECEIPT}"))
        ids = [receipt.parent.name for receipt in receipts]
        self.summary.others = [id_ for id_ in ids if id_ not in self._seen]
        if not receipts:
            # The last one would go on telling of people whose reports were deleted.
            for name in PORTFOLIO:
                (out / name).unlink(missing_ok=True)
            return
        facts = {
            **self._made_with(),
            "names": self.names,
            "failures": sha256(out / FAILURES),
            "results": [_digest(receipt.with_name("results.json")) for receipt in receipts],
        }
        key = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
        files = [
            out / f"portfolio.{ending}"
            for ending in ("parquet", *plan.order.formats)
            if ending != "annex"
        ]
        there = key == self._ledger.portfolio and all(file.exists() for file in files)
        if plan.force or not there:
            with Machine(plan.project.notebooks, plan.project.reports) as machine:
                make_portfolio(out, plan.project, plan.order, machine, self.names)
            self._ledger.add("portfolio", key=key)

    def _made_with(self) -> dict[str, object]:
        """Give all but the person that a report depends on."""
        order = self._plan.order
        return {
            "project": self._bundle.sha256,
            "code": self._code,
            "versions": versions(),
            "renderer": [order.renderer.name, order.renderer.version],
            "as_of": order.as_of.isoformat(),
            "formats": sorted(order.formats),
            "depth": order.depth,
            "shared": order.shared,
        }

    def _to_do(self) -> Iterator[_Try]:
        """Read people; those who need no worker are dealt with here."""
        for person in read_people(self._plan.source, self._plan.column_map):
            self._seen.add(person.label)
            if person.label in self._census.shared:
                self._fail(person, Fault.INPUT, (person.shares_id,))
            elif person.error is not None:
                fault = Fault.INCOMPLETE if person.is_incomplete else Fault.INPUT
                self._fail(person, fault, person.error.problems)
            else:
                task = self._task(person)
                if self._plan.named:
                    self.names[person.label] = person.name
                if self._is_there(task):
                    self.summary.unchanged += 1
                    self._tell(BatchEvent("unchanged", person.label), self.summary)
                elif (obstacle := self._obstacle(task)) is not None:
                    self._fail(person, *obstacle)
                else:
                    yield _Try(task, person)

    def _task(self, person: Candidate) -> Task:
        order = self._plan.order
        facts = {"profile": person.sha256, **self._made_with()}
        key = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
        chosen = self._plan.validate
        before = made_before(self._plan.project.out / person.label)
        validated = chosen == "all" or person.label in self._census.sample
        return Task(
            person.label,
            person.profile,
            key,
            order.as_of,
            tuple(dict.fromkeys((*order.formats, *before))),
            order.depth,
            cast("RendererName", order.renderer.name),
            validated,
            order.shared,
            self._code,
            self._bundle.sha256,
        )

    def _is_there(self, task: Task) -> bool:
        """Whether the report was published, whole, and made of the same inputs."""
        if self._plan.force:
            return False
        folder = self._plan.project.out / task.id
        try:
            receipt = read_receipt(folder / RECEIPT)
            same = receipt.key == task.key and not differing(folder, receipt)
        except (InputError, OSError):
            return False
        return same and (not task.validated or receipt.validation.verdict == "reproduced")

    def _obstacle(self, task: Task) -> tuple[Fault, tuple[Problem, ...]] | None:
        """Say why a report is not tried at all, if so."""
        if task.key in self._ledger.quarantined and not self._plan.force:
            return Fault.POISON, (Problem.at("batch.set_apart"),)
        try:
            self._target(task)
        except InputError as error:
            return Fault.INPUT, error.problems
        return None

    def _target(self, task: Task) -> Path:
        """Give the folder of a report, where nobody else's files are."""
        project = self._plan.project
        return check_target(project.out, task.id, _sources(project))

    def _window(self) -> int:
        """Count the reports that can be under way: one a thread, so that a lost worker loses only its own."""
        if self._client is not None and time.monotonic() - self._counted > COUNT_SECONDS:
            self._slots = max(1, sum(self._client.nthreads().values()))
            self._counted = time.monotonic()
        return self._slots

    def _submit(self, entry: _Try) -> None:
        client = self._connected()
        entry.times += 1
        others = None
        if entry.avoid is not None:
            others = [worker for worker in client.nthreads() if worker != entry.avoid] or None
        key = f"report-{entry.task.key}-{entry.times}"
        self._flying[key] = entry
        future = client.submit(make, entry.task, key=key, pure=False, workers=others)
        future.add_done_callback(self._landed.put)

    def _connected(self) -> Client:
        """Start or find the workers, once somebody needs them."""
        if self._client is None:
            plan = self._plan
            jobs = min(plan.jobs, self._census.people)
            self._client = self._stack.enter_context(workers(plan.scheduler, jobs, self._scratch))
            equip(self._client, Equipment(self._bundle))
            self._counted = 0.0
        return self._client

    def _has_room(self) -> bool:
        """
        Tell whether the disk has room for more reports; where it has not, the batch pauses.

        It would spoil one report after the other otherwise, and by night nobody is there to start it again.
        """
        problem = lacks_room(self._plan.project.out, self._window())
        if (problem is not None) != self._paused:
            self._paused = problem is not None
            event = BatchEvent("paused", problems=(problem,)) if problem else BatchEvent("resumed")
            self._tell(event, self.summary)
        return problem is None

    def _next_due(self) -> float:
        """Give the seconds until something is to be tried again."""
        return max(0.0, self._waiting[0][0] - time.monotonic()) if self._waiting else inf

    def _due(self) -> _Try | None:
        """Give a task whose time to be tried again has come."""
        if self._waiting and self._waiting[0][0] <= time.monotonic():
            return heapq.heappop(self._waiting)[2]
        return None

    def _land(self, patience: float) -> None:
        """Wait so many seconds for one result."""
        try:
            future = self._landed.get(timeout=patience)
        except queue.Empty:
            return
        entry = self._flying.pop(str(future.key))
        outcome = _outcome(future)
        future.release()
        if outcome.fault is None:
            outcome = self._publish(entry, outcome)
        if outcome.fault is Fault.INFRASTRUCTURE and entry.times <= len(BACK_OFF):
            entry.avoid = outcome.worker
            due = time.monotonic() + BACK_OFF[entry.times - 1]
            heapq.heappush(self._waiting, (due, entry.task.key, entry))
            self._ledger.add("retried", id=entry.task.id, times=entry.times)
            event = BatchEvent(
                "retried", entry.task.id, fault=outcome.fault, problems=outcome.problems
            )
            self._tell(event, self.summary)
        elif outcome.fault is not None:
            self._keep(entry.task, outcome)
            self._fail(entry.person, outcome.fault, outcome.problems, entry.task.key)
        else:
            self.summary.made += 1
            self._ledger.add("made", id=entry.task.id, key=entry.task.key, tries=entry.times)
            self._tell(BatchEvent("made", entry.task.id, outcome.seconds), self.summary)

    def _publish(self, entry: _Try, outcome: TaskOutcome) -> TaskOutcome:
        """Put the files in their place, if they are whole and this person's."""
        task, plan = entry.task, self._plan
        try:
            receipt = Receipt.model_validate_json(outcome.files[RECEIPT])
            if (receipt.id, receipt.key) != (task.id, task.key):
                raise ReportError("a worker gave back another person's report: not published")
            target = self._target(task)
            finished = self._scratch / "finished"
            finished.mkdir()
            for name, content in outcome.files.items():
                (finished / name).write_bytes(content)
            publish(finished, target)
        except TremplinError as error:
            return TaskOutcome(fault=fault_of(error), problems=error.problems)
        except OSError as error:
            raise EnvironmentLacksError(not_written(plan.project.out, error)) from error
        finally:
            for left in self._scratch.glob("old-*"):
                shutil.rmtree(left, ignore_errors=True)
            shutil.rmtree(self._scratch / "finished", ignore_errors=True)
        return outcome

    def _keep(self, task: Task, outcome: TaskOutcome) -> None:
        """Keep the notebook of a report that failed in the person's folder."""
        if notebook := outcome.files.get(FAILED):
            with suppress(InputError):  # meanwhile, somebody put files of their own there
                keep_failed(notebook, self._target(task))

    def _fail(
        self, person: Candidate, fault: Fault, problems: tuple[Problem, ...], key: str | None = None
    ) -> None:
        self.summary.failures.append(Unmade(person.label, fault, problems))
        kind: Literal["failed", "incomplete"] = (
            "incomplete" if fault is Fault.INCOMPLETE else "failed"
        )
        self._ledger.add(kind, id=person.label, fault=fault, key=key)
        event = BatchEvent(kind, person.label, fault=fault, problems=problems)
        self._tell(event, self.summary)


def _sources(project: ProjectFolders) -> Sources:
    """Give what must not be written to; the profiles are checked when they are read."""
    return Sources(Path(), project.notebooks, project.data, project.reports)


def _digest(path: Path) -> str | None:
    """Hash what a report left, or give none where it is gone or unreadable: the portfolio tells whose."""
    try:
        return sha256(path)
    except OSError:
        return None


def _outcome(future: "Future[TaskOutcome]") -> TaskOutcome:
    """Give what came of a task, also where its worker did not live to tell."""
    try:
        found = future.result()
    except KilledWorker:
        return TaskOutcome(fault=Fault.POISON, problems=(Problem.at("batch.workers_died"),))
    except Exception as error:  # noqa: BLE001 - whatever a cluster can raise
        problem = Problem.at("batch.worker_failed", error=type(error).__name__)
        return TaskOutcome(fault=Fault.INFRASTRUCTURE, problems=(problem,))
    return found
