"""The business that the person wants to start: what it is, brings in and costs, and what is ready."""

from collections.abc import Mapping
from math import fsum
from typing import Annotated, Literal

from pydantic import Field

from tremplin.model.profile.fields import (
    Day,
    Distinct,
    Hours,
    Line,
    Money,
    Section,
    Share,
    choices,
)

Category = Literal[
    "sale",
    "lodging",
    "commercial_service",
    "craft_service",
    "craft_sale",
    "liberal",
    "liberal_cipav",
]
CATEGORY: Mapping[str, str] = {
    "sale": "vente de marchandises",
    "lodging": "hébergement",
    "commercial_service": "service commercial",
    "craft_service": "service artisanal",
    "craft_sale": "fabrication et vente artisanales",
    "liberal": "activité libérale",
    "liberal_cipav": "activité libérale relevant de la Cipav",
}
Document = Literal[
    "identity",
    "address",
    "criminal_record_statement",
    "qualification",
    "financial_forecast",
    "financing_plan",
    "statutes",
    "capital_deposit",
    "legal_notice",
    "beneficial_owners",
    "registration",
    "bank_details",
    "insurance_certificate",
    "employer_authorisation",
]
DOCUMENT: Mapping[str, str] = {
    "identity": "pièce d’identité",
    "address": "justificatif de l’adresse de l’entreprise",
    "criminal_record_statement": "déclaration de non-condamnation et de filiation",
    "qualification": "preuve de qualification",
    "financial_forecast": "prévisions financières",
    "financing_plan": "plan de financement",
    "statutes": "statuts signés",
    "capital_deposit": "attestation de dépôt du capital",
    "legal_notice": "attestation de parution de l’annonce légale",
    "beneficial_owners": "déclaration des bénéficiaires effectifs",
    "registration": "attestation d’immatriculation",
    "bank_details": "RIB du compte de l’activité",
    "insurance_certificate": "attestation d’assurance",
    "employer_authorisation": "autorisation de l’employeur",
}
Progress = Literal["none", "draft", "done"]
PROGRESS: Mapping[str, str] = {"none": "à faire", "draft": "en cours", "done": "c’est fait"}


class Turnover(Section):
    """The turnover the person expects, at three points; straight lines in between."""

    month_1: Money = Field(
        title="Chiffre d’affaires hors taxes du 1er mois",
        description="In the first month, €/month excluding VAT.",
    )
    month_12: Money = Field(
        title="Chiffre d’affaires hors taxes du 12e mois",
        description="In the twelfth month, €/month excluding VAT.",
    )
    month_24: Money = Field(
        title="Chiffre d’affaires hors taxes du 24e mois",
        description="In the twenty-fourth month, €/month excluding VAT.",
    )

    def at(self, month: int) -> float:
        """
        Give the turnover of a month, €, counted from 1; it stays at that of month 24 afterwards.

        Raises:
            ValueError: The month is before the first.

        """
        if month < 1:
            raise ValueError(f"month {month} is before the start")
        if month <= 12:  # noqa: PLR2004  (the key's own name)
            return _between(self.month_1, self.month_12, (month - 1) / 11)
        return _between(self.month_12, self.month_24, min(1.0, (month - 12) / 12))

    def total(self, first: int, last: int) -> float:
        """Give the turnover of the months `first` to `last` together, €."""
        return fsum(self.at(month) for month in range(first, last + 1))


class Expenses(Section):
    """What running the business costs, social contributions and taxes apart."""

    fixed: Money = Field(
        0.0,
        title="Frais fixes de l’activité par mois",
        description="Expenses that do not depend on turnover, €/month.",
    )
    rate: Share = Field(
        0.0,
        title="Frais proportionnels au chiffre d’affaires",
        description="Expenses that follow turnover, as a share of it, 0 to 1: goods, fees.",
    )

    def at(self, turnover: float) -> float:
        """Give the expenses that go with a month's turnover, €."""
        return self.fixed + self.rate * turnover


class Preparation(Section):
    """What is already done."""

    market_study: Progress = Field(
        "none",
        title="Étude de marché",
        description="State of the market study.",
        json_schema_extra=choices(PROGRESS),
    )
    business_plan: Progress = Field(
        "none",
        title="Plan d’affaires",
        description="State of the business plan.",
        json_schema_extra=choices(PROGRESS),
    )
    clients: int = Field(
        0,
        ge=0,
        le=1_000_000,
        title="Clients qui ont acheté ou promis",
        description="Clients who have bought or promised to buy.",
    )
    recurring_share: Share = Field(
        0.0,
        title="Part régulière du chiffre d’affaires",
        description="Share of the turnover that comes back by itself, 0 to 1.",
    )
    insurance: bool = Field(
        default=False,
        title="Assurance professionnelle souscrite",
        description="Whether the professional insurance is taken out.",
    )
    bank_account: bool = Field(
        default=False,
        title="Compte bancaire pour l’activité",
        description="Whether there is a bank account for the business.",
    )
    documents: Distinct[Annotated[Document, Field(json_schema_extra=choices(DOCUMENT))]] = Field(
        (),
        strict=False,  # YAML has lists only
        title="Pièces déjà réunies",
        description="Papers at hand: identity (identity card or passport), address (proof of the"
        " business address: lease, domiciliation, bill), criminal_record_statement (déclaration de"
        " non-condamnation et de filiation), qualification (diploma or proof of experience),"
        " financial_forecast, financing_plan, statutes (signed, companies), capital_deposit (bank's"
        " certificate, companies), legal_notice (annonce légale, companies), beneficial_owners"
        " (declaration, companies), registration (attestation d'immatriculation with SIRET),"
        " bank_details (RIB of the business account), insurance_certificate (RC pro, décennale),"
        " employer_authorisation (written, public sector or where the contract asks for it).",
        examples=[["identity", "address"]],
        json_schema_extra={"uniqueItems": True},
    )


class Project(Section):
    """The business the person wants to start."""

    activity: Line = Field(
        title="Activité",
        description="The activity in a few words, as it is printed in the report (in French).",
        examples=["Rédaction web"],
    )
    category: Category = Field(
        title="Catégorie de l’activité",
        description="How the activity is taxed: sale (goods, food on site), lodging,"
        " commercial_service, craft_service, craft_sale, liberal (general scheme), liberal_cipav.",
        json_schema_extra=choices(CATEGORY),
    )
    regulated: bool = Field(
        default=False,
        title="Activité réglementée",
        description="Whether the law asks for a diploma or experience to carry on the activity.",
    )
    qualified: bool = Field(
        default=False,
        title="Vous avez la qualification exigée",
        description="Whether the person has that diploma or experience; of no effect where the"
        " activity is not regulated.",
    )
    physical: bool = Field(
        default=False,
        title="Travail physique",
        description="Whether the work wears the body: loads, postures, early hours.",
    )
    start: Day = Field(
        title="Démarrage de l’activité",
        description="Planned first day of the business.",
        examples=["2027-01-04"],
    )
    competes_with_employer: bool = Field(
        default=False,
        title="Le projet concurrence l’employeur",
        description="Whether the business would compete with the employer.",
    )
    targets_employer_clients: bool = Field(
        default=False,
        title="Le projet vise les clients de l’employeur",
        description="Whether it would approach the employer's clients.",
    )
    uses_employer_resources: bool = Field(
        default=False,
        title="Le projet utilise les moyens de l’employeur",
        description="Whether it would use the employer's time, equipment, files or know-how.",
    )
    weekly_hours: Hours = Field(
        title="Temps consacré au projet par semaine",
        description="Hours a week for the project.",
        examples=[10],
    )
    turnover: Turnover = Field(
        title="Chiffre d’affaires prévu", description="Expected turnover, €/month excluding VAT."
    )
    expenses: Expenses = Field(
        default_factory=Expenses, title="Frais prévus", description="Expected expenses."
    )
    investment: Money = Field(
        0.0,
        title="Investissement de départ",
        description="Equipment, works and stock to pay at the start, €.",
    )
    partners: int = Field(
        0,
        ge=0,
        le=100,
        title="Nombre d’associés en plus de vous",
        description="Number of partners besides the person.",
    )
    seeks_investors: bool = Field(
        default=False,
        title="Recherche d’investisseurs",
        description="Whether the person wants outside investors in the capital.",
    )
    preparation: Preparation = Field(
        default_factory=Preparation,
        title="Préparation du projet",
        description="What is already done.",
    )


def _between(first: float, last: float, way: float) -> float:
    return first + (last - first) * way
