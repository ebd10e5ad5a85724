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

from tremplin.errors import InputError, Phrase, Place, Problem, Value

SNAKE = r"^[a-z][a-z0-9_]*$"
DOTTED = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
SOURCES = r"^[a-z][a-z0-9_]*(;[a-z][a-z0-9_]*)*$"

LINE = "line"
NOT_OF_TYPE: dict[pl.DataType, str] = {
    pl.Float64(): "table.not_a_number",
    pl.Int64(): "table.not_a_whole_number",
    pl.Date(): "table.not_a_date",
}


class Row(dy.Schema):
    """
    What every table shares: the line of the file where a row ends.

    A rule of a table is named `column__what_must_hold`: its name becomes the phrase that says what to do.
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
            raise InputError.at("table.no_such_file", path) from None
        except OSError as error:
            raise InputError.not_read(path, error) from None

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
            raise InputError.at("table.not_utf8", Place.of(self.path, line=line)) from None


@dataclass(frozen=True, eq=False)
class Table:
    """A checked table: its rows, and the line of the file where each row stands."""

    file: DataFile
    frame: pl.DataFrame
    lines: Sequence[int]

    def problem(self, code: str, row: int, column: str, **values: Value | None) -> Problem:
        """Make the problem of one cell, found by a check that looks further than this table."""
        return Problem.at(
            code, Place.of(self.file.path, line=self.lines[row], column=column), **values
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
    told = {(problem.place.line, problem.place.column) for problem in problems}
    problems += _broken_rules(file, failures, schema, told)
    if problems:
        raise InputError(*sorted(problems, key=lambda problem: problem.place.line or 0))
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
        line = max(reader.line_num, 1)
        problems.append(
            Problem.at("table.not_split", Place.of(file.path, line=line), reason=str(error))
        )
    if not problems and not rows:
        problems.append(Problem.at("table.no_row", Place.of(file.path, line=1)))
    if problems:
        raise InputError(*problems)
    names = {LINE: pl.Int64(), **{name: pl.String() for name in header}}
    return pl.DataFrame(rows, schema=names, orient="row").select(LINE, *columns)


def _wrong_columns(file: DataFile, header: list[str], columns: Sequence[str]) -> Iterator[Problem]:
    """Compare the first line with the columns that the table must have."""
    path, expected = file.path, ",".join(columns)
    if not any(header):
        yield Problem.at("table.empty", Place.of(path, line=1), expected=expected)
        return
    if len(header) == 1 and len(columns) > 1:
        yield Problem.at(
            "table.single_column", Place.of(path, line=1), found=repr(header[0]), expected=expected
        )
        return
    for name in columns:
        if name not in header:
            yield Problem.at("table.column_missing", Place.of(path, line=1, column=name))
    for name in dict.fromkeys(header):
        if name not in columns:
            yield Problem.at(
                "table.column_unknown",
                Place.of(path, line=1, column=name),
                meant=next(iter(get_close_matches(name, columns, 1)), None),
                expected=expected,
            )
        elif header.count(name) > 1:
            yield Problem.at("table.column_twice", Place.of(path, line=1, column=name))


def _wrong_length(file: DataFile, line: int, row: list[str], header: list[str]) -> Problem:
    """Tell about a row that has more or fewer cells than the first line."""
    if not row:
        return Problem.at("table.blank_line", Place.of(file.path, line=line))
    # The first column that is missing, or the last one: the rest of the row runs over from it.
    column = header[min(len(row), len(header) - 1)]
    return Problem.at(
        "table.wrong_length",
        Place.of(file.path, line, column),
        found=len(row),
        expected=len(header),
        start=repr(row[0]),
    )


def _cast(
    file: DataFile, cells: pl.DataFrame, schema: type[Row]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Turn text into the types of the schema; a cell that does not fit becomes a problem."""
    problems: list[Problem] = []
    typed = cells.clone()
    for name, column in schema.columns().items():
        text = cells[name]
        if name == LINE or text.dtype == column.dtype:
            continue
        values = _parsed(text, column.dtype)
        typed = typed.with_columns(values)
        problems += [
            _not_of_type(Place.of(file.path, cells[LINE][row], name), text[row], column.dtype)
            for row in (values.is_null() & text.is_not_null()).arg_true()
        ]
    return typed, problems


def _parsed(text: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Give the values that the texts stand for, null where a text does not fit the type."""
    if dtype == pl.Date:
        # chrono also takes 2026-7-1, which would not sort as text nor look like the other rows.
        iso = text.str.contains(r"^\d{4}-\d{2}-\d{2}$")
        return text.str.to_date("%Y-%m-%d", strict=False).set(~iso, None)
    values = text.cast(dtype, strict=False)
    # polars takes `nan` and `inf` for numbers, with which nothing can be reckoned.
    return values.set(~values.is_finite(), None) if dtype == pl.Float64 else values


def _not_of_type(place: Place, text: str, dtype: pl.DataType) -> Problem:
    """Tell what is wrong with a text that does not fit its type and what to write instead."""
    if not isinstance(dtype, pl.Enum):
        return Problem.at(NOT_OF_TYPE[dtype], place, value=repr(text))
    known = dtype.categories.to_list()
    return Problem.at(
        "table.not_a_choice",
        place,
        value=repr(text),
        meant=next(iter(get_close_matches(text, known, 1)), None),
        choices=", ".join(known),
    )


def _broken_rules(
    file: DataFile,
    failures: dy.FailureInfo,
    schema: type[Row],
    told: set[tuple[int | None, str | None]],
) -> Iterator[Problem]:
    """Make problems of the schema's verdicts, one per cell: `told` holds the cells judged already."""
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
                name, code = keys[0], "table.key_twice"
                values: dict[str, str | None] = {"value": repr(value)}
            elif "|" in rule:
                name, kind = rule.split("|")
                code = "table.cell_empty" if kind == "nullability" else "table.not_allowed"
                expected = columns[name].description
                values = {
                    "value": None if kind == "nullability" else repr(row[name]),
                    "expected": Phrase(expected) if expected else None,
                }
            else:
                name, words = rule.split("__")
                code = "table.rule_broken"
                values = {"value": _shown(row[name]), "rule": Phrase(words.replace("_", " "))}
            if (row[LINE], name) not in told:
                told.add((row[LINE], name))
                yield Problem.at(code, Place.of(file.path, line=row[LINE], column=name), **values)


def _shown(value: object) -> str:
    """Show the value of a cell in a message."""
    return Phrase("an empty cell") if value is None else repr(str(value))
