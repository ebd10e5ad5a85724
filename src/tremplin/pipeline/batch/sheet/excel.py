"""
Workbooks of Excel and of LibreOffice: the first sheet that can be seen and holds something.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tremplin.errors import InputError, Place, Problem
from tremplin.pipeline.batch.sheet.records import Record, Sheet, Unreadable
from tremplin.pipeline.batch.workbook import (
    NOT_WORKED_OUT,
    SheetLook,
    column_letters,
    look_at_workbook,
)

LEAST_ROWS, LEAST_COLUMNS = 2, 3
"""Of another sheet that may hold people too; what is smaller is a note or a list of choices."""


def read_workbook(path: Path) -> Sheet:
    """
    Read a workbook.

    Raises:
        InputError: it cannot be read, or would fill the memory.

    """
    looks = look_at_workbook(path)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [
            one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet
        ] or book.sheets_metadata
        seen = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
        names = seen or [one.name for one in sheets]
        chosen = next((name for name in names if _look(looks, name).rows), names[0])
        sheet = book.get_sheet_by_name(chosen)
    # The reader in Rust panics on some broken files, which is no `Exception`.
    except BaseException as error:
        if not isinstance(error, CalamineError | OSError | ValueError | IndexError) and (
            type(error).__name__ != "PanicException"
        ):
            raise
        first = next(iter(str(error).splitlines()), "")
        raise InputError.at("clients.not_excel", path, reason=first) from None
    look = _look(looks, chosen)
    return Sheet(
        lambda: _records(sheet, look),
        chosen,
        filtered=look.filtered,
        told=tuple(_told(path, [one.name for one in sheets], seen, chosen, looks)),
    )


def _look(looks: Mapping[str, SheetLook], name: str) -> SheetLook:
    return looks.get(name, SheetLook())


def _told(
    path: Path,
    names: Sequence[str],
    seen: Sequence[str],
    chosen: str,
    looks: Mapping[str, SheetLook],
) -> Iterator[Problem]:
    """Name the sheets that are passed over although they hold something."""
    for name in names:
        look = _look(looks, name)
        place = Place.of(path)
        if name == chosen or look.rows < LEAST_ROWS:
            continue
        if name not in seen and names.index(name) < names.index(chosen):
            yield Problem.at("told.sheet_hidden", place, sheet=name, read=chosen)
        elif name in seen and look.columns >= LEAST_COLUMNS:
            yield Problem.at("told.sheet_not_read", place, sheet=name, read=chosen)


def _records(sheet: CalamineSheet, look: SheetLook) -> Iterator[Record]:
    """Give the rows as the sheet numbers them, with what cannot be trusted in the place of values."""
    left = sheet.start[1] if sheet.start else 0
    odd: dict[int, dict[int, Unreadable]] = {}
    for (row, column), error in look.odd.items():
        odd.setdefault(row, {})[column] = (
            Unreadable("clients.not_worked_out")
            if error == NOT_WORKED_OUT
            else Unreadable("clients.cell_in_error", {"error": error})
        )
    merged = sorted(look.merged, reverse=True)
    open_ranges: list[tuple[int, int, int, int]] = []
    # The rows come from the first of the sheet on, their cells from the first column that is used.
    for line, values in enumerate(sheet.iter_rows(), start=1):
        cells: list[Any] = [*[None] * left, *values]
        while merged and merged[-1][0] <= line:
            one = merged.pop()
            if cells[one[1] - 1 : one[1]] not in ([], [""], [None]):
                open_ranges.append(one)
        open_ranges = [one for one in open_ranges if one[2] >= line]
        for one in open_ranges:
            _cover(cells, one)
        for column, what in odd.get(line, {}).items():
            cells += [None] * (column - len(cells))
            cells[column - 1] = what
        yield Record(line, cells, line in look.hidden)


def _cover(cells: list[Any], merged: tuple[int, int, int, int]) -> None:
    """Put in the place of merged cells that they are."""
    first, left, last, right = merged
    area = f"{column_letters(left)}{first}:{column_letters(right)}{last}"
    for column in range(left, min(right, len(cells)) + 1):
        cells[column - 1] = Unreadable("clients.merged", {"range": area})
