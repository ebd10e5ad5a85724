"""
What popular advice gets wrong for this person: for whom each matters is declared with its subject.
"""

from dataclasses import dataclass

from tremplin.assessment.subjects import declared_for
from tremplin.case import Case, answer


@dataclass(frozen=True, slots=True)
class Advice:
    """A popular claim and what is true instead."""

    id: str
    claim: str
    correction: str
    source: str


@answer("advice")
def advice(case: Case) -> tuple[Advice, ...]:
    """List the popular claims that would mislead this person, in the order of `data/advice.csv`."""
    return tuple(Advice(**row) for row, matters in declared_for(case, "advice") if matters)
