"""
A job that is suspended on the day of the start: what may be done meanwhile, and what is paid.

Parental leave, whole or part time, bars any other occupation but that of a childminder (Code du travail, L1225-53).
Sick pay asks to abstain from any activity that is not authorised (Code de la sécurité sociale, L323-6). During a
sabbatical leave the contract is suspended (L3142-28): loyalty and clauses hold, another activity is not forbidden.
PreParE at the full rate is for whoever has no occupation (Code de la sécurité sociale, L531-4).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_days
from tremplin.case.declared import Change, change, finding
from tremplin.law.contract import employed_at_start, start_after

SuspensionKind = Literal[
    "parental_leave", "part_time_parental_leave", "sick_leave", "sabbatical_leave", "other"
]


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension that lasts on the day of the start."""

    kind: SuspensionKind
    last_day: date | None
    """Its last day as far as it is known; None where it is not, and then it is taken to go on."""

    @property
    def over(self) -> date | None:
        """Give the day after it, on which the job is taken up again."""
        return None if self.last_day is None else add_days(self.last_day, 1)

    @property
    def whole(self) -> bool:
        """Tell whether the job is not worked at all meanwhile."""
        return self.kind != "part_time_parental_leave"


@answer("contract.suspension", "ct_l1225_53", "ct_l3142_28", "css_l323_6")
def suspension(case: Case) -> Suspension | None:
    """Give the suspension of a job that is still held at the start; None where there is none, or it is over by then."""
    employment = case.profile.employment
    kind, last = employment.suspension, employment.suspended_until
    if kind == "none" or not employed_at_start(case) or (last is not None and last < case.start):
        return None
    return Suspension(kind, last)


def _kind(case: Case) -> SuspensionKind | None:
    found = suspension(case)
    return found.kind if found else None


def _on_parental_leave(case: Case) -> bool:
    """Tell whether parental leave of private law lasts at the start; that of public servants has its own rules."""
    private = case.profile.employment.sector == "private"
    return private and _kind(case) in {"parental_leave", "part_time_parental_leave"}


@finding("parental_leave")
def _parental_leave(case: Case) -> bool:
    """Parental leave, whole or part time, bars any other occupation (Code du travail, L1225-53)."""
    return _on_parental_leave(case)


@finding("sick_leave")
def _sick_leave(case: Case) -> bool:
    """Sick pay forbids any activity that is not authorised (Code de la sécurité sociale, L323-6)."""
    return _kind(case) == "sick_leave"


@finding("suspended_job")
def _suspended_job(case: Case) -> bool:
    """Any other suspension leaves the duties of the contract, and may have rules of its own."""
    return not (_kind(case) in {None, "sick_leave"} or _on_parental_leave(case))


@change("start_after_suspension")
def _start_after_suspension(case: Case) -> tuple[Change, ...]:
    """Start the day after the suspension ends, where its end is known."""
    found = suspension(case)
    return (start_after(case, found.last_day),) if found and found.last_day else ()


@change("benefit_partial")
def _benefit_partial(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - tried only where it is paid
    """Have PreParE paid at a partial rate."""
    return (Change({"person.prepare_rate": "partial"}),)


def _receives_prepare(case: Case) -> bool:
    return "prepare" in case.profile.person.benefits


@finding("prepare_full")
def _prepare_full(case: Case) -> bool:
    """PreParE at the full rate is for whoever has no occupation (Code de la sécurité sociale, L531-4)."""
    return _receives_prepare(case) and case.profile.person.prepare_rate == "full"


@finding("prepare_rate")
def _prepare_rate(case: Case) -> bool:
    """PreParE at a partial rate counts the hours of the business; a rate that is not known is to be looked up."""
    return _receives_prepare(case) and case.profile.person.prepare_rate != "full"
