"""The job that the person keeps, and what its contract says."""

from datetime import date
from typing import Literal

from pydantic import Field

from tremplin.model.dates import full_months
from tremplin.model.profile.fields import Day, Hours, Line, Money, Section


class NonCompete(Section):
    """A clause against competing once the contract has ended."""

    months: int | None = Field(
        ge=1,
        le=240,
        description="Months after the contract's end; null where the clause sets none.",
    )
    area: Line | None = Field(
        description="Area as the clause words it; null where the clause names none.",
        examples=["Île-de-France"],
    )
    compensated: bool = Field(
        description="Whether the clause grants a financial compensation that is not derisory."
    )


class Clauses(Section):
    """What the contract of employment says about other activities."""

    exclusivity: Literal[True, False, "unknown"] = Field(
        "unknown",
        description="Whether the contract forbids any other activity; unknown until it is read.",
    )
    non_compete: NonCompete | None = Field(
        None,
        description="The clause against competing after the contract; null where there is none.",
    )
    confidentiality: bool = Field(
        default=False, description="Whether the contract has a confidentiality clause."
    )


class Employment(Section):
    """The job that the person keeps."""

    sector: Literal["private", "public"] = Field(
        "private",
        description="private, or public for civil servants and contract staff of public bodies.",
    )
    contract: Literal["permanent", "fixed_term"] = Field(
        description="permanent (CDI, or civil servant with tenure) or fixed_term (CDD)."
    )
    since: Day = Field(
        description="First day with this employer or its group.", examples=["2021-09-01"]
    )
    company_size: int | None = Field(
        None,
        ge=1,
        le=10_000_000,
        description="Employees of the employer. Left out, it is treated as a small firm, which has"
        " more ways to refuse.",
    )
    weekly_hours: Hours = Field(description="Contract hours a week, 0 to 168.", examples=[35])
    net_salary: Money = Field(
        description="Net taxable salary, €/month, before income tax.", examples=[2300]
    )
    schedule: Literal["day", "shift", "night"] = Field(
        "day", description="day, shift (alternating or staggered hours) or night."
    )
    commute: int = Field(
        0, ge=0, le=720, description="Travel to work and back, minutes a working day."
    )
    fatigue: int = Field(
        3, ge=1, le=5, description="How tiring the job is, from 1 (hardly) to 5 (exhausting)."
    )
    relationship: Literal["trusting", "neutral", "tense"] = Field(
        "neutral", description="How the person gets on with the employer."
    )
    sales_representative: bool = Field(
        default=False,
        description="Whether the person is a VRP (voyageur, représentant ou placier).",
    )
    employer_insolvent: bool = Field(
        default=False,
        description="Whether the employer is in sauvegarde, redressement or liquidation.",
    )
    clauses: Clauses = Field(
        default_factory=Clauses, description="What the contract says about other activities."
    )

    def seniority_months(self, day: date) -> int:
        """Give the full months with the employer on a day; 0 before the first."""
        return max(0, full_months(self.since, day))
