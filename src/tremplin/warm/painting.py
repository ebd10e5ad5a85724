"""
The process that draws charts for kernels: one warm Vega for all of them, instead of a cold one in each.

`python -m tremplin.warm.painting FONTS…` accepts on a socket that is its standard input. Whoever connects sends a
specification and is answered with the picture. The fonts are those of these folders.
"""

import socket
import sys
from multiprocessing.connection import Connection

import vl_convert

from tremplin.notebook.drawing import DRAWN, paint

FIRST = '{"mark": "point"}'
"""Drawn while kernels start: the first chart of all takes half a second more than the others."""


def main(*fonts: str) -> None:
    """Draw until this process is ended."""
    for folder in fonts:
        vl_convert.register_font_directory(folder)
    paint(FIRST)
    listener = socket.socket(fileno=sys.stdin.fileno())
    while True:
        asker, _ = listener.accept()
        with Connection(asker.detach()) as connection:
            _answer(connection)


def _answer(asker: Connection) -> None:
    try:
        specification = asker.recv_bytes().decode()
        try:
            done, text = DRAWN, paint(specification)
        except ValueError as error:
            done, text = b"refused", str(error)
        asker.send_bytes(done)
        asker.send_bytes(text.encode())
    except (EOFError, OSError):  # the kernel is gone
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
