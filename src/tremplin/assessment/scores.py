"""
The scores: sums of documented criteria, each answered from the profile with yes, partly or no.

`data/criteria.csv` holds the questions, weights and advice; how each is answered is declared with its subject. A
criterion that does not concern the person is left out of both the points and the maximum. What stops the start keeps the
score of its dimension, and the mean, under the pass mark.
"""

from dataclasses import dataclass

from tremplin.assessment.findings import blockers
from tremplin.assessment.subjects import declared_for
from tremplin.case import Case, answer
from tremplin.case.declared import YES
from tremplin.model.criteria import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question, its answer and the points it gives."""

    id: str
    dimension: str
    weight: int
    question: str
    advice: str
    source: str
    degree: float
    """0 no, 0.5 partly, 1 yes."""

    @property
    def points(self) -> float:
        """Points earned out of `weight`."""
        return self.weight * self.degree


@dataclass(frozen=True, slots=True)
class Scores:
    """The criteria that concern the person, and the sums made of them."""

    criteria: tuple[Criterion, ...]
    stopped: frozenset[str]
    """The dimensions in which something stops the start."""
    most_stopped: int
    """The most that such a dimension, and the mean then, can score."""

    def of(self, dimension: str) -> int:
        """Give the score of a dimension, 0 to 100."""
        earned = self.earned(dimension)
        return min(earned, self.most_stopped) if dimension in self.stopped else earned

    def earned(self, dimension: str) -> int:
        """Give what its criteria come to, whatever stops the start."""
        return self._score([item for item in self.criteria if item.dimension == dimension])

    @property
    def overall(self) -> int:
        """Give the mean of the five dimensions, 0 to 100: each counts the same."""
        mean = round(sum(self.of(dimension) for dimension in DIMENSIONS) / len(DIMENSIONS))
        return min(mean, self.most_stopped) if self.stopped else mean

    def to_raise(self, dimension: str | None = None) -> tuple[Criterion, ...]:
        """List criteria not fully met, those with most points to gain first."""
        open_ones = [
            item
            for item in self.criteria
            if item.degree < YES and dimension in (None, item.dimension)
        ]
        return tuple(sorted(open_ones, key=lambda item: (item.points - item.weight, item.id)))

    @staticmethod
    def _score(criteria: list[Criterion]) -> int:
        most = sum(item.weight for item in criteria)
        return round(100 * sum(item.points for item in criteria) / most)


@answer("scores")
def scores(case: Case) -> Scores:
    """Answer every criterion of the register that concerns the person."""
    return Scores(
        tuple(
            Criterion(**row, degree=degree)
            for row, degree in declared_for(case, "scores")
            if degree is not None
        ),
        frozenset(finding.dimension for finding in blockers(case)),
        int(case.convention("scores.pass_mark")) - 1,
    )
