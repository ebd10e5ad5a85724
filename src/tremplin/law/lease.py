"""
Renting premises: the commercial lease, and the most that a landlord may keep as a deposit.

Code de commerce, L145-4 (nine years, a way out every three) and L145-40, as loi 2026-403 has it since May 2026.
"""

from contextlib import suppress

from tremplin.case import Case
from tremplin.case.declared import Todo, finding, step
from tremplin.law.trades import where_reckoned
from tremplin.model.register import DataError


def rents(case: Case) -> bool:
    """Tell whether premises are rented."""
    return case.profile.project.premises is not None


@finding("lease_deposit")
@where_reckoned
def _lease_deposit(case: Case) -> bool:
    """The deposit is more than the months of rent that the law allows, for a lease that is still to be signed."""
    premises = case.profile.project.premises
    if premises is None or case.category.startswith("liberal") or case.start < case.as_of:
        return False
    with suppress(DataError):  # there was no cap before
        return premises.deposit > case.value("lease.deposit_months") * premises.rent
    return False


@step("lease")
def _lease(case: Case) -> Todo | None:
    """Negotiate the lease."""
    return Todo() if rents(case) else None


@step("lease_inventory")
def _lease_inventory(case: Case) -> Todo | None:
    """Write down in what state the premises are (Code de commerce, L145-40-1)."""
    return Todo() if rents(case) else None
