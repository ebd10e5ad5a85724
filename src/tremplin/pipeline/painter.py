"""
Draws charts for kernels: one warm Vega for all the kernels of a process, instead of a cold one in each.
"""

import atexit
import os
import shutil
import threading
from collections.abc import Iterable
from functools import cache
from multiprocessing.connection import Connection, Listener
from pathlib import Path

import vl_convert

from tremplin.kernels.fork import private_folder
from tremplin.notebook.drawing import PAINTER, paint

FIRST = '{"mark": "point"}'
"""Drawn while kernels start: the first chart of all takes half a second more than the others."""


class Painter:
    """Answers, on a socket in a private folder, whoever sends a specification."""

    def __init__(self) -> None:
        self._home = private_folder()
        self._listener = Listener(str(self._home / "painter"), "AF_UNIX", backlog=16)
        threading.Thread(target=self._serve, name="painter", daemon=True).start()

    @property
    def address(self) -> str:
        """The socket."""
        return str(self._listener.address)

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _serve(self) -> None:
        paint(FIRST)
        while True:
            try:
                asker = self._listener.accept()
            except OSError:  # closed
                return
            with asker:
                _answer(asker)


def _answer(asker: Connection) -> None:
    try:
        specification = asker.recv_bytes().decode()
        try:
            done, text = b"drawn", paint(specification)
        except ValueError as error:
            done, text = b"refused", str(error)
        asker.send_bytes(done)
        asker.send_bytes(text.encode())
    except (EOFError, OSError):  # the kernel is gone
        return


def use_painter(fonts: Iterable[Path]) -> None:
    """Have the kernels of this process, and of those that it starts, drawn for with the fonts of these folders."""
    for folder in fonts:
        _register(folder.resolve())  # fonts are read when first needed, from wherever we are then
    os.environ[PAINTER] = _painter().address


@cache
def _register(folder: Path) -> None:
    vl_convert.register_font_directory(str(folder))


@cache
def _painter() -> Painter:
    painter = Painter()
    atexit.register(painter.close)
    return painter
