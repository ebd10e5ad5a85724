"""
Runs `python -m module` to its end: forked where that can be done, the ordinary way elsewhere.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from tremplin.warm.forked import Forked
from tremplin.warm.order import limit_memory
from tremplin.warm.owner import NoTemplateError


def run_module(  # noqa: PLR0913, PLR0917 - as for subprocess.run, the last is named
    address: str | None,
    command: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    said: int | IO[str],
    seconds: float,
    *,
    megabytes: int | None = None,
) -> int:
    """
    Run `python -m module arguments` and give its exit code.

    Args:
        address: where the template listens, if there is one.
        command: as for `subprocess.run`.
        cwd: its working folder.
        env: its environment.
        said: where its error output goes, as for `subprocess.run`; its output goes nowhere.
        seconds: how long it may take.
        megabytes: the memory that it may ask for, and each process that it starts.

    Raises:
        subprocess.TimeoutExpired: it takes longer.

    """
    try:
        if address is None:
            raise NoTemplateError("there is no template")  # noqa: TRY301 - one place falls back
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - the device, whatever the system calls it
            quiet = nothing.fileno()
            heard = quiet if isinstance(said, int) else said.fileno()
            streams = (quiet, quiet, heard)
            forked = Forked.start(
                address,
                command,
                cwd=cwd,
                env=env,
                streams=streams,
                seconds=seconds,
                megabytes=megabytes,
            )
    except NoTemplateError:
        return _run_ordinarily(command, cwd, env, said, seconds, megabytes)
    code = forked.wait(seconds + 1)
    if forked.late:
        raise subprocess.TimeoutExpired(command, seconds)
    return code


def _run_ordinarily(  # noqa: PLR0913, PLR0917 - as for run_module
    command: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    said: int | IO[str],
    seconds: float,
    megabytes: int | None,
) -> int:
    devnull = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdin=devnull, stdout=devnull, stderr=said
    ) as process:
        limit_ordinary(process.pid, megabytes)
        try:
            return process.wait(seconds)
        except BaseException:  # as subprocess.run: whoever no longer waits leaves nothing running
            process.kill()
            raise


def limit_ordinary(pid: int, megabytes: int | None) -> None:
    """Limit the memory of a process that could not be forked, where the system can do that to another."""
    if megabytes is not None and sys.platform.startswith("linux"):
        with contextlib.suppress(ProcessLookupError):  # it has ended already
            limit_memory(pid, megabytes)
