"""
How the law groups the categories of projects: by ceiling, and by what the income tax takes as expenses.
"""

from typing import Literal

from tremplin.model.profile import Category

CeilingKind = Literal["sale", "service"]
TaxKind = Literal["sale", "service", "liberal"]

SALES = frozenset({"sale", "lodging", "craft_sale"})
"""Categories of article 50-0, 1, 1° of the Code général des impôts."""

LIBERAL = frozenset({"liberal", "liberal_cipav"})
"""Categories of article 102 ter: non-commercial profits (BNC)."""


def ceiling_kind(category: Category) -> CeilingKind:
    """Tell under which micro ceiling and VAT threshold a category falls."""
    return "sale" if category in SALES else "service"


def tax_kind(category: Category) -> TaxKind:
    """Tell which flat deduction for expenses, and which flat income tax, a category has."""
    if category in SALES:
        return "sale"
    return "liberal" if category in LIBERAL else "service"
