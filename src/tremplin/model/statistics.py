"""The figures of reports: what the article says, what the best source says, and the verdict."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from tremplin.model.table import SNAKE, SOURCES, Row, Table, read_table

STATUSES = ("corroborated", "imprecise", "outdated", "contradicted", "unverifiable")
UNVERIFIABLE = "unverifiable"
ORIGINS = ("derived", "quoted")
FIGURE_UNITS = ("entreprises", "personnes", "%", "points", "€", "ans", "mois", "constat")
"""What a value counts, always in ones: thousands would be read as ones."""
FIGURE_ID = r"^[SA](\d{2}|[1-9]\d{2,})$"
"""S01 to S99 and S100 onward: a number has one spelling."""

NUMBER = re.compile(r"-?\d{1,3}(?:\s?\d{3})*(?:,\d+)?(?=$|\s?[%€])")


class StatisticRow(Row):
    """The columns of statistics.csv; data/README.md says what each means."""

    id = dy.String(primary_key=True, regex=FIGURE_ID, description="an id such as S01 or A12")
    topic = dy.String(regex=SNAKE, description="a topic such as micro_survival")
    label = dy.String(description="what is counted, in French")
    value = dy.Float64(nullable=True, description="a number, or nothing")
    unit = dy.Enum(FIGURE_UNITS)
    year = dy.Int64(nullable=True, min=1900, max=2100, description="a year, or nothing")
    scope = dy.String(description="whom the figure is about, in French")
    status = dy.Enum(STATUSES)
    source = dy.String(nullable=True, regex=SOURCES, description="keys of sources.bib joined by ;")
    origin = dy.Enum(ORIGINS, nullable=True)
    publisher = dy.String(nullable=True, description="who counted, such as Insee, or nothing")
    accessed = dy.Date(nullable=True, description="the day on which the source was read")
    stands_for = dy.String(
        nullable=True, regex=r"^A(\d{2}|[1-9]\d{2,})$", description="an id such as A06, or nothing"
    )
    cited_value = dy.String(nullable=True, description="what the article says, or nothing")
    note = dy.String(nullable=True, description="a sentence in French, or nothing")

    @dy.rule()
    def value__is_empty_where_the_status_is_unverifiable(cls) -> pl.Expr:
        """Keep what no source supports out of every calculation."""
        return (cls.status.col != UNVERIFIABLE) | cls.value.col.is_null()

    @dy.rule()
    def source__may_be_empty_only_where_the_status_is_unverifiable(cls) -> pl.Expr:
        """Let no figure stand without the source that supports it."""
        return (cls.status.col == UNVERIFIABLE) | cls.source.col.is_not_null()

    @dy.rule()
    def origin__says_where_a_value_comes_from_and_is_empty_without_one(cls) -> pl.Expr:
        """Let nobody wonder whether a number was reckoned here or read somewhere."""
        return (cls.status.col == UNVERIFIABLE) == cls.origin.col.is_null()

    @dy.rule()
    def publisher__is_named_where_there_is_an_origin(cls) -> pl.Expr:
        """Tell who counted apart from who was read."""
        return cls.origin.col.is_null() | cls.publisher.col.is_not_null()

    @dy.rule()
    def accessed__is_told_where_there_is_an_origin(cls) -> pl.Expr:
        """Tell when: a page may say something else tomorrow."""
        return cls.origin.col.is_null() | cls.accessed.col.is_not_null()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its best supported value beside the one the article cites."""

    id: str
    topic: str
    label: str
    value: float | None
    unit: str
    year: int | None
    scope: str
    status: str
    source: str | None
    origin: str | None
    publisher: str | None
    accessed: date | None
    stands_for: str | None
    cited_value: str | None
    note: str | None

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of sources.bib, in the order in which they count."""
        return tuple(self.source.split(";")) if self.source else ()

    @property
    def cited_number(self) -> float | None:
        """The number that the article cites, None where it cites words or several numbers."""
        match = NUMBER.match(self.cited_value or "")
        return float(re.sub(r"\s", "", match[0]).replace(",", ".")) if match else None


def read_statistics(path: Path) -> Table:
    """Read statistics.csv; raises InputError."""
    return read_table(path, StatisticRow)


def figures(table: Table) -> dict[str, Figure]:
    """Give each figure by its id."""
    return {row["id"]: Figure(**row) for row in table.frame.iter_rows(named=True)}
