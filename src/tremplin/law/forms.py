"""
The legal forms of a business founded alone or with others: what the law and the statistics call them.

Their French names are in `notebook.words`; what they leave in money is `money.forms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tremplin.case import Case, answer
from tremplin.law.categories import LIBERAL
from tremplin.model.profile import Category

RealForm = Literal["ei", "eurl", "sasu"]
Form = Literal["micro"] | RealForm
CohortId = Literal["company", "sole_trader", "classic", "micro_started", "micro_registered"]


@dataclass(frozen=True, slots=True)
class LegalForm:
    """One legal form, and under which ids the register knows of it."""

    id: Form
    company: bool
    """Whether it has statutes and a capital, and its manager is paid and taxed like an employee."""
    accounting: str
    """The convention on what an accountant costs."""
    cohort: CohortId
    """Among whom Insee counts it."""

    def registration(self, category: Category) -> str:
        """Give the rule on what registering costs in a category of projects, all taxes included."""
        if self.company:
            return f"registration.total.{self.id}"
        if self.id == "micro":
            return "registration.cost.micro"
        craft = "craft" if category.startswith("craft") else "trade"
        return f"registration.cost.sole_trader_{'liberal' if category in LIBERAL else craft}"


MICRO = LegalForm(
    "micro",
    company=False,
    accounting="accounting.micro",
    cohort="micro_registered",
)
EI = LegalForm(
    "ei",
    company=False,
    accounting="accounting.ei",
    cohort="sole_trader",
)
EURL = LegalForm(
    "eurl",
    company=True,
    accounting="accounting.company",
    cohort="company",
)
SASU = LegalForm(
    "sasu",
    company=True,
    accounting="accounting.company",
    cohort="company",
)

LEGAL_FORMS: Mapping[Form, LegalForm] = {form.id: form for form in (MICRO, EI, EURL, SASU)}
"""All forms, from the simplest to the heaviest."""

FORMS: tuple[Form, ...] = tuple(LEGAL_FORMS)
COMPANIES: frozenset[Form] = frozenset(form.id for form in LEGAL_FORMS.values() if form.company)


def legal_form(form: Form) -> LegalForm:
    """Give a form by its id."""
    return LEGAL_FORMS[form]


@answer("forms.shared")
def is_shared(case: Case) -> bool:
    """Tell whether there are partners or investors, who need a company to hold shares of."""
    return case.profile.project.partners > 0 or case.profile.project.seeks_investors


@answer("forms.registration_cost", "arrete_2025_11_19")
def registration_cost(case: Case, form: Form) -> float:
    """Give the cost of registering a form, €, all taxes included."""
    return case.value(legal_form(form).registration(case.category))
