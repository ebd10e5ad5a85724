"""The job that the person keeps, and what its contract says."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from tremplin.model.dates import full_months
from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import (
    A_GROUP,
    A_WORD,
    MONTHS_A_YEAR,
    MOST_HOURS_OF_A_CONTRACT,
    WEEKS_A_YEAR,
    Contradiction,
    Day,
    Hours,
    Known,
    Line,
    Money,
    Section,
    choices,
    word_or_group,
)
from tremplin.model.scalar import unless_hidden

Contract = Literal["permanent", "fixed_term", "apprenticeship", "agency"]
CONTRACT: Mapping[str, str] = {
    "permanent": "CDI, ou titulaire",
    "fixed_term": "CDD",
    "apprenticeship": "contrat d’apprentissage",
    "agency": "contrat de mission (intérim)",
}
SUSPENSION: Mapping[str, str] = {
    "none": "non",
    "parental_leave": "congé parental à temps plein",
    "part_time_parental_leave": "congé parental à temps partiel",
    "sick_leave": "arrêt de travail pour maladie",
    "sabbatical_leave": "congé sabbatique",
    "other": "autre congé ou suspension",
}


class NonCompete(Section):
    """A clause against competing once the contract has ended."""

    months: Annotated[
        int | None,
        Asked(
            "Combien de mois cette clause dure-t-elle après la fin du contrat ?",
            help="Laissez vide si elle n’en dit rien : une clause sans durée peut être contestée.",
            where="La clause elle-même, dans le contrat ou un avenant",
            example="12",
            when={"employment.clauses.non_compete": (True,)},
            decides=("contract.non_compete",),
            essential=True,
        ),
    ] = Field(
        ge=1,
        le=240,
        title="Durée de la non-concurrence, en mois",
        description="Months after the contract's end; null where the clause sets none.",
    )
    area: Annotated[
        Line | None,
        Asked(
            "Dans quelle zone cette clause vous interdit-elle de travailler ?",
            help="Recopiez ses mots. Laissez vide si elle ne nomme aucune zone : elle peut alors être contestée.",
            where="La clause elle-même, dans le contrat ou un avenant",
            example="Île-de-France",
            when={"employment.clauses.non_compete": (True,)},
            decides=("contract.non_compete",),
            essential=True,
        ),
    ] = Field(
        title="Zone de la non-concurrence",
        description="Area as the clause words it; null where the clause names none.",
        examples=["Île-de-France"],
    )
    compensated: Annotated[
        Known,
        Asked(
            "Cette clause prévoit-elle de vous verser une compensation ?",
            help="Une somme versée après le départ, souvent une part du salaire. Sans elle, ou si elle est dérisoire, la clause ne vaut rien.",
            where="La clause elle-même, ou la convention collective",
            example="oui",
            when={"employment.clauses.non_compete": (True,)},
            decides=("contract.non_compete",),
            essential=True,
        ),
    ] = Field(
        title="Contrepartie financière de la non-concurrence",
        description="Whether the clause grants a financial compensation that is not derisory;"
        " unknown until it is read.",
    )


NonCompeteAnswer = Annotated[
    Annotated[
        Literal[False, "unknown"],
        Field(json_schema_extra=choices({False: "aucune", "unknown": "à vérifier"})),
        Tag(A_WORD),
    ]
    | Annotated[NonCompete, Tag(A_GROUP)],
    Discriminator(word_or_group),
]
"""The clause, or false where there is none and unknown until it is read; a spreadsheet cannot write null."""


class Clauses(Section):
    """What the contract of employment says about other activities."""

    exclusivity: Annotated[
        Known,
        Asked(
            "Votre contrat contient-il une clause d’exclusivité ?",
            help="Elle interdit toute autre activité pendant le contrat. Regardez aussi les avenants.",
            where="Le contrat de travail et ses avenants",
            example="non",
            columns=("Exclusivité",),
            decides=(
                "contract.exclusivity",
                "findings.exclusivity_clause",
                "findings.exclusivity_unknown",
            ),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Clause d’exclusivité",
        description="Whether the contract forbids any other activity; unknown until it is read.",
    )
    non_compete: Annotated[
        NonCompeteAnswer | None,
        Asked(
            "Votre contrat contient-il une clause de non-concurrence ?",
            help="Elle interdit, une fois le contrat fini, de faire concurrence à l’employeur pendant un temps et dans une zone.",
            where="Le contrat de travail, ses avenants et la convention collective",
            example="non",
            columns=("Non-concurrence",),
            synonyms={False: ("pas de clause", "sans"), True: ("il y en a une",)},
            decides=(
                "contract.non_compete",
                "findings.non_compete",
                "findings.non_compete_unknown",
            ),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Clause de non-concurrence",
        description="The clause against competing after the contract; false or null where there is"
        " none, unknown until the contract is read.",
    )
    confidentiality: Annotated[
        bool,
        Asked(
            "Votre contrat contient-il une clause de confidentialité ?",
            help="Elle interdit de révéler ce que vous apprenez au travail, méthodes ou listes de clients. Elle n’empêche pas d’entreprendre.",
            where="Le contrat de travail et ses avenants",
            example="non",
            columns=("Confidentialité",),
        ),
    ] = Field(
        default=False,
        title="Clause de confidentialité",
        description="Whether the contract has a confidentiality clause.",
    )


class Employment(Section):
    """The job that the person keeps."""

    sector: Annotated[
        Literal["private", "public"],
        Asked(
            "Votre employeur est-il privé ou public ?",
            help="Public : État, collectivité, hôpital public, que vous soyez fonctionnaire ou contractuel. Une association, une clinique privée ou une entreprise sont privées.",
            where="L’en-tête de votre bulletin de paie ou de votre contrat",
            example="privé",
            columns=("Secteur", "Public ou privé", "Privé ou public", "Type d’employeur"),
            synonyms={
                "private": ("secteur privé", "entreprise", "association", "salarié du privé"),
                "public": (
                    "secteur public",
                    "fonction publique",
                    "fonctionnaire",
                    "agent public",
                    "contractuel public",
                    "collectivité",
                    "hôpital public",
                ),
            },
            decides=("contract.public_regime", "findings.public_service_authorisation", "leave"),
            essential=True,
        ),
    ] = Field(
        "private",
        title="Secteur de l’employeur",
        description="private, or public for civil servants and contract staff of public bodies.",
        json_schema_extra=choices({"private": "privé", "public": "public"}),
    )
    contract: Annotated[
        Contract,
        Asked(
            "Quel contrat de travail avez-vous ?",
            help="Un fonctionnaire titulaire choisit la même réponse qu’un CDI. En intérim, c’est le contrat de mission.",
            where="Le titre de votre contrat de travail",
            example="CDI",
            columns=(
                "Contrat",
                "Type de contrat",
                "Contrat de travail",
                "Contrat actuel",
                "Statut",
            ),
            synonyms={
                "permanent": (
                    "CDI",
                    "contrat à durée indéterminée",
                    "durée indéterminée",
                    "titulaire",
                    "fonctionnaire",
                    "fonctionnaire titulaire",
                ),
                "fixed_term": (
                    "contrat à durée déterminée",
                    "durée déterminée",
                    "saisonnier",
                    "CDD de remplacement",
                ),
                "apprenticeship": ("apprentissage", "apprenti", "apprentie"),
                "agency": (
                    "intérim",
                    "intérimaire",
                    "contrat de mission",
                    "mission d’intérim",
                    "travail temporaire",
                    "CTT",
                ),
            },
            decides=("contract.closed_exit", "unemployment.opens", "findings.exit_breach"),
            essential=True,
        ),
    ] = Field(
        title="Nature du contrat",
        description="permanent (CDI, or civil servant with tenure), fixed_term (CDD), apprenticeship"
        " or agency (temporary work).",
        json_schema_extra=choices(CONTRACT),
    )
    since: Annotated[
        Day,
        Asked(
            "Depuis quel jour travaillez-vous chez cet employeur ?",
            help="Le premier jour dans l’entreprise ou dans son groupe, même si le contrat a changé depuis sans interruption.",
            where="Date d’entrée ou d’ancienneté de votre bulletin de paie",
            example="01/09/2021",
            columns=(
                "Date d’embauche",
                "Date d’entrée",
                "Date d’entrée dans l’entreprise",
                "Embauche",
                "Embauché le",
                "Entré le",
                "Ancienneté",
                "Salarié depuis",
                "En poste depuis",
                "Début du contrat",
                "Date de début de contrat",
            ),
            decides=("leave", "unemployment.worked_enough", "findings.leave_seniority"),
            essential=True,
        ),
    ] = Field(
        title="Entrée chez l’employeur",
        description="First day with this employer or its group.",
        examples=["2021-09-01"],
    )
    company_size: Annotated[
        int | None,
        Asked(
            "Combien de salariés votre employeur a-t-il ?",
            help="Toute l’entreprise, pas seulement votre site ; un ordre de grandeur suffit. Sans réponse, elle est comptée comme petite : elle a alors plus de raisons de refuser un congé.",
            where="Le service du personnel, ou annuaire-entreprises.data.gouv.fr",
            example="120",
            columns=(
                "Effectif",
                "Effectif de l’entreprise",
                "Taille de l’entreprise",
                "Nombre de salariés",
            ),
            decides=("leave",),
        ),
    ] = Field(
        None,
        ge=1,
        le=10_000_000,
        title="Nombre de salariés de l’employeur",
        description="Employees of the employer. Left out, it is treated as a small firm, which has"
        " more ways to refuse.",
    )
    weekly_hours: Annotated[
        Hours,
        Asked(
            "Combien d’heures par semaine votre contrat prévoit-il ?",
            help="Les heures du contrat, sans les heures supplémentaires : 35 pour un temps plein ordinaire.",
            where="Le contrat de travail ; sur le bulletin de paie, 151,67 heures par mois sont un temps plein ordinaire",
            example="35",
            columns=(
                "Temps de travail",
                "Durée du travail",
                "Durée hebdomadaire",
                "Heures hebdomadaires",
                "Heures travaillées",
                "Horaire hebdomadaire",
                "Heures du contrat",
            ),
            decides=("week", "findings.overload"),
            essential=True,
        ),
    ] = Field(
        title="Durée du travail par semaine",
        description="Contract hours a week, 0 to 168.",
        examples=[35],
    )
    incomplete_post: Annotated[
        Known,
        Asked(
            "Votre poste est-il par nature à temps non complet ?",
            help="C’est le poste qui a été créé pour moins d’heures qu’un temps plein, pas un temps partiel que vous avez demandé.",
            where="L’arrêté de nomination ou le contrat, ou le service du personnel",
            example="non",
            when={"employment.sector": ("public",)},
            synonyms={
                True: ("temps non complet", "temps incomplet"),
                False: ("temps complet", "temps plein", "temps partiel"),
            },
            decides=("contract.public_regime", "findings.public_service_authorisation"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Poste public à temps non complet",
        description="Public service only: whether the post itself is of fewer hours than full time (temps"
        " non complet, temps incomplet); part time that the agent asked for is another matter.",
    )
    net_salary: Annotated[
        Money,
        Asked(
            "Quel est votre salaire net imposable par mois ?",
            help="Avant l’impôt sur le revenu, primes et treizième mois répartis sur l’année. Il dépasse un peu ce qui arrive sur votre compte.",
            where="Ligne « Montant net imposable » de votre bulletin de paie ; ou le cumul annuel de celui de décembre, divisé par douze",
            example="1 850,50",
            columns=(
                "Salaire net",
                "Salaire net imposable",
                "Net imposable",
                "Montant net imposable",
                "Revenu net imposable",
            ),
            decides=(
                "household.today",
                "job.planned",
                "unemployment.rights",
                "household.short_months",
            ),
            essential=True,
        ),
    ] = Field(
        title="Salaire net imposable par mois",
        description="Net taxable salary, €/month, before income tax.",
        examples=[2300],
    )
    suspension: Annotated[
        Literal[
            "none",
            "parental_leave",
            "part_time_parental_leave",
            "sick_leave",
            "sabbatical_leave",
            "other",
        ],
        Asked(
            "Êtes-vous en ce moment en congé long ou en arrêt de travail ?",
            help="Congé parental, arrêt maladie, congé sabbatique, disponibilité… Les congés payés ordinaires ne comptent pas.",
            example="non",
            synonyms={
                "none": ("aucun", "aucune", "en poste", "néant"),
                "parental_leave": (
                    "congé parental",
                    "congé parental d’éducation",
                    "congé parental total",
                ),
                "part_time_parental_leave": ("congé parental partiel",),
                "sick_leave": ("arrêt maladie", "arrêt de travail", "maladie", "longue maladie"),
                "sabbatical_leave": ("sabbatique",),
                "other": (
                    "autre",
                    "congé sans solde",
                    "disponibilité",
                    "congé maternité",
                    "congé de maternité",
                    "congé de formation",
                    "congé de proche aidant",
                ),
            },
            decides=(
                "contract.suspension",
                "findings.parental_leave",
                "findings.sick_leave",
                "findings.suspended_job",
            ),
        ),
    ] = Field(
        "none",
        title="Emploi suspendu ou réduit en ce moment",
        description="A leave that runs now: parental_leave, part_time_parental_leave (net_salary is then"
        " what the part time pays), sick_leave, sabbatical_leave, other, or none.",
        json_schema_extra=choices(SUSPENSION),
    )
    suspended_until: Annotated[
        Day | None,
        Asked(
            "Quel est le dernier jour prévu de ce congé ou de cet arrêt ?",
            help="Laissez vide si vous ne le savez pas : le rapport suppose alors qu’il se prolonge.",
            where="L’avis d’arrêt de travail, ou la lettre de l’employeur",
            example="30/06/2027",
            when={"employment.suspension": ()},
            decides=("contract.suspension",),
            essential=True,
        ),
    ] = Field(
        None,
        title="Dernier jour de cette suspension",
        description="Its last day as expected; null where it is not known, and then it is taken to go on."
        " Of no effect without a suspension.",
    )
    suspension_income: Annotated[
        Money | None,
        Asked(
            "Combien recevez-vous par mois pendant ce congé ou cet arrêt ?",
            help="Ce qui remplace le salaire, net imposable : salaire maintenu, indemnités journalières. Sans réponse, rien n’est compté.",
            where="Bulletin de paie et attestation de paiement de l’assurance maladie",
            example="1 420",
            when={
                "employment.suspension": (
                    "parental_leave",
                    "sick_leave",
                    "sabbatical_leave",
                    "other",
                )
            },
            decides=("job.salary", "household.short_months"),
            essential=True,
        ),
    ] = Field(
        None,
        title="Ce que vous recevez pendant la suspension, par mois",
        description="Net taxable income that takes the place of net_salary while the job is wholly"
        " suspended, €/month: wage kept up, daily allowances. Left out, none is counted.",
    )
    schedule: Annotated[
        Literal["day", "shift", "night"],
        Asked(
            "Travaillez-vous de jour, de nuit ou en horaires décalés ?",
            help="La nuit, le sommeil se prend sur les heures du projet ; en équipes, les créneaux changent chaque semaine.",
            example="de jour",
            columns=("Horaires", "Rythme de travail"),
            synonyms={
                "day": ("jour", "journée", "horaires de bureau"),
                "shift": (
                    "décalés",
                    "décalé",
                    "alternés",
                    "posté",
                    "en équipes",
                    "2x8",
                    "3x8",
                    "2×8",
                    "3×8",
                ),
                "night": ("nuit", "travail de nuit", "nuits"),
            },
            decides=("week",),
        ),
    ] = Field(
        "day",
        title="Horaires de travail",
        description="day, shift (alternating or staggered hours) or night.",
        json_schema_extra=choices(
            {"day": "de jour", "shift": "décalés ou alternés", "night": "de nuit"}
        ),
    )
    commute: Annotated[
        int,
        Asked(
            "Combien de minutes passez-vous en trajet, aller et retour, un jour de travail ?",
            help="De chez vous au travail et retour, en moyenne. En télétravail complet, 0.",
            example="70",
            columns=("Trajet", "Temps de trajet", "Trajet domicile-travail", "Temps de transport"),
            decides=("week", "findings.overload"),
            essential=True,
        ),
    ] = Field(
        0,
        ge=0,
        le=720,
        title="Trajet aller et retour par jour travaillé",
        description="Travel to work and back, minutes a working day.",
        json_schema_extra={"unit": "min"},
    )
    fatigue: Annotated[
        int,
        Asked(
            "De 1 à 5, à quel point votre emploi vous fatigue-t-il ?",
            help="1 : à peine ; 5 : vous rentrez épuisé. Sans réponse, 3 est compté.",
            example="3",
            decides=("findings.fatigue",),
        ),
    ] = Field(
        3,
        ge=1,
        le=5,
        title="Fatigue due à l’emploi",
        description="How tiring the job is, from 1 (hardly) to 5 (exhausting).",
        json_schema_extra={"unit": "sur 5"},
    )
    relationship: Annotated[
        Literal["trusting", "neutral", "tense"],
        Asked(
            "Comment vous entendez-vous avec votre employeur ?",
            help="Cela décide de la façon et du moment de lui parler du projet.",
            example="neutre",
            synonyms={
                "trusting": ("confiance", "bonne", "très bonne"),
                "neutral": ("correcte", "normale"),
                "tense": ("mauvaise", "difficile", "conflit", "conflictuelle"),
            },
            decides=("findings.tense_relationship",),
        ),
    ] = Field(
        "neutral",
        title="Relation avec l’employeur",
        description="How the person gets on with the employer.",
        json_schema_extra=choices(
            {"trusting": "de confiance", "neutral": "neutre", "tense": "tendue"}
        ),
    )
    sales_representative: Annotated[
        bool,
        Asked(
            "Avez-vous le statut de VRP ?",
            help="Voyageur, représentant ou placier : un commercial itinérant à qui la loi donne ce statut. Un vendeur en magasin n’en est pas un.",
            where="Le contrat de travail et le bulletin de paie, où le statut est écrit",
            example="non",
            when={"employment.sector": ("private",)},
            decides=("contract.exclusivity", "findings.exclusivity_clause", "findings.vrp_clause"),
        ),
    ] = Field(
        default=False,
        title="Statut de VRP",
        description="Whether the person is a VRP (voyageur, représentant ou placier).",
    )
    other_jobs: Annotated[
        bool,
        Asked(
            "Avez-vous un autre emploi salarié en plus de celui-ci ?",
            help="Comptez alors ce qu’il rapporte dans les autres revenus du foyer, et relisez aussi ce contrat-là.",
            example="non",
            decides=("findings.other_jobs",),
        ),
    ] = Field(
        default=False,
        title="Un autre emploi en plus de celui-ci",
        description="Whether the person has another job besides this one; what it pays goes into"
        " household.other_income.",
    )
    abroad: Annotated[
        bool,
        Asked(
            "Travaillez-vous ou habitez-vous hors de France ?",
            help="C’est le cas des frontaliers : d’autres règles peuvent alors valoir pour le contrat, l’impôt et le chômage.",
            example="non",
            decides=("findings.job_abroad",),
        ),
    ] = Field(
        default=False,
        title="Travail ou domicile à l’étranger",
        description="Whether the job or the home is in another country, as for cross-border workers.",
    )
    employer_insolvent: Annotated[
        bool,
        Asked(
            "Votre employeur est-il en sauvegarde, en redressement ou en liquidation judiciaire ?",
            help="Ces procédures du tribunal peuvent changer la fin du contrat et ouvrir l’ACRE à qui reprend l’entreprise.",
            where="bodacc.fr, au nom de l’employeur, ou les représentants du personnel",
            example="non",
        ),
    ] = Field(
        default=False,
        title="Employeur en sauvegarde, redressement ou liquidation",
        description="Whether the employer is in sauvegarde, redressement or liquidation.",
    )
    clauses: Clauses = Field(
        default_factory=Clauses,
        title="Clauses du contrat",
        description="What the contract says about other activities.",
    )

    def contradictions(self) -> list[Contradiction]:
        """Ask whether the hours of a week are those of a month."""
        if self.weekly_hours <= MOST_HOURS_OF_A_CONTRACT:
            return []
        weekly = round(self.weekly_hours * MONTHS_A_YEAR / WEEKS_A_YEAR, 1)
        values = unless_hidden(hours=self.weekly_hours, weekly=weekly)
        return [Contradiction("weekly_hours", "profile.hours_of_a_month", values)]

    @property
    def has_term(self) -> bool:
        """Tell whether the contract comes to a term."""
        return self.contract != "permanent"

    @property
    def is_bound_to_term(self) -> bool:
        """Tell whether the employee may not leave before the term; an apprentice may, after mediation and notice."""
        return self.contract in {"fixed_term", "agency"}

    def seniority_months(self, day: date) -> int:
        """Give the full months with the employer on a day; 0 before the first."""
        return max(0, full_months(self.since, day))
