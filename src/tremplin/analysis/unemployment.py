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

from tremplin.analysis.dates import add_days, add_months
from tremplin.analysis.income.arrays import Array
from tremplin.analysis.income.calendar import MONTHS, Curve
from tremplin.model.dates import full_months
from tremplin.model.profile import Profile
from tremplin.model.register import DataError, Register

PaidExit = Literal["mutual_termination", "dismissal", "reconversion", "term_end"]
PAID_EXITS: frozenset[PaidExit] = frozenset(
    {"mutual_termination", "dismissal", "reconversion", "term_end"}
)
"""The ways to leave that open unemployment benefit; an ordinary resignation does not (L5422-1, I)."""

DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12
SENIOR, OLDER = 55, 57


@dataclass(frozen=True, slots=True)
class Rights:
    """What an exit opens, as far as it is left when the business starts."""

    ended: date
    """The day the contract ends."""
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


@dataclass(frozen=True, slots=True)
class Durations:
    """The longest that an exit pays for, by age when the contract ends, months."""

    under_55: float
    from_55: float
    from_57: float
    shortened_from: date | None = None
    """The first end of contract to which they apply, where they are shorter than those of other exits."""

    def at(self, age: int | None) -> float:
        """Give it at an age, months; the youngest's where the age is not known."""
        years = age or 0
        if years >= OLDER:
            return self.from_57
        return self.from_55 if years >= SENIOR else self.under_55


def durations(
    register: Register, exit_: PaidExit, ended: date, at: date | None = None
) -> Durations:
    """
    Give the longest that an exit pays for where the contract ends on a day.

    A mutual termination had the durations of any other exit until its own shorter ones came (loi 2026-470), for
    contracts that end from then on. `at` is the day whose general durations hold, where the contract ended before the
    rules that are known.
    """
    general = "are.duration_months"
    of_all = Durations(
        register.value(f"{general}.under_55", at=at or ended),
        register.value(f"{general}.from_55", at=at or ended),
        register.value(f"{general}.from_57", at=at or ended),
    )
    if exit_ == "mutual_termination":
        with suppress(DataError):
            young = register.rule("mutual_termination.are_months.under_55", at=ended)
            old = register.value("mutual_termination.are_months.from_55", at=ended)
            return Durations(young.value, old, old, young.valid_from)
    return of_all


def longest(
    register: Register, exit_: PaidExit, age: int | None, ended: date, at: date | None = None
) -> int:
    """Give the most days that an exit pays for at an age; the youngest's where the age is not known."""
    months = durations(register, exit_, ended, at).at(age)
    return math.ceil(months * DAYS_A_YEAR / MONTHS_A_YEAR)


def days_paid(register: Register, first: date, last: date, at: date) -> int:
    """Count the days of benefit paid between two days, thirty for each full month; none where `last` comes first."""
    if last <= first:
        return 0
    a_month = register.value("are.days_per_month", at=at)
    months = full_months(first, last)
    rest = (last - add_months(first, months)).days
    return int(a_month * months + min(a_month, rest))


def paid_until(register: Register, ended: date, days: int, at: date) -> date:
    """Give the last day that so many days of benefit pay for from the end of the contract on, thirty a month."""
    months, rest = divmod(days, int(register.value("are.days_per_month", at=at)))
    return add_days(add_months(ended, months), rest)


def worked_enough(profile: Profile, register: Register, end: date) -> bool:
    """
    Tell whether this job alone lasts long enough by the day it ends to open unemployment benefit.

    Jobs before it count too, but a profile does not tell of them.
    """
    months = full_months(profile.employment.since, add_days(end, 1))
    return months >= register.convention("are.entry_months")


def activity_kept(profile: Profile, month: int) -> bool:
    """
    Tell whether the business has brought in something beside the job by the month in which the contract ends.

    An activity is kept (activité conservée) only if it ran beside the job, with real income: at least one month in
    which turnover exceeds expenses (convention d'assurance chômage of 15 November 2024).

    Args:
        profile: the person.
        month: the month of activity, from 0, from which the salary is gone.

    """
    return bool((Curve.of(profile).margin[: max(0, month)] > 0).any())


def rights(profile: Profile, register: Register, exit_: PaidExit, end: date, as_of: date) -> Rights:
    """
    Give the rights of a paid exit on the day the contract ends, or what is left of them at a later creation.

    The amount of the profile where it gives one, else an estimate from the salary. The days of the profile hold for
    the exit that it plans, and never beyond what the exit allows: a mutual termination pays for fewer days than a
    dismissal. For other exits they are reckoned from the seniority and the age; a job too short opens none.

    Days are paid between the end of the contract and the creation, and only the rest can be paid afterwards. Those of
    the profile are the ones that remain on the day of the report, or that the end of the contract will grant.
    """
    at = max(end, profile.project.start)
    gross = profile.employment.net_salary / register.convention("salary.net_share")
    most = longest(register, exit_, profile.person.age_at(end), end, at)
    given, planned = profile.transition.unemployment, profile.transition.exit
    daily, days = given.daily_are, given.remaining_days
    for_this = days is not None and planned in {exit_, "none"}
    if days is None or not for_this:
        worked = (
            (end - profile.employment.since).days if worked_enough(profile, register, end) else 0
        )
        days = int(register.value("are.duration_factor", at=at) * worked)
    if daily is None:
        daily = daily_benefit(register, gross, at)
    since = max(end, as_of) if for_this else end
    paid = days_paid(register, since, profile.project.start, at)
    left = max(0, min(most, days) - paid)
    return Rights(end, daily, left, estimated=not for_this, reference=gross)


def rights_left(
    profile: Profile, register: Register, exit_: str, end: date, as_of: date
) -> Rights | None:
    """Give the rights of a way to leave, as `rights` does; None where it opens none, or none is left."""
    paid = next((one for one in PAID_EXITS if one == exit_), None)
    if paid is None or not opens_rights(profile, paid):
        return None
    found = rights(profile, register, paid, end, as_of)
    return found if found.days else None


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
    Give the benefit of each of the twenty-four months where the business ran and earned beside the job that was lost.

    An activity kept (activité conservée) takes nothing off it: all days are paid until none is left.
    """
    a_month = register.value("are.days_per_month", at=at)
    months = np.arange(MONTHS) - first
    days = np.clip(found.days - months * a_month, 0.0, a_month) * (months >= 0)
    return np.asarray(days * found.daily)


def beside_new_activity(
    register: Register, found: Rights, income: Array, at: date, first: int = 0
) -> Array:
    """
    Give the benefit of each month where the business began after the contract ended, or had earned nothing by then.

    70 % of the month's income is taken off; benefit and income stay under the former salary; it stops once 60 % of the
    rights at the creation are paid, for contracts that ended since that cap came (Unédic circular 2025-03).

    Args:
        register: where the rules are.
        found: the rights at the creation.
        income: income of the activity before tax in each month, €: taxable profit or pay.
        at: the day of the creation.
        first: the month of activity, from 0, in which the contract has ended.

    """
    whole = found.daily * register.value("are.days_per_month", at=at)
    taken = register.value("are.income_share", at=at)
    left = found.total
    with suppress(DataError):  # A contract that ended before there was a cap has none.
        left *= register.value("are.cumulation_cap", at=found.ended)
    paid = np.zeros(MONTHS)
    for month in range(max(0, first), MONTHS):
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


def near_pension(profile: Profile, register: Register) -> bool:
    """
    Tell whether benefit may soon stop because a pension begins (L5421-4).

    By the age at the start or, if later, at the end of the contract, from that of a convention: what counts are the
    quarters of insurance, which a profile does not tell.
    """
    start, end = profile.project.start, profile.contract_end
    age = profile.person.age_at(start if end is None else max(start, end))
    return age is not None and age >= register.convention("are.pension_warning_age")


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
