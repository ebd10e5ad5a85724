"""
A kernel for papermill and nbval: a process of its own for the cells of one notebook, which begins at once.

It is to nbclient and nbval what any Jupyter kernel is, its manager and client in one; `cells` is the program of its process.
"""

import codecs
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, Self

from jupyter_client.session import Session

from tremplin.warm.forked import START_SECONDS
from tremplin.warm.started import start

Message = dict[str, Any]
STREAMS = ("stdout", "stderr")
WRITTEN = struct.Struct("QQ")
"""What comes before each message: how many bytes cells had written to these when it was sent."""
FOREVER = float("inf")
GLANCE = 1.0
"""Seconds after which a silent process is looked at: it may have ended and left its socket to one that it started."""
KILL_SECONDS = 5


class Channel(NamedTuple):
    """One of a kernel's channels, as nbclient reads it."""

    get_msg: Callable[..., Message]


class Stream:
    """A file that cells write to, as far as it was read."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name = name
        self._file = file.fileno()
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def size(self) -> int:
        """The bytes that it has."""
        return os.fstat(self._file).st_size

    def read(self, size: int) -> str:
        """Give what is new in its first bytes, `size` of them."""
        new = os.pread(self._file, max(0, size - self._read), self._read)
        self._read += len(new)
        return self._decoder.decode(new)


class CellKernel:
    """
    A process that runs cells, and what they say.

    Args:
        address: where the template listens that it is forked from; without one an ordinary process is started.
        cwd: its working folder.
        env: its environment.
        megabytes: the memory that it may ask for; as much as this process where none is named.
        seconds: how long it may live.
        cell_seconds: how long nbclient lets a cell run.
        extensions: modules that IPython loads as its extensions.

    """

    has_kernel = True

    def __init__(  # noqa: PLR0913 - they are named
        self,
        address: str | None,
        *,
        cwd: Path,
        env: Mapping[str, str],
        megabytes: int | None = None,
        seconds: float = FOREVER,
        cell_seconds: float = FOREVER,
        extensions: Sequence[str] = (),
    ) -> None:
        self._cell_seconds = cell_seconds
        self._ends = time.monotonic() + seconds
        self._asked = time.monotonic()
        self._request: Message = {}
        self._session = Session()
        self._replies: deque[Message] = deque()
        self._published: deque[Message] = deque()
        self._silent = False
        self.iopub_channel = Channel(self._publication)
        self.shell_channel = Channel(self._reply)
        with ExitStack() as resources:
            stdout, stderr = (resources.enter_context(_file()) for _ in STREAMS)
            self._streams = (Stream("stdout", stdout), Stream("stderr", stderr))
            ours, theirs = socket.socketpair()
            self._socket = resources.enter_context(Connection(ours.detach()))
            with theirs:
                self._process = start(
                    address,
                    [sys.executable, "-m", "tremplin.warm.cells", *extensions],
                    cwd=cwd,
                    env=env,
                    streams=(theirs.fileno(), stdout.fileno(), stderr.fileno()),
                    megabytes=megabytes,
                )
            self._resources = resources.pop_all()

    def __enter__(self) -> Self:
        try:
            self.wait_for_ready(START_SECONDS)
        except BaseException:
            self.shutdown_kernel()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown_kernel()

    def client(self) -> Self:
        """Give what talks to it, which is itself."""
        return self

    def start_channels(self) -> None:
        """Do nothing: they are open until it is shut down."""

    stop_channels = cleanup_resources = start_channels

    def wait_for_ready(self, timeout: float) -> None:
        """
        Wait until it answers.

        Raises:
            RuntimeError: it has ended, or does not.

        """
        self.kernel_info()
        try:
            self._reply(timeout)
        except Empty:
            raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds") from None
        self._published.clear()

    def is_alive(self) -> bool:
        """Whether its process runs."""
        return not self._silent and self._process.poll() is None

    def interrupt_kernel(self) -> None:
        """Raise KeyboardInterrupt in the cell that runs."""
        self._process.send_signal(signal.SIGINT)

    def shutdown_kernel(self, *, now: bool = True) -> None:  # noqa: ARG002 - as nbval calls it
        """End its process and what that started."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(KILL_SECONDS)
        self._resources.close()

    def kernel_info(self) -> str:
        """Ask what it is, and give the id of the question."""
        return self._ask("kernel_info_request", {})

    def execute(
        self,
        code: str,
        *,
        store_history: bool = True,
        allow_stdin: bool | None = None,  # noqa: ARG002 - nobody is there to answer
        stop_on_error: bool = True,
    ) -> str:
        """Have it run a cell, and give the id of the request."""
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": stop_on_error,
        }
        return self._ask("execute_request", content)

    def get_shell_msg(self, timeout: float) -> Message:
        """
        Give nbval the next reply.

        Raises:
            Empty: there is none after so many seconds.
            RuntimeError: its process has ended.

        """
        return self._next(self._replies, timeout)

    def get_iopub_msg(self, timeout: float) -> Message:
        """Give nbval the next message of what a cell gives, as `get_shell_msg` does."""
        return self._next(self._published, timeout)

    def _publication(self, timeout: float | None = None) -> Message:  # noqa: ARG002 - nbclient has none
        """Give nbclient what a cell gives; where its time is over, or the process has ended, it is idle."""
        try:
            return self._next(self._published, self._left(self._cell_seconds))
        except (Empty, RuntimeError):  # which the reply tells
            return self._message("status", {"execution_state": "idle"})

    def _reply(self, timeout: float | None = None) -> Message:
        """Give nbclient the next reply, within these seconds after the request, as `get_shell_msg` does."""
        return self._next(self._replies, self._left(FOREVER if timeout is None else timeout))

    def _left(self, seconds: float) -> float:
        return max(0.0, self._asked + seconds - time.monotonic())

    def _ask(self, kind: str, content: Message) -> str:
        self._request = self._session.msg(kind, content)
        self._asked = time.monotonic()
        with suppress(OSError):  # it has ended, as whoever waits for its answer hears
            self._socket.send_bytes(self._session.pack(self._request))
        return str(self._request["msg_id"])

    def _next(self, messages: deque[Message], seconds: float) -> Message:
        ends = time.monotonic() + seconds
        while not messages:
            if self._silent:
                raise RuntimeError("Kernel died")
            self._hear(min(ends, self._ends))
            if not messages and time.monotonic() >= ends:
                raise Empty
        return messages.popleft()

    def _hear(self, ends: float) -> None:
        """Take in one message, or that there will be none, or nothing."""
        left = max(0.0, ends - time.monotonic())
        try:
            if self._socket.poll(min(left, GLANCE)):
                packet = self._socket.recv_bytes()
            elif time.monotonic() >= self._ends:
                self._process.kill()
                return
            elif self._process.poll() is None:
                return
            else:
                packet = b""
        except (EOFError, OSError):
            packet = b""
        if not packet:
            self._silent = True
            self._take_written([stream.size for stream in self._streams])
            return
        message = self._session.unpack(packet[WRITTEN.size :])
        self._take_written(WRITTEN.unpack_from(packet))
        is_reply = message["msg_type"].endswith("_reply")
        (self._replies if is_reply else self._published).append(message)

    def _take_written(self, sizes: Sequence[int]) -> None:
        """Make messages of what was written up to here."""
        for stream, size in zip(self._streams, sizes, strict=True):
            if text := stream.read(size):
                content = {"name": stream.name, "text": text}
                self._published.append(self._message("stream", content))

    def _message(self, kind: str, content: Message) -> Message:
        return self._session.msg(kind, content, self._request)


def _file() -> IO[bytes]:
    """Open a file that has no name and, where that can be, no place on a disk."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("written"), "r+b")
    return TemporaryFile()
