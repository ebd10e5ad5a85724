"""
The first line of a table: which column is which key, told once for all clients where one is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import InputError, Problem
from tremplin.model.scalar import spelt
from tremplin.pipeline.batch.sheet.keys import keys, meant

MOST_COLUMNS = 200
_TOLD = 20
"""Problems that fit on a screen."""
_DOTTED = re.compile(r"\w+(\.\w+)+")
_NAMES = "The first line must hold the column names, such as id, name, employment.net_salary"


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
        raise InputError.of(
            path,
            f"has {len(names):,} columns; a profile has {len(keys())} keys",
            "Keep the columns that are keys",
            line=line,
        )
    foreign = [name for name in names if name and not _is_key(name)]
    likely = {name: None if _is_note(name) else meant(name) for name in foreign}
    if not any(_is_key(name) or (likely[name] or "") == name.lower() for name in names if name):
        raise InputError.of(path, "holds no column names in this line", _NAMES, line=line)
    told = [*_unknown(likely), *_twice(names), *_missing(names, likely)]
    problems = [Problem(str(path), what, todo, line=line) for what, todo in told]
    if len(problems) > _TOLD:
        more = f"{len(problems) - _TOLD} more columns are wrong or missing"
        problems[_TOLD:] = [Problem(str(path), more, "Solve these first.", line=line)]
    if problems:
        raise InputError(*problems)
    own = [spelt(name) for name in likely]
    if nameless := sum(not name for name in names):
        own.append(f"{nameless} without a name")
    return Header(tuple(name if _is_key(name) else "" for name in names), tuple(own))


def _is_key(name: str) -> bool:
    return name in keys()


def _is_note(name: str) -> bool:
    return name.lower().startswith("note")


def _unknown(likely: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """Tell the columns that are nearly keys, and those that can only be meant as keys."""
    otherwise = [name for name, key in likely.items() if name.lower() == key]
    if otherwise:
        name = otherwise[0]
        more = f", and so on for {len(otherwise) - 1} more" if len(otherwise) > 1 else ""
        yield f"the column `{name}` is written `{name.lower()}`{more}", f"{_NAMES}."
    for name, key in likely.items():
        if name in otherwise:
            continue
        if key:
            own = "" if "." in name else " A column of your own needs another name, such as `note`."
            yield f"the column `{spelt(name)}` is unknown", f"Did you mean `{key}`?{own}"
        elif _DOTTED.fullmatch(name) and not _is_note(name):
            todo = "Remove it, or give it a name without a dot: it is not read then."
            yield f"the column `{spelt(name)}` is unknown", todo


def _twice(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys(names):
        if _is_key(name) and names.count(name) > 1:
            yield f"the column `{name}` is there twice", "Keep one."


def _missing(names: Sequence[str], likely: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """Tell what every profile must have, but not what is there under a name that is told already."""
    there = {*names, *likely.values()}
    for name, key in keys().items():
        if key.required and name not in there:
            yield f"the column `{name}` is missing", f"Add it: {key.description}"
