"""
Joining a franchise: the papers that come before any signature (Code de commerce, L330-3 and R330-1).
"""

from tremplin.case import Case
from tremplin.case.declared import Todo, finding, step


def joins_franchise(case: Case) -> bool:
    """Tell whether the business is a franchise."""
    return case.profile.project.franchise is not None


@finding("franchise_delay")
def _franchise_delay(case: Case) -> bool:
    """Nothing may be signed or paid for some days after the papers came."""
    return joins_franchise(case)


@step("franchise_document")
def _franchise_document(case: Case) -> Todo | None:
    """Get the franchisor's papers."""
    return Todo() if joins_franchise(case) else None


@step("franchise_network")
def _franchise_network(case: Case) -> Todo | None:
    """Ask those who joined before."""
    return Todo() if joins_franchise(case) else None
