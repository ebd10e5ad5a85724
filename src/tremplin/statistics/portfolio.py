"""
All reports of a portfolio as tidy tables: one row a person, a score, a finding, a deadline.

They are read from the `results.json` that each report leaves, so no figure is computed twice. Amounts are €, a year
for `net_*`; chances are shares from 0 to 1; scores go from 0 to 100.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import dataframely as dy
import polars as pl

from tremplin.case.dates import add_days
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.register import Register
from tremplin.model.results import Results
from tremplin.statistics.people import VERDICTS, People, people_table, types_of

RIGHTS = {"acre_request": "acre", "leave_request": "leave"}
"""Steps whose last day, once missed, costs a right."""

READY_BY = (12, 24)
"""Months of activity that group those who cannot leave the job yet."""

NET_CLASSES = (0.0, 5_000.0, 10_000.0, 20_000.0, 30_000.0, 50_000.0)
"""Lower bounds of the classes of income, € a year; under the first one is a loss."""

GAP_CLASSES = (0.01, 5_000.0)
"""Lower bounds of the classes of what is missing to finance the start, €; under the first one nothing is."""

SCORE_CLASS = 10
"""Points in a class of scores; the last class holds 100 too."""


class Deadlines(dy.Schema):
    """One row a step that is not done, by last day, then by person in the order of their list."""

    id = dy.String(description="the person")
    step = dy.String(description="id of the step")
    kind = dy.Enum((*RIGHTS.values(), "other"))
    label = dy.String(description="the step, in French")
    due = dy.Date()


@dataclass(frozen=True, slots=True)
class Group:
    """How many people belong to a group."""

    id: str
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people are in a row and a class of it, counted from 0."""

    row: str
    place: int
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The quarters of the people by one number: a quarter is at or under `low`, half under `middle`."""

    low: float
    middle: float
    high: float


class PortfolioFindings:
    """
    What the reports of a portfolio say together, on one day.

    A step that is due on that very day is still ahead. Chances and scores are judged as the reports judge them, by the
    conventions of the register.
    """

    def __init__(self, results: Iterable[Results], register: Register, as_of: date) -> None:
        self.as_of = as_of
        self.register = register
        self.pass_mark = register.convention("scores.pass_mark")
        self.soon_days = register.convention("deadlines.soon_days")
        """Days from the portfolio's date within which a deadline is near."""
        self.risk_classes = (
            register.convention("finances.cash_out_high"),
            register.convention("finances.cash_out_stop"),
        )
        """The chances that cash runs out in 24 months from which another class begins."""
        self._results = tuple(sorted(results, key=lambda one: one.id))
        self.people = People.validate(people_table(self._results, as_of))

    @cached_property
    def open_steps(self) -> pl.DataFrame:
        """Steps that are not done, past ones too."""
        rows = [
            {
                "id": one.id,
                "step": step.id,
                "kind": RIGHTS.get(step.id, "other"),
                "label": step.label,
                "due": step.due,
            }
            for one in self._results
            for step in one.checklist
            if not step.done
        ]
        frame = pl.DataFrame(rows, schema=types_of(Deadlines))
        return Deadlines.validate(frame.sort("due", "id", maintain_order=True))

    @cached_property
    def deadlines(self) -> pl.DataFrame:
        """Steps that are not done and whose last day has not passed, by last day."""
        return self.open_steps.filter(pl.col("due") >= self.as_of)

    @property
    def rights(self) -> pl.DataFrame:
        """The deadlines that cost a right once missed: ACRE, leave."""
        return self.deadlines.filter(pl.col("kind") != "other")

    @property
    def soon(self) -> pl.DataFrame:
        """The deadlines of the next days."""
        return self.deadlines.filter(pl.col("due") <= add_days(self.as_of, self.soon_days))

    @property
    def late(self) -> int:
        """How many steps are not done whose last day has passed."""
        return int(self.people["late"].sum())

    @property
    def count(self) -> int:
        """The number of people."""
        return self.people.height

    @property
    def blocked(self) -> pl.DataFrame:
        """Those whose start something stops, the most blockers first."""
        found = self.people.filter(verdict="stop")
        return found.sort(
            pl.col("blockers").list.len(), "id", descending=[True, False], maintain_order=True
        )

    @property
    def short_of_money(self) -> int:
        """How many are stopped by want of money alone."""
        return self.people.filter(pl.col("stopped_by") == pl.lit(["money"])).height

    @property
    def ready(self) -> pl.DataFrame:
        """Those who could leave the job at the start and whom nothing forbids it, the best scores first."""
        found = self.people.filter(pl.col("ready"), pl.col("verdict") != "stop")
        return found.sort("score_overall", "id", descending=[True, False])

    @property
    def not_reckoned(self) -> int:
        """How many have a trade whose amounts are not reckoned."""
        return self.people["form"].null_count()

    @property
    def older(self) -> int:
        """How many reports were made for another day than the portfolio's."""
        return self.people.filter(pl.col("as_of") != self.as_of).height

    @cached_property
    def verdicts(self) -> tuple[Group, ...]:
        """People by verdict."""
        return self._groups("verdict", VERDICTS)

    @cached_property
    def blockers(self) -> tuple[Group, ...]:
        """People by blocker, the most frequent first; someone may have several."""
        return self._frequent("blockers")

    @cached_property
    def warnings(self) -> tuple[Group, ...]:
        """People by warning, likewise."""
        return self._frequent("warnings")

    @cached_property
    def forms(self) -> tuple[Group, ...]:
        """People by legal form recommended, the most frequent first."""
        return self._frequent("form")

    @cached_property
    def readiness(self) -> tuple[Group, ...]:
        """
        People by the time from which the job could be left: `now`, `blocked`, within a year, two, or `later`.

        `blocked` has a verdict of stop, whatever the month: the start comes first. Whose amounts are not reckoned is in no
        group.
        """
        first, second = READY_BY
        month = pl.col("earliest_month")
        group = (
            pl.when(pl.col("verdict") == "stop")
            .then(pl.lit("blocked"))
            .when(pl.col("form").is_null())
            .then(None)
            .when("ready")
            .then(pl.lit("now"))
            .when(month <= first)
            .then(pl.lit("first"))
            .when(month <= second)
            .then(pl.lit("second"))
            .otherwise(pl.lit("later"))
        )
        frame = self.people.select(group.alias("group"))
        counts = dict(frame["group"].value_counts().iter_rows())
        return tuple(
            Group(one, counts.get(one, 0)) for one in ("now", "first", "second", "later", "blocked")
        )

    @cached_property
    def scores(self) -> tuple[Cell, ...]:
        """People by dimension and class of ten points; 100 is in the last."""
        return tuple(
            cell
            for dimension in (*DIMENSIONS, "overall")
            for cell in self._cells(
                dimension,
                self.people[f"score_{dimension}"],
                lambda score: min(int(score) // SCORE_CLASS, 100 // SCORE_CLASS - 1),
            )
        )

    @cached_property
    def weakest(self) -> str:
        """The dimension with the lowest median score."""
        return min(DIMENSIONS, key=lambda one: self.spread(f"score_{one}").middle)

    def weak(self, dimension: str) -> int:
        """Tell how many people are under the mark that makes a dimension a condition in their report."""
        return int((self.people[f"score_{dimension}"] < self.pass_mark).sum())

    @cached_property
    def nets(self) -> tuple[Cell, ...]:
        """People by class of net income, in the first and in the second year: `NET_CLASSES`, a loss being 0."""
        return tuple(
            cell
            for year in (1, 2)
            for cell in self._cells(
                str(year), self.people[f"net_year_{year}"], lambda net: _class(net, NET_CLASSES)
            )
        )

    @cached_property
    def dangers(self) -> tuple[Cell, ...]:
        """People by what is missing at the start (`covered`, `some`, `much`) and by class of the chance to run out of cash."""
        frame = self.people.select(
            row=pl.col("gap").map_elements(
                lambda gap: ("covered", "some", "much")[_class(gap, GAP_CLASSES)],
                return_dtype=pl.String,
            ),
            risk="cash_out",
        )
        return tuple(
            cell
            for row in ("covered", "some", "much")
            for cell in self._cells(
                row,
                frame.filter(row=row)["risk"],
                lambda risk: sum(risk >= bound for bound in self.risk_classes),
            )
        )

    def spread(self, column: str) -> Spread:
        """Give the quarters of a column of numbers."""
        low, middle, high = (
            float(self.people[column].quantile(part, "linear") or 0) for part in (0.25, 0.5, 0.75)
        )
        return Spread(low, middle, high)

    @property
    def short(self) -> int:
        """How many people lack money to start."""
        return int((self.people["gap"] > 0).sum())

    @property
    def missing(self) -> float:
        """What all of them lack together, €."""
        return float(self.people["gap"].sum())

    @property
    def at_risk(self) -> int:
        """How many people run out of cash so often that it is a condition, or worse."""
        return int((self.people["cash_out"] >= self.risk_classes[0]).sum())

    @cached_property
    def months(self) -> tuple[tuple[date, str, int], ...]:
        """Deadlines by month, as its first day, and kind, through the twelve months from the portfolio's."""
        first = self.as_of.replace(day=1)
        until = date(first.year + 1, first.month, 1)
        counts = (
            self.deadlines.filter(pl.col("due") < until)
            .group_by(pl.col("due").dt.truncate("1mo"), "kind")
            .len()
        )
        found = {(row[0], row[1]): row[2] for row in counts.iter_rows()}
        return tuple(
            (month, kind, found.get((month, kind), 0))
            for month in pl.date_range(first, until, "1mo", closed="left", eager=True)
            for kind in (*RIGHTS.values(), "other")
        )

    def _groups(self, column: str, names: Sequence[str]) -> tuple[Group, ...]:
        counts = dict(self.people[column].cast(pl.String).value_counts().iter_rows())
        return tuple(Group(name, counts.get(name, 0)) for name in names)

    def _frequent(self, column: str) -> tuple[Group, ...]:
        values = self.people[column]
        if values.dtype == pl.List:
            values = values.explode(empty_as_null=False)
        counts = values.drop_nulls().value_counts().sort("count", column, descending=[True, False])
        return tuple(Group(*row) for row in counts.iter_rows())

    @staticmethod
    def _cells(row: str, values: pl.Series, place: Callable[[float], int]) -> list[Cell]:
        counts = Counter(map(place, values.drop_nulls()))
        return [Cell(row, at, counts[at]) for at in sorted(counts)]


def _class(value: float, bounds: Sequence[float]) -> int:
    """Tell how many bounds a value reaches."""
    return sum(value >= bound for bound in bounds)
