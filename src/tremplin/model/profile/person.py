"""The person, their health and who accompanies them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tremplin.model.dates import full_years
from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import (
    Day,
    Distinct,
    Known,
    Section,
    choices,
)

Benefit = Literal["rsa", "ass", "prepare", "prime_activite", "aah", "housing", "unknown"]
BENEFIT: Mapping[str, str] = {
    "rsa": "RSA",
    "ass": "allocation de solidarité spécifique (ASS)",
    "prepare": "congé parental (PreParE)",
    "prime_activite": "prime d’activité",
    "aah": "allocation aux adultes handicapés (AAH)",
    "housing": "aide au logement (APL, ALF ou ALS)",
    "unknown": "à vérifier",
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

    birth_date: Annotated[
        Day | None,
        Asked(
            "Quelle est votre date de naissance ?",
            help="L’âge ouvre ou ferme des aides, l’ACRE par exemple, et fixe la durée du chômage. Sans réponse, aucune aide liée à l’âge n’est comptée.",
            example="14/05/1991",
            columns=("Né le", "Né(e) le", "Naissance", "DDN"),
            decides=("acre", "person.minor_until", "unemployment.durations"),
            essential=True,
        ),
    ] = Field(
        None,
        title="Date de naissance",
        description="Date of birth. Left out, no aid that depends on age is counted.",
        examples=["1991-05-14"],
    )
    gender: Annotated[
        Gender,
        Asked(
            "Comment souhaitez-vous que l’on s’adresse à vous ?",
            help="Cela sert à accorder les phrases et à vous comparer aux chiffres publiés, jamais à calculer. Vous pouvez ne pas répondre.",
            example="femme",
            columns=("Civilité", "Sexe", "H/F"),
            synonyms={
                "female": ("F", "Mme", "Madame", "féminin"),
                "male": ("H", "M", "M.", "Mr", "Monsieur", "masculin"),
                "other": ("non binaire", "autre genre"),
                "unspecified": ("non renseigné", "ne souhaite pas répondre", "NR"),
            },
        ),
    ] = Field(
        "unspecified",
        title="Genre",
        description="Only used to compare with published statistics, and to address the person.",
        json_schema_extra=choices(GENDER),
    )
    zone: Annotated[
        Literal["none", "qpv", "zfrr", "zfrr_plus", "drom", "unknown"],
        Asked(
            "L’adresse de votre future entreprise est-elle dans une zone aidée ?",
            help="Certains quartiers, certaines communes rurales et l’outre-mer ont leurs propres aides. Donnez la zone de l’entreprise, qui est souvent celle de votre domicile.",
            where="sig.ville.gouv.fr pour les quartiers ; votre mairie ou le service des impôts pour les communes rurales",
            example="aucune",
            columns=("QPV", "Zone QPV", "Quartier prioritaire", "ZRR", "Zone aidée"),
            synonyms={
                "none": ("aucune", "non", "hors zone"),
                "qpv": (
                    "QPV",
                    "quartier prioritaire",
                    "quartier prioritaire de la ville",
                    "quartier prioritaire de la politique de la ville",
                ),
                "zfrr": ("ZFRR", "FRR", "France ruralités revitalisation"),
                "zfrr_plus": ("ZFRR+", "FRR+", "ZFRR plus", "France ruralités revitalisation +"),
                "drom": (
                    "Drom",
                    "DOM",
                    "outre-mer",
                    "Guadeloupe",
                    "Martinique",
                    "Guyane",
                    "La Réunion",
                    "Réunion",
                    "Mayotte",
                ),
            },
            decides=("acre", "zones.relief", "aids", "findings.zone_unknown"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Zone de l’adresse de l’entreprise",
        description="Special zone of the business's address: qpv (priority town district), zfrr"
        " or zfrr_plus (rural revitalisation, its reinforced level), drom (overseas department),"
        " none of them, or unknown.",
        json_schema_extra=choices(
            {
                "none": "aucune zone particulière",
                "qpv": "quartier prioritaire (QPV)",
                "zfrr": "France ruralités revitalisation (ZFRR)",
                "zfrr_plus": "France ruralités revitalisation renforcée (ZFRR+)",
                "drom": "département d’outre-mer (Drom)",
                "unknown": "zone à vérifier",
            }
        ),
    )
    disability: Annotated[
        bool,
        Asked(
            "Avez-vous une reconnaissance de travailleur handicapé (RQTH) ?",
            help="Elle ouvre des aides de plus, et l’ACRE avant un certain âge. Vous pouvez ne pas répondre : c’est alors compté comme non.",
            where="La décision de la MDPH (maison départementale des personnes handicapées)",
            example="non",
            columns=("RQTH", "Travailleur handicapé", "BOETH"),
            decides=("acre.listed", "aids"),
        ),
    ] = Field(
        default=False,
        title="Reconnaissance de travailleur handicapé (RQTH)",
        description="Recognised as a disabled worker (RQTH).",
    )
    benefits: Annotated[
        Distinct[Annotated[Benefit, Field(json_schema_extra=choices(BENEFIT))]],
        Asked(
            "Quelles prestations recevez-vous en ce moment ?",
            help="Celles que vous touchez vous-même ou avec votre foyer, sans les allocations familiales. Certaines ouvrent l’ACRE, d’autres baissent quand un revenu arrive.",
            where="Votre espace sur caf.fr, msa.fr ou francetravail.fr",
            example="prime d’activité, aide au logement",
            columns=("Prestations", "Prestations sociales", "Minima sociaux", "Aides sociales"),
            synonyms={
                "rsa": ("revenu de solidarité active",),
                "ass": ("ASS", "allocation de solidarité spécifique"),
                "prepare": ("PreParE", "prestation partagée d’éducation de l’enfant"),
                "prime_activite": ("prime activité", "PPA"),
                "aah": ("AAH", "allocation aux adultes handicapés", "allocation adulte handicapé"),
                "housing": ("APL", "ALF", "ALS", "aide au logement", "allocation logement"),
            },
            decides=("acre.listed", "benefits", "findings.benefits_unknown"),
            essential=True,
        ),
    ] = Field(
        ("unknown",),
        strict=False,  # YAML has lists only
        title="Prestations reçues",
        description="Benefits received: rsa (RSA), ass (ASS), prepare (PreParE, parental leave),"
        " prime_activite (prime d'activité), aah (AAH), housing (APL and its kin); an empty list for"
        " none, unknown where they are yet to be looked up.",
        examples=[["rsa"]],
        json_schema_extra={"uniqueItems": True},
    )
    prepare_rate: Annotated[
        Literal["full", "partial", "unknown"],
        Asked(
            "À quel taux la PreParE vous est-elle versée ?",
            help="Le taux plein suppose de ne pas travailler du tout ; le taux partiel va avec un temps partiel.",
            where="Votre espace sur caf.fr ou msa.fr, notification de droits",
            example="taux partiel",
            when={"person.benefits": ("prepare",)},
            synonyms={
                "full": ("plein", "complet"),
                "partial": ("partiel", "temps partiel"),
            },
            decides=("findings.prepare_full", "findings.prepare_rate"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="Taux de la PreParE",
        description="Rate at which PreParE is paid: full (no occupation) or partial (part time). Of no"
        " effect without prepare among the benefits.",
        json_schema_extra=choices(
            {"full": "taux plein", "partial": "taux partiel", "unknown": "à vérifier"}
        ),
    )
    retired: Annotated[
        bool,
        Asked(
            "Touchez-vous déjà une pension de retraite à vous ?",
            help="Une pension de réversion ne compte pas ici. Le montant de votre pension va dans les autres revenus du foyer.",
            example="non",
            decides=("findings.retired", "unemployment.opens"),
        ),
    ] = Field(
        default=False,
        title="Pension de retraite perçue",
        description="Whether a pension of one's own is paid already, beside the job; its amount goes into"
        " household.other_income.",
    )
    emancipated: Annotated[
        bool,
        Asked(
            "Si vous êtes mineur, êtes-vous émancipé par décision d’un juge ou par mariage ?",
            help="Sans effet une fois majeur : laissez « non ».",
            where="L’ordonnance du juge des tutelles, ou l’acte de mariage",
            example="non",
            decides=("findings.minor", "findings.minor_trader"),
        ),
    ] = Field(
        default=False,
        title="Mineur émancipé",
        description="Whether a minor has been emancipated; of no effect from the age of 18.",
    )
    residence_permit: Annotated[
        Literal["none_needed", "permit", "unknown"],
        Asked(
            "Vivez-vous en France avec un titre de séjour ?",
            help="Certains titres permettent un emploi et pas une entreprise. Avec la nationalité française ou celle d’un pays de l’Union européenne ou de la Suisse, aucun n’est nécessaire.",
            where="La mention portée sur votre carte ou votre visa",
            example="pas nécessaire",
            columns=("Carte de séjour",),
            synonyms={
                "none_needed": (
                    "non",
                    "aucun",
                    "nationalité française",
                    "française",
                    "français",
                    "Union européenne",
                    "UE",
                ),
                "permit": (
                    "oui",
                    "carte de séjour",
                    "carte de résident",
                    "visa long séjour",
                    "récépissé",
                ),
            },
            decides=("findings.residence_permit",),
        ),
    ] = Field(
        "none_needed",
        title="Titre de séjour",
        description="none_needed (French, or of a country whose citizens need none), permit (the person"
        " lives in France on a residence permit) or unknown.",
        json_schema_extra=choices(
            {
                "none_needed": "pas nécessaire",
                "permit": "titre de séjour",
                "unknown": "à vérifier",
            }
        ),
    )
    other_business: Annotated[
        Literal["none", "sole_trader", "company", "unknown"],
        Asked(
            "Avez-vous déjà une entreprise à votre nom, en plus de ce projet ?",
            help="Une micro-entreprise qui n’a plus d’activité mais n’a pas été fermée compte encore.",
            where="annuaire-entreprises.data.gouv.fr, à votre nom",
            example="aucune",
            columns=("Autre entreprise", "Déjà une entreprise"),
            synonyms={
                "none": ("non", "néant"),
                "sole_trader": (
                    "auto-entrepreneur",
                    "auto-entreprise",
                    "micro-entrepreneur",
                    "micro-entreprise",
                    "entreprise individuelle",
                    "EI",
                ),
                "company": ("SARL", "EURL", "SAS", "SASU"),
            },
            decides=("findings.other_business",),
        ),
    ] = Field(
        "none",
        title="Autre entreprise à votre nom",
        description="A business that the person has already besides the project: sole_trader (EI, micro-enterprise"
        " included), company, none, or unknown where one may still be open.",
        json_schema_extra=choices(
            {
                "none": "aucune",
                "sole_trader": "entreprise individuelle ou micro-entreprise",
                "company": "société",
                "unknown": "à vérifier",
            }
        ),
    )
    acre_in_last_3_years: Annotated[
        Known,
        Asked(
            "Avez-vous déjà eu l’ACRE, et s’est-elle terminée il y a moins de trois ans ?",
            help="L’ACRE est une baisse de cotisations au démarrage, qui ne se redemande qu’après un délai. Répondez « non » si vous n’avez jamais eu d’entreprise.",
            where="Votre espace sur urssaf.fr ou autoentrepreneur.urssaf.fr",
            example="non",
            columns=("ACRE", "ACRE déjà obtenue"),
            synonyms={False: ("jamais", "jamais eu d’entreprise")},
            decides=("acre", "findings.earlier_acre_unknown"),
            essential=True,
        ),
    ] = Field(
        "unknown",
        title="ACRE terminée depuis moins de trois ans",
        description="Whether an earlier ACRE ended less than three years ago; false for whoever never"
        " had a business.",
    )

    def age_at(self, day: date) -> int | None:
        """Give the age in full years on a day; None where the date of birth is not known."""
        return None if self.birth_date is None else full_years(self.birth_date, day)


class Support(Section):
    """Who accompanies the person."""

    mentor: Annotated[
        bool,
        Asked(
            "Un entrepreneur expérimenté suit-il votre projet ?",
            help="Quelqu’un qui a dirigé une entreprise et que vous voyez régulièrement, pas un ami qui donne un avis.",
            example="non",
            columns=("Mentor", "Parrain"),
            decides=("scores",),
        ),
    ] = Field(
        default=False,
        title="Suivi par un entrepreneur expérimenté",
        description="Whether an experienced entrepreneur follows the project.",
    )
    network: Annotated[
        Network,
        Asked(
            "Quel réseau vous accompagne dans votre projet ?",
            help="S’il y en a plusieurs, celui que vous voyez le plus. Un simple rendez-vous d’information ne compte pas.",
            example="BGE",
            columns=("Réseau", "Accompagnement", "Structure d’accompagnement"),
            synonyms={
                "none": ("non", "sans", "néant"),
                "cci": ("CCI", "chambre de commerce"),
                "cma": ("CMA", "chambre de métiers", "chambre des métiers"),
                "bge": ("boutique de gestion",),
                "initiative_france": ("Initiative", "plateforme Initiative"),
                "women_network": ("réseau de femmes", "Force Femmes", "Les Premières"),
                "alumni": ("alumni", "anciens élèves"),
                "club": ("club",),
                "other": ("autre", "autre réseau", "couveuse"),
            },
            decides=("financing.loans", "scores"),
        ),
    ] = Field(
        "none",
        title="Réseau d’accompagnement",
        description="The network that accompanies the project: cci (chamber of commerce), cma"
        " (chamber of trades), a support network, women_network, alumni, club, other, or none.",
        json_schema_extra=choices(NETWORK),
    )


class Health(Section):
    """Warning signs of the last months. Sensitive and optional: reports work without them."""

    sleep_trouble: Annotated[
        bool | None,
        Asked(
            "Dormez-vous mal depuis quelques mois ?",
            help="Vous pouvez ne pas répondre : le rapport se fait sans. Un « oui » vous rappelle de vous ménager avant d’ajouter des heures.",
            example="non",
            decides=("findings.health_signs",),
        ),
    ] = Field(
        None,
        title="Troubles du sommeil ces derniers mois",
        description="Trouble sleeping in the last months. May be left out.",
    )
    pain: Annotated[
        bool | None,
        Asked(
            "Avez-vous des douleurs qui reviennent ?",
            help="Dos, épaules, mains, maux de tête… Vous pouvez ne pas répondre : le rapport se fait sans.",
            example="non",
            decides=("findings.health_signs",),
        ),
    ] = Field(None, title="Douleurs répétées", description="Recurring pain. May be left out.")
