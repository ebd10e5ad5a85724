"""The job that the person keeps, and what its contract says."""

from datetime import date
from typing import Literal

from pydantic import Field

from tremplin.model.dates import full_months
from tremplin.model.profile.fields import Day, Hours, Line, Money, Section, choices


class NonCompete(Section):
    """A clause against competing once the contract has ended."""

    months: int | None = Field(
        ge=1,
        le=240,
        title="Durée de la non-concurrence, en mois",
        description="Months after the contract's end; null where the clause sets none.",
    )
    area: Line | None = Field(
        title="Zone de la non-concurrence",
        description="Area as the clause words it; null where the clause names none.",
        examples=["Île-de-France"],
    )
    compensated: bool = Field(
        title="Contrepartie financière de la non-concurrence",
        description="Whether the clause grants a financial compensation that is not derisory.",
    )


class Clauses(Section):
    """What the contract of employment says about other activities."""

    exclusivity: Literal[True, False, "unknown"] = Field(
        "unknown",
        title="Clause d’exclusivité",
        description="Whether the contract forbids any other activity; unknown until it is read.",
        json_schema_extra=choices({True: "oui", False: "non", "unknown": "à vérifier"}),
    )
    non_compete: NonCompete | None = Field(
        None,
        title="Clause de non-concurrence",
        description="The clause against competing after the contract; null where there is none.",
    )
    confidentiality: bool = Field(
        default=False,
        title="Clause de confidentialité",
        description="Whether the contract has a confidentiality clause.",
    )


class Employment(Section):
    """The job that the person keeps."""

    sector: Literal["private", "public"] = Field(
        "private",
        title="Secteur de l’employeur",
        description="private, or public for civil servants and contract staff of public bodies.",
        json_schema_extra=choices({"private": "privé", "public": "public"}),
    )
    contract: Literal["permanent", "fixed_term"] = Field(
        title="Nature du contrat",
        description="permanent (CDI, or civil servant with tenure) or fixed_term (CDD).",
        json_schema_extra=choices({"permanent": "CDI, ou titulaire", "fixed_term": "CDD"}),
    )
    since: Day = Field(
        title="Entrée chez l’employeur",
        description="First day with this employer or its group.",
        examples=["2021-09-01"],
    )
    company_size: int | None = Field(
        None,
        ge=1,
        le=10_000_000,
        title="Nombre de salariés de l’employeur",
        description="Employees of the employer. Left out, it is treated as a small firm, which has"
        " more ways to refuse.",
    )
    weekly_hours: Hours = Field(
        title="Durée du travail par semaine",
        description="Contract hours a week, 0 to 168.",
        examples=[35],
    )
    net_salary: Money = Field(
        title="Salaire net imposable par mois",
        description="Net taxable salary, €/month, before income tax.",
        examples=[2300],
    )
    schedule: Literal["day", "shift", "night"] = Field(
        "day",
        title="Horaires de travail",
        description="day, shift (alternating or staggered hours) or night.",
        json_schema_extra=choices(
            {"day": "de jour", "shift": "décalés ou alternés", "night": "de nuit"}
        ),
    )
    commute: int = Field(
        0,
        ge=0,
        le=720,
        title="Trajet aller et retour par jour travaillé",
        description="Travel to work and back, minutes a working day.",
        json_schema_extra={"unit": "min"},
    )
    fatigue: int = Field(
        3,
        ge=1,
        le=5,
        title="Fatigue due à l’emploi",
        description="How tiring the job is, from 1 (hardly) to 5 (exhausting).",
        json_schema_extra={"unit": "sur 5"},
    )
    relationship: Literal["trusting", "neutral", "tense"] = Field(
        "neutral",
        title="Relation avec l’employeur",
        description="How the person gets on with the employer.",
        json_schema_extra=choices(
            {"trusting": "de confiance", "neutral": "neutre", "tense": "tendue"}
        ),
    )
    sales_representative: bool = Field(
        default=False,
        title="Statut de VRP",
        description="Whether the person is a VRP (voyageur, représentant ou placier).",
    )
    employer_insolvent: bool = Field(
        default=False,
        title="Employeur en sauvegarde, redressement ou liquidation",
        description="Whether the employer is in sauvegarde, redressement or liquidation.",
    )
    clauses: Clauses = Field(
        default_factory=Clauses,
        title="Clauses du contrat",
        description="What the contract says about other activities.",
    )

    def seniority_months(self, day: date) -> int:
        """Give the full months with the employer on a day; 0 before the first."""
        return max(0, full_months(self.since, day))
