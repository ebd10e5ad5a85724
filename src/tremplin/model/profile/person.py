"""The person, the people around them and who accompanies them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tremplin.model.dates import full_years
from tremplin.model.profile.fields import Contradiction, Day, Distinct, Money, Section, choices

Benefit = Literal["rsa", "ass", "prepare"]
BENEFIT: Mapping[str, str] = {
    "rsa": "RSA",
    "ass": "allocation de solidarité spécifique (ASS)",
    "prepare": "congé parental (PreParE)",
}
Gender = Literal["female", "male", "other", "unspecified"]
GENDER: Mapping[str, str] = {
    "female": "femme",
    "male": "homme",
    "other": "autre",
    "unspecified": "non précisé",
}
Network = Literal[
    "none",
    "cci",
    "cma",
    "bge",
    "initiative_france",
    "reseau_entreprendre",
    "france_active",
    "adie",
    "women_network",
    "alumni",
    "club",
    "other",
]
NETWORK: Mapping[str, str] = {
    "none": "aucun",
    "cci": "chambre de commerce et d’industrie (CCI)",
    "cma": "chambre de métiers et de l’artisanat (CMA)",
    "bge": "BGE",
    "initiative_france": "Initiative France",
    "reseau_entreprendre": "Réseau Entreprendre",
    "france_active": "France Active",
    "adie": "Adie",
    "women_network": "réseau d’entrepreneuses",
    "alumni": "réseau d’anciens élèves",
    "club": "club d’entrepreneurs",
    "other": "un autre réseau",
}


class Person(Section):
    """Who the person is, as far as aid depends on it."""

    birth_date: Day | None = Field(
        None,
        title="Date de naissance",
        description="Date of birth. Left out, no aid that depends on age is counted.",
        examples=["1991-05-14"],
    )
    gender: Gender = Field(
        "unspecified",
        title="Genre",
        description="Only used to compare with published statistics, and to address the person.",
        json_schema_extra=choices(GENDER),
    )
    zone: Literal["none", "qpv", "zfrr", "drom"] = Field(
        "none",
        title="Zone de l’adresse de l’entreprise",
        description="Special zone of the business's address: qpv (priority town district), zfrr"
        " (rural revitalisation), drom (overseas department), or none of them.",
        json_schema_extra=choices(
            {
                "none": "aucune zone particulière",
                "qpv": "quartier prioritaire (QPV)",
                "zfrr": "France ruralités revitalisation (ZFRR)",
                "drom": "département d’outre-mer (Drom)",
            }
        ),
    )
    disability: bool = Field(
        default=False,
        title="Reconnaissance de travailleur handicapé (RQTH)",
        description="Recognised as a disabled worker (RQTH).",
    )
    benefits: Distinct[Annotated[Benefit, Field(json_schema_extra=choices(BENEFIT))]] = Field(
        (),
        strict=False,  # YAML has lists only
        title="Prestations reçues",
        description="Benefits received: rsa (RSA), ass (ASS), prepare (PreParE, parental leave).",
        examples=[["rsa"]],
        json_schema_extra={"uniqueItems": True},
    )
    acre_in_last_3_years: bool = Field(
        default=False,
        title="ACRE terminée depuis moins de trois ans",
        description="Whether an earlier ACRE ended less than three years ago.",
    )

    def age_at(self, day: date) -> int | None:
        """Give the age in full years on a day; None where the date of birth is not known."""
        return None if self.birth_date is None else full_years(self.birth_date, day)


class Household(Section):
    """The people the person lives with, and the money the household needs."""

    situation: Literal["single", "couple"] = Field(
        "single",
        title="Situation familiale",
        description="single, or couple where married or in a PACS: people taxed together.",
        json_schema_extra=choices({"single": "personne seule", "couple": "couple marié ou pacsé"}),
    )
    children: int = Field(
        0,
        ge=0,
        le=20,
        title="Nombre d’enfants à charge",
        description="Number of dependent children.",
    )
    youngest_child_age: int | None = Field(
        None,
        ge=0,
        le=30,
        title="Âge du plus jeune enfant à charge, en années",
        description="Age of the youngest dependent child, in years.",
    )
    caregiver: bool = Field(
        default=False,
        title="Vous aidez un proche, en plus des enfants",
        description="Whether the person cares for a relative besides the children.",
    )
    other_income: Money = Field(
        0.0,
        title="Autres revenus imposables du foyer par mois",
        description="Other net taxable income of the household, €/month, besides the salary.",
    )
    fixed_costs: Money | None = Field(
        None,
        title="Charges fixes du foyer par mois",
        description="What the household must pay every month, €/month: housing, credits, food,"
        " energy, insurance, school. Left out, the whole salary is taken to be needed.",
    )
    support: Literal["supportive", "neutral", "opposed"] = Field(
        "neutral",
        title="Regard de vos proches sur le projet",
        description="How the people close to the person see the project.",
        json_schema_extra=choices(
            {"supportive": "favorable", "neutral": "neutre", "opposed": "défavorable"}
        ),
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse the age of a child where there is none."""
        if self.youngest_child_age is not None and self.children == 0:
            return [Contradiction("youngest_child_age", "profile.age_without_child")]
        return []


class Support(Section):
    """Who accompanies the person."""

    mentor: bool = Field(
        default=False,
        title="Suivi par un entrepreneur expérimenté",
        description="Whether an experienced entrepreneur follows the project.",
    )
    network: Network = Field(
        "none",
        title="Réseau d’accompagnement",
        description="The network that accompanies the project: cci (chamber of commerce), cma"
        " (chamber of trades), a support network, women_network, alumni, club, other, or none.",
        json_schema_extra=choices(NETWORK),
    )


class Health(Section):
    """Warning signs of the last months. Sensitive and optional: reports work without them."""

    sleep_trouble: bool | None = Field(
        None,
        title="Troubles du sommeil ces derniers mois",
        description="Trouble sleeping in the last months. May be left out.",
    )
    pain: bool | None = Field(
        None, title="Douleurs répétées", description="Recurring pain. May be left out."
    )
