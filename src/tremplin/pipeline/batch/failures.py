"""
Who got no report, and why, for a person to read in a spreadsheet.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tremplin.model.portfolio import FAILURE_COLUMNS, Failure

FAILURES = "failures.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_failures(out: Path, failures: Iterable[Failure]) -> Path:
    """Write `failures.csv`, by id; it is there, with its head alone, when nobody failed."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(FAILURE_COLUMNS)
    for failure in sorted(failures, key=lambda failure: (failure.id, failure.message)):
        table.writerow([_plain(failure.id), failure.kind, _plain(failure.message)])
    return replace(out / FAILURES, text.getvalue().encode())


def replace(path: Path, content: bytes) -> Path:
    """Write a file whole, or leave the one before."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".making-{os.getpid()}-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return Path(name).replace(path)


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
