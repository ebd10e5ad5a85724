"""
What the employment contract and the law allow while the job is kept.

Loyalty binds every employee until the contract ends (Code du travail, L1222-1); an exclusivity clause is
not enforceable for a year against one who creates a business, sales representatives excepted (L1222-5,
L7313-6); a non-compete clause acts after the contract (Cass. soc. 10 July 2002); public servants need an
authorisation (Code général de la fonction publique, L123-1 and L123-8).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_months
from tremplin.case.declared import (
    NO,
    PARTLY,
    YES,
    Todo,
    correction,
    criterion,
    finding,
    step,
)
from tremplin.case.months import YEAR
from tremplin.law.registration import holds

Tristate = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Exclusivity:
    """Whether an exclusivity clause can be held against the creator, and until when it cannot."""

    clause: bool | Literal["unknown"]
    enforceable: bool | None
    """None where it cannot be told: a sales representative who does not know, or a public servant."""
    suspended_until: date | None = None
    suspended_until_with_leave: date | None = None
    """The end of an extended creation leave, which prolongs the suspension."""
    resumes: bool = False
    """Whether a clause that is there takes effect again, because the contract outlasts the suspension."""


@dataclass(frozen=True, slots=True)
class ClauseCondition:
    """One of the conditions under which a non-compete clause is valid, and what the profile says of it."""

    id: Literal["legitimate_interest", "time_and_place", "job", "compensation"]
    met: Tristate


@dataclass(frozen=True, slots=True)
class NonCompeteReview:
    """A non-compete clause held against the four conditions of the courts."""

    months: int | None
    area: str | None
    conditions: tuple[ClauseCondition, ...]
    ends: date | None
    """The last day on which it forbids to compete; None where the contract's end or its months are not known."""

    def holds(self, day: date) -> bool:
        """Tell whether it must be reckoned with on a day: nothing known makes it contestable, and it has not run out."""
        return not self.contestable and (self.ends is None or day <= self.ends)

    @property
    def contestable(self) -> bool:
        """Tell whether at least one cumulative condition is known to be missing."""
        return any(condition.met == "no" for condition in self.conditions)


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


@answer("contract.exclusivity", "ct_l1222_5", "ct_l7313_6", "ct_d1222_1")
def exclusivity(case: Case) -> Exclusivity:
    """
    Apply L1222-5 of the Code du travail to the profile's clause.

    The suspension counts from the registration or the declared start (D1222-1), here the project's start.
    """
    employment, start = case.profile.employment, case.start
    clause = employment.clauses.exclusivity
    if clause is False or not employed_at_start(case):
        return Exclusivity(clause, enforceable=False)
    if employment.sector == "public":
        return Exclusivity(clause, enforceable=None)
    if employment.sales_representative:
        return Exclusivity(clause, enforceable=True if clause is True else None)
    until = add_months(start, YEAR * case.value("exclusivity.suspension_years"))
    most = case.value("exclusivity.suspension_years_maximum")
    return Exclusivity(
        clause,
        enforceable=False,
        suspended_until=until,
        suspended_until_with_leave=add_months(start, YEAR * most),
        resumes=clause is True and (case.contract_end is None or case.contract_end > until),
    )


@answer("contract.non_compete", "cass_soc_2002_07_10")
def non_compete(case: Case) -> NonCompeteReview | None:
    """
    Hold the profile's clause against the four cumulative conditions (Cass. soc. 10 July 2002, n° 00-45.135).

    Whether the clause protects a legitimate interest and fits the job cannot be read from a profile: those
    two stay unknown, to be put to a lawyer.
    """
    clause = case.profile.employment.clauses.non_compete
    if clause is None:
        return None
    limited = clause.months is not None and clause.area is not None
    end = case.contract_end
    return NonCompeteReview(
        clause.months,
        clause.area,
        (
            ClauseCondition("legitimate_interest", "unknown"),
            ClauseCondition("time_and_place", "yes" if limited else "no"),
            ClauseCondition("job", "unknown"),
            ClauseCondition("compensation", "yes" if clause.compensated else "no"),
        ),
        None if end is None or clause.months is None else add_months(end, clause.months),
    )


@answer("contract.authorised", "cgfp_l123_8")
def is_authorised(case: Case) -> bool:
    """Tell whether a public servant holds the written authorisation of L123-8."""
    return holds(case, "employer_authorisation")


@finding("competing_activity")
def _competing_activity(case: Case) -> bool:
    """Loyalty forbids to compete as long as the contract runs (Code du travail, L1222-1)."""
    return employed_at_start(case) and case.profile.project.competes_with_employer


@finding("non_compete_running")
def _non_compete_running(case: Case) -> bool:
    """A clause that begins to run with the contract's end, and is not contestable, forbids a competing project."""
    after = non_compete(case)
    competes = not employed_at_start(case) and case.profile.project.competes_with_employer
    return competes and after is not None and after.holds(case.start)


@finding("employer_clients")
def _employer_clients(case: Case) -> bool:
    """Loyalty forbids to canvass the employer's clients as long as the contract runs (L1222-1)."""
    return employed_at_start(case) and case.profile.project.targets_employer_clients


@finding("employer_resources")
def _employer_resources(case: Case) -> bool:
    """Loyalty forbids to use the employer's time and means (L1222-1)."""
    return employed_at_start(case) and case.profile.project.uses_employer_resources


@finding("public_service_authorisation")
def _authorisation_missing(case: Case) -> bool:
    """A public servant in service may not carry on a business without authorisation (L123-1 and L123-8)."""
    public = case.profile.employment.sector == "public"
    return employed_at_start(case) and public and not is_authorised(case)


@finding("exclusivity_clause")
def _exclusivity_applies(case: Case) -> bool:
    """The clause of a sales representative is not suspended (L1222-5 and L7313-6)."""
    return exclusivity(case).enforceable is True


@finding("exclusivity_suspended")
def _exclusivity_resumes(case: Case) -> bool:
    """A suspended clause takes effect again where the contract outlasts the suspension (L1222-5)."""
    return exclusivity(case).resumes


@finding("exclusivity_unknown")
def _exclusivity_unknown(case: Case) -> bool:
    """Whoever does not know whether there is a clause must look."""
    unknown = exclusivity(case).clause == "unknown"
    return unknown and employed_at_start(case) and case.profile.employment.sector == "private"


@finding("non_compete")
def _non_compete_later(case: Case) -> bool:
    """A clause will forbid a competing project after the contract; one that forbids the start itself is a blocker."""
    after = non_compete(case)
    return (
        case.profile.project.competes_with_employer
        and after is not None
        and (after.ends is None or after.ends >= case.start)
        and (employed_at_start(case) or after.contestable)
    )


@finding("tense_relationship")
def _tense_relationship(case: Case) -> bool:
    """A tense relationship with an employer who still counts."""
    tense = case.profile.employment.relationship == "tense"
    return employed_at_start(case) and not has_left(case) and tense


@finding("fixed_term")
def _fixed_term(case: Case) -> bool:
    """A fixed-term contract is hard to leave before its term, which may open rights."""
    return employed_at_start(case) and case.profile.employment.contract == "fixed_term"


@criterion("contract.no_competition")
def _no_competition(case: Case) -> float:
    """The project does not compete with an employer to whom loyalty is due."""
    competes = case.profile.project.competes_with_employer and employed_at_start(case)
    return NO if competes else YES


@criterion("contract.no_employer_clients")
def _no_employer_clients(case: Case) -> float:
    """The project leaves the employer's clients alone."""
    return NO if case.profile.project.targets_employer_clients else YES


@criterion("contract.no_employer_resources")
def _no_employer_resources(case: Case) -> float:
    """The project leaves the employer's means alone."""
    return NO if case.profile.project.uses_employer_resources else YES


@criterion("contract.exclusivity")
def _free_of_exclusivity(case: Case) -> float:
    """No exclusivity clause stands in the way, or it is suspended, which counts for half."""
    found = exclusivity(case)
    if found.clause is False or not employed_at_start(case):
        return YES
    return NO if found.enforceable is True else PARTLY


@criterion("contract.non_compete")
def _free_of_non_compete(case: Case) -> float:
    """No non-compete clause, or one that does not aim at this project, which counts for half."""
    if case.profile.employment.clauses.non_compete is None:
        return YES
    return NO if case.profile.project.competes_with_employer else PARTLY


@criterion("contract.relationship")
def _relationship(case: Case) -> float | None:
    """The relationship with an employer who still counts."""
    if has_left(case):
        return None
    return {"trusting": YES, "neutral": PARTLY, "tense": NO}[case.profile.employment.relationship]


@criterion("contract.authorisation")
def _authorisation(case: Case) -> float | None:
    """A public servant in service holds the authorisation."""
    if case.profile.employment.sector == "private" or not employed_at_start(case):
        return None
    return YES if is_authorised(case) else NO


@step("read_contract")
def _read_contract(case: Case) -> Todo | None:
    """Read the contract of private law that still binds."""
    private = case.profile.employment.sector == "private"
    return Todo() if private and not has_left(case) else None


@step("read_status")
def _read_status(case: Case) -> Todo | None:
    """Read the statute of the public service that still binds."""
    public = case.profile.employment.sector == "public"
    return Todo() if public and not has_left(case) else None


@step("separate_means")
def _separate_means(case: Case) -> Todo | None:
    """Keep the project apart from the employer's means while the contract binds."""
    return None if has_left(case) else Todo()


@step("authorisation")
def _ask_authorisation(case: Case) -> Todo | None:
    """Ask for the authorisation of the public employer."""
    public = case.profile.employment.sector == "public"
    return Todo(done=is_authorised(case)) if public and employed_at_start(case) else None


@step("exclusivity_waiver")
def _exclusivity_waiver(case: Case) -> Todo | None:
    """Have a clause that applies waived in writing."""
    return Todo() if exclusivity(case).enforceable is True else None


@step("exclusivity_end")
def _exclusivity_end(case: Case) -> Todo | None:
    """Decide before a suspended clause takes effect again."""
    found = exclusivity(case)
    if not found.resumes or found.suspended_until is None:
        return None
    return Todo(
        due=add_months(found.suspended_until, -case.convention("exclusivity.warning_months"))
    )


def talks_begin(case: Case, end: date) -> date:
    """Give the last day to talk over the end of a contract that ends on a day."""
    return add_months(end, -case.convention("contract.talks_months"))


def _talk_over(case: Case, exit_: str) -> Todo | None:
    """Talk over the end of a contract that runs and is to end in a way."""
    end = case.contract_end
    if end is None or has_left(case) or case.profile.transition.exit != exit_:
        return None
    return Todo(due=talks_begin(case, end))


@step("termination")
def _termination(case: Case) -> Todo | None:
    """Negotiate the mutual termination."""
    return _talk_over(case, "mutual_termination")


@step("resignation")
def _resignation(case: Case) -> Todo | None:
    """Give notice in time for the resignation."""
    return _talk_over(case, "resignation")


@correction("same_sector")
def _same_sector(case: Case) -> bool:
    """Whoever competes with the employer must not believe that care makes it lawful."""
    return case.profile.project.competes_with_employer


@correction("exclusivity_forbids")
def _exclusivity_forbids(case: Case) -> bool:
    """The suspension of a year is news to whoever has a clause, or may have one."""
    employment = case.profile.employment
    return (
        employed_at_start(case)
        and employment.sector == "private"
        and not employment.sales_representative
        and employment.clauses.exclusivity is not False
    )


@correction("vrp_protected")
def _vrp_protected(case: Case) -> bool:
    """Sales representatives must not count on the suspension."""
    return case.profile.employment.sales_representative
