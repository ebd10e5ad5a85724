from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tremplin.analysis.dates import add_days, add_months
from tremplin.analysis.leave import creation_leave
from tremplin.model.profile import Profile
from tremplin.model.register import Register


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(-120, 120))
def test_the_notice_is_missed_where_the_leave_begins_later(
    person: Callable[..., Profile], register: Register, start: date, days: int
) -> None:
    """On every day, « too late » and « the leave begins after the start » are the same thing."""
    as_of = add_months(start, -2) + timedelta(days=days)
    leave = creation_leave(person("alice", {"project.start": start}), register, as_of)
    assert leave.notice_missed is (leave.begins > start)
    assert add_months(leave.notice_by, 2) <= start < add_months(add_days(leave.notice_by, 1), 2)
