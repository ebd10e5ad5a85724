"""
`tremplin workbook` and `map`: tables of clients, before they are read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tremplin.cli.command import out, shown
from tremplin.errors import InputError, Lang
from tremplin.errors.words import form, spaced

if TYPE_CHECKING:
    from tremplin.pipeline.batch.propose import Proposal, Proposed


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


def map_(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A table of clients.")],
    target: Annotated[
        Path | None, typer.Option("--out", help="Where the map goes. [default: TABLE.map.yaml]")
    ] = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a map that somebody edited.")
    ] = False,
    lang: Lang,
) -> None:
    """Propose which column of a table answers which question, in a file to read, edit and give by --map."""
    from tremplin.pipeline.batch.map_file import default_map, map_text, write_map
    from tremplin.pipeline.batch.propose import propose
    from tremplin.pipeline.batch.sheet import TABLES

    if table.suffix.lower() not in TABLES:
        raise InputError.at("people.source_of_no_kind", "TABLE", source=str(table))
    target = target or default_map(table)
    proposed = propose(table)
    text = map_text(proposed)
    if (
        target.exists()
        and not force
        and target.read_text(encoding="utf-8", errors="replace") != text
    ):
        raise InputError.at("files.there_already", target)
    write_map(target, text)
    for line in _summary(proposed, lang):
        out.print(line)
    out.print(_said("map_next", lang, map=shown(target), table=shown(table)))


def _summary(proposed: "Proposed", lang: Lang) -> Iterator[str]:
    """Say what is understood, doubtful, not read and missing."""
    from tremplin.model.profile.columns import columns

    yield _said("map_columns", lang, columns=len(proposed.columns), rows=proposed.rows)
    width = max(len(one.column) for one in proposed.columns)
    if understood := proposed.of("understood"):
        yield _said("map_understood", lang, count=len(understood))
        for one in understood:
            yield f"  {one.column:{width}}  → {columns()[one.key].name}{_settings(one)}"
    if doubtful := proposed.of("doubtful"):
        yield _said("map_doubtful", lang, count=len(doubtful))
        for one in doubtful:
            what, todo = one.why.words(lang) if one.why else ("", "")
            yield f"  {one.column:{width}}  ? {what}. {todo}"
    if unused := proposed.of("unused"):
        yield _said("map_unused", lang, count=len(unused))
        yield "  " + ", ".join(one.column for one in unused)
    if proposed.missing:
        yield _said("map_missing", lang, count=len(proposed.missing))
        yield from (f"  {column.name}" for column in proposed.missing)


def _said(name: str, lang: Lang, **values: object) -> str:
    text = form(name, lang).format(**values)
    return spaced(text) if lang == "fr" else text


def _settings(one: "Proposal") -> str:
    said = ", ".join(setting for setting in (one.unit, one.order) if setting)
    return f" ({said})" if said else ""
