"""
The first line of a table: which column is which key, told once for all clients where one is wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tremplin.errors import InputError, Phrase, Place, Problem, Value
from tremplin.model.scalar import spelt
from tremplin.pipeline.batch.sheet.keys import keys, meant

MOST_COLUMNS = 200
_TOLD = 20
"""Problems that fit on a screen."""
_DOTTED = re.compile(r"\w+(\.\w+)+")
_Found: TypeAlias = tuple[str, Mapping[str, Value | None]]
"""The code of a problem of the header, and its values."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, in their order."""

    columns: tuple[str, ...]
    """The key of each; nothing for one that is not read."""
    unread: tuple[str, ...]
    """What the advisor has beside: columns that no key is like."""


def read_header(path: Path, line: int, names: Sequence[str]) -> Header:
    """
    Tell which column is which key.

    A column with a name of its own (`Téléphone`, `note de suivi`) is the advisor's and not read. One that looks
    like a key is refused: what it says would be missing in the report, and nobody would notice.

    Raises:
        InputError: columns are missing, unknown or there twice, each told with what was probably meant.

    """
    if len(names) > MOST_COLUMNS:
        raise InputError.at(
            "clients.too_many_columns",
            Place.of(path, line=line),
            columns=len(names),
            keys=len(keys()),
        )
    foreign = [name for name in names if name and not _is_key(name)]
    likely = {name: None if _is_note(name) else meant(name) for name in foreign}
    if not names_a_key(names):
        raise InputError.at("clients.no_column_names", Place.of(path, line=line))
    told = [*_unknown(likely), *_twice(names), *_missing(names, likely)]
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
    return Header(tuple(name if _is_key(name) else "" for name in names), tuple(own))


def names_a_key(names: Sequence[str]) -> bool:
    """Tell whether a line can be a header: one of its cells is the name of a key."""
    return any(name.lower() in keys() for name in names)


def _is_key(name: str) -> bool:
    return name in keys()


def _is_note(name: str) -> bool:
    return name.lower().startswith("note")


def _unknown(likely: dict[str, str | None]) -> Iterator[_Found]:
    """Tell the columns that are nearly keys, and those that can only be meant as keys."""
    otherwise = [name for name, key in likely.items() if name.lower() == key]
    if otherwise:
        name = otherwise[0]
        more = len(otherwise) - 1 or None
        yield "clients.column_in_capitals", {"name": name, "right": name.lower(), "more": more}
    for name, key in likely.items():
        if name in otherwise:
            continue
        if key:
            own = None if "." in name else "note"
            yield "clients.column_unknown", {"name": spelt(name), "meant": key, "own": own}
        elif _DOTTED.fullmatch(name) and not _is_note(name):
            yield "clients.column_unknown", {"name": spelt(name)}


def _twice(names: Sequence[str]) -> Iterator[_Found]:
    for name in dict.fromkeys(names):
        if _is_key(name) and names.count(name) > 1:
            yield "clients.column_twice", {"name": name}


def _missing(names: Sequence[str], likely: dict[str, str | None]) -> Iterator[_Found]:
    """Tell what every profile must have, but not what is there under a name that is told already."""
    there = {*names, *likely.values()}
    for name, key in keys().items():
        if key.required and name not in there:
            yield "clients.column_missing", {"name": name, "meaning": Phrase(key.description)}
