"""
The workers: a cluster of this machine's cores, or any other that a scheduler leads.
"""

import logging
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from urllib.parse import urlsplit

import dask
from distributed import Client, LocalCluster, WorkerPlugin
from distributed.comm.core import CommClosedError

from tremplin.errors import EnvironmentLacksError, Phrase

CONNECT_SECONDS = 10
LONGEST_GREETING = 2**16
EQUIP_TRIES = 5
WAIT_SECONDS = 60
HERE = "127.0.0.1"
SETTINGS: Mapping[str, object] = {
    # A task that took two workers down is not given to a third.
    "distributed.scheduler.allowed-failures": 1,
    # A machine that slept for an hour has not lost its workers: who is dead is told by their processes, not by the clock.
    "distributed.scheduler.worker-ttl": None,
    # People's data stay in memory: no worker writes them to a disk to make room.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.admin.tick.limit": "1 minute",
    # Scheduler and workers listen for browsers even without a dashboard: they are told nothing.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # A hundred times a second Dask would note what each thread is doing, and keep it for a dashboard that nobody sees.
    "distributed.worker.profile.enabled": False,
    # glibc keeps memory apart for each thread; a worker's many short ones would make it grow with each report.
    "distributed.nanny.pre-spawn-environ.MALLOC_ARENA_MAX": 1,
    # Tables are small there: a thread a core in each worker would only be in the way of the others.
    "distributed.nanny.pre-spawn-environ.POLARS_MAX_THREADS": 1,
}


@contextmanager
def workers(scheduler: str | None, jobs: int, scratch: Path) -> Iterator[Client]:
    """
    Connect to a scheduler, or start as many workers of our own.

    Args:
        scheduler: the address of one that runs already.
        jobs: workers to start where there is none.
        scratch: a private folder for them.

    Raises:
        EnvironmentLacksError: there is no scheduler at the address, it has no worker, or ours did not start.

    """
    if scheduler is not None:
        with _connected(scheduler) as client:
            yield client
        return
    # What a worker that is killed leaves unfinished is told by the batch, not by asyncio.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    with (
        dask.config.set({**SETTINGS, "temporary-directory": str(scratch)}),
        _started(jobs, scratch) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _deaf_to_interrupts() -> None:
    """
    Keep Ctrl-C from this thread and the processes that it starts: a terminal sends it to all, and the client alone ends the batch.

    What a thread does not hear is handed on to its threads and processes; kernels open their ears again.
    """
    resource_tracker.ensure_running()  # whoever starts it first hears again afterwards
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _started(jobs: int, scratch: Path) -> LocalCluster:
    # Another thread starts them, so that this one hears meanwhile.
    with ThreadPoolExecutor(1, initializer=_deaf_to_interrupts) as starter:
        starting = starter.submit(_cluster, jobs, scratch)
        try:
            return starting.result()
        except RuntimeError as error:
            raise EnvironmentLacksError.at("batch.worker_stopped", reason=str(error)) from error
        except (KeyboardInterrupt, SystemExit):
            with suppress(RuntimeError):
                starting.result().close()
            raise


def _cluster(jobs: int, scratch: Path) -> LocalCluster:
    return LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        processes=True,
        security=True,  # or every user of this machine could send work to it
        dashboard_address=None,
        # Any free port: on the usual one another batch may be at work.
        scheduler_kwargs={"dashboard_address": (HERE, 0)},
        memory_limit=0,  # what a report needs is its kernel's, and that has a limit of its own
        local_directory=str(scratch),
        silence_logs=logging.CRITICAL,
    )


def equip(client: Client, plugin: WorkerPlugin) -> None:
    """
    Give every worker a plugin, those that come later too.

    Raises:
        EnvironmentLacksError: workers keep stopping meanwhile.

    """
    for _ in range(EQUIP_TRIES):
        try:
            client.register_plugin(plugin)
        except CommClosedError:  # one stopped just then: another takes its place
            time.sleep(1)
        else:
            return
    raise EnvironmentLacksError.at("batch.workers_stop")


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    _knock(scheduler)
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS)
    except TypeError as error:  # how Dask says so
        raise EnvironmentLacksError.at("batch.no_certificates", scheduler=scheduler) from error
    except (OSError, ValueError) as error:
        raise EnvironmentLacksError.at("batch.no_scheduler", scheduler=scheduler) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError:
            raise EnvironmentLacksError.at("batch.no_worker", scheduler=scheduler) from None
        yield client


def _knock(scheduler: str) -> None:
    """Tell at once where nobody is, or somebody else: Dask would go on asking, or wait for ever."""
    place = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
    try:
        with socket.create_connection((place.hostname, place.port), CONNECT_SECONDS) as there:
            greeting = b""
            with suppress(TimeoutError):  # a scheduler speaks first: the length of its greeting
                greeting = there.recv(8) if place.scheme == "tcp" else b""
    except OSError as error:
        reason = Phrase(error.strerror or error)
        raise EnvironmentLacksError.at(
            "batch.no_scheduler", scheduler=scheduler, reason=reason
        ) from error
    if (
        place.scheme == "tcp"
        and not 0 < int.from_bytes(greeting.ljust(8, b"?"), "little") < LONGEST_GREETING
    ):
        reason = Phrase("what is there is something else")
        raise EnvironmentLacksError.at("batch.no_scheduler", scheduler=scheduler, reason=reason)
