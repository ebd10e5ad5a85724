"""
Tables of people: one row a person, columns named by the dotted keys of the profile.

`csv`, `excel` and `parquet` read the files, `header` says which column is which key, `rows` puts them together, `cells`
says what a row means. CSV is read line by line, the others once it is known that they fit into the memory.
A cell that is empty says nothing of its key; what cannot be read is never taken for empty.
"""

from tremplin.pipeline.batch.sheet.cells import nested
from tremplin.pipeline.batch.sheet.column_map import ColumnMap, load_column_map
from tremplin.pipeline.batch.sheet.keys import column_of, path_of
from tremplin.pipeline.batch.sheet.records import SheetRow
from tremplin.pipeline.batch.sheet.rows import (
    TABLES,
    Notes,
    all_rows,
    is_total,
    read_rows,
    records_of,
    unread_columns,
)

__all__ = [
    "TABLES",
    "ColumnMap",
    "Notes",
    "SheetRow",
    "all_rows",
    "column_of",
    "is_total",
    "load_column_map",
    "nested",
    "path_of",
    "read_rows",
    "records_of",
    "unread_columns",
]
