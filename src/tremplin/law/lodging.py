"""
Guest rooms and furnished tourist lets: from when on they are a business, and what is to be declared.

Code de la sécurité sociale, L611-1, 5° and D611-1 (guest rooms: taxable income above 13 % of the ceiling of social
security) and 6° (lets: takings above the threshold of CGI, 155, IV, 2). Below, the owner manages private property: no
contributions are due, and the profit bears the social levies on income from property (L136-6 and L136-8). Code du
tourisme, L324-4 and L324-1-1 (declaration at the town hall).
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case import Case, answer
from tremplin.case.arrays import Array, amounts
from tremplin.case.declared import Todo, finding, step
from tremplin.case.months import curve, stretches, whole_year
from tremplin.law.categories import LETTINGS, TOURIST_LETS
from tremplin.law.micro import micro_taxable
from tremplin.law.net import Net
from tremplin.law.trades import trade
from tremplin.model.profile import Category
from tremplin.model.register import Lookup


@dataclass(frozen=True, slots=True)
class LettingYear:
    """One calendar year of guest rooms or a let in the micro regime, against what makes it a business."""

    year: int
    turnover: float
    """Of a whole year where the activity goes on after the twenty-four months."""
    taxable: float
    private: bool
    """Whether no contributions are due."""


def private_income(law: Lookup, at: date) -> float:
    """Give the taxable income of guest rooms up to which they are no business, € a year."""
    return law.value("guest_rooms.affiliation_share", at) * law.value("pass", at)


def is_private(
    law: Lookup, category: Category, turnover: ArrayLike, income: ArrayLike, at: date
) -> Array:
    """Tell whether years of some turnover and taxable income are the management of private property, 1 or 0."""
    takings, taxable = amounts(turnover), amounts(income)
    private = np.zeros(np.broadcast_shapes(takings.shape, taxable.shape), dtype=bool)
    if category == "guest_rooms":
        private |= taxable <= private_income(law, at)
    elif category in TOURIST_LETS:
        private |= takings <= law.value("tourist_let.affiliation_turnover", at)
    return amounts(private)


def social_levies(law: Lookup, income: ArrayLike, at: date) -> Array:
    """Give the social levies on the profit of a letting that is no business, €."""
    return law.value("letting.social_levies", at) * amounts(income)


def as_property(net: Net, private: Array, income: ArrayLike) -> Net:
    """Give what a letting leaves at the real regime: where it is no business, nothing is due nor deducted from what is taxed."""
    due = net.contributions * (1 - private)
    return replace(
        net,
        contributions=due,
        before_tax=net.before_tax + net.contributions - due,
        taxable=np.where(private > 0, np.maximum(amounts(income), 0.0), net.taxable),
    )


@answer("lodging.years", "css_l611_1", "css_d611_1")
def letting_years(case: Case) -> tuple[LettingYear, ...]:
    """Hold each calendar year of a letting in the micro regime against what makes it a business; none for other projects."""
    if case.category not in LETTINGS:
        return ()
    found = []
    for stretch in stretches(case.start):
        turnover = float(whole_year(case, stretch, curve(case).turnover))
        taxable = micro_taxable(case, case.category, turnover, stretch.begins)
        private = is_private(case, case.category, turnover, taxable, stretch.begins)
        found.append(LettingYear(stretch.year, turnover, float(taxable), bool(private)))
    return tuple(found)


@finding("guest_rooms_rate")
def _guest_rooms_rate(case: Case) -> bool:
    """Urssaf and the tax offices have disagreed on what guest rooms pay since the law changed."""
    return case.category == "guest_rooms"


@finding("tourist_let_business")
def _tourist_let_business(case: Case) -> bool:
    """An unclassified let that becomes a business has no rate in the micro regime."""
    return case.category == "tourist_let" and not all(one.private for one in letting_years(case))


@step("town_hall")
def _town_hall(case: Case) -> Todo | None:
    """Declare guest rooms or a let at the town hall, where the trade does not say it."""
    return Todo() if case.category in LETTINGS and not _told_by_trade(case, "Déclarer le") else None


@step("tourist_tax")
def _tourist_tax(case: Case) -> Todo | None:
    """Ask how the tourist tax is collected and paid over, where the trade does not say it."""
    lodges = case.category in LETTINGS | {"lodging"}
    return Todo() if lodges and not _told_by_trade(case, "taxe de séjour") else None


def _told_by_trade(case: Case, words: str) -> bool:
    """Tell whether a duty that the catalogue has for the trade says it already."""
    known = trade(case)
    return known is not None and any(words in duty.words for duty in known.before_opening)
