"""
The project's cash month by month: what comes in, what goes out, what the household must draw from it.

The cash at the start is the money found less what is paid before the first client. Clients of services pay later than they
are served, those of sales at once. The household draws what its other income leaves uncovered, and no more; loans are
paid back in equal parts from the first month on, without interest.
"""

from dataclasses import dataclass

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.months import MONTHS, Curve, curve
from tremplin.law.categories import SALES
from tremplin.law.forms import Form
from tremplin.money.comparison import recommended
from tremplin.money.forms import contributions_of, margin_of
from tremplin.money.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class CashPlan:
    """All that cash depends on besides the curve of turnover and expenses."""

    case: Case
    form: Form
    opening: float
    """Cash once investment and registration are paid, €."""
    draws: Array
    """What the household draws in each month, €."""
    capital: Array
    """What unemployment insurance still pays as capital in each month, €; `opening` has what is there at the start."""
    borrowed: float = 0.0
    """What networks and banks lend, €; `opening` has it."""

    def flows(self, path: Curve) -> Array:
        """Give the change of cash in each month, €; draws of chance may come before the last axis."""
        contributions = contributions_of(self.case, self.form, path)
        received = late(path.turnover, self.payment_delay)
        expenses = path.turnover - margin_of(self.case, self.form, path)
        spent = expenses + contributions + self.draws + self.repayment
        return received + self.capital - spent

    def cash(self, path: Curve) -> Array:
        """Give the cash at the end of each month, €."""
        return self.opening + np.cumsum(self.flows(path), axis=-1)

    @property
    def repayment(self) -> float:
        """What is paid back to lenders in each month, €."""
        return self.borrowed / self.case.convention("cash.loan_months")

    @property
    def drawn(self) -> float:
        """All that the household draws over the twenty-four months, €."""
        return float(self.draws.sum())

    @property
    def drawing_months(self) -> int:
        """The months in which it draws."""
        return int((self.draws > 0).sum())

    @property
    def most_drawn(self) -> float:
        """What it draws in the month in which it draws most, €."""
        return float(self.draws.max())

    @property
    def payment_delay(self) -> int:
        """Months between a service and its payment."""
        if self.case.category in SALES:
            return 0
        return int(self.case.convention("cash.payment_delay"))


def late(amounts: Array, months: int) -> Array:
    """Move amounts to later months; what falls after the last is not seen."""
    if not months:
        return amounts
    moved = np.zeros_like(amounts)
    moved[..., months:] = amounts[..., :-months]
    return moved


def household_draws(scenario: Scenario, fixed_costs: float) -> Array:
    """Give what the fixed costs of the household leave uncovered without the project in each month, €."""
    without = scenario.available - scenario.project - scenario.capital
    return np.maximum(fixed_costs - without, 0.0)


@answer("financing.working_capital")
def working_capital(case: Case) -> float:
    """Give the deepest hole that the project itself makes in its cash over twenty-four months, €."""
    alone = CashPlan(case, recommended(case), 0.0, np.zeros(MONTHS), np.zeros(MONTHS))
    return float(max(0.0, -alone.cash(curve(case)).min()))
