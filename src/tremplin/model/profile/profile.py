"""One person's situation as a whole, and the answers of different groups that contradict each other."""

import hashlib
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from tremplin.model.dates import add_months, full_months
from tremplin.model.profile.asked import Asked
from tremplin.model.profile.employment import Employment
from tremplin.model.profile.fields import (
    HOURS_A_WEEK,
    MONTHS_A_YEAR,
    WEEKS_A_YEAR,
    Contradiction,
    FolderName,
    Line,
    Section,
    choices,
)
from tremplin.model.profile.financing import Financing
from tremplin.model.profile.household import Household
from tremplin.model.profile.person import Health, Person, Support
from tremplin.model.profile.project import Project
from tremplin.model.profile.transition import Transition
from tremplin.model.scalar import printable, unless_hidden
from tremplin.model.yaml import shown

MOST_AN_HOUR, LEAST_A_YEAR, MOST_TIMES_THE_COSTS = 110, 5_000, 10
"""What makes the pay of a month look like that of a year: € net an hour, € in all, and how often it pays the household's costs."""
MIN_AGE_AT_WORK, MIN_AGE_AT_START, MAX_AGE = 14, 16, 110


class Profile(Section):
    """One person's situation, from which tremplin makes a personalised feasibility report."""

    id: Annotated[
        FolderName,
        Asked(
            "Comment votre dossier doit-il s’appeler ?",
            help="Des lettres minuscules sans accent, des chiffres et des traits d’union : le rapport est rangé sous ce nom.",
            example="camille-martin",
            columns=(
                "Référence",
                "Référence du dossier",
                "Référence client",
                "N° de dossier",
                "Numéro de dossier",
                "Identifiant",
                "Identifiant client",
                "ID client",
                "ID contact",
                "N° client",
                "Code client",
                "Dossier",
            ),
        ),
    ] = Field(
        title="Nom du dossier",
        description="Short name of the output folder: lower-case letters, digits and hyphens.",
        examples=["alice"],
    )
    name: Annotated[
        Line,
        Asked(
            "Quel nom doit figurer sur votre rapport ?",
            help="Un prénom suffit ; il n’entre dans aucun calcul.",
            example="Camille",
            columns=(
                "Nom complet",
                "Nom et prénom",
                "Prénom et nom",
                "Nom du client",
                "Nom de famille",
                "Nom usuel",
                "Nom d’usage",
                "Prénom",
                "Client",
                "Porteur de projet",
                "Bénéficiaire",
            ),
            essential=True,
        ),
    ] = Field(title="Nom", description="Name as it is printed in the report.", examples=["Alice"])
    lang: Annotated[
        Literal["fr"],
        Asked(
            "Dans quelle langue voulez-vous le rapport ?",
            help="Seul le français est disponible aujourd’hui.",
            example="français",
        ),
    ] = Field(
        "fr",
        title="Langue du rapport",
        description="Language of the report.",
        json_schema_extra=choices({"fr": "français"}),
    )
    person: Person = Field(default_factory=Person, title="Vous", description="Who the person is.")
    household: Household = Field(
        default_factory=Household, title="Votre foyer", description="The household."
    )
    employment: Employment = Field(
        title="Votre emploi", description="The job that the person keeps."
    )
    project: Project = Field(
        title="Votre projet", description="The business the person wants to start."
    )
    financing: Financing = Field(
        default_factory=Financing, title="Votre financement", description="Money for the project."
    )
    support: Support = Field(
        default_factory=Support,
        title="Votre accompagnement",
        description="Who accompanies the person.",
    )
    health: Health = Field(
        default_factory=Health,
        title="Votre santé",
        description="Warning signs. Optional and sensitive.",
    )
    transition: Transition = Field(
        default_factory=Transition,
        title="Votre transition",
        description="Where the person wants to go, and how.",
    )

    @property
    def fixed_costs(self) -> float:
        """What the household must pay, €/month: as given, else the whole salary, to be careful."""
        given = self.household.fixed_costs
        return self.employment.net_salary if given is None else given

    @property
    def contract_end(self) -> date | None:
        """The last day of the contract; None where it does not end or its end is not decided."""
        months = self.transition.exit_month
        if months is None:
            return self.transition.exit_date
        return add_months(self.project.start, months)

    @property
    def exit_month(self) -> int | None:
        """The month of activity, from 0, in which the contract has ended, below 0 before the start; None where it does not."""
        end, start = self.transition.exit_date, self.project.start
        if end is None:
            return self.transition.exit_month
        day_after = end + timedelta(days=1)
        return full_months(start, day_after) if end >= start else min(-1, -full_months(end, start))

    def _looks_like_a_year_of_pay(self) -> bool:
        """
        Tell whether the pay of a month is probably that of a year.

        A year of the minimum wage is 110 € for each hour of a month; one employee in some hundreds earns that in a month.
        Whoever does has costs that go with it: who says so is believed.
        """
        job, costs = self.employment, self.household.fixed_costs
        hours_a_month = job.weekly_hours * WEEKS_A_YEAR / MONTHS_A_YEAR
        if job.net_salary < max(LEAST_A_YEAR, hours_a_month * MOST_AN_HOUR):
            return False
        return costs is None or job.net_salary >= MOST_TIMES_THE_COSTS * costs

    def token(self, as_of: date) -> str:
        """
        Give what ties the files of this person's report of a day together: `r` and 32 hexadecimal digits.

        They tell nothing of the person, and two profiles never have the same.
        """
        said = f"{as_of.isoformat()} {self.model_dump_json()}"
        return "r" + hashlib.sha256(said.encode()).hexdigest()[:32]

    def contradictions(self) -> list[Contradiction]:
        """Refuse dates in an impossible order, a term without a contract of one, money of nobody, and weeks that are too long."""
        start, since = self.project.start, self.employment.since
        found = []
        if since > start:
            found.append(
                Contradiction(
                    "employment.since",
                    "profile.job_after_start",
                    {"since": shown(since), "start": shown(start)},
                )
            )
        elif self.contract_end is not None and self.contract_end < since:
            found.append(
                Contradiction(
                    "transition.exit_date"
                    if self.transition.exit_date
                    else "transition.exit_month",
                    "profile.end_before_job",
                    {"end": shown(self.contract_end)},
                )
            )
        if self.transition.exit == "term_end" and not self.employment.has_term:
            found.append(Contradiction("transition.exit", "profile.term_of_permanent"))
        age_at_work, age_at_start = self.person.age_at(since), self.person.age_at(start)
        if age_at_work is not None and age_at_work < MIN_AGE_AT_WORK and since <= start:
            found.append(
                Contradiction(
                    "employment.since", "profile.too_young_at_work", {"age": MIN_AGE_AT_WORK}
                )
            )
        if age_at_start is not None and not MIN_AGE_AT_START <= age_at_start <= MAX_AGE:
            found.append(
                Contradiction(
                    "person.birth_date",
                    "profile.age_at_start",
                    {"age": shown(age_at_start), "least": MIN_AGE_AT_START, "most": MAX_AGE},
                )
            )
        if self._looks_like_a_year_of_pay():
            salary = self.employment.net_salary
            values = unless_hidden(salary=salary, monthly=salary / MONTHS_A_YEAR)
            found.append(Contradiction("employment.net_salary", "profile.salary_of_a_year", values))
        if self.financing.partners and not self.project.shared:
            found.append(Contradiction("financing.partners", "profile.partners_money_alone"))
        hours = self.employment.weekly_hours + self.project.weekly_hours
        if hours > HOURS_A_WEEK:
            found.append(
                Contradiction(
                    "project.weekly_hours",
                    "profile.hours_together",
                    {"hours": printable(f"{hours:g}"), "most": HOURS_A_WEEK},
                )
            )
        return found
