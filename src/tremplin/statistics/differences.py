"""
What differs between two reports of many people, as a tidy table: a row for each difference.
"""

from collections.abc import Iterable
from datetime import date

import dataframely as dy
import polars as pl

from tremplin.assessment.differences import BeforeAndAfter, Difference, FactValue
from tremplin.statistics.people import types_of


class Differences(dy.Schema):
    """One row a person and fact, in the order in which results are read."""

    id = dy.String(primary_key=True, description="names the report's folder")
    subject = dy.String(
        primary_key=True,
        description="verdict, condition, form, right, deadline, amount, step or score",
    )
    fact = dy.String(primary_key=True, description="the finding, step or amount")
    before_day = dy.Date(description="the date of the first report")
    after_day = dy.Date(description="the date of the second report")
    before = dy.String(nullable=True, description="what was said; nothing where nothing was")
    after = dy.String(nullable=True, description="what is said now, likewise")
    change = dy.Float64(nullable=True, description="for numbers, by how much; for dates, days")
    cause = dy.String(nullable=True, description="answer, answers, day, register or together")
    answer = dy.String(
        nullable=True, description="the key of the answer that alone accounts for it"
    )


def differences_table(found: Iterable[BeforeAndAfter]) -> pl.DataFrame:
    """Lay the differences of many people out as rows."""
    rows = [
        {
            "id": one.id,
            "subject": each.subject,
            "fact": each.id,
            "before_day": one.before,
            "after_day": one.after,
            "before": _text(each.before),
            "after": _text(each.after),
            "change": _change(each),
            "cause": each.cause and each.cause.kind,
            "answer": each.cause and each.cause.key,
        }
        for one in found
        for each in one.differences
    ]
    return Differences.validate(pl.DataFrame(rows, schema=types_of(Differences)))


def _text(value: FactValue) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case float() | int():
            return f"{value:g}" if abs(value) < 1 else f"{value:.10g}"
        case _:
            return value


def _change(one: Difference) -> float | None:
    match one.before, one.after:
        case bool(), bool():
            return None
        case (int() | float()) as before, (int() | float()) as after:
            return float(after - before)
        case date() as before, date() as after:
            return float((after - before).days)
        case _:
            return None
