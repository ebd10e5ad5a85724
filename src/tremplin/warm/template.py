"""
The template process: imports what its forks need, then forks one for whoever asks.

`python -m tremplin.warm.template FILE [NOTEBOOKS]` accepts on a Unix socket that its owner has open as that file. Each connection
asks for one process and is its lease: when the asker is gone, so is the process, with its process group. What a cell put into a
session of its own, a browser for instance, is left alone, as by any kernel. The template itself ends when its standard
input does, which its owner holds open.

It stays a single thread that has only imported libraries: threads do not survive a fork, and what they held stays locked. So nothing
here computes with polars, and nothing draws a chart.
"""

import contextlib
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tremplin.warm import late_polars
from tremplin.warm.child import live
from tremplin.warm.order import HOME, PACKET, ProcessOrder, tell

MODULES = (
    "tremplin.late_grammar",
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
    "tremplin.warm.cells",
    "nbval.plugin",
    "tremplin.warm.nbval_cells",
    "pytest",
    "typst",
    "tremplin.notebook.report",
    "tremplin.notebook.charts",
)
"""Imported before the first fork; all else that these need comes with them."""
OWNER = 0


@dataclass(slots=True)
class Lease:
    """A running process and the connection of the one who asked for it."""

    connection: socket.socket
    pid: int


def main(file: str, notebooks: str | None = None) -> int:
    """Serve until the owner is gone."""
    began = time.time()
    listener = socket.socket(fileno=int(file))
    late_polars.import_without_threads()
    for module in MODULES:
        importlib.import_module(module)
    if notebooks is not None:
        importlib.import_module("tremplin.notebook.warm").warm(Path(notebooks).glob("*.ipynb"))
    gc.collect()
    gc.freeze()  # or the collector would write to, and so copy, every page that forks share
    _Server(listener, began).serve()
    home = Path(listener.getsockname()).parent
    if home.name.startswith(HOME):  # made for this template; its owner may have been killed
        shutil.rmtree(home, ignore_errors=True)
    return 0


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

    def serve(self) -> None:
        """Come back when the owner is gone."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the owner's to answer
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # for those that still import
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        self._selector.register(OWNER, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._selector.register(self._listener, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj == OWNER:
                    if not os.read(OWNER, 1):
                        self._kill_all()
                        return
                elif key.fileobj is self._woken:
                    with contextlib.suppress(BlockingIOError):
                        self._woken.recv(PACKET)
                elif key.fileobj is self._listener:
                    connection, _ = self._listener.accept()
                    self._selector.register(connection, selectors.EVENT_READ)
                elif key.data is None:
                    self._answer(_socket(key.fileobj))
                else:  # the one who leased it is gone: a leaseholder has nothing more to say
                    self._kill(key.data)
                    self._selector.unregister(key.fileobj)
            self._reap()

    def _answer(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        packet, streams, _, _ = socket.recv_fds(connection, PACKET, 3)
        if not packet:
            connection.close()
            return
        order = ProcessOrder(**json.loads(packet))
        pid = os.fork()
        if pid == 0:
            address = self._listener.getsockname()
            self._let_go()
            live(order, streams, connection, address, self._began)
        for stream in streams:
            os.close(stream)
        lease = Lease(connection, pid)
        self._leases[pid] = lease
        self._selector.register(connection, selectors.EVENT_READ, lease)
        tell(connection, pid=pid)

    def _let_go(self) -> None:
        """In a fork: close what is the template's."""
        signal.set_wakeup_fd(-1)
        self._selector.close()
        for end in (self._listener, self._woken, self._wake):
            end.close()
        for lease in self._leases.values():
            lease.connection.close()

    def _kill(self, lease: Lease) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(lease.pid, signal.SIGKILL)

    def _kill_all(self) -> None:
        for lease in self._leases.values():
            self._kill(lease)
        while self._leases:
            self._reap(block=True)

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


def _socket(file: object) -> socket.socket:
    if not isinstance(file, socket.socket):
        raise TypeError(file)
    return file


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
