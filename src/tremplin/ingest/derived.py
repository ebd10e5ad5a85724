"""
Figures that follow from series, and rules that a dated series vouches for.

`derived.csv` names a figure, an expression on series and a period. Its value is written into statistics.csv, or only
holds it to account where a page gives the figure more exactly.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from tremplin.errors import InputError, Problem
from tremplin.ingest.expression import YEAR, ExpressionError, names, parse
from tremplin.ingest.series import PERIOD, shown
from tremplin.model.dates import add_months
from tremplin.model.profile.fields import MONTHS_A_YEAR
from tremplin.model.statistics import FIGURE_ID
from tremplin.model.table import DOTTED, Row, Table, read_table

DERIVED = "derived.csv"
HISTORY = "rule_history.csv"


class DerivedRow(Row):
    """The columns of derived.csv; data/README.md says what each means."""

    figure = dy.String(primary_key=True, regex=FIGURE_ID, description="an id such as A12")
    use = dy.Enum(("value", "check"))
    expression = dy.String(min_length=1, description="an expression on series")
    period = dy.String(regex=PERIOD, description="a period such as 2025 or 2025-Q4")
    digits = dy.Int64(min=-6, max=6, description="digits after the point to round to")


class HistoryRow(Row):
    """The columns of rule_history.csv: the dated series that vouches for a rule."""

    rule = dy.String(primary_key=True, regex=DOTTED, description="an id of rules.csv")
    series = dy.String(regex=DOTTED, description="an id of a series")
    years = dy.Int64(min=0, max=1, description="by how many its days follow those of the series")


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure as it follows from series."""

    figure: str
    use: str
    expression: str
    period: str
    digits: int
    value: float

    def agrees(self, value: float | None) -> bool:
        """Tell whether a figure of the register is this one, to the digits that are told."""
        return value is not None and round(value, self.digits) == self.value


def derive(data: Path, series: pl.DataFrame) -> tuple[Derived, ...]:
    """
    Work out all rows of derived.csv.

    Raises:
        InputError: one is no expression, or asks for a series, or a period, that is not there.

    """
    table = read_table(data / DERIVED, DerivedRow)

    @cache
    def periods(length: int) -> pl.DataFrame:
        same = series.filter(pl.col("period").str.len_chars() == length)
        return same.pivot("series", index="period", values="value").sort("period")

    found: list[Derived] = []
    problems: list[Problem] = []
    for place, row in enumerate(table.frame.iter_rows(named=True)):
        try:
            found.append(_derived(row, periods))
        except ExpressionError as error:
            problems.append(
                table.problem("derived.no_expression", place, "expression", part=str(error))
            )
        except LookupError as error:
            what = str(error.args[0])
            problems.append(table.problem("derived.not_there", place, "expression", what=what))
    if problems:
        raise InputError(*problems)
    return tuple(found)


def _derived(row: dict[str, Any], periods: Callable[[int], pl.DataFrame]) -> Derived:
    expression, period = row["expression"], row["period"]
    wide = periods(len(period))
    asked = names(expression)
    if missing := sorted(asked - set(wide.columns)):
        raise LookupError(missing[0])
    # A series that ends elsewhere than its neighbours leaves gaps that are not its own.
    own = wide.select("period", *asked).drop_nulls()
    _without_gap(own["period"].to_list())
    value = own.select("period", value=parse(expression, YEAR[len(period)]))
    here = value.filter(pl.col("period") == period)["value"].drop_nulls()
    if here.is_empty():
        raise LookupError(period)
    return Derived(**row, value=round(here.item(), row["digits"]))


def _without_gap(periods: Sequence[str]) -> None:
    """Refuse periods of which one is left out: the one before would be another."""
    for one, following in pairwise(periods):
        year, _, quarter = one.partition("-Q")
        due = f"{int(year) + 1}" if not quarter else None
        if quarter:
            due = f"{year}-Q{int(quarter) + 1}" if quarter != "4" else f"{int(year) + 1}-Q1"
        if following != due:
            raise LookupError(due)


def differing_rules(data: Path, series: pl.DataFrame, rules: Table) -> Iterator[Problem]:
    """
    Tell the rules whose numbers or days are others than in the dated series that vouches for them.

    A rule may begin later than its series; from then on each of its periods holds one number of the series.

    Raises:
        InputError: rule_history.csv is broken, or asks for a series that is not there.

    """
    history = read_table(data / HISTORY, HistoryRow)
    law = series.filter(pl.col("status") == "law").sort("period")
    dated = law.partition_by("series", as_dict=True)
    for place, (rule, name, years) in enumerate(history.frame.iter_rows()):
        if (name,) not in dated:
            raise InputError(history.problem("derived.not_there", place, "series", what=name))
        steps = [
            # Income tax is dated by the year of the income there, by that of the law here.
            (add_months(date.fromisoformat(day), MONTHS_A_YEAR * years), value)
            for day, value in dated[name,].select("period", "value").iter_rows()
        ]
        for at, row in enumerate(rules.frame.iter_rows(named=True)):
            if row["id"] != rule:
                continue
            until = row["valid_to"] or steps[-1][0]
            within = [value for day, value in steps if row["valid_from"] < day <= until]
            before = [value for day, value in steps if day <= row["valid_from"]]
            for value in (*before[-1:], *within):
                if value != row["value"]:
                    yield rules.problem(
                        "derived.rule_differs",
                        at,
                        "value",
                        value=shown(row["value"]),
                        series=name,
                        other=shown(value),
                    )
                    break
