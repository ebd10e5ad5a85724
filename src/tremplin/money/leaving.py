"""
The case as it would be if the job were kept or ended otherwise: what the ways are compared by, and what a person could change.
"""

from typing import Literal

from tremplin.case import Case
from tremplin.case.declared import Change, change, finding
from tremplin.case.months import YEAR
from tremplin.law.contract import employed_at_start, has_left
from tremplin.law.leave import Leaving, asked_of_employer
from tremplin.law.unemployment import (
    PaidExit,
)
from tremplin.person.week import can_work_less


def kept_job(case: Case) -> Leaving:
    """Name how the job is kept as the profile asks; whoever works no more than part time leaves gains nothing by it."""
    asked = asked_of_employer(case)
    return "keep" if asked == "part_time" and not can_work_less(case) else asked


@finding("exit_undated")
def _exit_undated(case: Case) -> bool:
    """The way to leave is told, but not when: the money is reckoned as if the job were kept."""
    return case.profile.transition.exit != "none" and case.contract_end is None


def staying(case: Case, way: Leaving) -> Case:
    """Give the case as it would be if the job were kept, with a leave or part time that is granted, or without."""
    changes: dict[str, object] = {
        "transition.exit": "none",
        **ended_after(None),
        "transition.leave": "none" if way == "keep" else way,
    }
    if way == "part_time":
        held = case.profile.project.preparation.documents
        changes["project.preparation.documents"] = (*held, "employer_authorisation")
    return case.given(changes)


def leaving(case: Case, exit_: PaidExit | Literal["resignation"], month: int) -> Case:
    """Give the case as it would be if the contract ended in a way, in a month of activity."""
    return case.given({"transition.exit": exit_, **ended_after(month)})


def ended_after(month: int | None) -> dict[str, object]:
    """Give the answers of a profile whose contract ends in a month of activity, whatever day it names now."""
    return {"transition.exit_month": month, "transition.exit_date": None}


def leaving_first(case: Case, exit_: PaidExit) -> Case:
    """Give the case as it would be if the contract ended in a way before the business begins: as planned, else just then."""
    if not employed_at_start(case):
        return case
    return case.given({"transition.exit": exit_, **ended_after(0)}, leaves_first=True)


@change("later_exit")
def _later_exit(case: Case) -> tuple[Change, ...]:
    """Keep a permanent job that is to end for some months more, a year at most."""
    ends = case.profile.exit_month
    if ends is None or has_left(case) or case.profile.employment.contract != "permanent":
        return ()
    return tuple(Change(ended_after(ends + more), float(more)) for more in range(1, YEAR + 1))


@change("job_kept")
def _job_kept(case: Case) -> tuple[Change, ...]:
    """Keep a job that is to end otherwise than by its term."""
    if case.profile.transition.exit in {"none", "term_end"} or has_left(case):
        return ()
    return (Change({"transition.exit": "none", **ended_after(None)}),)


@change("mutual_termination")
def _mutual_termination(case: Case) -> tuple[Change, ...]:
    """Agree with a private employer on the end of a permanent job, in place of resigning."""
    job = case.profile.employment
    agreed = job.contract == "permanent" and job.sector == "private" and not has_left(case)
    return (Change({"transition.exit": "mutual_termination"}),) if agreed else ()
