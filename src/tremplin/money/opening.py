"""
What is to be paid before the first client comes: equipment with its VAT, stock, deposit, a business bought, a franchise.

CGI, 271 (the VAT of what is bought is given back to whoever charges VAT) and 293 F (who may choose to charge it).
"""

from dataclasses import dataclass, fields

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.declared import Todo, finding, step
from tremplin.case.months import MONTHS, YEAR, month_begins
from tremplin.law.takeover import takeover_duties, takeover_price
from tremplin.law.trades import where_reckoned
from tremplin.law.vat import charges_vat_at_start, is_exempt
from tremplin.money.debts import HORIZON


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening costs, €."""

    investment: float
    takeover: float
    """The price of a business bought."""
    duties: float
    """The duties on that price."""
    franchise: float
    """The franchisor's entry fee."""
    equipment: float
    """Excluding VAT."""
    vat: float
    """The VAT of the equipment."""
    stock: float
    deposit: float
    """Given back when the premises are left."""

    @property
    def total(self) -> float:
        """All of it."""
        return float(sum(getattr(self, each.name) for each in fields(self)))


@answer("opening.costs", "cgi_278")
def opening(case: Case) -> Opening:
    """Add up what is to be paid before the first client comes."""
    project = case.profile.project
    equipment = sum(one.amount for one in project.equipment)
    return Opening(
        investment=project.investment,
        takeover=takeover_price(case),
        duties=takeover_duties(case),
        franchise=project.franchise.entry_fee if project.franchise else 0.0,
        equipment=equipment,
        vat=equipment * case.value("vat.rate") if equipment else 0.0,
        stock=project.stock,
        deposit=project.premises.deposit if project.premises else 0.0,
    )


@answer("opening.vat_refund", "cgi_271")
def vat_refund(case: Case) -> Array:
    """Give what the State gives back of the equipment's VAT by month, €: to whoever charges VAT from the first day."""
    found = np.zeros(MONTHS)
    if opening(case).vat and charges_vat_at_start(case):
        found[int(case.convention("vat.refund_months")) - 1] = opening(case).vat
    return found


@dataclass(frozen=True, slots=True)
class Worn:
    """A thing that wears out in equal parts over its years."""

    name: str
    price: float
    """€, with the VAT that is not given back."""
    years: int

    @property
    def wear(self) -> Array:
        """What it loses in each month of three years, €."""
        months = self.years * YEAR
        return np.where(np.arange(HORIZON) < months, self.price / months, 0.0)


@answer("opening.equipment", "cgi_39")
def worn(case: Case) -> tuple[Worn, ...]:
    """List the equipment as it wears out; VAT that is not given back is part of its price."""
    bought = case.profile.project.equipment
    vat = case.value("vat.rate") if bought and not charges_vat_at_start(case) else 0.0
    return tuple(Worn(one.name, one.amount * (1 + vat), one.years) for one in bought)


@step("vat_refund")
@where_reckoned
def _ask_for_the_refund(case: Case) -> Todo | None:
    """Ask for what the State gives back of the equipment's VAT."""
    months = np.flatnonzero(vat_refund(case))
    return Todo(due=month_begins(case.start, int(months[0]))) if months.size else None


@finding("equipment_vat")
@where_reckoned
def _equipment_vat(case: Case) -> bool:
    """The VAT of the equipment is lost to whoever does not choose to charge VAT, though the choice is open."""
    lost = opening(case).vat
    if not lost or is_exempt(case) or charges_vat_at_start(case):
        return False
    return lost >= case.convention("vat.worth_choosing")
