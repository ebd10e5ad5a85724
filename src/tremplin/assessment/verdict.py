"""
The verdict: whether the start is possible as planned, and what stops it if not.
"""

from typing import Literal

from tremplin.assessment.findings import blockers, findings
from tremplin.assessment.scores import scores
from tremplin.case import Case, answer
from tremplin.model.criteria import DIMENSIONS

Verdict = Literal["go", "go_with_conditions", "stop"]
StoppedBy = Literal["law", "money"]


@answer("verdict")
def verdict(case: Case) -> Verdict:
    """
    Give the answer: stop on any blocker; go with nothing to mend; conditions in between.

    A dimension scored under the pass mark of the conventions is a condition even where no finding names it.
    """
    if blockers(case):
        return "stop"
    pass_mark = case.convention("scores.pass_mark")
    if findings(case) or any(scores(case).of(dimension) < pass_mark for dimension in DIMENSIONS):
        return "go_with_conditions"
    return "go"


@answer("verdict.stopped_by")
def stopped_by(case: Case) -> tuple[StoppedBy, ...]:
    """Tell whether law or want of money stops the start; neither where nothing does."""
    found = {one.is_money for one in blockers(case)}
    kinds: dict[StoppedBy, bool] = {"law": False in found, "money": True in found}
    return tuple(kind for kind, stops in kinds.items() if stops)
