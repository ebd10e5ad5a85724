"""
The template process: imports what kernels need, then forks one for whoever asks.

`python -m tremplin.kernels.template SOCKET [NOTEBOOKS]` listens on a Unix socket. Each connection asks for one process
and is its lease: when the asker is gone, so is the process, with all that it started. The template itself
ends when its standard input does, which its owner holds open.

It stays a single thread that has only imported libraries. A library that has been used may have threads,
and those do not survive a fork: so nothing here computes with polars, and nothing draws a chart.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import resource
import runpy
import selectors
import shutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KERNEL = "ipykernel_launcher"
ADDRESS = "TREMPLIN_TEMPLATE"
"""The variable that tells a fork, and what it starts, where its template listens."""
MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipykernel.displayhook",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "numpy.ma",
    "nbformat",
    "nbval.plugin",
    "pytest",
    "typst",
    "tremplin.notebook",
    "tremplin.notebook.charts",
)
"""Imported before the first fork; all else that these need comes with them."""
OWNER = 0
HOME = "tremplin-"
"""How the names of private folders begin."""
PACKET = 1 << 20
PR_SET_PDEATHSIG = 1

Child = Callable[[], int]


@dataclass(slots=True)
class Order:
    """A process that was asked for: `python -m module arguments` in a folder, with limits."""

    module: str
    arguments: list[str]
    cwd: str
    environment: dict[str, str]
    seconds: float | None = None
    """After so long it is killed."""
    megabytes: int | None = None
    """So much memory it may ask for; more is a MemoryError."""


@dataclass(slots=True)
class Lease:
    """A running process and the connection of the one who asked for it."""

    connection: socket.socket
    pid: int
    ends: float = field(default=float("inf"))


def main(path: str, notebooks: str | None = None) -> int:
    """Serve until the owner is gone; in a fork, run what was asked for."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(path)
    listener.listen(128)  # who asks while we import waits
    for module in MODULES:
        importlib.import_module(module)
    # nbval lays out every message for a log that nobody keeps, which takes longer than the cells.
    vars(importlib.import_module("nbval.kernel"))["pformat"] = id
    if notebooks is not None:
        importlib.import_module("tremplin.notebook.warm").warm(Path(notebooks).glob("*.ipynb"))
    gc.collect()
    gc.freeze()  # or the collector would write to, and so copy, every page that forks share
    child = _Server(listener).serve()
    if child is None:
        folder = Path(path).parent
        if folder.name.startswith(HOME):  # made for this template; its owner may have been killed
            shutil.rmtree(folder, ignore_errors=True)
        return 0
    code = child()
    sys.stdout.flush()
    sys.stderr.flush()
    # As multiprocessing ends its forks: to take down all that the template imported would cost each of them a second.
    os._exit(code)


class _Server:
    """Forks, watches over the forks, and tells the askers how they end."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._leases: dict[int, Lease] = {}
        self._selector = selectors.DefaultSelector()
        self._woken, self._wake = socket.socketpair()
        for end in (self._woken, self._wake):
            end.settimeout(0)

    def serve(self) -> Child | None:
        """Give None when the owner is gone, or, in a fork, what it has to do."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the owner's to answer
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # for those that still import
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        self._selector.register(OWNER, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._selector.register(self._listener, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select(self._patience()):
                if key.fileobj == OWNER:
                    if not os.read(OWNER, 1):
                        self._kill_all()
                        return None
                elif key.fileobj is self._woken:
                    with contextlib.suppress(BlockingIOError):
                        self._woken.recv(PACKET)
                elif key.fileobj is self._listener:
                    connection, _ = self._listener.accept()
                    self._selector.register(connection, selectors.EVENT_READ)
                elif key.data is None:
                    child = self._answer(_socket(key.fileobj))
                    if child is not None:
                        return child
                else:  # the one who leased it is gone: a leaseholder has nothing more to say
                    self._kill(key.data)
                    self._selector.unregister(key.fileobj)
            self._reap()
            self._enforce()

    def _patience(self) -> float | None:
        ends = min((lease.ends for lease in self._leases.values()), default=float("inf"))
        return None if ends == float("inf") else max(0.0, ends - time.monotonic())

    def _answer(self, connection: socket.socket) -> Child | None:
        self._selector.unregister(connection)
        packet, streams, _, _ = socket.recv_fds(connection, PACKET, 3)
        if not packet:
            connection.close()
            return None
        order = Order(**json.loads(packet))
        pid = os.fork()
        if pid == 0:
            return self._become(order, streams, connection)
        for stream in streams:
            os.close(stream)
        lease = Lease(connection, pid)
        if order.seconds is not None:
            lease.ends = time.monotonic() + order.seconds
        self._leases[pid] = lease
        self._selector.register(connection, selectors.EVENT_READ, lease)
        tell(connection, pid=pid)
        return None

    def _become(self, order: Order, streams: list[int], connection: socket.socket) -> Child:
        """Turn the fork into a process of its own, which holds nothing of the template's."""
        address = self._listener.getsockname()
        os.setsid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self._selector.close()
        for end in (self._listener, self._woken, self._wake):
            end.close()
        for lease in self._leases.values():
            lease.connection.close()
        for target, stream in enumerate(streams):
            os.dup2(stream, target)
            os.close(stream)
        os.environ.clear()
        os.environ.update(order.environment)
        os.environ[ADDRESS] = address  # what it starts is forked here as well
        os.environ["JPY_PARENT_PID"] = str(
            os.getppid()
        )  # a kernel ends with its parent, and is no one's terminal
        os.chdir(order.cwd)
        if order.megabytes is not None:
            limit = order.megabytes * 2**20
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()  # or all forks would draw the same
        return lambda: _run(order, connection)

    def _kill(self, lease: Lease) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(lease.pid, signal.SIGKILL)

    def _kill_all(self) -> None:
        for lease in self._leases.values():
            self._kill(lease)
        while self._leases:
            self._reap(block=True)

    def _enforce(self) -> None:
        now = time.monotonic()
        for lease in self._leases.values():
            if lease.ends <= now:
                lease.ends = float("inf")
                self._kill(lease)

    def _reap(self, *, block: bool = False) -> None:
        """Tell how processes ended. What they left running is killed before their number can be anyone else's."""
        while self._leases:
            look = os.WEXITED | os.WNOWAIT | (0 if block else os.WNOHANG)
            found = os.waitid(os.P_ALL, 0, look)
            if found is None:
                return
            lease = self._leases.pop(found.si_pid, None)
            if lease is not None:
                self._kill(lease)
            _, status = os.waitpid(found.si_pid, 0)
            if lease is not None:
                with contextlib.suppress(KeyError):
                    self._selector.unregister(lease.connection)
                tell(lease.connection, exit=os.waitstatus_to_exitcode(status))
                lease.connection.close()
            if block:
                return


def _run(order: Order, connection: socket.socket) -> int:
    """Do in this process what `python -m module arguments` would do, and give its exit code."""
    sys.argv = [order.module, *order.arguments]
    try:
        if order.module == KERNEL:
            _kernel(order.arguments, connection)
        else:
            tell(connection, ready=True)
            connection.close()
            runpy.run_module(order.module, run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - the last one to tell, as the interpreter is for a main module
        traceback.print_exc()
        return 1
    return 0


def _kernel(arguments: list[str], connection: socket.socket) -> None:
    """Start a kernel and say when its sockets are there: who connects earlier waits longer."""
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - imported before the fork

    app = IPKernelApp.instance()
    ours = [
        # What is typed into a kernel that lives for one notebook is nobody else's.
        "--HistoryManager.hist_file=:memory:",
        # It ends with its parent, and is no one's terminal.
        f"--IPKernelApp.parent_handle={os.getppid()}",
    ]
    app.initialize(list(dict.fromkeys([*arguments, *ours])))
    tell(connection, ready=True)
    connection.close()
    app.start()


def tell(connection: socket.socket, **news: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Send one message; who no longer listens misses it."""
    with contextlib.suppress(OSError):
        connection.send(json.dumps(news).encode())


def _socket(file: object) -> socket.socket:
    if not isinstance(file, socket.socket):
        raise TypeError(file)
    return file


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
