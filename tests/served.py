"""Serves an interview as the command does, for tests that answer it over HTTP or in a browser."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from tremplin.interview.app import Interview, Pages


@contextmanager
def served(interview: Interview) -> Iterator[str]:
    """Give the address of this machine where the pages are, as long as they are."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(Pages(interview).app(), log_level="warning", lifespan="off")
        )
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
