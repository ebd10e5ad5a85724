"""
The rows of a table, whatever file it is in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tremplin.errors import InputError, Place, Problem
from tremplin.pipeline.batch.sheet.cells import from_french, trimmed
from tremplin.pipeline.batch.sheet.csv import read_csv
from tremplin.pipeline.batch.sheet.excel import read_excel
from tremplin.pipeline.batch.sheet.header import Header, read_header
from tremplin.pipeline.batch.sheet.keys import keys
from tremplin.pipeline.batch.sheet.parquet import read_parquet
from tremplin.pipeline.batch.sheet.records import Record, Sheet

_READERS = {".csv": read_csv, ".xlsx": read_excel, ".parquet": read_parquet}
TABLES = tuple(_READERS)
MOST_PEOPLE = 1_000_000
"""Of one table: their reports would take days, and their ids 200 MB."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: where it stands, and its cells that are not empty, by column."""

    number: int
    """As spreadsheets count: the header is row 1, and a cell of several lines makes no further rows."""
    line: int
    """The line of the file on which it begins."""
    cells: Mapping[str, Any]
    problem: Problem | None = None
    """Why its cells cannot be trusted."""


def read_rows(path: Path, *, whole: bool = True) -> Iterator[SheetRow]:
    """
    Read a table row by row.

    Args:
        path: the table.
        whole: whether it must have all that a profile needs; whoever will ask for what is missing takes less.

    Raises:
        InputError: it cannot be read, its columns are none of a profile's, or it holds nobody.

    """
    table, header, numbered = _opened(path, whole=whole)
    people = 0
    for number, record in numbered:
        row = _row(path, number, record, header, french=table.french)
        if not row.cells and row.problem is None:
            continue
        people += 1
        if people > MOST_PEOPLE:
            raise InputError.at("clients.too_many_people", path, most=MOST_PEOPLE)
        yield row
    if not people:
        raise InputError.at("clients.nobody", path)


def unread_columns(path: Path) -> tuple[str, ...]:
    """
    Name the columns of a table that are the advisor's own.

    Raises:
        InputError: it cannot be read, or its columns are none of a profile's.

    """
    return _opened(path, whole=False)[1].unread


def _opened(path: Path, *, whole: bool) -> tuple[Sheet, Header, Iterator[tuple[int, Record]]]:
    """Read a table as far as its header; empty rows above it are those of a sheet that begins further down."""
    table = _READERS[path.suffix.lower()](path)
    numbered = enumerate(table.records, start=1)
    for _, record in numbered:
        names = [str(trimmed(name) or "") for name in record.cells]
        if any(names):
            return table, read_header(path, record.line, names, whole=whole), numbered
    raise InputError.at("clients.empty", path)


def _row(path: Path, number: int, record: Record, header: Header, *, french: bool) -> SheetRow:
    cells = {}
    # A row may be shorter than the header, and longer only by mistake.
    for name, found in zip(header.columns, record.cells, strict=False):
        cell = trimmed(found)
        if not name or cell is None:
            continue
        if french and isinstance(cell, str) and keys()[name].holds == "word":
            cell = from_french(cell)
        cells[name] = cell
    problem = None
    if any(trimmed(cell) is not None for cell in record.cells[len(header.columns) :]):
        problem = Problem.at("clients.cells_beyond", Place.of(path, line=record.line))
    return SheetRow(number, record.line, cells, problem)
