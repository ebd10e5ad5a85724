from collections.abc import Callable
from datetime import date
from itertools import product

import numpy as np
import pytest

from tremplin.analysis.assessment import Assessment
from tremplin.analysis.scenarios import Scenario

PEOPLE = ("alice", "bruno", "chantal", "david", "emma", "farid", "gaelle", "hugo")
Assessed = Callable[..., Assessment]

EMPLOYED_PRIVATE = (
    "keep",
    "part_time",
    "creation_leave",
    "resignation",
    "mutual_termination",
    "dismissal",
    "reconversion",
    "benefit_first",
    "capital_first",
)


@pytest.mark.parametrize(
    ("name", "planned", "ids"),
    [
        ("alice", "keep", EMPLOYED_PRIVATE),
        ("bruno", "reconversion", EMPLOYED_PRIVATE),
        # Public service: an authorisation for part time, and no benefit of the private rules.
        ("chantal", "keep", ("keep", "part_time", "resignation")),
        ("david", "mutual_termination", EMPLOYED_PRIVATE),
        # The contract ends before the start: only what begins with its end is open, and the plan needs the capital.
        ("emma", "capital_first", ("benefit_first", "capital_first")),
        ("farid", "keep", ("keep", "term_end", "benefit_first", "capital_first")),
        ("gaelle", "keep", EMPLOYED_PRIVATE),
        # Less than two years in the job: no leave to create a business.
        ("hugo", "resignation", ("keep", *EMPLOYED_PRIVATE[3:])),
    ],
)
def test_the_ways_that_are_open(
    assessed: Assessed, name: str, planned: str, ids: tuple[str, ...]
) -> None:
    """Each person is shown the ways of their contract, and the one of their profile is named as the plan."""
    ways = assessed(name).finances.scenarios
    assert (ways.planned_id, ways.ids) == (planned, ids)
    assert ways.planned.id == planned


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_available_is_the_sum_of_its_parts(assessed: Assessed, name: str) -> None:
    """In every month of every way, the household has salary, benefit, capital, project and others, less tax."""
    found = assessed(name)
    for way in found.finances.scenarios.all:
        parts = way.salary + way.benefit + way.capital + way.project + way.others - way.tax
        assert way.available == pytest.approx(parts), way.id
        assert way.available.shape == (24,)
        assert np.isfinite(way.available).all(), way.id
        assert way.others == found.profile.household.other_income


@pytest.mark.parametrize("name", PEOPLE)
def test_sums_are_those_of_the_months(assessed: Assessed, name: str) -> None:
    """Totals, the poorest month and the months under the costs are counted from what is available."""
    found = assessed(name)
    costs = found.profile.fixed_costs
    for way in found.finances.scenarios.all:
        months = way.available.tolist()
        assert way.total == pytest.approx(sum(months))
        assert way.lowest == min(months)
        assert way.months_below(costs) == sum(month < costs for month in months)
        assert way.benefit_total == pytest.approx(sum(way.benefit.tolist()))
        assert way.benefit_months == sum(month > 0 for month in way.benefit.tolist())
        assert way.capital_total == pytest.approx(sum(way.capital.tolist()))


@pytest.mark.parametrize("name", PEOPLE)
def test_no_way_has_what_the_law_keeps_apart(assessed: Assessed, name: str) -> None:
    """Benefit and capital exclude each other, neither comes with a salary, and rights are never overdrawn."""
    for way in assessed(name).finances.scenarios.all:
        assert not (way.benefit_total and way.capital_total), way.id
        assert not ((way.salary > 0) & (way.benefit > 0)).any(), way.id
        for part in (way.salary, way.benefit, way.capital, way.tax):
            assert (part >= 0).all(), way.id
        total = way.rights.total if way.rights else 0.0
        assert way.benefit_total <= total + 0.01, way.id
        assert way.capital_total <= 0.6 * 0.97 * total + 0.01, way.id
        if way.ends_first:
            # 60 % of the rights at most, for a business that began after the contract ended
            assert way.benefit_total <= 0.6 * total + 0.01, way.id
            assert float(way.salary.sum()) == 0, way.id


@pytest.mark.parametrize("name", PEOPLE)
def test_rights_come_with_an_exit_that_opens_them(assessed: Assessed, name: str) -> None:
    """Who keeps the job or resigns has no benefit; all other ways say by which exit it comes, and when."""
    for way in assessed(name).finances.scenarios.all:
        paid = way.id not in {"keep", "part_time", "creation_leave", "resignation"}
        assert (way.rights is not None, way.by is not None) == (paid, paid), way.id
        assert (way.ends is None) is (way.id in {"keep", "part_time", "creation_leave"}), way.id


@pytest.mark.parametrize(
    ("id_", "salary", "benefit"),
    [
        # 2 300 € a month
        ("keep", 55_200, 0),
        # a year without pay
        ("creation_leave", 27_600, 0),
        # a year of salary, then nothing
        ("resignation", 27_600, 0),
        # then twelve months of thirty days at 53.88 €
        ("mutual_termination", 27_600, 19_396.80),
        ("dismissal", 27_600, 19_396.80),
        ("reconversion", 27_600, 19_396.80),
        ("benefit_first", 0, 14_773.90),
        ("capital_first", 0, 0),
    ],
)
def test_alices_ways(assessed: Assessed, id_: str, salary: float, benefit: float) -> None:
    """What Alice is paid by employer and unemployment insurance over two years, way by way."""
    way = assessed("alice").finances.scenarios.of(id_)
    assert float(way.salary.sum()) == pytest.approx(salary)
    assert way.benefit_total == pytest.approx(benefit, abs=0.01)
    # 60 % of 457 days at 53.88 €, less 3 %
    assert way.capital_total == pytest.approx(14_330.68 if id_ == "capital_first" else 0, abs=0.01)


def test_part_time_keeps_a_part_of_the_salary_for_a_year(assessed: Assessed) -> None:
    """Alice's part time costs some of the salary for twelve months, then she is paid in full again."""
    salary = assessed("alice").finances.scenarios.of("part_time").salary
    assert set(salary.tolist()) == {2_300.0, float(salary.min())}
    assert int((salary < 2_300).sum()) == 12
    assert 0 < salary.min() < 2_300


@pytest.mark.parametrize(
    ("exit_", "month"),
    list(product(("resignation", "reconversion", "mutual_termination"), (None, 6))),
)
def test_nobody_resigns_from_a_fixed_term_unless_planned(
    assessed: Assessed, exit_: str, month: int | None
) -> None:
    """A fixed term ends at its term: a resignation is shown only to whoever plans one, and opens no benefit."""
    assert "resignation" not in assessed("farid").finances.scenarios.ids
    plan = {"transition.exit": exit_, "transition.exit_month": month}
    ways = assessed("farid", plan).finances.scenarios
    assert "reconversion" not in ways.ids
    assert ("resignation" in ways.ids) is (ways.planned_id == "resignation")
    if exit_ == "resignation" and month is not None:
        assert ways.planned_id == "resignation"
        assert ways.planned.benefit_total == 0


@pytest.mark.parametrize(
    ("name", "id_", "ends"),
    [
        # a year after the start, where the profile plans none
        ("alice", "resignation", date(2028, 1, 4)),
        ("alice", "benefit_first", date(2027, 1, 4)),
        ("bruno", "reconversion", date(2028, 3, 1)),
        ("david", "mutual_termination", date(2028, 2, 1)),
        ("emma", "capital_first", date(2027, 5, 1)),
        ("hugo", "resignation", date(2027, 7, 11)),
    ],
)
def test_the_day_the_contract_ends(assessed: Assessed, name: str, id_: str, ends: date) -> None:
    """As planned; otherwise twelve months after the start, and on the first day where it must come first."""
    assert assessed(name).finances.scenarios.of(id_).ends == ends


@pytest.mark.parametrize("name", PEOPLE)
def test_ranked_and_safest(assessed: Assessed, name: str) -> None:
    """Ways are ranked by what they leave, and the safest has as few months under the costs as any."""
    found = assessed(name)
    ways, costs = found.finances.scenarios, found.profile.fixed_costs
    totals = [way.total for way in ways.ranked]
    assert totals == sorted(totals, reverse=True)
    assert sorted(way.id for way in ways.ranked) == sorted(ways.ids)
    safest = ways.safest(costs)
    assert all(safest.months_below(costs) <= way.months_below(costs) for way in ways.all)


def test_a_job_seeker_may_have_acre_where_an_employee_has_none(assessed: Assessed) -> None:
    """Alice has no ground for ACRE while employed, but one if she leaves first (L5141-1)."""
    ways = assessed("alice").finances.scenarios
    assert {way.id for way in ways.all if way.acre} == {"benefit_first", "capital_first"}


def test_an_earlier_acre_closes_the_capital(assessed: Assessed) -> None:
    """Without ACRE there is no capital: whoever had ACRE less than three years ago keeps the monthly benefit."""
    ways = assessed("alice", {"person.acre_in_last_3_years": True}).finances.scenarios
    assert "benefit_first" in ways.ids
    assert "capital_first" not in ways.ids
    assert not any(way.acre for way in ways.all)


def test_the_poorest_month_is_dated(assessed: Assessed) -> None:
    """The report can say from which day on the household has least."""
    way: Scenario = assessed("alice").finances.scenarios.of("resignation")
    assert way.lowest_from == date(2028, 1, 4)
    assert way.lowest == way.available[12]


def test_the_tax_is_that_of_the_household_and_of_the_project(assessed: Assessed) -> None:
    """Beside her job Alice's household pays the tax it would pay anyway, and what the project adds to it."""
    found = assessed("alice").finances
    # 117.95 € in each of two years without the project
    anyway = [one.without for one in found.household_taxes]
    assert anyway == pytest.approx([117.95, 117.95], abs=0.01)
    added = float(found.forms.best.outcome.income_tax.sum())
    assert added > 1_000
    assert float(found.scenarios.of("keep").tax.sum()) == pytest.approx(235.89 + added, abs=0.02)
