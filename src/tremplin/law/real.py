"""
The real regimes: what a year's margin leaves to a sole trader (EI) or to the manager of a company (EURL, SASU).

Read from the table that `data/urssaf/export.mjs` made of Urssaf's rule base, between two rows in a straight line. Where
the rule base lags the law, the law is applied here: the rate of the basic pension (Code de la sécurité sociale, D633-3)
and ACRE as it is since 2026 (L131-6-4 and D131-6-1). A company's margin is what its manager's pay costs it.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import Array, amounts
from tremplin.law.forms import RealForm
from tremplin.model.profile import Category
from tremplin.model.register import Lookup
from tremplin.model.urssaf import NetIncomeCurve

OTHER_PENSION = frozenset({"liberal_cipav"})
"""Categories whose basic pension has rates of its own, which the law has not been read for."""


@dataclass(frozen=True, slots=True)
class Net:
    """What amounts of margin leave, arrays of one shape, €."""

    contributions: Array
    before_tax: Array
    taxable: Array
    """What income tax is computed on, before the deduction for wages where the form pays wages."""
    gross: Array
    """The income that ACRE looks at: professional income, or the gross pay of a president."""


@dataclass(frozen=True, slots=True)
class RealRegime:
    """One form and category under the rules of one day."""

    form: RealForm
    curve: NetIncomeCurve
    pension_gap: float
    """What the law's rate of the basic pension has above the table's."""
    pension_base: float
    """The least income on which the basic pension is due, € a year."""
    acre_share: float
    """Share of its base that ACRE exempts at most; 0 without ACRE."""
    acre_paid_out: float
    """
    The part of that which reaches the net pay.

    What a president's company saves is paid too, and bears contributions in its turn.
    """
    acre_full_income: float
    acre_no_income: float

    @classmethod
    def at(
        cls, law: Lookup, form: RealForm, category: Category, day: date, *, acre: bool
    ) -> "RealRegime":
        """
        Give a form's regime on a day; ACRE counts for the whole of the margins asked for.

        Raises:
            DataError: the table knows no such form and category.

        """
        pension = law.value("self_employed.pension.rate", day)
        as_in_table = form == "sasu" or category in OTHER_PENSION
        return cls(
            form=form,
            curve=law.net_income_of(form, category),
            pension_gap=0.0 if as_in_table else pension - law.convention("urssaf.pension_rate"),
            pension_base=law.value("self_employed.pension.minimum_base", day),
            acre_share=law.value("acre.general.factor", day) if acre else 0.0,
            acre_paid_out=law.convention("acre.president_share") if form == "sasu" else 1.0,
            acre_full_income=law.value("acre.general.full_income", day),
            acre_no_income=law.value("pass", day),
        )

    def net(self, margin: ArrayLike, years: float = 1.0) -> Net:
        """
        Give what margins leave.

        Args:
            margin: turnover less expenses, €, of `years` of activity; below 0 counts as 0 for contributions.
            years: how long it took to earn it: the thresholds of a part of a year are that part of a year's.

        """
        whole = amounts(margin) / years
        income = self._read("acre_income", whole)
        pension = self.pension_gap * np.maximum(income, self.pension_base)
        shift = (pension - self._exempted(whole, income)) * years
        contributions = self._read("contributions", whole) * years + shift
        return Net(
            contributions=contributions,
            before_tax=amounts(margin) - contributions,
            # Contributions are deducted from what is taxed; a loss is not income.
            taxable=np.maximum(self._read("taxable", whole) * years - shift, 0.0),
            gross=income * years,
        )

    def _exempted(self, margin: Array, income: Array) -> Array:
        """
        Apply ACRE to a whole year: its share of the base up to ¾ of the ceiling, then less and less of that.

        Beyond, it is what an income of ¾ of the ceiling is spared, in proportion to what the income lacks to the ceiling.
        """
        if not self.acre_share:
            return np.zeros_like(income)
        incomes, bases = self.curve["acre_income"], self.curve["acre_base"]
        most = np.interp(self.acre_full_income, incomes, bases)
        base = np.where(income <= self.acre_full_income, self._read("acre_base", margin), most)
        slope = (self.acre_no_income - income) / (self.acre_no_income - self.acre_full_income)
        exempted = self.acre_share * base * np.clip(slope, 0.0, 1.0)
        return np.asarray(exempted * self.acre_paid_out)

    def _read(self, column: str, margin: Array) -> Array:
        """Read a column between its rows, and go on in a straight line after the last."""
        x, y = self.curve["margin"], self.curve[column]
        inside = np.interp(np.clip(margin, 0.0, x[-1]), x, y)
        slope = (y[-1] - y[-2]) / (x[-1] - x[-2])
        return np.asarray(inside + slope * np.maximum(margin - x[-1], 0.0))
