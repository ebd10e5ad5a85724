"""
The kernel provisioner `tremplin-fork`: Jupyter's kernels, forked from the template process.

Whatever starts kernels through jupyter_client can use it without knowing: with the kernel `tremplin`, or
with any Python kernel where JUPYTER_DEFAULT_PROVISIONER_NAME is `tremplin-fork`. Jupyter makes the provisioner itself, so
a pipeline tells it of its template in its settings; where nobody does, there is one template for the whole process.
"""

import asyncio
import atexit
import contextlib
import logging
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Dict, Float, Integer, Unicode

from tremplin.warm.forked import Forked
from tremplin.warm.kernel_client import PROMPT
from tremplin.warm.order import KERNEL
from tremplin.warm.ordinary import limit_ordinary
from tremplin.warm.owner import NoTemplateError, Template, inherited, private_folder

NAME = "tremplin-fork"
SELECT = "JUPYTER_DEFAULT_PROVISIONER_NAME"
"""The variable with which Jupyter takes a provisioner for kernels that name none."""
STANZA = "kernel_provisioner"
"""Where a kernel's specification names its provisioner."""
KILL_SECONDS = 5
_log = logging.getLogger(__name__)


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel where that can be done, and starts an ordinary one elsewhere."""

    deadline = Float(
        None, allow_none=True, config=True, help="Seconds after which a kernel is killed."
    )
    memory = Integer(
        None, allow_none=True, config=True, help="Megabytes that a kernel may ask for."
    )
    template = Unicode(
        None, allow_none=True, config=True, help="Where the template listens to fork from."
    )
    variables = Dict(config=True, help="Variables of the environment that a kernel gets besides.")
    process: Any = None
    """`Forked`, or `subprocess.Popen` for an ordinary kernel: their interfaces are the same."""
    _folder: Path | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - as jupyter_client calls it
        """Have the kernel talk over sockets in a private folder: there is no port that others could take first."""
        manager = self.parent
        if manager is not None and self._folder is None and sys.platform != "win32":
            address = None
            with contextlib.suppress(NoTemplateError):
                address = self._template_address()
            self._folder = private_folder(address)
            manager.transport = "ipc"
            manager.ip = str(self._folder / "kernel")
            manager.client_factory = PROMPT.get(manager.client_factory, manager.client_factory)
            if not manager.connection_file:
                manager.connection_file = str(self._folder / "connection.json")
        if self.variables:
            kwargs["env"] = {**kwargs.get("env", os.environ), **self.variables}
        found: dict[str, Any] = await super().pre_launch(**kwargs)
        return found

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401 - idem
        """Fork the kernel; where that cannot be done, say so and start it the ordinary way."""
        try:
            if not _is_ours(cmd):
                raise NoTemplateError("the kernel is another Python's")  # noqa: TRY301 - one place falls back
            self.process = await asyncio.to_thread(self._fork, cmd, kwargs)
        except NoTemplateError as reason:
            _say(str(reason))
            found = await super().launch_kernel(cmd, **kwargs)
            limit_ordinary(self.process.pid, self.memory)
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
                self._template_address(),
                cmd,
                cwd=kwargs.get("cwd"),
                env=kwargs.get("env"),
                streams=(stdin, stdout, stderr),
                seconds=self.deadline,
                megabytes=self.memory,
                # Who starts a kernel by hand may be working on tremplin; a pipeline keeps the code it began with.
                current=self._known_template() is None,
            )

    def _known_template(self) -> str | None:
        """Give the address of the pipeline's template, or of that which whoever started us has."""
        return self.template or inherited()

    def _template_address(self) -> str:
        return self._known_template() or _process_template().address


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


def _say(reason: str) -> None:
    """Say why a kernel is not forked; of a batch, whoever started its workers says it for them."""
    if multiprocessing.parent_process() is None:
        # Not Jupyter's log, which without a server nobody sees; Python shows this one on stderr at the least.
        _log.warning("An ordinary kernel is started, which takes longer: %s.", reason)


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
