"""
Tables of cases as people keep them: the files that `batch` and `check` read, and what their cells say, as the simulator takes it.

What the simulator takes as it is stays so, a million rows at once. Only the other cells are looked at one by one:
`90 000 €`, `oui`, `SASU`, `14/03/2026`. One that is no answer, or could be two, is left to the row's `error`.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from tremplin.errors import InputError, Place, Problem
from tremplin.model.profile.questions import questions
from tremplin.model.profile.typed import chosen, day, month_first, number, two_days
from tremplin.model.scalar import RefusedError
from tremplin.money.full_years import KNOWN, NUMBERS, YES_NO
from tremplin.pipeline.batch.sheet.cells import dated, trimmed
from tremplin.pipeline.batch.sheet.csv import csv_form, read_csv
from tremplin.pipeline.batch.sheet.excel import read_workbook
from tremplin.pipeline.batch.sheet.records import Record, Sheet, Unreadable
from tremplin.pipeline.batch.sheet.rows import READERS
from tremplin.pipeline.batch.sources import find_files
from tremplin.pipeline.batch.workbook import column_letters

KINDS = tuple(READERS)
_CSV = (".csv", ".tsv")
_LIKE = {"activity": "project.category", "household": "household.situation"}
"""Columns whose choices a profile has too, with their French names."""
_TWO_NUMBERS = r"^\s*[-+]?[1-9]\d{0,2}\.\d{3}\s*$"


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The cases of one file."""

    path: Path
    frame: pl.DataFrame
    names: tuple[str, ...]
    """Its columns as they are typed: polars calls the second of a name otherwise."""
    told: tuple[Problem, ...] = ()


def find_cases(source: str) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """
    Find the tables of a folder, a pattern, or one, and what is told of those that are not read.

    Raises:
        InputError: there is none.

    """
    path = Path(source)
    if path.is_file() and path.suffix.lower() not in KINDS:
        raise InputError.at("cases.unknown_kind", "CASES", file=source, kinds=", ".join(KINDS))
    try:
        found = find_files(source, KINDS)
    except InputError:
        if not path.is_dir() and not path.suffix:
            raise
        raise InputError.at("cases.not_found", source) from None
    return found.files, found.told


def read_cases(path: Path) -> CaseTable:
    """
    Read a table of cases.

    Raises:
        InputError: it cannot be read.

    """
    if path.suffix.lower() in _CSV:
        form = csv_form(path)
        text: Path | io.BytesIO = path
        if form.encoding not in {"utf-8", "utf-8-sig"}:
            text = io.BytesIO(path.read_bytes().decode(form.encoding).encode())
        # Text, so that one bad cell spoils its row and not its column.
        frame = _read(
            path,
            lambda: pl.read_csv(
                text, infer_schema=False, separator=form.separator, skip_lines=form.skipped
            ),
        )
        names = _typed_names(path, frame)
        return CaseTable(path, _plain(frame, has_points=form.has_points), names, form.told)
    if path.suffix.lower() == ".parquet":
        frame = _read(path, lambda: pl.read_parquet(path))
        return CaseTable(path, _plain(frame, has_points=False), tuple(frame.columns))
    return _of_sheet(path, read_workbook(path))


def _read(path: Path, read: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    try:
        return read()
    except FileNotFoundError:
        raise InputError.at("cases.not_found", path) from None
    except (pl.exceptions.PolarsError, OSError) as error:
        if path.suffix.lower() in _CSV:
            _refuse_longer_rows(path)
        reason = str(error).splitlines()[0]
        raise InputError.at("cases.not_read", path, reason=reason) from None


def _typed_names(path: Path, frame: pl.DataFrame) -> tuple[str, ...]:
    typed = next((record.cells for record in read_csv(path).records()), ())
    return tuple(typed if len(typed) == frame.width else frame.columns)


def _refuse_longer_rows(path: Path) -> None:
    """Name the first row that has more cells than there are columns: polars does not."""
    width = 0
    for record in read_csv(path).records():
        width = width or len(record.cells)
        if len(record.cells) > width:
            raise InputError.at(
                "table.wrong_length",
                Place.of(path, line=record.line),
                found=len(record.cells),
                expected=width,
            ) from None


def _of_sheet(path: Path, sheet: Sheet) -> CaseTable:
    """Read a sheet of a workbook below the first line that names a column; a cell that cannot be trusted is refused."""
    records = [record for record in sheet.records() if any(map(trimmed, record.cells))]
    head = next(
        (n for n, record in enumerate(records) if set(map(str, record.cells)) & set(KNOWN)), 0
    )
    if not records:
        raise InputError.at("clients.empty", path)
    names = [str(trimmed(cell) or "") for cell in records[head].cells]
    used = [place for place, name in enumerate(names) if name]
    problems = list(_unreadable(path, sheet, names, records[head + 1 :]))
    if problems:
        raise InputError(*problems)
    columns: dict[str, list[str | None]] = {}
    for place in used:
        # The second of a name is refused by the name that it has in the sheet.
        columns[names[place] if names[place] not in columns else f"{names[place]} {place}"] = [
            _text(record.cells[place] if place < len(record.cells) else None)
            for record in records[head + 1 :]
        ]
    told = list(sheet.told)
    place_ = Place(str(path), sheet=sheet.name)
    if head:
        lines = ", ".join(str(record.line) for record in records[:head])
        told.append(Problem.at("told.above_header", place_, lines=lines))
    if hidden := [str(record.line) for record in records[head + 1 :] if record.hidden]:
        code = "told.rows_filtered" if sheet.filtered else "told.rows_hidden"
        told.append(Problem.at(code, place_, count=len(hidden), lines=", ".join(hidden)))
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    typed = tuple(names[place] for place in used)
    return CaseTable(path, _plain(frame, has_points=False), typed, tuple(told))


def _unreadable(
    path: Path, sheet: Sheet, names: list[str], records: list[Record]
) -> Iterator[Problem]:
    for record in records:
        for number_, (name, cell) in enumerate(zip(names, record.cells, strict=False), start=1):
            if name in KNOWN and isinstance(cell, Unreadable):
                place = Place(str(path), record.line, column_letters(number_), name, sheet.name)
                yield Problem(cell.code, place, cell.values)


def _text(cell: object) -> str | None:
    match trimmed(cell):
        case None | Unreadable():
            return None
        case bool() as truth:
            return "yes" if truth else "no"
        case float() as amount if amount == int(amount):
            return str(int(amount))
        case datetime() as at:
            return at.date().isoformat()
        case date() as on:
            return on.isoformat()
        case other:
            return str(other)


def _plain(frame: pl.DataFrame, *, has_points: bool) -> pl.DataFrame:
    """Write what people write as the simulator takes it, column by column."""
    for name in [one for one in KNOWN if frame.schema.get(one) == pl.String]:
        odd = pl.col(name).str.strip_chars()
        if name in NUMBERS:
            odd = odd.filter(
                odd.cast(pl.Float64, strict=False).is_null()
                | (pl.lit(not has_points) & odd.str.contains(_TWO_NUMBERS))
            )
        elif name == "start":
            odd = odd.filter(odd.str.to_date("%Y-%m-%d", strict=False).is_null())
        texts = frame.select(odd.unique()).to_series().drop_nulls().to_list()
        doubtful = name == "start" and any(map(month_first, texts))
        read: Mapping[str, str] = {
            text: plain for text in texts if (plain := _as_read(name, text, doubtful)) != text
        }
        if read:
            frame = frame.with_columns(pl.col(name).str.strip_chars().replace(read))
    return frame


def _as_read(name: str, text: str, doubtful: bool) -> str:  # noqa: FBT001, PLR0911 - of one column; one for each kind
    """Give what a cell says; where it could be two answers both, which is none, and where it is none what it says itself."""
    try:
        if name in NUMBERS:
            found = number(text)
            return str(int(found)) if found == int(found) else str(found)
        if name == "start":
            bare, _ = dated(text, is_doubtful=False)
            if doubtful and (both := two_days(bare)):
                return f"{bare} ({both[0]} / {both[1]} ?)"
            return (bare if isinstance(bare, date) else day(str(bare))).isoformat()
        if name == "acre":
            return text if text.lower() in YES_NO else _yes_or_no(text)
        if name in _LIKE:
            return str(chosen(questions()[_LIKE[name]], text))
    except RefusedError as refusal:
        if refusal.code == "answer.two_numbers" and "whole" in refusal.values:
            return f"{text} ({refusal.values['whole']} / {refusal.values['decimal']} ?)"
    return text


def _yes_or_no(text: str) -> str:
    return "yes" if chosen(questions()["employment.sales_representative"], text) else "no"
