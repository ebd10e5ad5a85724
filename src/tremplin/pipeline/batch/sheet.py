"""
Tables of people: one row a person, columns named by the dotted keys of the profile.

CSV is read line by line, Excel and Parquet with polars once it is known that they fit into the memory. A cell that
is empty says nothing of its key. A list is written with semicolons: `identity; address`.
"""

import csv
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, TextIO, Union, get_args, get_origin

import fastexcel
import polars as pl
from pydantic import BaseModel

from tremplin.errors import InputError
from tremplin.model.profile import Profile
from tremplin.model.scalar import RefusedError, meaning
from tremplin.pipeline.batch.workbook import check_workbook

TABLES = (".csv", ".xlsx", ".parquet")
MIDNIGHT = " 00:00:00"
"""What a spreadsheet adds to a day."""
MOST_PEOPLE = 1_000_000
"""Of one table: their reports would take days, and their ids 200 MB."""
MOST_COLUMNS = 200
MOST_CHARACTERS = 64 * 1024
"""Of a row, as of a profile in a file of its own."""
MOST_CELLS = 20_000_000
"""Of a Parquet file, which is read whole."""
_SEVERAL = "Make several tables of it"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, and its cells that are not empty, by column."""

    line: int
    cells: Mapping[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """
    Read a table row by row.

    Raises:
        InputError: it cannot be read, or its columns are none of a profile's.

    """
    match path.suffix.lower():
        case ".csv":
            rows = _csv(path)
        case ".xlsx":
            rows = _frame(path, _excel(path))
        case _:
            rows = _frame(path, _parquet(path))
    for count, row in enumerate(rows):
        if count == MOST_PEOPLE:
            raise InputError.of(path, f"holds more than {MOST_PEOPLE:,} people", _SEVERAL)
        yield row


def nested(row: Row) -> dict[str, Any]:
    """
    Give the data of a profile that a row stands for: text where the profile wants text, else what it means.

    Raises:
        RefusedError: a cell looks like a date or a number, but is none.

    """
    data: dict[str, Any] = {}
    for column, cell in row.cells.items():
        *sections, key = column.split(".")
        inner = data
        for section in sections:
            inner = inner.setdefault(section, {})
            if not isinstance(inner, dict):
                todo = "Keep the column of the one or the columns of the other."
                raise RefusedError(f"`{section}` is a key and a group of keys", todo)
        try:
            inner[key] = _value(cell, kinds().get(column, ""))
        except RefusedError as refusal:
            refusal.key = column
            raise
    for column, kind in kinds().items():  # a group that is there needs its keys that may be null
        if kind.endswith("required null"):
            *sections, key = column.split(".")
            group: Any = data
            for section in sections:
                group = group.get(section) if isinstance(group, dict) else None
            if isinstance(group, dict):
                group.setdefault(key, None)
    return data


@cache
def kinds() -> dict[str, str]:
    """Name every dotted key of a profile, and what its cells hold: `text`, `list` or `word`."""
    return dict(_kinds(Profile, ""))


def _kinds(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        annotation = field.annotation
        options = get_args(annotation) if _is_union(annotation) else (annotation,)
        groups = [
            option
            for option in options
            if isinstance(option, type) and issubclass(option, BaseModel)
        ]
        if groups:
            yield from _kinds(groups[0], f"{prefix}{name}.")
            continue
        kind = "list" if any(get_origin(option) is tuple for option in options) else "word"
        if any(_is_text(option) for option in options):
            kind = "text"
        if field.is_required() and type(None) in options:
            kind += " required null"
        yield prefix + name, kind


def _is_union(annotation: object) -> bool:
    return get_origin(annotation) in {Union, types.UnionType}


def _is_text(option: object) -> bool:
    if get_origin(option) is Literal:
        return all(isinstance(word, str) for word in get_args(option))
    return option is str or (
        hasattr(option, "__metadata__") and getattr(option, "__origin__", None) is str
    )


def _value(cell: Any, kind: str) -> Any:  # noqa: ANN401 - a cell of any type
    if isinstance(cell, datetime):
        return cell.date()
    if not isinstance(cell, str):
        return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    if kind.startswith("text"):
        return meaning(cell, plain=False)
    if kind.startswith("list"):
        parts = [part.strip() for part in cell.strip("[]").replace(",", ";").split(";")]
        return [meaning(part, plain=False) for part in parts if part]
    return meaning(cell.removesuffix(MIDNIGHT), plain=True)


def _csv(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(MOST_CHARACTERS)
            file.seek(0)
            lines = _Lines(path, file)
            # Where the comma is the decimal sign, spreadsheets separate with semicolons.
            rows = csv.reader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
            columns = _columns(path, next(rows, []))
            lines.begin_row()
            for cells in rows:
                lines.begin_row()
                if any(cell.strip() for cell in cells[len(columns) :]):
                    raise InputError.of(
                        path,
                        f"this row has {len(cells)} cells, the first has {len(columns)}",
                        "Put a text that holds the separator in quotes",
                        line=rows.line_num,
                    )
                found = {
                    name: cell.strip()
                    for name, cell in zip(columns, cells, strict=False)
                    if cell.strip()
                }
                if found:
                    yield Row(rows.line_num, found)
    except UnicodeDecodeError:
        raise InputError.of(path, "is not UTF-8 text", "Save it again as CSV UTF-8") from None
    except csv.Error as error:
        raise InputError.of(path, f"is not a table of CSV ({error})") from None
    except OSError as error:
        raise InputError.of(path, f"cannot be read ({error.strerror})") from None


class _Lines:
    """The lines of a file, as long as each row of the table stays within its bounds."""

    def __init__(self, path: Path, file: TextIO) -> None:
        self._path, self._file = path, file
        self._line = self._used = 0
        self._begun = 1

    def begin_row(self) -> None:
        """Count from here: the next line is the first of another row."""
        self._used, self._begun = 0, self._line + 1

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        self._line += 1
        line = self._file.readline(MOST_CHARACTERS + 1)
        self._used += len(line)
        if self._used > MOST_CHARACTERS:
            raise InputError.of(
                self._path,
                f"a row is longer than {MOST_CHARACTERS:,} characters",
                "Look for a quote that is not closed",
                line=self._begun,
            )
        if not line:
            raise StopIteration
        return line


def _excel(path: Path) -> pl.DataFrame:
    check_workbook(path)
    try:
        # As text: a column that holds `true` and `unknown` has no other type.
        return fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        first = str(error).splitlines()[0]
        raise InputError.of(path, f"is not an Excel file that can be read ({first})") from None


def _parquet(path: Path) -> pl.DataFrame:
    try:
        table = pl.scan_parquet(path, glob=False)
        names = table.collect_schema().names()
        people = table.select(pl.len()).collect().item()
        if len(names) * people > MOST_CELLS:
            what = f"has {people:,} rows and {len(names):,} columns, more than {MOST_CELLS:,} cells"
            raise InputError.of(path, what, _SEVERAL)
        return table.collect()
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        first = str(error).splitlines()[0]
        raise InputError.of(path, f"is not a Parquet file that can be read ({first})") from None


def _frame(path: Path, frame: pl.DataFrame) -> Iterator[Row]:
    _columns(path, frame.columns)
    for line, row in enumerate(frame.iter_rows(named=True), start=2):
        found = {name: cell for name, cell in row.items() if cell is not None and cell != ""}
        if found:
            yield Row(line, found)


def _columns(path: Path, names: list[str]) -> list[str]:
    columns = [name.strip() for name in names]
    while columns and not columns[-1]:  # a separator at the end of each line
        columns.pop()
    if len(columns) > MOST_COLUMNS:
        raise InputError.of(
            path,
            f"has {len(columns):,} columns; a profile has {len(kinds())} keys",
            "Keep the columns that are keys",
            line=1,
        )
    if "id" not in columns:
        raise InputError.of(
            path,
            "has no column `id`",
            "Name the columns by the keys of the profile, such as id, employment.net_salary",
            line=1,
        )
    if len(set(columns)) < len(columns):
        twice = next(name for name in columns if columns.count(name) > 1)
        raise InputError.of(path, f"has the column `{twice[:60]}` twice", "Keep one", line=1)
    return columns
