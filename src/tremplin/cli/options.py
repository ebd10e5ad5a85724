"""
The options and arguments that several commands have, and how they are read.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast
from urllib.parse import urlsplit

import typer

from tremplin.errors import InputError
from tremplin.model.find import find
from tremplin.model.profile.fields import FIRST_DAY, LAST_DAY
from tremplin.model.project import ProjectPlace, find_project
from tremplin.model.vintage import lay_over

if TYPE_CHECKING:
    from tremplin.pipeline.render import Depth, Format


class RendererChoice(StrEnum):
    """What makes HTML and PDF of the executed notebook."""

    AUTO = "auto"
    QUARTO = "quarto"
    PANDOC = "pandoc"


class DepthChoice(StrEnum):
    """How much of the report is made."""

    ESSENTIALS = "essentials"
    REPORT = "report"
    ALL = "all"


ProfileFile = Annotated[
    Path, typer.Argument(metavar="PROFILE", help="A person's file: YAML or JSON.")
]
DataFolder = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The register's folder: another vintage reruns all on it. [default: the project's]",
    ),
]
ProjectFolder = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="Notebooks, data and brand of your own. [default: TREMPLIN_PROJECT, the nearest from here"
        " upwards, or tremplin's own]",
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
DepthOption = Annotated[
    DepthChoice,
    typer.Option(
        "--depth",
        help="essentials: the two first pages. report: these and the chapters, the annex beside. "
        "all: one PDF of everything.",
    ),
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
DebugFile = Annotated[
    Path | None,
    typer.Option(
        "--debug",
        metavar="FILE",
        help="Leave a .zip to attach to an issue: versions, log, timings, and nothing of a person.",
    ),
]
ReportsFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Where reports were written to.")
]


@contextmanager
def project_of(
    named: Path | None, data: Path | None, overlay: Path | None = None
) -> Iterator[ProjectPlace]:
    """
    Give the project of a command, its register with an overlay laid over it, in a private folder, where one is named.

    Raises:
        InputError: one of them is not there, or they do not fit.
        EnvironmentLacksError: the project around is a checkout with other code than the one that runs.

    """
    found = find_project(named, data)
    if overlay is None:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="tremplin-") as private:
        target = Path(private) / "data"
        lay_over(found.data, find(overlay), target)
        try:
            yield replace(found, data=target)
        except InputError as error:
            above = f"{data or 'data'}+{overlay.name}"
            raise InputError(*(one.moved(target, above) for one in error.problems)) from None


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


def read_formats(to: str, depth: "Depth" = "report") -> "tuple[Format, ...]":
    """
    Read the formats that are wanted, each once; beside the PDF of a report goes its annex.

    Raises:
        InputError: one of them is not made, or there is none.

    """
    wanted = tuple(dict.fromkeys(part.strip() for part in to.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in {"html", "pdf"}]
    if unknown or not wanted:
        raise InputError.at("option.not_formats", "--to", value=repr(to))
    annex = ("annex",) if depth == "report" and "pdf" in wanted else ()
    return cast("tuple[Format, ...]", (*wanted, *annex))


def read_address(scheduler: str | None) -> str | None:
    """
    Read the address of a scheduler.

    Raises:
        InputError: it names no host and port, or speaks of a way to talk that Dask's schedulers do not have here.

    """
    if scheduler is None:
        return None
    try:
        place = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
        good = place.scheme in {"tcp", "tls", "ws", "wss"} and place.hostname and place.port
    except ValueError:
        good = False
    if not good:
        raise InputError.at("option.not_an_address", "--scheduler", value=repr(scheduler))
    return scheduler
