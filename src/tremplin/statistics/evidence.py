"""
Whether the cited figures agree with each other and with the sources: computed, never typed.
"""

from dataclasses import dataclass

from tremplin.case import Case

ROUNDING = 0.0005
"""Relative gap that rounded rates explain."""


@dataclass(frozen=True, slots=True)
class Check:
    """Two numbers that should agree, what they are, and whether they do."""

    id: str
    left: float
    right: float

    @property
    def gap(self) -> float:
        """Give how far the left number is above the right one."""
        return self.left - self.right

    @property
    def agrees(self) -> bool:
        """Tell whether rounding explains the gap."""
        return abs(self.gap) <= ROUNDING * abs(self.right)


def _cited(case: Case, figure_id: str) -> float:
    number = case.figure(figure_id).cited_number
    if number is None:
        raise ValueError(f"the article cites no single number for {figure_id}")
    return number


def consistency(case: Case) -> tuple[Check, ...]:
    """
    Hold cited figures and sources against the sums they should make.

    `cited_rest`: all creations of 2024 less micro and companies, as cited, against Insee's count of the others.
    `insee_rest`: the same from Insee's exact counts.
    `share`: percent of micro in 2024, cited parts against Insee's.
    `total_2025`: the three forms of 2024 moved by their published rates, against the published total.
    `survival`: percent gone after five years as cited, against classic firms.
    `survival_micro`: the same against micro-entrepreneurs registered.
    """
    all_cited, micro_cited = _cited(case, "S01"), _cited(case, "S03")
    companies_cited = _cited(case, "S06")
    all_, micro, companies = case.best("A02"), case.best("A03"), case.best("A04")
    others = case.best("A05")
    total_2025 = sum(
        case.best(count) * (1 + case.best(change) / 100)
        for count, change in (("A03", "A09"), ("A04", "A10"), ("A05", "A11"))
    )
    return (
        Check("cited_rest", all_cited - micro_cited - companies_cited, others),
        Check("insee_rest", all_ - micro - companies, others),
        Check("share", 100 * micro_cited / all_cited, 100 * micro / all_),
        Check("total_2025", total_2025, case.best("A06")),
        Check("survival", _cited(case, "S09"), 100 - case.best("A22")),
        Check("survival_micro", _cited(case, "S09"), 100 - case.best("A39")),
    )
