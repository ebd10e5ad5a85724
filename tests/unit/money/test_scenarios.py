from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from tests.conftest import PEOPLE

from tremplin.assessment.conclusion import milestones
from tremplin.case import Case
from tremplin.case.months import stretches
from tremplin.law.acre import acre, arce
from tremplin.money.comparison import forms
from tremplin.money.financing import scenarios
from tremplin.money.leaving import leaving_first
from tremplin.money.scenarios import ScenarioId
from tremplin.money.taxes import household_taxes
from tremplin.money.timing import timing
from tremplin.person.week import week

EARLY = date(2026, 10, 1)
"""Long enough before every start for a contract to end first."""

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
    case: Callable[..., Case], name: str, planned: str, ids: tuple[str, ...]
) -> None:
    """Each person is shown the ways of their contract, and the one of their profile is named as the plan."""
    ways = scenarios(case(name, as_of=EARLY))
    assert (ways.planned_id, ways.ids) == (planned, ids)
    assert ways.planned.id == planned


@pytest.mark.parametrize(
    ("way", "first", "last"),
    [
        # 24 840 € after the deduction: 11 % above 11 600 € and the discount leave 1 218.42 € of tax, 101.54 € a month.
        ("keep", 2_118.46, 2_118.46),
        # 24 hours of 35, of which nothing is taxed, and the whole job again after a year.
        ("part_time", 1_497.14, 2_118.46),
        ("creation_leave", -80, 2_118.46),
        ("resignation", 2_118.46, -80),
    ],
)
def test_what_the_household_has_in_a_month(
    case: Callable[..., Case], way: ScenarioId, first: float, last: float
) -> None:
    """2 300 € of salary, alone, beside a project that costs 80 € a month and sells nothing."""
    changes = {
        "household": {"situation": "single", "children": 0, "fixed_costs": 1_000},
        "project.turnover": {"month_1": 0, "month_12": 0, "month_24": 0},
        "project.expenses": {"fixed": 80, "rate": 0},
        "project.start": date(2027, 1, 1),
    }
    found = scenarios(case("alice", changes, as_of=EARLY)).of(way)
    expected = [first] * 12 + [last] * 12
    assert found.available == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("name", PEOPLE)
def test_sums_are_those_of_the_months(case: Callable[..., Case], name: str) -> None:
    """Totals, the poorest month and the months under the costs are counted from what is available."""
    found = case(name)
    costs = found.profile.fixed_costs
    for way in scenarios(found).all:
        months = way.available.tolist()
        assert way.total == pytest.approx(sum(months))
        assert way.lowest == min(months)
        assert way.months_below(costs) == sum(month < costs for month in months)
        assert way.benefit_total == pytest.approx(sum(way.benefit.tolist()))
        assert way.benefit_months == sum(month > 0 for month in way.benefit.tolist())
        assert way.capital_total == pytest.approx(sum(way.capital.tolist()))


@pytest.mark.parametrize("name", PEOPLE)
def test_no_way_has_what_the_law_keeps_apart(case: Callable[..., Case], name: str) -> None:
    """Benefit and capital exclude each other, neither comes with a salary, and rights are never overdrawn."""
    for way in scenarios(case(name)).all:
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
def test_rights_come_with_an_exit_that_opens_them(case: Callable[..., Case], name: str) -> None:
    """Who keeps the job or resigns has no benefit; all other ways say by which exit it comes, and when."""
    for way in scenarios(case(name)).all:
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
        # then twelve months of thirty days less the seven of the wait, at 53.88 € less 2.84 € of pension
        ("mutual_termination", 27_600, 18_017.12),
        ("dismissal", 27_600, 18_017.12),
        ("reconversion", 27_600, 18_017.12),
        ("benefit_first", 0, 13_995.17),
        ("capital_first", 0, 0),
    ],
)
def test_alices_ways(
    case: Callable[..., Case], id_: ScenarioId, salary: float, benefit: float
) -> None:
    """What Alice is paid by employer and unemployment insurance over two years, way by way."""
    way = scenarios(case("alice", as_of=EARLY)).of(id_)
    assert float(way.salary.sum()) == pytest.approx(salary)
    assert way.benefit_total == pytest.approx(benefit, abs=0.01)
    # 60 % of 457 days at 53.88 €, less 3 %
    assert way.capital_total == pytest.approx(14_330.68 if id_ == "capital_first" else 0, abs=0.01)


def test_part_time_keeps_a_part_of_the_salary_for_a_year(case: Callable[..., Case]) -> None:
    """Alice's part time costs some of the salary for twelve months, then she is paid in full again."""
    salary = scenarios(case("alice", as_of=EARLY)).of("part_time").salary
    assert set(salary.tolist()) == {2_300.0, float(salary.min())}
    assert int((salary < 2_300).sum()) == 12
    assert 0 < salary.min() < 2_300


def test_a_leave_that_begins_within_a_month_leaves_the_days_before(
    case: Callable[..., Case],
) -> None:
    """Asked for on 22 November, the leave begins on 22 January: 18 of the 31 days from 4 January on are paid."""
    salary = scenarios(case("alice")).of("creation_leave").salary
    assert salary[0] == pytest.approx(2_300 * 18 / 31)
    assert salary[1:12].tolist() == [0.0] * 11
    assert salary[12] == pytest.approx(2_300 * 13 / 31)


@pytest.mark.parametrize(
    ("exit_", "month"),
    list(product(("resignation", "reconversion", "mutual_termination"), (None, 6))),
)
def test_nobody_resigns_from_a_fixed_term_unless_planned(
    case: Callable[..., Case], exit_: str, month: int | None
) -> None:
    """A fixed term ends at its term: a resignation is shown only to whoever plans one, and opens no benefit."""
    assert "resignation" not in scenarios(case("farid")).ids
    plan = {"transition.exit": exit_, "transition.exit_month": month}
    ways = scenarios(case("farid", plan))
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
def test_the_day_the_contract_ends(
    case: Callable[..., Case], name: str, id_: ScenarioId, ends: date
) -> None:
    """As planned; otherwise twelve months after the start, and on the first day where it must come first."""
    assert scenarios(case(name, as_of=EARLY)).of(id_).ends == ends


@pytest.mark.parametrize("name", PEOPLE)
def test_ranked_and_safest(case: Callable[..., Case], name: str) -> None:
    """Ways are ranked by what they leave, and the safest asks for as little money put by as any."""
    found = case(name)
    ways, costs = scenarios(found), found.profile.fixed_costs
    totals = [way.total for way in ways.ranked]
    assert totals == sorted(totals, reverse=True)
    assert sorted(way.id for way in ways.ranked) == sorted(ways.ids)
    safest = ways.safest(costs)
    needed = [way.reserve_needed(costs) for way in ways.all]
    assert safest.reserve_needed(costs) <= min(needed) + 1


def test_two_months_of_capital_do_not_make_a_way_safe(case: Callable[..., Case]) -> None:
    """A capital paid twice lifts two months above the costs; the job lifts none, but lacks far less in all."""
    changes = {
        "household": {"situation": "single", "children": 0, "fixed_costs": 2_500},
        "project.turnover": {"month_1": 0, "month_12": 0, "month_24": 0},
    }
    found = scenarios(case("alice", changes, as_of=EARLY))
    assert found.of("capital_first").months_below(2_500) == 22
    assert found.of("keep").months_below(2_500) == 24
    assert found.safest(2_500).id == "keep"


@pytest.mark.parametrize(
    ("as_of", "first"),
    [(date(2026, 11, 4), True), (date(2026, 11, 5), False), (date(2027, 1, 5), False)],
)
def test_a_start_too_near_leaves_no_time_to_leave_first(
    case: Callable[..., Case], as_of: date, *, first: bool
) -> None:
    """Less than two months before the start, or after it, no contract that runs can end before the business begins."""
    ids = scenarios(case("alice", as_of=as_of)).ids
    assert ("benefit_first" in ids, "capital_first" in ids) == (first, first)


def test_a_job_seeker_may_have_acre_where_an_employee_has_none(case: Callable[..., Case]) -> None:
    """Alice has no ground for ACRE while employed, but one if she leaves first (L5141-1)."""
    alice = case("alice", as_of=EARLY)
    assert not acre(alice).eligible
    assert acre(leaving_first(alice, "mutual_termination")).eligible


def test_an_earlier_acre_closes_the_capital(case: Callable[..., Case]) -> None:
    """Without ACRE there is no capital: whoever had ACRE less than three years ago keeps the monthly benefit."""
    had = {"person.acre_in_last_3_years": True}
    ways = scenarios(case("alice", had, as_of=EARLY))
    assert "benefit_first" in ways.ids
    assert "capital_first" not in ways.ids


def test_the_poorest_month_is_dated(case: Callable[..., Case]) -> None:
    """The report can say from which day on the household has least."""
    way = scenarios(case("alice")).of("resignation")
    assert way.lowest_from == date(2028, 1, 4)
    assert way.lowest == way.available[12]


def test_the_tax_is_that_of_the_household_and_of_the_project(case: Callable[..., Case]) -> None:
    """Beside her job Alice's household pays the tax it would pay anyway, and what the project adds to it."""
    found = case("alice")
    # 117.95 € in each of two years without the project
    anyway = [one.without for one in household_taxes(found)]
    assert anyway == pytest.approx([117.95, 117.95], abs=0.01)
    added = float(forms(found).best.outcome.income_tax.sum())
    assert added > 1_000
    assert float(scenarios(found).of("keep").tax.sum()) == pytest.approx(235.89 + added, abs=0.02)


@pytest.mark.parametrize(
    ("name", "changes"), [("alice", {}), ("emma", {"project.start": date(2027, 2, 1)})]
)
def test_the_taxes_told_by_year_are_those_that_the_plan_pays(
    case: Callable[..., Case], name: str, changes: dict[str, object]
) -> None:
    """Without the project and with it, the years add up to the plan's months, also where a capital is taxed with them."""
    found = case(name, changes)
    years = zip(stretches(found.start), household_taxes(found), strict=True)
    paid = sum(one.without * year.length / 12 + one.added for year, one in years)
    assert paid == pytest.approx(float(scenarios(found).planned.tax.sum()), abs=0.01)


def test_a_capital_raises_what_the_project_adds_to_the_tax(case: Callable[..., Case]) -> None:
    """Emma's rights, paid from February 2027, put what the bakery pays her that year into a higher bracket."""
    found = case("emma", {"project.start": date(2027, 2, 1)})
    assert scenarios(found).planned_id == "capital_first"
    assert household_taxes(found)[0].added == pytest.approx(696.92, abs=0.01)


def test_an_acre_that_is_lost_counts_in_no_way(case: Callable[..., Case]) -> None:
    """Started on 15 June 2026 in a rural zone, asked too late: no way has the reduction, none pays rights as capital."""
    changes = {"person.zone": "zfrr", "project.start": date(2026, 6, 15)}
    in_time = case("alice", changes, date(2026, 8, 14))
    assert acre(in_time).eligible
    assert timing(in_time).of("aid").value == 1
    late = case("alice", changes, date(2026, 8, 15))
    assert not acre(late).eligible
    assert "capital_first" not in scenarios(late).ids
    assert timing(late).of("aid").value == 0
    assert "acre_request" not in {what for _, what in milestones(late)}


@pytest.mark.parametrize(("exit_month", "planned"), [(6, "term_end"), (-1, "benefit_first")])
def test_a_fixed_term_contract_comes_to_its_term(
    case: Callable[..., Case], exit_month: int, planned: str
) -> None:
    """Farid's contract may be said to end at its term: that opens his benefit, and nobody dismisses him."""
    ends = {"transition.exit": "term_end", "transition.exit_month": exit_month}
    ways = scenarios(case("farid", ends | {"employment.since": date(2025, 3, 2)}))
    assert ways.planned_id == planned
    assert ways.planned.by == "term_end"
    assert ways.planned.rights is not None
    assert "dismissal" not in ways.ids


def test_a_half_time_agent_is_shown_no_part_time(case: Callable[..., Case]) -> None:
    """With 17 h 30 a week and a wish for part time, neither a way of that name nor a week of 8 h 45 is reckoned."""
    changes = {
        "employment.weekly_hours": 17.5,
        "transition.leave": "part_time",
        "project.preparation.documents": ["employer_authorisation"],
    }
    found = case("chantal", changes)
    assert scenarios(found).planned_id == "keep"
    assert "part_time" not in scenarios(found).ids
    assert "part_time" not in {load.situation for load in week(found).loads}
    assert week(found).planned.job == 17.5


@pytest.mark.parametrize("name", ["alice", "chantal", "farid"])
@pytest.mark.parametrize(
    "exit_", ["resignation", "mutual_termination", "dismissal", "reconversion"]
)
@pytest.mark.parametrize("month", [None, -2, 0, 12, 30])
def test_whatever_is_planned_is_among_the_ways(
    case: Callable[..., Case], name: str, exit_: str, month: int | None
) -> None:
    """A public servant or an employee on a fixed term who plans an exit gets a report, too."""
    plan = {"transition.exit": exit_, "transition.exit_month": month}
    ways = scenarios(case(name, plan))
    assert ways.planned_id in ways.ids
    assert ways.ranked[0].total == max(way.total for way in ways.all)


def test_a_contract_that_ends_on_the_first_day_ends_then(
    case: Callable[..., Case],
) -> None:
    """Month 0 is a month, not a missing answer."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": 0}
    assert scenarios(case("alice", plan)).planned.ends == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("turnover", "month", "whole", "first"),
    [
        # 300 € of turnover less 95 € of expenses in the first month
        (300, 0, False, 1_042.63),
        (300, 1, True, 1_173.92),
        # Nothing sold in the first month, 163.64 € in the second
        (0, 1, False, 1_102.30),
        (0, 2, True, 1_173.92),
    ],
)
def test_an_activity_is_kept_only_if_it_earned_beside_the_job(
    case: Callable[..., Case], turnover: int, month: int, first: float, *, whole: bool
) -> None:
    """Dismissed before the business has brought in anything, one has benefit less 70 % of the income, not all of it."""
    plan = {
        "transition.exit": "dismissal",
        "transition.exit_month": month,
        "project.turnover": {"month_1": turnover, "month_12": 1800, "month_24": 2600},
    }
    way = scenarios(case("alice", plan)).planned
    assert (way.id, way.whole) == ("dismissal", whole)
    # 53.88 € for 23 days, less 70 % of 66 % of 300 € or of 163.64 €, of which 51.04 € a day are received
    assert way.benefit[month] == pytest.approx(first, abs=0.01)
    # 548 days, all of them or 60 %
    most = 27_969.92 if whole else 16_781.95
    assert way.benefit_total == pytest.approx(most, abs=0.01)


@pytest.mark.parametrize(
    ("exit_", "since", "month"),
    [
        ("dismissal", date(2021, 9, 1), -24),
        ("mutual_termination", date(2021, 9, 1), -24),
        ("dismissal", date(2026, 10, 1), -1),
    ],
    ids=["dismissed two years ago", "left two years ago", "two months of work"],
)
def test_without_rights_left_nothing_begins_with_benefit(
    case: Callable[..., Case], exit_: str, since: date, month: int
) -> None:
    """Who has been paid for all days before creating is promised neither ACRE as a job-seeker, nor ARCE, nor benefit."""
    plan = {
        "transition.exit": exit_,
        "transition.exit_month": month,
        "employment.since": since,
    }
    found = case("alice", plan)
    assert scenarios(found).ids == ("without_benefit",)
    assert (acre(found).ground, arce(found).reason) == (None, "no_unemployment_rights")
    assert scenarios(found).planned.benefit_total == 0


def test_a_fixed_term_comes_to_its_term(case: Callable[..., Case]) -> None:
    """Farid cannot resign from a fixed term to get benefit, but its end gives him some."""
    ways = scenarios(case("farid"))
    assert ways.ids == ("keep", "term_end", "benefit_first", "capital_first")
    assert ways.beside is not None
    assert (ways.beside.by, ways.beside.benefit_months) == ("term_end", 12)


def test_nearly_equal_ways_are_equally_safe(case: Callable[..., Case]) -> None:
    """One euro more in the poorest month does not make another way the safest one."""
    found = case("alice")
    assert scenarios(found).safest(found.profile.fixed_costs).id == "keep"
