"""
The financing plan: what the project needs, what there is, the gap, and the ways to close it in order.
"""

import math
from dataclasses import dataclass
from typing import Literal

from tremplin.analysis.income.forms import Basis
from tremplin.analysis.legal_form import Option
from tremplin.analysis.scenarios import Scenarios
from tremplin.model.profile import Profile
from tremplin.model.register import Register

NeedId = Literal["investment", "registration", "working_capital", "safety"]
ResourceId = Literal[
    "savings",
    "family",
    "grants",
    "initiative_france",
    "reseau_entreprendre",
    "bpifrance",
    "bank_loan",
    "arce",
]
WayId = Literal["lower", "wait", "honor_loan", "bank", "investors"]
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


@dataclass(frozen=True, slots=True)
class Way:
    """A way to close the gap."""

    id: WayId
    amount: float
    """€ that it may bring, at most the gap."""
    months: int | None = None
    """For waiting: the months of saving that it takes."""


@dataclass(frozen=True, slots=True)
class FinancingPlan:
    """Needs against resources, €."""

    needs: dict[NeedId, float]
    resources: dict[ResourceId, float]
    loans: tuple[Loan, ...]
    ways: tuple[Way, ...]

    @property
    def need(self) -> float:
        """All needs together."""
        return sum(self.needs.values())

    @property
    def available(self) -> float:
        """All resources together."""
        return sum(self.resources.values())

    @property
    def gap(self) -> float:
        """What is missing; 0 where resources suffice."""
        return max(0.0, self.need - self.available)

    @property
    def margin(self) -> float:
        """What is left once all needs are met; 0 where there is a gap."""
        return max(0.0, self.available - self.need)

    @property
    def own(self) -> float:
        """What the person and the family bring, which no lender asks back."""
        return self.resources.get("savings", 0.0) + self.resources.get("family", 0.0)

    @property
    def borrowed(self) -> float:
        """What has to be paid back to networks and banks."""
        return sum(loan.counted for loan in self.loans) + self.resources.get("bank_loan", 0.0)

    @property
    def capital(self) -> float:
        """Unemployment rights paid as capital that the plan counts on."""
        return self.resources.get("arce", 0.0)

    @property
    def gap_without_capital(self) -> float:
        """What would be missing without them."""
        return max(0.0, self.gap + self.capital - self.margin)


RANGES: dict[str, tuple[str, str]] = {
    "initiative_france": ("A62", "A64"),
    "reseau_entreprendre": ("A65", "S14"),
    "bpifrance": ("A66", "A67"),
}
"""The figures of the lowest and highest loan of each network."""


def loans(profile: Profile, register: Register) -> tuple[Loan, ...]:
    """
    Hold the loans hoped for against the amounts that the networks lend.

    Less than a network lends is not counted; Bpifrance lends only beside another network's loan, and in proportion to
    it (facts S15; the ratio is a convention).
    """
    hoped = profile.financing.honor_loans
    found: list[Loan] = []
    for network, amount in (
        ("initiative_france", hoped.initiative_france),
        ("reseau_entreprendre", hoped.reseau_entreprendre),
        ("bpifrance", hoped.bpifrance),
    ):
        if not amount:
            continue
        low, high = RANGES[network]
        least, most = register.best(low), register.best(high)
        counted, why = amount, "as_hoped"
        if amount < least:
            counted, why = 0.0, "below_range"
        elif amount > most:
            counted, why = most, "above_range"
        if network == "bpifrance":
            others = sum(loan.counted for loan in found)
            beside = others * register.convention("financing.bpifrance_ratio")
            if not others:
                counted, why = 0.0, "alone"
            elif counted > beside:
                counted, why = beside, "above_proportion"
        found.append(Loan(network, amount, counted, least, most, why))  # type: ignore[arg-type] # the literals above
    return tuple(found)


def resources(
    profile: Profile, register: Register, capital: float | None
) -> dict[ResourceId, float]:
    """List what there is to start with, €: the person's own money first, then that of others."""
    financing = profile.financing
    found: dict[ResourceId, float] = {
        "savings": financing.savings,
        "family": financing.family,
        "grants": financing.grants,
    }
    for loan in loans(profile, register):
        found[loan.network] = loan.counted
    found["bank_loan"] = financing.bank_loan
    if capital:
        found["arce"] = capital
    return found


def financing_plan(  # noqa: PLR0913 - needs, resources and what could be waited for
    basis: Basis,
    option: Option,
    working_capital: float,
    scenarios: Scenarios,
    capital: float | None,
    *,
    begun: bool,
) -> FinancingPlan:
    """
    Make the plan for a legal form.

    Args:
        basis: whose project, under which rules.
        option: the legal form.
        working_capital: the hole that the project makes in its cash, €.
        scenarios: the ways to combine job and project, for what could be saved meanwhile.
        capital: unemployment rights that are to be paid as capital (ARCE), €.
        begun: whether the business runs already, so that nobody can wait for it.

    """
    profile, register = basis.profile, basis.register
    needs: dict[NeedId, float] = {
        "investment": profile.project.investment,
        "registration": option.registration,
        "working_capital": working_capital,
        "safety": register.convention("finances.safety_months") * profile.fixed_costs,
    }
    there = resources(profile, register, capital)
    gap = sum(needs.values()) - sum(there.values())
    ways = _ways(profile, register, gap, scenarios, begun=begun) if gap > 0 else ()
    return FinancingPlan(needs, there, loans(profile, register), ways)


def _ways(
    profile: Profile, register: Register, gap: float, scenarios: Scenarios, *, begun: bool
) -> tuple[Way, ...]:
    """
    List ways to close the gap, the cheapest first: spend less, save longer, borrow without interest, borrow, share.

    Investors come last, and only where shares are wanted or the gap is too wide for the rest.
    """
    found = []
    if profile.project.investment > 0:
        found.append(Way("lower", min(gap, profile.project.investment)))
    if "keep" in scenarios.ids and not begun:
        keep = scenarios.of("keep")
        spare = float((keep.available - keep.project)[0]) - profile.fixed_costs
        most = register.convention("financing.wait_months")
        if spare > 0 and math.ceil(gap / spare) <= most:
            found.append(Way("wait", gap, math.ceil(gap / spare)))
    borrowed = sum(loan.counted for loan in loans(profile, register) if loan.network != "bpifrance")
    room = register.best("A64") - borrowed
    if room > 0 and gap >= register.best("A62") - borrowed:
        found.append(Way("honor_loan", min(gap, room)))
    found.append(Way("bank", gap))
    if profile.project.seeks_investors or gap > register.convention("financing.investors_gap"):
        found.append(Way("investors", gap))
    return tuple(found)
