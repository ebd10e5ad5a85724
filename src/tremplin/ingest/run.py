"""
What `tremplin ingest` does: raw files to series, series to figures, and the word on what changed.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tremplin.errors import InputError, Problem
from tremplin.ingest.derived import Derived, derive, differing_rules
from tremplin.ingest.series import COLUMNS, SERIES, as_csv, read_series, shown, tidy
from tremplin.ingest.snapshots import Snapshot, read_snapshots
from tremplin.model.rules import read_rules
from tremplin.model.statistics import Figure, figures, read_statistics
from tremplin.model.whole import write_whole

STATISTICS = "statistics.csv"
RULES = "rules.csv"


@dataclass(frozen=True, slots=True)
class DataChange:
    """A value that is another than before; one of them is None where it was not there, or is no more."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Ingested:
    """What was read, what is written, and what changes by it."""

    snapshots: tuple[Snapshot, ...]
    series: pl.DataFrame
    derived: tuple[Derived, ...]
    changes: tuple[DataChange, ...]
    told: tuple[Problem, ...]
    """Figures and rules that a source was to confirm, and does not."""
    files: Mapping[Path, str]

    def write(self) -> None:
        """Write series and figures; raises InputError."""
        for path, text in self.files.items():
            write_whole(path, text)


def ingest(data: Path, until: date | None = None) -> Ingested:
    """
    Work out series and derived figures of a data folder from its raw files; nothing is written yet.

    Args:
        data: the data folder.
        until: the newest snapshots up to this day count, else the newest of all.

    Raises:
        InputError: a raw file, an expression or a table is wrong.

    """
    snapshots = read_snapshots(data, until)
    frames = {one.dataset: tidy(one) for one in snapshots}
    series = pl.concat(frames.values())
    derived = derive(data, series)
    table = read_statistics(data / STATISTICS)
    known = figures(table)
    if problems := list(_unmarked(data, derived, known)):
        raise InputError(*problems)
    new = {one.figure: one for one in derived if one.use == "value"}
    files = {data / SERIES / f"{name}.csv": as_csv(frame) for name, frame in frames.items()}
    moved = {id_: one for id_, one in new.items() if known[id_].value != one.value}
    if moved:
        files[data / STATISTICS] = _with_values(table.file.text, moved)
    changes = [
        *_moved_values(_before(data), series),
        *(
            DataChange(f"{id_} ({known[id_].label})", _shown(known[id_].value), shown(one.value))
            for id_, one in moved.items()
        ),
    ]
    told = [
        *_unconfirmed(data, derived, known),
        *differing_rules(data, series, read_rules(data / RULES)),
    ]
    return Ingested(snapshots, series, derived, tuple(changes), tuple(told), files)


def _before(data: Path) -> pl.DataFrame:
    """Read the series that are there; at the first time there are none."""
    if any((data / SERIES).glob("*.csv")):
        return read_series(data)
    return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String) | {"value": pl.Float64})


def _moved_values(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[DataChange]:
    """Tell the values of series that are others than before, by series and period."""
    key = ["series", "period"]
    both = (
        before.select(*key, "value", there=True)
        .join(after.select(*key, "value", there=True), on=key, how="full", coalesce=True)
        .sort(*key)
    )
    for series, period, old, was, new, now in both.iter_rows():
        if was is None or now is None or shown(old) != shown(new):
            yield DataChange(
                f"{series} {period}", _shown(old if was else None), _shown(new if now else None)
            )


def _unmarked(
    data: Path, derived: tuple[Derived, ...], known: Mapping[str, Figure]
) -> Iterator[Problem]:
    """Find rows of derived.csv without a figure, or with one that says it comes from elsewhere, and the reverse."""
    for one in derived:
        if one.figure not in known:
            yield Problem.at("derived.no_figure", data / STATISTICS, figure=one.figure)
        elif one.use == "value" and known[one.figure].origin != "derived":
            yield Problem.at("derived.not_marked", data / STATISTICS, figure=one.figure)
    worked_out = {one.figure for one in derived if one.use == "value"}
    for id_, figure in known.items():
        if figure.origin == "derived" and id_ not in worked_out:
            yield Problem.at("derived.from_nothing", data / STATISTICS, figure=id_)


def _unconfirmed(
    data: Path, derived: tuple[Derived, ...], known: Mapping[str, Figure]
) -> Iterator[Problem]:
    for one in derived:
        value = known[one.figure].value
        if one.use == "check" and not one.agrees(value):
            yield Problem.at(
                "derived.not_confirmed",
                data / STATISTICS,
                figure=one.figure,
                value=_shown(value),
                expression=one.expression,
                other=shown(one.value),
            )


def _with_values(text: str, moved: Mapping[str, Derived]) -> str:
    """Write new values into the rows of a table, and leave all else as it is."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        if row["id"] in moved:
            row["value"] = shown(moved[row["id"]].value)
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _shown(value: float | None) -> str | None:
    return None if value is None else shown(value)
