"""
The real regimes: what a year's margin leaves to a sole trader (EI) or to the manager of a company (EURL, SASU).

A company's margin is what its manager's pay costs it; one that cannot bear the contributions of any pay pays none, and
what it lacks is its own loss.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import amounts
from tremplin.law.forms import RealForm
from tremplin.law.net import Net
from tremplin.law.president import President
from tremplin.law.self_employed import SelfEmployed
from tremplin.model.profile import Category
from tremplin.model.register import Lookup


@dataclass(frozen=True, slots=True)
class RealRegime:
    """One form and category under the rules of one day."""

    form: RealForm
    scheme: SelfEmployed | President
    acre_share: float
    """Share of its base that ACRE exempts at most; 0 without ACRE."""

    @classmethod
    def at(
        cls, law: Lookup, form: RealForm, category: Category, day: date, *, acre: bool
    ) -> "RealRegime":
        """Give a form's regime on a day; ACRE counts for the whole of the margins asked for."""
        scheme: SelfEmployed | President
        if form == "sasu":
            scheme = President.at(law, day)
        else:
            scheme = SelfEmployed.at(law, category, day, pays_wages=form == "eurl")
        return cls(form, scheme, law.value("acre.general.factor", day) if acre else 0.0)

    def net(self, margin: ArrayLike, years: ArrayLike = 1.0) -> Net:
        """
        Give what margins leave.

        Args:
            margin: turnover less expenses, €, of `years` of activity; below 0 counts as 0 for contributions.
            years: how long it took to earn it: the thresholds of a part of a year are that part of a year's.

        """
        earned, years = amounts(margin), amounts(years)
        whole = self.scheme.net(np.maximum(earned / years, 0.0), self.acre_share)
        loss = np.minimum(earned, 0.0) if self.form == "ei" else 0.0
        return Net(
            contributions=whole.contributions * years,
            before_tax=whole.before_tax * years + loss,
            taxable=whole.taxable * years,
            gross=whole.gross * years,
        )
