"""
The job on the day of the start, and the loyalty that it asks for while it is kept.

Loyalty binds every employee until the contract ends (Code du travail, L1222-1), each employer where there are several.
Clauses, suspensions, ends of contracts and public service are rooms of their own.
"""

from datetime import date

from tremplin.case import Case, answer
from tremplin.case.dates import add_days
from tremplin.case.declared import (
    NO,
    PARTLY,
    YES,
    Change,
    Todo,
    change,
    correction,
    criterion,
    finding,
    step,
)
from tremplin.model.profile import Known


@answer("contract.employed_at_start")
def employed_at_start(case: Case) -> bool:
    """Tell whether the job is still held on the day the business starts."""
    end = case.contract_end
    return end is None or (end >= case.start and not case.leaves_first)


@answer("contract.works_beside")
def works_beside(case: Case) -> bool:
    """Tell whether the job goes on beside the business, and does not end on its first day."""
    end = case.contract_end
    return end is None or end > case.start


@answer("contract.has_left")
def has_left(case: Case) -> bool:
    """Tell whether the contract ended before the day of the report, so that it binds no more and pays no more."""
    return case.contract_end is not None and case.contract_end < case.as_of


@finding("competing_activity")
def _competing_activity(case: Case) -> bool:
    """Loyalty forbids to compete as long as the contract runs (Code du travail, L1222-1)."""
    return employed_at_start(case) and case.profile.project.competes_with_employer is True


@finding("employer_clients")
def _employer_clients(case: Case) -> bool:
    """Loyalty forbids to canvass the employer's clients as long as the contract runs (L1222-1)."""
    return employed_at_start(case) and case.profile.project.targets_employer_clients is True


@finding("employer_resources")
def _employer_resources(case: Case) -> bool:
    """Loyalty forbids to use the employer's time and means (L1222-1)."""
    return employed_at_start(case) and case.profile.project.uses_employer_resources is True


@finding("loyalty_unknown")
def _loyalty_unknown(case: Case) -> bool:
    """Whoever does not know what the project takes from the employer cannot know that it is lawful (L1222-1)."""
    return employed_at_start(case) and bool(_not_known(case))


def _not_known(case: Case) -> list[str]:
    """Name the keys about the employer that the person cannot answer yet."""
    project = case.profile.project
    answers = {
        "project.competes_with_employer": project.competes_with_employer,
        "project.targets_employer_clients": project.targets_employer_clients,
        "project.uses_employer_resources": project.uses_employer_resources,
    }
    return [key for key, answer in answers.items() if answer == "unknown"]


@finding("tense_relationship")
def _tense_relationship(case: Case) -> bool:
    """A tense relationship with an employer who still counts."""
    tense = case.profile.employment.relationship == "tense"
    return employed_at_start(case) and not has_left(case) and tense


@finding("other_jobs")
def _other_jobs(case: Case) -> bool:
    """Each employer is owed loyalty, and a report knows the contract of one (L1222-1, L8261-1)."""
    return case.profile.employment.other_jobs


@finding("job_abroad")
def _job_abroad(case: Case) -> bool:
    """The law of contract, contributions, tax and benefit of cross-border work is not that of this report."""
    return case.profile.employment.abroad


@change("other_market")
def _other_market(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - anybody could
    """Serve whom the employer does not serve."""
    return (Change({"project.competes_with_employer": False}),)


@change("other_clients")
def _other_clients(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - anybody could
    """Leave the employer's clients alone."""
    return (Change({"project.targets_employer_clients": False}),)


@change("own_means")
def _own_means(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - anybody could
    """Use means of one's own."""
    return (Change({"project.uses_employer_resources": False}),)


@change("no_conflict")
def _no_conflict(case: Case) -> tuple[Change, ...]:
    """Find that the project takes nothing from the employer."""
    return (Change(dict.fromkeys(_not_known(case), False)),)


@change("start_after_contract")
def _start_after_contract(case: Case) -> tuple[Change, ...]:
    """Start the day after the contract ends, where its end is known."""
    end = case.contract_end
    return () if end is None or end < case.start else (start_after(case, end),)


def start_after(case: Case, last: date) -> Change:
    """Start the day after another, the contract ending when it would."""
    return start_on(case, add_days(last, 1))


def start_on(case: Case, start: date) -> Change:
    """Start on a day, the contract ending when it would."""
    ends = {"transition.exit_month": None, "transition.exit_date": case.contract_end}
    return Change({"project.start": start, **ends}, day=start)


@criterion("contract.no_competition")
def _no_competition(case: Case) -> float:
    """The project does not compete with an employer to whom loyalty is due."""
    return (
        _kept_apart(case.profile.project.competes_with_employer) if employed_at_start(case) else YES
    )


@criterion("contract.no_employer_clients")
def _no_employer_clients(case: Case) -> float:
    """The project leaves the employer's clients alone."""
    return _kept_apart(case.profile.project.targets_employer_clients)


@criterion("contract.no_employer_resources")
def _no_employer_resources(case: Case) -> float:
    """The project leaves the employer's means alone."""
    return _kept_apart(case.profile.project.uses_employer_resources)


def _kept_apart(touches: Known) -> float:
    return PARTLY if touches == "unknown" else NO if touches else YES


@criterion("contract.relationship")
def _relationship(case: Case) -> float | None:
    """The relationship with an employer who still counts."""
    if has_left(case):
        return None
    return {"trusting": YES, "neutral": PARTLY, "tense": NO}[case.profile.employment.relationship]


@step("read_contract")
def _read_contract(case: Case) -> Todo | None:
    """Read the contract of private law that still binds."""
    private = case.profile.employment.sector == "private"
    return Todo() if private and not has_left(case) else None


@step("separate_means")
def _separate_means(case: Case) -> Todo | None:
    """Keep the project apart from the employer's means while the contract binds."""
    return None if has_left(case) else Todo()


@correction("same_sector")
def _same_sector(case: Case) -> bool:
    """Whoever competes with the employer must not believe that care makes it lawful."""
    return case.profile.project.competes_with_employer is True
