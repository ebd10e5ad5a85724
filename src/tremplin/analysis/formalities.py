"""
The steps to take, in order, with dates counted from the start date.

`data/steps.csv` holds the words and the usual distance to the start; this module holds whom each concerns and
the dates that the law fixes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tremplin.analysis.acre import Acre
from tremplin.analysis.contract import Exclusivity, employed_at_start, is_authorised
from tremplin.analysis.dates import add_days, add_months
from tremplin.analysis.income.forms import COMPANIES, Form
from tremplin.analysis.leave import CreationLeave
from tremplin.analysis.unemployment import opens_rights
from tremplin.model.profile import Preparation, Profile
from tremplin.model.register import Register
from tremplin.model.texts import PHASES

BEFORE_START = PHASES[: PHASES.index("launch")]
TALKS_MONTHS = 2
"""How long before the end of a contract its end should have been talked over."""

USUAL_DAYS = 120
"""The time that the distances of `data/steps.csv` suppose between today and the start."""

WARNING_MONTHS = 2
"""How long before the end of the suspension of an exclusivity clause one should have decided."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that decides whether a step concerns the person, and when it is due."""

    profile: Profile
    form: Form
    exclusivity: Exclusivity
    leave: CreationLeave
    acre: Acre
    as_of: date
    vat_from: date | None
    """The first day on which VAT is to be invoiced."""
    flat_tax: bool
    """Whether the flat income tax of the micro regime is chosen."""
    will_seek: bool
    """Whether the person will be a job-seeker with rights when the business starts."""

    @property
    def is_company(self) -> bool:
        """Tell whether the form has statutes and a capital."""
        return self.form in COMPANIES

    @property
    def is_bound(self) -> bool:
        """Tell whether the contract still runs today, so that its clauses bind the preparation."""
        end = self.profile.contract_end
        return end is None or end >= self.as_of

    @property
    def preparation(self) -> Preparation:
        """What the profile says is prepared."""
        return self.profile.project.preparation

    def holds(self, document: str) -> bool:
        """Tell whether the profile lists a paper as there."""
        return document in self.preparation.documents

    @property
    def is_registered(self) -> bool:
        """Tell whether the business is registered already."""
        return self.holds("registration")

    @property
    def has_started(self) -> bool:
        """Tell whether a registered business has begun: a start that has passed without a registration may be put off."""
        return self.is_registered and self.profile.project.start < self.as_of

    def pace(self, fewest: float) -> float:
        """
        Tell by how much the usual distances before the start must shrink: 1 where there is time enough.

        They shrink no further than a start in the fewest days asks for: a market study of a day is no plan, so what no
        longer fits is late. A start that has passed leaves nothing to shrink: the usual dates show how late one is.
        """
        left = (self.profile.project.start - self.as_of).days
        return min(1.0, max(left, fewest) / USUAL_DAYS) if left > 0 else 1.0

    @property
    def wants_leave(self) -> bool:
        """Tell whether a leave or part time is planned and the law gives the right to it."""
        return self.profile.transition.leave != "none" and self.leave.eligible


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do and the last day for it."""

    id: str
    phase: str
    label: str
    detail: str
    source: str
    begins: date
    due: date
    done: bool

    def late(self, as_of: date) -> bool:
        """Tell whether the last day has passed without the step being done."""
        return not self.done and self.due < as_of


CONCERNS: Mapping[str, Callable[[Case], bool]] = {
    "read_contract": lambda case: case.is_bound and case.profile.employment.sector == "private",
    "read_status": lambda case: case.is_bound and case.profile.employment.sector == "public",
    "termination": lambda case: (
        case.is_bound
        and case.profile.contract_end is not None
        and case.profile.transition.exit == "mutual_termination"
    ),
    "resignation": lambda case: (
        case.is_bound
        and case.profile.contract_end is not None
        and case.profile.transition.exit == "resignation"
    ),
    "career_advice": lambda case: (
        case.is_bound
        and case.profile.contract_end is not None
        and case.profile.transition.exit == "reconversion"
        and opens_rights(case.profile, "reconversion")
    ),
    "job_seeker": lambda case: case.will_seek and case.is_bound,
    "authorisation": lambda case: (
        case.profile.employment.sector == "public" and employed_at_start(case.profile)
    ),
    "separate_means": lambda case: case.is_bound,
    "exclusivity_waiver": lambda case: case.exclusivity.enforceable is True,
    "leave_request": lambda case: case.wants_leave,
    "qualification": lambda case: case.profile.project.regulated,
    "financing": lambda case: (
        case.profile.financing.bank_loan > 0 or case.profile.financing.honor_loans.total > 0
    ),
    "investors": lambda case: case.profile.project.seeks_investors,
    "statutes": lambda case: case.is_company,
    "capital_deposit": lambda case: case.is_company,
    "legal_notice": lambda case: case.is_company,
    "acre_request": lambda case: case.acre.eligible,
    # It is ticked in the file of the registration: later there is nothing to tick.
    "flat_tax_option": lambda case: case.flat_tax and not case.is_registered,
    # A day that has passed is no action: the report asks for another one.
    "start": lambda case: case.has_started or case.profile.project.start >= case.as_of,
    "vat": lambda case: case.vat_from is not None,
    "exclusivity_end": lambda case: case.exclusivity.resumes,
    "leave_return": lambda case: (
        case.wants_leave
        and case.profile.transition.leave == "creation_leave"
        and not case.leave.cut_short
    ),
}
"""Whom a step concerns; a step not named here concerns everyone."""

DONE: Mapping[str, Callable[[Case], bool]] = {
    "market_study": lambda case: case.preparation.market_study == "done",
    "business_plan": lambda case: case.preparation.business_plan == "done",
    "network": lambda case: case.profile.support.network != "none",
    "authorisation": lambda case: is_authorised(case.profile),
    "qualification": lambda case: case.holds("qualification"),
    "insurance": lambda case: case.preparation.insurance or case.holds("insurance_certificate"),
    "premises": lambda case: case.holds("address"),
    "statutes": lambda case: case.holds("statutes"),
    "capital_deposit": lambda case: case.holds("capital_deposit"),
    "legal_notice": lambda case: case.holds("legal_notice"),
    "registration": lambda case: case.is_registered,
    # The choice is part of the registration.
    "tax_choices": lambda case: case.is_registered,
    "start": lambda case: case.has_started,
    "bank_account": lambda case: case.preparation.bank_account or case.holds("bank_details"),
}
"""What the profile says is done already."""


def _fixed_dates(case: Case) -> dict[str, date]:
    """Give the dates that a rule fixes, in place of a usual distance to the start."""
    start = case.profile.project.start
    end = case.profile.contract_end
    dates = {
        "cfe": date(start.year, 12, 31),
        "leave_request": case.leave.write_by,
        "leave_return": case.leave.return_notice_by,
    }
    if end is not None:
        before = add_months(end, -TALKS_MONTHS)
        dates |= {"termination": before, "resignation": before, "career_advice": before}
        dates["job_seeker"] = add_days(end, 1)
    if case.vat_from is not None:
        dates["vat"] = case.vat_from
    if case.acre.request_by is not None:
        dates["acre_request"] = case.acre.request_by
    if case.exclusivity.suspended_until is not None:
        dates["exclusivity_end"] = add_months(case.exclusivity.suspended_until, -WARNING_MONTHS)
    return dates


def _while_paid(case: Case, due: date) -> date:
    """Bring a last day before the end of a contract that ends before the start: lenders look at the salary."""
    end = case.profile.contract_end
    if end is None or not case.is_bound or employed_at_start(case.profile):
        return due
    return min(due, max(case.as_of, add_days(end, -1)))


def steps(case: Case, register: Register) -> tuple[Step, ...]:
    """
    List the steps that concern the person, by last day, then in the order of `data/steps.csv`.

    Where less time is left than usual, the steps before the start move closer together.
    """
    start, fixed = case.profile.project.start, _fixed_dates(case)
    squeezed = case.pace(register.convention("start.comfort_days"))
    found = []
    for row in register.steps.iter_rows(named=True):
        concerns = CONCERNS.get(row["id"])
        if concerns is not None and not concerns(case):
            continue
        pace = squeezed if row["phase"] in BEFORE_START else 1.0
        due = fixed.get(row["id"]) or add_days(start, round(row["offset_days"] * pace))
        if row["id"] == "financing":
            due = _while_paid(case, due)
        days = max(1, round(row["duration_days"] * pace))
        done = DONE.get(row["id"])
        begins = add_days(due, 1 - days)
        found.append(
            Step(
                id=row["id"],
                phase=row["phase"],
                label=row["label"],
                detail=row["detail"],
                source=row["source"] or "",
                # What is still to do cannot begin in the past, unless it is late already.
                begins=max(begins, min(case.as_of, due)),
                due=due,
                done=done is not None and done(case),
            )
        )
    return tuple(sorted(found, key=lambda step: step.due))


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of the file and whether the profile says it is there."""

    id: str
    label: str
    why: str
    held: bool
    awaited: bool
    """Whether it comes only once the file has been accepted."""


AWAITED = frozenset({"registration"})


def documents(case: Case, register: Register) -> tuple[Document, ...]:
    """List the papers that the form and the trade ask for."""
    preparation = case.preparation
    held = set(preparation.documents)
    if preparation.business_plan == "done":
        held |= {"financial_forecast", "financing_plan"}
    if preparation.insurance:
        held.add("insurance_certificate")
    if preparation.bank_account:
        held.add("bank_details")
    return tuple(
        Document(row["id"], row["label"], row["why"], row["id"] in held, row["id"] in AWAITED)
        for row in register.documents.iter_rows(named=True)
        if _needed(row["applies"], case)
    )


def _needed(applies: str, case: Case) -> bool:
    return {
        "all": True,
        "company": case.is_company,
        "regulated": case.profile.project.regulated,
        "public": CONCERNS["authorisation"](case),
        "funded": CONCERNS["financing"](case) or case.profile.project.seeks_investors,
    }[applies]


@dataclass(frozen=True, slots=True)
class Insurance:
    """A cover that the category calls for."""

    id: str
    label: str
    why: str
    duty: str


def insurances(profile: Profile, register: Register) -> tuple[Insurance, ...]:
    """List the covers for the project's category."""
    return tuple(
        Insurance(row["id"], row["label"], row["why"], row["duty"])
        for row in register.insurances.iter_rows(named=True)
        if row["applies"] == "all" or profile.project.category in row["applies"].split("|")
    )
