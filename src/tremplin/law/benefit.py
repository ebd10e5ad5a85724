"""
Unemployment benefit (ARE) as it is paid: the amount of a day, what is taken off it, when it tapers, and when it comes.

Règlement annexed to the convention d'assurance chômage of 15 November 2024 (articles 14 to 23), as Unédic applies it; Code de
la sécurité sociale, L136-1-2 and L136-8, for CSG. Rights are gross; what a household lives on is net, and what income tax takes
lies between the two: only a part of CSG is deducted from it, and CRDS never.
"""

import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import Array, amounts
from tremplin.case.dates import add_days, add_months
from tremplin.case.months import MONTHS, YEAR
from tremplin.model.dates import full_months
from tremplin.model.register import DataError, Lookup

DAYS_A_YEAR = 365

LESS_THAN_A_CENT = 1e-6


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of benefit, €."""

    gross: float
    net: float
    """What is received."""
    taxable: float
    """What income tax takes as wages."""


@dataclass(frozen=True, slots=True)
class BenefitPaid:
    """The same in each of some months, €."""

    gross: Array
    net: Array
    taxable: Array


NONE = Amount(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rights:
    """What an exit opens, as far as it is left when the business starts."""

    ended: date
    """The day the contract ends."""
    day: Amount
    """A day of benefit, before it tapers."""
    tapered: Amount
    """A day of benefit once it has tapered (dégressivité); the same where it does not."""
    whole_days: int
    """The days that are left before it tapers."""
    days: int
    estimated: bool
    """Whether days or amount are reckoned, because the profile does not give them for this exit."""
    reference: float
    """The former salary, gross, € a month: benefit and income together do not exceed it."""
    wait: int = 0
    """Days without pay that are left once the contract has ended and the business runs."""

    @property
    def daily(self) -> float:
        """€ a day, gross, as first paid."""
        return self.paid(1.0).gross if self.days else self.day.gross

    @property
    def tapers(self) -> bool:
        """Whether it is still to taper before the last day is paid."""
        return 0 < self.whole_days < self.days and self.tapered.gross < self.day.gross

    @property
    def total(self) -> float:
        """All that could be paid, €, gross."""
        return self.paid(self.days).gross

    def paid(self, days: float) -> Amount:
        """Give what so many days pay, from the first that is left."""
        found = self._paid(days)
        return Amount(float(found.gross), float(found.net), float(found.taxable))

    def days_of(self, gross: float) -> float:
        """Give the days that a gross amount pays, from the first that is left."""
        if not gross:  # A salary of nothing gives days that pay nothing.
            return 0.0
        whole = self.whole_days * self.day.gross
        if gross <= whole:
            return gross / self.day.gross
        return self.whole_days + (gross - whole) / self.tapered.gross

    def by_month(self, days: Array) -> BenefitPaid:
        """Give what is paid in each month, by the days that are paid by its end, all months before it included."""
        paid = self._paid(np.concatenate([[0.0], days]))
        return BenefitPaid(np.diff(paid.gross), np.diff(paid.net), np.diff(paid.taxable))

    def _paid(self, days: ArrayLike) -> BenefitPaid:
        every = np.minimum(amounts(days), self.days)
        whole = np.minimum(every, self.whole_days)
        rest, first, then = every - whole, self.day, self.tapered
        return BenefitPaid(
            whole * first.gross + rest * then.gross,
            whole * first.net + rest * then.net,
            whole * first.taxable + rest * then.taxable,
        )


def in_cents(amount: float) -> float:
    """Round to the cent, half a cent up as the law does: 98.385 € are 98.39 €."""
    return math.floor(amount * 100 + 0.5 + LESS_THAN_A_CENT) / 100


def daily_benefit(law: Lookup, gross: float, at: date) -> float:
    """
    Give the daily benefit for a gross salary in € a month, full months.

    The better of two formulas, with a minimum and a share of the reference salary that it cannot exceed.
    """

    def rule(name: str) -> float:
        return law.value(f"are.daily.{name}", at)

    reference = gross * YEAR / DAYS_A_YEAR
    better = max(
        rule("share_with_fixed_part") * reference + rule("fixed_part"),
        rule("share") * reference,
        rule("minimum"),
    )
    return round(min(better, rule("maximum_share") * reference), 2)


def reference_wage(law: Lookup, daily: float, at: date) -> float:
    """
    Give the reference wage (salaire journalier de référence) that a daily benefit comes from, €, by the better formula.

    Near the minimum several wages give the same benefit; nothing is taken off it there.
    """
    with_fixed = daily - law.value("are.daily.fixed_part", at)
    return max(
        0.0,
        min(
            with_fixed / law.value("are.daily.share_with_fixed_part", at),
            daily / law.value("are.daily.share", at),
        ),
    )


def after_deductions(law: Lookup, daily: float, reference: float, at: date) -> Amount:
    """
    Give a day of benefit with what is taken off it: complementary pension, CSG and CRDS.

    The pension takes a share of the reference wage and leaves the minimum; CSG and CRDS a share of nearly all the rest, and
    leave the daily minimum wage. CSG is at its full rate, as for most: a reduced one, or none, depends on a tax income of two
    years ago that a profile does not tell, and whoever counts on it in vain lacks money. Only a part of CSG lowers the
    taxable income (Code général des impôts, 154 quinquies).

    Args:
        law: where the rules are read.
        daily: the gross daily benefit, €.
        reference: the reference wage, € a day.
        at: the day whose rules hold.

    """
    pension = in_cents(law.value("are.pension_share", at) * reference)
    pension = min(pension, max(0.0, daily - law.value("are.daily.minimum", at)))
    left = daily - pension
    room = max(0.0, left - law.value("are.csg.floor", at))
    base = left * (1 - law.value("are.csg.abatement", at))
    rate = law.value("are.csg.rate", at)
    csg = min(in_cents(rate * base), room)
    crds = min(in_cents(law.value("are.crds.rate", at) * base), room - csg)
    deducted = csg * law.value("are.csg.deductible", at) / rate
    return Amount(daily, left - csg - crds, left - deducted)


def tapered(law: Lookup, daily: float, age: int | None, ended: date, at: date) -> float:
    """
    Give the gross daily benefit once it has tapered, the same where it does not (règlement, article 17 bis).

    For who is younger than an age when the contract ends, and never below an amount; an age that is not known is taken for
    a young one.
    """
    with suppress(DataError):  # A contract that ended before benefit tapered.
        if (age or 0) < law.value("are.taper.age", ended):
            least = law.value("are.taper.floor", at)
            return min(daily, max(least, in_cents(law.value("are.taper.factor", at) * daily)))
    return daily


def days_of_benefit(law: Lookup, worked: int, at: date) -> int:
    """Give the days that a job of so many calendar days opens: a share of them, rounded up, and never less than a least."""
    share = math.ceil(law.value("are.duration_factor", at) * worked - LESS_THAN_A_CENT)
    return max(int(law.value("are.least_days", at)), share)


def days_paid(law: Lookup, first: date, last: date, at: date) -> int:
    """Count the days of benefit paid between two days, thirty for each full month; none where `last` comes first."""
    if last <= first:
        return 0
    a_month = law.value("are.days_per_month", at)
    months = full_months(first, last)
    rest = (last - add_months(first, months)).days
    return int(a_month * months + min(a_month, rest))


def paid_until(law: Lookup, first: date, days: int, at: date) -> date:
    """Give the last day that so many days of benefit pay for from a day on, thirty a month."""
    months, rest = divmod(days, int(law.value("are.days_per_month", at)))
    return add_days(add_months(first, months), rest)


def _payable(law: Lookup, found: Rights, first: int, at: date) -> Array:
    """Give the days that can have been paid by the end of each of the twenty-four months, once the wait is over."""
    a_month = law.value("are.days_per_month", at)
    return amounts(np.maximum(a_month * (np.arange(1, MONTHS + 1) - first) - found.wait, 0.0))


def kept_in_full(law: Lookup, found: Rights, first: int, at: date) -> BenefitPaid:
    """
    Give the benefit of each of the twenty-four months where the business ran and earned beside the job that was lost.

    An activity kept (activité conservée) takes nothing off it: all days are paid until none is left.
    """
    return found.by_month(_payable(law, found, first, at))


def beside_new_activity(
    law: Lookup, found: Rights, income: Array, at: date, first: int = 0
) -> BenefitPaid:
    """
    Give the benefit of each month where the business began after the contract ended, or had earned nothing by then.

    70 % of the month's income is taken off the gross benefit; both stay under the former salary; it stops once 60 % of the
    rights at the creation are paid, for contracts that ended since that cap came (Unédic circular 2025-03). What is not
    paid of a month is paid later, so that benefit tapers by days paid, not by months.

    Args:
        law: where the rules are read.
        found: the rights at the creation.
        income: income of the activity before tax in each month, €: taxable profit or pay.
        at: the day of the creation.
        first: the month of activity, from 0, in which the contract has ended.

    """
    taken = law.value("are.income_share", at)
    most = found.total
    with suppress(DataError):  # A contract that ended before there was a cap has none.
        most *= law.value("are.cumulation_cap", found.ended)
    payable = np.diff(_payable(law, found, first, at), prepend=0.0)
    paid, days = 0.0, np.zeros(MONTHS)
    for month in range(MONTHS):
        earned = max(0.0, float(income[month]))
        done = found.days_of(paid)
        whole = found.paid(done + float(payable[month])).gross - paid
        due = min(whole - taken * earned, found.reference - earned, most - paid)
        paid += max(0.0, due)
        days[month] = found.days_of(paid)
    return found.by_month(days)


def as_capital(law: Lookup, found: Rights, at: date) -> Array:
    """
    Give the ARCE paid in each month: half at the creation, half six months later, less 3 % for pensions.

    The second half needs the activity to go on and no full-time permanent job.
    """
    amount = capital(law, found, at)
    count = int(law.value("arce.payments", at))
    gap = int(law.value("arce.second_payment_months", at))
    paid = np.zeros(MONTHS)
    paid[: count * gap : gap] = amount / count
    return paid


def capital(law: Lookup, found: Rights, at: date) -> float:
    """
    Give the ARCE for the rights that are left, €, after the deduction.

    Rights that would taper count as they would be paid, the later days at the lower amount: they are worth no more.
    """
    share = law.value("arce.rate", at) * (1 - law.value("arce.deduction", at))
    return round(found.total * share, 2)
