"""
CSV as programs and spreadsheets write it: separated by commas, semicolons or tabs, in the encodings that they use.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self, TextIO

from tremplin.errors import InputError, Place, Problem
from tremplin.pipeline.batch.sheet.encodings import encoding_of
from tremplin.pipeline.batch.sheet.records import Record, Sheet

MOST_CHARACTERS = 64 * 1024
"""Of a row, as of a profile in a file of its own."""
SEPARATORS = ",;\t"
_LOOKED_AT = 20
"""Lines in which a separator is looked for: titles may stand above the first that has one."""
_TOLD = re.compile(r'"?sep=([^"\w\n\r ])"?\s*', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"?')


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is written."""

    encoding: str
    separator: str
    skipped: int
    """Lines before the table: one, where it says which sign separates."""
    told: tuple[Problem, ...]

    @property
    def has_points(self) -> bool:
        """Whether the decimal sign can only be a point."""
        return self.separator == ","


def csv_form(path: Path) -> CsvForm:
    """
    Find out how a CSV file is written.

    Raises:
        InputError: it cannot be read, or its encoding cannot be told.

    """
    try:
        with path.open("rb") as file:
            encoding = encoding_of(path, file)
        with path.open(encoding=encoding.name, errors="replace", newline="") as text:
            lines = list(islice(iter(lambda: text.readline(MOST_CHARACTERS), ""), _LOOKED_AT))
    except OSError as error:
        raise InputError.not_read(path, error) from None
    if lines and (told := _TOLD.fullmatch(lines[0].lstrip("\ufeff"))):
        return CsvForm(encoding.name, told[1], 1, encoding.told)
    return CsvForm(encoding.name, _separator(lines), 0, encoding.told)


def read_csv(path: Path) -> Sheet:
    """
    Read a CSV file record by record.

    Raises:
        InputError: it cannot be read.

    """
    form = csv_form(path)
    return Sheet(lambda: _records(path, form), has_points=form.has_points, told=form.told)


def _separator(lines: list[str]) -> str:
    """Give the sign that the first line with several of them has most of, outside of quotes; a title may have one."""
    bare = [_QUOTED.sub("", line).strip(f"{SEPARATORS}\r\n") for line in lines]
    for least in (2, 1):
        for line in bare:
            sign = max(SEPARATORS, key=line.count)
            if line.count(sign) >= least:
                return sign
    return SEPARATORS[0]


def _records(path: Path, form: CsvForm) -> Iterator[Record]:
    try:
        with path.open(encoding=form.encoding, newline="") as file:
            lines = _Lines(path, file)
            for _ in range(form.skipped):
                next(lines)
                lines.begin_row()
            for cells in csv.reader(lines, delimiter=form.separator):
                while cells and not cells[-1].strip():  # a separator at the end of each line
                    cells.pop()
                yield Record(lines.begun, cells)
                lines.begin_row()
    except UnicodeError:
        raise InputError.at("clients.not_text", Place.of(path, line=lines.begun)) from None
    except csv.Error as error:
        raise InputError.at("clients.not_csv", path, reason=str(error)) from None
    except OSError as error:
        raise InputError.not_read(path, error) from None


class _Lines:
    """The lines of a file, as long as each row of the table stays within its bounds."""

    def __init__(self, path: Path, file: TextIO) -> None:
        self._path, self._file = path, file
        self._line = self._used = 0
        self.begun = 1
        """The line on which the row begins."""

    def begin_row(self) -> None:
        """Count from here: the next line is the first of another row."""
        self._used, self.begun = 0, self._line + 1

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        self._line += 1
        line = self._file.readline(MOST_CHARACTERS + 1)
        self._used += len(line)
        if self._used > MOST_CHARACTERS:
            raise InputError.at(
                "clients.row_too_long", Place.of(self._path, line=self.begun), most=MOST_CHARACTERS
            )
        if not line:
            raise StopIteration
        return line
