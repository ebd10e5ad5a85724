"""
The private folder in which one report is made, and how the finished one takes its place.
"""

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import EnvironmentLacksError, InputError, Problem, ReportError

BUILT = "out"
"""The folder in `reports/` where reports land: other people's, so never an input."""

RECEIPT = "receipt.json"
FAILED = "failed.ipynb"
DELIVERED = frozenset({"results.json", RECEIPT, FAILED})
PORTFOLIO = tuple(f"portfolio.{ending}" for ending in ("html", "ipynb", "parquet", "pdf"))
"""What a batch leaves beside its reports, of all people together."""

MAKING = re.compile(r"\.making-(\d+)-.*")
COPYING = re.compile(r"\[Errno (\d+)\] (.*?): '(.*?)'")
ATTEMPTS = 20
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
DISK = FORBIDDEN | {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


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


def check_target(out: Path, name: str, sources: Sources) -> Path:
    """
    Give the folder where a report will be published.

    Raises:
        InputError: it holds files that are no report's, or lies among the inputs.

    """
    target = out / name
    place = target.resolve()
    inputs = (sources.notebooks, sources.data, sources.reports)
    ours = (sources.reports / BUILT).resolve()
    if ours not in place.parents and any(
        folder.resolve() in (place, *place.parents) for folder in inputs
    ):
        raise InputError(
            Problem("--out", f"{out} lies among the project's own files", "Choose another folder.")
        )
    if target.is_dir() and not _holds_only_a_report(target):
        raise InputError(
            Problem(
                "--out", f"{target} holds files that are not a report", "Choose another folder."
            )
        )
    return target


def reports(out: Path) -> Iterator[Path]:
    """Find the folders that hold one report, or a failed one, and nothing else."""
    for folder in sorted(out.iterdir()):
        ours = folder.is_dir() and not folder.is_symlink() and _holds_only_a_report(folder)
        if ours and any(folder.iterdir()):
            yield folder


def _holds_only_a_report(folder: Path) -> bool:
    known = DELIVERED | {f"{folder.name}.{ending}" for ending in ("html", "pdf", "ipynb", "yaml")}
    return all(file.name in known for file in folder.iterdir())


@contextmanager
def private_place(out: Path) -> Iterator[Path]:
    """
    Make a private folder inside the place of publication, and take it away afterwards.

    What runs that were killed left there goes as well: it holds people's data.

    Raises:
        EnvironmentLacksError: the place of publication cannot be written, or is full before the end; or a file
            that is needed may not be read.

    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        root = Path(tempfile.mkdtemp(prefix=f".making-{os.getpid()}-", dir=out))
    except OSError as error:
        raise EnvironmentLacksError(f"cannot write to {out}: {error.strerror}") from error
    try:
        yield root
    except OSError as error:
        if (why := _refused(error, out)) is None:
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

    """
    with private_place(out) as root:
        place = Workshop(root)
        (root / "params").mkdir()
        shutil.copyfile(sources.profile, root / "params" / f"{name}.yaml")
        hidden = shutil.ignore_patterns(".*")
        shutil.copytree(sources.notebooks, root / "notebooks", ignore=hidden)
        shutil.copytree(sources.data, root / "data", ignore=hidden)
        assets = shutil.ignore_patterns(".*", BUILT)
        shutil.copytree(sources.reports, root / "reports", ignore=assets)
        shutil.copytree(root / "reports", place.render)
        shutil.copyfile(root / "data/sources.bib", place.render / "sources.bib")
        place.out.mkdir()
        yield place


def publish(finished: Path, target: Path) -> None:
    """
    Put a finished folder in its place, the old one out of the way first.

    Its files are for the user's own eyes. Whoever looks sees the old report whole, the new one whole, or for a moment none. Where another run
    publishes the same person at the same moment, the later one stays.
    """
    finished.chmod(0o700)
    for file in finished.iterdir():
        file.chmod(0o600)
    for attempt in range(ATTEMPTS):
        old = finished.with_name(f"old-{attempt}")
        with contextlib.suppress(FileNotFoundError):
            target.rename(old)
        try:
            finished.rename(target)
        except OSError as error:
            if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                raise
        else:
            return
    raise ReportError(f"{target} could not be published: other runs keep replacing it")


def _refused(error: OSError, out: Path) -> str | None:
    """Say what the disk refused, to read or to write; None where an error is not the disk's."""
    number, words, place = error.errno, error.strerror, error.filename
    if isinstance(error, shutil.Error):  # from copying a folder: the words of each file's error
        said = COPYING.match(error.args[0][0][2])
        if said is None:
            return f"cannot write to {out}: {error}"
        number, words, place = int(said[1]), said[2], said[3]
    elif number not in DISK:
        return None
    # Of a full disk, copying names the file that it read.
    if number in FORBIDDEN and place and not Path(place).absolute().is_relative_to(out.absolute()):
        return f"cannot read {place}: {words}"
    return f"cannot write to {out}: {words}"


def _sweep(out: Path) -> None:
    """Take away what runs that were killed left behind: it holds a person's data."""
    for left in out.glob(".making-*"):
        match = MAKING.fullmatch(left.name)
        if match and not _alive(int(match[1])):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
