"""
Buying a business: the duties on its price, and what is to be done before and after the deed.

CGI, 719 (duties) and 1684 (the buyer answers for the seller's tax for a while); Code de commerce, L141-12 and following
(publication, and the creditors who may oppose the payment).
"""

from datetime import date

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, finding, step
from tremplin.case.months import YEAR


@answer("takeover.price")
def takeover_price(case: Case) -> float:
    """Give the price of the business bought, €; nothing where one is created."""
    bought = case.profile.project.takeover
    return bought.price if bought else 0.0


@answer("takeover.duties", "cgi_719", "cgi_1595_bis")
def takeover_duties(case: Case) -> float:
    """Give the duties on the price, €: two brackets above an amount that is free, all takers together (CGI, 719)."""
    price = takeover_price(case)
    if not price:
        return 0.0
    free, middle = case.value("takeover.duty_free"), case.value("takeover.duty_middle")
    low, high = (
        case.value("takeover.duty_rate_middle"),
        case.value("takeover.duty_rate_high"),
    )
    return low * max(0.0, min(price, middle) - free) + high * max(0.0, price - middle)


def takes_over(case: Case) -> bool:
    """Tell whether a business is bought."""
    return case.profile.project.takeover is not None


@finding("takeover_price_held")
def _price_held(case: Case) -> bool:
    """The price stays in escrow until creditors and tax office have had their time."""
    return takes_over(case)


@finding("takeover_own_employer")
def _own_employer(case: Case) -> bool:
    """Whoever buys the business of one's employer may be spared the duties, after some years of a permanent contract."""
    if not takes_over(case):
        return False
    job, least = (
        case.profile.employment,
        int(case.value("takeover.employee_allowance_seniority")),
    )
    permanent = job.sector == "private" and job.contract == "permanent"
    return permanent and add_months(job.since, YEAR * least) <= case.start


def _todo(case: Case, due: date | None = None) -> Todo | None:
    return Todo(due=due) if takes_over(case) else None


@step("takeover_accounts")
def _accounts(case: Case) -> Todo | None:
    """Have the seller's accounts read."""
    return _todo(case)


@step("takeover_town_hall")
def _town_hall(case: Case) -> Todo | None:
    """Ask whether the commune may buy in one's place (Code de l'urbanisme, L214-1)."""
    return _todo(case)


@step("takeover_employees_told")
def _employees_told(case: Case) -> Todo | None:
    """Check that the seller has told the employees (Code de commerce, L141-23)."""
    return _todo(case)


@step("takeover_deed")
def _deed(case: Case) -> Todo | None:
    """Sign the deed, and leave the price with somebody who holds it."""
    return _todo(case)


@step("takeover_duties")
def _duties(case: Case) -> Todo | None:
    """Register the deed and pay the duties, by the first day of business at the latest."""
    return _todo(case, case.start)


@step("takeover_publication")
def _publication(case: Case) -> Todo | None:
    """Publish the sale (Code de commerce, L141-12)."""
    return _todo(case, case.start)


@step("takeover_staff")
def _staff(case: Case) -> Todo | None:
    """Take the employees over with their contracts (Code du travail, L1224-1)."""
    return _todo(case)


@step("takeover_release")
def _release(case: Case) -> Todo | None:
    """Let the price go to the seller once nobody can ask for it any more (CGI, 201 and 1684)."""
    if not takes_over(case):
        return None
    days = case.value("takeover.result_return_days") + case.value("takeover.tax_liability_days")
    return _todo(case, add_days(case.start, int(days)))
