"""
The people of a batch: from a folder of profiles, a pattern of files, or a table.
"""

import glob
import hashlib
import heapq
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import InputError, Phrase, Place, Problem
from tremplin.model.dump import dump_yaml
from tremplin.model.profile import load_profile, parse_profile
from tremplin.model.yaml import MAX_BYTES, KeyPath, YamlDocument, read_yaml
from tremplin.pipeline.batch.sheet import TABLES, SheetRow, nested, read_rows, unread_columns

SOURCE = "SOURCE"
"""What a problem of the source as a whole stands at: the argument of the command."""
PROFILES = (".yaml", ".yml", ".json")
SCHEMA = ".schema.json"
"""How the file is called by which editors check profiles, and which lies beside them."""
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
TOLD = 100
"""Problems of a table that are told at once."""
_ID_LINE = re.compile(rb"(?m)^id:[ \t]+[\"']?([a-z0-9][a-z0-9-]{0,63})[\"']?[ \t]*(?:#.*)?\r?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of the source, not yet checked."""

    place: Place
    """Where the source speaks of them: a file, and in a table the line."""
    label: str
    """Their id, or where there is none a word for the place: `row-12`, `file-3`."""
    name: str = ""
    """How they are called."""
    profile: bytes = b""
    """The text of their profile."""
    error: InputError | None = None
    """Why there is no profile."""

    @property
    def sha256(self) -> str:
        """The hash of the profile's text."""
        return hashlib.sha256(self.profile).hexdigest()

    @property
    def shares_id(self) -> Problem:
        """What is wrong where others have the same id."""
        return Problem("people.id_shared", self.place)


def read_people(source: str) -> Iterator[Candidate]:
    """
    Read the people of a folder, a pattern such as `clients/*.yaml`, one profile, or a table.

    Raises:
        InputError: there is no such source, it is not one that is read, or it holds nobody.

    """
    if table := _table(source):
        return (_row(table, row) for row in read_rows(table))
    return (_file(path, number) for number, path in _files(source))


def columns_not_read(source: str) -> tuple[str, ...]:
    """
    Name the columns of a table that are the advisor's own.

    Raises:
        InputError: the table cannot be read, or its columns are none of a profile's.

    """
    table = _table(source)
    return unread_columns(table) if table else ()


def check_table(path: Path) -> int:
    """
    Check all clients of a table as a batch would, and count them.

    Raises:
        InputError: the table or a row of it is wrong; all problems at once.

    """
    shared = count_people(str(path)).shared
    people = wrong = 0
    problems: list[Problem] = []
    for person in read_people(str(path)):
        people += 1
        found = [] if person.error is None else list(person.error.problems)
        if person.label in shared:
            found.append(person.shares_id)
        wrong += len(found)
        problems += found[: TOLD - len(problems)]
    if wrong > TOLD:
        problems.append(Problem.at("input.more", path, more=wrong - TOLD))
    if problems:
        raise InputError(*problems)
    return people


def _table(source: str) -> Path | None:
    """Give the table that a source is, if it is one."""
    path = Path(source)
    if path.suffix.lower() not in TABLES or path.is_dir():
        return None
    if not path.exists():
        raise InputError.at("people.no_such_source", SOURCE, source=source)
    return path


def _files(source: str) -> list[tuple[int, Path]]:
    """List the profiles of a source, each with its position."""
    path = Path(source)
    if path.is_dir():
        try:
            files = [
                file
                for file in path.iterdir()
                if file.suffix.lower() in PROFILES and not file.name.endswith(SCHEMA)
            ]
        except OSError as error:
            reason = Phrase(error.strerror)
            raise InputError.at(
                "people.source_not_read", SOURCE, source=source, reason=reason
            ) from None
    elif path.is_file():
        if path.suffix.lower() not in PROFILES:
            raise InputError.at("people.source_of_no_kind", SOURCE, source=source)
        files = [path]
    elif glob.has_magic(source):
        files = [Path(name) for name in glob.glob(source, recursive=True)]  # noqa: PTH207 - the pattern may be absolute
    else:
        raise InputError.at("people.no_such_source", SOURCE, source=source)
    # A link to nothing is a client whose profile is lost: that is told, while what is no file is none.
    files = sorted(file for file in files if file.is_file() or not file.exists())
    if not files:
        raise InputError.at("people.no_profile", SOURCE, source=source)
    return list(enumerate(files, start=1))


@dataclass(frozen=True, slots=True)
class Census:
    """What is known of a source before its people are read one by one."""

    people: int
    shared: frozenset[str]
    """Ids that more than one person has: none of them can have a folder of that name."""
    sample: frozenset[str]
    """Ids drawn for validation: always the same for the same people."""


def count_people(source: str, drawn: int = 0) -> Census:
    """Count the people of a source without checking them, and draw some."""
    if table := _table(source):
        labels = Counter(_label(row) for row in read_rows(table))
    else:
        labels = Counter(_named(path, number) for number, path in _files(source))
    by_lot = heapq.nsmallest(
        drawn, labels, key=lambda label: hashlib.sha256(label.encode()).digest()
    )
    return Census(
        labels.total(),
        frozenset(label for label, times in labels.items() if times > 1),
        frozenset(by_lot),
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


def _label(row: SheetRow) -> str:
    name = str(row.cells.get("id", ""))
    return name if ID.fullmatch(name) else f"row-{row.number}"


def _file(path: Path, number: int) -> Candidate:
    place = Place(str(path))
    try:
        if path.is_symlink() and not path.exists():
            raise InputError.at("people.link_to_nothing", path)
        profile = load_profile(path)
        return Candidate(place, profile.id, profile.name, path.read_bytes())
    except InputError as error:
        return Candidate(place, _named(path, number), error=error)
    except OSError as error:
        lost = InputError.at("yaml.not_read", path, reason=Phrase(error.strerror))
        return Candidate(place, _named(path, number), error=lost)


def _row(path: Path, row: SheetRow) -> Candidate:
    place, label = Place(str(path), row.line), _label(row)
    if row.problem is not None:  # its cells may be those of other columns
        return Candidate(place, label, error=InputError(row.problem))
    data, problems = nested(str(path), row.line, row.cells)
    unreadable = frozenset(tuple((problem.place.key or "").split(".")) for problem in problems)
    document = YamlDocument(str(path), data, _Everywhere(row.line), tuple(problems), unreadable)
    try:
        profile = parse_profile(document)
    except InputError as error:
        return Candidate(place, label, error=error)
    return Candidate(place, label, profile.name, dump_yaml(data).encode())


class _Everywhere(dict[KeyPath, int]):
    """Says of every key that it stands in one line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self._line = line

    def __missing__(self, key: KeyPath) -> int:
        return self._line

    def __contains__(self, key: object) -> bool:
        return True
