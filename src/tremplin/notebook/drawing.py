"""
From a Vega-Lite specification to a picture: here, or where a process that is already warm draws for us.
"""

import os
import re
from functools import cache, lru_cache
from multiprocessing.connection import Client

import vl_convert

PAINTER = "TREMPLIN_PAINTER"
"""The variable that names the socket of a process that draws."""
DRAWN = b"drawn"
"""How that process begins an answer that is a picture, and not what is wrong with the specification."""
KEPT = 64
"""Pictures remembered: those of one report, which nbval asks for again, and a few that reports share."""

_NUMBERED = re.compile(r"\b(clip|gradient_)(\d+)\b")


def draw(specification: str) -> str:
    """
    Give the SVG of a Vega-Lite specification, with French numbers and dates.

    Who draws makes no difference to it: where the other process is gone, this one does.

    Raises:
        ValueError: Vega refused it.

    """
    address = os.environ.get(PAINTER)
    if address is None:
        return paint(specification)
    try:
        with Client(address, "AF_UNIX") as painter:
            painter.send_bytes(specification.encode())
            done, text = painter.recv_bytes(), painter.recv_bytes().decode()
    except (EOFError, OSError):
        return paint(specification)
    if done != DRAWN:
        raise ValueError(text)
    return text


@lru_cache(maxsize=KEPT)
def paint(specification: str) -> str:
    """
    Draw in this process; the same specification always gives the same bytes.

    Raises:
        ValueError: Vega refused it.

    """
    svg: str = vl_convert.vegalite_to_svg(
        specification,
        vl_version=_vegalite_version(),
        format_locale="fr-FR",
        time_format_locale="fr-FR",
    )
    return _numbered_anew(svg)


@cache
def _vegalite_version() -> str:
    """Give the version that charts are written in; who only asks another process to draw need not import altair."""
    from altair import SCHEMA_VERSION  # noqa: PLC0415

    return ".".join(SCHEMA_VERSION[1:].split(".")[:2])


def _numbered_anew(svg: str) -> str:
    """Count the marks that Vega refers to from 1 in each picture: Vega goes on from the picture before."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"{found[1]}{numbers.setdefault(found[0], len(numbers) + 1)}"

    return _NUMBERED.sub(number, svg)
