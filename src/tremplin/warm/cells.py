"""
The process that runs the cells of one notebook: IPython's kernel, with one socket in the place of ZeroMQ's five.

`python -m tremplin.warm.cells [EXTENSION…]` answers on a socket that is its standard input, and loads these extensions of IPython.
What cells write lands in the files that are its standard output and error; each message tells how long they were.
`cell_kernel` starts it and talks to it.
"""

import asyncio
import logging
import os
import signal
import sys
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.parentpoller import ParentPollerUnix
from jupyter_client.session import Session
from traitlets import Instance
from traitlets.config import Config

from tremplin.warm.cell_kernel import STREAMS, WRITTEN
from tremplin.warm.child import find_modules_beside


class OneSocket(Session):
    """Sends the messages of all of a kernel's channels over one connection, each as jupyter_client writes it."""

    connection = Instance(Connection)

    def send(
        self,
        stream: object,  # noqa: ARG002 - the channel
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        *_: object,
        **__: object,
    ) -> dict[str, Any]:
        """Send a message."""
        message: dict[str, Any]
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent)
        else:
            message = msg_or_type
        for name in STREAMS:
            getattr(sys, name).flush()
        written = WRITTEN.pack(*(os.fstat(file).st_size for file in (1, 2)))
        self.connection.send_bytes(written + self.pack(message))
        return message


class OneRequestKernel(IPythonKernel):
    """A kernel that is asked for one thing after the other, so that an error leaves nothing to be given up."""

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        pass


def main(*extensions: str) -> None:
    """Answer until nobody can ask any more, or a cell ends this process."""
    asker = Connection(os.dup(0))
    _redirect()
    find_modules_beside()
    ParentPollerUnix(parent_pid=os.getppid()).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    session = OneSocket(connection=asker)
    kernel = _kernel(session)
    shell: Any = kernel.shell
    for name in extensions:
        shell.extension_manager.load_extension(name)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    while not shell.exit_now:
        try:
            request = session.unpack(asker.recv_bytes())
        except EOFError:
            return
        loop.run_until_complete(_answer(kernel, request))


def _redirect() -> None:
    """Have cells read nothing, and what they write go at once to where it is read, in the encoding that is read."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for file, name in enumerate(STREAMS, start=1):
        stream = open(  # noqa: SIM115 - open as long as this process
            file, "w", encoding="UTF-8", errors="surrogateescape", buffering=1, closefd=False
        )
        setattr(sys, name, stream)


def _kernel(session: OneSocket) -> IPythonKernel:
    silent = logging.getLogger(__name__)
    silent.disabled = True  # what goes wrong in a cell is told by its error
    config = Config()
    config.HistoryManager.enabled = False  # what a report's cells say is nobody else's
    config.OneRequestKernel._execute_sleep = 0.0  # noqa: SLF001 - for ZeroMQ to catch up
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    kernel: IPythonKernel = OneRequestKernel.instance(
        session=session,
        log=silent,
        config=config,
        shell_channel_thread=SimpleNamespace(parent_thread=None),  # asked for by cells that await
    )
    return kernel


async def _answer(kernel: IPythonKernel, request: dict[str, Any]) -> None:
    """Handle a message as the kernel's own loop does."""
    kernel.set_parent([], request)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        await kernel.shell_handlers[request["header"]["msg_type"]](None, [], request)
    except (
        KeyboardInterrupt
    ):  # where it strikes a cell that awaits: there is no reply then, as of any kernel
        pass
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    kernel._publish_status("idle", "shell")  # noqa: SLF001 - as ipykernel does


if __name__ == "__main__":
    main(*sys.argv[1:])
