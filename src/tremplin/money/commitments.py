"""
What the business has bound itself to, whatever it sells: its employees, the interest of its loan, the wear of its equipment.

The employees and the interest are paid; the wear is set aside, for what wears out must be replaced. Rent is among the
expenses of the curve.
"""

from dataclasses import dataclass

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.months import MONTHS
from tremplin.law.employee import monthly_cost
from tremplin.money.debts import HORIZON, bank_debt
from tremplin.money.opening import worn


@dataclass(frozen=True, slots=True)
class Commitments:
    """What is borne in each month of three years, arrays, €."""

    employees: Array
    interest: Array
    wear: Array

    @property
    def total(self) -> Array:
        """All of it in the twenty-four months."""
        return (self.employees + self.interest + self.wear)[:MONTHS]


@answer("expenses.commitments", "css_l241_13", "modele_social")
def commitments(case: Case) -> Commitments:
    """Give what the business is bound to by month."""
    employees = np.zeros(HORIZON)
    for one in case.profile.project.employees:
        employees[one.from_month - 1 :] += float(monthly_cost(case, one.gross, one.weekly_hours))
    wear = sum((one.wear for one in worn(case)), np.zeros(HORIZON))
    return Commitments(employees, bank_debt(case).interest, wear)
