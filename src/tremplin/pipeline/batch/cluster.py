"""
The workers: a cluster of this machine's cores, or any other that a scheduler leads.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import Client, LocalCluster

from tremplin.errors import EnvironmentLacksError

CONNECT_SECONDS = 10
WAIT_SECONDS = 60
HERE = "127.0.0.1"
SETTINGS = {
    # A task that took two workers down is not given to a third.
    "distributed.scheduler.allowed-failures": 1,
    # People's data stay in memory: no worker writes them to a disk to make room.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.admin.tick.limit": "1 minute",
    # Scheduler and workers listen for browsers even without a dashboard: they are told nothing.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
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
        EnvironmentLacksError: there is no scheduler at the address, or it has no worker.

    """
    if scheduler is not None:
        with _connected(scheduler) as client:
            yield client
        return
    with (
        dask.config.set({**SETTINGS, "temporary-directory": str(scratch)}),
        LocalCluster(
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
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise EnvironmentLacksError(f"no Dask scheduler answers at {scheduler}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError:
            raise EnvironmentLacksError(
                f"the scheduler at {scheduler} has no worker: start one with `dask worker {scheduler}`"
            ) from None
        yield client
