"""
What would change the answer: the smallest change of the profile that lifts a finding, found by asking the case again.

The changes to try are declared with their subjects, each as a row of ever larger ones; a finding names those that may
lift it in `data/findings.csv`. One that would stop the start for another reason is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from tremplin.assessment.findings import Finding, blockers, findings
from tremplin.case import Case, answer
from tremplin.case.declared import Change, declared

SOUGHT = frozenset({"stop", "high"})
"""The severities of findings for which changes are sought."""


@dataclass(frozen=True, slots=True)
class Lift:
    """A change of the profile that lifts a finding, alone or with others."""

    id: str
    """Its row in `data/changes.csv`."""
    change: Change


@dataclass(frozen=True, slots=True)
class Condition:
    """A finding and the ways to lift it: each is a single change, or a pair where no single one does."""

    finding: Finding
    ways: tuple[tuple[Lift, ...], ...]

    @property
    def sought(self) -> bool:
        """Whether ways were looked for: for what weighs little they are not."""
        return self.finding.severity in SOUGHT


@answer("conditions")
def conditions(case: Case) -> tuple[Condition, ...]:
    """Give what speaks against the start, the worst first, each with what would lift it."""
    return tuple(Condition(finding, ways_to_lift(case, finding)) for finding in findings(case))


def ways_to_lift(case: Case, finding: Finding) -> tuple[tuple[Lift, ...], ...]:
    """Find the smallest single changes that lift a finding; for one that stops the start the smallest pair, where none does."""
    if finding.severity not in SOUGHT:
        return ()
    tried = {id_: declared("changes")[id_](case) for id_ in finding.lifted_by}
    tried = {id_: changes for id_, changes in tried.items() if changes}
    single = [
        (Lift(id_, changes[found]),)
        for id_, changes in tried.items()
        if (found := _first(case, finding, changes)) is not None
    ]
    if single or finding.severity != "stop":
        return tuple(single)
    for (one, ones), (other, others) in combinations(tried.items(), 2):
        if (found := _first(case, finding, others, beside=ones[-1])) is None:
            continue
        beside = others[found]
        least = _first(case, finding, ones, beside=beside)
        if least is not None:
            return ((Lift(one, ones[least]), Lift(other, beside)),)
    return ()


def _first(
    case: Case, finding: Finding, changes: Sequence[Change], beside: Change | None = None
) -> int | None:
    """Find the first of ever larger changes that lifts a finding, beside another; None where the largest does not."""
    known = {one.id for one in blockers(case)}

    def changed(place: int) -> Case:
        return case.given({**(beside.values if beside else {}), **changes[place].values})

    def lifts(place: int) -> bool:
        return not declared("findings")[finding.id](changed(place))

    low, high = 0, len(changes) - 1
    if not lifts(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if lifts(middle):
            high = middle
        else:
            low = middle + 1
    stops_anew = {one.id for one in blockers(changed(high))} - known
    return None if stops_anew else high
