"""
Read a CSV of the data folder into a frame that its schema has checked.

Python's `csv` splits the lines and polars does the rest: polars alone does not say on which line
a row is broken, and whoever edits a table needs just that. All problems are reported at once.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import dataframely as dy
import polars as pl

from tremplin.errors import InputError, Problem

SNAKE = r"^[a-z][a-z0-9_]*$"
DOTTED = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
SOURCES = r"^[a-z][a-z0-9_]*(;[a-z][a-z0-9_]*)*$"

LINE = "line"
HOW_TO_WRITE: dict[pl.DataType, tuple[str, str]] = {
    pl.Float64(): ("is not a number", "Write it like 12.5, with a dot and no spaces"),
    pl.Int64(): ("is not a whole number", "Write digits only, such as 12"),
    pl.Date(): ("is not a date", "Write it as year-month-day, such as 2026-07-01"),
}


class Row(dy.Schema):
    """
    What every table shares: the line of the file where a row ends.

    A rule of a table is named `column__what_must_hold`: its name becomes the message.
    """

    line = dy.Int64(min=2)


@dataclass(frozen=True)
class DataFile:
    """A file of the data folder, read once: what is checked is what is hashed."""

    path: Path
    content: bytes

    @classmethod
    def read(cls, path: Path) -> "DataFile":
        """
        Read the file.

        Raises:
            InputError: it is missing or cannot be read.

        """
        try:
            return cls(path, path.read_bytes())
        except FileNotFoundError:
            raise InputError.of(
                path, "is missing", "A data folder needs it: see data/README.md"
            ) from None
        except OSError as error:
            raise InputError.of(path, f"cannot be read ({error.strerror})") from None

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def text(self) -> str:
        """
        The file as text; a byte order mark, which spreadsheets like to write, is dropped.

        Raises:
            InputError: the bytes are not UTF-8.

        """
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            raise InputError.of(
                self.path, "is not UTF-8 text", "Save it again as UTF-8", line=line
            ) from None


@dataclass(frozen=True, eq=False)
class Table:
    """A checked table: its rows, and the line of the file where each row stands."""

    file: DataFile
    frame: pl.DataFrame
    lines: Sequence[int]

    def problem(self, row: int, column: str, what: str, todo: str) -> Problem:
        """Make the problem of one cell, found by a check that looks further than this table."""
        return Problem(
            file=str(self.file.path), what=what, todo=todo, line=self.lines[row], column=column
        )


def read_table(path: Path, schema: type[Row]) -> Table:
    """
    Read the CSV file `path` and check it against `schema`.

    Raises:
        InputError: all that is wrong with the file, each problem with its line and column.

    """
    file = DataFile.read(path)
    columns = [name for name in schema.column_names() if name != LINE]
    cells = _split(file, columns)
    frame, problems = _cast(file, cells, schema)
    valid, failures = schema.filter(frame)
    told = {(problem.line, problem.column) for problem in problems}
    problems += _broken_rules(file, failures, schema, told)
    if problems:
        raise InputError(*sorted(problems, key=lambda problem: problem.line or 0))
    return Table(file, valid.drop(LINE), valid[LINE].to_list())


def _split(file: DataFile, columns: Sequence[str]) -> pl.DataFrame:
    """Split the file into text cells, with the line of each row; an empty cell is null."""
    reader = csv.reader(io.StringIO(file.text, newline=""), strict=True)
    rows: list[list[str | int | None]] = []
    problems: list[Problem] = []
    try:
        header = next(reader, [])
        problems += _wrong_columns(file, header, columns)
        for row in reader:
            if len(row) != len(header):
                problems.append(_wrong_length(file, reader.line_num, row, header))
            rows.append([reader.line_num, *(cell or None for cell in row)])
    except csv.Error as error:
        problems.append(
            Problem(
                file=str(file.path),
                what=f"the line cannot be split into cells ({error})",
                todo='Look for a lone quote: inside a cell between quotes it is written ""',
                line=max(reader.line_num, 1),
            )
        )
    if not problems and not rows:
        problems.append(Problem(file=str(file.path), what="has no row", todo="Add one", line=1))
    if problems:
        raise InputError(*problems)
    names = {LINE: pl.Int64(), **{name: pl.String() for name in header}}
    return pl.DataFrame(rows, schema=names, orient="row").select(LINE, *columns)


def _wrong_columns(file: DataFile, header: list[str], columns: Sequence[str]) -> Iterator[Problem]:
    """Compare the first line with the columns that the table must have."""
    where = str(file.path)
    expected = ",".join(columns)
    if not any(header):
        yield Problem(where, "is empty", f"Its first line must be {expected}", line=1)
        return
    if len(header) == 1 and len(columns) > 1:
        yield Problem(
            where,
            f"has a single column, {header[0]!r}",
            f"Separate the columns by commas: {expected}",
            line=1,
        )
        return
    for name in columns:
        if name not in header:
            yield Problem(where, "the column is missing", "Add it to the first line", 1, name)
    for name in dict.fromkeys(header):
        if name not in columns:
            close = get_close_matches(name, columns, 1)
            todo = f"Did you mean {close[0]}?" if close else f"Remove it; known: {expected}"
            yield Problem(where, "the column is unknown", todo, 1, name)
        elif header.count(name) > 1:
            yield Problem(where, "the column appears twice", "Keep one of them", 1, name)


def _wrong_length(file: DataFile, line: int, row: list[str], header: list[str]) -> Problem:
    """Tell about a row that has more or fewer cells than the first line."""
    if not row:
        return Problem(str(file.path), "the line is blank", "Remove it", line)
    return Problem(
        str(file.path),
        f"the row has {len(row)} cells instead of {len(header)}, it starts with {row[0]!r}",
        "Check its commas: a cell that holds one stands between double quotes",
        line,
        # The first column that is missing, or the last one: the rest of the row runs over from it.
        header[min(len(row), len(header) - 1)],
    )


def _cast(
    file: DataFile, cells: pl.DataFrame, schema: type[Row]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Turn text into the types of the schema; a cell that does not fit becomes a problem."""
    problems = []
    typed = cells.clone()
    for name, column in schema.columns().items():
        text = cells[name]
        if name == LINE or text.dtype == column.dtype:
            continue
        values = _parsed(text, column.dtype)
        typed = typed.with_columns(values)
        for row in (values.is_null() & text.is_not_null()).arg_true():
            what, todo = _how_to_write(str(text[row]), column.dtype)
            problems.append(
                Problem(str(file.path), f"{text[row]!r} {what}", todo, cells[LINE][row], name)
            )
    return typed, problems


def _parsed(text: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Give the values that the texts stand for, null where a text does not fit the type."""
    if dtype == pl.Date:
        # chrono also takes 2026-7-1, which would not sort as text nor look like the other rows.
        iso = text.str.contains(r"^\d{4}-\d{2}-\d{2}$")
        return text.str.to_date("%Y-%m-%d", strict=False).set(~iso, None)
    return text.cast(dtype, strict=False)


def _how_to_write(text: str, dtype: pl.DataType) -> tuple[str, str]:
    """Tell what is wrong with a text that does not fit its type and what to write instead."""
    if isinstance(dtype, pl.Enum):
        known = dtype.categories.to_list()
        close = get_close_matches(text, known, 1)
        hint = f"Did you mean {close[0]}? " if close else ""
        return "is not a known value", f"{hint}Write one of {', '.join(known)}"
    return HOW_TO_WRITE[dtype]


def _broken_rules(
    file: DataFile,
    failures: dy.FailureInfo,
    schema: type[Row],
    told: set[tuple[int | None, str | None]],
) -> Iterator[Problem]:
    """Put the schema's verdicts into words, one a cell: `told` holds the cells judged already."""
    if not len(failures):
        return
    details = failures.details()
    columns = schema.columns()
    rules = [name for name in details.columns if name not in columns]
    for row in details.iter_rows(named=True):
        for rule in rules:
            if row[rule] != "invalid":
                continue
            if rule == "primary_key":
                keys = schema.primary_key()
                value = ", ".join(str(row[key]) for key in keys)
                name, what, todo = keys[0], f"{value!r} stands more than once", "Keep one row"
            elif "|" in rule:
                name, kind = rule.split("|")
                expected = columns[name].description
                what = "is empty" if kind == "nullability" else f"{row[name]!r} is not allowed"
                todo = f"Write {expected}" if expected else "Write a value"
            else:
                name, words = rule.split("__")
                what = f"{_shown(row[name])} breaks a rule"
                todo = f"It {words.replace('_', ' ')}"
            if (row[LINE], name) not in told:
                told.add((row[LINE], name))
                yield Problem(str(file.path), what, todo, row[LINE], name)


def _shown(value: object) -> str:
    """Show the value of a cell in a message."""
    return "an empty cell" if value is None else repr(str(value))
