"""
The first line of a table: which column is which key, told once for all clients where one is wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tremplin.errors import InputError, Phrase, Place, Problem, Value
from tremplin.model.profile.columns import columns, named, squashed
from tremplin.model.scalar import spelt
from tremplin.pipeline.batch.sheet.cells import trimmed
from tremplin.pipeline.batch.sheet.column_map import JOINED, CellReading, ColumnMap, distinct
from tremplin.pipeline.batch.sheet.keys import meant, meant_in_french

MOST_COLUMNS = 400
_TOLD = 20
"""Problems that fit on a screen."""
_FEW = 3
"""A line of fewer words is a title, not the names of columns."""
_DOTTED = re.compile(r"\w+(\.\w+)+")
_FIGURE = re.compile(r"[-+]?[\d\s.,/€%-]*\d[\d\s.,/€%-]*")
_Found: TypeAlias = tuple[str, Mapping[str, Value | None]]
"""The code of a problem of the header, and its values."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, in their order."""

    columns: tuple[str, ...]
    """The key of each; nothing for one that is not read."""
    unread: tuple[str, ...]
    """What the advisor has beside: columns that no key is like."""
    readings: tuple[CellReading | None, ...] = ()
    """How the cells of each are to be taken, where a map says so."""
    joined: tuple[int, ...] = ()
    """The columns that make a name together, in their order."""
    numbered: bool = False
    """Whether clients are called by the numbers of their rows, as no column has an id."""

    def taken(self, place: int, cell: Any) -> Any:  # noqa: ANN401 - a cell of any type
        """Give what a cell says, in the words of its question."""
        reading = self.readings[place] if self.readings else None
        return reading.read(cell) if reading else cell

    def complete(self, cells: dict[str, Any], found: Sequence[Any], number: int) -> None:
        """Add what several cells of a row say together, or none."""
        if len(self.joined) > 1:
            parts = [trimmed(found[place]) for place in self.joined if place < len(found)]
            if all(part is None or isinstance(part, str) for part in parts):
                cells[JOINED] = " ".join(part for part in parts if part)
        if self.numbered and cells:
            cells.setdefault("id", f"client-{number}")


def read_header(path: Path, line: int, names: Sequence[str], *, whole: bool = True) -> Header:
    """
    Tell which column is which key: columns are named by keys, or by what these are called in French.

    A column with a name of its own (`Téléphone`, `note de suivi`) is the advisor's and not read. One that looks
    like a key is refused: what it says would be missing in the report, and nobody would notice.

    Raises:
        InputError: columns are missing, unknown or there twice, each told with what was probably meant.

    """
    check_width(path, line, names)
    found = [named(name) or "" for name in names]
    foreign = [name for name, key in zip(names, found, strict=True) if name and not key]
    likely = {name: None if _is_note(name) else meant(name) for name in foreign}
    if not names_a_key(names):
        raise _no_names(path, line, names)
    slips = {
        name: None if key or _is_note(name) else meant_in_french(name)
        for name, key in likely.items()
    }
    told = [*_unknown(likely, slips), *_twice(names, found)]
    if whole:
        called = {name: named(slip) for name, slip in slips.items() if slip}
        told += _missing(path, names, found, {**likely, **called})
    problems = [Problem.at(code, Place.of(path, line=line), **values) for code, values in told]
    if more := problems[_TOLD:]:
        problems[_TOLD:] = [
            Problem.at("clients.more_columns", Place.of(path, line=line), more=len(more))
        ]
    if problems:
        raise InputError(*problems)
    own = [spelt(name) for name in likely]
    if nameless := sum(not name for name in names):
        own.append(f"{nameless} without a name")
    return Header(tuple(found), tuple(own))


def names_a_key(names: Sequence[str]) -> bool:
    """Tell whether a line can be a header: one of its cells is the name of a key."""
    return any(named(name) or name.lower() in columns() for name in names)


def mapped_header(path: Path, line: int, names: Sequence[str], column_map: ColumnMap) -> Header:
    """
    Tell which column is which key by a map: what it does not speak of is not read.

    Raises:
        InputError: the table has too many columns, or lacks one that the map reads.

    """
    check_width(path, line, names)
    names = distinct(names)
    readings = tuple(column_map.reading(name) if name else None for name in names)
    there = {squashed(name) for name in names}
    gone = [
        (name, reading)
        for name, reading in column_map.readings.items()
        if reading and squashed(name) not in there
    ]
    if gone:
        raise InputError(
            *(
                Problem.at(
                    "map.column_not_there",
                    Place.of(path, line=line),
                    column=column_map.names[name],
                    line=column_map.lines[name],
                    map=column_map.file,
                )
                for name, _ in gone
            )
        )
    order = list(column_map.readings)
    joined = [place for place, one in enumerate(readings) if one and one.key == JOINED]
    joined.sort(key=lambda place: order.index(squashed(names[place])))
    return Header(
        tuple(one.key if one else "" for one in readings),
        tuple(spelt(name) for name, one in zip(names, readings, strict=True) if name and not one),
        readings,
        tuple(joined),
        numbered=not any(one and one.key == "id" for one in readings),
    )


def check_width(path: Path, line: int, names: Sequence[str]) -> None:
    """
    Refuse a table with more columns than anybody's answers fill.

    Raises:
        InputError: it has.

    """
    if len(names) > MOST_COLUMNS:
        raise InputError.at(
            "clients.too_many_columns",
            Place.of(path, line=line),
            columns=len(names),
            keys=len(columns()),
        )


def may_be_names(line: Sequence[str], widest: int) -> bool:
    """Tell whether a line can be the names of columns that are all the advisor's own: words, and nearly as many as there are cells."""
    there = [name for name in line if name]
    return len(there) * 5 >= widest * 3 and not any(map(_FIGURE.fullmatch, there))


def _no_names(path: Path, line: int, names: Sequence[str]) -> InputError:
    """Tell names that are all the advisor's own from a line that holds no names."""
    there = [name for name in names if name]
    if len(there) < _FEW or any(map(_FIGURE.fullmatch, there)):
        return InputError.at("clients.no_column_names", Place.of(path, line=line))
    return InputError.at(
        "clients.columns_of_their_own",
        Place.of(path, line=line),
        columns=len(there),
        file=str(path),
    )


def _is_note(name: str) -> bool:
    return name.lower().startswith("note")


def _unknown(likely: Mapping[str, str | None], slips: Mapping[str, str | None]) -> Iterator[_Found]:
    """Tell the columns that are nearly keys, and those that can only be meant as keys."""
    otherwise = [name for name, key in likely.items() if name.lower() == key]
    if otherwise:
        name = otherwise[0]
        more = len(otherwise) - 1 or None
        yield "clients.column_in_capitals", {"name": name, "right": name.lower(), "more": more}
    for name, key in likely.items():
        if name in otherwise:
            continue
        if close := key or slips[name]:
            own = None if "." in name else "note"
            yield "clients.column_unknown", {"name": spelt(name), "meant": close, "own": own}
        elif _DOTTED.fullmatch(name) and not _is_note(name):
            yield "clients.column_unknown", {"name": spelt(name)}


def _twice(names: Sequence[str], found: Sequence[str]) -> Iterator[_Found]:
    for key in dict.fromkeys(found):
        if key and found.count(key) > 1:
            yield "clients.column_twice", {"name": names[found.index(key)]}


def _missing(
    path: Path, names: Sequence[str], found: Sequence[str], likely: Mapping[str, str | None]
) -> Iterator[_Found]:
    """Tell what every profile must have, but not what is there under a name that is told already."""
    there = {*found, *likely.values()}
    missing = [
        column for column in columns().values() if column.required and column.key not in there
    ]
    if missing and not any(name == key for name, key in zip(names, found, strict=True) if key):
        listed = ", ".join(f"« {column.name} »" for column in missing)
        yield "clients.columns_missing", {"names": listed, "file": str(path)}
        return
    for column in missing:
        meaning = Phrase(column.question.description)
        yield "clients.column_missing", {"name": column.key, "meaning": meaning}
