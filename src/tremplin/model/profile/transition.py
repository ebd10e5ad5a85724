"""Where the person wants to go, how the job would end, and the benefit that would follow."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from tremplin.model.profile.asked import Asked
from tremplin.model.profile.fields import Contradiction, Day, Section, choices

Exit = Literal["none", "resignation", "mutual_termination", "dismissal", "reconversion", "term_end"]
EXIT: Mapping[str, str] = {
    "none": "emploi gardé",
    "resignation": "démission",
    "mutual_termination": "rupture conventionnelle",
    "dismissal": "licenciement",
    "reconversion": "démission pour reconversion",
    "term_end": "terme du contrat",
}


class Unemployment(Section):
    """Unemployment benefit (ARE) that the person has, or would have once the contract ends."""

    daily_are: Annotated[
        float | None,
        Asked(
            "Quelle allocation chômage recevez-vous, ou recevriez-vous, par jour ?",
            help="Le montant brut de l’ARE (allocation d’aide au retour à l’emploi), avant retenues. Sans réponse, elle est estimée d’après votre salaire.",
            where="Notification de France Travail ; avant la fin du contrat, simulateur de francetravail.fr",
            example="54,30",
            columns=("ARE", "ARE journalière", "Allocation journalière"),
            decides=("unemployment.rights", "unemployment.monthly", "arce"),
        ),
    ] = Field(
        None,
        gt=0,
        le=1_000,
        title="Allocation chômage brute par jour",
        description="Daily benefit, €/day before deductions, as it is paid on the day of the report"
        " or as the end of the contract will grant it.",
        json_schema_extra={"unit": "€"},
    )
    remaining_days: Annotated[
        int | None,
        Asked(
            "Combien de jours d’allocation chômage vous reste-t-il, ou aurez-vous ?",
            help="Les jours qui restent aujourd’hui, ou ceux que la fin du contrat ouvrira. Indiquez-les avec le montant par jour, ou aucun des deux.",
            where="Notification de France Travail ; avant la fin du contrat, simulateur de francetravail.fr",
            example="548",
            columns=("Jours d’ARE restants", "Droits restants"),
            decides=("unemployment.rights", "acre.short_activity", "arce"),
        ),
    ] = Field(
        None,
        ge=0,
        le=2_000,
        title="Jours d’allocation chômage restants",
        description="Days of benefit that remain on the day of the report, or that the end of the"
        " contract will grant where it is still to come.",
    )
    untaken_leave_days: Annotated[
        int | None,
        Asked(
            "Combien de jours de congés payés vous restera-t-il à la fin du contrat ?",
            help="Ceux que l’employeur vous paiera au lieu de vous les laisser prendre, cinq par semaine. Ils retardent le premier versement du chômage.",
            where="Compteur de congés de votre bulletin de paie",
            example="10",
            columns=("Solde de congés", "Congés restants"),
            when={"transition.exit": ()},
            decides=("unemployment.wait",),
        ),
    ] = Field(
        None,
        ge=0,
        le=200,
        title="Congés payés non pris à la fin du contrat, en jours ouvrés",
        description="Working days of paid leave that the employer pays out instead of letting them be"
        " taken, five a week; they delay the first payment. null where not known.",
    )
    settlement_above_legal: Annotated[
        float | None,
        Asked(
            "Quelle indemnité de départ recevrez-vous au-delà du minimum légal ?",
            help="La partie, brute, qui dépasse ce que la loi impose à l’employeur. Elle retarde le premier versement du chômage.",
            where="La convention de rupture ou la lettre de l’employeur",
            example="3 000",
            when={"transition.exit": ("mutual_termination", "dismissal")},
            decides=("unemployment.wait",),
        ),
    ] = Field(
        None,
        ge=0,
        le=1_000_000,
        title="Indemnité de départ au-delà du minimum légal, brute",
        description="What the employer pays at the end of the contract above the legal minimum, €; it"
        " delays the first payment. null where not known.",
        json_schema_extra={"unit": "€"},
    )
    economic_dismissal: Annotated[
        bool,
        Asked(
            "Ce licenciement est-il pour motif économique ?",
            help="Il vient des difficultés ou d’une réorganisation de l’entreprise, pas de vous. L’attente avant le chômage est alors plus courte.",
            where="La lettre de licenciement",
            example="non",
            when={"transition.exit": ("dismissal",)},
            decides=("unemployment.wait",),
        ),
    ] = Field(
        default=False,
        title="Licenciement pour motif économique",
        description="Whether a dismissal is for economic reasons, which shortens the delay of a"
        " settlement.",
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse one half of the rights without the other."""
        given = {"daily_are": self.daily_are, "remaining_days": self.remaining_days}
        missing = [key for key, value in given.items() if value is None]
        if len(missing) != 1:
            return []
        (known,) = given.keys() - missing
        needed = f"transition.unemployment.{missing[0]}"
        return [Contradiction(known, "profile.half_of_the_rights", {"needed": needed})]


class Transition(Section):
    """Where the person wants to go, and how the job would end."""

    goal: Annotated[
        Literal["complement", "test", "full_time"],
        Asked(
            "Qu’attendez-vous de ce projet ?",
            help="Un revenu à côté de l’emploi, un essai pour voir, ou en vivre un jour.",
            example="un complément de revenu",
            columns=("Objectif", "But du projet"),
            synonyms={
                "complement": ("complément", "complément de revenu", "revenu complémentaire"),
                "test": ("essai", "essayer", "tester"),
                "full_time": ("en vivre", "temps plein", "plein temps", "activité principale"),
            },
            decides=("findings.earlier_acre_unknown", "advice"),
            essential=True,
        ),
    ] = Field(
        "complement",
        title="Objectif du projet",
        description="complement (income beside the job), test (see whether it works) or full_time"
        " (live on the business).",
        json_schema_extra=choices(
            {
                "complement": "un complément de revenu",
                "test": "un essai de l’activité",
                "full_time": "vivre de l’activité",
            }
        ),
    )
    leave: Annotated[
        Literal["none", "part_time", "creation_leave"],
        Asked(
            "Demanderez-vous à votre employeur du temps pour créer, tout en gardant l’emploi ?",
            help="Un temps partiel, ou un congé pour création d’entreprise : le contrat est suspendu sans salaire et vous retrouvez ensuite votre emploi.",
            example="temps partiel",
            columns=("Aménagement", "Aménagement du temps de travail"),
            synonyms={
                "none": ("non", "sans", "néant"),
                "part_time": ("mi-temps", "temps partiel pour création"),
                "creation_leave": (
                    "congé création",
                    "congé pour création",
                    "congé création d’entreprise",
                ),
            },
            decides=("leave.asked", "job.salary", "week"),
        ),
    ] = Field(
        "none",
        title="Aménagement demandé à l’employeur",
        description="Time the person would ask of the employer: part_time or creation_leave (congé"
        " pour création d'entreprise), or none.",
        json_schema_extra=choices(
            {
                "none": "aucun",
                "part_time": "temps partiel",
                "creation_leave": "congé pour création d’entreprise",
            }
        ),
    )
    exit: Annotated[
        Exit,
        Asked(
            "Prévoyez-vous de quitter votre emploi, et comment ?",
            help="La façon de partir décide du chômage. Une démission ordinaire n’y donne pas droit ; répondez « emploi gardé » si vous restez.",
            example="rupture conventionnelle",
            columns=(
                "Départ",
                "Mode de départ",
                "Départ envisagé",
                "Mode de rupture",
                "Motif de départ",
            ),
            synonyms={
                "none": ("non", "aucun", "aucune", "je reste", "reste en poste"),
                "resignation": ("démissionner", "je démissionne"),
                "mutual_termination": ("rupture co", "RC", "rupture à l’amiable"),
                "dismissal": ("licencié", "licenciée", "licencié(e)", "licenciement économique"),
                "reconversion": ("démission-reconversion", "démission reconversion"),
                "term_end": (
                    "fin de CDD",
                    "fin de contrat",
                    "fin de mission",
                    "fin de l’apprentissage",
                ),
            },
            decides=("unemployment.opens", "scenarios.planned", "findings.resignation_no_benefit"),
            essential=True,
        ),
    ] = Field(
        "none",
        title="Façon de quitter l’emploi",
        description="How the contract would end: resignation, mutual_termination (rupture"
        " conventionnelle), dismissal, reconversion (démission-reconversion), term_end (a contract"
        " with a term comes to it), or none.",
        json_schema_extra=choices(EXIT),
    )
    exit_month: Annotated[
        int | None,
        Asked(
            "Combien de mois après le démarrage votre contrat prendra-t-il fin ?",
            help="Un nombre négatif s’il finit avant, par exemple -1 s’il finit le mois précédent. Laissez vide si vous donnez le jour exact.",
            example="12",
            when={"transition.exit": ()},
            decides=("scenarios.contract_end", "findings.exit_undated"),
            essential=True,
        ),
    ] = Field(
        None,
        ge=-120,
        le=120,
        title="Fin du contrat, en mois à compter du démarrage",
        description="When the contract ends, in months from project.start; negative before it; null"
        " where not decided, or where exit_date gives the day.",
    )
    exit_date: Annotated[
        Day | None,
        Asked(
            "Quel sera le dernier jour de votre contrat ?",
            help="Si vous le connaissez, à la place du nombre de mois : l’un ou l’autre, pas les deux.",
            where="La convention de rupture, la lettre de départ ou le terme écrit dans le contrat",
            example="30/06/2027",
            columns=(
                "Date de départ",
                "Date de sortie",
                "Fin de contrat",
                "Date de fin de contrat",
            ),
            when={"transition.exit": ()},
            decides=("scenarios.contract_end", "findings.exit_undated"),
        ),
    ] = Field(
        None,
        title="Dernier jour du contrat",
        description="The last day of the contract, where it is known: in place of exit_month.",
        examples=["2027-06-30"],
    )
    unemployment: Unemployment = Field(
        default_factory=Unemployment,
        title="Allocation chômage (ARE)",
        description="Unemployment benefit (ARE).",
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse when an end comes that does not come, and two answers to when it does."""
        given = [key for key in ("exit_month", "exit_date") if getattr(self, key) is not None]
        if given and self.exit == "none":
            return [Contradiction(given[0], "profile.month_without_exit")]
        if len(given) > 1:
            return [Contradiction("exit_date", "profile.month_and_date")]
        return []
