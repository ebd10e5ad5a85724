"""
What a president's pay leaves and what an employee costs, as Urssaf's rule base reckons them: the tables of `data/urssaf/`.
"""

from collections.abc import Mapping
from pathlib import Path

import dataframely as dy
import numpy as np
import polars as pl
from numpy.typing import NDArray

from tremplin.model.table import Row, Table, read_table


class PresidentPayRow(Row):
    """The columns of urssaf/president_pay.csv; data/urssaf/README.md says what each means."""

    margin = dy.Float64(primary_key=True, min=0, description="turnover less expenses, €")
    contributions = dy.Float64(min=0, description="an amount in €")
    net_before_tax = dy.Float64(description="an amount in €")
    taxable = dy.Float64(description="an amount in €")
    acre_base = dy.Float64(min=0, description="an amount in €")
    acre_income = dy.Float64(min=0, description="an amount in €")

    @dy.rule()
    def contributions__are_what_the_margin_leaves_no_net_income_of(cls) -> pl.Expr:
        """Keep the three amounts of a row in agreement, to the cent."""
        return (cls.margin.col - cls.contributions.col - cls.net_before_tax.col).abs() < 0.02  # noqa: PLR2004 - two roundings


class EmployeeCostRow(Row):
    """The columns of urssaf/employee_cost.csv; data/urssaf/README.md says what each means."""

    gross = dy.Float64(primary_key=True, min=0, description="a full-time gross pay in €/month")
    cost = dy.Float64(min=0, description="an amount in €")
    net = dy.Float64(min=0, description="an amount in €")
    health_cover = dy.Float64(min=0, description="an amount in €")

    @dy.rule()
    def cost__is_not_below_the_gross_pay_and_the_health_cover(cls) -> pl.Expr:
        """Refuse an employee who costs less than is paid."""
        return cls.cost.col >= cls.gross.col + cls.health_cover.col

    @dy.rule()
    def net__is_not_above_the_gross_pay(cls) -> pl.Expr:
        """Refuse a net pay from which nothing was withheld."""
        return cls.net.col <= cls.gross.col


PayCurve = Mapping[str, NDArray[np.float64]]
"""The amounts of a table by column, from the smallest margin or gross pay on, €."""


def pay_curve(rows: pl.DataFrame, by: str) -> PayCurve:
    """Give the columns of a table, ordered by one of them."""
    ordered = rows.sort(by)
    return {name: ordered[name].to_numpy() for name in ordered.columns}


def read_president_pay(path: Path) -> Table:
    """Read urssaf/president_pay.csv; raises InputError."""
    return read_table(path, PresidentPayRow)


def read_employee_cost(path: Path) -> Table:
    """Read urssaf/employee_cost.csv; raises InputError."""
    return read_table(path, EmployeeCostRow)
