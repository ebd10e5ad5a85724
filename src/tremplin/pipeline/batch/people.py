"""
The people of a batch: from a folder of profiles, a pattern of files, or a table.
"""

import glob
import hashlib
import heapq
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tremplin.errors import InputError, Problem
from tremplin.model.profile import load_profile, parse_profile
from tremplin.model.scalar import RefusedError, meaning
from tremplin.model.yaml import KeyPath, YamlDocument, read_yaml
from tremplin.pipeline.batch.sheet import TABLES, Row, nested, read_rows

PROFILES = (".yaml", ".yml")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the source, not yet checked."""

    place: str
    """Where the source speaks of them, for messages: `clients.csv:12`."""
    label: str
    """Their id, or where there is none a word for the place: `row-12`."""
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


def read_people(source: str) -> Iterator[Person]:
    """
    Read the people of a folder, a pattern such as `clients/*.yaml`, one profile, or a table.

    Raises:
        InputError: there is no such source, or it holds nobody.

    """
    path = Path(source)
    if path.suffix.lower() in TABLES:
        return (_row(path, row) for row in read_rows(path))
    return map(_file, _files(source))


def _files(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        files = [file for file in path.iterdir() if file.suffix.lower() in PROFILES]
    elif path.is_file():
        files = [path]
    else:
        files = [Path(name) for name in glob.glob(source, recursive=True)]  # noqa: PTH207 - the pattern may be absolute
    files = sorted(file for file in files if file.is_file())
    if not files:
        raise InputError(
            Problem(
                "SOURCE",
                f"{source} holds no profile",
                "Give a folder of YAML files, a pattern, or a table (.csv, .xlsx, .parquet).",
            )
        )
    return files


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
    path = Path(source)
    if path.suffix.lower() in TABLES:
        labels = Counter(_label(row) for row in read_rows(path))
    else:
        labels = Counter(_named(file) for file in _files(source))
    by_lot = heapq.nsmallest(
        drawn, labels, key=lambda label: hashlib.sha256(label.encode()).digest()
    )
    return Census(
        labels.total(),
        frozenset(label for label, times in labels.items() if times > 1),
        frozenset(by_lot),
    )


def _named(path: Path) -> str:
    try:
        name = read_yaml(path).data.get("id")
    except InputError:
        name = None
    return name if isinstance(name, str) and ID.fullmatch(name) else f"file {path.name}"


def _label(row: Row) -> str:
    name = str(row.cells.get("id", ""))
    return name if ID.fullmatch(name) else f"row-{row.line}"


def _file(path: Path) -> Person:
    label = path.stem if ID.fullmatch(path.stem) else f"file {path.name}"
    try:
        profile = load_profile(path)
        return Person(str(path), profile.id, profile.name, path.read_bytes())
    except InputError as error:
        return Person(str(path), label, error=error)


def _row(path: Path, row: Row) -> Person:
    place, label = f"{path}:{row.line}", _label(row)
    try:
        data = nested(row)
        document = YamlDocument(str(path), data, _Everywhere(row.line), (), frozenset())
        profile = parse_profile(document)
    except RefusedError as refusal:
        problem = Problem(str(path), refusal.what, refusal.todo, line=row.line, key=refusal.key)
        return Person(place, label, error=InputError(problem))
    except InputError as error:
        return Person(place, label, error=error)
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return Person(place, label, profile.name, text.encode())


class _Everywhere(dict[KeyPath, int]):
    """Says of every key that it stands in one line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self._line = line

    def __missing__(self, key: KeyPath) -> int:
        return self._line

    def __contains__(self, key: object) -> bool:
        return True


class _Dumper(yaml.SafeDumper):
    """Writes text so that the strict reader reads text."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as PyYAML calls it
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    try:
        quoted = not isinstance(meaning(text, plain=True), str)
    except RefusedError:
        quoted = True
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


_Dumper.add_representer(str, _text)
