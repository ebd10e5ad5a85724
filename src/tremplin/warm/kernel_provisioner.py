"""
The kernel provisioner `tremplin-fork`: Jupyter's kernels, forked from the template process.

Whatever starts kernels through jupyter_client can use it without knowing: with the kernel `tremplin`, or
with any Python kernel where JUPYTER_DEFAULT_PROVISIONER_NAME is `tremplin-fork`. They are forked from the template of whoever
started this process, or from one that it has for all of them.
"""

import asyncio
import atexit
import contextlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tremplin.warm.forked import Forked
from tremplin.warm.order import KERNEL
from tremplin.warm.owner import NoTemplateError, Template, inherited, private_folder
from tremplin.warm.started import say_slower

KILL_SECONDS = 5


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel where that can be done, and starts an ordinary one elsewhere."""

    process: Any = None
    """`Forked`, or `subprocess.Popen` for an ordinary kernel: their interfaces are the same."""
    _folder: Path | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - as jupyter_client calls it
        """Have the kernel talk over sockets in a private folder: there is no port that others could take first."""
        manager = self.parent
        if manager is not None and self._folder is None and sys.platform != "win32":
            address = None
            with contextlib.suppress(NoTemplateError):
                address = _template_address()
            self._folder = private_folder(address)
            manager.transport = "ipc"
            manager.ip = str(self._folder / "kernel")
            if not manager.connection_file:
                manager.connection_file = str(self._folder / "connection.json")
        found: dict[str, Any] = await super().pre_launch(**kwargs)
        return found

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401 - idem
        """Fork the kernel; where that cannot be done, say so and start it the ordinary way."""
        try:
            if not _is_ours(cmd):
                raise NoTemplateError("the kernel is another Python's")  # noqa: TRY301 - one place falls back
            self.process = await asyncio.to_thread(self._fork, cmd, kwargs)
        except NoTemplateError as reason:
            say_slower(str(reason))
            found: KernelConnectionInfo = await super().launch_kernel(cmd, **kwargs)
            return found
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - as jupyter_client calls it
        """Kill the kernel and its process group, and wait for its end, which is near."""
        await super().kill(restart=restart)
        if isinstance(self.process, Forked):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(KILL_SECONDS)

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - idem
        """Take the private folder away."""
        await super().cleanup(restart=restart)
        if not restart and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> Forked:
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - the device, whatever the system calls it
            silent = nothing.fileno()
            stdin, stdout, stderr = (
                _fileno(kwargs.get(name), silent, default)
                for name, default in (("stdin", silent), ("stdout", 1), ("stderr", 2))
            )
            return Forked.start(
                _template_address(),
                cmd,
                cwd=kwargs.get("cwd"),
                env=kwargs.get("env"),
                streams=(stdin, stdout, stderr),
                # Who starts a kernel by hand may be working on tremplin; a pipeline keeps the code it began with.
                current=inherited() is None,
            )


def _template_address() -> str:
    return inherited() or _process_template().address


_lock = threading.Lock()
_own: list[Template] = []


def _process_template() -> Template:
    """
    Give the template for kernels that are started by their name, without a pipeline that has one.

    It is started with the first of them, and ends with this process.

    Raises:
        NoTemplateError: fork is not to be had here.

    """
    with _lock:
        if not _own or not _own[0].alive:
            _own[:] = [Template()]
            atexit.register(_own[0].close)
        return _own[0]


def _is_ours(cmd: list[str]) -> bool:
    """Whether a command starts an IPython kernel of this very environment."""
    return (
        len(cmd) > 2  # noqa: PLR2004 - python -m module
        and cmd[1:3] == ["-m", KERNEL]
        and Path(cmd[0]) == Path(sys.executable)
    )


def _fileno(file: Any, silent: int, default: int) -> int:  # noqa: ANN401 - as Popen takes it
    if file == subprocess.DEVNULL:
        return silent
    if file is None or file == subprocess.PIPE:
        return default
    return file if isinstance(file, int) else int(file.fileno())
