"""
What the person earns besides the project: salary, then benefit, month by month over twenty-four months.
"""

from datetime import date
from typing import Literal

import numpy as np

from tremplin.analysis.contract import is_authorised
from tremplin.analysis.income.arrays import Array
from tremplin.analysis.income.calendar import MONTHS, YEAR, Curve, month_begins
from tremplin.analysis.income.household import JobPath, earned_before
from tremplin.analysis.leave import CreationLeave
from tremplin.analysis.unemployment import (
    activity_kept,
    beside_new_activity,
    kept_in_full,
    rights_left,
)
from tremplin.analysis.week import Week
from tremplin.model.dates import add_months
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Leaving = Literal["keep", "part_time", "creation_leave"]


def exit_month(profile: Profile, register: Register) -> int:
    """Give the month in which the scenarios of leaving end the contract: as planned, else a convention."""
    planned = profile.transition.exit_month
    if planned is not None and planned >= 0:
        return planned
    return int(register.convention("scenario.exit_month"))


def contract_ends(profile: Profile, register: Register) -> date:
    """Give the day the contract ends: as planned, else where the scenarios of leaving end it."""
    months = exit_month(profile, register)
    return profile.contract_end or add_months(profile.project.start, months)


def salary_path(
    profile: Profile, leave: CreationLeave, week: Week, *, way: Leaving, ends: int | None
) -> Array:
    """
    Give the salary of each of the twenty-four months, €.

    Args:
        profile: the person.
        leave: the dates of the creation leave or part time, which lasts a year here.
        week: what part of the hours a part time keeps.
        way: what is asked of the employer.
        ends: the month in which the contract ends, from the start; None where it goes on.

    """
    salary = np.full(MONTHS, profile.employment.net_salary)
    if way != "keep":
        kept = 0.0 if way == "creation_leave" else _part_time_share(week)
        public = profile.employment.sector == "public"
        stops = None if public else add_months(leave.begins, YEAR)
        salary *= 1 - (1 - kept) * _months_between(profile.project.start, leave.begins, stops)
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


def _part_time_share(week: Week) -> float:
    part = next((load for load in week.loads if load.situation == "part_time"), week.full)
    return part.job / week.full.job if week.full.job else 0.0


def asked_of_employer(profile: Profile, leave: CreationLeave) -> Leaving:
    """Tell what the profile asks of the employer, as far as it is to be had."""
    wanted = profile.transition.leave
    if wanted == "none":
        return "keep"
    if profile.employment.sector == "public":
        granted = leave.part_time_open and is_authorised(profile)
        return "part_time" if wanted == "part_time" and granted else "keep"
    return wanted if leave.eligible else "keep"


def planned_job(
    profile: Profile, register: Register, as_of: date, leave: CreationLeave, week: Week
) -> JobPath:
    """
    Give what the person earns besides the project as planned: what the forms are compared beside.

    Benefit that the income of the project reduces is reckoned with its margin, so that it is the same for all forms.
    """
    transition, start = profile.transition, profile.project.start
    ends = transition.exit_month if transition.exit != "none" else None
    way = asked_of_employer(profile, leave)
    salary = salary_path(profile, leave, week, way=way, ends=ends)
    benefit, a_month = np.zeros(MONTHS), 0.0
    end = profile.contract_end
    if end is not None and ends is not None:
        found = rights_left(profile, register, transition.exit, end, as_of)
        if found and activity_kept(profile, ends):
            benefit = kept_in_full(register, found, ends, start)
        elif found:
            benefit = beside_new_activity(register, found, Curve.of(profile).margin, start, ends)
        a_month = found.daily * register.value("are.days_per_month", at=start) if found else 0.0
    return JobPath(salary, benefit, earned_before(profile, end, a_month))
