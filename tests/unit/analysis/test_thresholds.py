from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tremplin.analysis.assessment import Assessment
from tremplin.analysis.income.household import JobPath
from tremplin.analysis.thresholds import Crossing, Thresholds, thresholds
from tremplin.model.profile import Profile
from tremplin.model.register import Register

Assessed = Callable[..., Assessment]


def steady(month: float, start: date = date(2027, 1, 1)) -> dict[str, Any]:
    """Give the changes of a profile for so much turnover in each month."""
    turnover = {"month_1": month, "month_12": month, "month_24": month}
    return {"project.turnover": turnover, "project.start": start}


def found(assessed: Assessed, changes: dict[str, Any], name: str = "alice") -> Thresholds:
    """Give the thresholds of a changed example person."""
    return assessed(name, changes).finances.thresholds


@pytest.mark.parametrize(
    ("category", "ceiling", "vat", "tolerance"),
    [
        ("sale", 203_100, 85_000, 93_500),
        ("lodging", 203_100, 85_000, 93_500),
        ("craft_sale", 203_100, 85_000, 93_500),
        ("commercial_service", 83_600, 37_500, 41_250),
        ("craft_service", 83_600, 37_500, 41_250),
        ("liberal", 83_600, 37_500, 41_250),
        ("liberal_cipav", 83_600, 37_500, 41_250),
    ],
)
def test_the_thresholds_of_each_category(
    assessed: Assessed, category: str, ceiling: float, vat: float, tolerance: float
) -> None:
    """Micro ceilings of 2026 to 2028 (CGI 50-0 and 102 ter, décret 2026-562), VAT exemption (CGI 293 B)."""
    one = found(assessed, {"project.category": category})
    assert (one.micro_ceiling, one.vat.threshold, one.vat_tolerance.threshold) == (
        ceiling,
        vat,
        tolerance,
    )


@pytest.mark.parametrize(
    ("category", "year", "over"),
    [
        ("sale", 203_100, None),
        ("sale", 203_101, 2027),
        ("liberal", 83_599, None),
        ("liberal", 83_601, 2027),
    ],
)
def test_the_ceiling_may_be_reached_not_passed(
    assessed: Assessed, category: str, year: float, over: int | None
) -> None:
    """Turnover equal to the ceiling is within the micro regime, one euro more is not (CGI, 50-0 and 102 ter)."""
    one = found(assessed, {**steady(year / 12), "project.category": category})
    assert one.micro_over == over
    # Two years over end with month 24: what is lost is lost after it.
    assert one.micro_lost is None


@pytest.mark.parametrize(
    ("month", "vat", "tolerance"),
    [
        (3_125, None, None),
        # 12 × 3 125.09 € are one euro more than 37 500 €: passed in December.
        (37_501 / 12, 12, None),
        (41_250 / 12, 11, None),
        (41_251 / 12, 11, 12),
        (9_375, 5, 5),
        (50_000, 1, 1),
    ],
)
def test_vat_is_due_from_the_euro_that_passes_the_threshold(
    assessed: Assessed, month: float, vat: int | None, tolerance: int | None
) -> None:
    """37 500 € of services in a year keep the exemption, 41 250 € the rest of the year (CGI, 293 B)."""
    one = found(assessed, steady(month))
    assert (one.vat.month, one.vat_tolerance.month) == (vat, tolerance)


def test_each_calendar_year_starts_from_nothing(assessed: Assessed) -> None:
    """30 000 € from July to December and 30 000 € until June are two years under the VAT threshold, then it is passed."""
    one = found(assessed, steady(5_000, date(2027, 7, 1)))
    # Six months of 2027 are 30 000 €; the eighth of 2028 passes 37 500 €.
    assert one.vat == Crossing(37_500, 14, date(2028, 8, 1))
    assert one.vat_tolerance == Crossing(41_250, 15, date(2028, 9, 1))


def test_ceilings_are_pro_rata_in_the_year_of_the_start(assessed: Assessed) -> None:
    """From 1 July 184 of 365 days count, and the months after the twenty-fourth are taken to go on."""
    one = found(assessed, steady(7_000, date(2027, 7, 1)))
    assert [(year.year, year.turnover, year.over, year.completed) for year in one.years] == [
        (2027, 42_000, False, False),
        (2028, 84_000, True, False),
        (2029, 84_000, True, True),
    ]
    assert [year.ceiling for year in one.years] == pytest.approx([42_143.56, 83_600, 83_600])
    assert (one.micro_over, one.micro_lost) == (2028, None)


@pytest.mark.parametrize(
    ("start", "over"),
    [(date(2027, 1, 1), None), (date(2027, 1, 4), None), (date(2027, 1, 5), 2027)],
)
def test_a_later_start_leaves_less_room(assessed: Assessed, start: date, over: int | None) -> None:
    """82 900 € within 2027 pass the ceiling of a start on 5 January (361 days), not that of one on the fourth."""
    assert found(assessed, steady(82_900 / 12, start)).micro_over == over


def test_the_micro_regime_is_lost_on_the_first_of_january(assessed: Assessed) -> None:
    """Over in 2027, pro rata, and in 2028: from 1 January 2029 the real regime holds."""
    one = found(assessed, steady(8_000, date(2027, 3, 1)))
    assert [year.over for year in one.years] == [True, True, True]
    assert (one.micro_over, one.micro_lost) == (2027, date(2029, 1, 1))


@pytest.mark.parametrize(
    ("other", "income", "open_"),
    [
        # 90 % of 27 600 € and of twelve months of the partner, for three parts
        (1_850, 14_940, True),
        # 29 579 € × 3 = 88 737 €, less 24 840 €, are 63 897 € after the deduction, 5 916.38 € a month before it.
        (5_916.38, 29_578.97, True),
        (5_916.40, 29_579.04, False),
        (9_000, 40_680, False),
    ],
)
def test_the_flat_income_tax_is_open_up_to_an_income_a_part(
    assessed: Assessed, other: float, income: float, *, open_: bool
) -> None:
    """From 2027 on 29 579 € a part are the limit of the flat income tax, in that year's law (CGI, 151-0)."""
    one = found(assessed, {"household.other_income": other})
    assert one.flat_tax_ceiling == 29_579
    assert one.flat_tax_income == pytest.approx(income, abs=0.02)
    assert one.flat_tax_open is open_


@pytest.mark.parametrize(
    ("start", "ceiling"), [(date(2026, 12, 31), 29_315), (date(2027, 1, 1), 29_579)]
)
def test_the_limit_of_the_flat_income_tax_goes_by_the_start(
    assessed: Assessed, start: date, ceiling: float
) -> None:
    """For 2026 it is the scale of two years before, 29 315 €; from 1 January 2027 on 29 579 €."""
    assert found(assessed, {"project.start": start}).flat_tax_ceiling == ceiling


@given(st.floats(0, 30_000), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
@settings(max_examples=60)
def test_a_threshold_is_passed_in_the_first_month_that_does(
    person: Callable[..., Profile], register: Register, month: float, start: date
) -> None:
    """Counted month by month from each 1 January on, the first sum above the threshold is the one named."""
    profile = person("alice", steady(month, start))
    one = thresholds(profile, register, JobPath.of_salary(profile, np.full(24, 2_300.0)))
    for crossing in (one.vat, one.vat_tolerance):
        earned, passed, year = 0.0, None, start.year
        for number in range(24):
            its_year = start.year + (start.month - 1 + number) // 12
            earned, year = (month if its_year != year else earned + month), its_year
            if passed is None and earned > crossing.threshold:
                passed = number + 1
        assert crossing.month == passed
