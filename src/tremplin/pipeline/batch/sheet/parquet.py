"""
Parquet: its names are the first line, its rows the lines below.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from tremplin.errors import InputError
from tremplin.pipeline.batch.sheet.records import Record, Sheet

MOST_CELLS = 20_000_000
"""Of a file, which is read whole."""


def read_parquet(path: Path) -> Sheet:
    """
    Read a Parquet file.

    Raises:
        InputError: it cannot be read, or would fill the memory.

    """
    try:
        table = pl.scan_parquet(path, glob=False)
        names = table.collect_schema().names()
        people = table.select(pl.len()).collect().item()
        if len(names) * people > MOST_CELLS:
            raise InputError.at(
                "clients.too_many_cells", path, rows=people, columns=len(names), most=MOST_CELLS
            )
        frame = table.collect()
        return Sheet(lambda: _records(frame))
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        first = str(error).splitlines()[0]
        raise InputError.at("clients.not_parquet", path, reason=first) from None


def _records(frame: pl.DataFrame) -> Iterator[Record]:
    yield Record(1, frame.columns)
    for line, cells in enumerate(frame.iter_rows(), start=2):
        yield Record(line, cells)
