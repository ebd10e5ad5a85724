"""
The real regimes: what a year's margin leaves to a sole trader (EI) or to the manager of a company (EURL, SASU).

Read from the table that `data/urssaf/export.mjs` made of Urssaf's rule base, between two rows in a straight line. Where
the rule base lags the law, the law is applied here: the rate of the basic pension (Code de la sécurité sociale, D633-3)
and ACRE as it is since 2026 (L131-6-4 and D131-6-1). A company's margin is what its manager's pay costs it.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from tremplin.analysis.income.arrays import Array, amounts
from tremplin.model.profile import Category
from tremplin.model.register import DataError, Register
from tremplin.model.urssaf import ANY

RealForm = Literal["ei", "eurl", "sasu"]
TABLE_PENSION_RATE = 0.1775
"""The rate of the basic pension that the exported version of the rule base applies (data/urssaf/README.md)."""


@dataclass(frozen=True, slots=True)
class Net:
    """What amounts of margin leave, arrays of one shape, €."""

    contributions: Array
    before_tax: Array
    taxable: Array
    """What income tax is computed on, before the deduction for wages where the form pays wages."""
    gross: Array
    """The income that ACRE looks at: professional income, or the gross pay of a president."""


@dataclass(frozen=True)
class RealRegime:
    """One form and category under the rules of one day."""

    form: RealForm
    rows: pl.DataFrame
    pension_factor: float
    """What the basic pension of the table is multiplied by to follow the law."""
    acre_share: float
    """Share of its base that ACRE exempts at most; 0 without ACRE."""
    acre_full_income: float
    acre_no_income: float

    @classmethod
    def at(
        cls, register: Register, form: RealForm, category: Category, day: date, *, acre: bool
    ) -> "RealRegime":
        """
        Give a form's regime on a day; ACRE counts for the whole of the margins asked for.

        Raises:
            DataError: the table knows no such form and category.

        """
        of_form = register.net_income.filter(pl.col("form") == form).sort("margin")
        rows = of_form.filter(pl.col("category") == category)
        if rows.is_empty():
            rows = of_form.filter(pl.col("category") == ANY)
        if rows.is_empty():
            raise DataError(
                f"{register.folder / 'urssaf/net_income.csv'} has no row for {form}, {category}"
            )
        return cls(
            form,
            rows,
            register.value("self_employed.pension.rate", at=day) / TABLE_PENSION_RATE,
            register.value("acre.general.factor", at=day) if acre else 0.0,
            register.value("acre.general.full_income", at=day),
            register.value("pass", at=day),
        )

    @cached_property
    def _columns(self) -> dict[str, Array]:
        return {name: self.rows[name].to_numpy() for name in self.rows.columns[2:]}

    def net(self, margin: ArrayLike, years: float = 1.0) -> Net:
        """
        Give what margins leave.

        Args:
            margin: turnover less expenses, €, of `years` of activity; below 0 counts as 0 for contributions.
            years: how long it took to earn it: the thresholds of a part of a year are that part of a year's.

        """
        whole = amounts(margin) / years
        base = self._read("acre_base", whole)
        income = self._read("acre_income", whole)
        contributions = (
            self._read("contributions", whole)
            + (self.pension_factor - 1) * self._read("basic_pension", whole)
            - self._exempted(base, income)
        ) * years
        shift = contributions - self._read("contributions", whole) * years
        return Net(
            contributions=contributions,
            before_tax=amounts(margin) - contributions,
            # Contributions are deducted from what is taxed; a loss is not income.
            taxable=np.maximum(self._read("taxable", whole) * years - shift, 0.0),
            gross=income * years,
        )

    def _exempted(self, base: Array, income: Array) -> Array:
        """Apply ACRE: the full share up to ¾ of the ceiling, then less and less, nothing at the ceiling."""
        slope = (self.acre_no_income - income) / (self.acre_no_income - self.acre_full_income)
        return self.acre_share * base * np.clip(slope, 0.0, 1.0)

    def _read(self, column: str, margin: Array) -> Array:
        """Read a column between its rows, and go on in a straight line after the last."""
        x, y = self._columns["margin"], self._columns[column]
        inside = np.interp(np.clip(margin, 0.0, x[-1]), x, y)
        slope = (y[-1] - y[-2]) / (x[-1] - x[-2])
        return np.asarray(inside + slope * np.maximum(margin - x[-1], 0.0))
