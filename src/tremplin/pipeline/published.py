"""
The folders of finished reports: which may be replaced, what in them is a report's, how a new one takes its place.
"""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from tremplin.errors import InputError, ReportError
from tremplin.pipeline.render.base import Format
from tremplin.pipeline.workshop import BUILT, RECEIPT, Sources

FAILED = "failed.ipynb"
DELIVERED = frozenset({"results.json", RECEIPT, FAILED})
ENDINGS = ("ipynb", "yaml")
DOCUMENTS: tuple[Format, ...] = get_args(Format)
ATTEMPTS = 20


def forecast_name(person: str) -> str:
    """Give the name of the workbook with a person's forecast."""
    return f"{person}-forecast.xlsx"


def calendar_name(person: str) -> str:
    """Give the name of the calendar with a person's steps."""
    return f"{person}.ics"


def document_name(person: str, kind: Format) -> str:
    """Give the name of a person's page, PDF or annex."""
    return f"{person}-annex.pdf" if kind == "annex" else f"{person}.{kind}"


def made_before(folder: Path) -> tuple[Format, ...]:
    """Tell which documents a published report has, so that a new one leaves none of them out."""
    return tuple(
        kind for kind in DOCUMENTS if (folder / document_name(folder.name, kind)).is_file()
    )


def check_out(out: Path, sources: Sources) -> None:
    """
    Check that reports may go to a folder.

    Raises:
        InputError: it lies among the inputs.

    """
    _check_apart(out, out, sources)


def check_target(out: Path, name: str, sources: Sources) -> Path:
    """
    Give the folder where a report will be published.

    Raises:
        InputError: it holds files that are no report's or is itself none of ours, or lies among the inputs.

    """
    target = out / name
    check_out(out, sources)
    _check_apart(target, out, sources)
    theirs = target.is_symlink() or (target.exists() and not target.is_dir())
    if theirs or (target.is_dir() and others(target)):
        raise InputError.at("out.not_a_report", "--out", folder=str(target))
    return target


def reports(out: Path) -> Iterator[Path]:
    """Find the folders that hold a report, a failed one, or what is left of one, whatever else is in them."""
    for folder in sorted(out.glob("[!.]*")):
        if folder.is_dir() and not folder.is_symlink() and own(folder):
            yield folder


def own(folder: Path) -> list[Path]:
    """Give the files of a folder that a report has."""
    known = DELIVERED | {f"{folder.name}.{ending}" for ending in ENDINGS}
    known |= {document_name(folder.name, kind) for kind in DOCUMENTS}
    known |= {forecast_name(folder.name), calendar_name(folder.name)}
    return [
        file
        for file in sorted(folder.iterdir())
        if file.name in known and (file.is_symlink() or not file.is_dir())
    ]


def others(folder: Path) -> list[str]:
    """Name what is in a folder and no part of a report."""
    ours = set(own(folder))
    return sorted(file.name for file in folder.iterdir() if file not in ours)


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
    raise ReportError.at("out.replaced_by_others", folder=str(target))


def keep_failed(notebook: bytes, target: Path) -> None:
    """Keep the notebook of a report that failed beside the last good one; half of it is not kept."""
    target.mkdir(exist_ok=True)
    try:
        (target / FAILED).write_bytes(notebook)
    except OSError:
        (target / FAILED).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # an earlier report is there
            target.rmdir()
        raise


def _check_apart(place: Path, out: Path, sources: Sources) -> None:
    real = place.resolve()
    inputs = (sources.notebooks, sources.data, sources.reports)
    if not real.is_relative_to((sources.reports / BUILT).resolve()) and any(
        real.is_relative_to(folder.resolve()) for folder in inputs
    ):
        raise InputError.at("out.in_project", "--out", folder=str(out))
