"""
Delete reports that have been kept long enough, and remember that they were deleted.
"""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from tremplin.errors import EnvironmentLacksError, InputError, Phrase, Problem
from tremplin.pipeline.batch.failures import FAILURES
from tremplin.pipeline.batch.ledger import Ledger, sole_batch
from tremplin.pipeline.published import FAILED, others, own, reports
from tremplin.pipeline.workshop import PORTFOLIO, RECEIPT, sweep

DAY = 86_400
MARKS = (RECEIPT, FAILED)
"""Files that nobody else calls so. `thesis/thesis.pdf` among others may be anybody's."""
AGE = re.compile(r"(\d{1,5})d")


@dataclass(slots=True)
class Purged:
    """How many reports were deleted, and how many stay."""

    deleted: int = 0
    kept: int = 0
    left: list[Problem] = field(default_factory=list)
    """What was old enough and stays all the same, one per folder."""


def read_age(text: str) -> int:
    """
    Read an age such as `90d`, in days.

    Raises:
        InputError: it is none.

    """
    if (match := AGE.fullmatch(text)) is None:
        raise InputError.at("option.not_an_age", "--older-than", value=repr(text))
    return int(match[1])


def purge(out: Path, days: int) -> Purged:
    """
    Delete the reports of a folder that were published longer ago than so many days.

    With a report goes what tells of all people together: the portfolio and the list of failures. The next batch
    makes them again. What a killed run left goes too. The ledger keeps the ids of deleted reports and when they were
    deleted, and how many files that are no report's were left in their folders; nothing else is kept.

    Raises:
        InputError: there is no such folder.
        EnvironmentLacksError: a batch is at work there, or something cannot be deleted.

    """
    if not out.is_dir():
        raise InputError.at("out.not_a_folder", out)
    latest = time.time() - days * DAY
    found = Purged()
    with sole_batch(out), Ledger(out) as ledger:
        sweep(out)
        for folder in reports(out):
            if _published(folder) > latest:
                found.kept += 1
                continue
            left = others(folder)
            if left and not any((folder / mark).is_file() for mark in MARKS):
                found.kept += 1
                found.left.append(
                    Problem.at("purge.no_receipt", folder, receipt=RECEIPT, files=", ".join(left))
                )
                continue
            _delete_report(folder)
            found.deleted += 1
            if left:
                found.left.append(Problem.at("purge.others", folder, files=", ".join(left)))
            remembered = {"left": len(left)} if left else {}
            ledger.add("purged", id=folder.name, older_than_days=days, **remembered)
        for file in (*PORTFOLIO, FAILURES):
            told = out / file
            if told.is_file() and (found.deleted or told.stat().st_mtime <= latest):
                _delete(told)
                ledger.add("purged", file=file, older_than_days=days)
    return found


def _published(folder: Path) -> float:
    """Tell when a report was published: its receipt is written last. One that failed has none."""
    receipt = folder / RECEIPT
    dated = [receipt] if receipt.is_file() else own(folder)
    return max(file.lstat().st_mtime for file in dated)


def _delete_report(folder: Path) -> None:
    """Delete the files of a report, and the folder if nothing else is in it."""
    # The receipt goes last: a purge that is stopped midway knows the report again.
    for file in sorted(own(folder), key=lambda file: file.name == RECEIPT):
        _delete(file)
    if not any(folder.iterdir()):
        _delete(folder)


def _delete(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    except OSError as error:
        reason = Phrase(error.strerror)
        raise EnvironmentLacksError.at("disk.not_deleted", path=str(path), reason=reason) from error
