"""
The server of the interview: on this machine alone, at a free port, its address handed to the browser in a private file.
"""

import html
import os
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from tremplin.interview.app import Interview, Pages

HOST = "127.0.0.1"


def serve(
    interview: Interview, tell: Callable[[str], None], *, port: int = 0, opened: bool = True
) -> None:
    """
    Serve the pages until the person ends it with Ctrl-C.

    Args:
        interview: what is asked and answered.
        tell: is given the address, for whoever opens it by hand.
        port: where; any free one by default.
        opened: whether the browser is opened.

    """
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        address = f"http://{HOST}:{listening.getsockname()[1]}{interview.root}/"
        tell(address)
        config = uvicorn.Config(
            Pages(interview).app(),
            log_level="warning",
            access_log=False,  # addresses have the secret
            lifespan="off",
            server_header=False,
            date_header=False,
        )
        with tempfile.TemporaryDirectory(prefix="tremplin-") as private:
            if opened:
                webbrowser.open(_door(Path(private), address).as_uri())
            uvicorn.Server(config).run([listening])


def _door(folder: Path, address: str) -> Path:
    """Write a page that leads to the address: the list of programs that run, which all may read, has no secret then."""
    door = folder / "tremplin.html"
    target = html.escape(address, quote=True)
    with os.fdopen(os.open(door, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f'<!DOCTYPE html><meta http-equiv="refresh" content="0; url={target}">')
    return door
