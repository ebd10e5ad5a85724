from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tremplin.case import Case
from tremplin.law.thresholds import thresholds
from tremplin.law.vat import vat, vat_tolerance


def steady(month: float, start: date = date(2027, 1, 1)) -> dict[str, Any]:
    """Give the changes of a profile for so much turnover in each month."""
    turnover = {"month_1": month, "month_12": month, "month_24": month}
    return {"project.turnover": turnover, "project.start": start}


@pytest.mark.parametrize(
    ("month", "start", "due"),
    [
        (41_251 / 12, date(2027, 1, 1), date(2027, 12, 31)),
        (9_375, date(2027, 1, 1), date(2027, 5, 13)),
        # 20 795 € from July to December: 20 000 € by October, and 166.67 € a day.
        (5_000, date(2027, 7, 1), date(2027, 11, 5)),
        # 36 300 € from February to December 2027, between 34 315 € and 37 747 €: the tolerance holds until the year ends.
        (3_300, date(2027, 2, 1), date(2028, 1, 1)),
    ],
)
def test_vat_is_invoiced_from_the_next_year_or_past_the_tolerance(
    case: Callable[..., Case], month: float, start: date, due: date
) -> None:
    """Past 37 500 € VAT is due the year after, past 41 250 € on that very day, whichever comes first (CGI, 293 B)."""
    assert thresholds(case("alice", steady(month, start))).vat_due == due


def test_each_calendar_year_starts_from_nothing(case: Callable[..., Case]) -> None:
    """18 000 € from July to December and 37 400 € in 2028 are two years under the VAT threshold, though 55 400 € together."""
    turnover = {"month_1": 3_000, "month_12": 3_116, "month_24": 3_116}
    changes = {"project.turnover": turnover, "project.start": date(2027, 7, 1)}
    one = thresholds(case("alice", changes))
    assert (one.vat.day, one.vat_due) == (None, None)


def test_ceilings_are_pro_rata_in_the_year_of_the_start(case: Callable[..., Case]) -> None:
    """From 1 July 184 of 365 days count, and the months after the twenty-fourth are taken to go on."""
    one = thresholds(case("alice", steady(7_000, date(2027, 7, 1))))
    assert [(year.year, year.turnover, year.over, year.completed) for year in one.years] == [
        (2027, 42_000, False, False),
        (2028, 84_000, True, False),
        (2029, 84_000, True, True),
    ]
    assert [year.ceiling for year in one.years] == pytest.approx([42_143.56, 83_600, 83_600])
    # The year after the twenty-four months is taken to be as good, and then it is lost.
    assert (one.micro_over, one.micro_lost) == (2028, date(2030, 1, 1))


@pytest.mark.parametrize("start", [date(2027, 1, 1), date(2027, 8, 31), date(2027, 12, 15)])
def test_the_day_of_the_start_does_not_pass_the_ceiling(
    case: Callable[..., Case], start: date
) -> None:
    """82 900 € a year are under the ceiling whatever the day: a month across the new year counts in each by its days."""
    one = thresholds(case("alice", steady(82_900 / 12, start)))
    assert (one.micro_over, one.micro_lost) == (None, None)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"transition.exit": "resignation", "transition.exit_month": -1},
        {"project.start": date(2027, 11, 2)},
    ],
)
def test_the_flat_income_tax_goes_by_the_present_salary(
    case: Callable[..., Case], changes: dict[str, Any]
) -> None:
    """Twelve months of 1 450 € alone are 15 660 € after the deduction, whatever leave or exit is planned."""
    alone = {
        "household": {"situation": "single", "children": 0, "fixed_costs": 1_000},
        "employment.net_salary": 1_450,
    }
    assert thresholds(case("alice", alone | changes)).flat_tax_income == pytest.approx(15_660)


@given(st.floats(0, 10_000), st.floats(0, 5_000), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
@settings(max_examples=60)
def test_who_sells_more_passes_a_threshold_no_later(
    case: Callable[..., Case], month: float, more: float, start: date
) -> None:
    """More sales never bring VAT later, and its tolerance is never passed before its threshold."""

    def passed(sold: float) -> tuple[int, int]:
        alice = case("alice", steady(sold, start))
        return vat(alice).month or 25, vat_tolerance(alice).month or 25

    less, greater = passed(month), passed(month + more)
    assert greater[0] <= less[0]
    assert greater[1] <= less[1]
    assert less[0] <= less[1]


def test_a_year_that_goes_on_has_its_summer(case: Callable[..., Case]) -> None:
    """Guest rooms whose last four months lie in winter are held against the twelve months that they end, not three winters."""
    season = {"january": 0.2, "february": 0.5, "july": 1.9, "august": 2.2, "november": 0.3}
    changes = steady(1_000, date(2027, 5, 1))
    changes["project.turnover"] = {**changes["project.turnover"], "season": season}
    found = thresholds(case("gaelle", changes | {"project.category": "guest_rooms"}))
    # May to December count 9.4 ordinary months, January to April 2.7.
    assert [round(year.turnover) for year in found.years] == [9_400, 12_100, 12_100]
