"""
A table of results written for other programs, whole or not at all: CSV or Parquet, as its name ends.
"""

import os
import tempfile
from pathlib import Path

import polars as pl

from tremplin.errors import InputError, Phrase, ReportError

KINDS = (".csv", ".parquet")


def check_kind(target: Path) -> None:
    """
    See that a file is of a kind that is written.

    Raises:
        InputError: it is not.

    """
    if target.suffix.lower() not in KINDS:
        raise InputError.at("cases.unknown_kind", "--out", file=str(target), kinds=", ".join(KINDS))


def write_table(frame: pl.DataFrame, target: Path) -> None:
    """
    Write a table with its folder.

    Raises:
        ReportError: it cannot be written; what was there before still is.

    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".table-", suffix=target.suffix)
        os.close(handle)
        draft = Path(name)
        try:
            if target.suffix.lower() == ".parquet":
                frame.write_parquet(draft)
            else:
                frame.write_csv(draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except (OSError, pl.exceptions.PolarsError) as error:
        # Of its own errors polars says what, of those of the system Python does.
        reason = Phrase(getattr(error, "strerror", None) or str(error).splitlines()[0])
        raise ReportError.at("cases.not_written", target=str(target), reason=reason) from None
