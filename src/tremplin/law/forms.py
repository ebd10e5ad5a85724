"""
The legal forms of a business founded alone or with others: what the law and the statistics call them.

Their French names are in `notebook.words`; what they leave in money is `money.forms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeGuard

from tremplin.case import Case, answer
from tremplin.case.declared import finding
from tremplin.law.categories import LIBERAL
from tremplin.law.trades import trade
from tremplin.model.profile import Category

CompanyForm = Literal["eurl", "sasu"]
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


def is_company(form: Form) -> TypeGuard[CompanyForm]:
    """Tell whether a form has statutes and a capital."""
    return form in COMPANIES


@answer("forms.shared")
def is_shared(case: Case) -> bool:
    """Tell whether there are partners or investors, who need a company to hold shares of."""
    return case.profile.project.shared


@answer("forms.closed")
def closed_forms(case: Case) -> frozenset[Form]:
    """Give the forms that are closed to the trade: none where that closes all that are left."""
    found = trade(case)
    closed = frozenset[Form](found.closed if found else ())
    left = COMPANIES if is_shared(case) else frozenset(FORMS)
    return closed if left - closed else frozenset()


@finding("forms_closed")
def _forms_closed(case: Case) -> bool:
    """Partners need a company, and some trades are closed to companies."""
    found = trade(case)
    return found is not None and is_shared(case) and set(found.closed) >= COMPANIES


@answer("forms.share")
def share(case: Case, form: Form) -> float:
    """Give the person's share of what a form leaves: only a company can be shared."""
    return case.profile.project.own_share if form in COMPANIES else 1.0


@answer("forms.majority_manager", "css_l311_3")
def is_majority_manager(case: Case) -> bool | None:
    """
    Tell whether the managers of a SARL hold more than half of its shares; None where the profile does not tell.

    The shares of all who manage count together, and with a manager's own those of husband, wife or partner and of minor
    children. Whoever is a majority manager contributes as the self-employed do, other managers as employees.
    """
    project, half = case.profile.project, case.value("sarl.majority_share")
    if not is_shared(case):
        return True
    if project.manages in {"no", "unknown"}:
        return False if project.manages == "no" else None
    if project.own_share > half:
        return True
    if project.manages == "joint":
        # Of one partner it is known that this is the other manager.
        return True if project.partners == 1 and not project.seeks_investors else None
    family = project.family_share
    return None if family is None or project.own_share + family > half else False


@answer("forms.contributes_as")
def contributes_as(case: Case, form: RealForm) -> RealForm:
    """Name the form whose contributions the person pays: a SARL's manager without a known majority those of an employee."""
    return "sasu" if form == "eurl" and not is_majority_manager(case) else form


@answer("forms.registration_cost", "arrete_2025_11_19")
def registration_cost(case: Case, form: Form) -> float:
    """
    Give the cost of registering a form, €, all taxes included.

    The legal notice of several founders costs more than that of one; its price of this year is to be verified.
    """
    found = legal_form(form)
    if found.company and is_shared(case):
        return case.convention(f"registration.shared.{found.id}")
    return case.value(found.registration(case.category))
