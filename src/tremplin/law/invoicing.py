"""
Electronic invoices: receiving them, then issuing them, through a platform that the State has approved.

CGI, 289 bis and 290; whoever is exempted from VAT by the franchise is concerned too.
"""

from datetime import date

from tremplin.case import Case, answer
from tremplin.case.declared import Todo, step


@answer("invoicing.receive_from", "loi_2023_1322_91", "legifiscal_4280")
def receive_from(case: Case) -> date:
    """Give the first day on which the business must be able to receive electronic invoices."""
    return max(case.start, case.begins("invoicing.receive"))


@answer("invoicing.issue_from", "loi_2023_1322_91", "legifiscal_4280")
def issue_from(case: Case) -> date:
    """Give the first day on which the business must issue electronic invoices and report its other sales."""
    return max(case.start, case.begins("invoicing.issue"))


@step("invoicing_platform")
def _invoicing_platform(case: Case) -> Todo:
    """Choose a platform, without which no electronic invoice is received."""
    return Todo(due=receive_from(case))


@step("e_invoicing")
def _e_invoicing(case: Case) -> Todo:
    """Issue invoices through the platform, which reports the other sales."""
    return Todo(due=issue_from(case))
