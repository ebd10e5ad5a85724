from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tremplin.case import Case
from tremplin.case.dates import add_days, add_months
from tremplin.law.leave import leave


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(-120, 120))
def test_the_notice_is_missed_where_the_leave_begins_later(
    case: Callable[..., Case], start: date, days: int
) -> None:
    """On every day, « too late » and « the leave begins after the start » are the same thing."""
    as_of = add_months(start, -2) + timedelta(days=days)
    found = leave(case("alice", {"project.start": start}, as_of))
    assert found.notice_missed is (found.begins > start)
    assert add_months(found.notice_by, 2) <= start < add_months(add_days(found.notice_by, 1), 2)
