"""
The options and arguments that several commands have, and how they are read.
"""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from tremplin.errors import InputError
from tremplin.model.profile.fields import FIRST_DAY, LAST_DAY

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
    Path,
    typer.Option(
        "--data", metavar="DIR", help="The register's folder: another vintage reruns all on it."
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
ReportsFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Where reports were written to.")
]


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
