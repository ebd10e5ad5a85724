from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from tremplin.case import Case
from tremplin.case.months import stretches
from tremplin.law.household import JobPath, earned_before, household


def test_the_household_is_taxed_with_the_project_and_without(case: Callable[..., Case]) -> None:
    """Pay is deducted as wages are, a profit taken whole, and the project bears only what it adds."""
    found = household(case(), 12 * 2_300.0, 2027)
    # 90 % of 27 600 € and of 22 200 €, for three parts
    assert (float(found.taxable()), found.parts) == (44_820, 3)
    # 11 % of 10 020 € above three times 11 600 €, less the discount of 1 483 € − 45.25 %
    assert float(found.tax()) == pytest.approx(117.95, abs=0.01)
    assert float(found.tax(profit=10_000)) == pytest.approx(1_715.70, abs=0.01)
    assert float(found.added(profit=10_000)) == pytest.approx(1_597.75, abs=0.01)
    # 10 % off pay
    assert float(found.added(pay=10_000)) == pytest.approx(1_437.98, abs=0.01)
    assert float(found.added()) == 0


def test_a_profit_under_the_flat_tax_counts_for_the_rate_of_the_rest(
    case: Callable[..., Case],
) -> None:
    """Beside 10 000 € of profit the rest is taxed at the rate of 54 820 € (effective rate, CGI, 197 C)."""
    found = household(case(), 12 * 2_300.0, 2027)
    expected = 1_715.70 * 44_820 / 54_820 - 117.95
    assert float(found.added_beside(10_000)) == pytest.approx(expected, abs=0.02)
    assert float(found.added_beside(0)) == 0


def test_wages_of_a_year_have_the_months_before_and_after() -> None:
    """What was earned before the start counts in its year, after the last month the pace of those seen."""
    job = JobPath(np.full(24, 1_000.0), np.full(24, 200.0), 4_600.0)
    first, second, third = stretches(date(2027, 3, 1))
    assert job.in_year(first) == 2 * 2_300 + 10 * 1_200
    assert (job.in_year(second), job.in_year(third)) == (14_400, 14_400)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (None, 9 * 2_300),
        (0, 9 * 2_300),
        (-6, 3 * 2_300 + 6 * 900),
        (-12, 9 * 900),
    ],
)
def test_a_salary_that_has_ended_is_not_earned_before_the_start(
    case: Callable[..., Case], month: int | None, expected: float
) -> None:
    """Of the nine months before a start in October, those after the end of the contract bring the benefit alone."""
    changes = {
        "project.start": date(2027, 10, 1),
        "transition.exit": "none" if month is None else "dismissal",
        "transition.exit_month": month,
    }
    assert earned_before(case("alice", changes), 900.0) == expected


def test_a_partner_taxed_apart_lives_with_the_person_and_pays_a_tax_of_their_own(
    case: Callable[..., Case],
) -> None:
    """Of 22 200 € a partner without PACS leaves what their own scale does; the person's tax does not know of it."""
    apart = {"household.situation": "cohabiting", "household.children_declared": 2}
    found = household(case(changes=apart), 12 * 2_300.0, 2027)
    # 90 % of 27 600 €, for two parts; 11 % of 8 380 € less 897 € − 45.25 % of it, on 90 % of 22 200 € of one part
    assert (float(found.taxable()), found.parts) == (24_840, 2)
    assert found.others_left == pytest.approx(22_200 - 441.91, abs=0.01)
    assert household(case(), 12 * 2_300.0, 2027).others_left == 22_200
