"""
Processes that cannot be forked.
"""

import contextlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from tremplin.warm.order import limit_memory


def run_ordinarily(  # noqa: PLR0913, PLR0917 - as for `Machine.run_module`
    command: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    said: int | IO[str],
    seconds: float,
    megabytes: int | None,
) -> int:
    """Run a command to its end, as `Machine.run_module` does."""
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
