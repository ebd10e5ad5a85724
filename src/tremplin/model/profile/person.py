"""The person, the people around them and who accompanies them."""

from datetime import date
from typing import Literal

from pydantic import Field

from tremplin.model.dates import full_years
from tremplin.model.profile.fields import Contradiction, Day, Distinct, Money, Section

Benefit = Literal["rsa", "ass", "prepare"]
Gender = Literal["female", "male", "other", "unspecified"]
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


class Person(Section):
    """Who the person is, as far as aid depends on it."""

    birth_date: Day | None = Field(
        None,
        description="Date of birth. Left out, no aid that depends on age is counted.",
        examples=["1991-05-14"],
    )
    gender: Gender = Field(
        "unspecified",
        description="Only used to compare with published statistics, and to address the person.",
    )
    zone: Literal["none", "qpv", "zfrr", "drom"] = Field(
        "none",
        description="Special zone of the business's address: qpv (priority town district), zfrr"
        " (rural revitalisation), drom (overseas department), or none of them.",
    )
    disability: bool = Field(default=False, description="Recognised as a disabled worker (RQTH).")
    benefits: Distinct[Benefit] = Field(
        (),
        strict=False,  # YAML has lists only
        description="Benefits received: rsa (RSA), ass (ASS), prepare (PreParE, parental leave).",
        examples=[["rsa"]],
        json_schema_extra={"uniqueItems": True},
    )
    acre_in_last_3_years: bool = Field(
        default=False, description="Whether an earlier ACRE ended less than three years ago."
    )

    def age_at(self, day: date) -> int | None:
        """Give the age in full years on a day; None where the date of birth is not known."""
        return None if self.birth_date is None else full_years(self.birth_date, day)


class Household(Section):
    """The people the person lives with, and the money the household needs."""

    situation: Literal["single", "couple"] = Field(
        "single",
        description="single, or couple where married or in a PACS: people taxed together.",
    )
    children: int = Field(0, ge=0, le=20, description="Number of dependent children.")
    youngest_child_age: int | None = Field(
        None, ge=0, le=30, description="Age of the youngest dependent child, in years."
    )
    caregiver: bool = Field(
        default=False, description="Whether the person cares for a relative besides the children."
    )
    other_income: Money = Field(
        0.0, description="Other net taxable income of the household, €/month, besides the salary."
    )
    fixed_costs: Money | None = Field(
        None,
        description="What the household must pay every month, €/month: housing, credits, food,"
        " energy, insurance, school. Left out, the whole salary is taken to be needed.",
    )
    support: Literal["supportive", "neutral", "opposed"] = Field(
        "neutral", description="How the people close to the person see the project."
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse the age of a child where there is none."""
        if self.youngest_child_age is not None and self.children == 0:
            return [Contradiction("youngest_child_age", "profile.age_without_child")]
        return []


class Support(Section):
    """Who accompanies the person."""

    mentor: bool = Field(
        default=False, description="Whether an experienced entrepreneur follows the project."
    )
    network: Network = Field(
        "none",
        description="The network that accompanies the project: cci (chamber of commerce), cma"
        " (chamber of trades), a support network, women_network, alumni, club, other, or none.",
    )


class Health(Section):
    """Warning signs of the last months. Sensitive and optional: reports work without them."""

    sleep_trouble: bool | None = Field(
        None, description="Trouble sleeping in the last months. May be left out."
    )
    pain: bool | None = Field(None, description="Recurring pain. May be left out.")
