from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import AS_OF

from tremplin.analysis.assessment import Assessment
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
    # Two years over end with month 24: what is lost is lost on the day after it.
    assert one.micro_lost == (date(2029, 1, 1) if over else None)


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


@pytest.mark.parametrize(
    ("month", "start", "due"),
    [
        (3_125, date(2027, 1, 1), None),
        (41_250 / 12, date(2027, 1, 1), date(2028, 1, 1)),
        (41_251 / 12, date(2027, 1, 1), date(2027, 12, 1)),
        (9_375, date(2027, 1, 1), date(2027, 5, 1)),
        # 37 500 € passed in August 2028, 41 250 € in September.
        (5_000, date(2027, 7, 1), date(2028, 9, 1)),
        # 38 500 € from February to December 2027: the tolerance holds until the year ends.
        (3_500, date(2027, 2, 1), date(2028, 1, 1)),
    ],
)
def test_vat_is_invoiced_from_the_next_year_or_past_the_tolerance(
    assessed: Assessed, month: float, start: date, due: date | None
) -> None:
    """Past 37 500 € VAT is due the year after, past 41 250 € in that very month, whichever comes first (CGI, 293 B)."""
    assert found(assessed, steady(month, start)).vat_due == due


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
    # The year after the twenty-four months is taken to be as good, and then it is lost.
    assert (one.micro_over, one.micro_lost) == (2028, date(2030, 1, 1))


@pytest.mark.parametrize(
    "start", [date(2027, 1, 1), date(2027, 8, 31), date(2027, 12, 15), date(2027, 12, 31)]
)
def test_the_day_of_the_start_does_not_pass_the_ceiling(assessed: Assessed, start: date) -> None:
    """82 900 € a year are under the ceiling whatever the day: a month across the new year counts in each by its days."""
    one = found(assessed, steady(82_900 / 12, start))
    assert (one.micro_over, one.micro_lost) == (None, None)


def test_a_month_across_the_new_year_counts_in_each_year_by_its_days(assessed: Assessed) -> None:
    """Of 3 100 € earned from 15 December 2027 to 14 January, 17 days of 31 are in 2027: 1 700 €."""
    one = found(assessed, steady(3_100, date(2027, 12, 15)))
    assert one.years[0].turnover == pytest.approx(1_700)
    assert one.years[1].turnover == pytest.approx(37_200)


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
    "changes",
    [
        {},
        {"transition.leave": "creation_leave"},
        {"transition.exit": "resignation", "transition.exit_month": -1},
        {"project.start": date(2027, 11, 2)},
    ],
)
def test_the_flat_income_tax_goes_by_the_present_salary(
    assessed: Assessed, changes: dict[str, Any]
) -> None:
    """Twelve months of 1 450 € alone are 15 660 € after the deduction, whatever leave or exit is planned."""
    alone = {
        "household": {"situation": "single", "children": 0, "fixed_costs": 1_000},
        "employment.net_salary": 1_450,
    }
    assert found(assessed, alone | changes).flat_tax_income == pytest.approx(15_660)


@pytest.mark.parametrize(
    ("start", "ceiling"), [(date(2026, 12, 31), 29_315), (date(2027, 1, 1), 29_579)]
)
def test_the_limit_of_the_flat_income_tax_goes_by_the_start(
    assessed: Assessed, start: date, ceiling: float
) -> None:
    """For 2026 it is the scale of two years before, 29 315 €; from 1 January 2027 on 29 579 €."""
    assert found(assessed, {"project.start": start}).flat_tax_ceiling == ceiling


@pytest.mark.parametrize(
    ("start", "until", "carried"),
    [
        (date(2027, 1, 1), date(2028, 12, 31), [False, False]),
        (date(2027, 3, 1), date(2028, 12, 31), [False, False, True]),
        (date(2029, 1, 1), date(2028, 12, 31), [True, True]),
    ],
)
def test_a_ceiling_not_yet_set_is_the_last_one_known(
    assessed: Assessed, start: date, until: date, carried: list[bool]
) -> None:
    """The micro ceilings are set until the end of 2028; for later years the last one stands in, and is marked."""
    one = found(assessed, steady(1_000, start))
    assert (one.micro_ceiling, one.micro_ceiling_until) == (83_600, until)
    assert [year.carried_over for year in one.years] == carried
    assert one.years[-1].ceiling == 83_600


@pytest.mark.parametrize(
    ("start", "by"),
    [
        (date(2026, 12, 1), date(2027, 9, 30)),
        (date(2027, 1, 1), date(2027, 9, 30)),
        (date(2027, 9, 30), date(2027, 9, 30)),
        (date(2027, 10, 1), date(2028, 9, 30)),
    ],
)
def test_the_flat_income_tax_is_asked_for_by_the_end_of_september(
    assessed: Assessed, start: date, by: date
) -> None:
    """Once the activity has started, the option for a year is taken by 30 September of the year before (CGI, 151-0)."""
    assert found(assessed, {"project.start": start}).flat_tax_by == by


@given(st.floats(0, 10_000), st.floats(0, 5_000), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
@settings(max_examples=60)
def test_who_sells_more_passes_a_threshold_no_later(
    person: Callable[..., Profile], register: Register, month: float, more: float, start: date
) -> None:
    """More sales never bring VAT later, and its tolerance is never passed before its threshold."""

    def passed(sold: float) -> tuple[int, int]:
        profile = person("alice", steady(sold, start))
        one = thresholds(profile, register, AS_OF)
        return one.vat.month or 25, one.vat_tolerance.month or 25

    less, greater = passed(month), passed(month + more)
    assert greater[0] <= less[0]
    assert greater[1] <= less[1]
    assert less[0] <= less[1]
