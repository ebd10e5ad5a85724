"""
Unemployment benefit (ARE): the rights an exit opens, and what is paid beside a project month by month.

Code du travail, L5422-1; convention d'assurance chômage of 15 November 2024; loi 2026-470 for the mutual termination.
The days between the end of a contract and the first payment are not counted: they depend on leave not taken.
"""

import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tremplin.analysis.dates import add_months
from tremplin.analysis.income.arrays import Array
from tremplin.analysis.income.calendar import MONTHS
from tremplin.model.profile import Profile
from tremplin.model.register import DataError, Register

PaidExit = Literal["mutual_termination", "dismissal", "reconversion", "term_end"]
PAID_EXITS = frozenset({"mutual_termination", "dismissal", "reconversion", "term_end"})
"""The ways to leave that open unemployment benefit; an ordinary resignation does not (L5422-1, I)."""

DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12
SENIOR, OLDER = 55, 57


@dataclass(frozen=True, slots=True)
class Rights:
    """What an exit opens."""

    daily: float
    """€ a day."""
    days: int
    estimated: bool
    """Whether days or amount are reckoned, because the profile does not give them for this exit."""
    reference: float
    """The former salary, gross, € a month: benefit and income together do not exceed it."""

    @property
    def total(self) -> float:
        """All that could be paid, €."""
        return self.daily * self.days


def daily_benefit(register: Register, gross: float, at: date) -> float:
    """
    Give the daily benefit for a gross salary in € a month, full months.

    The better of two formulas, with a minimum and a share of the reference salary that it cannot exceed.
    """

    def rule(name: str) -> float:
        return register.value(f"are.daily.{name}", at=at)

    reference = gross * MONTHS_A_YEAR / DAYS_A_YEAR
    better = max(
        rule("share_with_fixed_part") * reference + rule("fixed_part"),
        rule("share") * reference,
        rule("minimum"),
    )
    return round(min(better, rule("maximum_share") * reference), 2)


def longest(
    register: Register, exit_: PaidExit, age: int | None, ended: date, at: date | None = None
) -> int:
    """
    Give the most days that an exit pays for at an age; the youngest's where the age is not known.

    A mutual termination had the durations of any other exit until its own shorter ones came, for contracts that end
    from then on. `at` is the day whose general durations hold, where the contract ended before the rules that are known.
    """
    years = age or 0
    band = "from_57" if years >= OLDER else "from_55" if years >= SENIOR else "under_55"
    months = register.value(f"are.duration_months.{band}", at=at or ended)
    if exit_ == "mutual_termination":
        with suppress(DataError):
            short = "under_55" if years < SENIOR else "from_55"
            months = register.value(f"mutual_termination.are_months.{short}", at=ended)
    return math.ceil(months * DAYS_A_YEAR / MONTHS_A_YEAR)


def rights(profile: Profile, register: Register, exit_: PaidExit, end: date) -> Rights:
    """
    Give the rights that a paid exit opens on the day the contract ends.

    The amount of the profile where it gives one, else an estimate from the salary. The days of the profile hold for
    the exit that it plans, and never beyond what the exit allows: a mutual termination pays for fewer days than a
    dismissal. For other exits they are reckoned from the seniority and the age.
    """
    at = max(end, profile.project.start)
    gross = profile.employment.net_salary / register.convention("salary.net_share")
    most = longest(register, exit_, profile.person.age_at(end), end, at)
    given, planned = profile.transition.unemployment, profile.transition.exit
    daily, days = given.daily_are, given.remaining_days
    for_this = days is not None and planned in {exit_, "none"}
    if days is None or not for_this:
        worked = (end - profile.employment.since).days
        days = int(register.value("are.duration_factor", at=at) * max(worked, 0))
    if daily is None:
        daily = daily_benefit(register, gross, at)
    return Rights(daily, min(most, days), estimated=not for_this, reference=gross)


def days_worked(profile: Profile, register: Register, end: date) -> int:
    """
    Give the working days in this job that count for resigning to retrain on a day, five a week.

    Jobs before it count too, but a profile does not tell of them.
    """
    window = int(register.value("reconversion.within_months", at=profile.project.start))
    first = max(profile.employment.since, add_months(end, -window))
    return int(np.busday_count(first, max(first, end)))


def kept_in_full(register: Register, found: Rights, first: int, at: date) -> Array:
    """
    Give the benefit of each of the twenty-four months where the business ran beside the job that was lost.

    An activity kept (activité conservée) takes nothing off it: all days are paid until none is left.
    """
    a_month = register.value("are.days_per_month", at=at)
    months = np.arange(MONTHS) - first
    days = np.clip(found.days - months * a_month, 0.0, a_month) * (months >= 0)
    return np.asarray(days * found.daily)


def beside_new_activity(register: Register, found: Rights, income: Array, at: date) -> Array:
    """
    Give the benefit of each month where the business began after the contract ended.

    70 % of the month's income is taken off; benefit and income stay under the former salary; it stops once 60 % of the
    rights at the creation are paid.

    Args:
        register: where the rules are.
        found: the rights at the creation.
        income: income of the activity before tax in each month, €: taxable profit or pay.
        at: the day of the creation.

    """
    whole = found.daily * register.value("are.days_per_month", at=at)
    taken = register.value("are.income_share", at=at)
    left = register.value("are.cumulation_cap", at=at) * found.total
    paid = np.zeros(MONTHS)
    for month in range(MONTHS):
        due = max(0.0, whole - taken * max(0.0, float(income[month])))
        due = min(due, max(0.0, found.reference - max(0.0, float(income[month]))), left)
        paid[month] = due
        left -= due
    return paid


def as_capital(register: Register, found: Rights, at: date) -> Array:
    """
    Give the ARCE paid in each month: half at the creation, half six months later, less 3 % for pensions.

    The second half needs the activity to go on and no full-time permanent job.
    """
    amount = capital(register, found.daily, found.days, at)
    count = int(register.value("arce.payments", at=at))
    gap = int(register.value("arce.second_payment_months", at=at))
    paid = np.zeros(MONTHS)
    paid[: count * gap : gap] = amount / count
    return paid


def capital(register: Register, daily: float, days: int, at: date) -> float:
    """Give the ARCE for so many days at so much, €, after the deduction."""
    share = register.value("arce.rate", at=at) * (1 - register.value("arce.deduction", at=at))
    return round(daily * days * share, 2)


def opens_rights(profile: Profile, exit_: str) -> bool:
    """
    Tell whether a way to leave opens unemployment benefit.

    Resigning to retrain does so only from a permanent contract of private law (L5422-1, II), and only a fixed-term
    contract comes to its term; days of benefit that are used up open nothing.
    """
    employment = profile.employment
    if exit_ == "term_end" and employment.contract != "fixed_term":
        return False
    if exit_ == "reconversion" and (
        employment.sector == "public" or employment.contract == "fixed_term"
    ):
        return False
    return exit_ in PAID_EXITS and profile.transition.unemployment.remaining_days != 0
