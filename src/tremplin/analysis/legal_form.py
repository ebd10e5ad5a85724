"""
The legal form that the formalities assume until the forms are compared in money.
"""

from typing import Literal

from tremplin.model.profile import Profile
from tremplin.model.register import Register

Form = Literal["micro", "ei", "eurl", "sasu"]
Reason = Literal["simplest", "above_ceiling", "shared"]

SALES = frozenset({"sale", "lodging", "craft_sale"})
"""Categories under the higher ceiling of article 50-0, 1, 1° of the Code général des impôts."""

COMPANIES: frozenset[Form] = frozenset({"eurl", "sasu"})
"""Forms with statutes and a capital."""

SECOND_YEAR = (13, 24)


def kind(profile: Profile) -> Literal["sale", "service"]:
    """Tell which ceiling the category falls under."""
    return "sale" if profile.project.category in SALES else "service"


def presumed_form(profile: Profile, register: Register) -> tuple[Form, Reason]:
    """
    Presume a form from what only a company or only a real regime can do.

    Partners or investors need shares; a second year above the micro ceiling (CGI, 50-0 and 102 ter) needs
    the real regime; anything else may start as a micro-enterprise.
    """
    project = profile.project
    if project.partners > 0 or project.seeks_investors:
        return "sasu", "shared"
    ceiling = register.value(f"micro.ceiling.{kind(profile)}", at=project.start)
    if project.turnover.total(*SECOND_YEAR) > ceiling:
        return "ei", "above_ceiling"
    return "micro", "simplest"
