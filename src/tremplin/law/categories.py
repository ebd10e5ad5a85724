"""
How the law groups the categories of projects: by ceiling, by VAT threshold, and by what the income tax takes as expenses.

Since the law of 19 November 2024 guest rooms and classified tourist lets have the ceiling and the deduction of services,
unclassified lets their own (CGI, 50-0). For VAT all of them furnish lodging (CGI, 293 B).
"""

from collections.abc import Callable
from typing import Literal

from tremplin.model.profile import Category, CategoryMix, alone

CeilingKind = Literal["sale", "service", "tourist_let"]
TaxKind = Literal["sale", "service", "liberal", "tourist_let"]
VatKind = Literal["sale", "service"]

SALES = frozenset({"sale", "lodging", "craft_sale"})
"""Categories of article 50-0, 1, 1° of the Code général des impôts."""

TOURIST_LETS = frozenset({"tourist_let_classified", "tourist_let"})
"""Furnished lets by the day, the week or the month to people who do not live there."""

LETTINGS = frozenset({"guest_rooms"}) | TOURIST_LETS
"""Lodging that is no business for social security while it brings in little."""

LIBERAL = frozenset({"liberal", "liberal_cipav"})
"""Categories of article 102 ter: non-commercial profits (BNC)."""


def ceiling_kind(category: Category) -> CeilingKind:
    """Tell under which micro ceiling a category falls."""
    if category == "tourist_let":
        return "tourist_let"
    return "sale" if category in SALES else "service"


def vat_kind(category: Category) -> VatKind:
    """Tell under which VAT threshold a category falls."""
    return "sale" if category in SALES | LETTINGS else "service"


def tax_kind(category: Category) -> TaxKind:
    """Tell which flat deduction for expenses, and which flat income tax, a category has."""
    return "liberal" if category in LIBERAL else ceiling_kind(category)


def mix_of(activities: Category | CategoryMix) -> CategoryMix:
    """Take one category for a mix of it alone."""
    return alone(activities) if isinstance(activities, str) else activities


def weighted(activities: Category | CategoryMix, of: Callable[[Category], float]) -> float:
    """Give the mean of a number of each category by its share of the turnover."""
    mix = mix_of(activities)
    return (
        of(mix[0].category)
        if len(mix) == 1
        else sum(part.share * of(part.category) for part in mix)
    )


def sales_and_services(
    activities: Category | CategoryMix,
    kind: Callable[[Category], str],
    limit: Callable[[str], float],
) -> float:
    """
    Give the turnover at which activities of several kinds pass a limit that is higher for sales.

    All together may reach the limit of sales, what is not sold goods the limit of services (CGI, 50-0, 1 and 293 B, I).
    """
    mix = mix_of(activities)
    kinds = {kind(part.category) for part in mix}
    if len(kinds) == 1:
        return limit(kinds.pop())
    services = sum(part.share for part in mix if kind(part.category) != "sale")
    return min(limit("sale"), limit("service") / services)
