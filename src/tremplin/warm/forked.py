"""
Asks a template process for a process, and handles it as one handles `subprocess.Popen`.
"""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Self

from tremplin.warm.order import PACKET, ProcessOrder
from tremplin.warm.owner import NoTemplateError

START_SECONDS = 60


def ask(address: str, order: ProcessOrder, streams: tuple[int, int, int]) -> socket.socket:
    """
    Ask for a process, and give the connection on which the template tells of it and with whose closing it ends.

    Args:
        address: where the template listens.
        order: the process.
        streams: the files that become its standard input, output and error.

    Raises:
        NoTemplateError: there is no template.

    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(address)
        socket.send_fds(connection, [json.dumps(asdict(order)).encode()], list(streams))
    except OSError as error:
        connection.close()
        raise NoTemplateError(f"the template process does not answer: {error}") from error
    return connection


class Forked:
    """A process forked from a template; the interface is that of `subprocess.Popen`."""

    stdin: IO[bytes] | None = None
    stdout: IO[bytes] | None = None
    stderr: IO[bytes] | None = None

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.pid = 0
        self.ready = False
        self.returncode: int | None = None

    @classmethod
    def start(  # noqa: PLR0913 - as for Popen, they are named
        cls,
        address: str,
        command: Sequence[str],
        *,
        cwd: str | Path | None = None,
        env: Mapping[str, str] | None = None,
        streams: tuple[int, int, int] = (0, 1, 2),
        megabytes: int | None = None,
        current: bool = False,
    ) -> Self:
        """
        Start `python -m module arguments` and come back when it is ready to be talked to, or has ended.

        Args:
            address: where the template listens.
            command: as for `subprocess.Popen`; its second word must be `-m`.
            cwd: its working folder.
            env: its environment.
            streams: the files that become its standard input, output and error.
            megabytes: the memory it may ask for; as much as this process where none is named.
            current: have it read tremplin's modules anew if one was changed since the template did.

        Raises:
            NoTemplateError: the command is none that can be forked, or there is no template.

        """
        if len(command) < 3 or command[1] != "-m":  # noqa: PLR2004 - python -m module
            raise NoTemplateError("only `python -m module` can be forked")
        order = ProcessOrder(
            module=command[2],
            arguments=list(command[3:]),
            cwd=str(cwd or Path.cwd()),
            environment=dict(os.environ if env is None else env),
            megabytes=_own_limit() if megabytes is None else megabytes,
            current=current,
        )
        forked = cls(ask(address, order, streams))
        forked._listen(START_SECONDS, until_ready=True)
        if not forked.pid:
            forked._connection.close()
            raise NoTemplateError("the template process ended before it forked")
        return forked

    def poll(self) -> int | None:
        """Give the exit code, or None while it runs."""
        self._listen(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """
        Wait for its end and give the exit code.

        Raises:
            subprocess.TimeoutExpired: it still runs.

        """
        self._listen(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to its process group: all that it started but what has begun a session of its own."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Stop it."""
        self.send_signal(signal.SIGKILL)

    def _listen(self, timeout: float | None, *, until_ready: bool = False) -> None:
        """Hear what the template has to say, until the process ends, or is ready, or time is up."""
        ends = None if timeout is None else time.monotonic() + timeout
        while self.returncode is None and not (until_ready and self.ready and self.pid):
            left = None if ends is None else max(0.0, ends - time.monotonic())
            if not select.select([self._connection], [], [], left)[0]:
                return
            try:
                packet = self._connection.recv(PACKET)
            except OSError:
                packet = b""
            if not packet:  # the template is gone, and so are its forks
                self.returncode = -signal.SIGKILL
                self._connection.close()
                return
            news = json.loads(packet)
            self.pid = news.get("pid", self.pid)
            self.ready = news.get("ready", self.ready)
            self.returncode = news.get("exit")
        if self.returncode is not None:
            self._connection.close()


def _own_limit() -> int | None:
    """Give the memory that this process may ask for: what it starts inherits that, forked or not."""
    import resource  # noqa: PLC0415 - Windows has none, and imports this module

    limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
    return None if limit == resource.RLIM_INFINITY else limit // 2**20
