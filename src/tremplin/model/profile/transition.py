"""Where the person wants to go, how the job would end, and the benefit that would follow."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from tremplin.model.profile.fields import Contradiction, Section, choices

Exit = Literal["none", "resignation", "mutual_termination", "dismissal", "reconversion", "term_end"]
EXIT: Mapping[str, str] = {
    "none": "emploi gardé",
    "resignation": "démission",
    "mutual_termination": "rupture conventionnelle",
    "dismissal": "licenciement",
    "reconversion": "démission pour reconversion",
    "term_end": "terme du CDD",
}


class Unemployment(Section):
    """Unemployment benefit (ARE) that the person has, or would have once the contract ends."""

    daily_are: float | None = Field(
        None,
        gt=0,
        le=1_000,
        title="Allocation chômage brute par jour",
        description="Daily benefit, €/day before deductions.",
        json_schema_extra={"unit": "€"},
    )
    remaining_days: int | None = Field(
        None,
        ge=0,
        le=2_000,
        title="Jours d’allocation chômage restants",
        description="Days of benefit that remain on the day of the report, or that the end of the"
        " contract will grant where it is still to come.",
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

    goal: Literal["complement", "test", "full_time"] = Field(
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
    leave: Literal["none", "part_time", "creation_leave"] = Field(
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
    exit: Exit = Field(
        "none",
        title="Façon de quitter l’emploi",
        description="How the contract would end: resignation, mutual_termination (rupture"
        " conventionnelle), dismissal, reconversion (démission-reconversion), term_end (a fixed-term"
        " contract comes to its term), or none.",
        json_schema_extra=choices(EXIT),
    )
    exit_month: int | None = Field(
        None,
        ge=-120,
        le=120,
        title="Fin du contrat, en mois à compter du démarrage",
        description="When the contract ends, in months from project.start; negative before it; null"
        " where not decided.",
    )
    unemployment: Unemployment = Field(
        default_factory=Unemployment,
        title="Allocation chômage (ARE)",
        description="Unemployment benefit (ARE).",
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse the month of an end that does not come."""
        if self.exit_month is not None and self.exit == "none":
            return [Contradiction("exit_month", "profile.month_without_exit")]
        return []
