"""
Starts a template process, and ends it.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from tremplin.warm.late_polars import ALLOCATOR
from tremplin.warm.order import ADDRESS, HOME

QUIET = {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", **ALLOCATOR}
"""For the template: libraries would make threads when imported, and the debugger of kernels print a warning."""
LONGEST = 80
"""Bytes of a folder's name that leave room for the names of sockets in it: the system allows 107 in all."""


class NoTemplateError(Exception):
    """No process can be forked here; an ordinary one can still be started."""


class Template:
    """
    A template process that belongs to this one and ends with it, at the end of the `with` block at the latest.

    Args:
        notebooks: a folder whose notebooks its forks will run, to be made ready for.

    Raises:
        NoTemplateError: this system does not fork.

    """

    def __init__(self, notebooks: Path | None = None) -> None:
        if not sys.platform.startswith("linux"):
            raise NoTemplateError(f"processes are not forked on {sys.platform}")
        self._home = _folder_of_our_own()
        self.address = str(self._home / "template")
        known = [] if notebooks is None else [str(notebooks.resolve())]
        # It listens from the beginning: who asks while it imports waits.
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(self.address)
            listener.listen(128)
            file = listener.fileno()
            # Its own session, so that a Ctrl-C reaches its owner first.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tremplin.warm.template", str(file), *known],
                stdin=subprocess.PIPE,
                pass_fds=(file,),
                env=os.environ | QUIET,
                start_new_session=True,
            )
        self._owner = os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it still runs and is this process's own, not one that a fork inherited."""
        return self._owner == os.getpid() and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    def close(self) -> None:
        """End it, and every process that it forked."""
        if self._owner != os.getpid():
            return
        stdin = self._process.stdin
        if stdin is not None and not stdin.closed:
            stdin.close()
        self._process.terminate()  # heard only where it has not come to listen to its input
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._home, ignore_errors=True)


def inherited() -> str | None:
    """Give the address of the template that whoever started us has, if any."""
    address = os.environ.get(ADDRESS)
    return address if address and Path(address).exists() else None


def private_folder(address: str | None) -> Path:
    """
    Make a folder that only this user can look into, with a name short enough for sockets in it.

    Where there is a template it lies in the template's own, and goes with that at the latest, also when whoever made it
    is killed.
    """
    if address is not None:
        with contextlib.suppress(OSError):
            return Path(tempfile.mkdtemp(prefix="", dir=Path(address).parent))
    return _folder_of_our_own()


def _folder_of_our_own() -> Path:
    folder = tempfile.mkdtemp(prefix=HOME)
    if len(folder) > LONGEST:
        Path(folder).rmdir()
        folder = tempfile.mkdtemp(prefix=HOME, dir="/tmp")
    return Path(folder)
