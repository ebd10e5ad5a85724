"""
What is prepared of the project: the market, the plan, clients, insurance, papers.
"""

from tremplin.case import Case
from tremplin.case.declared import NO, PARTLY, YES, Todo, criterion, step
from tremplin.law.registration import holds, papers_held
from tremplin.law.trades import counts_clients

STAGE = {"done": YES, "draft": PARTLY, "none": NO}


@criterion("project.market_study")
def _market_study(case: Case) -> float:
    """The market has been studied; a draft counts for half."""
    return STAGE[case.profile.project.preparation.market_study]


@criterion("project.business_plan")
def _business_plan(case: Case) -> float:
    """The plan is written; a draft counts for half."""
    return STAGE[case.profile.project.preparation.business_plan]


@criterion("project.clients")
def _clients(case: Case) -> float | None:
    """Somebody has bought or promised to buy, where that can be before the doors open."""
    if not counts_clients(case):
        return None
    return YES if case.profile.project.preparation.clients else NO


@criterion("project.recurring")
def _recurring(case: Case) -> float:
    """A part of the turnover comes back by itself; less than the convention counts for half."""
    share = case.profile.project.preparation.recurring_share
    if share >= case.convention("preparation.recurring_share"):
        return YES
    return PARTLY if share > 0 else NO


@criterion("project.insurance")
def _insurance(case: Case) -> float:
    """The insurance is ready."""
    return YES if holds(case, "insurance_certificate") else NO


@criterion("project.documents")
def _documents(case: Case) -> float:
    """The papers are ready; some of them count for half."""
    held = len(papers_held(case))
    if held >= case.convention("preparation.documents"):
        return YES
    return PARTLY if held else NO


@step("market_study")
def _study(case: Case) -> Todo:
    """Study the market."""
    return Todo(done=case.profile.project.preparation.market_study == "done")


@step("business_plan")
def _plan(case: Case) -> Todo:
    """Write the plan."""
    return Todo(done=case.profile.project.preparation.business_plan == "done")


@step("insurance")
def _insure(case: Case) -> Todo:
    """Take out the insurance."""
    return Todo(done=holds(case, "insurance_certificate"))


@step("premises")
def _premises(case: Case) -> Todo:
    """Have an address for the business."""
    return Todo(done=holds(case, "address"))


@step("bank_account")
def _bank_account(case: Case) -> Todo:
    """Open the account of the business."""
    return Todo(done=holds(case, "bank_details"))


@step("invoicing")
def _invoicing(case: Case) -> Todo:  # noqa: ARG001 - it concerns everybody
    """Set up the invoices."""
    return Todo()
