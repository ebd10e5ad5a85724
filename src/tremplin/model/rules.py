"""The parameters of French law, each with the days on which it holds, as in OpenFisca."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import dataframely as dy
import polars as pl

from tremplin.errors import InputError, Phrase, Problem
from tremplin.model.table import DOTTED, SOURCES, Row, Table, read_table

CONFIDENCES = ("H", "M", "L")
UNITS = (
    "EUR",
    "EUR/day",
    "EUR/hour",
    "EUR/month",
    "share",
    "hours",
    "days",
    "weeks",
    "months",
    "quarters",
    "ceilings",
    "years",
    "count",
    "employees",
    "boolean",
)


class RuleRow(Row):
    """The columns of rules.csv; data/README.md says what each means."""

    id = dy.String(primary_key=True, regex=DOTTED, description="an id such as micro.ceiling.sale")
    valid_from = dy.Date(primary_key=True, description="the first day on which it holds")
    valid_to = dy.Date(nullable=True, description="the last day, or nothing while it is in force")
    value = dy.Float64(min=0, description="a number from 0 up")
    unit = dy.Enum(UNITS)
    label = dy.String(description="what it is, in French")
    reference = dy.String(description="the text of law, in French")
    url = dy.String(nullable=True, regex=r"^https?://\S+$", description="a web address, or nothing")
    confidence = dy.Enum(CONFIDENCES)
    source = dy.String(regex=SOURCES, description="keys of sources.bib joined by ;")
    note = dy.String(nullable=True, description="a sentence in French, or nothing")
    review_by = dy.Date(description="the day by which it is to be read again")
    successor = dy.String(nullable=True, description="what comes next, in French, or nothing")

    @dy.rule()
    def valid_to__is_not_before_valid_from(cls) -> pl.Expr:
        """Let a rule hold for a day at least."""
        return cls.valid_to.col.is_null() | (cls.valid_to.col >= cls.valid_from.col)

    @dy.rule()
    def review_by__is_after_valid_from(cls) -> pl.Expr:
        """Refuse a value that would have to be read again before it holds."""
        return cls.review_by.col > cls.valid_from.col

    @dy.rule()
    def review_by__is_at_the_latest_the_day_after_valid_to(cls) -> pl.Expr:
        """Ask what follows a value once it is over."""
        last = pl.max_horizontal(cls.valid_from.col, cls.valid_to.col)  # one error for one fault
        return cls.valid_to.col.is_null() | (cls.review_by.col <= last.dt.offset_by("1d"))

    @dy.rule()
    def value__is_0_or_1_where_the_unit_is_boolean(cls) -> pl.Expr:
        """Keep yes and no apart from counts."""
        return (cls.unit.col != "boolean") | cls.value.col.is_in([0.0, 1.0])

    @dy.rule()
    def value__is_from_0_to_1_where_the_unit_is_share(cls) -> pl.Expr:
        """Refuse a rate that is typed as a percentage: 25.6 would take 2560 %."""
        return (cls.unit.col != "share") | cls.value.col.is_between(0, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """One parameter of law over the days on which it holds, both ends included."""

    id: str
    valid_from: date
    valid_to: date | None
    value: float
    unit: str
    label: str
    reference: str
    url: str | None
    confidence: str
    source: str
    note: str | None
    review_by: date
    """The day by which its source is to be read again."""
    successor: str | None
    """What is known of what comes next, in French."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of sources.bib, in the order in which they count."""
        return tuple(self.source.split(";"))

    def holds(self, at: date) -> bool:
        """Tell whether the rule is in force on that day."""
        return self.valid_from <= at and (self.valid_to is None or at <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ToReadAgain:
    """Rules of one text of law that are to be read again by the same day."""

    review_by: date
    reference: str
    rules: tuple[Rule, ...]

    @property
    def count(self) -> int:
        """How many rules they are."""
        return len(self.rules)

    @property
    def source(self) -> str:
        """The key of `sources.bib` that counts most."""
        return self.rules[0].sources[0]

    @property
    def successors(self) -> tuple[str, ...]:
        """What is known of what comes next, in French."""
        return tuple(dict.fromkeys(rule.successor for rule in self.rules if rule.successor))


def by_text(rules: Iterable[Rule]) -> tuple[ToReadAgain, ...]:
    """Group rules that are to be read again by the day and the text of law, what is the most urgent first."""

    def text(rule: Rule) -> tuple[date, str]:
        return rule.review_by, rule.reference

    ordered = sorted(rules, key=lambda rule: (*text(rule), rule.id))
    return tuple(ToReadAgain(*key, tuple(same)) for key, same in groupby(ordered, text))


def read_rules(path: Path) -> Table:
    """
    Read rules.csv.

    Raises:
        InputError: the table is broken, or two periods of a rule overlap.

    """
    table = read_table(path, RuleRow)
    problems = list(_overlaps(table))
    if problems:
        raise InputError(*problems)
    return table


def in_force(rules: pl.DataFrame, at: date, *, latest: bool = False) -> pl.DataFrame:
    """Keep the rules that hold on that day; with `latest`, also those whose last known period is over by then."""
    holds = pl.col("valid_to").is_null() | (pl.col("valid_to") >= at)
    if latest:
        holds |= pl.col("valid_from") == pl.col("valid_from").max().over("id")
    return rules.filter(pl.col("valid_from") <= at, holds)


def rules_by_id(table: Table) -> dict[str, list[Rule]]:
    """Give the successive periods of each rule, the oldest first."""
    found: dict[str, list[Rule]] = {}
    for row in table.frame.sort("valid_from").iter_rows(named=True):
        found.setdefault(row["id"], []).append(Rule(**row))
    return found


def _overlaps(table: Table) -> Iterator[Problem]:
    """Find the periods that begin before the previous one of the same rule has ended."""
    ordered = table.frame.with_row_index("row").sort("id", "valid_from")
    previous = ordered.select(pl.col("row", "valid_from", "valid_to").shift().over("id"))
    for now, before in zip(
        ordered.iter_rows(named=True), previous.iter_rows(named=True), strict=True
    ):
        if before["row"] is None:
            continue
        if before["valid_to"] is None or before["valid_to"] >= now["valid_from"]:
            yield table.problem(
                "rules.overlap",
                now["row"],
                "valid_from",
                rule=now["id"],
                begins=str(now["valid_from"]),
                other=table.lines[before["row"]],
                other_begins=str(before["valid_from"]),
                other_ends=str(before["valid_to"]) if before["valid_to"] else Phrase("no end"),
            )
