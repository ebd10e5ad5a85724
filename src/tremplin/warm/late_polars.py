"""
Imports polars without the threads that it starts at once, into a process that will fork.

One deletes files that queries spilled to disk, and polars itself starts it in the last step of its import: a process
that computes takes that step when it is forked. Those of its allocator are a matter of the variable `ALLOCATOR`.
"""

import importlib
import importlib.util
from typing import Any

ALLOCATOR = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:500,muzzy_decay_ms:1000,background_thread:false"}
"""What polars would set itself, but for the threads."""
RUNTIME = "_polars_runtime_32._polars_runtime"
LAST_STEP = "__register_startup_deps"
_left: list[tuple[Any, tuple[Any, ...]]] = []


def import_without_threads() -> None:
    """Import polars but for its last step; another polars than is known here is imported as it is."""
    if importlib.util.find_spec(RUNTIME.partition(".")[0]):
        runtime = importlib.import_module(RUNTIME)
        step = getattr(runtime, LAST_STEP, None)
        if step is not None:
            setattr(runtime, LAST_STEP, lambda *given: _left.append((step, given)))
            importlib.import_module("polars")
            setattr(runtime, LAST_STEP, step)


def finish() -> None:
    """Take the step, in a process that was forked after the import."""
    while _left:
        step, given = _left.pop()
        step(*given)
