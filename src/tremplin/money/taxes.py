"""
The household's income tax of each calendar year, without the project and with it.
"""

from dataclasses import dataclass

from tremplin.case import Case, answer
from tremplin.case.months import stretches
from tremplin.law.household import JobPath, household_in
from tremplin.money.comparison import forms
from tremplin.money.financing import scenarios
from tremplin.money.forms import outcome
from tremplin.money.job import planned_job


@dataclass(frozen=True, slots=True)
class HouseholdTax:
    """The household's income tax of a calendar year, without the project and with it, €."""

    year: int
    without: float
    added: float
    """By the months of activity of that year, in the form recommended."""
    carried_over: bool
    """The law of that year is not known: the latest scale that is stands in for it."""


@answer("household.taxes", "cgi_197")
def household_taxes(case: Case) -> tuple[HouseholdTax, ...]:
    """Give the tax of each calendar year that the twenty-four months touch."""
    planned, job, project = scenarios(case).planned, planned_job(case), forms(case).best.outcome
    if planned.capital_total:
        # Rights paid as capital are taxed in the year in which they come, and so is the project beside them.
        job = JobPath(planned.salary, planned.capital, job.before)
        project = outcome(case, project.form, job)
    found = []
    for stretch in stretches(case.start):
        beside = household_in(case, job, stretch)
        added = float(project.income_tax[stretch.months].sum())
        found.append(
            HouseholdTax(stretch.year, float(beside.alone), added, beside.scale.carried_over)
        )
    return tuple(found)
