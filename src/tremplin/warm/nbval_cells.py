"""
A plugin of pytest beside nbval's own: cells run again in a process that begins at once. What they give is compared by nbval.
"""

import os
from pathlib import Path

from nbval import kernel

from tremplin.warm.cell_kernel import CellKernel
from tremplin.warm.owner import inherited


def pytest_configure() -> None:
    """Give nbval our kernel for Jupyter's."""
    vars(kernel)["start_new_kernel"] = _start
    # It lays out every message for a log that nobody keeps, which takes longer than the cells.
    vars(kernel)["pformat"] = id


def _start(startup_timeout: float, cwd: str, **_: object) -> tuple[CellKernel, CellKernel]:
    """Start what nbval takes for a kernel's manager and its client."""
    started = CellKernel(inherited(), cwd=Path(cwd), env=os.environ)
    started.wait_for_ready(startup_timeout)
    return started, started
