"""What a report concludes from all answers: findings and verdict, scores, steps, and its results as data."""

from tremplin.assessment.results import results
from tremplin.assessment.review import rules_before_start, rules_overdue

__all__ = ["results", "rules_before_start", "rules_overdue"]
