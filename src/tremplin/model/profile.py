"""
One person's situation: who they are, the job they keep, the business they want to start.

The models say what every key means, in which unit and within which bounds, and
`params/profile.schema.json` is made from them. They know no law: whether a person is eligible for
something is a matter of `analysis`.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from math import fsum
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tremplin.errors import InputError
from tremplin.model.dates import add_months, full_months, full_years
from tremplin.model.explain import explain
from tremplin.model.yaml import YamlDocument, read_yaml

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
MIN_AGE_AT_WORK, MIN_AGE_AT_START, MAX_AGE = 14, 16, 110
HOURS_A_WEEK = 168
# Control characters, other line ends, and marks that turn the direction of the text around them.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


def _one_line(text: str) -> str:
    if _HIDDEN.search(text):
        raise PydanticCustomError("control_character", "")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise PydanticCustomError("blank_text", "")
    return text


def _no_repeats(items: tuple[str, ...]) -> tuple[str, ...]:
    for place, item in enumerate(items):
        if item in items[:place]:
            raise PydanticCustomError("repeated_item", "{item}", {"item": item})
    return items


def _within_calendar(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError(
            "date_range", "{first} {last}", {"first": str(FIRST_DAY), "last": str(LAST_DAY)}
        )
    return day


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
]
Day = Annotated[date, AfterValidator(_within_calendar)]
Money = Annotated[float, Field(ge=0, le=100_000_000)]
Hours = Annotated[float, Field(ge=0, le=HOURS_A_WEEK)]
Share = Annotated[float, Field(ge=0, le=1)]

Benefit = Literal["rsa", "ass", "prepare"]
Category = Literal[
    "sale",
    "lodging",
    "commercial_service",
    "craft_service",
    "craft_sale",
    "liberal",
    "liberal_cipav",
]
Document = Literal[
    "identity",
    "address",
    "criminal_record_statement",
    "qualification",
    "financial_forecast",
    "financing_plan",
    "statutes",
    "capital_deposit",
    "legal_notice",
    "beneficial_owners",
    "registration",
    "bank_details",
    "insurance_certificate",
    "employer_authorisation",
]
Exit = Literal["none", "resignation", "mutual_termination", "dismissal", "reconversion"]
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
Progress = Literal["none", "draft", "done"]


class Contradiction(NamedTuple):
    """Answers that cannot all be true: the key to look at, from its section, and what is wrong."""

    key: str
    what: str
    todo: str


class Section(BaseModel):
    """A group of keys, read strictly: no unknown key, no conversion between types, no NaN."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        use_attribute_docstrings=False,
    )

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if found := self.contradictions():
            raise PydanticCustomError("contradiction", "", {"found": found})
        return self

    def contradictions(self) -> list[Contradiction]:
        """List the answers of this group that cannot all be true."""
        return []


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
    benefits: Annotated[tuple[Benefit, ...], AfterValidator(_no_repeats)] = Field(
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
            return [
                Contradiction(
                    "youngest_child_age",
                    "an age is given, but `household.children` is 0",
                    "Give the number of children, or remove this key.",
                )
            ]
        return []


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


class Turnover(Section):
    """The turnover the person expects, at three points; straight lines in between."""

    month_1: Money = Field(description="In the first month, €/month excluding VAT.")
    month_12: Money = Field(description="In the twelfth month, €/month excluding VAT.")
    month_24: Money = Field(description="In the twenty-fourth month, €/month excluding VAT.")

    def at(self, month: int) -> float:
        """
        Give the turnover of a month, €, counted from 1; it stays at that of month 24 afterwards.

        Raises:
            ValueError: The month is before the first.

        """
        if month < 1:
            raise ValueError(f"month {month} is before the start")
        if month <= 12:  # noqa: PLR2004  (the key's own name)
            return _between(self.month_1, self.month_12, (month - 1) / 11)
        return _between(self.month_12, self.month_24, min(1.0, (month - 12) / 12))

    def total(self, first: int, last: int) -> float:
        """Give the turnover of the months `first` to `last` together, €."""
        return fsum(self.at(month) for month in range(first, last + 1))


class Expenses(Section):
    """What running the business costs, social contributions and taxes apart."""

    fixed: Money = Field(0.0, description="Expenses that do not depend on turnover, €/month.")
    rate: Share = Field(
        0.0, description="Expenses that follow turnover, as a share of it, 0 to 1: goods, fees."
    )

    def at(self, turnover: float) -> float:
        """Give the expenses that go with a month's turnover, €."""
        return self.fixed + self.rate * turnover


class Preparation(Section):
    """What is already done."""

    market_study: Progress = Field("none", description="State of the market study.")
    business_plan: Progress = Field("none", description="State of the business plan.")
    clients: int = Field(
        0, ge=0, le=1_000_000, description="Clients who have bought or promised to buy."
    )
    recurring_share: Share = Field(
        0.0, description="Share of the turnover that comes back by itself, 0 to 1."
    )
    insurance: bool = Field(
        default=False, description="Whether the professional insurance is taken out."
    )
    bank_account: bool = Field(
        default=False, description="Whether there is a bank account for the business."
    )
    documents: Annotated[tuple[Document, ...], AfterValidator(_no_repeats)] = Field(
        (),
        strict=False,  # YAML has lists only
        description="Papers at hand: identity (identity card or passport), address (proof of the"
        " business address: lease, domiciliation, bill), criminal_record_statement (déclaration de"
        " non-condamnation et de filiation), qualification (diploma or proof of experience),"
        " financial_forecast, financing_plan, statutes (signed, companies), capital_deposit (bank's"
        " certificate, companies), legal_notice (annonce légale, companies), beneficial_owners"
        " (declaration, companies), registration (attestation d'immatriculation with SIRET),"
        " bank_details (RIB of the business account), insurance_certificate (RC pro, décennale),"
        " employer_authorisation (written, public sector or where the contract asks for it).",
        examples=[["identity", "address"]],
        json_schema_extra={"uniqueItems": True},
    )


class Project(Section):
    """The business the person wants to start."""

    activity: Line = Field(
        description="The activity in a few words, as it is printed in the report (in French).",
        examples=["Rédaction web"],
    )
    category: Category = Field(
        description="How the activity is taxed: sale (goods, food on site), lodging,"
        " commercial_service, craft_service, craft_sale, liberal (general scheme), liberal_cipav."
    )
    regulated: bool = Field(
        default=False,
        description="Whether the law asks for a diploma or experience to carry on the activity.",
    )
    qualified: bool = Field(
        default=False,
        description="Whether the person has that diploma or experience; of no effect where the"
        " activity is not regulated.",
    )
    physical: bool = Field(
        default=False, description="Whether the work wears the body: loads, postures, early hours."
    )
    start: Day = Field(description="Planned first day of the business.", examples=["2027-01-04"])
    competes_with_employer: bool = Field(
        default=False, description="Whether the business would compete with the employer."
    )
    targets_employer_clients: bool = Field(
        default=False, description="Whether it would approach the employer's clients."
    )
    uses_employer_resources: bool = Field(
        default=False,
        description="Whether it would use the employer's time, equipment, files or know-how.",
    )
    weekly_hours: Hours = Field(description="Hours a week for the project.", examples=[10])
    turnover: Turnover = Field(description="Expected turnover, €/month excluding VAT.")
    expenses: Expenses = Field(default_factory=Expenses, description="Expected expenses.")
    investment: Money = Field(0.0, description="Equipment, works and stock to pay at the start, €.")
    partners: int = Field(0, ge=0, le=100, description="Number of partners besides the person.")
    seeks_investors: bool = Field(
        default=False, description="Whether the person wants outside investors in the capital."
    )
    preparation: Preparation = Field(
        default_factory=Preparation, description="What is already done."
    )


class HonorLoans(Section):
    """Interest-free personal loans (prêts d'honneur) hoped for, by network."""

    initiative_france: Money = Field(0.0, description="From Initiative France, €.")
    reseau_entreprendre: Money = Field(0.0, description="From Réseau Entreprendre, €.")
    bpifrance: Money = Field(
        0.0, description="From Bpifrance, €; it comes only beside another network's loan."
    )

    @property
    def total(self) -> float:
        """Give all honour loans together, €."""
        return self.initiative_france + self.reseau_entreprendre + self.bpifrance


class Financing(Section):
    """The money that the person can or hopes to put into the project."""

    savings: Money = Field(0.0, description="Own savings that may go into the project, €.")
    family: Money = Field(0.0, description="Gifts and loans from family and friends, €.")
    bank_loan: Money = Field(0.0, description="Bank loan, €.")
    honor_loans: HonorLoans = Field(
        default_factory=HonorLoans, description="Honour loans (prêts d'honneur), by network."
    )
    grants: Money = Field(0.0, description="Grants and prizes, €.")


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


class Unemployment(Section):
    """Unemployment benefit (ARE) that the person has, or would have once the contract ends."""

    daily_are: float | None = Field(
        None, gt=0, le=1_000, description="Daily benefit, €/day before deductions."
    )
    remaining_days: int | None = Field(
        None, ge=0, le=2_000, description="Days of benefit that remain, or would be granted."
    )

    def contradictions(self) -> list[Contradiction]:
        """Refuse one half of the rights without the other."""
        given = {"daily_are": self.daily_are, "remaining_days": self.remaining_days}
        missing = [key for key, value in given.items() if value is None]
        if len(missing) != 1:
            return []
        (known,) = given.keys() - missing
        return [
            Contradiction(
                known,
                f"this key needs `transition.unemployment.{missing[0]}` beside it",
                "Give both, or leave both out.",
            )
        ]


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
        " conventionnelle), dismissal, reconversion (démission-reconversion), or none.",
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
            return [
                Contradiction(
                    "exit_month",
                    "a month is given, but `transition.exit` is none",
                    "Say how the contract ends, or remove this key.",
                )
            ]
        return []


class Profile(Section):
    """One person's situation, from which tremplin makes a personalised feasibility report."""

    id: str = Field(
        pattern="^[a-z0-9][a-z0-9-]{0,63}$",
        description="Short name of the output folder: lower-case letters, digits and hyphens.",
        examples=["alice"],
    )
    name: Line = Field(description="Name as it is printed in the report.", examples=["Alice"])
    lang: Literal["fr"] = Field("fr", description="Language of the report.")
    person: Person = Field(default_factory=Person, description="Who the person is.")
    household: Household = Field(default_factory=Household, description="The household.")
    employment: Employment = Field(description="The job that the person keeps.")
    project: Project = Field(description="The business the person wants to start.")
    financing: Financing = Field(default_factory=Financing, description="Money for the project.")
    support: Support = Field(default_factory=Support, description="Who accompanies the person.")
    health: Health = Field(
        default_factory=Health, description="Warning signs. Optional and sensitive."
    )
    transition: Transition = Field(
        default_factory=Transition, description="Where the person wants to go, and how."
    )

    @property
    def fixed_costs(self) -> float:
        """What the household must pay, €/month: as given, else the whole salary, to be careful."""
        given = self.household.fixed_costs
        return self.employment.net_salary if given is None else given

    @property
    def contract_end(self) -> date | None:
        """The day the contract would end; None where it does not or the month is not decided."""
        months = self.transition.exit_month
        return None if months is None else add_months(self.project.start, months)

    def contradictions(self) -> list[Contradiction]:
        """Refuse dates in an impossible order and weeks of more hours than there are."""
        start, since = self.project.start, self.employment.since
        found = []
        if since > start:
            found.append(
                Contradiction(
                    "employment.since",
                    f"{since} is after `project.start` ({start})",
                    "Give the first day of the job that is kept, or a later start.",
                )
            )
        elif self.contract_end is not None and self.contract_end < since:
            found.append(
                Contradiction(
                    "transition.exit_month",
                    f"the contract would end on {self.contract_end}, before `employment.since`",
                    "Count the months from `project.start`; before it they are negative.",
                )
            )
        age_at_work, age_at_start = self.person.age_at(since), self.person.age_at(start)
        if age_at_work is not None and age_at_work < MIN_AGE_AT_WORK and since <= start:
            found.append(
                Contradiction(
                    "employment.since",
                    f"the person would have been under {MIN_AGE_AT_WORK}",
                    "Check it against `person.birth_date`.",
                )
            )
        if age_at_start is not None and not MIN_AGE_AT_START <= age_at_start <= MAX_AGE:
            found.append(
                Contradiction(
                    "person.birth_date",
                    f"the person would be {age_at_start} years old on `project.start`",
                    f"Check both dates; {MIN_AGE_AT_START} to {MAX_AGE} years are possible.",
                )
            )
        hours = self.employment.weekly_hours + self.project.weekly_hours
        if hours > HOURS_A_WEEK:
            found.append(
                Contradiction(
                    "project.weekly_hours",
                    f"with `employment.weekly_hours` it makes {hours:g} hours a week",
                    f"A week has {HOURS_A_WEEK}: lower one of the two.",
                )
            )
        return found


def load_profile(path: Path) -> Profile:
    """
    Read and check one person's YAML file.

    Raises:
        InputError: Something in it is wrong; all problems at once, in the order of the file.

    """
    return parse_profile(read_yaml(path))


def parse_profile(document: YamlDocument) -> Profile:
    """Check one person's data that has been read, as `load_profile` does."""
    problems = list(document.problems)
    try:
        profile = Profile.model_validate(document.data)
    except ValidationError as error:
        problems += explain(error, Profile, document)
    if problems:
        raise InputError(*sorted(problems, key=lambda problem: problem.line or 0))
    return profile


SHORTEST: Mapping[str, Any] = {
    "id": "alice",
    "name": "Alice",
    "employment": {
        "contract": "permanent",
        "since": "2021-09-01",
        "weekly_hours": 35,
        "net_salary": 2300,
    },
    "project": {
        "activity": "Rédaction web",
        "category": "liberal",
        "start": "2027-01-04",
        "weekly_hours": 10,
        "turnover": {"month_1": 300, "month_12": 1800, "month_24": 2600},
    },
}
"""The least that a profile must say, with dates as JSON writes them."""


def profile_schema() -> dict[str, Any]:
    """Give the JSON Schema of a profile, for editors."""
    schema = Profile.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "tremplin profile",
        "examples": [SHORTEST],
    }


def profile_schema_text() -> str:
    """Give the JSON Schema as the text of `params/profile.schema.json`."""
    return json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"


def _between(first: float, last: float, way: float) -> float:
    return first + (last - first) * way
