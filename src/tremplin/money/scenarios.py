"""
The ways to combine job and project, each month by month over twenty-four months: what the household has after tax.

Dates come from the profile: the start, the leave, the month in which the contract would end. Where the profile plans no
end, the scenarios of leaving all end the contract in the month of a convention, so that they can be compared.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.arrays import Array
from tremplin.case.months import MONTHS, YEAR, month_begins, stretches
from tremplin.law.acre import acre_as_job_seeker
from tremplin.law.benefit import Rights, as_capital
from tremplin.law.contract import employed_at_start
from tremplin.law.exits import talks_begin
from tremplin.law.forms import Form
from tremplin.law.household import JobPath, earned_before, household_in
from tremplin.law.leave import Leaving, leave_ways
from tremplin.law.unemployment import (
    PaidExit,
    activity_kept,
    is_conditional,
    monthly_benefit,
    paid_exit,
    rights,
)
from tremplin.money.comparison import recommended
from tremplin.money.forms import outcome, own_contributions
from tremplin.money.job import benefit_path, exit_month, salary_path
from tremplin.money.leaving import kept_job, leaving, leaving_first, staying
from tremplin.person.week import can_work_less

ScenarioId = Literal[
    "keep",
    "part_time",
    "creation_leave",
    "resignation",
    "mutual_termination",
    "dismissal",
    "reconversion",
    "term_end",
    "without_benefit",
    "benefit_first",
    "capital_first",
]
"""`without_benefit` is an exit by which benefit is paid in general, but of which the person has none or none is left."""

EURO = 1.0
NEARLY = 0.02
"""Poorest months that differ by no more than this share count as the same."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way, arrays by month, €."""

    id: ScenarioId
    start: date
    """The first day of the business."""
    ends: date | None
    """The last day of the contract; None where it goes on."""
    salary: Array
    benefit: Array
    """Unemployment benefit as it is received, paid month by month."""
    capital: Array
    """Or paid as capital."""
    project: Array
    """What the project brings in before income tax: of a company pay, and dividends in the month in which they are paid."""
    later: float
    """What it earns in these months but pays after them: dividends of a financial year that is closed later, €."""
    others: Array
    """The household's other income; a partner's who is taxed apart, after that tax."""
    tax: Array
    """The income tax of the person and of those taxed with them, with the project."""
    tax_alone: Array
    """The same without the project."""
    rights: Rights | None
    by: PaidExit | None
    """The exit that opens the rights; None where there are none."""
    whole: bool
    """Whether the benefit is whole, because the business ran and earned beside the job (activité conservée)."""
    conditional: bool
    """Whether it needs what the profile does not show: days worked elsewhere before resigning to retrain."""

    @property
    def available(self) -> Array:
        """What the household has to live on in each month, after income tax."""
        return self.salary + self.benefit + self.capital + self.project + self.others - self.tax

    @property
    def total(self) -> float:
        """The same over the twenty-four months."""
        return float(self.available.sum())

    @property
    def lowest(self) -> float:
        """What the household has in the poorest month, €."""
        return float(self.available.min())

    @property
    def lowest_from(self) -> date:
        """The first day of the month in which it has least."""
        return month_begins(self.start, int(self.available.argmin()))

    @property
    def ends_first(self) -> bool:
        """Whether the contract must have ended before the business begins."""
        return self.id in {"benefit_first", "capital_first"}

    @property
    def benefit_total(self) -> float:
        """All unemployment benefit received month by month over the twenty-four months, €."""
        return float(self.benefit.sum())

    @property
    def benefit_months(self) -> int:
        """The months in which some of it is paid."""
        return int((self.benefit > 0).sum())

    @property
    def capital_total(self) -> float:
        """The rights paid as capital, both payments together, €."""
        return float(self.capital.sum())

    def reserve_needed(self, costs: float) -> float:
        """Give what the household must have put by to meet its fixed costs in every month, €."""
        return max(0.0, -float(np.cumsum(self.available - costs).min()))

    def months_below(self, costs: float) -> int:
        """Count the months in which the household has less than its fixed costs."""
        return int((self.available < costs).sum())


@dataclass(frozen=True, slots=True)
class Scenarios:
    """
    All ways that are open to the person, the planned one named.

    Where the contract ends before the start, the plan is to keep the benefit; `with_capital` plans for the capital. An end
    that has no date yet is not planned: the job is reckoned as kept until it has one.
    """

    all: tuple[Scenario, ...]
    planned_id: ScenarioId
    decided: bool
    """Whether that is what the profile plans, and not how things stay until a planned end has a date."""

    @property
    def ranked(self) -> tuple[Scenario, ...]:
        """All ways, the one that leaves most over the twenty-four months first."""
        return tuple(sorted(self.all, key=lambda scenario: -scenario.total))

    @property
    def richest(self) -> Scenario:
        """The way that leaves most over the twenty-four months."""
        return self.ranked[0]

    def safest(self, costs: float) -> Scenario:
        """
        Give the way that asks for the least money put by, and has the best of poorest months.

        Of ways whose poorest months are nearly the same, it is the one that leaves most. Months are not just counted: two
        that bring a capital would hide all the others.
        """
        least = min(one.reserve_needed(costs) for one in self.all)
        calm = [one for one in self.ranked if one.reserve_needed(costs) <= least + EURO]
        best = max(one.lowest for one in calm)
        return next(one for one in calm if one.lowest >= best - NEARLY * abs(best))

    @property
    def planned(self) -> Scenario:
        """The way that the profile plans."""
        return self.of(self.planned_id)

    @property
    def beside(self) -> Scenario | None:
        """The way in which benefit is paid beside a business that runs already: as planned, else the first."""
        paid = [one for one in self.all if one.by and not one.ends_first]
        return next((one for one in paid if one.id == self.planned_id), paid[0] if paid else None)

    @property
    def like_dismissal(self) -> tuple[Scenario, ...]:
        """The exits that leave as much as a dismissal with benefit; none unless a mutual termination does."""
        exits = ("mutual_termination", "dismissal", "reconversion")
        found = {one.id: one for one in self.all if one.id in exits}
        dismissal = found.get("dismissal")
        if dismissal is None or not dismissal.benefit_months:
            return ()
        same = tuple(one for one in found.values() if abs(one.total - dismissal.total) < EURO)
        return same if any(one.id == "mutual_termination" for one in same) else ()

    def with_capital(self) -> "Scenarios":
        """Plan for the rights as capital, where that is open."""
        return replace(self, planned_id="capital_first") if "capital_first" in self.ids else self

    def mark(self, way: Scenario) -> Literal["planned", "meanwhile", "other"]:
        """Tell whether a way is the one planned, or the one in which things stay until an end has a date."""
        if way.id != self.planned_id:
            return "other"
        return "planned" if self.decided else "meanwhile"

    def of(self, id_: ScenarioId) -> Scenario:
        """Give a scenario by its id."""
        return next(scenario for scenario in self.all if scenario.id == id_)

    @property
    def ids(self) -> tuple[ScenarioId, ...]:
        """The ids of the ways that are open."""
        return tuple(scenario.id for scenario in self.all)


@answer("scenarios.planned")
def planned_way(case: Case) -> ScenarioId:
    """
    Name the way that the profile plans; an end without a month is not planned yet.

    Resigning to retrain where that opens no benefit, as from public service, is a plain resignation.
    """
    exit_ = case.profile.transition.exit
    if exit_ != "none" and case.contract_end is not None:
        if rights(case) is None:
            return "resignation" if exit_ in {"resignation", "reconversion"} else "without_benefit"
        return exit_ if employed_at_start(case) else "benefit_first"
    return kept_job(case)


@answer("scenarios.open")
def open_scenarios(case: Case) -> Scenarios:
    """
    Reckon every way that is open to the person, with the project in the form recommended.

    A contract that has ended, or is to end before the start, leaves only the ways that begin with its end.
    """
    form, planned = recommended(case), planned_way(case)
    made: list[Scenario] = []
    if employed_at_start(case):
        ways: list[Leaving] = ["keep", *leave_ways(case)]
        if "part_time" in ways and not can_work_less(case):
            ways.remove("part_time")
        made += [_way(staying(case, way), form, way) for way in ways]
        month = exit_month(case)
        if case.profile.employment.contract == "permanent" or planned == "resignation":
            made.append(_way(leaving(case, "resignation", month), form, "resignation"))
        if planned == "without_benefit":
            made.append(_way(case, form, "without_benefit"))
        made += [
            _way(leaving(case, exit_, month), form, exit_)
            for exit_ in _choices(case)
            if rights(leaving(case, exit_, month))
        ]
    elif planned == "resignation" or planned == "without_benefit":  # noqa: PLR1714 - a set would not narrow the type
        made.append(_way(case, form, planned))
    first = _first_exit(case)
    if first and _can_leave_first(case):
        ended = leaving_first(case, first)
        made.append(_way(ended, form, "benefit_first"))
        if acre_as_job_seeker(case):
            made.append(_way(ended, form, "capital_first"))
    decided = case.profile.transition.exit == "none" or case.contract_end is not None
    return Scenarios(tuple(made), planned, decided)


def _choices(case: Case) -> tuple[PaidExit, ...]:
    """
    List the exits that could be asked for, whether they open benefit or not: the planned one, and those one may choose.

    A fixed-term contract comes to its term; public service has exits of its own rules, which are not reckoned here.
    """
    ways: tuple[PaidExit, ...] = ("mutual_termination", "dismissal", "reconversion", "term_end")
    employment = case.profile.employment
    chosen = employment.contract == "permanent" and employment.sector == "private"
    return tuple(way for way in ways if chosen or way in {"term_end", case.profile.transition.exit})


def _first_exit(case: Case) -> PaidExit | None:
    """Name the exit with benefit by which the contract would end before the business begins: as planned, else the first."""
    planned = paid_exit(case)
    if not employed_at_start(case):
        return planned if planned in _choices(case) and rights(case) else None
    ways = [way for way in _choices(case) if rights(leaving_first(case, way))]
    return planned if planned in ways else next(iter(ways), None)


def _can_leave_first(case: Case) -> bool:
    """Tell whether a contract that runs could still be ended before the business begins."""
    if not employed_at_start(case):
        return True
    return talks_begin(case, case.start) >= case.as_of


@answer("scenarios.way")
def _way(case: Case, form: Form, id_: ScenarioId) -> Scenario:
    """
    Follow a way through the months, with the project in a form and the taxes of the household.

    Args:
        case: the case in which the way is taken.
        form: the legal form of the project.
        id_: the way; with `capital_first` the rights are paid as capital, else month by month.

    """
    found, salary = rights(case), salary_path(case)
    benefit, capital = np.zeros(MONTHS), np.zeros(MONTHS)
    taxed = benefit
    if found and id_ == "capital_first":
        taxed = capital = as_capital(case, found, case.start)
    else:
        _, income = own_contributions(case, form)
        paid = benefit_path(case, income)
        benefit, taxed = paid.net, paid.taxable
    job = JobPath(salary, taxed, earned_before(case, monthly_benefit(case).taxable))
    project = outcome(case, form, job)
    tax, others = np.empty(MONTHS), np.empty(MONTHS)
    for stretch in stretches(case.start):
        beside = household_in(case, job, stretch)
        tax[stretch.months] = float(beside.alone) / YEAR
        others[stretch.months] = beside.others_left / YEAR
    return Scenario(
        id=id_,
        start=case.start,
        ends=case.contract_end,
        salary=salary,
        benefit=benefit,
        capital=capital,
        project=project.received,
        later=project.later,
        others=others,
        tax=tax + project.income_tax,
        tax_alone=tax,
        rights=found,
        by=paid_exit(case) if found else None,
        whole=found is not None and activity_kept(case),
        conditional=found is not None and is_conditional(case),
    )
