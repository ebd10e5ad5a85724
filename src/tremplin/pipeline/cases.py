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

from tremplin.errors import InputError, Lang, Phrase, Place, ReportError
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


def simulate_file(
    source: Path, target: Path, register: Register, as_of: date, lang: Lang = "en"
) -> Simulated:
    """
    Compute every case of a file and write the results complete or not at all, their errors in one language.

    Raises:
        InputError: a file has another ending than .csv or .parquet, cannot be read, lacks columns, or has some that
            would be misread.
        ReportError: the target cannot be written.

    """
    for name, path in (("CASES", source), ("--out", target)):
        if path.suffix.lower() not in KINDS:
            raise InputError.at("cases.unknown_kind", name, file=str(path))
    if source.exists() and target.exists() and source.samefile(target):
        raise InputError.at("cases.replaced", "--out")
    cases = _read(source)
    if problems := column_problems(_names(source, cases), str(source)):
        raise InputError(*problems)
    if not is_about_income(cases.columns) and not set(TAX_COLUMNS) <= set(cases.columns):
        raise InputError.at(
            "cases.columns_missing",
            Place.of(source, line=1),
            columns=", ".join(cases.columns),
            income=", ".join(INCOME_COLUMNS),
            tax=", ".join(TAX_COLUMNS),
        )
    kinds = {name: kind for name, kind in cases.schema.items() if name in KNOWN}
    if odd := [name for name, kind in kinds.items() if kind.is_nested() or kind == pl.Binary]:
        raise InputError.at("cases.lists", source, columns=", ".join(odd))
    found = simulate(cases, register, as_of, lang)
    _write(found, target)
    return Simulated(found.height, found.height - found[ERROR].null_count())


def _read(source: Path) -> pl.DataFrame:
    try:
        if source.suffix.lower() == ".parquet":
            return pl.read_parquet(source)
        # Text, so that one bad cell spoils its row and not its column.
        return pl.read_csv(source, infer_schema=False)
    except FileNotFoundError:
        raise InputError.at("cases.not_found", source) from None
    except (pl.exceptions.PolarsError, OSError) as error:
        if source.suffix.lower() == ".csv":
            _refuse_longer_rows(source)
        reason = str(error).splitlines()[0]
        raise InputError.at("cases.not_read", source, reason=reason) from None


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
            raise InputError.at(
                "table.wrong_length", Place.of(source, line=line), found=len(row), expected=width
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
        reason = Phrase(getattr(error, "strerror", None) or str(error).splitlines()[0])
        raise ReportError.at("cases.not_written", target=str(target), reason=reason) from None
