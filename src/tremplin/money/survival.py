"""
How many businesses like this one last: what Insee saw of those born in a year.
"""

from dataclasses import dataclass

from tremplin.case import Case, answer
from tremplin.case.declared import correction
from tremplin.law.forms import CohortId, legal_form
from tremplin.money.comparison import recommended


@dataclass(frozen=True, slots=True)
class Cohort:
    """Businesses of a kind born in 2018: which share was still active after so many years, by the figures' ids."""

    id: CohortId
    figures: dict[int, str]
    before: str
    """The figure of those born in 2014, after five years."""
    shares: dict[int, float]
    """In % of those born, by year."""
    share_before: float
    mine: bool
    """Whether the person's business would be one of them, in the form recommended."""


COHORTS: dict[CohortId, tuple[dict[int, str], str]] = {
    "company": ({1: "A21", 3: "A18", 5: "A23"}, "A32"),
    "sole_trader": ({1: "A20", 3: "A19", 5: "A24"}, "A33"),
    "classic": ({3: "A17", 5: "A22"}, "A28"),
    "micro_started": ({3: "A36", 5: "A38"}, "A43"),
    "micro_registered": ({3: "A37", 5: "A39"}, "A44"),
}


@dataclass(frozen=True, slots=True)
class Survival:
    """Shares of businesses of a form still active, from 0 to 1."""

    three_years: float
    five_years: float


@answer("risk.survival", "insee_ip2069", "insee_ip2070")
def survival(case: Case) -> Survival:
    """Give what Insee saw of the businesses born in 2018 in the form recommended."""
    figures, _ = COHORTS[legal_form(recommended(case)).cohort]
    return Survival(case.best(figures[3]) / 100, case.best(figures[5]) / 100)


@answer("risk.cohorts", "insee_ip2069", "insee_ip2070")
def cohorts(case: Case) -> tuple[Cohort, ...]:
    """Give what Insee saw of the businesses born in 2018, by form; its figures of the first year count those gone."""
    own = legal_form(recommended(case)).cohort
    return tuple(
        Cohort(
            id=id_,
            figures=figures,
            before=before,
            shares={
                year: 100 - case.best(figure) if year == 1 else case.best(figure)
                for year, figure in figures.items()
            },
            share_before=case.best(before),
            mine=id_ == own,
        )
        for id_, (figures, before) in COHORTS.items()
    )


@correction("half_fail")
def _half_fail(case: Case) -> bool:  # noqa: ARG001 - everybody has read it
    """Everybody hears that half of the businesses fail."""
    return True
