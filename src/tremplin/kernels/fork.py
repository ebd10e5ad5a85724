"""
Ask the template process for a process, and handle it as one handles `subprocess.Popen`.
"""

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Self

from tremplin.kernels.template import ADDRESS, HOME, PACKET, Order, limit_memory

START_SECONDS = 60
QUIET = {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
"""For the template: OpenBLAS would make threads when imported, and the debugger of kernels print a warning."""
LONGEST = 80
"""Bytes of a folder's name that leave room for the names of sockets in it: the system allows 107 in all."""


class NoTemplateError(Exception):
    """No process can be forked here; an ordinary one can still be started."""


class Template:
    """
    A template process that belongs to this one and ends with it.

    Args:
        notebooks: a folder whose notebooks its forks will run, to be made ready for.

    """

    def __init__(self, notebooks: Path | None = None) -> None:
        if not sys.platform.startswith("linux"):
            raise NoTemplateError(f"processes are not forked on {sys.platform}")
        self._home = _folder_of_our_own()
        self.address = str(self._home / "template")
        known = [] if notebooks is None else [str(notebooks.resolve())]
        # Its own session, so that a Ctrl-C reaches its owner first.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tremplin.kernels.template", self.address, *known],
            stdin=subprocess.PIPE,
            env=os.environ | QUIET,
            start_new_session=True,
        )
        self._owner = os.getpid()
        atexit.register(self.close)

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


_lock = threading.Lock()
_own: list[Template] = []


def template(notebooks: Path | None = None) -> Template:
    """
    Give this process's template, started when first asked for; who asks early waits less later.

    Raises:
        NoTemplateError: fork is not to be had here.

    """
    with _lock:
        if not _own or not _own[0].alive:
            _own[:] = [Template(notebooks)]
        return _own[0]


def address() -> str:
    """
    Give the address of the template to use: the one that whoever started us has, or our own.

    Raises:
        NoTemplateError: fork is not to be had here.

    """
    inherited = os.environ.get(ADDRESS)
    if inherited and Path(inherited).exists():
        return inherited
    return template().address


class Forked:
    """A process forked from a template; the interface is that of `subprocess.Popen`."""

    stdin: IO[bytes] | None = None
    stdout: IO[bytes] | None = None
    stderr: IO[bytes] | None = None

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.pid = 0
        self.ready = False
        self.late = False
        """Whether it was killed after the seconds that it had."""
        self.returncode: int | None = None

    @classmethod
    def start(  # noqa: PLR0913 - as for Popen, they are named
        cls,
        command: Sequence[str],
        *,
        cwd: str | Path | None = None,
        env: Mapping[str, str] | None = None,
        streams: tuple[int, int, int] = (0, 1, 2),
        seconds: float | None = None,
        megabytes: int | None = None,
        current: bool = False,
    ) -> Self:
        """
        Start `python -m module arguments` and come back when it is ready to be talked to, or has ended.

        Args:
            command: as for `subprocess.Popen`; its second word must be `-m`.
            cwd: its working folder.
            env: its environment.
            streams: the files that become its standard input, output and error.
            seconds: after so long it is killed, with its process group: all that it started but what has begun a
                session of its own.
            megabytes: the memory it may ask for; as much as this process where none is named.
            current: have it read tremplin's modules anew if one was changed since the template did.

        Raises:
            NoTemplateError: the command is none that can be forked, or there is no template.

        """
        if len(command) < 3 or command[1] != "-m":  # noqa: PLR2004 - python -m module
            raise NoTemplateError("only `python -m module` can be forked")
        order = Order(
            module=command[2],
            arguments=list(command[3:]),
            cwd=str(cwd or Path.cwd()),
            environment=dict(os.environ if env is None else env),
            seconds=seconds,
            megabytes=_own_limit() if megabytes is None else megabytes,
            current=current,
        )
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            _connect(connection, address())
            socket.send_fds(connection, [json.dumps(asdict(order)).encode()], list(streams))
        except OSError as error:
            connection.close()
            raise NoTemplateError(f"the template process does not answer: {error}") from error
        forked = cls(connection)
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
            self.late = news.get("late", self.late)
            self.returncode = news.get("exit")
        if self.returncode is not None:
            self._connection.close()


def run_module(  # noqa: PLR0913 - as for subprocess.run, the last is named
    command: Sequence[str],
    cwd: Path,
    env: Mapping[str, str],
    said: int | IO[str],
    seconds: float,
    *,
    megabytes: int | None = None,
) -> int:
    """
    Run `python -m module arguments`, forked from the template where that can be done, and give its exit code.

    Args:
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
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - the device, whatever the system calls it
            quiet = nothing.fileno()
            heard = quiet if isinstance(said, int) else said.fileno()
            streams = (quiet, quiet, heard)
            forked = Forked.start(
                command, cwd=cwd, env=env, streams=streams, seconds=seconds, megabytes=megabytes
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


def _own_limit() -> int | None:
    """Give the memory that this process may ask for: what it starts inherits that, forked or not."""
    import resource  # noqa: PLC0415 - Windows has none, and imports this module

    limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
    return None if limit == resource.RLIM_INFINITY else limit // 2**20


def _connect(connection: socket.socket, path: str) -> None:
    """Connect, and give a template that has just been started the time to listen."""
    ends = time.monotonic() + START_SECONDS
    while True:
        try:
            connection.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            own = next(iter(_own), None)
            starting = own is not None and own.address == path and own.alive
            if not starting or time.monotonic() > ends:
                raise
            time.sleep(0.01)
        else:
            return


def private_folder() -> Path:
    """
    Make a folder that only this user can look into, with a name short enough for sockets in it.

    It lies in the template's own and goes with that at the latest, also when whoever made it is killed.
    """
    with contextlib.suppress(NoTemplateError):
        return Path(tempfile.mkdtemp(prefix="", dir=Path(address()).parent))
    return _folder_of_our_own()


def _folder_of_our_own() -> Path:
    folder = tempfile.mkdtemp(prefix=HOME)
    if len(folder) > LONGEST:
        Path(folder).rmdir()
        folder = tempfile.mkdtemp(prefix=HOME, dir="/tmp")
    return Path(folder)
