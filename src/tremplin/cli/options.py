"""
The options and arguments that several commands have, and how they are read.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from tremplin.errors import InputError
from tremplin.model.find import find
from tremplin.model.profile.fields import FIRST_DAY, LAST_DAY
from tremplin.model.vintage import lay_over

if TYPE_CHECKING:
    from tremplin.pipeline.render import Format


class RendererChoice(StrEnum):
    """What makes HTML and PDF of the executed notebook."""

    AUTO = "auto"
    QUARTO = "quarto"
    PANDOC = "pandoc"


ProfileFile = Annotated[
    Path, typer.Argument(metavar="PROFILE", help="A person's file: YAML or JSON.")
]
DataFolder = Annotated[
    Path,
    typer.Option(
        "--data", metavar="DIR", help="The register's folder: another vintage reruns all on it."
    ),
]
Overlay = Annotated[
    Path | None,
    typer.Option(
        "--overlay", metavar="DIR", help="A folder of what is other than in the register's folder."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="The report's date, as 2026-11-22. [default: today]"
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Workers on this machine. [default: one a core]"),
]
Formats = Annotated[
    str, typer.Option("--to", metavar="FORMATS", help="Formats: html, pdf or html,pdf.")
]
RendererOption = Annotated[
    RendererChoice, typer.Option("--renderer", help="auto is Quarto where installed.")
]
MapFile = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="FILE",
        help="Which column answers which question, as `tremplin map` writes it.",
    ),
]
ReportsFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Where reports were written to.")
]


@contextmanager
def vintage_of(data: Path, overlay: Path | None) -> Iterator[Path]:
    """
    Give the data folder of a command: the register's, or a private one with an overlay laid over it.

    Raises:
        InputError: one of them is not there, or they do not fit.

    """
    if overlay is None:
        yield find(data)
        return
    with tempfile.TemporaryDirectory(prefix="tremplin-") as private:
        target = Path(private) / "data"
        lay_over(find(data), find(overlay), target)
        try:
            yield target
        except InputError as error:
            named = f"{data}+{overlay.name}"
            raise InputError(*(one.moved(target, named) for one in error.problems)) from None


def read_day(as_of: str | None) -> date:
    """
    Read the date of a report; today is the one place where the clock is looked at.

    Raises:
        InputError: it is no date, or out of the range of all dates.

    """
    if as_of is None:
        return date.today()  # noqa: DTZ011 - the person's own calendar day
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        day = date.max
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputError.at("option.not_a_date", "--as-of", value=repr(as_of))
    return day


def read_formats(to: str) -> "tuple[Format, ...]":
    """
    Read the formats that are wanted, each once.

    Raises:
        InputError: one of them is not made, or there is none.

    """
    wanted = tuple(dict.fromkeys(part.strip() for part in to.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in {"html", "pdf"}]
    if unknown or not wanted:
        raise InputError.at("option.not_formats", "--to", value=repr(to))
    return cast("tuple[Format, ...]", wanted)
