"""
The template process: imports what kernels need, then forks one for whoever asks.

`python -m tremplin.kernels.template SOCKET [NOTEBOOKS]` listens on a Unix socket. Each connection asks for one process
and is its lease: when the asker is gone, so is the process, with its process group. What a cell put into a session
of its own, a browser for instance, is left alone, as by any kernel. The template itself ends when its standard
input does, which its owner holds open.

It stays a single thread that has only imported libraries. A library that has been used may have threads,
and those do not survive a fork: so nothing here computes with polars, and nothing draws a chart.
"""

import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import logging
import multiprocessing.util
import os
import runpy
import selectors
import shutil
import signal
import socket
import sys
import threading
import time
import traceback
import weakref
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
    current: bool = False
    """Whether it reads tremplin's modules anew if one was changed since the template did."""


@dataclass(slots=True)
class Lease:
    """A running process and the connection of the one who asked for it."""

    connection: socket.socket
    pid: int
    ends: float = field(default=float("inf"))
    late: bool = False
    """Whether it was killed when its time was over."""


def main(path: str, notebooks: str | None = None) -> int:
    """Serve until the owner is gone; in a fork, run what was asked for."""
    began = time.time()
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
    child = _Server(listener, began).serve()
    if child is None:
        folder = Path(path).parent
        if folder.name.startswith(HOME):  # made for this template; its owner may have been killed
            shutil.rmtree(folder, ignore_errors=True)
        return 0
    code = 1
    try:
        code = child()
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - as multiprocessing ends its forks
        atexit._run_exitfuncs()  # noqa: SLF001 - idem
        sys.stdout.flush()
        sys.stderr.flush()
    finally:  # to take down all that the template imported would cost each of them a second
        os._exit(code)


class _Server:
    """Forks, watches over the forks, and tells the askers how they end."""

    def __init__(self, listener: socket.socket, began: float) -> None:
        self._listener = listener
        self._began = began
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
        _own_exit_functions()
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
        _set_path(order)
        if order.current:
            _forget_if_changed(self._began)
        if order.megabytes is not None:
            limit_memory(0, order.megabytes)
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
                lease.ends, lease.late = float("inf"), True
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
                tell(lease.connection, exit=os.waitstatus_to_exitcode(status), late=lease.late)
                lease.connection.close()
            if block:
                return


def limit_memory(pid: int, megabytes: int) -> None:
    """Limit what a process, 0 for this one, may ask for; a limit that it has already is kept where that is lower."""
    import resource  # noqa: PLC0415 - Windows has none, and imports this module

    most = resource.prlimit(pid, resource.RLIMIT_DATA)[1]
    limit = megabytes * 2**20
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))


def _own_exit_functions() -> None:
    """Leave to the template what it does at its end, and have this process do what libraries do at the end of any."""
    atexit._clear()  # noqa: SLF001 - as multiprocessing does in its forks
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]  # noqa: SLF001 - idem, for files of the template
    atexit.register(logging.shutdown)
    atexit.register(multiprocessing.util._exit_function)  # type: ignore[attr-defined]  # noqa: SLF001
    atexit.register(weakref.finalize._exitfunc)  # type: ignore[attr-defined]  # noqa: SLF001 - it thinks it is registered


def _set_path(order: Order) -> None:
    """Have modules found where an ordinary process of this order finds them."""
    given = order.environment.get("PYTHONPATH", "").split(os.pathsep)
    first = [str(Path(folder).absolute()) for folder in given if folder]
    sys.path[:] = [*first, *(folder for folder in sys.path if folder not in first)]
    if order.module == KERNEL and not order.environment.get("PYTHONSAFEPATH"):
        # Where IPython puts the working folder, after the standard library: the template's -P keeps it from that.
        names = [Path(folder).name for folder in sys.path]
        sys.path.insert(names.index("site-packages") if "site-packages" in names else 0, "")


def _forget_if_changed(began: float) -> None:
    """Forget tremplin's modules if a file of theirs was changed since then: whoever imports them reads them anew."""
    ours = [name for name in sys.modules if name.partition(".")[0] == "tremplin"]
    files = [getattr(sys.modules[name], "__file__", None) for name in ours]
    if any(_changed(file, began) for file in files if file):
        for name in ours:
            del sys.modules[name]


def _changed(file: str, began: float) -> bool:
    try:
        return Path(file).stat().st_ctime >= began  # not st_mtime, which a copy may bring along
    except OSError:
        return True


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
