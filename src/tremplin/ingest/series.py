"""
Tidy series made of raw files: one row a value, with its area, unit, status and snapshot.
"""

import io
from pathlib import Path

import dataframely as dy
import polars as pl

from tremplin.errors import InputError, Phrase
from tremplin.ingest.snapshots import Snapshot
from tremplin.model.table import DOTTED, Row, read_table

SERIES = "series"
STATUSES = ("observed", "rounded", "law")
"""As the producer counts it; rounded by whoever was read; a number of law from its first day on."""
PERIOD = r"^\d{4}(-Q[1-4]|-\d{2}-\d{2})?$"


class SeriesRow(Row):
    """The columns of series/*.csv; data/README.md says what each means."""

    series = dy.String(primary_key=True, regex=DOTTED, description="an id such as creations.all")
    area = dy.String(regex=r"^[A-Z0-9-]+$", description="an area such as FR or FR-75C")
    period = dy.String(
        primary_key=True, regex=PERIOD, description="a year, quarter or day such as 2025-Q1"
    )
    value = dy.Float64(description="a number")
    unit = dy.String(description="a unit such as entreprises")
    status = dy.Enum(STATUSES)
    snapshot = dy.String(
        regex=r"^[a-z0-9_]+/\d{4}-\d{2}-\d{2}$", description="a folder under raw, with its date"
    )


COLUMNS = [name for name in SeriesRow.column_names() if name != "line"]


def tidy(snapshot: Snapshot) -> pl.DataFrame:
    """
    Make the series of a snapshot, by series and period.

    Raises:
        InputError: the file is no such table, or lacks a series.

    """
    meta, path = snapshot.meta, snapshot.table.path
    try:
        raw = pl.read_csv(
            io.StringIO(snapshot.table.text),
            separator=meta.separator,
            infer_schema=False,
            truncate_ragged_lines=True,  # a header may lack the last separator of its rows
        )
    except pl.exceptions.PolarsError as error:
        reason = Phrase(str(error).splitlines()[0])
        raise InputError.at("raw.not_a_table", path, reason=reason) from None
    if meta.layout == "wide":
        period = raw.columns[0]
        raw = raw.rename({period: "period"}).unpivot(
            index="period", variable_name="series", value_name="value"
        )
    if missing := {"period", "series", "value"} - set(raw.columns):
        raise InputError.at("raw.columns_missing", path, columns=", ".join(sorted(missing)))
    frames = []
    for one in meta.series:
        found = raw.filter(pl.col("series") == one.name, pl.col("value").is_not_null())
        if found.is_empty():
            raise InputError.at("raw.series_missing", path, series=one.name)
        numbers = found["value"].str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        for bad in numbers.is_null().arg_true():
            raise InputError.at(
                "raw.value_wrong",
                path,
                series=one.name,
                period=found["period"][bad],
                value=found["value"][bad],
            )
        frames.append(
            found.select(
                series=pl.lit(one.id),
                area=pl.lit(one.area),
                period=pl.col("period").str.replace("-T", "-Q", literal=True),
                value=numbers * meta.factor,
                unit=pl.lit(one.unit),
                status=pl.lit(meta.status),
                snapshot=pl.lit(snapshot.name),
            )
        )
    return pl.concat(frames).sort("series", "period")


def as_csv(series: pl.DataFrame) -> str:
    """Write series as the data folder keeps them: numbers as short as they can be."""
    text = series.with_columns(pl.col("value").map_elements(shown, return_dtype=pl.String))
    return text.write_csv()


def shown(value: float) -> str:
    """
    Write a number as a table holds it.

    >>> shown(57200.00000000001), shown(4.9), shown(0.0048)
    ('57200', '4.9', '0.0048')
    """
    return f"{value:.10g}"


def read_series(data: Path) -> pl.DataFrame:
    """Read all series of a data folder; raises InputError."""
    files = sorted((data / SERIES).glob("*.csv"))
    if not files:
        raise InputError.at("raw.no_series", data / SERIES)
    return pl.concat(read_table(file, SeriesRow).frame for file in files)
