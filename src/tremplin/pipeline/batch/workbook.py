"""
Looks at a workbook before it is opened: what unpacks to far more than it seems is refused.

A few kilobytes can hold a cell in the last corner of a sheet, for which the reader would make room for all cells
before it, or one long text that a million cells point to. So the parts are unpacked here piece by piece, and what
they hold is counted, whatever sizes the file claims.
"""

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from tremplin.errors import InputError, Problem

MOST_BYTES = 256 * 2**20
"""Of all parts of a workbook, unpacked."""
MOST_CELLS = 4_000_000
"""From the first cell to the last one used: 50,000 people with all keys."""
MOST_CHARACTERS = 100_000_000
"""Of all cells, if each held the longest text."""
_PIECE = 2**16
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class _TooMuchError(Exception):
    """More than is read: the code and the values of the problem."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def check_workbook(path: Path) -> None:
    """
    Refuse a workbook that would fill the memory.

    Raises:
        InputError: it holds too much, or is none.

    """
    try:
        with zipfile.ZipFile(path) as book:
            _check(book)
    except _TooMuchError as error:
        raise InputError(Problem.at(error.code, path, **error.values)) from None
    except OSError as error:
        raise InputError.not_read(path, error) from None
    # A broken archive can fail in any of these ways.
    except (zipfile.BadZipFile, expat.ExpatError, EOFError, ValueError, RuntimeError) as error:
        raise InputError.at("clients.not_excel", path, reason=str(error)) from None


def _check(book: zipfile.ZipFile) -> None:
    left = MOST_BYTES
    cells, longest = 0, 0
    for part in book.infolist():
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile(f"{part.filename} is packed in an unusual way")
        part.file_size = MOST_BYTES + 1  # what it claims would end the reading too early
        counter = _Counter()
        with book.open(part) as file:
            for piece in iter(lambda: file.read(_PIECE), b""):
                left -= len(piece)
                if left < 0:
                    raise _TooMuchError("clients.unpacks_to_more", mebibytes=MOST_BYTES // 2**20)
                if part.filename.lower().endswith((".xml", ".rels")):
                    counter.parser.Parse(piece)
                elif b"<sheetData" in piece:
                    raise zipfile.BadZipFile(f"{part.filename} should be called .xml")
        cells = max(cells, counter.area)
        longest = max(longest, counter.longest)
        if cells * longest > MOST_CHARACTERS:
            raise _TooMuchError("clients.long_texts")


class _Counter:
    """Counts what a part of a workbook holds, while it is unpacked."""

    def __init__(self) -> None:
        self.longest = 0
        self._rows = self._columns = self._row = self._column = self._length = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text

    @property
    def area(self) -> int:
        """The cells from the first to the last one used, for which room is made."""
        return self._rows * self._columns

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
            case "c":
                self._column += 1
                if place := _CELL.fullmatch(attributes.get("r", "")):
                    self._column, self._row = _column(place[1]), int(place[2])
            case "v" | "is" | "f":
                self._use()
                self._length = 0
            case "si":
                self._length = 0

    def _use(self) -> None:
        """Take the cell for one that holds something."""
        self._rows = max(self._rows, self._row)
        self._columns = max(self._columns, self._column)
        if self.area > MOST_CELLS:
            raise _TooMuchError(
                "clients.sheet_too_large", rows=self._rows, columns=self._columns, most=MOST_CELLS
            )

    def _text(self, text: str) -> None:
        self._length += len(text)
        self.longest = max(self.longest, self._length)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
