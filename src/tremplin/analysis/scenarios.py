"""
The ways to combine job and project, each month by month over twenty-four months: what the household has after tax.

Dates come from the profile: the start, the leave, the month in which the contract would end. Where the profile plans no
end, the scenarios of leaving all end the contract in the month of a convention, so that they can be compared.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from tremplin.analysis.acre import Acre
from tremplin.analysis.contract import employed_at_start
from tremplin.analysis.dates import add_months
from tremplin.analysis.income.arrays import Array
from tremplin.analysis.income.calendar import MONTHS, YEAR, month_begins, stretches
from tremplin.analysis.income.forms import Basis, Form, outcome
from tremplin.analysis.income.household import JobPath, TaxedHousehold, earned_before
from tremplin.analysis.job import Leaving, asked_of_employer, exit_month, salary_path
from tremplin.analysis.leave import CreationLeave
from tremplin.analysis.unemployment import (
    PaidExit,
    Rights,
    activity_kept,
    as_capital,
    beside_new_activity,
    days_worked,
    kept_in_full,
    rights,
    rights_left,
)
from tremplin.analysis.week import Week
from tremplin.model.profile import Profile
from tremplin.model.register import Register

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
    capital: Array
    project: Array
    """What the project leaves before income tax."""
    others: float
    """The household's other income, € a month."""
    tax: Array
    """The household's whole income tax, with the project."""
    rights: Rights | None
    acre: bool
    by: PaidExit | None = None
    """The exit that opens the rights; None where there are none."""
    whole: bool = False
    """Whether the benefit is whole, because the business ran and earned beside the job (activité conservée)."""
    conditional: bool = False
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
        """All unemployment benefit paid month by month over the twenty-four months, €."""
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

    Where the contract ends before the start, the plan is to keep the benefit; `with_capital` plans for the capital.
    """

    all: tuple[Scenario, ...]
    planned_id: ScenarioId

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

    def with_capital(self) -> "Scenarios":
        """Plan for the rights as capital, where that is open."""
        return replace(self, planned_id="capital_first") if "capital_first" in self.ids else self

    def of(self, id_: str) -> Scenario:
        """Give a scenario by its id."""
        return next(scenario for scenario in self.all if scenario.id == id_)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the ways that are open."""
        return tuple(scenario.id for scenario in self.all)


def planned_id(
    profile: Profile, register: Register, as_of: date, leave: CreationLeave
) -> ScenarioId:
    """
    Name the way that the profile plans; an end without a month is not planned yet.

    Resigning to retrain where that opens no benefit, as from public service, is a plain resignation.
    """
    transition, end = profile.transition, profile.contract_end
    if transition.exit != "none" and end is not None:
        if rights_left(profile, register, transition.exit, end, as_of) is None:
            resigns = transition.exit in {"resignation", "reconversion"}
            return "resignation" if resigns else "without_benefit"
        return transition.exit if employed_at_start(profile) else "benefit_first"
    return asked_of_employer(profile, leave)


def scenarios(  # noqa: PLR0913, PLR0917 - what the project, the job and the aids bring together
    basis: Basis, form: Form, as_of: date, leave: CreationLeave, week: Week, acre: Acre
) -> Scenarios:
    """
    Reckon every way that is open to the person, with the project in the form recommended.

    A contract that has ended, or is to end before the start, leaves only the ways that begin with its end.
    """
    profile, register = basis.profile, basis.register
    maker = _Maker(profile, register, form, as_of, leave, week, acre)
    planned = planned_id(profile, register, as_of, leave)
    made: list[Scenario] = []
    if employed_at_start(profile):
        made.append(maker.employed("keep"))
        made += [maker.employed(way) for way in maker.leaves()]
        month = exit_month(profile, register)
        if profile.employment.contract == "permanent" or planned == "resignation":
            made.append(maker.left("resignation", month))
        if planned == "without_benefit":
            made.append(maker.left("without_benefit", month))
        ends = add_months(profile.project.start, month)
        made += [maker.left(exit_, month) for exit_ in maker.paid_exits(ends)]
    elif planned == "resignation" or planned == "without_benefit":  # noqa: PLR1714 - a set would not narrow the type
        made.append(maker.left(planned, profile.transition.exit_month or 0))
    first = maker.first_exit()
    if first and maker.can_leave_first:
        made += [maker.before(first, capital=False)]
        if maker.acre_as_job_seeker():
            made += [maker.before(first, capital=True)]
    return Scenarios(tuple(made), planned)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the scenarios of one person."""

    profile: Profile
    register: Register
    form: Form
    as_of: date
    leave: CreationLeave
    week: Week
    acre: Acre

    @property
    def start(self) -> date:
        return self.profile.project.start

    def leaves(self) -> tuple[Leaving, ...]:
        """List what may be asked of the employer; public servants need an authorisation, which is another matter."""
        if self.profile.employment.sector == "public":
            return ("part_time",) if self.leave.part_time_open else ()
        return ("part_time", "creation_leave") if self.leave.eligible else ()

    def paid_exits(self, ends: date) -> tuple[PaidExit, ...]:
        """
        List the exits that open benefit on a day: the one that is planned, and those that one may choose.

        A fixed-term contract comes to its term; public service has exits of its own rules, which are not reckoned here.
        """
        ways: tuple[PaidExit, ...] = ("mutual_termination", "dismissal", "reconversion", "term_end")
        employment = self.profile.employment
        chosen = employment.contract == "permanent" and employment.sector == "private"
        return tuple(
            way
            for way in ways
            if rights_left(self.profile, self.register, way, ends, self.as_of)
            and (chosen or way in {"term_end", self.profile.transition.exit})
        )

    def first_exit(self) -> PaidExit | None:
        """Name the exit by which the contract would end before the business begins: as planned, else the first."""
        planned, end = self.profile.transition.exit, self.profile.contract_end
        if end is not None and end < self.start:
            return next((way for way in self.paid_exits(end) if way == planned), None)
        ways = self.paid_exits(self.start)
        return next((way for way in ways if way == planned), ways[0] if ways else None)

    @property
    def can_leave_first(self) -> bool:
        """Whether a contract that runs could still be ended before the business begins."""
        if not employed_at_start(self.profile):
            return True
        months = self.register.convention("scenario.leave_first_months")
        return add_months(self.as_of, months) <= self.start

    def acre_as_job_seeker(self) -> bool:
        """Tell whether a job-seeker would have ACRE, without which there is no ARCE: never once it is too late to ask."""
        return not self.profile.person.acre_in_last_3_years and not self.acre.too_late

    def employed(self, way: Leaving) -> Scenario:
        salary = salary_path(self.profile, self.leave, self.week, way=way, ends=None)
        return self._made(way, salary, np.zeros(MONTHS), np.zeros(MONTHS), None, None)

    def left(
        self, exit_: Literal["resignation", "without_benefit"] | PaidExit, month: int
    ) -> Scenario:
        """Leave once the business runs: where it earned beside the job, nothing is taken off the benefit."""
        way = asked_of_employer(self.profile, self.leave)
        salary = salary_path(self.profile, self.leave, self.week, way=way, ends=month)
        end = add_months(self.start, month)
        if exit_ == "resignation" or exit_ == "without_benefit":  # noqa: PLR1714 - a set would not narrow the type
            return self._made(exit_, salary, np.zeros(MONTHS), np.zeros(MONTHS), end, None)
        found = rights(self.profile, self.register, exit_, end, self.as_of)
        whole = activity_kept(self.profile, month)
        if whole:
            benefit = kept_in_full(self.register, found, month, self.start)
        else:
            income = self._income_without_job(leaves_first=False)
            benefit = beside_new_activity(self.register, found, income, self.start, month)
        made = self._made(exit_, salary, benefit, np.zeros(MONTHS), end, found)
        conditional = self._conditional(exit_, end)
        return replace(made, by=exit_, whole=whole, conditional=conditional)

    def before(self, exit_: PaidExit, *, capital: bool) -> Scenario:
        """Leave first, then create: benefit less 70 % of the income, or the rights as capital."""
        end = self.profile.contract_end
        if end is None or end >= self.start:
            end = self.start
        found = rights(self.profile, self.register, exit_, end, self.as_of)
        none = np.zeros(MONTHS)
        if capital:
            paid = as_capital(self.register, found, self.start)
            made = self._made("capital_first", none, none, paid, end, found)
            return replace(made, by=exit_, conditional=self._conditional(exit_, end))
        income = self._income_without_job(leaves_first=True)
        benefit = beside_new_activity(self.register, found, income, self.start)
        made = self._made("benefit_first", none, benefit, none, end, found)
        return replace(made, by=exit_, conditional=self._conditional(exit_, end))

    def _conditional(self, exit_: PaidExit, end: date) -> bool:
        needed = self.register.value("reconversion.days_worked", at=self.start)
        return exit_ == "reconversion" and days_worked(self.profile, self.register, end) < needed

    def _income_without_job(self, *, leaves_first: bool) -> Array:
        """Give what the project earns in each month before tax where there is no salary, €: profit or pay."""
        basis = Basis(
            self.profile, self.register, self._acre(leaves_first=leaves_first), self.as_of
        )
        alone = outcome(basis, self.form, JobPath.of_salary(self.profile, np.zeros(MONTHS)))
        return alone.taxable

    def _acre(self, *, leaves_first: bool) -> bool:
        return self.acre_as_job_seeker() if leaves_first else self.acre.eligible

    def _made(  # noqa: PLR0913, PLR0917 - the columns of a scenario
        self,
        id_: ScenarioId,
        salary: Array,
        benefit: Array,
        capital: Array,
        ends: date | None,
        found: Rights | None,
    ) -> Scenario:
        acre = self._acre(leaves_first=id_ in {"benefit_first", "capital_first"})
        days = self.register.value("are.days_per_month", at=self.start)
        a_month = found.daily * days if found else 0.0
        job = JobPath(salary, benefit + capital, earned_before(self.profile, ends, a_month))
        project = outcome(Basis(self.profile, self.register, acre, self.as_of), self.form, job)
        tax = np.empty(MONTHS)
        for stretch in stretches(self.start):
            household = TaxedHousehold.of(self.profile, self.register, job, stretch)
            tax[stretch.months] = float(household.tax()) / YEAR
        return Scenario(
            id=id_,
            start=self.start,
            ends=ends,
            salary=salary,
            benefit=benefit,
            capital=capital,
            project=project.net,
            others=self.profile.household.other_income,
            tax=tax + project.income_tax,
            rights=found,
            acre=acre,
        )
