"""
The sources that figures and rules cite, from sources.bib.

Opening a register needs only the keys, which a line scan gives at once; pandoc, which also sets
the bibliography of reports, parses the entries when the first one is asked for.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypandoc

from tremplin.errors import InputError, Place, Problem
from tremplin.model.table import DataFile

ENTRY = re.compile(r"(?im)^[ \t]*@(?!comment|string|preamble)\w+[ \t]*\{[ \t]*([^,\s{}]*)")


@dataclass(frozen=True, slots=True)
class Source:
    """One source: who says it, since when, and where to read it."""

    key: str
    type: str
    title: str
    author: str | None
    year: int | None
    url: str | None


def read_keys(path: Path) -> tuple[DataFile, frozenset[str]]:
    """
    Read sources.bib and the keys of its entries.

    Raises:
        InputError: the file is missing or without entries, or a key is missing or stands twice.

    """
    file = DataFile.read(path)
    seen: dict[str, int] = {}
    problems = []
    for match in ENTRY.finditer(file.text):
        key = match[1]
        line = file.text.count("\n", 0, match.start(1)) + 1
        if not key:
            problems.append(Problem.at("sources.no_key", Place.of(path, line=line)))
        elif key in seen:
            problems.append(
                Problem.at("sources.key_twice", Place.of(path, line=line, key=key), first=seen[key])
            )
        seen.setdefault(key, line)
    if not seen:
        problems.append(Problem.at("sources.no_entry", Place.of(path, line=1)))
    if problems:
        raise InputError(*problems)
    return file, frozenset(seen)


def parse(file: DataFile) -> dict[str, Source]:
    """
    Parse the entries.

    Raises:
        InputError: pandoc cannot read the file, or an entry has no title.

    """
    try:
        entries = json.loads(_as_csl(file.text))
    except RuntimeError as error:
        raise _unreadable(file, str(error)) from None
    untitled = [entry["id"] for entry in entries if not entry.get("title")]
    if untitled:
        raise InputError(
            *(Problem.at("sources.no_title", Place.of(file.path, key=key)) for key in untitled)
        )
    return {entry["id"]: _source(entry) for entry in entries}


@lru_cache(maxsize=4)  # pandoc takes half a second, and vintages mostly cite the same
def _as_csl(text: str) -> str:
    return str(pypandoc.convert_text(text, "csljson", format="biblatex"))


def _source(entry: dict[str, object]) -> Source:
    """Make a source of a CSL entry."""
    authors = entry.get("author")
    names = [
        name.get("literal") or " ".join(filter(None, (name.get("given"), name.get("family"))))
        for name in (authors if isinstance(authors, list) else [])
    ]
    issued = entry.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    return Source(
        key=str(entry["id"]),
        type=str(entry.get("type") or "document"),
        title=str(entry["title"]),
        author=", ".join(names) or None,
        year=int(parts[0][0]) if parts else None,
        url=str(entry["URL"]) if "URL" in entry else None,
    )


def _unreadable(file: DataFile, message: str) -> InputError:
    """Tell where pandoc stopped, in its words."""
    place = re.search(r"line (\d+)", message)
    reason = " ".join(message.split())
    line = int(place[1]) if place else None
    return InputError.at("sources.not_read", Place.of(file.path, line=line), reason=reason)
