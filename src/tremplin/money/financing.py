"""
The financing plan: what the project needs, what there is, the gap, and the ways to close it in order.
"""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_days
from tremplin.case.declared import NO, PARTLY, YES, Todo, correction, criterion, finding, step
from tremplin.law.acre import arce
from tremplin.law.contract import employed_at_start, has_left
from tremplin.law.leave import asked_of_employer
from tremplin.money.cash import CashPlan, household_draws, working_capital
from tremplin.money.comparison import forms
from tremplin.money.reserve import MOST_MONTHS, household_income, savings_left
from tremplin.money.scenarios import Scenario, Scenarios, open_scenarios
from tremplin.person.week import week

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


def _resources(case: Case, capital: float | None) -> dict[ResourceId, float]:
    """List what there is to start with, €: the person's own money first, then that of others."""
    financing = case.profile.financing
    found: dict[ResourceId, float] = {
        "savings": financing.savings,
        "family": financing.family,
        "grants": financing.grants,
    }
    for loan in loans(case):
        found[loan.network] = loan.counted
    found["bank_loan"] = financing.bank_loan
    if capital:
        found["arce"] = capital
    return found


def _plan(case: Case, capital: float | None) -> FinancingPlan:
    """Make the plan for the form recommended, with unemployment rights paid as capital (ARCE, €) or without."""
    needs: dict[NeedId, float] = {
        "investment": case.profile.project.investment,
        "registration": forms(case).best.registration,
        "working_capital": working_capital(case),
        "safety": case.convention("finances.safety_months") * case.profile.fixed_costs,
    }
    there = _resources(case, capital)
    gap = sum(needs.values()) - sum(there.values())
    return FinancingPlan(needs, there, loans(case), _ways(case, gap) if gap > 0 else ())


def _ways(case: Case, gap: float) -> tuple[Way, ...]:
    """
    List ways to close the gap, the cheapest first: spend less, save longer, borrow without interest, borrow, share.

    Investors come last, and only where shares are wanted or the gap is too wide for the rest. Nobody can wait for a
    business that runs already.
    """
    project, found = case.profile.project, []
    if project.investment > 0:
        found.append(Way("lower", min(gap, project.investment)))
    if "keep" in open_scenarios(case).ids and case.start > case.as_of:
        keep = open_scenarios(case).of("keep")
        spare = float((keep.available - keep.project)[0]) - case.profile.fixed_costs
        most = case.convention("financing.wait_months")
        if spare > 0 and math.ceil(gap / spare) <= most:
            found.append(Way("wait", gap, math.ceil(gap / spare)))
    borrowed = sum(loan.counted for loan in loans(case) if loan.network != "bpifrance")
    room = case.best("A64") - borrowed
    if room > 0 and gap >= case.best("A62") - borrowed:
        found.append(Way("honor_loan", min(gap, room)))
    found.append(Way("bank", gap))
    if project.seeks_investors or gap > case.convention("financing.investors_gap"):
        found.append(Way("investors", gap))
    return tuple(found)


@answer("financing.capital")
def capital_needed(case: Case) -> float | None:
    """
    Give the unemployment rights that the plan takes as capital, €; None where it does not.

    Rights can be had once: as capital where the plan needs it, month by month otherwise.
    """
    amount = arce(case).amount
    needed = amount and "capital_first" in open_scenarios(case).ids and _plan(case, None).gap
    return amount if needed else None


@answer("financing")
def financing(case: Case) -> FinancingPlan:
    """Make the financing plan for the form recommended."""
    return _plan(case, capital_needed(case))


@answer("scenarios")
def scenarios(case: Case) -> Scenarios:
    """Give the ways to combine job and project, the planned one with rights as capital where the plan needs them."""
    ways = open_scenarios(case)
    return ways.with_capital() if capital_needed(case) else ways


@answer("scenarios.while_kept")
def while_kept(case: Case) -> Scenario:
    """Give the way in which the household lives while the job is kept; as planned where it is not."""
    ways = scenarios(case)
    return ways.of(asked_of_employer(case)) if employed_at_start(case) else ways.planned


@answer("cash")
def cash(case: Case) -> CashPlan:
    """Give what the project's cash depends on, in the form recommended and the way planned."""
    plan, best, planned = financing(case), forms(case).best, scenarios(case).planned
    # The first half of the capital is there at the start, the second comes later.
    later = planned.capital.copy()
    later[0] = 0.0
    spent = case.profile.project.investment + best.registration
    return CashPlan(
        case,
        best.form,
        plan.available - float(later.sum()) - spent,
        household_draws(planned, case.profile.fixed_costs),
        later,
        plan.borrowed,
    )


@answer("financing.safety_months")
def safety_months(case: Case) -> float | None:
    """Give how many months of fixed costs what is left of the savings covers, at most ten years; None without costs."""
    costs = case.profile.fixed_costs
    if not costs:
        return None
    return min(savings_left(case, financing(case).available), MOST_MONTHS * costs) / costs


@finding("safety_low")
def _safety_low(case: Case) -> bool:
    """The reserve lasts less than the months aimed at."""
    months = safety_months(case)
    return months is not None and months < case.convention("finances.safety_months")


@finding("household_gap")
def _household_gap(case: Case) -> bool:
    """The household's known income is less than its fixed costs."""
    return household_income(case, job=week(case).job_share) < case.profile.fixed_costs


@finding("investment_gap")
def _investment_gap(case: Case) -> bool:
    """The resources do not pay for the investment."""
    return financing(case).available < case.profile.project.investment


@finding("financing_gap")
def _financing_gap(case: Case) -> bool:
    """The resources pay for the investment, but not for all needs."""
    plan = financing(case)
    return case.profile.project.investment <= plan.available and plan.gap > 0


@finding("loans_out_of_range")
def _loans_out_of_range(case: Case) -> bool:
    """A loan hoped for is not counted as a whole."""
    return any(loan.counted < loan.hoped for loan in financing(case).loans)


@criterion("finances.safety")
def _safety(case: Case) -> float:
    """The reserve lasts as many months as aimed at; half of them count for half."""
    months, aim = safety_months(case), case.convention("finances.safety_months")
    if months is None or months >= aim:
        return YES
    return PARTLY if months >= aim / 2 else NO


@criterion("finances.household")
def _household(case: Case) -> float:
    """The household can pay its costs without the job; with what is kept of it, that counts for half."""
    costs = case.profile.fixed_costs
    if household_income(case, job=0.0) >= costs:
        return YES
    return PARTLY if household_income(case, job=week(case).job_share) >= costs else NO


@criterion("finances.investment")
def _investment(case: Case) -> float:
    """The resources pay for the investment; half of it counts for half."""
    need, there = case.profile.project.investment, financing(case).available
    if there >= need:
        return YES
    return PARTLY if there >= need / 2 else NO


def is_funded(case: Case) -> bool:
    """Tell whether a bank or a network is asked for money."""
    asked = case.profile.financing
    return asked.bank_loan > 0 or asked.honor_loans.total > 0


@step("financing")
def _ask_lenders(case: Case) -> Todo | None:
    """Ask lenders for money while the salary is paid, which they look at."""
    return Todo(latest=_last_paid_day(case)) if is_funded(case) else None


def _last_paid_day(case: Case) -> date | None:
    """Give the day before the end of a contract that ends before the start, today at the earliest."""
    end = case.contract_end
    if end is None or has_left(case) or employed_at_start(case):
        return None
    return max(case.as_of, add_days(end, -1))


@step("investors")
def _ask_investors(case: Case) -> Todo | None:
    """Look for investors."""
    return Todo() if case.profile.project.seeks_investors else None


@correction("initiative_ceiling")
def _initiative_ceiling(case: Case) -> bool:
    """Whoever hopes for an honour loan hears of a ceiling that is an average."""
    hoped = case.profile.financing.honor_loans.initiative_france
    return hoped > 0 or case.profile.project.seeks_investors
