from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.model.dates import add_months, full_months, full_years


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 4), 12, date(2028, 1, 4)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, later: date) -> None:
    """A month later is the same day of the next month, or its last day where it is shorter."""
    assert add_months(day, months) == later


def test_a_year_is_full_on_its_anniversary() -> None:
    """The day before the anniversary counts a year less."""
    assert full_years(date(2000, 3, 1), date(2026, 2, 28)) == 25
    assert full_years(date(2000, 3, 1), date(2026, 3, 1)) == 26


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(0, 240))
def test_months_added_are_months_counted(day: date, months: int) -> None:
    """Counting undoes adding, for the days that every month has."""
    day = day.replace(day=min(day.day, 28))
    assert full_months(day, add_months(day, months)) == months
