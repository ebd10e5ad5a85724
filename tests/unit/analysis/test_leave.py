from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.analysis.dates import add_days, add_months
from tremplin.analysis.leave import CreationLeave, creation_leave
from tremplin.model.profile import Profile
from tremplin.model.register import Register

LAST_DAY = date(2026, 11, 4)
"""Two months before alice's start on 4 January 2027."""


def test_the_dates_of_a_leave_asked_in_time(
    person: Callable[..., Profile], register: Register
) -> None:
    """Notice two months before, agreement after 30 days of silence, one year, extended to two."""
    assert creation_leave(person(), register, date(2026, 10, 1)) == CreationLeave(
        eligible=True,
        reason="eligible",
        eligible_from=date(2023, 9, 1),
        begins=date(2027, 1, 4),
        notice_by=LAST_DAY,
        write_by=LAST_DAY,
        agreed_on=date(2026, 12, 4),
        postponed_until=date(2027, 5, 4),
        ends=date(2028, 1, 4),
        extended_until=date(2029, 1, 4),
        return_notice_by=date(2027, 10, 4),
        can_be_refused=True,
        contract_end=None,
        part_time_open=True,
    )


def test_the_last_notice_day_is_not_too_late(
    person: Callable[..., Profile], register: Register
) -> None:
    """Who writes on the last day keeps the planned start."""
    leave = creation_leave(person(), register, LAST_DAY)
    assert not leave.notice_missed
    assert leave.begins == date(2027, 1, 4)


def test_the_day_after_the_last_notice_day_moves_the_leave(
    person: Callable[..., Profile], register: Register
) -> None:
    """A day later the leave begins two months from that day, and all its dates follow."""
    leave = creation_leave(person(), register, date(2026, 11, 5))
    assert leave.notice_missed
    assert leave.notice_by == LAST_DAY
    assert leave.write_by == date(2026, 11, 5)
    assert leave.begins == date(2027, 1, 5)
    assert leave.agreed_on == date(2026, 12, 5)
    assert leave.ends == date(2028, 1, 5)
    assert leave.extended_until == date(2029, 1, 5)
    assert leave.return_notice_by == date(2027, 10, 5)


def test_two_months_before_the_end_of_april_is_the_end_of_february(
    person: Callable[..., Profile], register: Register
) -> None:
    """A month too short for the day takes its last one, and the leave never begins before the business."""
    profile = person("alice", {"project.start": date(2027, 4, 30)})
    assert creation_leave(profile, register, date(2027, 2, 28)).notice_by == date(2027, 2, 28)
    late = creation_leave(profile, register, date(2027, 3, 1))
    assert late.notice_missed
    assert late.begins == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("start", "as_of", "missed", "notice_by", "begins"),
    [
        (date(2027, 2, 28), date(2026, 12, 29), False, date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2026, 12, 31), False, date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2027, 1, 1), True, date(2026, 12, 31), date(2027, 3, 1)),
        (date(2027, 2, 27), date(2026, 12, 28), True, date(2026, 12, 27), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2027, 12, 31), False, date(2027, 12, 31), date(2028, 2, 29)),
        (date(2027, 6, 30), date(2027, 4, 30), False, date(2027, 4, 30), date(2027, 6, 30)),
        (date(2027, 8, 30), date(2027, 7, 1), True, date(2027, 6, 30), date(2027, 9, 1)),
    ],
)
def test_two_months_from_the_end_of_december_are_the_end_of_february(  # noqa: PLR0913, PLR0917 - the dates
    person: Callable[..., Profile],
    register: Register,
    start: date,
    as_of: date,
    missed: bool,
    notice_by: date,
    begins: date,
) -> None:
    """Who is told that it is too late is told of a later beginning, and who can still write of the planned one."""
    leave = creation_leave(person("alice", {"project.start": start}), register, as_of)
    assert (leave.notice_missed, leave.notice_by, leave.begins) == (missed, notice_by, begins)


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(-120, 120))
def test_the_notice_is_missed_where_the_leave_begins_later(
    person: Callable[..., Profile], register: Register, start: date, days: int
) -> None:
    """On every day, « too late » and « the leave begins after the start » are the same thing."""
    as_of = add_months(start, -2) + timedelta(days=days)
    leave = creation_leave(person("alice", {"project.start": start}), register, as_of)
    assert leave.notice_missed is (leave.begins > start)
    assert add_months(leave.notice_by, 2) <= start < add_months(add_days(leave.notice_by, 1), 2)


@pytest.mark.parametrize(
    ("since", "reason", "eligible_from"),
    [
        (date(2025, 1, 4), "eligible", date(2027, 1, 4)),
        (date(2025, 1, 5), "seniority", date(2027, 1, 5)),
    ],
)
def test_24_months_are_counted_to_the_day_the_leave_begins(
    person: Callable[..., Profile],
    register: Register,
    since: date,
    reason: str,
    eligible_from: date,
) -> None:
    """Seniority reached on the very day of the start is enough, a day later it is not."""
    leave = creation_leave(person("alice", {"employment.since": since}), register, LAST_DAY)
    assert leave.reason == reason
    assert leave.eligible is (reason == "eligible")
    assert leave.eligible_from == eligible_from


def test_seniority_may_be_reached_while_the_notice_runs(
    person: Callable[..., Profile], register: Register
) -> None:
    """Who is late anyway is judged on the day the leave can really begin."""
    profile = person("alice", {"employment.since": date(2025, 1, 20)})
    assert creation_leave(profile, register, LAST_DAY).reason == "seniority"
    assert creation_leave(profile, register, date(2026, 11, 22)).reason == "eligible"


@pytest.mark.parametrize(("size", "refusable"), [(299, True), (300, False), (None, True)])
def test_only_a_small_firm_can_refuse(
    person: Callable[..., Profile], register: Register, size: int | None, *, refusable: bool
) -> None:
    """Under 300 employees the leave can be refused; a firm of unknown size counts as small."""
    profile = person("alice", {"employment.company_size": size})
    assert creation_leave(profile, register, LAST_DAY).can_be_refused is refusable


def test_public_servants_have_no_creation_leave(
    person: Callable[..., Profile], register: Register
) -> None:
    """The leave of the Code du travail is not theirs, however long they have served."""
    leave = creation_leave(person("chantal"), register, date(2026, 11, 22))
    assert (leave.eligible, leave.reason) == (False, "public_sector")


def test_no_leave_from_a_contract_that_has_ended(
    person: Callable[..., Profile], register: Register
) -> None:
    """Who has left before the start has nothing to take leave from."""
    changes = {"transition.exit": "resignation", "transition.exit_month": -1}
    leave = creation_leave(person("alice", changes), register, LAST_DAY)
    assert (leave.eligible, leave.reason) == (False, "contract_ended")


def test_no_leave_that_would_begin_after_the_contract_ends(
    person: Callable[..., Profile], register: Register
) -> None:
    """Asked too late, a leave that could begin only once the contract is over does not exist."""
    changes = {"transition.exit": "resignation", "transition.exit_month": 1}  # 4 February 2027
    profile = person("alice", changes)
    assert creation_leave(profile, register, date(2026, 12, 4)).reason == "eligible"
    assert creation_leave(profile, register, date(2026, 12, 5)).reason == "contract_ends_first"


@pytest.mark.parametrize(
    ("exit_month", "cut_short"), [(None, False), (13, False), (12, True), (1, True)]
)
def test_a_leave_ends_with_the_contract(
    person: Callable[..., Profile],
    register: Register,
    exit_month: int | None,
    *,
    cut_short: bool,
) -> None:
    """A year from 4 January 2027 needs a contract beyond 4 January 2028; one that ends by then takes the leave with it."""
    changes = {"transition.exit": "dismissal", "transition.exit_month": exit_month}
    leave = creation_leave(person("alice", changes), register, LAST_DAY)
    assert leave.eligible
    assert leave.cut_short is cut_short


@pytest.mark.parametrize(
    ("changes", "out_of_reach"),
    [
        ({}, False),
        ({"transition.exit": "dismissal", "transition.exit_month": -1}, True),
        ({"employment.since": date(2026, 9, 1)}, False),
        (
            {
                "employment.since": date(2026, 9, 1),
                "transition.exit": "dismissal",
                "transition.exit_month": 6,
            },
            True,
        ),
        (
            {
                "employment.since": date(2026, 9, 1),
                "transition.exit": "dismissal",
                "transition.exit_month": 24,
            },
            False,
        ),
    ],
)
def test_no_leave_is_told_of_that_the_contract_does_not_reach(
    person: Callable[..., Profile],
    register: Register,
    changes: dict[str, object],
    *,
    out_of_reach: bool,
) -> None:
    """A contract that ends before the two years of seniority never gives a leave, one that lasts may."""
    leave = creation_leave(person("alice", changes), register, LAST_DAY)
    assert leave.out_of_reach is out_of_reach


@pytest.mark.parametrize(("hours", "open_"), [(35, True), (39, True), (34.5, False), (17.5, False)])
def test_part_time_to_create_is_for_full_time_public_servants(
    person: Callable[..., Profile], register: Register, hours: float, *, open_: bool
) -> None:
    """An agent at half time has no working time left to halve: the law gives this part time to full-time agents."""
    profile = person("chantal", {"employment.weekly_hours": hours})
    assert creation_leave(profile, register, LAST_DAY).part_time_open is open_
