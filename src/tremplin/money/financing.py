"""
The financing plan: what the project needs, what there is, the gap, and the ways to close it in order.
"""

import math
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.dates import add_days
from tremplin.case.declared import (
    NO,
    PARTLY,
    YES,
    Change,
    Todo,
    change,
    criterion,
    finding,
    step,
)
from tremplin.case.months import MONTHS
from tremplin.law.acre import arce
from tremplin.law.contract import employed_at_start, has_left
from tremplin.law.forms import is_shared
from tremplin.law.trades import where_reckoned
from tremplin.money.cash import CashPlan, household_draws, household_spares, working_capital
from tremplin.money.comparison import forms
from tremplin.money.debts import bank_debt, honor_debt
from tremplin.money.leaving import kept_job
from tremplin.money.loans import Loan, loans
from tremplin.money.opening import opening
from tremplin.money.scenarios import Scenario, Scenarios, open_scenarios

NeedId = Literal[
    "investment",
    "takeover",
    "duties",
    "franchise",
    "equipment",
    "vat",
    "stock",
    "deposit",
    "registration",
    "working_capital",
    "safety",
]
ResourceId = Literal[
    "savings",
    "family",
    "grants",
    "initiative_france",
    "reseau_entreprendre",
    "bpifrance",
    "bank_loan",
    "partners",
    "arce",
]
WayId = Literal["lower", "wait", "honor_loan", "bank", "investors"]


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
    def honor_loans(self) -> float:
        """What networks lend to the person."""
        return sum(loan.counted for loan in self.loans)

    @property
    def borrowed(self) -> float:
        """What has to be paid back to networks and banks."""
        return self.honor_loans + self.resources.get("bank_loan", 0.0)

    @property
    def of_business(self) -> float:
        """What the business itself needs: all but the reserve of the household."""
        return self.need - self.needs["safety"]

    @property
    def capital(self) -> float:
        """Unemployment rights paid as capital that the plan counts on."""
        return self.resources.get("arce", 0.0)

    @property
    def gap_without_capital(self) -> float:
        """What would be missing without them."""
        return max(0.0, self.gap + self.capital - self.margin)


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
    if is_shared(case) and financing.partners:
        found["partners"] = financing.partners
    if capital:
        found["arce"] = capital
    return found


def _plan(case: Case, capital: float | None) -> FinancingPlan:
    """Make the plan for the form recommended, with unemployment rights paid as capital (ARCE, €) or without."""
    needs: dict[NeedId, float] = {
        **_to_open(case),
        "registration": forms(case).best.registration,
        "working_capital": working_capital(case),
        "safety": case.convention("finances.safety_months") * case.profile.fixed_costs,
    }
    there = _resources(case, capital)
    gap = sum(needs.values()) - sum(there.values())
    return FinancingPlan(needs, there, loans(case), _ways(case, gap) if gap > 0 else ())


def _to_open(case: Case) -> dict[NeedId, float]:
    """List what opening costs, €: the investment always, the rest where there is any."""
    costs: dict[NeedId, float] = asdict(opening(case))  # type: ignore[assignment] # its fields are the needs
    return {id_: cost for id_, cost in costs.items() if cost or id_ == "investment"}


def _ways(case: Case, gap: float) -> tuple[Way, ...]:
    """
    List ways to close the gap, the cheapest first: spend less, save longer, borrow without interest, borrow, share.

    Investors come last, and only where shares are wanted or the gap is too wide for the rest. Nobody can wait for a
    business that runs already.
    """
    project, found = case.profile.project, []
    bought = project.investment + sum(one.amount for one in project.equipment)
    if bought > 0:
        found.append(Way("lower", min(gap, bought)))
    if "keep" in open_scenarios(case).ids and case.start > case.as_of:
        keep = open_scenarios(case).of("keep")
        before = keep.salary + keep.benefit + keep.others - keep.tax_alone
        spare = float(before[0]) - case.profile.fixed_costs
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
    return ways.of(kept_job(case)) if employed_at_start(case) else ways.planned


@answer("cash.months")
def cash_months(case: Case) -> CashPlan:
    """Give what moves the project's cash in the form recommended and the way planned, from nothing at the start."""
    planned = scenarios(case).planned
    # The first half of the capital is there at the start, the second comes later.
    later = planned.capital.copy()
    later[0] = 0.0
    honor, bank = honor_debt(case), bank_debt(case)
    return CashPlan(
        case,
        forms(case).best.form,
        0.0,
        household_draws(planned, case.profile.fixed_costs),
        later,
        borrowed=honor.amount + bank.amount,
        repayment=(honor.principal + bank.principal)[:MONTHS],
        own_repayment=(honor.principal + forms(case).best.share * bank.principal)[:MONTHS],
        spare=household_spares(case, planned, case.profile.fixed_costs),
    )


@answer("cash")
def cash(case: Case) -> CashPlan:
    """Give what the project's cash depends on, in the form recommended and the way planned."""
    months, plan = cash_months(case), financing(case)
    spent = opening(case).total + forms(case).best.registration
    return replace(months, opening=plan.available - float(months.capital.sum()) - spent)


@finding("investment_gap")
@where_reckoned
def _investment_gap(case: Case) -> bool:
    """What is there on the first day does not pay for what opening costs."""
    return not cash(case).opens


@finding("financing_gap")
@where_reckoned
def _financing_gap(case: Case) -> bool:
    """The business can open, but there is not enough for all needs."""
    return cash(case).opens and financing(case).gap > 0


@finding("own_share_low")
@where_reckoned
def _own_share_low(case: Case) -> bool:
    """Whoever asks a bank brings less than it likes to see; honour loans count as brought, for they ask for no guarantee."""
    if not case.profile.financing.bank_loan:
        return False
    plan = financing(case)
    brought = plan.own + plan.honor_loans + plan.resources.get("partners", 0.0) + plan.capital
    return brought < plan.of_business * case.convention("financing.own_share")


@change("more_money")
def _more_money(case: Case) -> tuple[Change, ...]:
    """Put more of one's own money in at the start, by steps that one would name, up to a convention."""
    return tuple(
        Change({"financing.savings": case.profile.financing.savings + amount}, float(amount))
        for amount in amounts_to_try(
            case.convention("changes.money_step"), case.convention("changes.most_money")
        )
    )


@change("smaller_investment")
def _smaller_investment(case: Case) -> tuple[Change, ...]:
    """Invest less at the start."""
    planned = case.profile.project.investment
    return tuple(
        Change({"project.investment": planned - amount}, float(amount))
        for amount in amounts_to_try(case.convention("changes.money_step"), planned)
    )


def amounts_to_try(each: float, most: float) -> range:
    """Give the amounts to try up to the most, €: multiples of a whole one."""
    return range(int(each), int(most) + 1, int(each))


@criterion("finances.plan")
@where_reckoned
def _plan_closed(case: Case) -> float | None:
    """The financing plan is closed; that opening can be paid counts for half."""
    if not cash(case).opens:
        return NO
    return PARTLY if financing(case).gap > 0 else YES


def is_funded(case: Case) -> bool:
    """Tell whether a bank or a network is asked for money."""
    asked = case.profile.financing
    return asked.bank_loan > 0 or asked.honor_loans.total > 0


@answer("financing.shown_to_lenders")
def shows_forecast(case: Case) -> bool:
    """Tell whether the three years are for somebody to see: a lender, or whoever opens a place or employs."""
    project = case.profile.project
    means = project.premises, project.takeover, project.franchise, project.equipment
    return is_funded(case) or project.seeks_investors or any(means) or bool(project.employees)


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
