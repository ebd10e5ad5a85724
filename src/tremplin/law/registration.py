"""
Registering the business: the qualification that the trade asks for, the day of the start, what the register has already.
"""

from datetime import date

from tremplin.case import Case, answer
from tremplin.case.declared import NO, PARTLY, YES, Change, Todo, change, criterion, finding, step
from tremplin.law.trades import is_regulated


@answer("registration.papers_held")
def papers_held(case: Case) -> frozenset[str]:
    """Give the ids of the papers that are there: those listed, and those that what is ready brings along."""
    preparation = case.profile.project.preparation
    held = set(preparation.documents)
    if preparation.business_plan == "done":
        held |= {"financial_forecast", "financing_plan"}
    if preparation.insurance:
        held.add("insurance_certificate")
    if preparation.bank_account:
        held.add("bank_details")
    return frozenset(held)


def holds(case: Case, document: str) -> bool:
    """Tell whether a paper is there, by its id."""
    return document in papers_held(case)


@answer("registration.registered")
def is_registered(case: Case) -> bool:
    """Tell whether the business is registered already."""
    return holds(case, "registration")


@answer("registration.has_started")
def has_started(case: Case) -> bool:
    """Tell whether a registered business has begun: a start that has passed without a registration may be put off."""
    return is_registered(case) and case.start <= case.as_of


def is_under_way(case: Case) -> bool:
    """Tell whether the business is registered or its day has come."""
    return is_registered(case) or case.start <= case.as_of


@finding("qualification_missing")
def _qualification_missing(case: Case) -> bool:
    """A trade that asks for a qualification may not be carried on without it."""
    return is_regulated(case) is True and case.profile.project.qualified is False


@finding("qualification_unknown")
def _qualification_unknown(case: Case) -> bool:
    """Whoever does not know what the trade asks for, or whether they have it, must find out before they register."""
    settled = is_regulated(case) is False or case.profile.project.qualified is True
    return not settled and not _qualification_missing(case)


@change("qualification")
def _obtain_qualification(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - tried only where it is missing
    """Obtain the qualification."""
    return (Change({"project.qualified": True}),)


@change("qualification_found")
def _find_qualified(case: Case) -> tuple[Change, ...]:
    """Find that the trade asks for nothing, or that one has what it asks for."""
    known = is_regulated(case) is True
    return (Change({"project.qualified": True} if known else {"project.regulated": False}),)


@finding("start_passed")
def _start_passed(case: Case) -> bool:
    """The day of the start has passed."""
    return case.start < case.as_of


@finding("start_too_close")
def _start_too_close(case: Case) -> bool:
    """The start is so near that registration, insurance or loan may not be there in time."""
    return 0 <= (case.start - case.as_of).days < case.convention("start.comfort_days")


@criterion("project.qualified")
def _qualified(case: Case) -> float | None:
    """The person has the qualification that the trade asks for."""
    if is_regulated(case) is False:
        return None
    if _qualification_unknown(case):
        return PARTLY
    return NO if _qualification_missing(case) else YES


@step("qualification")
def _qualification(case: Case) -> Todo | None:
    """Have the proof of the qualification ready."""
    return Todo(done=holds(case, "qualification")) if is_regulated(case) is True else None


@step("registration")
def _registration(case: Case) -> Todo:
    """Register the business."""
    return Todo(done=is_registered(case))


@step("tax_choices")
def _tax_choices(case: Case) -> Todo:
    """Choose the taxes: the choice is part of the registration."""
    return Todo(done=is_registered(case))


@step("start")
def _start(case: Case) -> Todo | None:
    """Start; a day that has passed is no action: the report asks for another one."""
    concerns = has_started(case) or case.start >= case.as_of
    return Todo(done=has_started(case)) if concerns else None


@step("cfe")
def _cfe(case: Case) -> Todo:
    """Declare the business for the local tax by the end of the year of the start (CGI, 1477)."""
    return Todo(due=date(case.start.year, 12, 31))
