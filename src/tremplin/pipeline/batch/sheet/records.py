"""
What all tables have in common before anything is known of their columns: records of cells, the first of them the header.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of a row as they stand in the file, and the line on which it begins."""

    line: int
    cells: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of a file."""

    records: Iterator[Record]
    french: bool = False
    """Whether numbers, dates and truths are written as French spreadsheets do."""
