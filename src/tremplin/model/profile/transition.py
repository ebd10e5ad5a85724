"""Where the person wants to go, how the job would end, and the benefit that would follow."""

from typing import Literal

from pydantic import Field

from tremplin.model.profile.fields import Contradiction, Section

Exit = Literal["none", "resignation", "mutual_termination", "dismissal", "reconversion", "term_end"]


class Unemployment(Section):
    """Unemployment benefit (ARE) that the person has, or would have once the contract ends."""

    daily_are: float | None = Field(
        None, gt=0, le=1_000, description="Daily benefit, €/day before deductions."
    )
    remaining_days: int | None = Field(
        None,
        ge=0,
        le=2_000,
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
        description="complement (income beside the job), test (see whether it works) or full_time"
        " (live on the business).",
    )
    leave: Literal["none", "part_time", "creation_leave"] = Field(
        "none",
        description="Time the person would ask of the employer: part_time or creation_leave (congé"
        " pour création d'entreprise), or none.",
    )
    exit: Exit = Field(
        "none",
        description="How the contract would end: resignation, mutual_termination (rupture"
        " conventionnelle), dismissal, reconversion (démission-reconversion), term_end (a fixed-term"
        " contract comes to its term), or none.",
    )
    exit_month: int | None = Field(
        None,
        ge=-120,
        le=120,
        description="When the contract ends, in months from project.start; negative before it; null"
        " where not decided.",
    )
    unemployment: Unemployment = Field(
        default_factory=Unemployment, description="Unemployment benefit (ARE)."
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse the month of an end that does not come."""
        if self.exit_month is not None and self.exit == "none":
            return [Contradiction("exit_month", "profile.month_without_exit")]
        return []
