"""
What a place must have for a report to be made there, told in a line before the work begins rather than found out half way.

It imports next to nothing: where memory is short, the libraries of a report cannot even be imported.
"""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tremplin.errors import EnvironmentLacksError, Phrase, Problem

MEGABYTE = 2**20
GROUPS = Path("/sys/fs/cgroup")
OF_GROUP = {"": "memory.max", "memory": "memory/memory.limit_in_bytes"}
"""Where a container reads what it was given, by its kind of control group: version 2, and version 1."""
HERE = "127.0.0.1"
LENT = "tremplin-home-"
"""How a home folder is called that is lent to an account without one."""
DISK = 50
"""Megabytes that must be free where reports go: a report is made of a copy of the project, and takes the place of the one before."""


@dataclass(frozen=True, slots=True)
class Need:
    """What must be there, in MiB and in open files; measured, with a tenth to spare."""

    memory: int
    """Of the machine, or of the container."""
    data: int
    """Of a process, by `ulimit -d`: more than it fills."""
    addresses: int | None
    """Of a process, by `ulimit -v`; None where a limit of any size is too low."""
    files: int


ANY = Need(memory=200, data=384, addresses=1536, files=32)
"""For any command that computes."""
REPORT = Need(memory=400, data=704, addresses=None, files=72)
"""To make a report: the program that draws charts reserves more addresses than there is memory in the world."""
WORKER_MEMORY, WORKER_FILES = 400, 24
"""What each worker of a batch adds."""


def of_batch(jobs: int) -> Need:
    """Give what a batch with so many workers on this machine needs; what workers elsewhere do, they find there."""
    if not jobs:
        return replace(ANY, files=REPORT.files)
    memory, files = ANY.memory + jobs * WORKER_MEMORY, REPORT.files + jobs * WORKER_FILES
    return replace(REPORT, memory=memory, files=files)


def lacking(need: Need) -> Iterator[Problem]:
    """Tell what a process of this place lacks."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    memory = memory_here()
    if memory is not None and memory < need.memory:
        yield Problem.at("place.memory", there=memory, needed=need.memory)
    data = _megabytes(resource.getrlimit(resource.RLIMIT_DATA)[0])
    if data is not None and data < need.data:
        yield Problem.at("place.data_limit", there=data, needed=need.data)
    addresses = _megabytes(resource.getrlimit(resource.RLIMIT_AS)[0])
    if addresses is not None and (need.addresses is None or addresses < need.addresses):
        yield Problem.at("place.address_limit", there=addresses, needed=need.addresses)
    if (files := open_files()) < need.files:
        yield Problem.at("place.open_files", there=files, needed=need.files)


def check(need: Need, *others: Problem | None) -> None:
    """
    Stop before work that cannot come to its end.

    Raises:
        EnvironmentLacksError: the place lacks something.

    """
    found = [*lacking(need), *(problem for problem in others if problem is not None)]
    if found:
        raise EnvironmentLacksError(*found)


def no_loopback() -> Problem | None:
    """Tell if this machine cannot talk to itself, as the workers of a batch do."""
    try:
        with socket.create_server((HERE, 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError as error:
        return Problem.at("place.no_loopback", reason=Phrase(error.strerror or error))
    return None


def not_writable(folder: Path) -> Problem | None:
    """Tell if no file can be made in a folder, or in the one above where it is not there yet."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b" ")
    except OSError as error:
        return Problem.at("place.not_writable", folder=str(folder), reason=Phrase(error.strerror))
    free = shutil.disk_usage(there).free // MEGABYTE
    if free < DISK:
        return Problem.at("place.disk", folder=str(folder), there=free, needed=DISK)
    return None


def memory_here() -> int | None:
    """Give the MiB of memory of this machine or container, whichever is less."""
    known = [one for one in (_page_bytes(), *_group_bytes()) if one is not None]
    return min(known) // MEGABYTE if known else None


def open_files() -> int:
    """Give how many files a process may have open; a limit that anyone may raise is raised."""
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(hard, 4096) if hard != resource.RLIM_INFINITY else 4096
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return soft if soft != resource.RLIM_INFINITY else sys.maxsize


def cores() -> int:
    """Count the cores that this process may use, as far as its memory has room for a worker on each."""
    if hasattr(os, "sched_getaffinity"):
        usable = len(os.sched_getaffinity(0))
    else:
        usable = os.cpu_count() or 1
    memory = memory_here()
    room = usable if memory is None else (memory - ANY.memory) // WORKER_MEMORY
    return max(1, min(usable, room))


def _group_bytes() -> Iterator[int]:
    """Give the limits of the control groups that this process is in, as it is told of them."""
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for kind, name in (line.split(":", 2)[1:] for line in lines):
        if kind in OF_GROUP:
            folder, file = (GROUPS / OF_GROUP[kind]).parent, Path(OF_GROUP[kind]).name
            for group in (folder / name.strip("/"), folder):
                with suppress(OSError, ValueError):  # there is none, or it says `max`
                    yield int((group / file).read_text(encoding="ascii"))


def _page_bytes() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def _megabytes(limit: int) -> int | None:
    """Give a limit in MiB, or None where there is none."""
    return None if limit < 0 or limit > 2**62 else limit // MEGABYTE
