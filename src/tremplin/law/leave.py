"""
The leave or the part time to create a business, with the person's own dates.

Code du travail, L3142-105 to L3142-119 and D3142-65 to D3142-76: the defaults, which a company or branch
agreement may replace (L3142-117). Public service: Code général de la fonction publique, L123-8.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months, latest_start
from tremplin.case.declared import NO, YES, Change, Todo, change, criterion, finding, step
from tremplin.case.months import YEAR
from tremplin.law.contract import employed_at_start
from tremplin.law.public_service import is_authorised
from tremplin.law.suspension import suspension

LeaveReason = Literal[
    "eligible", "seniority", "suspended", "public_sector", "contract_ended", "contract_ends_first"
]
Leaving = Literal["keep", "part_time", "creation_leave"]


@dataclass(frozen=True, slots=True)
class CreationLeave:
    """The dates of a creation leave that would begin on the day the business starts."""

    reason: LeaveReason
    eligible_from: date
    """The day the seniority required is reached."""
    begins: date
    """The first day the leave can begin: the project's start, or later where the notice can no longer be kept."""
    notice_by: date
    """The last day to write to the employer for a leave that begins at the project's start."""
    write_by: date
    """The last day to write for a leave that begins on `begins`."""
    agreed_on: date
    """The day silence means agreement, counted from `write_by`."""
    postponed_until: date
    """The latest beginning an employer can impose, counted from the request."""
    ends: date
    extended_until: date
    return_notice_by: date
    """The last day to tell the employer whether one comes back, for a leave without extension."""
    can_be_refused: bool
    """Where the size of the firm is not known, it counts as small."""
    contract_end: date | None
    """The day the contract would end, and the leave with it; None where it goes on."""
    part_time_open: bool
    """Whether part time to create may be asked for: in public service that is for full-time agents alone (L123-8)."""

    @property
    def eligible(self) -> bool:
        """Tell whether the leave can be asked for."""
        return self.reason == "eligible"

    @property
    def notice_missed(self) -> bool:
        """Tell whether it is too late for a leave that begins at the project's start."""
        return self.write_by > self.notice_by

    @property
    def cut_short(self) -> bool:
        """Tell whether the contract ends by the day the leave would: nobody comes back then."""
        return self.contract_end is not None and self.contract_end <= self.ends

    @property
    def out_of_reach(self) -> bool:
        """Tell whether the contract ends, or the job is away, before there can be any leave."""
        if self.reason == "seniority":
            return self.contract_end is not None and self.contract_end < self.eligible_from
        return self.reason in {"suspended", "contract_ended", "contract_ends_first"}


@answer("leave", "ct_l3142_105", "ct_l3142_119", "ct_d3142_65", "ct_d3142_73")
def leave(case: Case) -> CreationLeave:
    """
    Count the dates of the leave from the profile, the rules at the start date, and today.

    Seniority is taken at the day the leave would begin, and the contract must still run on it, unsuspended: one leave does
    not begin within another.
    The same notice, silence and refusal rules hold for part time to create a business.
    """
    employment, start, end = case.profile.employment, case.start, case.contract_end

    def rule(name: str) -> float:
        return case.value(f"creation_leave.{name}")

    eligible_from = add_months(employment.since, rule("seniority_months"))
    notice_by = latest_start(start, rule("notice_months"))
    late = case.as_of > notice_by
    begins = add_months(case.as_of, rule("notice_months")) if late else start
    write_by = case.as_of if late else notice_by
    ends = add_months(begins, YEAR * rule("duration_years"))
    paused = suspension(case)
    reason: LeaveReason
    if employment.sector == "public":
        reason = "public_sector"
    elif not employed_at_start(case):
        reason = "contract_ended"
    elif end is not None and end <= begins:
        reason = "contract_ends_first"
    elif paused and (paused.last_day is None or paused.last_day >= begins):
        reason = "suspended"
    elif eligible_from > begins:
        reason = "seniority"
    else:
        reason = "eligible"
    return CreationLeave(
        reason=reason,
        eligible_from=eligible_from,
        begins=begins,
        notice_by=notice_by,
        write_by=write_by,
        agreed_on=add_days(write_by, rule("silence_days")),
        postponed_until=add_months(write_by, rule("postponement_months")),
        ends=ends,
        extended_until=add_months(ends, YEAR * rule("extension_years")),
        return_notice_by=add_months(ends, -rule("return_notice_months")),
        can_be_refused=employment.company_size is None
        or employment.company_size < rule("refusal_company_size"),
        contract_end=end,
        part_time_open=full_time_agent(case)
        if employment.sector == "public"
        else reason == "eligible",
    )


@answer("leave.full_time_agent", "cgfp_l123_8")
def full_time_agent(case: Case) -> bool:
    """Tell whether a public servant in service works full time, which part time to create a business asks for."""
    hours = case.convention("public_service.full_time_hours")
    return employed_at_start(case) and case.profile.employment.weekly_hours >= hours


@answer("leave.asked")
def asked_of_employer(case: Case) -> Leaving:
    """Tell what the profile asks of the employer, as far as it is to be had."""
    wanted = case.profile.transition.leave
    if wanted == "none":
        return "keep"
    if case.profile.employment.sector == "public":
        granted = leave(case).part_time_open and is_authorised(case)
        return "part_time" if wanted == "part_time" and granted else "keep"
    return wanted if leave(case).eligible else "keep"


@answer("leave.ways")
def leave_ways(case: Case) -> tuple[Leaving, ...]:
    """List what may be asked of the employer; public servants need an authorisation, which is another matter."""
    if case.profile.employment.sector == "public":
        return ("part_time",) if leave(case).part_time_open else ()
    return ("part_time", "creation_leave") if leave(case).eligible else ()


def _wanted(case: Case) -> bool:
    """Tell whether a leave or part time of private law is planned."""
    planned = case.profile.transition.leave != "none"
    return planned and case.profile.employment.sector == "private"


@finding("leave_seniority")
def _seniority_lacks(case: Case) -> bool:
    """The leave that is wanted is not open yet, but will be."""
    found = leave(case)
    return _wanted(case) and found.reason == "seniority" and not found.out_of_reach


@finding("leave_notice_missed")
def _notice_missed(case: Case) -> bool:
    """It is too late to ask for the leave at the planned start."""
    return _wanted(case) and leave(case).eligible and leave(case).notice_missed


@change("full_time")
def _full_time(case: Case) -> tuple[Change, ...]:
    """Ask neither leave nor part time of the employer."""
    asks = case.profile.transition.leave != "none"
    return (Change({"transition.leave": "none"}),) if asks else ()


@criterion("contract.leave")
def _leave_open(case: Case) -> float | None:
    """The creation leave of private law is open."""
    if case.profile.employment.sector == "public" or leave(case).out_of_reach:
        return None
    return YES if leave(case).eligible else NO


@step("leave_request")
def _request(case: Case) -> Todo | None:
    """Write to the employer in time for a leave or part time that is wanted and open."""
    wants = case.profile.transition.leave != "none" and leave(case).eligible
    return Todo(due=leave(case).write_by) if wants else None


@step("leave_return")
def _return(case: Case) -> Todo | None:
    """Tell the employer in time whether one comes back from the leave."""
    found = leave(case)
    wants = case.profile.transition.leave == "creation_leave" and found.eligible
    return Todo(due=found.return_notice_by) if wants and not found.cut_short else None
