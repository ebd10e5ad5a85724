"""
`tremplin workbook` and `map`: tables of clients, before they are read.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import out, shown
from tremplin.errors import InputError


def workbook(
    target: Annotated[Path, typer.Option("--out", help="Where the workbook goes: .xlsx.")],
    *,
    english: Annotated[
        bool, typer.Option("--english", help="Keys and their words in place of French names.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a workbook that is there.")
    ] = False,
) -> None:
    """Write a workbook to fill in, a line a client, which `check` and `batch` read as it is."""
    from tremplin.pipeline.client_book import write_client_book

    if target.suffix.lower() != ".xlsx":
        raise InputError.at("workbook.of_no_kind", "--out", file=str(target))
    if target.exists() and not force:
        raise InputError.at("files.there_already", target)
    write_client_book(target, "en" if english else "fr")
    out.print(shown(target))
