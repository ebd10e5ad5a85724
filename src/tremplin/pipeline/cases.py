"""
Tables of cases from file to file: CSV or Parquet in, the same with results out.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tremplin.analysis.income.cases import (
    ERROR,
    INCOME_COLUMNS,
    NUMBERS,
    TAX_COLUMNS,
    WORDS,
    is_about_income,
    simulate,
)
from tremplin.errors import InputError, Problem, ReportError
from tremplin.model.register import Register

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
        InputError: a file has another ending than .csv or .parquet, cannot be read, or lacks columns.
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
    if not is_about_income(cases.columns) and not set(TAX_COLUMNS) <= set(cases.columns):
        raise InputError.of(
            source,
            f"has the columns {', '.join(cases.columns)}",
            f"It needs {', '.join(INCOME_COLUMNS)}, or {', '.join(TAX_COLUMNS)}",
            line=1,
        )
    asked = {"start", *NUMBERS, *WORDS}
    kinds = {name: kind for name, kind in cases.schema.items() if name in asked}
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
        what = str(error).splitlines()[0]
        raise InputError.of(source, f"cannot be read ({what})", "Save it again") from None


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
