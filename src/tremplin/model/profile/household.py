"""Those who live with the person, and the household's money."""

from typing import Annotated, Literal

from pydantic import Field

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import (
    Contradiction,
    Money,
    Section,
    choices,
)


class Household(Section):
    """The people the person lives with, and the money the household needs."""

    situation: Annotated[
        Literal["single", "cohabiting", "couple"],
        Asked(
            "Vivez-vous seul, en union libre, ou en couple marié ou pacsé ?",
            help="Mariés et pacsés déclarent leurs revenus ensemble, les couples en union libre chacun de son côté. Avec des enfants et sans conjoint, choisissez « personne seule ».",
            example="couple marié ou pacsé",
            columns=("Situation matrimoniale", "Situation de famille", "État civil"),
            synonyms={
                "single": (
                    "célibataire",
                    "seul",
                    "seule",
                    "divorcé",
                    "divorcée",
                    "divorcé(e)",
                    "séparé",
                    "séparée",
                    "séparé(e)",
                    "veuf",
                    "veuve",
                    "veuf(ve)",
                    "parent isolé",
                ),
                "cohabiting": (
                    "concubinage",
                    "concubin",
                    "concubine",
                    "concubin(e)",
                    "union libre",
                    "vie maritale",
                ),
                "couple": (
                    "marié",
                    "mariée",
                    "marié(e)",
                    "mariage",
                    "pacsé",
                    "pacsée",
                    "pacsé(e)",
                    "PACS",
                ),
            },
            decides=("household.taxes", "benefits", "flat_tax.open"),
            essential=True,
        ),
    ] = Field(
        "single",
        title="Situation familiale",
        description="single where no partner lives in the home, with children or without;"
        " cohabiting where partners live together and are taxed apart; couple where married or in"
        " a PACS: taxed together.",
        json_schema_extra=choices(
            {
                "single": "personne seule",
                "cohabiting": "couple en union libre",
                "couple": "couple marié ou pacsé",
            }
        ),
    )
    children: Annotated[
        int,
        Asked(
            "Combien d’enfants avez-vous à charge ?",
            help="Tous ceux qui figurent sur une déclaration de revenus du foyer, même en résidence alternée. Mettez 0 si vous n’en avez pas.",
            where="Votre avis d’impôt sur le revenu, personnes à charge",
            example="2",
            columns=("Enfants", "Nombre d’enfants", "Enfants à charge"),
            decides=("household.taxes", "week.care"),
            essential=True,
        ),
    ] = Field(
        0,
        ge=0,
        le=20,
        title="Nombre d’enfants à charge",
        description="Number of dependent children, those in shared custody among them.",
    )
    children_shared: Annotated[
        int,
        Asked(
            "Combien d’entre eux vivent tour à tour chez vous et chez leur autre parent ?",
            help="La résidence alternée partage la part d’impôt de l’enfant entre les deux parents. Un week-end sur deux ne compte pas.",
            where="Le jugement ou la convention de divorce, ou votre avis d’impôt",
            example="0",
            columns=("Enfants en résidence alternée", "Garde alternée"),
            when={"household.children": ()},
            decides=("household.taxes",),
        ),
    ] = Field(
        0,
        ge=0,
        le=20,
        title="Dont enfants en résidence alternée",
        description="How many of them live by turns with each of their parents, who share the"
        " tax parts.",
    )
    children_declared: Annotated[
        int | None,
        Asked(
            "Combien de ces enfants figurent sur votre propre déclaration de revenus ?",
            help="En union libre, chaque enfant est sur la déclaration d’un seul de ses parents. Sans réponse, aucun n’est compté sur la vôtre.",
            where="Votre avis d’impôt sur le revenu, personnes à charge",
            example="1",
            when={"household.children": (), "household.situation": ("cohabiting",)},
            decides=("household.taxes",),
            essential=True,
        ),
    ] = Field(
        None,
        ge=0,
        le=20,
        title="Dont enfants sur votre déclaration de revenus",
        description="For cohabiting partners alone: how many of them are on the person's own tax"
        " return. Left out, none is counted.",
    )
    youngest_child_age: Annotated[
        int | None,
        Asked(
            "Quel âge a votre plus jeune enfant à charge ?",
            help="En années ; 0 avant son premier anniversaire. Son âge dit combien d’heures il demande chaque semaine.",
            example="3",
            columns=("Âge du plus jeune enfant", "Âge du dernier enfant"),
            when={"household.children": ()},
            decides=("week.care", "benefits.uncounted"),
            essential=True,
        ),
    ] = Field(
        None,
        ge=0,
        le=30,
        title="Âge du plus jeune enfant à charge, en années",
        description="Age of the youngest dependent child, in years.",
    )
    caregiver: Annotated[
        bool,
        Asked(
            "Aidez-vous régulièrement un proche, en plus de vos enfants ?",
            help="Un parent âgé, un conjoint malade, un proche handicapé : les heures que vous lui donnez comptent dans votre semaine.",
            example="non",
            columns=("Aidant", "Proche aidant"),
            decides=("week.care",),
        ),
    ] = Field(
        default=False,
        title="Vous aidez un proche, en plus des enfants",
        description="Whether the person cares for a relative besides the children.",
    )
    other_income: Annotated[
        Money,
        Asked(
            "Quels revenus imposables votre foyer a-t-il par mois, en plus de votre salaire ?",
            help="Ceux de votre conjoint si vous vivez en couple, ou les vôtres : salaire net imposable, pension, loyers. Sans les allocations familiales ni le RSA ; 0 s’il n’y en a pas.",
            where="Bulletins de paie du conjoint, ou avis d’impôt divisé par douze",
            example="1 850",
            columns=(
                "Autres revenus",
                "Autres revenus du foyer",
                "Revenus du conjoint",
                "Salaire du conjoint",
            ),
            decides=("household.taxes", "household.short_months", "findings.household_gap"),
            essential=True,
        ),
    ] = Field(
        0.0,
        title="Autres revenus imposables du foyer par mois",
        description="Other net taxable income of the household, €/month, besides the salary: the"
        " partner's where there is one, else the person's own. Taxed with the person, except for"
        " cohabiting partners.",
    )
    fixed_costs: Annotated[
        Money | None,
        Asked(
            "Combien votre foyer doit-il payer chaque mois, quoi qu’il arrive ?",
            help="Logement, crédits, courses, énergie, assurances, transports, école ; sans les frais du projet. Sans réponse, tout votre salaire est compté comme nécessaire.",
            where="Relevés de compte des trois derniers mois",
            example="2 100",
            columns=(
                "Charges fixes",
                "Charges mensuelles",
                "Charges du foyer",
                "Charges du ménage",
                "Dépenses du foyer",
            ),
            decides=("household.short_months", "timing", "findings.fixed_costs_unknown"),
            essential=True,
        ),
    ] = Field(
        None,
        title="Charges fixes du foyer par mois",
        description="What the household must pay every month, €/month: housing, credits, food,"
        " energy, insurance, school. Left out, the whole salary is taken to be needed.",
    )
    support: Annotated[
        Literal["supportive", "neutral", "opposed"],
        Asked(
            "Que pensent vos proches de votre projet ?",
            help="Ceux avec qui vous vivez d’abord : leur accord compte pour vos soirées et pour l’épargne.",
            example="favorable",
            synonyms={
                "supportive": ("d’accord", "pour", "soutien"),
                "neutral": ("sans avis", "partagé", "partagés"),
                "opposed": ("contre", "opposé", "opposés", "réticent", "réticents"),
            },
            decides=("findings.opposed_household",),
        ),
    ] = Field(
        "neutral",
        title="Regard de vos proches sur le projet",
        description="How the people close to the person see the project.",
        json_schema_extra=choices(
            {"supportive": "favorable", "neutral": "neutre", "opposed": "défavorable"}
        ),
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse the age of a child where there is none, and a part of the children larger than all."""
        found = []
        if self.youngest_child_age is not None and self.children == 0:
            found.append(Contradiction("youngest_child_age", "profile.age_without_child"))
        counted = {
            "children_shared": self.children_shared,
            "children_declared": self.children_declared or 0,
        }
        found += [
            Contradiction(key, "profile.more_than_children", {"children": self.children})
            for key, number in counted.items()
            if number > self.children
        ]
        if self.children_declared is not None and self.situation != "cohabiting":
            found.append(Contradiction("children_declared", "profile.declared_together"))
        return found
