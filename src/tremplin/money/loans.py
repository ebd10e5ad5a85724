"""
Honour loans: what the networks lend of what is hoped for, and what of it a plan may count.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.declared import (
    correction,
    finding,
)

Why = Literal["as_hoped", "below_range", "above_range", "alone", "above_proportion"]


@dataclass(frozen=True, slots=True)
class Loan:
    """An honour loan hoped for, held against what the network lends."""

    network: Literal["initiative_france", "reseau_entreprendre", "bpifrance"]
    hoped: float
    counted: float
    least: float
    most: float
    why: Why


RANGES: dict[str, tuple[str, str]] = {
    "initiative_france": ("A62", "A64"),
    "reseau_entreprendre": ("A65", "S14"),
    "bpifrance": ("A66", "A67"),
}
"""The figures of the lowest and highest loan of each network."""


@answer("financing.loans")
def loans(case: Case) -> tuple[Loan, ...]:
    """
    Hold the loans hoped for against the amounts that the networks lend.

    Less than a network lends is not counted; Bpifrance lends only beside another network's loan, and in proportion to
    it (facts S15; the ratio is a convention).
    """
    hoped = case.profile.financing.honor_loans
    found: list[Loan] = []
    for network, amount in (
        ("initiative_france", hoped.initiative_france),
        ("reseau_entreprendre", hoped.reseau_entreprendre),
        ("bpifrance", hoped.bpifrance),
    ):
        if not amount:
            continue
        low, high = RANGES[network]
        least, most = case.best(low), case.best(high)
        counted, why = amount, "as_hoped"
        if amount < least:
            counted, why = 0.0, "below_range"
        elif amount > most:
            counted, why = most, "above_range"
        if network == "bpifrance":
            others = sum(loan.counted for loan in found)
            beside = others * case.convention("financing.bpifrance_ratio")
            if not others:
                counted, why = 0.0, "alone"
            elif counted > beside:
                counted, why = beside, "above_proportion"
        found.append(Loan(network, amount, counted, least, most, why))  # type: ignore[arg-type] # the literals above
    return tuple(found)


@finding("loans_out_of_range")
def _loans_out_of_range(case: Case) -> bool:
    """A loan hoped for is not counted as a whole."""
    return any(loan.counted < loan.hoped for loan in loans(case))


@correction("initiative_ceiling")
def _initiative_ceiling(case: Case) -> bool:
    """Whoever hopes for an honour loan hears of a ceiling that is an average."""
    hoped = case.profile.financing.honor_loans.initiative_france
    return hoped > 0 or case.profile.project.seeks_investors
