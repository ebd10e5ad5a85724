"""
What speaks against the start: blockers forbid, warnings are conditions to meet; and the verdict.

Each is declared with its subject; its words stand in `data/findings.csv`, whose order is that of the report.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.assessment.scores import scores
from tremplin.assessment.subjects import declared_for
from tremplin.case import Case, answer
from tremplin.model.criteria import DIMENSIONS

Verdict = Literal["go", "go_with_conditions", "stop"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A blocker or a warning with what it means and what to do."""

    id: str
    kind: Literal["blocker", "warning"]
    dimension: str
    title: str
    short: str
    meaning: str
    action: str
    source: str


@answer("findings")
def findings(case: Case) -> tuple[Finding, ...]:
    """Give the blockers and warnings that apply, in the order of `data/findings.csv`, blockers first."""
    return tuple(Finding(**row) for row, applies in declared_for(case, "findings") if applies)


@answer("verdict")
def verdict(case: Case) -> Verdict:
    """
    Give the answer: stop on any blocker; go with nothing to mend; conditions in between.

    A dimension scored under the pass mark of the conventions is a condition even where no warning names it.
    """
    found = findings(case)
    if any(finding.kind == "blocker" for finding in found):
        return "stop"
    pass_mark = case.convention("scores.pass_mark")
    if found or any(scores(case).of(dimension) < pass_mark for dimension in DIMENSIONS):
        return "go_with_conditions"
    return "go"
