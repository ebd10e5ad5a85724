"""
The project's cash month by month: what comes in, what goes out, what the household must draw from it.

The cash at the start is the money found less what is paid before the first client. Clients of services pay later than they
are served, those of sales at once. The household draws what its other income leaves uncovered, and no more; where the
project's cash falls below nothing, it puts in what it has spared of that income since the start. Loans are paid back in
equal parts from the first month on, without interest. Of a company the other holders take their part of what it earns,
its tax and what dividends bear come once the financial year is closed, and a loss stays in it.
"""

from dataclasses import dataclass, field

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.months import MONTHS, Curve, curve
from tremplin.law.categories import LETTINGS, SALES
from tremplin.law.forms import Form
from tremplin.law.trades import trade
from tremplin.money.commitments import commitments
from tremplin.money.comparison import recommended
from tremplin.money.forms import outgoings
from tremplin.money.margin import margin_of
from tremplin.money.opening import vat_refund
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
    repayment: Array = field(default_factory=lambda: np.zeros(MONTHS))
    """What is paid back to lenders in each month, €, interest apart."""
    spare: Array = field(default_factory=lambda: np.zeros(MONTHS))
    """What the household could put by for the project in each month, €."""
    own_repayment: Array = field(default_factory=lambda: np.zeros(MONTHS))
    """The person's part of it: honour loans, and of a company's loan by its share, €."""

    def flows(self, path: Curve) -> Array:
        """Give the change of cash in each month, €; draws of chance may come before the last axis."""
        taken = outgoings(self.case, self.form, path)
        received = late(path.turnover, self.payment_delay)
        # What is set aside for wear stays in the till.
        expenses = path.turnover - margin_of(self.case, self.form, path) - self.wear
        spent = expenses + taken + self.draws + self.repayment
        return received + self.capital + vat_refund(self.case) - spent

    def alone(self, path: Curve) -> Array:
        """Give the cash at the end of each month without what the household puts in, €."""
        return self.opening + np.cumsum(self.flows(path), axis=-1)

    def cash(self, path: Curve) -> Array:
        """Give the cash at the end of each month, €; it is below nothing where all that the household spared is not enough."""
        return self.helped(self.alone(path))

    def helped(self, alone: Array) -> Array:
        """Give cash with what the household puts in: what is lacking, out of what it has spared by then."""
        put_in = np.minimum(np.maximum(-alone, 0.0), np.cumsum(self.spare))
        return alone + np.maximum.accumulate(put_in, axis=-1)

    @property
    def opens(self) -> bool:
        """Whether what must be paid before the first client can be, with what the household spares in the first month."""
        return self.opening + float(self.spare[0]) >= 0

    @property
    def wear(self) -> Array:
        """What is set aside for the wear of the equipment in each month, €."""
        return commitments(self.case).wear[:MONTHS]

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
    def most_spared(self) -> float:
        """What the household can put by in the month in which it can put by most, €."""
        return float(self.spare.max())

    @property
    def payment_delay(self) -> int:
        """Months between a service and its payment: none for goods, nights and what people pay on the spot."""
        known = trade(self.case)
        at_once = known is not None and known.paid == "at_once"
        if at_once or self.case.category in SALES | LETTINGS:
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
    return np.maximum(fixed_costs - without_project(scenario), 0.0)


def household_spares(case: Case, scenario: Scenario, fixed_costs: float) -> Array:
    """Give what the household could put by for the project in each month, €: a share of what its costs leave of its income."""
    left = np.maximum(without_project(scenario) - fixed_costs, 0.0)
    return left * case.convention("cash.spare_share")


def without_project(scenario: Scenario) -> Array:
    """Give what the household has in each month without the project's income and without rights paid as capital, €."""
    return scenario.available - scenario.project - scenario.capital


@answer("financing.working_capital")
def working_capital(case: Case) -> float:
    """Give the deepest hole that the project itself makes in its cash over twenty-four months, €."""
    alone = CashPlan(case, recommended(case), 0.0, np.zeros(MONTHS), np.zeros(MONTHS))
    return float(max(0.0, -alone.cash(curve(case)).min()))
