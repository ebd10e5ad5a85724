"""
The income tax of a household: scale, family quotient and its cap, discount (décote), deduction for wages.

Code général des impôts, art. 193 to 197 and 83, 3°. Amounts are € a year; every function takes single numbers or
arrays that broadcast. A single parent counts as single: the half part of a parent who lives alone with the children
(case T) depends on facts that no profile tells, and reports say so in words.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import Array, amounts
from tremplin.model.register import Lookup

BRACKETS = 4
"""Brackets above the one that is not taxed."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The parameters of one year's tax, and whether they are those of an earlier year."""

    thresholds: tuple[float, ...]
    """Where each bracket begins, € a part."""
    rates: tuple[float, ...]
    half_part_cap: float
    discount: tuple[float, float]
    """For a single person, for a couple."""
    discount_rate: float
    wage_deduction: tuple[float, float, float]
    """Share of a person's wages, at least and at most so many €."""
    carried_over: bool
    """The law of that year is not known: these are the latest parameters that are."""

    @classmethod
    def of_income(cls, law: Lookup, year: int) -> "Scale":
        """Give the scale for the income of a year, which is the law of the year after."""
        return cls.at(law, date(year + 1, 1, 1))

    @classmethod
    def at(cls, law: Lookup, day: date) -> "Scale":
        """Give the scale applied on a day, to the income of the year before."""

        def rule(name: str) -> float:
            return law.value(f"income_tax.{name}", day)

        brackets = range(1, BRACKETS + 1)
        first = law.rule("income_tax.bracket_1.threshold", day)
        return cls(
            thresholds=tuple(rule(f"bracket_{number}.threshold") for number in brackets),
            rates=tuple(rule(f"bracket_{number}.rate") for number in brackets),
            half_part_cap=rule("half_part_cap"),
            discount=(rule("discount.single"), rule("discount.couple")),
            discount_rate=rule("discount.rate"),
            wage_deduction=(
                rule("wage_deduction.rate"),
                rule("wage_deduction.minimum"),
                rule("wage_deduction.maximum"),
            ),
            carried_over=first.valid_from.year < day.year,
        )

    def after_deduction(self, wages: ArrayLike) -> Array:
        """Take the flat deduction for expenses off one person's wages, benefits and manager's pay (art. 83, 3°)."""
        share, least, most = self.wage_deduction
        paid = np.maximum(amounts(wages), 0.0)
        return amounts(np.maximum(paid - np.clip(share * paid, least, most), 0.0))

    def tax(self, taxable: ArrayLike, couple: ArrayLike, children: ArrayLike) -> Array:
        """
        Give the tax of a household.

        Args:
            taxable: income of the whole household after deductions; what is below 0 counts as 0.
            couple: whether two people are taxed together.
            children: dependent children.

        """
        income = np.maximum(amounts(taxable), 0.0)
        two = np.asarray(couple, dtype=bool)
        base, all_ = np.where(two, 2.0, 1.0), parts(couple, children)
        capped = self._of_parts(income, base) - 2 * self.half_part_cap * (all_ - base)
        gross = np.maximum(self._of_parts(income, all_), capped)
        most = np.where(two, self.discount[1], self.discount[0])
        return amounts(np.maximum(gross - np.maximum(most - self.discount_rate * gross, 0.0), 0.0))

    def _of_parts(self, income: Array, count: Array) -> Array:
        """Apply the scale to each part of an income."""
        share = income / count
        taxed = np.zeros_like(share)
        for threshold, rate, below in zip(
            self.thresholds, self.rates, (0.0, *self.rates[:-1]), strict=True
        ):
            taxed = taxed + (rate - below) * np.maximum(share - threshold, 0.0)
        return amounts(count * taxed)


def parts(couple: ArrayLike, children: ArrayLike) -> Array:
    """
    Count the parts of the family quotient: half a part for each of two children, one from the third (art. 194).

    >>> parts(True, 3).item()
    4.0
    """
    number = amounts(children)
    return (
        np.where(np.asarray(couple, dtype=bool), 2.0, 1.0)
        + number / 2
        + np.maximum(number - 2, 0.0) / 2
    )
