"""
Has a process forked that draws charts for kernels (`painting`).
"""

import os
import shutil
import socket
from collections.abc import Iterable
from pathlib import Path

from tremplin.warm.forked import ask
from tremplin.warm.order import ProcessOrder
from tremplin.warm.owner import private_folder


class Painter:
    """
    A process that draws for whoever connects to its address, with fonts that it shares with no other.

    Args:
        template: where the template process listens, with which it ends at the latest.
        fonts: the folders of its fonts.

    Raises:
        NoTemplateError: the template does not answer. Kernels that find no painter draw for themselves.

    """

    def __init__(self, template: str, fonts: Iterable[Path]) -> None:
        self._home = private_folder(template)
        self.address = str(self._home / "painter")
        order = ProcessOrder(
            module="tremplin.warm.painting",
            arguments=[str(folder.resolve()) for folder in fonts],
            cwd=str(self._home),
            environment=dict(os.environ),
        )
        # It listens from the beginning: nobody waits for it but who has a chart to be drawn.
        with socket.socket(socket.AF_UNIX) as listener, open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - the device
            listener.bind(self.address)
            listener.listen(16)
            try:
                self._lease = ask(template, order, (listener.fileno(), nothing.fileno(), 2))
            except BaseException:
                shutil.rmtree(self._home, ignore_errors=True)
                raise

    def close(self) -> None:
        """End the process."""
        self._lease.close()
        shutil.rmtree(self._home, ignore_errors=True)
