"""
Workbooks of Excel: the first sheet.
"""

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from tremplin.errors import InputError
from tremplin.pipeline.batch.sheet.records import Record, Sheet
from tremplin.pipeline.batch.workbook import check_workbook


def read_excel(path: Path) -> Sheet:
    """
    Read a workbook.

    Raises:
        InputError: it cannot be read, or would fill the memory.

    """
    check_workbook(path)
    try:
        # As text: a column that holds `true` and `unknown` has no other type. No row is left out, so that they
        # have the numbers that Excel shows.
        sheet = fastexcel.read_excel(path).load_sheet(
            0, header_row=None, skip_rows=0, dtypes="string"
        )
        return Sheet(_records(sheet.to_polars()))
    except fastexcel.FastExcelError as error:
        first = str(error).splitlines()[0]
        raise InputError.at("clients.not_excel", path, reason=first) from None


def _records(frame: pl.DataFrame) -> Iterator[Record]:
    names = frame.columns
    while names and frame[names[-1]].is_null().all():  # cells that have a format and nothing else
        names.pop()
    for line, cells in enumerate(frame.select(names).iter_rows(), start=1):
        yield Record(line, cells)
