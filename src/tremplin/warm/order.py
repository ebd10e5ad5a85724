"""
What is asked of a template process, and how it is told.
"""

import contextlib
import json
import socket
from dataclasses import dataclass
from typing import Any

KERNEL = "ipykernel_launcher"
ADDRESS = "TREMPLIN_TEMPLATE"
"""The variable that tells a fork, and what it starts, where its template listens."""
HOME = "tremplin-"
"""How the names of private folders begin."""
PACKET = 1 << 20


@dataclass(slots=True)
class ProcessOrder:
    """A process that was asked for: `python -m module arguments` in a folder, with limits."""

    module: str
    arguments: list[str]
    cwd: str
    environment: dict[str, str]
    megabytes: int | None = None
    """So much memory it may ask for; more is a MemoryError."""
    current: bool = False
    """Whether it reads tremplin's modules anew if one was changed since the template did."""


def tell(connection: socket.socket, **news: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Send one message; who no longer listens misses it."""
    with contextlib.suppress(OSError):
        connection.send(json.dumps(news).encode())


def has_gone(connection: socket.socket) -> bool:
    """Tell whether the other end of a connection that is still open here is closed."""
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:  # nothing to read, or closed here
        return False


def limit_memory(pid: int, megabytes: int) -> None:
    """Limit what a process, 0 for this one, may ask for; a limit that it has already is kept where that is lower."""
    import resource  # noqa: PLC0415 - Windows has none, and imports this module

    most = resource.prlimit(pid, resource.RLIMIT_DATA)[1]
    limit = megabytes * 2**20
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))
