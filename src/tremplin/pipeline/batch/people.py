"""
The people of a batch: from a folder of profiles, a pattern of files, or tables.
"""

import hashlib
import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from tremplin.errors import InputError, Phrase, Place, Problem
from tremplin.model.dump import dump_yaml
from tremplin.model.profile import load_profile, parse_profile
from tremplin.model.profile.questions import questions
from tremplin.model.yaml import MAX_BYTES, KeyPath, YamlDocument, read_yaml
from tremplin.pipeline.batch.sheet import (
    TABLES,
    ColumnMap,
    Notes,
    SheetRow,
    all_rows,
    column_of,
    nested,
    path_of,
    read_rows,
    unread_columns,
)
from tremplin.pipeline.batch.sources import Files, find_files

PROFILES = (".yaml", ".yml", ".json")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MISSING = frozenset(("people.answer_missing", "profile.key_missing"))
_ID_LINE = re.compile(rb"(?m)^id:[ \t]+[\"']?([a-z0-9][a-z0-9-]{0,63})[\"']?[ \t]*(?:#.*)?\r?$")


@dataclass(frozen=True)
class Candidate:
    """One person of the source, not yet checked."""

    place: Place
    """Where the source speaks of them: a file, and in a table the line."""
    label: str
    """Their id, or where there is none a word for the place: `row-12`, `file-3`."""
    name: str = ""
    """How they are called."""
    said: bytes | Mapping[str, object] = b""
    """What the source says of them: the text of a file, or the data that a row stands for."""
    error: InputError | None = None
    """Why there is no profile."""
    answers: Mapping[str, object] | None = None
    """What they have answered, by key, where a table says it."""

    @cached_property
    def profile(self) -> bytes:
        """The text of their profile; of a row it is written only for whoever asks, as it takes longer than the check."""
        return self.said if isinstance(self.said, bytes) else dump_yaml(self.said).encode()

    @property
    def sha256(self) -> str:
        """The hash of the profile's text."""
        return hashlib.sha256(self.profile).hexdigest()

    @property
    def is_incomplete(self) -> bool:
        """Whether nothing is wrong but that answers are missing."""
        return self.error is not None and all(
            problem.code in MISSING for problem in self.error.problems
        )

    @property
    def shares_id(self) -> Problem:
        """What is wrong where others have the same id."""
        return Problem("people.id_shared", self.place)


def read_people(source: str, column_map: ColumnMap | None = None) -> Iterator[Candidate]:
    """
    Read the people of a folder, a pattern such as `clients/*.yaml`, one profile, or a table, by a map of its columns.

    Raises:
        InputError: there is no such source, it is not one that is read, or it holds nobody.

    """
    return chain.from_iterable(_read(_found(source, column_map), column_map))


def _read(found: Files, column_map: ColumnMap | None) -> Iterator[Iterator[Candidate]]:
    for number, path in enumerate(found.files, start=1):
        if path.suffix.lower() in TABLES:
            prefix = _prefix(found, number)
            yield (_row(row, _label(row, prefix)) for row in read_rows(path, column_map))
        else:
            yield iter((_file(path, number),))


def columns_not_read(source: str, column_map: ColumnMap | None = None) -> tuple[str, ...]:
    """
    Name the columns of tables that are the advisor's own.

    Raises:
        InputError: a table cannot be read, or its columns are none of a profile's.

    """
    unread = (unread_columns(path, column_map) for path in _tables(source, column_map))
    return tuple(dict.fromkeys(chain.from_iterable(unread)))


def told_of(source: str, column_map: ColumnMap | None = None) -> tuple[Problem, ...]:
    """
    Say what is to be known of a source although nothing is wrong with it: what is passed over, left out, supposed.

    Raises:
        InputError: a table cannot be read, or its columns are none of a profile's.

    """
    return count_people(source, column_map=column_map).told


def _found(source: str, column_map: ColumnMap | None) -> Files:
    found = find_files(source, PROFILES, TABLES)
    if column_map is not None and not any(one.suffix.lower() in TABLES for one in found.files):
        raise InputError.at("map.of_no_table", "--map", source=source)
    return found


def _tables(source: str, column_map: ColumnMap | None) -> list[Path]:
    files = _found(source, column_map).files
    return [path for path in files if path.suffix.lower() in TABLES]


def _prefix(found: Files, number: int) -> str:
    """Tell the rows of several tables apart."""
    return "" if len(found.files) == 1 else f"file-{number}-"


@dataclass(frozen=True, slots=True)
class Census:
    """What is known of a source before its people are read one by one."""

    people: int
    shared: frozenset[str]
    """Ids that more than one person has: none of them can have a folder of that name."""
    sample: frozenset[str]
    """Ids drawn for validation: always the same for the same people."""
    told: tuple[Problem, ...]
    """What is to be known of the source although nothing is wrong with it."""


def count_people(source: str, drawn: int = 0, column_map: ColumnMap | None = None) -> Census:
    """Count the people of a source without checking them, and draw some."""
    found = _found(source, column_map)
    labels, told = Counter[str](), list(found.told)
    for number, path in enumerate(found.files, start=1):
        if path.suffix.lower() not in TABLES:
            labels[_named(path, number)] += 1
            continue
        prefix, notes = _prefix(found, number), Notes(path, column_map)
        for row in all_rows(path, column_map):
            notes.add(row)
            if not row.is_nobody:
                labels[_label(row, prefix)] += 1
        told += notes.problems()
    by_lot = heapq.nsmallest(
        drawn, labels, key=lambda label: hashlib.sha256(label.encode()).digest()
    )
    return Census(
        labels.total(),
        frozenset(label for label, times in labels.items() if times > 1),
        frozenset(by_lot),
        tuple(told),
    )


def _named(path: Path, number: int) -> str:
    """
    Give the id that a file holds, or a word for its place among the others.

    Its name will not do: many are called like the person, and labels stand in the ledger and the portfolio.
    """
    try:
        name = read_yaml(path).data.get("id")
    except InputError:
        name = _first_id(path)
    return name if isinstance(name, str) and ID.fullmatch(name) else f"file-{number}"


def _first_id(path: Path) -> str | None:
    """Find the id of a profile that is no YAML further down."""
    if not path.is_file():
        return None
    with suppress(OSError), path.open("rb") as file:
        if found := _ID_LINE.search(file.read(MAX_BYTES)):
            return found[1].decode("ascii")
    return None


def _label(row: SheetRow, prefix: str) -> str:
    name = row.cells.get("id", "")
    if isinstance(name, float) and name == int(name):
        name = int(name)
    return str(name) if ID.fullmatch(str(name)) else f"{prefix}row-{row.number}"


def _file(path: Path, number: int) -> Candidate:
    place = Place(str(path))
    try:
        if path.is_symlink() and not path.exists():
            raise InputError.at("people.link_to_nothing", path)
        profile = load_profile(path)
        return Candidate(place, profile.id, profile.name, path.read_bytes())
    except InputError as error:
        asked = InputError(*_as_questions(error.problems))
        return Candidate(place, _named(path, number), error=asked)
    except OSError as error:
        lost = InputError.at("yaml.not_read", path, reason=Phrase(error.strerror))
        return Candidate(place, _named(path, number), error=lost)


def _row(row: SheetRow, label: str) -> Candidate:
    if row.problem is not None:  # its cells may be those of other columns
        return Candidate(row.at, label, error=InputError(row.problem))
    data, problems = nested(row)
    unreadable = frozenset(path_of(one.place.key or "", row.cells) for one in problems)
    lines = _Everywhere(row.line)
    document = YamlDocument(row.at.file, data, lines, tuple(problems), unreadable)
    try:
        profile = parse_profile(document)
    except InputError as error:
        found = [
            replace(one, place=row.place(column_of(one.place.key or "", row.cells) or None))
            for one in error.problems
        ]
        return Candidate(row.at, label, error=InputError(*_as_questions(found)))
    return Candidate(row.at, label, profile.name, data, answers=dict(_flat(data)))


def _as_questions(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give each key that is missing as the question to ask; a group that is missing, as those that it must have."""
    for problem in problems:
        key = problem.place.key or ""
        missing = [
            question
            for question in questions().values()
            if question.key == key or (question.key.startswith(f"{key}.") and question.required)
        ]
        if problem.code != "profile.key_missing" or not missing:
            yield problem
            continue
        for question in missing:
            place = replace(problem.place, key=question.key)
            asked = question.asked.question
            yield Problem.at("people.answer_missing", place, question=asked)


def _flat(data: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Give answers by dotted key; where a key holds a word or a group, the group is a yes."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
            if prefix + key in questions():
                yield prefix + key, True
        else:
            yield prefix + key, value


class _Everywhere(dict[KeyPath, int]):
    """Says of every key that it stands in one line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self._line = line

    def __missing__(self, key: KeyPath) -> int:
        return self._line

    def __contains__(self, key: object) -> bool:
        return True
