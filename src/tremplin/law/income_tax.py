"""
The income tax of a household: scale, family quotient and its cap, discount (décote), deduction for wages.

Code général des impôts, art. 193 to 197 and 83, 3°. Amounts are € a year; every function takes single numbers or
arrays that broadcast.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tremplin.case.arrays import Array, amounts
from tremplin.model.register import Lookup

BRACKETS = 4
"""Brackets above the one that is not taxed."""


@dataclass(frozen=True)
class Family:
    """
    Who is taxed together: one family, or arrays of many.

    >>> Family(couple=True, children=3).parts.item()
    4.0
    >>> Family(alone=True, children=1).parts.item()
    2.0
    """

    couple: ArrayLike = False
    """Whether two people are taxed together."""
    alone: ArrayLike = False
    """Whether a person without a spouse lives with no other adult: with children, a lone parent (art. 194, II)."""
    children: ArrayLike = 0
    """All dependent children."""
    shared: ArrayLike = 0
    """Those of them in the shared custody of both parents, who count for half."""

    @cached_property
    def adults(self) -> Array:
        """Their parts without children."""
        return np.where(np.asarray(self.couple, dtype=bool), 2.0, 1.0)

    @cached_property
    def is_lone_parent(self) -> NDArray[np.bool_]:
        """Whether case T of the tax return is theirs."""
        one = np.asarray(self.alone, dtype=bool) & (self.adults < 2)  # noqa: PLR2004 - a couple
        return one & (amounts(self.children) > 0)

    @cached_property
    def parts(self) -> Array:
        """
        The parts of the family quotient (art. 194).

        Half a part for each of two children, one from the third, and half as much for those in shared custody, who rank
        last. A lone parent's first child has half a part more, which two children in shared custody make together.
        """
        number, shared = amounts(self.children), amounts(self.shared)
        more = (_of_children(number - shared) + _of_children(number)) / 2
        first = np.where(self.is_lone_parent, np.minimum(number - shared / 2, 1.0) / 2, 0.0)
        return amounts(self.adults + more + first)


def _of_children(number: Array) -> Array:
    """Give the parts of some children, none of them in shared custody."""
    return number / 2 + np.maximum(number - 2, 0.0) / 2


@dataclass(frozen=True, slots=True)
class Scale:
    """The parameters of one year's tax, and whether they are those of an earlier year."""

    thresholds: tuple[float, ...]
    """Where each bracket begins, € a part."""
    rates: tuple[float, ...]
    half_part_cap: float
    lone_parent_cap: float
    """What the part of a lone parent's first child may spare, €."""
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
            lone_parent_cap=rule("lone_parent_cap"),
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

    def tax(self, taxable: ArrayLike, family: Family) -> Array:
        """
        Give the tax of those who are taxed together.

        Args:
            taxable: their whole income after deductions; what is below 0 counts as 0.
            family: who they are.

        """
        income = np.maximum(amounts(taxable), 0.0)
        gross = self._of_parts(income, family.adults)
        if np.any(family.parts != family.adults):
            capped = gross - self._most_spared(family)
            gross = np.maximum(self._of_parts(income, family.parts), capped)
        most = np.where(family.adults > 1, self.discount[1], self.discount[0])
        return amounts(np.maximum(gross - np.maximum(most - self.discount_rate * gross, 0.0), 0.0))

    def _most_spared(self, family: Family) -> Array:
        """Give what children's parts may spare at most: a lone parent's first part has a cap of its own (art. 197, I, 2°)."""
        more = family.parts - family.adults
        first = np.where(family.is_lone_parent, np.minimum(more, 1.0), 0.0)
        return amounts(self.lone_parent_cap * first + 2 * self.half_part_cap * (more - first))

    def _of_parts(self, income: Array, count: Array) -> Array:
        """Apply the scale to each part of an income."""
        share = income / count
        taxed, beyond = np.zeros_like(share), np.empty_like(share)
        for threshold, rate, below in zip(
            self.thresholds, self.rates, (0.0, *self.rates[:-1]), strict=True
        ):
            # In the same two arrays: a million cases would ask for eight times as many.
            np.maximum(np.subtract(share, threshold, out=beyond), 0.0, out=beyond)
            beyond *= rate - below
            taxed += beyond
        return amounts(count * taxed)
