"""What a report concludes from all answers: findings and verdict, scores, steps, and its results as data."""

from tremplin.assessment.results import results

__all__ = ["results"]
