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

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, finding, step
from tremplin.case.months import MONTHS, YEAR, curve
from tremplin.law.contract import employed_at_start, has_left, talks_begin
from tremplin.model.dates import full_months
from tremplin.model.register import DataError, Lookup

PaidExit = Literal["mutual_termination", "dismissal", "reconversion", "term_end"]
PAID_EXITS: frozenset[PaidExit] = frozenset(
    {"mutual_termination", "dismissal", "reconversion", "term_end"}
)
"""The ways to leave that open unemployment benefit; an ordinary resignation does not (L5422-1, I)."""

DAYS_A_YEAR = 365


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


@dataclass(frozen=True, slots=True)
class Durations:
    """The longest that an exit pays for, by age when the contract ends, months."""

    under_55: float
    from_55: float
    from_57: float
    senior_age: float
    """The age from which it lasts longer, years: 55 when the fields were named."""
    older_age: float
    """The age from which it lasts longest, years: 57 then."""
    shortened_from: date | None = None
    """The first end of contract to which they apply, where they are shorter than those of other exits."""

    def at(self, age: int | None) -> float:
        """Give it at an age, months; the youngest's where the age is not known."""
        years = age or 0
        if years >= self.older_age:
            return self.from_57
        return self.from_55 if years >= self.senior_age else self.under_55

    def days(self, age: int | None) -> int:
        """Give it at an age in days, a month counting as a twelfth of a year, rounded up."""
        return math.ceil(self.at(age) * DAYS_A_YEAR / YEAR)


def paid_exit(case: Case) -> PaidExit | None:
    """Give the planned way to leave if it is one by which benefit is paid."""
    return next((one for one in PAID_EXITS if one == case.profile.transition.exit), None)


def durations_of(law: Lookup, exit_: PaidExit, ended: date, at: date) -> Durations:
    """
    Give the longest that an exit pays for where the contract ends on a day.

    A mutual termination had the durations of any other exit until its own shorter ones came (loi 2026-470), for
    contracts that end from then on. `at` is the day whose general durations hold: a later one than the end where the
    contract ended before the rules that are known.
    """
    general = "are.duration_months"
    ages = law.value("are.senior_age", at), law.value("are.older_age", at)
    of_all = Durations(
        law.value(f"{general}.under_55", at),
        law.value(f"{general}.from_55", at),
        law.value(f"{general}.from_57", at),
        *ages,
    )
    if exit_ == "mutual_termination":
        with suppress(DataError):
            young = law.rule("mutual_termination.are_months.under_55", ended)
            old = law.value("mutual_termination.are_months.from_55", ended)
            return Durations(young.value, old, old, *ages, young.valid_from)
    return of_all


@answer("unemployment.durations", "unedic_circulaire_2025_03", "loi_2026_470")
def durations(case: Case) -> Durations | None:
    """Give the longest that the planned exit pays for; None where it pays nothing or its day is not decided."""
    exit_, ended = paid_exit(case), case.contract_end
    if exit_ is None or ended is None:
        return None
    return durations_of(case, exit_, ended, max(ended, case.start))


def days_paid(law: Lookup, first: date, last: date, at: date) -> int:
    """Count the days of benefit paid between two days, thirty for each full month; none where `last` comes first."""
    if last <= first:
        return 0
    a_month = law.value("are.days_per_month", at)
    months = full_months(first, last)
    rest = (last - add_months(first, months)).days
    return int(a_month * months + min(a_month, rest))


def paid_until(law: Lookup, ended: date, days: int, at: date) -> date:
    """Give the last day that so many days of benefit pay for from the end of the contract on, thirty a month."""
    months, rest = divmod(days, int(law.value("are.days_per_month", at)))
    return add_days(add_months(ended, months), rest)


@answer("unemployment.worked_enough", "unedic_circulaire_2025_03")
def worked_enough(case: Case, end: date) -> bool:
    """
    Tell whether this job alone lasts long enough by a day on which it ends to open unemployment benefit.

    Jobs before it count too, but a profile does not tell of them.
    """
    months = full_months(case.profile.employment.since, add_days(end, 1))
    return months >= case.convention("are.entry_months")


@answer("unemployment.activity_kept", "lpde_activite_conservee")
def activity_kept(case: Case) -> bool:
    """
    Tell whether the business has brought in something beside the job by the month in which the contract ends.

    An activity is kept (activité conservée) only if it ran beside the job, with real income: at least one month in
    which turnover exceeds expenses (convention d'assurance chômage of 15 November 2024).
    """
    month = case.profile.transition.exit_month or 0
    return bool((curve(case).margin[: max(0, month)] > 0).any())


@answer("unemployment.opens", "ct_l5422_1")
def opens_rights(case: Case) -> bool:
    """
    Tell whether the planned way to leave opens unemployment benefit.

    Resigning to retrain does so only from a permanent contract of private law (L5422-1, II), and only a fixed-term
    contract comes to its term; days of benefit that are used up open nothing.
    """
    employment, exit_ = case.profile.employment, case.profile.transition.exit
    if exit_ == "term_end" and employment.contract != "fixed_term":
        return False
    if exit_ == "reconversion" and (
        employment.sector == "public" or employment.contract == "fixed_term"
    ):
        return False
    return exit_ in PAID_EXITS and case.profile.transition.unemployment.remaining_days != 0


@answer("unemployment.rights", "ct_l5422_1", "unedic_circulaire_2025_03")
def rights(case: Case) -> Rights | None:
    """
    Give the rights of the planned exit on the day the contract ends, or what is left of them at a later creation.

    None where it opens none, or none is left. The amount is that of the profile where it gives one, else an estimate
    from the salary. The days of the profile hold for the exit that it declares, and never beyond what the exit allows:
    a mutual termination pays for fewer days than a dismissal. For other exits they are reckoned from the seniority and
    the age; a job too short opens none.

    Days are paid between the end of the contract and the creation, and only the rest can be paid afterwards. Those of
    the profile are the ones that remain on the day of the report, or that the end of the contract will grant.
    """
    exit_, end, most_of_all = paid_exit(case), case.contract_end, durations(case)
    if exit_ is None or end is None or most_of_all is None or not opens_rights(case):
        return None
    at = max(end, case.start)
    employment, given = case.profile.employment, case.profile.transition.unemployment
    gross = employment.net_salary / case.convention("salary.net_share")
    most = most_of_all.days(case.profile.person.age_at(end))
    daily, days = given.daily_are, given.remaining_days
    for_this = days is not None and case.declared.profile.transition.exit in {exit_, "none"}
    if days is None or not for_this:
        worked = (end - employment.since).days if worked_enough(case, end) else 0
        days = int(case.value("are.duration_factor", at) * worked)
    if daily is None:
        daily = daily_benefit(case, gross, at)
    since = max(end, case.as_of) if for_this else end
    left = max(0, min(most, days) - days_paid(case, since, case.start, at))
    return Rights(end, daily, left, estimated=not for_this, reference=gross) if left else None


@answer("unemployment.has_rights", "ct_l5422_1")
def has_rights(case: Case) -> bool:
    """Tell whether the planned exit opens unemployment benefit of which some is left when the business starts."""
    return opens_rights(case) if case.contract_end is None else rights(case) is not None


@answer("unemployment.monthly")
def monthly_benefit(case: Case) -> float:
    """Give the benefit of a full month by the planned exit, €; nothing where it opens none."""
    found = rights(case)
    return found.daily * case.value("are.days_per_month") if found else 0.0


@answer("unemployment.near_pension", "ct_l5421_4")
def near_pension(case: Case) -> bool:
    """
    Tell whether benefit may soon stop because a pension begins (L5421-4).

    By the age at the start or, if later, at the end of the contract, from that of a convention: what counts are the
    quarters of insurance, which a profile does not tell.
    """
    age = case.profile.person.age_at(max(case.start, case.contract_end or case.start))
    return age is not None and age >= case.convention("are.pension_warning_age")


@answer("unemployment.days_worked", "ct_l5422_1")
def days_worked(case: Case) -> int:
    """
    Give the working days in this job that count for resigning to retrain when the contract ends, five a week.

    Jobs before it count too, but a profile does not tell of them.
    """
    end = case.contract_end or case.start
    window = int(case.value("reconversion.within_months"))
    first = max(case.profile.employment.since, add_months(end, -window))
    return int(np.busday_count(first, max(first, end)))


@answer("unemployment.conditional", "ct_l5422_1")
def is_conditional(case: Case) -> bool:
    """Tell whether the planned exit needs days of work that the profile does not show, as resigning to retrain may."""
    if case.profile.transition.exit != "reconversion":
        return False
    return days_worked(case) < case.value("reconversion.days_worked")


def kept_in_full(law: Lookup, found: Rights, first: int, at: date) -> Array:
    """
    Give the benefit of each of the twenty-four months where the business ran and earned beside the job that was lost.

    An activity kept (activité conservée) takes nothing off it: all days are paid until none is left.
    """
    a_month = law.value("are.days_per_month", at)
    months = np.arange(MONTHS) - first
    days = np.clip(found.days - months * a_month, 0.0, a_month) * (months >= 0)
    return np.asarray(days * found.daily)


def beside_new_activity(
    law: Lookup, found: Rights, income: Array, at: date, first: int = 0
) -> Array:
    """
    Give the benefit of each month where the business began after the contract ended, or had earned nothing by then.

    70 % of the month's income is taken off; benefit and income stay under the former salary; it stops once 60 % of the
    rights at the creation are paid, for contracts that ended since that cap came (Unédic circular 2025-03).

    Args:
        law: where the rules are read.
        found: the rights at the creation.
        income: income of the activity before tax in each month, €: taxable profit or pay.
        at: the day of the creation.
        first: the month of activity, from 0, in which the contract has ended.

    """
    whole = found.daily * law.value("are.days_per_month", at)
    taken = law.value("are.income_share", at)
    left = found.total
    with suppress(DataError):  # A contract that ended before there was a cap has none.
        left *= law.value("are.cumulation_cap", found.ended)
    paid = np.zeros(MONTHS)
    for month in range(max(0, first), MONTHS):
        due = max(0.0, whole - taken * max(0.0, float(income[month])))
        due = min(due, max(0.0, found.reference - max(0.0, float(income[month]))), left)
        paid[month] = due
        left -= due
    return paid


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
    """Give the ARCE for the rights that are left, €, after the deduction."""
    share = law.value("arce.rate", at) * (1 - law.value("arce.deduction", at))
    return round(found.total * share, 2)


@finding("resignation_no_benefit")
def _resignation_no_benefit(case: Case) -> bool:
    """An ordinary resignation opens no benefit (L5422-1, I); told before the contract ends."""
    return case.profile.transition.exit == "resignation" and not has_left(case)


@step("career_advice")
def _career_advice(case: Case) -> Todo | None:
    """Take the advice that resigning to retrain asks for, before the contract ends."""
    end = case.contract_end
    planned = case.profile.transition.exit == "reconversion" and opens_rights(case)
    if not planned or end is None or has_left(case):
        return None
    return Todo(due=talks_begin(case, end))


@step("job_seeker")
def _job_seeker(case: Case) -> Todo | None:
    """Register as a job-seeker the day after a contract that ends before the start with rights."""
    end = case.contract_end
    will_seek = has_rights(case) and not employed_at_start(case)
    if not will_seek or end is None or has_left(case):
        return None
    return Todo(due=add_days(end, 1))
