"""
The loans as they are paid back: honour loans in equal parts, the bank's in equal instalments with its interest.

A bank loan whose terms are not known is paid back as a convention supposes, in equal parts and without interest.
"""

from dataclasses import dataclass
from functools import cached_property
from math import expm1, log1p
from typing import Literal

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.months import MONTHS, YEAR
from tremplin.model.profile import BankTerms
from tremplin.money.loans import loans

HORIZON = MONTHS + YEAR
"""The months of three financial years, which a bank wants to see."""


@dataclass(frozen=True)
class Debt:
    """A loan: interest alone while it is deferred, then equal instalments."""

    id: Literal["bank_loan", "honor_loans"]
    amount: float
    terms: BankTerms

    @cached_property
    def instalment(self) -> float:
        """What is paid each month once it is no longer deferred, interest among it, €."""
        monthly, paying = self.terms.rate / YEAR, self.terms.months - self.terms.deferral
        if not monthly:
            return self.amount / paying
        return self.amount * monthly / _discounted(monthly, paying)

    @cached_property
    def interest(self) -> Array:
        """The interest of each month of three years, €."""
        found: Array = self.owed * self.terms.rate / YEAR
        return found

    @cached_property
    def principal(self) -> Array:
        """What of the loan is paid back in each month of three years, €."""
        found: Array = self.owed - np.append(self.owed[1:], self._after(HORIZON))
        return found

    @cached_property
    def owed(self) -> Array:
        """What is owed before each month of three years, €."""
        return np.array([self._after(month) for month in range(HORIZON)])

    def _after(self, months: int) -> float:
        """Give what is owed once so many months are over."""
        paid, monthly = months - self.terms.deferral, self.terms.rate / YEAR
        left = self.terms.months - months
        if paid <= 0:
            return self.amount
        if left <= 0:
            return 0.0
        if not monthly:
            return self.instalment * left
        return self.instalment * _discounted(monthly, left) / monthly


def _discounted(rate: float, months: int) -> float:
    """Give what future worth takes off an instalment: 1 - (1 + rate) ** -months, exact for the smallest rates too."""
    return -expm1(-months * log1p(rate))


def supposed(case: Case) -> BankTerms:
    """Give the terms that a convention supposes: equal parts from the first month on, without interest."""
    return BankTerms.model_construct(
        months=int(case.convention("cash.loan_months")), rate=0.0, deferral=0
    )


@answer("financing.bank_debt")
def bank_debt(case: Case) -> Debt:
    """Give the bank loan and how it is paid back, as its terms say."""
    asked = case.profile.financing
    return Debt("bank_loan", asked.bank_loan, asked.bank_terms or supposed(case))


@answer("financing.honor_debt")
def honor_debt(case: Case) -> Debt:
    """Give the honour loans that the plan counts, which the person pays back."""
    return Debt("honor_loans", sum(loan.counted for loan in loans(case)), supposed(case))
