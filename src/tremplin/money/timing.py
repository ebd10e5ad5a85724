"""
When to leave the job: five indicators, each with a value, a threshold and the month in which the profile's curve meets it.

Three of them follow the curve: what it would be to leave at the beginning of each month, the job kept until then. Clients
and aid are facts of the day that no curve obtains: they are met from the start, or still to be obtained.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.dates import add_days
from tremplin.case.months import MONTHS, YEAR, curve, curve_at, month_begins
from tremplin.law.acre import acre
from tremplin.law.benefit import paid_until
from tremplin.law.contract import employed_at_start
from tremplin.law.trades import counts_clients
from tremplin.law.unemployment import opens_rights
from tremplin.money.cash import household_draws
from tremplin.money.comparison import forms
from tremplin.money.financing import cash, financing, scenarios, while_kept
from tremplin.money.forms import Outcome, left_of
from tremplin.money.reserve import MOST_MONTHS, savings_left
from tremplin.money.scenarios import Scenario

IndicatorId = Literal["recurring_income", "loyal_clients", "forecast", "safety", "aid"]
Unit = Literal["EUR/month", "months", "clients", "aids"]

CENTS = 2


@dataclass(frozen=True, slots=True)
class Indicator:
    """One condition for leaving."""

    id: IndicatorId
    path: Array
    """What it would be at the beginning of each month of activity."""
    threshold: float
    unit: Unit
    projected: bool
    """Whether the profile's curve moves it; if not, it is a fact of the day."""

    @property
    def value(self) -> float:
        """At the start of the business."""
        return float(self.path[0])

    @property
    def met(self) -> bool:
        """Tell whether it is met at the start."""
        return self.value >= self.threshold

    @property
    def month(self) -> int | None:
        """The month of activity, from 1, from which it is met for good; None where it is not within twenty-four."""
        below = np.flatnonzero(self.path < self.threshold)
        first = int(below[-1]) + 2 if below.size else 1
        return first if first <= len(self.path) else None

    def at(self, month: int) -> float:
        """Give it in a month of activity, from 1; after the last it stays as it is in the last."""
        return float(self.path[min(month, len(self.path)) - 1])


@dataclass(frozen=True, slots=True)
class Bridge:
    """The benefit that the planned exit opens beside a business that runs already."""

    monthly: float
    """€ received in the first full month."""
    ends: date
    """The last day that is paid."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The five indicators together, and the exit that is planned."""

    indicators: tuple[Indicator, ...]
    start: date
    need: float
    """What the household would need from the project in each month once the salary is gone, €."""
    income: Array
    """What the project leaves after tax in each month that earns it, from all clients, €."""
    planned: int | None
    """The month of activity, from 1, in which the contract has ended as planned; None where none ends after the start."""
    bridge: Bridge | None

    @property
    def ready(self) -> bool:
        """Tell whether all are met at the start."""
        return all(indicator.met for indicator in self.indicators)

    @property
    def earliest(self) -> int | None:
        """The first month of activity in which all are met; None where one never is."""
        return _last(self.indicators)

    @property
    def earliest_by_curve(self) -> int | None:
        """The same, as if what no curve obtains were obtained by then."""
        return _last(tuple(one for one in self.indicators if one.projected))

    @property
    def earliest_date(self) -> date | None:
        """The first day of the month in which all are met."""
        return self.begins(self.earliest)

    def begins(self, month: int | None) -> date | None:
        """Give the first day of a month of activity, from 1."""
        return None if month is None else month_begins(self.start, month - 1)

    def of(self, id_: IndicatorId) -> Indicator:
        """Give an indicator by its id."""
        return next(one for one in self.indicators if one.id == id_)

    @property
    def missing(self) -> tuple[Indicator, ...]:
        """The indicators that are never met: by the curve within twenty-four months, or as a fact of the day."""
        return tuple(one for one in self.indicators if one.month is None)

    @property
    def missing_at_exit(self) -> tuple[Indicator, ...]:
        """The indicators that are not met for good when the contract ends as planned."""
        if self.planned is None:
            return ()
        return tuple(
            one for one in self.indicators if one.month is None or one.month > self.planned
        )

    @property
    def too_early(self) -> bool:
        """Tell whether the contract would end before all are met."""
        return bool(self.missing_at_exit)

    @property
    def share_needed(self) -> float | None:
        """The part of the last month's income that is the need; None where even all of it is less."""
        last = float(self.income[-1])
        return self.need / last if last > 0 and last >= self.need else None


def _last(indicators: tuple[Indicator, ...]) -> int | None:
    months = [one.month for one in indicators]
    known = [month for month in months if month is not None]
    return max(known) if len(known) == len(months) else None


def cautious_forecast(case: Case, outcome: Outcome) -> Array:
    """
    Give the mean of what the project leaves a month over the twelve months from each month on, €, on less turnover.

    After month 24 it stays as it is in that month. Income tax is less in the same proportion as turnover.
    """
    caution = case.convention("timing.caution")
    less = curve_at(case, curve(case).turnover * (1 - caution))
    net = left_of(case, outcome.form, less) - outcome.income_tax * (1 - caution)
    longer = np.concatenate([net, np.full(YEAR, net[-1])])
    return np.array([longer[month : month + YEAR].mean() for month in range(MONTHS)])


def reserve(costs: float, savings: float, kept: Array) -> Array:
    """
    Give the months of the household's fixed costs that are put by at the beginning of each month.

    Args:
        costs: fixed costs of the household, € a month.
        savings: what is left of them once the start is paid, €.
        kept: what the project adds to them in each month while the job is kept, €.

    """
    if not costs:
        return np.full(MONTHS, MOST_MONTHS)
    before = np.concatenate([[0.0], np.cumsum(kept)[:-1]])
    most = MOST_MONTHS * costs
    return np.clip(savings + before, -most, most) / costs


def bridge(case: Case, way: Scenario) -> Bridge | None:
    """
    Give the benefit of a way of leaving a job beside which the business runs and earns already.

    Benefit that the income of the project reduces has no amount and no end that could be told beforehand.
    """
    if way.rights is None or not way.whole:
        return None
    begins = add_days(way.rights.ended, way.rights.wait)
    ends = paid_until(case, begins, way.rights.days, case.start)
    return Bridge(way.rights.paid(case.value("are.days_per_month")).net, ends)


@answer("timing")
def timing(case: Case) -> Timing:
    """Measure the indicators; a number of clients is none where many people buy, each a little."""
    profile, outcome, way = case.profile, forms(case).best.outcome, scenarios(case).planned
    preparation, transition = profile.project.preparation, profile.transition
    need = max(0.0, profile.fixed_costs - profile.household.other_income)
    income = outcome.net_after_tax
    # What the household draws while the job is kept, and what lenders are paid back, in each month.
    paid_out = household_draws(while_kept(case), profile.fixed_costs) + cash(case).own_repayment
    kept = outcome.received - outcome.income_tax - paid_out
    savings = savings_left(case, financing(case).available)
    known = transition.unemployment.daily_are is not None
    opened = way.rights is not None or (case.contract_end is None and opens_rights(case))
    aids = float(acre(case).eligible) + float(opened and known)

    def indicator(
        id_: IndicatorId, path: Array | float, threshold: float, unit: Unit, *, projected: bool
    ) -> Indicator:
        # Rounded before they are compared, so that whoever reads both numbers comes to the same answer.
        whole = np.round(np.broadcast_to(path, MONTHS).astype(float), CENTS)
        return Indicator(id_, whole, round(threshold, CENTS), unit, projected)

    ends = profile.exit_month if transition.exit != "none" else None
    loyal = indicator(
        "loyal_clients",
        preparation.clients,
        case.convention("timing.loyal_clients"),
        "clients",
        projected=False,
    )
    return Timing(
        (
            indicator(
                "recurring_income",
                preparation.recurring_share * income,
                need,
                "EUR/month",
                projected=True,
            ),
            *([loyal] if counts_clients(case) else []),
            indicator(
                "forecast", cautious_forecast(case, outcome), need, "EUR/month", projected=True
            ),
            indicator(
                "safety",
                reserve(profile.fixed_costs, savings, kept),
                case.convention("timing.safety_months"),
                "months",
                projected=True,
            ),
            indicator("aid", aids, case.convention("timing.aids"), "aids", projected=False),
        ),
        case.start,
        need,
        income,
        ends + 1 if ends is not None and employed_at_start(case) else None,
        bridge(case, way),
    )
