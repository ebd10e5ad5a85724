from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.case.dates import quarter_end


@pytest.mark.parametrize(
    ("day", "quarters", "end"),
    [
        (date(2027, 1, 1), 0, date(2027, 3, 31)),
        (date(2027, 6, 30), 0, date(2027, 6, 30)),
        (date(2027, 11, 15), 0, date(2027, 12, 31)),
        (date(2027, 3, 31), 3, date(2027, 12, 31)),
        (date(2027, 4, 1), 3, date(2028, 3, 31)),
        (date(2027, 8, 31), 3, date(2028, 6, 30)),
        (date(2027, 12, 31), 3, date(2028, 9, 30)),
        (date(2027, 5, 10), 4.0, date(2028, 6, 30)),
    ],
)
def test_a_quarter_ends_on_its_last_day(day: date, quarters: float, end: date) -> None:
    """Quarters are civil ones, whatever the day within the first, and run over the year's end."""
    assert quarter_end(day, quarters) == end


@given(day=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_day_lies_in_the_quarter_whose_end_is_given(day: date) -> None:
    """The end of a day's own quarter is less than 92 days away."""
    assert 0 <= (quarter_end(day, 0) - day).days < 92
