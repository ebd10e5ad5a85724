"""
`tremplin vintage check`: what is wrong or doubtful in a data folder.
"""

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import out, said
from tremplin.cli.options import DataFolder, ProjectFolder, project_of
from tremplin.errors import InputError, Lang, Phrase, render
from tremplin.errors.words import said as phrase
from tremplin.model.find import find
from tremplin.model.register import TRADES


class VintageAction(StrEnum):
    """What is done with a vintage."""

    CHECK = "check"


def vintage(
    action: Annotated[VintageAction, typer.Argument(metavar="check", help="What is to be done.")],  # noqa: ARG001 - there is one
    folder: Annotated[
        Path, typer.Argument(metavar="VINTAGE", help="A data folder, or an overlay of one.")
    ],
    data: DataFolder = None,
    project: ProjectFolder = None,
    *,
    lang: Lang,
) -> None:
    """List all that is wrong or doubtful in a vintage, by severity; exit code 2 where something is wrong."""
    from tremplin.ingest.doubts import doubts

    place = find(folder)
    # An overlay has some tables only: no data folder is without its bibliography and its trades.
    overlay = None if (place / TRADES).is_dir() else place
    with project_of(project, data if overlay else place, overlay) as whole:
        found = doubts(whole.data)
        shown = f"{data or 'data'}+{folder.name}" if overlay else str(folder)
        for one in found:
            told = render(one.problem.moved(whole.data, shown), lang)
            out.print(f"{phrase(Phrase(one.severity), lang)}: {told}")
    counts = Counter(one.severity for one in found)
    out.print(
        said(
            "told.checked_vintage",
            lang,
            id=str(folder),
            errors=counts["error"],
            warnings=counts["warning"],
            notes=counts["note"],
        )
    )
    if counts["error"]:
        raise typer.Exit(InputError.exit_code)
