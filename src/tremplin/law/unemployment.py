"""
Unemployment benefit (ARE): the rights that an exit opens, the days they last, and the wait before the first is paid.

Code du travail, L5422-1; convention d'assurance chômage of 15 November 2024; loi 2026-470 for the mutual termination.
"""

import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, step
from tremplin.case.months import YEAR, curve
from tremplin.law.benefit import (
    DAYS_A_YEAR,
    NONE,
    Amount,
    Rights,
    after_deductions,
    daily_benefit,
    days_of_benefit,
    days_paid,
    reference_wage,
    tapered,
)
from tremplin.law.contract import employed_at_start, has_left
from tremplin.law.exits import closed_exit, talks_begin
from tremplin.model.dates import full_months
from tremplin.model.register import DataError, Lookup

PaidExit = Literal["mutual_termination", "dismissal", "reconversion", "term_end"]
PAID_EXITS: frozenset[PaidExit] = frozenset(
    {"mutual_termination", "dismissal", "reconversion", "term_end"}
)
"""The ways to leave that open unemployment benefit; an ordinary resignation does not (L5422-1, I)."""

SETTLED: frozenset[PaidExit] = frozenset({"mutual_termination", "dismissal"})
"""Those that come with a settlement from the employer."""


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
    month = case.profile.exit_month or 0
    return bool((curve(case).margin[: max(0, month)] > 0).any())


@answer("unemployment.opens", "ct_l5422_1", "ct_l5421_4")
def opens_rights(case: Case) -> bool:
    """
    Tell whether the planned way to leave opens unemployment benefit.

    One that the law closes does not, unless the contract has ended so already and the profile says what is left; only
    a contract with a term comes to it. Days of benefit that are used up open nothing, and who has a pension is paid none.
    """
    exit_, left = (
        case.profile.transition.exit,
        case.profile.transition.unemployment.remaining_days,
    )
    if case.profile.person.retired or (
        exit_ == "term_end" and not case.profile.employment.has_term
    ):
        return False
    if closed_exit(case) is not None and not (has_left(case) and left):
        return False
    return exit_ in PAID_EXITS and left != 0


@dataclass(frozen=True, slots=True)
class Wait:
    """The days between the end of a contract and the first day of benefit that is paid."""

    first: int
    """The days that everybody waits (délai d'attente)."""
    leave: int
    """Those of the leave that was paid out instead of taken (différé congés payés)."""
    settlement: int
    """Those of what the employer pays above the legal minimum (différé spécifique)."""

    @property
    def days(self) -> int:
        """All of them: one comes after the other."""
        return self.first + self.leave + self.settlement


@answer("unemployment.wait", "decret_2019_797", "unedic_differe")
def wait(case: Case) -> Wait:
    """
    Give the days between the end of the contract and the first day that is paid.

    What the profile does not tell, leave not taken or a settlement, is not counted: the report says that it would
    delay the first payment. Only a mutual termination or a dismissal comes with a settlement.
    """
    given = case.profile.transition.unemployment
    working_week = case.convention("are.leave_calendar_days")
    leave = math.floor(working_week * (given.untaken_leave_days or 0))
    settled = given.settlement_above_legal if paid_exit(case) in SETTLED else None
    days = math.floor((settled or 0.0) / case.value("are.wait.settlement_divisor"))
    economic = paid_exit(case) == "dismissal" and given.economic_dismissal
    most = case.value(f"are.wait.{'economic' if economic else 'settlement'}_cap")
    return Wait(
        first=int(case.value("are.wait.days")),
        leave=min(leave, int(case.value("are.wait.leave_cap"))),
        settlement=min(days, int(most)),
    )


@answer("unemployment.rights", "ct_l5422_1", "unedic_circulaire_2025_03", "reglement_2024_17_bis")
def rights(case: Case) -> Rights | None:
    """
    Give the rights of the planned exit on the day the contract ends, or what is left of them at a later creation.

    None where it opens none, or none is left. The amount is that of the profile where it gives one, else an estimate
    from the salary. The days of the profile hold for the exit that it declares, and never beyond what the exit allows:
    a mutual termination pays for fewer days than a dismissal. For other exits they are reckoned from the seniority and
    the age; a job too short opens none.

    Days are paid between the end of the contract and the creation, once the wait is over, and only the rest can be paid
    afterwards. Those of the profile are the ones that remain on the day of the report, or that the end of the contract
    will grant. An amount that the profile gives is the one paid on the day of the report: after enough days it has
    tapered already.
    """
    exit_, end, most_of_all = paid_exit(case), case.contract_end, durations(case)
    if exit_ is None or end is None or most_of_all is None or not opens_rights(case):
        return None
    at, begins = max(end, case.start), add_days(end, wait(case).days)
    employment, given = case.profile.employment, case.profile.transition.unemployment
    gross = employment.net_salary / case.convention("salary.net_share")
    age, days = case.profile.person.age_at(end), given.remaining_days
    for_this = days is not None and case.declared.profile.transition.exit in {exit_, "none"}
    if days is None or not for_this:
        worked = (end - employment.since).days + 1
        days = days_of_benefit(case, worked, at) if worked_enough(case, end) else 0
    since = max(begins, case.as_of) if for_this else begins
    left = min(most_of_all.days(age), days) - days_paid(case, since, case.start, at)
    if left <= 0:
        return None
    whole = int(case.value("are.taper.days", at))
    daily = given.daily_are or daily_benefit(case, gross, at)
    as_granted = given.daily_are is None or days_paid(case, begins, case.as_of, at) < whole
    later = tapered(case, daily, age, end, at) if as_granted else daily
    wage = reference_wage(case, daily, at)
    return Rights(
        end,
        after_deductions(case, daily, wage, at),
        after_deductions(case, later, wage, at),
        whole_days=max(0, whole - days_paid(case, begins, case.start, at)),
        days=left,
        estimated=not for_this,
        reference=gross,
        wait=max(0, (begins - max(end, case.start)).days),
    )


@answer("unemployment.has_rights", "ct_l5422_1")
def has_rights(case: Case) -> bool:
    """Tell whether the planned exit opens unemployment benefit of which some is left when the business starts."""
    return opens_rights(case) if case.contract_end is None else rights(case) is not None


@answer("unemployment.monthly", "unedic_retenues")
def monthly_benefit(case: Case) -> Amount:
    """Give the benefit of the first full month after the start by the planned exit, €; nothing where it opens none."""
    found = rights(case)
    return found.paid(case.value("are.days_per_month")) if found else NONE


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
