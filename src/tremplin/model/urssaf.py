"""
What a year's margin leaves under the real regimes, as Urssaf's rule base reckons it: the table of `data/urssaf/`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import dataframely as dy
import numpy as np
import polars as pl
from numpy.typing import NDArray

from tremplin.model.profile import Category
from tremplin.model.table import Row, Table, read_table

REAL_FORMS = ("ei", "eurl", "sasu")
ANY = "any"
"""Stands for every category, where a form makes no difference between them."""


class NetIncomeRow(Row):
    """The columns of urssaf/net_income.csv; data/README.md says what each means."""

    form = dy.Enum(REAL_FORMS, primary_key=True)
    category = dy.Enum((*get_args(Category), ANY), primary_key=True)
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


NetIncomeCurve = Mapping[str, NDArray[np.float64]]
"""The amounts of a form and a category by column, from the smallest margin on, €."""


def net_income_curves(rows: pl.DataFrame) -> dict[tuple[str, str], NetIncomeCurve]:
    """Give the columns of amounts of each form and category."""
    parts = rows.sort("margin").partition_by("form", "category", as_dict=True)
    return {
        (str(form), str(category)): {
            name: part[name].to_numpy() for name in part.columns if part[name].dtype == pl.Float64
        }
        for (form, category), part in parts.items()
    }


def read_net_income(path: Path) -> Table:
    """Read urssaf/net_income.csv; raises InputError."""
    return read_table(path, NetIncomeRow)
