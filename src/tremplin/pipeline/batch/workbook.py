"""
Looks at a workbook before it is opened: what unpacks to far more than it seems is refused, and what a reader of values passes over is kept.

A few kilobytes can hold a cell in the last corner of a sheet, for which the reader would make room for all cells
before it, or one long text that a million cells point to. So the parts are unpacked here piece by piece, and what
they hold is counted, whatever sizes the file claims. On the way are noted the rows that are hidden, merged cells,
errors, and formulas that were never worked out: to whoever reads values, those are empty cells.
"""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from tremplin.errors import InputError, Problem

MOST_BYTES = 256 * 2**20
"""Of all parts of a workbook, unpacked."""
MOST_CELLS = 4_000_000
"""From the first cell to the last one used: 50,000 people with all keys."""
MOST_CHARACTERS = 100_000_000
"""Of all cells, if each held the longest text."""
MOST_ODD = 10_000
"""Cells in error, and merged ranges: beyond, the workbook is broken as a whole."""
NOT_WORKED_OUT = ""
"""Stands for the error of a formula that has no value yet."""
_OLD = b"\xd0\xcf\x11\xe0"
"""How the files of old Excel begin, and those that a password locks."""
_LAST_ROW = 2**20
_PIECE = 2**16
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


@dataclass(slots=True)
class SheetLook:
    """What a sheet holds beside its values; rows and columns count from 1."""

    rows: int = 0
    """Rows in which something stands."""
    columns: int = 0
    """The last column in which something stands."""
    hidden: set[int] = field(default_factory=set)
    filtered: bool = False
    """Whether a filter is set, which hides rows too."""
    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    """The error of each cell that has one, by row and column."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row and column, last row and column."""

    def note_odd(self, row: int, column: int, error: str) -> None:
        """Keep an error of a cell."""
        self.odd[row, column] = error
        if len(self.odd) > MOST_ODD:
            raise _TooMuchError("clients.too_many_errors", most=MOST_ODD)

    def note_merged(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Keep a range of merged cells."""
        self.merged.append((*first, *last))
        if len(self.merged) > MOST_ODD:
            raise _TooMuchError("clients.too_many_merged", most=MOST_ODD)


class _TooMuchError(Exception):
    """More than is read: the code and the values of the problem."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def look_at_workbook(path: Path) -> Mapping[str, SheetLook]:
    """
    Refuse a workbook that would fill the memory, and tell what its sheets hold beside values, by name.

    Raises:
        InputError: it holds too much, or is none.

    """
    try:
        with path.open("rb") as file:
            if file.read(len(_OLD)) == _OLD:
                raise InputError.at("clients.locked", path)
        with zipfile.ZipFile(path) as book:
            return _look(book)
    except _TooMuchError as error:
        raise InputError(Problem.at(error.code, path, **error.values)) from None
    except OSError as error:
        raise InputError.not_read(path, error) from None
    # A broken archive can fail in any of these ways.
    except (zipfile.BadZipFile, expat.ExpatError, EOFError, ValueError, RuntimeError) as error:
        raise InputError.at("clients.not_excel", path, reason=str(error)) from None


def column_letters(column: int) -> str:
    """
    Name a column, counted from 1, as spreadsheets do.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _look(book: zipfile.ZipFile) -> Mapping[str, SheetLook]:
    left = MOST_BYTES
    cells, longest = 0, 0
    is_calc = "content.xml" in book.namelist()
    counters: dict[str, _Counter] = {}
    for part in book.infolist():
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile(f"{part.filename} is packed in an unusual way")
        part.file_size = MOST_BYTES + 1  # what it claims would end the reading too early
        counter = counters[part.filename] = _Counter(_Calc() if is_calc else _Excel())
        with book.open(part) as file:
            for piece in iter(lambda: file.read(_PIECE), b""):
                left -= len(piece)
                if left < 0:
                    raise _TooMuchError("clients.unpacks_to_more", mebibytes=MOST_BYTES // 2**20)
                if part.filename.lower().endswith((".xml", ".rels")):
                    counter.parser.Parse(piece)
                elif b"<sheetData" in piece or b"<table:table-cell" in piece:
                    raise zipfile.BadZipFile(f"{part.filename} should be called .xml")
        counter.kind.end()
        cells = max(cells, counter.kind.cells)
        longest = max(longest, counter.longest)
        if cells * longest > MOST_CHARACTERS:
            raise _TooMuchError("clients.long_texts")
    return _by_name({name: counter.kind for name, counter in counters.items()})


def _by_name(parts: Mapping[str, "_Kind"]) -> Mapping[str, SheetLook]:
    calc = parts.get("content.xml")
    if isinstance(calc, _Calc):
        return calc.sheets
    book, links = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if not isinstance(book, _Excel) or not isinstance(links, _Excel):
        return {}
    found = {}
    for name, link in book.sheets.items():
        target = posixpath.normpath(posixpath.join("/xl", links.targets.get(link, ""))).lstrip("/")
        part = parts.get(target)
        found[name] = part.sheet if isinstance(part, _Excel) else SheetLook()
    return found


class _Kind(Protocol):
    """What reads the elements of one kind of workbook."""

    @property
    def cells(self) -> int:
        """Count the cells from the first to the last one used, for which room is made."""

    def start(self, name: str, attributes: dict[str, str]) -> bool:
        """See an element begin; tell whether a text begins with it."""

    def text(self, text: str) -> None:
        """See text."""

    def end(self) -> None:
        """See a part end."""


class _Counter:
    """Counts what a part of a workbook holds, while it is unpacked."""

    def __init__(self, kind: _Kind) -> None:
        self.kind = kind
        self.longest = self._length = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.kind.start(name, attributes):
            self._length = 0

    def _text(self, text: str) -> None:
        self._length += len(text)
        self.longest = max(self.longest, self._length)
        self.kind.text(text)


class _Room:
    """The room that the cells of a sheet take up."""

    def __init__(self) -> None:
        self.cells = self.rows = self.columns = 0

    def take(self, row: int, column: int) -> None:
        """Take a cell for one that holds something."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.cells = self.rows * self.columns
        if self.cells > MOST_CELLS:
            raise _TooMuchError(
                "clients.sheet_too_large", rows=self.rows, columns=self.columns, most=MOST_CELLS
            )


class _Excel:
    """A part of an Excel workbook."""

    def __init__(self) -> None:
        self.sheet = SheetLook()
        self.sheets: dict[str, str] = {}
        """What links to the part of each sheet, by name."""
        self.targets: dict[str, str] = {}
        """The parts that links lead to."""
        self._room = _Room()
        self._row = self._column = 0
        self._is_used = self._is_error = self._is_formula = self._is_text = self._in_value = False
        self._value = ""
        self._last_used = 0

    @property
    def cells(self) -> int:
        return self._room.cells

    def start(self, name: str, attributes: dict[str, str]) -> bool:  # noqa: C901 - one for each element
        match name.rpartition(":")[2]:
            case "row":
                self.end()
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
                if attributes.get("hidden") in {"1", "true"} and self._row <= _LAST_ROW:
                    self.sheet.hidden.add(self._row)
            case "c":
                self.end()
                self._column += 1
                if place := _CELL.fullmatch(attributes.get("r", "")):
                    self._row, self._column = _place(place)
                kind = attributes.get("t")
                self._is_error, self._is_text = kind == "e", kind in {"str", "s", "inlineStr"}
            case "v" | "is":
                self._use()
                self._in_value = True
                return True
            case "f":
                self._use()
                self._is_formula, self._in_value = True, False
                return True
            case "si":
                return True
            case "mergeCell":
                first, _, last = attributes.get("ref", "").partition(":")
                if (one := _CELL.fullmatch(first)) and (other := _CELL.fullmatch(last)):
                    self.sheet.note_merged(_place(one), _place(other))
            case "filterColumn":
                self.sheet.filtered = True
            case "sheet" if "name" in attributes:
                links = (value for key, value in attributes.items() if key.endswith(":id"))
                self.sheets[attributes["name"]] = next(links, "")
            case "Relationship":
                self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        return False

    def text(self, text: str) -> None:
        if self._in_value and (self._is_error or self._is_formula):
            self._value += text

    def end(self) -> None:
        """Keep what is odd about the cell before."""
        value = self._value.strip()
        if self._is_used and self._is_error:
            self.sheet.note_odd(self._row, self._column, value)
        elif self._is_used and self._is_formula and not self._is_text and not value:
            self.sheet.note_odd(self._row, self._column, NOT_WORKED_OUT)
        self._is_used = self._is_error = self._is_formula = self._is_text = self._in_value = False
        self._value = ""

    def _use(self) -> None:
        self._is_used = True
        self._room.take(self._row, self._column)
        self.sheet.columns = self._room.columns
        self.sheet.rows += self._row != self._last_used
        self._last_used = self._row


class _Calc:
    """The content of a workbook of LibreOffice."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetLook] = {}
        self._sheet, self._room = SheetLook(), _Room()
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._is_error = False
        self._value = ""
        self._last_used = 0
        self._most = 0

    @property
    def cells(self) -> int:
        return self._most

    def start(self, name: str, attributes: dict[str, str]) -> bool:
        match name:
            case "table:table":
                self._sheet = self.sheets[attributes.get("table:name", "")] = SheetLook()
                self._room = _Room()
                self._row = self._column = self._last_used = 0
                self._rows = self._columns = 1
            case "table:table-row":
                self.end()
                self._row += self._rows if self._row else 1
                self._rows = int(attributes.get("table:number-rows-repeated", 1))
                self._column, self._columns = 0, 1
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self._row + self._rows - 1, _LAST_ROW)
                    self._sheet.hidden.update(range(self._row, last + 1))
                    self._sheet.filtered |= attributes["table:visibility"] == "filter"
            case "table:table-cell" | "table:covered-table-cell":
                self.end()
                self._cell(attributes)
            case "text:p":
                return True
        return False

    def _cell(self, attributes: dict[str, str]) -> None:
        self._column += self._columns if self._column else 1
        self._columns = int(attributes.get("table:number-columns-repeated", 1))
        is_formula = "table:formula" in attributes
        has_value = "office:value-type" in attributes
        if has_value or is_formula:
            self._room.take(self._row + self._rows - 1, self._column + self._columns - 1)
            self._most = max(self._most, self._room.cells)
            self._sheet.columns = self._room.columns
            self._sheet.rows += self._rows * (self._row != self._last_used)
            self._last_used = self._row
        if is_formula and not has_value:
            self._sheet.note_odd(self._row, self._column, NOT_WORKED_OUT)
        self._is_error = attributes.get("calcext:value-type") == "error"
        down = int(attributes.get("table:number-rows-spanned", 1))
        right = int(attributes.get("table:number-columns-spanned", 1))
        if down > 1 or right > 1:
            self._sheet.note_merged(
                (self._row, self._column), (self._row + down - 1, self._column + right - 1)
            )

    def text(self, text: str) -> None:
        if self._is_error:
            self._value += text

    def end(self) -> None:
        """Keep the error of the cell before."""
        if self._is_error:
            self._sheet.note_odd(self._row, self._column, self._value.strip())
        self._is_error, self._value = False, ""


def _place(found: re.Match[str]) -> tuple[int, int]:
    """Give the row and the column of a cell such as `E7`."""
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column
