"""
Tables of cases from file to file: CSV or Parquet in, the same with results out.
"""

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tremplin.errors import InputError, Problem, ReportError
from tremplin.model.register import Register
from tremplin.money.full_years import (
    ERROR,
    INCOME_COLUMNS,
    KNOWN,
    TAX_COLUMNS,
    column_problems,
    is_about_income,
    simulate,
)

KINDS = (".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class Simulated:
    """How many cases were computed, and how many carry an error."""

    rows: int
    errors: int


def simulate_file(source: Path, target: Path, register: Register, as_of: date) -> Simulated:
    """
    Compute every case of a file and write the results complete or not at all.

    Raises:
        InputError: a file has another ending than .csv or .parquet, cannot be read, lacks columns, or has some that
            would be misread.
        ReportError: the target cannot be written.

    """
    for name, path in (("CASES", source), ("--out", target)):
        if path.suffix.lower() not in KINDS:
            raise InputError(
                Problem(name, f"{path} is neither .csv nor .parquet", "Give one of the two.")
            )
    if source.exists() and target.exists() and source.samefile(target):
        raise InputError(Problem("--out", "it would replace the cases", "Choose another file."))
    cases = _read(source)
    if problems := column_problems(_names(source, cases), str(source)):
        raise InputError(*problems)
    if not is_about_income(cases.columns) and not set(TAX_COLUMNS) <= set(cases.columns):
        raise InputError.of(
            source,
            f"has the columns {', '.join(cases.columns)}",
            f"It needs {', '.join(INCOME_COLUMNS)}, or {', '.join(TAX_COLUMNS)}",
            line=1,
        )
    kinds = {name: kind for name, kind in cases.schema.items() if name in KNOWN}
    if odd := [name for name, kind in kinds.items() if kind.is_nested() or kind == pl.Binary]:
        raise InputError.of(
            source, f"has lists or bytes in {', '.join(odd)}", "Give text, numbers or dates"
        )
    found = simulate(cases, register, as_of)
    _write(found, target)
    return Simulated(found.height, found.height - found[ERROR].null_count())


def _read(source: Path) -> pl.DataFrame:
    try:
        if source.suffix.lower() == ".parquet":
            return pl.read_parquet(source)
        # Text, so that one bad cell spoils its row and not its column.
        return pl.read_csv(source, infer_schema=False)
    except FileNotFoundError:
        raise InputError.of(source, "not found", "Check its path") from None
    except (pl.exceptions.PolarsError, OSError) as error:
        if source.suffix.lower() == ".csv":
            _refuse_longer_rows(source)
        what = str(error).splitlines()[0]
        raise InputError.of(source, f"cannot be read ({what})", "Save it again") from None


def _rows(source: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV as they are typed, each with its line; a file that is none ends early."""
    with (
        source.open(encoding="utf-8-sig", errors="replace", newline="") as file,
        suppress(csv.Error),
    ):
        reader = csv.reader(file)
        for row in reader:
            yield reader.line_num, row


def _names(source: Path, cases: pl.DataFrame) -> list[str]:
    """Give the names of the columns as they are typed: polars calls the second of a name otherwise."""
    typed = next(_rows(source), (1, []))[1] if source.suffix.lower() == ".csv" else []
    return typed if len(typed) == cases.width else cases.columns


def _refuse_longer_rows(source: Path) -> None:
    """Name the first row that has more cells than there are columns: polars does not."""
    if source.is_dir():
        return
    width = 0
    for line, row in _rows(source):
        width = width or len(row)
        if len(row) > width:
            raise InputError.of(
                source,
                f"the row has {len(row)} cells instead of {width}",
                "Check its commas: a cell that holds one stands between double quotes",
                line=line,
            ) from None


def _write(frame: pl.DataFrame, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".cases-", suffix=target.suffix)
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
        what = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise ReportError(f"{target} cannot be written ({what})") from None
