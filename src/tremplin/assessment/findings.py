"""
What speaks against the start: what stops it, and its conditions, the worst first.

Each is declared with its subject; its words stand in `data/findings.csv`.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.assessment.subjects import declared_for, ids
from tremplin.case import Case, answer
from tremplin.model.texts import SEVERITIES, STAKES

Severity = Literal["stop", "high", "medium", "low"]
Stake = Literal["job", "money", "health", "time"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What speaks against the start, what it means and what to do."""

    id: str
    severity: Severity
    at_stake: Stake
    """What it can cost."""
    dimension: str
    title: str
    short: str
    meaning: str
    action: str
    source: str
    lifted_by: tuple[str, ...]
    """The changes of the profile that may lift it, by their ids in `data/changes.csv`."""

    @property
    def is_money(self) -> bool:
        """Whether it is for want of money; what is not is a matter of law."""
        return self.dimension == "finances"


@answer("findings")
def findings(case: Case) -> tuple[Finding, ...]:
    """Give what speaks against the start, the worst first: by severity, then by what it can cost."""
    found = [
        Finding(**{**row, "lifted_by": ids(row["lifted_by"])})
        for row, applies in declared_for(case, "findings")
        if applies
    ]
    return tuple(sorted(found, key=_weight))


def _weight(finding: Finding) -> tuple[int, int]:
    """Rank a finding, the worst first."""
    return SEVERITIES.index(finding.severity), STAKES.index(finding.at_stake)


@answer("blockers")
def blockers(case: Case) -> tuple[Finding, ...]:
    """Give what stops the start as planned, the worst first."""
    return tuple(finding for finding in findings(case) if finding.severity == "stop")


@answer("warnings")
def warnings(case: Case) -> tuple[Finding, ...]:
    """Give the conditions to meet, the worst first."""
    return tuple(finding for finding in findings(case) if finding.severity != "stop")
