"""
What the person earns besides the project: salary, then benefit, month by month over twenty-four months.
"""

from datetime import date

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.months import MONTHS, YEAR, curve, month_begins
from tremplin.law.benefit import BenefitPaid, beside_new_activity, kept_in_full
from tremplin.law.household import JobPath, earned_before
from tremplin.law.leave import asked_of_employer, leave
from tremplin.law.suspension import suspension
from tremplin.law.unemployment import activity_kept, monthly_benefit, rights
from tremplin.model.dates import add_months
from tremplin.money.commitments import commitments
from tremplin.person.week import week


@answer("scenarios.exit_month")
def exit_month(case: Case) -> int:
    """Give the month in which the scenarios of leaving end the contract: as planned, else a convention."""
    planned = case.profile.exit_month
    if planned is not None and planned >= 0:
        return planned
    return int(case.convention("scenario.exit_month"))


@answer("scenarios.contract_end")
def contract_ends(case: Case) -> date:
    """Give the day the contract ends: as planned, else where the scenarios of leaving end it."""
    return case.contract_end or add_months(case.start, exit_month(case))


@answer("job.salary")
def salary_path(case: Case) -> Array:
    """
    Give the salary of each of the twenty-four months, €, with the leave and the end of the contract as planned.

    A leave or part time of private law lasts a year here. While the job is wholly suspended, what the profile says is
    received takes the wage's place; nothing, where it does not say.
    """
    salary = np.full(MONTHS, case.profile.employment.net_salary)
    paused = suspension(case)
    if paused and paused.whole:
        away = _months_between(case.start, case.start, paused.over)
        salary += away * ((case.profile.employment.suspension_income or 0.0) - salary)
    way, ends = asked_of_employer(case), case.profile.exit_month
    if way != "keep":
        kept = 0.0 if way == "creation_leave" else _part_time_share(case)
        begins = leave(case).begins
        public = case.profile.employment.sector == "public"
        stops = None if public else add_months(begins, YEAR)
        salary *= 1 - (1 - kept) * _months_between(case.start, begins, stops)
    if ends is not None:
        salary[max(0, ends) :] = 0.0
    return salary


def _months_between(start: date, first: date, stops: date | None) -> Array:
    """Give what part of each of the twenty-four months lies from a day on and before another, by days."""
    parts = np.zeros(MONTHS)
    for month in range(MONTHS):
        begins, ends = month_begins(start, month), month_begins(start, month + 1)
        inside = min(ends, stops or ends) - max(begins, first)
        parts[month] = max(0.0, inside / (ends - begins))
    return parts


def _part_time_share(case: Case) -> float:
    found = week(case)
    part = next((load for load in found.loads if load.situation == "part_time"), found.full)
    return part.job / found.full.job if found.full.job else 0.0


@answer("job.planned")
def planned_job(case: Case) -> JobPath:
    """
    Give what the person earns besides the project as planned: what the forms are compared beside.

    Benefit that the income of the project reduces is reckoned with the person's part of its margin, so that it is the same
    for all forms.
    """
    margin = curve(case).margin - commitments(case).total
    taxed = benefit_path(case, case.profile.project.own_share * margin).taxable
    return JobPath(salary_path(case), taxed, earned_before(case, monthly_benefit(case).taxable))


def benefit_path(case: Case, income: Array) -> BenefitPaid:
    """
    Give the benefit of each of the twenty-four months, €, beside what the project brings in each of them before tax, €.

    Where it earned beside the job that ends, nothing is taken off the benefit.
    """
    ends, found = case.profile.exit_month, rights(case)
    if ends is None or found is None:
        return BenefitPaid(np.zeros(MONTHS), np.zeros(MONTHS), np.zeros(MONTHS))
    if activity_kept(case):
        return kept_in_full(case, found, ends, case.start)
    return beside_new_activity(case, found, income, case.start, ends)
