"""
The leave or the part time to create a business, with the person's own dates.

Code du travail, L3142-105 to L3142-119 and D3142-65 to D3142-76: the defaults, which a company or branch
agreement may replace (L3142-117). Public service: Code général de la fonction publique, L123-8.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.analysis.contract import employed_at_start
from tremplin.analysis.dates import add_days, add_months, latest_start
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Reason = Literal["eligible", "seniority", "public_sector", "contract_ended", "contract_ends_first"]


@dataclass(frozen=True, slots=True)
class CreationLeave:
    """The dates of a creation leave that would begin on the day the business starts."""

    eligible: bool
    reason: Reason
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
    def notice_missed(self) -> bool:
        """Tell whether it is too late for a leave that begins at the project's start."""
        return self.write_by > self.notice_by

    @property
    def cut_short(self) -> bool:
        """Tell whether the contract ends by the day the leave would: nobody comes back then."""
        return self.contract_end is not None and self.contract_end <= self.ends

    @property
    def out_of_reach(self) -> bool:
        """Tell whether the contract ends before there can be any leave."""
        if self.reason == "seniority":
            return self.contract_end is not None and self.contract_end < self.eligible_from
        return self.reason in {"contract_ended", "contract_ends_first"}


def creation_leave(profile: Profile, register: Register, as_of: date) -> CreationLeave:
    """
    Count the dates of the leave from the profile, the rules at the start date, and today.

    Seniority is taken at the day the leave would begin, and the contract must still run on it.
    The same notice, silence and refusal rules hold for part time to create a business.
    """
    employment, start, end = profile.employment, profile.project.start, profile.contract_end

    def rule(name: str) -> float:
        return register.value(f"creation_leave.{name}", at=start)

    eligible_from = add_months(employment.since, rule("seniority_months"))
    notice_by = latest_start(start, rule("notice_months"))
    late = as_of > notice_by
    begins = add_months(as_of, rule("notice_months")) if late else start
    write_by = as_of if late else notice_by
    ends = add_months(begins, 12 * rule("duration_years"))
    reason: Reason
    if employment.sector == "public":
        reason = "public_sector"
    elif not employed_at_start(profile):
        reason = "contract_ended"
    elif end is not None and end < begins:
        reason = "contract_ends_first"
    elif eligible_from > begins:
        reason = "seniority"
    else:
        reason = "eligible"
    return CreationLeave(
        eligible=reason == "eligible",
        reason=reason,
        eligible_from=eligible_from,
        begins=begins,
        notice_by=notice_by,
        write_by=write_by,
        agreed_on=add_days(write_by, rule("silence_days")),
        postponed_until=add_months(write_by, rule("postponement_months")),
        ends=ends,
        extended_until=add_months(ends, 12 * rule("extension_years")),
        return_notice_by=add_months(ends, -rule("return_notice_months")),
        can_be_refused=employment.company_size is None
        or employment.company_size < rule("refusal_company_size"),
        contract_end=end,
        part_time_open=_full_time_agent(profile, register)
        if employment.sector == "public"
        else reason == "eligible",
    )


def _full_time_agent(profile: Profile, register: Register) -> bool:
    hours = register.convention("public_service.full_time_hours")
    return employed_at_start(profile) and profile.employment.weekly_hours >= hours
