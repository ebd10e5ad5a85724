"""
Tables of cases from file to file: CSV, a workbook or Parquet in, CSV or Parquet with results out.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tremplin.errors import InputError, Lang, Place, Problem
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
from tremplin.pipeline.case_files import CaseTable, find_cases, read_cases
from tremplin.pipeline.table_file import check_kind, write_table


@dataclass(frozen=True, slots=True)
class Simulated:
    """How many cases were computed, and how many carry an error."""

    rows: int
    errors: int
    told: tuple[Problem, ...] = ()
    """What was passed over, left out or supposed: nothing is wrong with it."""


def simulate_file(
    source: Path, target: Path, register: Register, as_of: date, lang: Lang = "en"
) -> Simulated:
    """
    Compute every case of a file and write the results complete or not at all, their errors in one language.

    Raises:
        InputError: a file is of a kind that is not read or written, cannot be read, lacks columns, or has some that
            would be misread.
        ReportError: the target cannot be written.

    """
    check_kind(target)
    files, told = find_cases(str(source))
    if target.exists() and any(file.exists() and file.samefile(target) for file in files):
        raise InputError.at("cases.replaced", "--out")
    tables = [read_cases(file) for file in files]
    for table in tables:
        _check(table)
    frames = [table.frame for table in tables]
    cases = frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal_relaxed")
    found = simulate(cases, register, as_of, lang)
    write_table(found, target)
    return Simulated(
        found.height,
        found.height - found[ERROR].null_count(),
        (*told, *(one for table in tables for one in table.told)),
    )


def _check(table: CaseTable) -> None:
    """Refuse a table that lacks columns, or has some that would be misread."""
    cases, path = table.frame, table.path
    if problems := column_problems(table.names, str(path)):
        raise InputError(*problems)
    if not is_about_income(cases.columns) and not set(TAX_COLUMNS) <= set(cases.columns):
        raise InputError.at(
            "cases.columns_missing",
            Place.of(path, line=1),
            columns=", ".join(cases.columns),
            income=", ".join(INCOME_COLUMNS),
            tax=", ".join(TAX_COLUMNS),
        )
    kinds = {name: kind for name, kind in cases.schema.items() if name in KNOWN}
    if odd := [name for name, kind in kinds.items() if kind.is_nested() or kind == pl.Binary]:
        raise InputError.at("cases.lists", path, columns=", ".join(odd))
