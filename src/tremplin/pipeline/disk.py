"""
What a disk refuses: a folder that is full or cannot be written, a file that may not be read.
"""

import errno
import shutil
from pathlib import Path

from tremplin.errors import Phrase, Problem

FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
DISK = FORBIDDEN | {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}

MEGABYTE = 10**6
OF_A_REPORT = 30 * MEGABYTE
"""Twice what a report takes while it is made: a copy of the project, its notebook, page and PDF."""
LEAST_FREE = 40 * MEGABYTE
"""What a batch leaves for its portfolio and for others."""


def refused(error: OSError, out: Path) -> Problem | None:
    """Say what the disk refused, to read or to write; None where an error is not the disk's."""
    if error.errno not in DISK:
        return None
    # Of a full disk, copying names the file that it read.
    if error.errno in FORBIDDEN and error.filename:
        place = Path(error.filename)
        if not place.absolute().is_relative_to(out.absolute()):
            reason = Phrase(error.strerror)
            return Problem.at("disk.not_read", path=str(place), reason=reason)
    return not_written(out, error)


def lacks_room(out: Path, reports: int) -> Problem | None:
    """
    Say how much room a disk lacks to go on making reports; None where it has enough.

    Args:
        out: a folder on it.
        reports: how many are made at a time.

    """
    free, least = shutil.disk_usage(out).free, LEAST_FREE + reports * OF_A_REPORT
    if free >= least:
        return None
    return Problem.at(
        "disk.nearly_full", folder=str(out), free=free // MEGABYTE, least=least // MEGABYTE
    )


def not_written(out: Path, error: OSError) -> Problem:
    """Say why nothing can be written to a folder."""
    return Problem.at("disk.not_written", folder=str(out), reason=Phrase(error.strerror))
