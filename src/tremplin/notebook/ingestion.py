"""
The ingestion of a data folder as its notebook sees it: snapshots, series and the figures that follow from them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl

from tremplin.errors import InputError, render
from tremplin.ingest.run import Ingested, ingest
from tremplin.model.brand import Brand, load_brand
from tremplin.model.find import find
from tremplin.model.register import Register
from tremplin.notebook.charts.series import lines
from tremplin.notebook.display import show_chart, show_markdown
from tremplin.notebook.prose import cite, fill, unescaped
from tremplin.notebook.report import BRAND


class Ingestion:
    """What is read, reckoned and confirmed, with the means to put it into words and charts."""

    def __init__(self, found: Ingested, register: Register, brand: Brand) -> None:
        self.found = found
        self.register = register
        self.brand = brand
        self._named = self._context()

    @classmethod
    def open(cls, data: str, snapshot: str) -> "Ingestion":
        """
        Work out the series and figures of a data folder, without writing any.

        Args:
            data: the data folder, from the working folder or one above it.
            snapshot: the day as of which raw files count, ISO; nothing for the newest.

        Raises:
            InputError: a file is wrong, or the day is none.

        """
        try:
            until = date.fromisoformat(snapshot) if snapshot else None
        except (TypeError, ValueError):  # papermill makes a number of 20261122
            raise InputError.at("option.not_a_date", "snapshot", value=repr(snapshot)) from None
        folder = find(data)
        return cls(ingest(folder, until), Register.open(folder), load_brand(find(BRAND)))

    def say(self, template: str) -> None:
        """Print a paragraph, a list or a table: Markdown with the facts filled in."""
        show_markdown(fill(template, self._named))

    def fill(self, template: str) -> str:
        """Fill a template without printing it, for the title of a chart: plain text."""
        return unescaped(fill(template, self._named))

    def draw(self, series: Sequence[str], names: Sequence[str], *, title: str, alt: str) -> None:
        """Show series of the same periods as lines, in thousands; `title` and `alt` are templates."""
        named = dict(zip(series, names, strict=True))
        chart = lines(self.found.series, named, self.brand, self.fill(title))
        show_chart(chart, self.fill(alt))

    def origins(self) -> Iterator[tuple[str, int]]:
        """Count the figures by where their values come from."""
        confirmed = {one.figure for one in self.found.derived if one.use == "check"}
        ways = ("derived", "confirmed", "publisher", "page")
        counts = Counter(
            "derived"
            if figure.origin == "derived"
            else "confirmed"
            if figure.id in confirmed
            else "publisher"
            if figure.publisher == self.register.source(figure.sources[0]).author
            else "page"
            for figure in map(self.register.figure, self.register.table("statistics.csv")["id"])
            if figure.origin
        )
        yield from ((way, counts[way]) for way in ways)

    def _context(self) -> dict[str, Any]:
        """Name what templates may use."""
        return {
            "snapshots": self.found.snapshots,
            "spans": self.found.series.group_by("series", maintain_order=True)
            .agg(
                pl.first("snapshot", "area"),
                first=pl.first("period"),
                last=pl.last("period"),
                count=pl.len(),
            )
            .iter_rows,
            "derived": self.found.derived,
            "changes": self.found.changes,
            "told": [render(one, "fr", with_file=False) for one in self.found.told],
            "figure": self.register.figure,
            "origins": list(self.origins()),
            "cite": cite,
        }
