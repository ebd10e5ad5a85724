"""
What the person earns besides the project: salary, then benefit, month by month over twenty-four months.
"""

from typing import Literal

import numpy as np

from tremplin.analysis.contract import is_authorised
from tremplin.analysis.income.arrays import Array
from tremplin.analysis.income.calendar import MONTHS, YEAR
from tremplin.analysis.income.household import JobPath
from tremplin.analysis.leave import CreationLeave
from tremplin.analysis.unemployment import PaidExit, kept_in_full, opens_rights, rights
from tremplin.analysis.week import Week
from tremplin.model.dates import full_months
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Leaving = Literal["keep", "part_time", "creation_leave"]


def exit_month(profile: Profile, register: Register) -> int:
    """Give the month in which the scenarios of leaving end the contract: as planned, else a convention."""
    planned = profile.transition.exit_month
    if planned is not None and planned >= 0:
        return planned
    return int(register.convention("scenario.exit_month"))


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
        first = max(0, full_months(profile.project.start, leave.begins))
        kept = 0.0 if way == "creation_leave" else _part_time_share(week)
        last = MONTHS if profile.employment.sector == "public" else first + YEAR
        salary[first:last] *= kept
    if ends is not None:
        salary[max(0, ends) :] = 0.0
    return salary


def _part_time_share(week: Week) -> float:
    part = next((load for load in week.loads if load.situation == "part_time"), week.full)
    return part.job / week.full.job if week.full.job else 0.0


def asked_of_employer(profile: Profile, leave: CreationLeave) -> Leaving:
    """Tell what the profile asks of the employer, as far as it is to be had."""
    wanted = profile.transition.leave
    if wanted == "none":
        return "keep"
    if profile.employment.sector == "public":
        return "part_time" if wanted == "part_time" and is_authorised(profile) else "keep"
    return wanted if leave.eligible else "keep"


def planned_job(profile: Profile, register: Register, leave: CreationLeave, week: Week) -> JobPath:
    """Give what the person earns besides the project as planned, benefit whole: what the forms are compared beside."""
    transition = profile.transition
    ends = transition.exit_month if transition.exit != "none" else None
    way = asked_of_employer(profile, leave)
    salary = salary_path(profile, leave, week, way=way, ends=ends)
    benefit = np.zeros(MONTHS)
    end = profile.contract_end
    if end is not None and ends is not None and opens_rights(profile, transition.exit):
        found = rights(profile, register, paid_exit(transition.exit), end)
        benefit = kept_in_full(register, found, max(0, ends), profile.project.start)
    return JobPath(salary, benefit, profile.employment.net_salary)


def paid_exit(exit_: str) -> PaidExit:
    """Name the exit by which benefit is reckoned, of one that opens it."""
    if exit_ == "mutual_termination":
        return "mutual_termination"
    return "dismissal" if exit_ == "dismissal" else "reconversion"
