"""
Delete reports that have been kept long enough, and remember that they were deleted.
"""

import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import EnvironmentLacksError, InputError, Problem
from tremplin.pipeline.batch.failures import FAILURES
from tremplin.pipeline.batch.ledger import Ledger, sole_batch
from tremplin.pipeline.workshop import PORTFOLIO, reports

DAY = 86_400
AGE = re.compile(r"(\d{1,5})d")


@dataclass(frozen=True, slots=True)
class Purged:
    """How many reports were deleted, and how many stay."""

    deleted: int
    kept: int


def read_age(text: str) -> int:
    """
    Read an age such as `90d`, in days.

    Raises:
        InputError: it is none.

    """
    if (match := AGE.fullmatch(text)) is None:
        raise InputError(
            Problem("--older-than", f"{text!r} is not an age", "Write it in days, as 90d.")
        )
    return int(match[1])


def purge(out: Path, days: int) -> Purged:
    """
    Delete the reports of a folder that were published longer ago than so many days.

    With a report goes what tells of all people together: the portfolio and the list of failures. The next batch
    makes them again. The ledger keeps the ids of deleted reports and when they were deleted; nothing else is kept.

    Raises:
        InputError: there is no such folder.
        EnvironmentLacksError: a batch is at work there, or something cannot be deleted.

    """
    if not out.is_dir():
        raise InputError.of(out, "is not a folder", "Name the folder that reports were written to")
    latest = time.time() - days * DAY
    deleted = kept = 0
    with sole_batch(out), Ledger(out) as ledger:
        for folder in reports(out):
            if max(file.stat().st_mtime for file in (folder, *folder.iterdir())) > latest:
                kept += 1
                continue
            _delete(folder)
            ledger.add("purged", id=folder.name, older_than_days=days)
            deleted += 1
        for file in (*PORTFOLIO, FAILURES):
            told = out / file
            if told.is_file() and (deleted or told.stat().st_mtime <= latest):
                _delete(told)
                ledger.add("purged", file=file, older_than_days=days)
    return Purged(deleted, kept)


def _delete(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError as error:
        raise EnvironmentLacksError(f"cannot delete {path}: {error.strerror}") from error
