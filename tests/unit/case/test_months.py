from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.case.months import stretches


@pytest.mark.parametrize(
    ("start", "cut"),
    [
        (date(2027, 1, 1), [(2027, 0, 12, False), (2028, 12, 24, False)]),
        (date(2027, 1, 4), [(2027, 0, 12, False), (2028, 12, 24, False)]),
        (date(2027, 3, 1), [(2027, 0, 10, False), (2028, 10, 22, False), (2029, 22, 24, True)]),
        (date(2027, 12, 31), [(2027, 0, 1, False), (2028, 1, 13, False), (2029, 13, 24, True)]),
    ],
)
def test_twenty_four_months_are_cut_at_the_new_year(
    start: date, cut: list[tuple[int, int, int, bool]]
) -> None:
    """A start in March touches three calendar years, the last of which goes on afterwards."""
    found = stretches(start)
    assert [(one.year, one.first, one.stop, one.open_end) for one in found] == cut
    assert found[0].begins == start
    assert all(one.begins == date(one.year, 1, 1) for one in found[1:])


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)))
def test_no_month_is_lost_between_years(start: date) -> None:
    """Whatever the start, the stretches are twenty-four months one after another, in two or three years."""
    found = stretches(start)
    assert [one.first for one in found[1:]] == [one.stop for one in found[:-1]]
    assert (found[0].first, found[-1].stop) == (0, 24)
    assert sum(one.years for one in found) == pytest.approx(2)
    assert all(0 < one.share_of_days <= 1 for one in found)
