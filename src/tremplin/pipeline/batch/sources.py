"""
The files that a source names: a folder, a pattern such as `clients/*.yaml`, or one file.
"""

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import InputError, Phrase, Problem
from tremplin.model.profile.reading import TABLES as ALL_TABLES

SOURCE = "SOURCE"
"""What a problem of the source as a whole stands at: the argument of the command."""
SCHEMA = ".schema.json"
"""How the file is called by which editors check profiles, and which lies beside them."""
_HIDDEN = (".", "~$")
"""How the names of files begin that systems and Excel put beside those of people."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files to read, in the order of their names, and what is said of those that are not."""

    files: tuple[Path, ...]
    told: tuple[Problem, ...] = ()


def find_files(source: str, kinds: tuple[str, ...], otherwise: tuple[str, ...] = ()) -> Files:
    """
    Find the files of a source.

    Args:
        source: a folder, a pattern or a file.
        kinds: the endings of the files that a folder is searched for.
        otherwise: those that count where a folder has none of these.

    Raises:
        InputError: there is no such source, it is not one that is read, or it holds nothing.

    """
    path = Path(source)
    if path.is_dir():
        return _of_folder(path, source, kinds, otherwise)
    if path.is_file():
        if path.suffix.lower() not in {*kinds, *otherwise}:
            raise InputError.at("people.source_of_no_kind", SOURCE, source=source)
        return Files((path,))
    if not glob.has_magic(source):
        raise InputError.at("people.no_such_source", SOURCE, source=source)
    found = [Path(name) for name in glob.glob(source, recursive=True)]  # noqa: PTH207 - the pattern may be absolute
    files = [file for file in _there(found) if not _is_hidden(file)]
    if not files:
        raise InputError.at("people.no_profile", SOURCE, source=source)
    return Files(tuple(files), tuple(_told([*found, *_hidden_beside(path)], (), kinds + otherwise)))


def _of_folder(
    path: Path, source: str, kinds: tuple[str, ...], otherwise: tuple[str, ...]
) -> Files:
    try:
        there = list(path.iterdir())
    except OSError as error:
        reason = Phrase(error.strerror)
        raise InputError.at(
            "people.source_not_read", SOURCE, source=source, reason=reason
        ) from None
    seen = [file for file in _there(there) if not _is_hidden(file)]
    for wanted in (kinds, otherwise):
        if files := [file for file in seen if file.suffix.lower() in wanted]:
            return Files(tuple(files), tuple(_told(there, wanted, kinds + otherwise)))
    raise InputError.at("people.no_profile", SOURCE, source=source)


def _there(files: Iterable[Path]) -> list[Path]:
    """Leave out folders and the schema; a link to nothing is a client whose profile is lost: that is told."""
    return sorted(
        file
        for file in files
        if not file.name.endswith(SCHEMA) and (file.is_file() or not file.exists())
    )


def _is_hidden(file: Path) -> bool:
    return file.name.startswith(_HIDDEN)


def _hidden_beside(pattern: Path) -> Iterator[Path]:
    """Give what a pattern would match, were it not hidden."""
    if pattern.name.startswith(("*", "?")):
        hidden = str(pattern.with_name(f".{pattern.name}"))
        yield from map(Path, glob.glob(hidden, recursive=True))  # noqa: PTH207 - idem


def _told(
    there: Iterable[Path], read: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[Problem]:
    """Name the files that look as if they were to be read, and are not."""
    for file in _there(there):
        kind = file.suffix.lower()
        if _is_hidden(file) and kind in known:
            yield Problem.at("told.file_hidden", file)
        elif read and kind in known and kind not in read:
            yield Problem.at("told.table_beside", file)
        elif read and kind in ALL_TABLES and kind not in known:
            yield Problem.at("told.file_of_no_kind", file)
