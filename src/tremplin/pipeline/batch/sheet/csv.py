"""
CSV, with the comma or, as spreadsheets write it where the comma is the decimal sign, with the semicolon.
"""

import csv
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Self, TextIO

from tremplin.errors import InputError, Place
from tremplin.pipeline.batch.sheet.records import Record, Sheet

MOST_CHARACTERS = 64 * 1024
"""Of a row, as of a profile in a file of its own."""
_PIECE = 2**16
_BLANK = b"\xef\xbb\xbf \t\r\n;,"
# What no text in Windows-1252 holds: it is another encoding.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]")


def read_csv(path: Path) -> Sheet:
    """
    Read a CSV file record by record.

    Raises:
        InputError: it cannot be read.

    """
    try:
        with path.open("rb") as file:
            french = _separator(file) == b";"
            # Where French Excel is not asked for UTF-8, it writes the encoding of Windows.
            encoding = "cp1252" if french and _is_windows_text(file) else "utf-8-sig"
    except OSError as error:
        raise InputError.not_read(path, error) from None
    return Sheet(_records(path, ";" if french else ",", encoding), french)


def _separator(file: BinaryIO) -> bytes:
    for head in iter(lambda: file.readline(MOST_CHARACTERS), b""):
        if head.strip(_BLANK):
            return b";" if head.count(b";") > head.count(b",") else b","
    return b","


def _is_windows_text(file: BinaryIO) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    file.seek(0)
    is_utf8, is_text = True, True
    for piece in iter(lambda: file.read(_PIECE), b""):
        is_text = is_text and not _NO_TEXT.search(piece)
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            is_utf8 = False
            decoder.reset()
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        is_utf8 = False
    return is_text and not is_utf8


def _records(path: Path, separator: str, encoding: str) -> Iterator[Record]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = _Lines(path, file)
            for cells in csv.reader(lines, delimiter=separator):
                while cells and not cells[-1].strip():  # a separator at the end of each line
                    cells.pop()
                yield Record(lines.begun, cells)
                lines.begin_row()
    except UnicodeDecodeError:
        raise InputError.at("clients.not_utf8", path) from None
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
