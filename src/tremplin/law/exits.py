"""
How a contract may end: what the law closes, and what is to be agreed or written in time.

A contract with a term ends before it only by agreement, for serious fault, force majeure or unfitness, or when the
employee is hired for good; else the employee owes damages (Code du travail, L1243-1 to L1243-3; L1251-28 for agency
work). An apprentice may leave after mediation and notice (L6222-18). The mutual termination is for permanent contracts
(L1231-1, L1237-11), resigning to retrain for those of private law (L5422-1, II).
"""

from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_months
from tremplin.case.declared import Todo, finding, step
from tremplin.law.contract import employed_at_start, has_left

Closed = Literal["breach", "agreement", "retraining"]
"""Why a way to leave is not to be had: it would break a contract with a term, only an agreement ends that, or it is for
others."""


@answer("contract.closed_exit", "ct_l1243_1", "ct_l1237_11", "ct_l5422_1")
def closed_exit(case: Case) -> Closed | None:
    """
    Tell why the law closes the planned way to leave, if it does.

    Contract staff of public bodies may resign from a contract with a term: their own rules say with what notice.
    """
    employment, exit_ = case.profile.employment, case.profile.transition.exit
    private = employment.sector == "private"
    if exit_ == "mutual_termination" and employment.has_term:
        return "agreement"
    if private and exit_ in {"resignation", "reconversion"} and employment.is_bound_to_term:
        return "breach"
    if exit_ == "reconversion" and (not private or employment.has_term):
        return "retraining"
    return None


@finding("exit_breach")
def _exit_breach(case: Case) -> bool:
    """The start supposes that a contract with a term has been broken, which the law does not allow (L1243-1)."""
    return closed_exit(case) == "breach" and not employed_at_start(case) and not has_left(case)


@finding("exit_closed")
def _exit_closed(case: Case) -> bool:
    """The law closes the planned way to leave; a start that depends on breaking a term is a blocker."""
    closed = closed_exit(case) is not None and not has_left(case)
    return closed and not _exit_breach(case)


@finding("fixed_term")
def _fixed_term(case: Case) -> bool:
    """A contract with a term is hard to leave before it, and its end may open rights."""
    return employed_at_start(case) and case.profile.employment.has_term


@finding("resignation_no_benefit")
def _resignation_no_benefit(case: Case) -> bool:
    """An ordinary resignation opens no benefit (L5422-1, I); told before the contract ends, where one may resign."""
    resigns = case.profile.transition.exit == "resignation" and closed_exit(case) is None
    return resigns and not has_left(case)


def talks_begin(case: Case, end: date) -> date:
    """Give the last day to talk over the end of a contract that ends on a day."""
    return add_months(end, -case.convention("contract.talks_months"))


def _talk_over(case: Case, exit_: str) -> Todo | None:
    """Talk over the end of a contract that runs and is to end in a way that is open."""
    end = case.contract_end
    if end is None or has_left(case) or case.profile.transition.exit != exit_:
        return None
    return Todo(due=talks_begin(case, end)) if closed_exit(case) is None else None


@step("termination")
def _termination(case: Case) -> Todo | None:
    """Negotiate the mutual termination."""
    return _talk_over(case, "mutual_termination")


@step("resignation")
def _resignation(case: Case) -> Todo | None:
    """Give notice in time for the resignation."""
    return _talk_over(case, "resignation")


@step("early_end")
def _early_end(case: Case) -> Todo | None:
    """Agree in writing on the end of a contract before its term (L1243-1)."""
    end = case.contract_end
    if closed_exit(case) not in {"breach", "agreement"} or end is None or has_left(case):
        return None
    return Todo(due=talks_begin(case, end))
