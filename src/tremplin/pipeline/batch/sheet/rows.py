"""
The rows of a table, whatever file it is in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from tremplin.errors import InputError, Place, Problem
from tremplin.model.profile.columns import columns
from tremplin.model.profile.typed import month_first
from tremplin.pipeline.batch.sheet.cells import dated, trimmed
from tremplin.pipeline.batch.sheet.column_map import ColumnMap
from tremplin.pipeline.batch.sheet.csv import read_csv
from tremplin.pipeline.batch.sheet.example import is_example
from tremplin.pipeline.batch.sheet.excel import read_workbook
from tremplin.pipeline.batch.sheet.header import (
    Header,
    mapped_header,
    may_be_names,
    names_a_key,
    read_header,
)
from tremplin.pipeline.batch.sheet.parquet import read_parquet
from tremplin.pipeline.batch.sheet.records import Record, Sheet, SheetRow, Unreadable
from tremplin.pipeline.batch.workbook import column_letters

READERS = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_workbook,
    ".ods": read_workbook,
    ".parquet": read_parquet,
}
TABLES = tuple(READERS)
MOST_PEOPLE = 1_000_000
"""Of one table: their reports would take days, and their ids 200 MB."""
MOST_ABOVE = 20
"""Lines above the header, with titles and the like."""
MOST_LISTED = 10
_TOTAL = re.compile(r"(?i)(sous[- ]?)?(total|totaux|somme|moyenne|cumul|grand total|subtotal)\b.*")


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table as far as its header, and all that is known of it before anybody's row is understood."""

    path: Path
    sheet: Sheet
    header: Header
    number: int
    """The position of the header among the records, from 1."""
    told: tuple[Problem, ...]
    """What was passed over above it."""
    doubtful: frozenset[str]
    """Keys of days of which nobody knows whether days or months stand first."""


def read_rows(
    path: Path, column_map: ColumnMap | None = None, *, whole: bool = True
) -> Iterator[SheetRow]:
    """
    Read the people of a table row by row, its columns understood by a map where there is one.

    Args:
        path: the table.
        column_map: which column answers which question, where columns have names of their own.
        whole: whether it must have all that a profile needs; whoever will ask for what is missing takes less.

    Raises:
        InputError: it cannot be read, its columns are none of a profile's, or it holds nobody.

    """
    return (row for row in all_rows(path, column_map, whole=whole) if not row.is_nobody)


def all_rows(
    path: Path, column_map: ColumnMap | None = None, *, whole: bool = True
) -> Iterator[SheetRow]:
    """
    Read a table row by row, those that are nobody too, as `read_rows` does.

    Raises:
        InputError: it cannot be read, its columns are none of a profile's, or it holds nobody.

    """
    table = open_table(path, column_map, whole=whole)
    people = 0
    records = enumerate(table.sheet.records(), start=1)
    for number, record in islice(records, table.number, None):
        row = _row(table, number, record)
        if not row.cells and row.problem is None and not row.is_nobody:
            continue
        people += not row.is_nobody
        if people > MOST_PEOPLE:
            raise InputError.at("clients.too_many_people", path, most=MOST_PEOPLE)
        yield row
    if not people:
        raise InputError.at("clients.nobody", path)


def unread_columns(path: Path, column_map: ColumnMap | None = None) -> tuple[str, ...]:
    """
    Name the columns of a table that are the advisor's own.

    Raises:
        InputError: it cannot be read, or its columns are none of a profile's.

    """
    return open_table(path, column_map, whole=False).header.unread


class Notes:
    """What is to be said once for all rows of a table: those that are hidden, sums, times beside days."""

    def __init__(self, path: Path, column_map: ColumnMap | None) -> None:
        self._path, self._table = path, open_table(path, column_map)
        self._counts: Counter[tuple[str, str | None]] = Counter()
        self._first: dict[tuple[str, str | None], list[int]] = {}

    def add(self, row: SheetRow) -> None:
        """Take note of a row."""
        for one in row.told:
            self._counts[one] += 1
            if self._counts[one] <= MOST_LISTED:
                self._first.setdefault(one, []).append(row.line)

    def problems(self) -> Iterator[Problem]:
        """Say it, with the first lines of which it is said."""
        yield from self._table.told
        for one, count in self._counts.items():
            code, key = one
            place = Place(str(self._path), None, None, key, self._table.sheet.name)
            listed = ", ".join(map(str, self._first[one])) + (" …" if count > MOST_LISTED else "")
            yield Problem.at(code, place, count=count, lines=listed)


def open_table(path: Path, column_map: ColumnMap | None = None, *, whole: bool = True) -> OpenTable:
    """
    Read a table as far as its header; above it may stand titles, or nothing in a sheet that begins further down.

    Raises:
        InputError: it cannot be read, or its columns are none of a profile's.

    """
    try:
        status = path.stat()
    except OSError as error:
        raise InputError.not_read(path, error) from None
    return _opened(path, column_map, whole, status.st_mtime_ns, status.st_size, status.st_ino)


@lru_cache(maxsize=1)
def _opened(path: Path, column_map: ColumnMap | None, whole: bool, *_stamp: int) -> OpenTable:  # noqa: FBT001 - part of the key
    """Open a table once, however often it is asked for: a workbook is unpacked and looked through before it is read."""
    sheet = READERS[path.suffix.lower()](path)
    above: list[tuple[int, Record, list[str]]] = []
    for number, record in enumerate(sheet.records(), start=1):
        names = [_name(cell) for cell in record.cells]
        if any(names):
            above.append((number, record, names))
        if len(above) > MOST_ABOVE or _are_names(names, column_map):
            break
    if not above:
        raise InputError.at("clients.empty", path)
    if not _are_names(above[-1][2], column_map):
        if column_map is not None:
            raise InputError.at("map.another_table", path, map=column_map.file)
        widest = max(sum(map(bool, names)) for _, _, names in above)
        own = (place for place, one in enumerate(above) if may_be_names(one[2], widest))
        del above[next(own, 0) + 1 :]  # that is for the header to tell
    *titles, (number, record, names) = above
    place = Place(str(path), record.line, None, None, sheet.name)
    try:
        if column_map is None:
            header = read_header(path, record.line, names, whole=whole)
        else:
            header = mapped_header(path, record.line, names, column_map)
    except InputError as error:
        told_there = (replace(one.place, sheet=sheet.name) for one in error.problems)
        problems = zip(error.problems, told_there, strict=True)
        raise InputError(*(replace(one, place=there) for one, there in problems)) from None
    told = list(sheet.told)
    if titles:
        lines = ", ".join(str(title.line) for _, title, _ in titles)
        told.append(Problem.at("told.above_header", replace(place, line=None), lines=lines))
    table = OpenTable(path, sheet, header, number, tuple(told), frozenset())
    return replace(table, doubtful=_doubtful(table))


def _are_names(names: Sequence[str], column_map: ColumnMap | None) -> bool:
    """Tell whether a line holds the names of columns: those that a map speaks of, or those of questions."""
    return names_a_key(names) if column_map is None else column_map.speaks_of(names)


def records_of(path: Path) -> Iterator[Record]:
    """
    Read a table as it stands, before anything is known of its columns.

    Raises:
        InputError: it cannot be read.

    """
    return READERS[path.suffix.lower()](path).records()


def _name(cell: object) -> str:
    return "" if isinstance(cell, Unreadable) else str(trimmed(cell) or "")


def _doubtful(table: OpenTable) -> frozenset[str]:
    """Find the columns whose days may have their months first: some do in this table, and the column has none that cannot."""
    days = [
        (place, key)
        for place, key in enumerate(table.header.columns)
        if key and columns()[key].question.kind == "day"
    ]
    found: dict[str, Counter[bool]] = {key: Counter() for _, key in days}
    for record in islice(table.sheet.records(), table.number, None):
        for place, key in days:
            cell = record.cells[place] if place < len(record.cells) else None
            if isinstance(cell, str) and (order := month_first(cell)) is not None:
                found[key][order] += 1
    if not any(orders[True] for orders in found.values()):
        return frozenset()
    return frozenset(key for key, orders in found.items() if orders[True] or not orders[False])


def _row(table: OpenTable, number: int, record: Record) -> SheetRow:
    header, name = table.header, table.sheet.name
    cells: dict[str, Any] = {}
    letters: dict[str, str] = {}
    told: list[tuple[str, str | None]] = []
    # A row may be shorter than the header, and longer only by mistake.
    for column, (key, found) in enumerate(zip(header.columns, record.cells, strict=False), start=1):
        cell = trimmed(found)
        if not key or cell is None:
            continue
        cell = header.taken(column - 1, cell)
        if columns()[key].question.kind == "day":
            cell, has_time = dated(cell, is_doubtful=key in table.doubtful)
            if has_time:
                told.append(("told.time_cut", key))
        cells[key] = cell
        if name is not None:
            letters[key] = column_letters(column)
    header.complete(cells, record.cells, number)
    place = Place(str(table.path), record.line, None, None, name)
    problem = None
    beyond = record.cells[len(header.columns) :]
    if beyond and any(trimmed(cell) is not None for cell in beyond):
        problem = Problem.at("clients.cells_beyond", place)
    left_out = _left_out(record.cells, cells)
    if left_out:
        told = [(left_out, None)]
    elif record.hidden and (cells or problem):
        code = "told.rows_filtered" if table.sheet.filtered else "told.rows_hidden"
        told.append((code, None))
    return SheetRow(
        number,
        record.line,
        cells,
        place,
        letters,
        table.sheet.has_points,
        problem,
        tuple(told),
        bool(left_out),
    )


def _left_out(record: Sequence[Any], cells: Mapping[str, Any]) -> str:
    """Say why a row is nobody: it sums up the others, or shows how to fill them in; nothing where it is somebody."""
    if is_total(record):
        return "told.total_left_out"
    return "told.example_left_out" if is_example(cells) else ""


def is_total(cells: Sequence[Any]) -> bool:
    """Tell a row that sums up the others: its first word says so, and all that follows are numbers."""
    filled = (cell for cell in map(trimmed, cells) if cell is not None)
    first = next(filled, None)
    if not isinstance(first, str) or not _TOTAL.fullmatch(first):
        return False
    sums = list(filled)
    return bool(sums) and all(
        not isinstance(cell, str) or any(map(str.isdigit, cell)) for cell in sums
    )
