"""
What must hold between the numbers of a register, as checks.csv says it: a slip of the pen is told before it is printed.

An error is refused when a folder is opened: no report can be made of it. A warning or a note is for `tremplin vintage
check`: an assumption may mean it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

import dataframely as dy

from tremplin.errors import Problem, Value
from tremplin.model.table import SNAKE, Row, Table

SEVERITIES = ("error", "warning", "note")
CHECKS = "checks.csv"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class CheckRow(Row):
    """The columns of checks.csv; data/README.md says what each means."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id such as counts_are_whole")
    kind = dy.Enum(("range", "whole", "sum", "growth", "monotone", "same", "year", "gap"))
    table = dy.Enum(("statistics.csv", "rules.csv"))
    what = dy.String(min_length=1, description="ids, patterns, or unit:… or topic:…, joined by ;")
    against = dy.String(nullable=True, description="ids joined by ;, or nothing")
    least = dy.Float64(nullable=True, description="a number, or nothing")
    most = dy.Float64(nullable=True, description="a number, or nothing")
    severity = dy.Enum(SEVERITIES)
    reason = dy.String(min_length=1, description="a sentence in French")


@dataclass(frozen=True, slots=True)
class Told:
    """Something that does not hold, and how much it weighs."""

    severity: str
    problem: Problem


def check(tables: Mapping[str, Table]) -> Iterator[Told]:
    """Tell what does not hold in the tables of a register; a table that could not be read is passed over."""
    rows = tables[CHECKS].frame.iter_rows(named=True) if CHECKS in tables else ()
    for row in rows:
        table = tables.get(row["table"])
        if table is None:
            continue
        one = _Check(row, table)
        yield from (Told(row["severity"], problem) for problem in _KINDS[row["kind"]](one))


class _Check:
    """One row of checks.csv with the table that it looks at."""

    def __init__(self, row: Mapping[str, Any], table: Table) -> None:
        self.what = tuple(row["what"].split(";"))
        self.against = tuple((row["against"] or "").split(";"))
        self.least, self.most = row["least"], row["most"]
        self.reason = row["reason"]
        self.table = table
        self.rows = list(table.frame.iter_rows(named=True))
        self.by_id = {one["id"]: (place, one) for place, one in enumerate(self.rows)}

    def chosen(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the rows that it speaks of, with a value."""
        for place, one in enumerate(self.rows):
            if one["value"] is not None and any(self._fits(one, name) for name in self.what):
                yield place, one

    @staticmethod
    def _fits(one: Mapping[str, Any], name: str) -> bool:
        column, _, wanted = name.rpartition(":")
        return fnmatchcase(str(one[column or "id"]), wanted)

    def value(self, id_: str) -> float | None:
        """Give the value of a figure; None where there is none."""
        found = self.by_id.get(id_)
        return found[1]["value"] if found else None

    def problem(self, place: int, code: str, column: str = "value", **values: Value) -> Problem:
        """Make the problem of a cell, with the reason of the check."""
        return self.table.problem(code, place, column, reason=self.reason, **values)


def _range(one: _Check) -> Iterator[Problem]:
    for place, row in one.chosen():
        value = row["value"]
        if (one.least is not None and value < one.least) or (
            one.most is not None and value > one.most
        ):
            low, high = one.least, one.most
            yield one.problem(
                place,
                "check.range",
                value=_shown(value),
                least="−∞" if low is None else _shown(low),
                most="∞" if high is None else _shown(high),
            )


def _whole(one: _Check) -> Iterator[Problem]:
    for place, row in one.chosen():
        if row["value"] != int(row["value"]):
            yield one.problem(place, "check.whole", value=_shown(row["value"]))


def _sum(one: _Check) -> Iterator[Problem]:
    total, parts = one.value(one.what[0]), [one.value(part) for part in one.against]
    if total is None or None in parts:
        return
    found = sum(part for part in parts if part is not None)
    if abs(total - found) > (one.most or 0):
        place, _ = one.by_id[one.what[0]]
        yield one.problem(
            place,
            "check.sum",
            value=_shown(total),
            parts=" + ".join(one.against),
            sum=_shown(found),
        )


def _growth(one: _Check) -> Iterator[Problem]:
    change = one.value(one.what[0])
    after, before = map(one.value, one.against)
    if change is None or after is None or not before:
        return
    found = (after / before - 1) * 100
    if abs(found - change) > (one.most or 0):
        place, _ = one.by_id[one.what[0]]
        yield one.problem(
            place,
            "check.growth",
            value=_shown(change),
            ids=" / ".join(one.against),
            found=f"{found:.1f}",
        )


def _monotone(one: _Check) -> Iterator[Problem]:
    for former, later in zip(one.what, one.what[1:], strict=False):
        before, after = one.value(former), one.value(later)
        if before is not None and after is not None and after > before:
            place, _ = one.by_id[later]
            yield one.problem(
                place, "check.monotone", value=_shown(after), other=former, least=_shown(before)
            )


def _same(one: _Check) -> Iterator[Problem]:
    for place, row in one.chosen():
        other = one.value(row["stands_for"] or "")
        if other is not None and abs(row["value"] - other) > (one.most or 0) * abs(other):
            yield one.problem(
                place,
                "check.same",
                value=_shown(row["value"]),
                id=row["stands_for"],
                other=_shown(other),
            )


def _year(one: _Check) -> Iterator[Problem]:
    for place, row in one.chosen():
        told = [int(year) for year in _YEAR.findall(row["label"])]
        if row["year"] is None:
            continue
        if not (one.least or 0) <= row["year"] <= (one.most or 9999):
            yield one.problem(place, "check.year", "year", year=row["year"])
        elif told and row["year"] not in told:
            yield one.problem(place, "check.label", "label", year=row["year"])


def _gap(one: _Check) -> Iterator[Problem]:
    ends: dict[str, date | None] = {}
    for place, row in sorted(one.chosen(), key=lambda item: item[1]["valid_from"]):
        end = ends.get(row["id"])
        if end is not None and row["valid_from"] > end + timedelta(days=1):
            yield one.problem(
                place,
                "check.gap",
                "valid_from",
                rule=row["id"],
                ends=str(end),
                begins=str(row["valid_from"]),
            )
        ends[row["id"]] = row["valid_to"]


_KINDS: Mapping[str, Callable[[_Check], Iterator[Problem]]] = {
    "range": _range,
    "whole": _whole,
    "sum": _sum,
    "growth": _growth,
    "monotone": _monotone,
    "same": _same,
    "year": _year,
    "gap": _gap,
}


def _shown(value: float) -> str:
    return f"{value:.10g}"
