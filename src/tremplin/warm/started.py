"""
Processes: forked from a template where one answers, and started the ordinary way elsewhere.
"""

import contextlib
import logging
import multiprocessing
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tremplin.warm.forked import Forked
from tremplin.warm.order import limit_memory
from tremplin.warm.owner import NoTemplateError

Process = Forked | subprocess.Popen[bytes]
_log = logging.getLogger(__name__)


def start(  # noqa: PLR0913 - they are named
    address: str | None,
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    streams: tuple[int, int, int],
    megabytes: int | None = None,
) -> Process:
    """
    Start `python -m module arguments`.

    Args:
        address: where a template listens; without one an ordinary process is started.
        command: as for `subprocess.Popen`.
        cwd: its working folder.
        env: its environment.
        streams: the files that become its standard input, output and error.
        megabytes: the memory that it may ask for, and each process that it starts; as much as this process where none
            is named.

    """
    try:
        if address is None:
            raise NoTemplateError("there is no template")  # noqa: TRY301 - one place falls back
        return Forked.start(
            address, command, cwd=cwd, env=env, streams=streams, megabytes=megabytes
        )
    except NoTemplateError as reason:
        _say_slower_once(str(reason))
    stdin, stdout, stderr = streams
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,  # so that a Ctrl-C reaches us first
    )
    if megabytes is not None and sys.platform.startswith("linux"):
        with contextlib.suppress(ProcessLookupError):  # it has ended already
            limit_memory(process.pid, megabytes)
    return process


def say_slower(reason: str) -> None:
    """Say why nothing is forked; of a batch, whoever started its workers says it for them."""
    if multiprocessing.parent_process() is None:
        # Not Jupyter's log, which without a server nobody sees; Python shows this one on stderr at the least.
        _log.warning("Ordinary processes are started, which takes longer: %s.", reason)


_say_slower_once = cache(say_slower)
