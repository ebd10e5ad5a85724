"""
The clauses of the contract: exclusivity during it, non-compete after it.

An exclusivity clause is not enforceable for a year against one who creates a business. The clause by which sales
representatives undertake to represent no other firms or products is excepted, and that clause alone (Code du travail,
L1222-5 and L7313-6). A non-compete clause acts after the contract (Cass. soc. 10 July 2002).
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
    Change,
    Todo,
    change,
    correction,
    criterion,
    finding,
    step,
)
from tremplin.case.months import YEAR
from tremplin.law.contract import employed_at_start, start_after, works_beside
from tremplin.model.profile import Known

Tristate = Literal["yes", "no", "unknown"]
PAID: dict[Known, Tristate] = {True: "yes", False: "no", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Exclusivity:
    """Whether an exclusivity clause can be held against the creator, and until when it cannot."""

    clause: bool | Literal["unknown"]
    enforceable: bool | None
    """None where it cannot be told: a sales representative of whom clause or project are not known, or a public servant."""
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


@answer("contract.exclusivity", "ct_l1222_5", "ct_l7313_6", "ct_d1222_1")
def exclusivity(case: Case) -> Exclusivity:
    """
    Apply L1222-5 of the Code du travail to the profile's clause.

    The suspension counts from the registration or the declared start (D1222-1), here the project's start. For sales
    representatives it leaves out what L7313-6 is about: representing other firms or products.
    """
    employment, start = case.profile.employment, case.start
    clause, represents = employment.clauses.exclusivity, case.profile.project.represents_others
    if clause is False or not employed_at_start(case):
        return Exclusivity(clause, enforceable=False)
    if employment.sector == "public":
        return Exclusivity(clause, enforceable=None)
    if employment.sales_representative and represents is not False:
        known = clause is True and represents is True
        return Exclusivity(clause, enforceable=True if known else None)
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
    if not clause or clause == "unknown":
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
            ClauseCondition("compensation", PAID[clause.compensated]),
        ),
        None if end is None or clause.months is None else add_months(end, clause.months),
    )


@finding("non_compete_running")
def _non_compete_running(case: Case) -> bool:
    """A clause that runs from the contract's end, and is not contestable, forbids a competing project that begins then or later."""
    after = non_compete(case)
    competes = case.profile.project.competes_with_employer is True
    return competes and not works_beside(case) and after is not None and after.holds(case.start)


@finding("exclusivity_clause")
def _exclusivity_applies(case: Case) -> bool:
    """The clause by which a sales representative represents nobody else is not suspended (L1222-5 and L7313-6)."""
    return exclusivity(case).enforceable is True


@finding("vrp_clause")
def _vrp_clause(case: Case) -> bool:
    """A sales representative has the clause read, and without one asks before representing others (L7313-6)."""
    employment, represents = case.profile.employment, case.profile.project.represents_others
    bound = employment.clauses.exclusivity is not False or represents is True
    return (
        employed_at_start(case)
        and employment.sector == "private"
        and employment.sales_representative
        and bound
        and exclusivity(case).enforceable is not True
    )


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
        case.profile.project.competes_with_employer is True
        and after is not None
        and (after.ends is None or after.ends >= case.start)
        and (works_beside(case) or after.contestable)
    )


@finding("non_compete_unknown")
def _non_compete_unknown(case: Case) -> bool:
    """A clause that nobody has looked for may forbid a project that competes, or may compete."""
    employment = case.profile.employment
    unread = employment.sector == "private" and employment.clauses.non_compete == "unknown"
    return unread and case.profile.project.competes_with_employer is not False


@change("exclusivity_waiver")
def _obtain_waiver(case: Case) -> tuple[Change, ...]:
    """Have an exclusivity clause waived in writing."""
    there = case.profile.employment.clauses.exclusivity is True
    return (Change({"employment.clauses.exclusivity": False}),) if there else ()


@change("no_exclusivity")
def _no_exclusivity(case: Case) -> tuple[Change, ...]:
    """Read the contract, and find no exclusivity clause in it."""
    unknown = case.profile.employment.clauses.exclusivity == "unknown"
    return (Change({"employment.clauses.exclusivity": False}),) if unknown else ()


@change("no_non_compete")
def _no_non_compete(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - tried only where it is not known
    """Read the contract, and find no non-compete clause in it."""
    return (Change({"employment.clauses.non_compete": None}),)


@change("non_compete_waiver")
def _non_compete_waiver(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - tried only where there is a clause
    """Have the employer renounce a non-compete clause in writing."""
    return (Change({"employment.clauses.non_compete": None}),)


@change("start_after_clause")
def _start_after_clause(case: Case) -> tuple[Change, ...]:
    """Start the day after a non-compete clause ends."""
    clause = non_compete(case)
    return () if clause is None or clause.ends is None else (start_after(case, clause.ends),)


@criterion("contract.exclusivity")
def _free_of_exclusivity(case: Case) -> float:
    """No exclusivity clause stands in the way, or it is suspended, which counts for half."""
    found = exclusivity(case)
    if found.clause is False or not employed_at_start(case):
        return YES
    return NO if found.enforceable is True else PARTLY


@criterion("contract.non_compete")
def _free_of_non_compete(case: Case) -> float:
    """No non-compete clause, or one that is not known to aim at this project, which counts for half."""
    if not case.profile.employment.clauses.non_compete:
        return YES
    competes = case.profile.project.competes_with_employer is True
    return NO if competes and non_compete(case) else PARTLY


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
    """Sales representatives must not count on the suspension to represent others."""
    return case.profile.employment.sales_representative
