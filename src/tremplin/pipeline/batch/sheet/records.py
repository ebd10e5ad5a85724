"""
What all tables have in common: records of cells, the first of them the header, and the rows that are made of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tremplin.errors import Place, Problem, Value


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in a cell for a value that cannot be trusted: the code and the values of what is wrong with it."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of a row as they stand in the file, and the line on which it begins."""

    line: int
    cells: Sequence[Any]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of a file before anything is known of its columns."""

    records: Callable[[], Iterator[Record]]
    """Gives its records from the first, as often as it is asked."""
    name: str | None = None
    """Of the sheet, in a workbook."""
    has_points: bool = False
    """Whether a point can only be that of decimals, as the comma separates the columns."""
    filtered: bool = False
    """Whether a filter hides rows."""
    told: tuple[Problem, ...] = ()
    """What was passed over or supposed to read it at all."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: where it stands, and its cells that are not empty, by key."""

    number: int
    """As spreadsheets count: the header is row 1, and a cell of several lines makes no further rows."""
    line: int
    """The line of the file on which it begins."""
    cells: Mapping[str, Any]
    at: Place
    """The place of the row as a whole."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The column of each key, in a workbook."""
    has_points: bool = False
    """Whether a point can only be that of decimals."""
    problem: Problem | None = None
    """Why its cells cannot be trusted."""
    told: tuple[tuple[str, str | None], ...] = ()
    """What is to be said of it, as code and key, although it is read."""
    is_nobody: bool = False
    """Whether it sums up the others, or is an example."""

    def place(self, key: str | None) -> Place:
        """Say where a key of this row stands: the cell, in a workbook."""
        column = (key or "").partition("[")[0]
        return Place(self.at.file, self.line, self.letters.get(column), key, self.at.sheet)
