"""
What a pipeline is given to run its processes on.
"""

import contextlib
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Self

from tremplin.model.brand import load_brand
from tremplin.warm.owner import NoTemplateError, Template, inherited
from tremplin.warm.painter import Painter
from tremplin.warm.started import start


class Machine:
    """
    The processes that a pipeline has ready, and what it gives to those that run notebooks.

    They are started by `with` and ended with its block; nothing of this process itself is changed. Where nothing can be
    forked all runs the ordinary way.

    Args:
        notebooks: a folder whose notebooks will be run, to be made ready for.
        assets: the folder of the brand in whose fonts charts are drawn; without it each kernel draws for itself.

    Raises:
        InputError: the brand is wrong.

    """

    def __init__(self, notebooks: Path | None = None, assets: Path | None = None) -> None:
        self._notebooks = notebooks
        self._fonts = None if assets is None else load_brand(assets / "_brand.yml").font_folders
        self._lock = threading.Lock()
        self._ready = contextlib.ExitStack()
        self._template: Template | None = None
        self._address: str | None = None
        self._painter: Painter | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End its processes."""
        self._ready.close()
        self._template = self._address = self._painter = None

    @property
    def template(self) -> str | None:
        """Where the template listens that processes are forked from: that of whoever started us, or our own."""
        with self._lock:
            if self._template is not None and not self._template.alive:
                self.close()
                self._start()
            return self._address

    @property
    def variables(self) -> dict[str, str]:
        """The variables that a process which runs a notebook has besides our own."""
        from tremplin.notebook.drawing import PAINTER  # noqa: PLC0415 - Vega, while the template gets ready

        # Its tables are small: a thread a core in each process would only be in the way of the others.
        found = {"POLARS_MAX_THREADS": os.environ.get("POLARS_MAX_THREADS", "1")}
        if self._painter is not None:
            found[PAINTER] = self._painter.address
        return found

    def run_module(  # noqa: PLR0913 - as for subprocess.run, the last is named
        self,
        command: Sequence[str],
        cwd: Path,
        env: Mapping[str, str],
        said: int | IO[str],
        seconds: float,
        *,
        megabytes: int | None = None,
    ) -> int:
        """
        Run `python -m module arguments` to its end and give its exit code.

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
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - the device, whatever the system calls it
            quiet = nothing.fileno()
            process = start(
                self.template,
                command,
                cwd=cwd,
                env=env,
                streams=(quiet, quiet, quiet if isinstance(said, int) else said.fileno()),
                megabytes=megabytes,
            )
        try:
            return process.wait(seconds)
        except BaseException:  # as subprocess.run: whoever no longer waits leaves nothing running
            process.kill()
            process.wait()
            raise

    def _start(self) -> None:
        with contextlib.suppress(NoTemplateError):  # the first process that is started says so
            self._address = inherited()
            if self._address is None:
                self._template = self._ready.enter_context(Template(self._notebooks))
                self._address = self._template.address
            if self._fonts is not None:
                self._painter = Painter(self._address, self._fonts)
                self._ready.callback(self._painter.close)
