"""
The private folder in which one report is made, and what of the project goes into it.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tremplin.errors import EnvironmentLacksError, InputError, Problem
from tremplin.pipeline.disk import not_written, refused
from tremplin.pipeline.lock import LOCK, take

BUILT = "out"
"""The folder in `reports/` where reports land: other people's, so never an input."""

RECEIPT = "receipt.json"
PORTFOLIO = tuple(f"portfolio.{ending}" for ending in ("html", "ics", "ipynb", "parquet", "pdf"))
"""What a batch leaves beside its reports, of all people together."""

MAKING = re.compile(r"\.making-\d+-[a-z0-9_]{8}")


@dataclass(frozen=True, slots=True)
class Workshop:
    """
    A folder that mirrors the project, so that the notebook finds `params`, `data` and `reports` as at home.

    `root` is where the notebook runs, `render` where the document is rendered, `out` what will be published.
    """

    root: Path

    def profile(self, name: str) -> Path:
        """Give the copy of a person's profile."""
        return self.root / "params" / f"{name}.yaml"

    @property
    def render(self) -> Path:
        """The renderer's folder."""
        return self.root / "render"

    @property
    def out(self) -> Path:
        """The finished files."""
        return self.root / "out"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a report is made of: one person's profile, and the folders of the project."""

    profile: Path
    notebooks: Path
    data: Path
    reports: Path


@contextmanager
def private_place(out: Path) -> Iterator[Path]:
    """
    Make a private folder inside the place of publication, and take it away afterwards.

    What runs that were killed left there goes as well: it holds people's data.

    Raises:
        EnvironmentLacksError: the place of publication cannot be written, or is full before the end; a file that is
            needed may not be read; or somebody took the private folder away.

    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        sweep(out)
        root, lock = _locked_folder(out)
    except OSError as error:
        raise EnvironmentLacksError(not_written(out, error)) from error
    with lock:
        try:
            yield root
        except OSError as error:
            why = refused(error, out)
            if why is None and not root.is_dir():
                why = Problem.at("disk.folder_deleted", folder=str(root))
            if why is None:
                raise
            raise EnvironmentLacksError(why) from error
        finally:
            shutil.rmtree(root, ignore_errors=True)


@contextmanager
def workshop(out: Path, sources: Sources, name: str) -> Iterator[Workshop]:
    """
    Set up a private folder beside the place of publication, and take it away afterwards.

    Beside it, because a folder can only be moved whole within one file system. All inputs are copied first:
    what is changed meanwhile changes neither the report nor what its receipt says of it.

    Raises:
        EnvironmentLacksError: the output folder cannot be written.
        InputError: a link in the project leads back to a folder above it.

    """
    with private_place(out) as root:
        place = Workshop(root)
        (root / "params").mkdir()
        shutil.copyfile(sources.profile, root / "params" / f"{name}.yaml")
        copy(sources.notebooks, root / "notebooks")
        copy(sources.data, root / "data")
        copy(sources.reports, root / "reports")
        copy(root / "reports", place.render)
        shutil.copyfile(root / "data/sources.bib", place.render / "sources.bib")
        place.out.mkdir()
        yield place


def files(root: Path) -> Iterator[Path]:
    """
    Find the files of a folder of the project, sorted, those behind links to other folders too.

    Hidden files, and finished reports, are no inputs. What makes reports, what packs the project for workers and
    what writes or checks receipts all go by this list, so that they speak of the same files.

    Raises:
        InputError: it is no folder, or a link in it leads back to a folder above.

    """
    if not root.is_dir():
        raise InputError.at("files.not_a_folder", root)
    yield from _files_below(root, frozenset())


def copy(source: Path, target: Path) -> None:
    """Copy the files of a folder of the project, as `files` finds them."""
    target.mkdir()
    for file in files(source):
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


def sweep(out: Path) -> None:
    """
    Take away what runs that were killed left behind: it holds a person's data.

    A run holds the lock of its folder as long as it lives. Process numbers would not do: those of another container
    or host mean nothing here.
    """
    for left in out.glob(".making-*"):
        if MAKING.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
            # Where it was killed before it had a lock, this makes one; whoever cannot have it leaves the folder alone.
            with suppress(OSError), (left / LOCK).open("a") as lock:
                if take(lock):
                    shutil.rmtree(left, ignore_errors=True)


def _locked_folder(out: Path) -> tuple[Path, IO[Any]]:
    """Make a private folder, locked before anything is in it."""
    while True:
        root = Path(tempfile.mkdtemp(prefix=f".making-{os.getpid()}-", dir=out))
        with suppress(FileNotFoundError):  # another run took it for one that was left behind
            lock = (root / LOCK).open("a")
            try:
                ours = take(lock)
            except OSError:  # no locks on this file system: then nobody sweeps here either
                ours = True
            if ours and os.fstat(lock.fileno()).st_nlink:
                return root, lock
            lock.close()


def _files_below(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path]:
    found = folder.stat()
    here = (found.st_dev, found.st_ino)
    if here in above:
        raise InputError.at("files.link_above", folder)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or (not above and entry.name == BUILT):
            continue
        if entry.is_dir():
            yield from _files_below(entry, above | {here})
        elif entry.is_file():
            yield entry
