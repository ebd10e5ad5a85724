from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tremplin.case import Case
from tremplin.law.leave import leave
from tremplin.person.timetable import Block, Slot, job_days
from tremplin.person.week import Week, care_hours, week

JOB, PROJECT = "employment.weekly_hours", "project.weekly_hours"


@pytest.fixture(scope="session")
def planned(case: Callable[..., Case]) -> Callable[..., Week]:
    """Give a function that plans the week of an example person with changes."""

    def plan(name: str = "alice", changes: dict[str, Any] | None = None) -> Week:
        return week(case(name, changes, date(2026, 9, 1)))

    return plan


def hours(found: Week, kind: str) -> float:
    """Add up the hours of the blocks of one kind."""
    return sum(block.ends - block.begins for block in found.blocks if block.kind == kind)


def days(found: Week) -> int:
    """Count the days on which the job begins."""
    return len({block.day for block in found.blocks if block.kind == "job"})


def test_alice_s_week(planned: Callable[..., Week]) -> None:
    """35 h of job in five days, 70 min of travel a day and 10 h of project make 50 h 50 min."""
    found = planned()
    load = found.planned
    assert (load.job, load.project, load.work) == (35, 10, 45)
    assert load.commute == pytest.approx(5 + 50 / 60)
    assert load.total == pytest.approx(50 + 50 / 60)
    assert load.care == 14
    assert load.rest == pytest.approx(168 - 50 - 50 / 60 - 14)
    assert (days(found), found.rest_days, found.limit, found.overload) == (5, 1, 48, False)


def test_alice_s_fixed_slots(planned: Callable[..., Week]) -> None:
    """Two hours on three evenings, never on Friday, and the rest on Saturday; Sunday stays free."""
    assert planned().slots == (
        Slot(0, 2, "evening"),
        Slot(1, 2, "evening"),
        Slot(3, 2, "evening"),
        Slot(5, 4, "free_day"),
    )


def test_a_monday_of_alice(planned: Callable[..., Week]) -> None:
    """The way there and back, a day of job with an hour's lunch, and an evening for the project."""
    found = planned("alice", {"employment.commute": 60})
    assert [block for block in found.blocks if block.day == 0] == [
        Block(0, 8.5, 9, "commute"),
        Block(0, 9, 17, "job"),
        Block(0, 17, 17.5, "commute"),
        Block(0, 20, 22, "project"),
    ]


@pytest.mark.parametrize(
    ("weekly", "days"),
    [(0, 0), (1, 1), (8, 1), (8.5, 2), (24, 3), (35, 5), (40, 5), (41, 6), (60, 6), (168, 6)],
)
def test_job_hours_fill_days_of_eight_hours(weekly: float, days: int) -> None:
    """A job takes as few days as eight hours a day allow, and never the seventh day."""
    assert job_days(weekly, 8.0) == days


def test_a_week_without_a_day_of_rest_is_overloaded(planned: Callable[..., Week]) -> None:
    """42 h over six days and a Sunday on the project stay under 48 h and leave no rest."""
    found = planned("alice", {JOB: 41, PROJECT: 6.5, "employment.schedule": "night"})
    assert found.planned.work == 47.5
    assert (found.rest_days, found.overload) == (0, True)


def test_no_project_hours_leave_the_week_end(planned: Callable[..., Week]) -> None:
    """Five days of job and no project: two days of rest."""
    found = planned("alice", {PROJECT: 0})
    assert found.slots == ()
    assert found.rest_days == 2


def test_a_leave_brings_the_job_to_nothing(planned: Callable[..., Week]) -> None:
    """On leave neither job nor commute count, and the project takes days of eight hours, Monday first."""
    found = planned("alice", {"transition.leave": "creation_leave"})
    assert found.planned.situation == "leave"
    assert (found.planned.job, found.planned.commute, found.planned.total) == (0, 0, 10)
    assert found.slots == (Slot(0, 8, "free_day"), Slot(1, 2, "free_day"))
    assert found.rest_days == 5


def test_a_contract_that_has_ended_leaves_no_job(planned: Callable[..., Week]) -> None:
    """Emma's contract ends before she opens: the bakery's 45 h take six days, more than a body's 44 h."""
    found = planned("emma")
    assert (found.planned.job, found.planned.project, found.rest_days) == (0, 45, 1)
    assert found.slots == (
        *(Slot(day, 8, "free_day") for day in range(5)),
        Slot(5, 5, "free_day"),
    )
    assert (found.limit, found.overload) == (44, True)


@pytest.mark.parametrize(
    ("project", "rest_days", "overload"),
    [(8, 6, False), (40, 2, False), (40.5, 1, False), (48, 1, False), (54, 1, True), (55, 0, True)],
)
def test_without_a_job_sunday_comes_last(
    planned: Callable[..., Week], project: float, rest_days: int, *, overload: bool
) -> None:
    """Five days of eight hours fill Monday to Friday; what six days of nine do not hold takes the Sunday."""
    found = planned("alice", {"transition.leave": "creation_leave", PROJECT: project})
    assert (found.rest_days, found.overload) == (rest_days, overload)


def test_david_s_week_beside_his_job_has_no_day_of_rest(planned: Callable[..., Week]) -> None:
    """Beside a job free days hold seven hours: David's 18 h take three evenings, Saturday and Sunday."""
    found = planned("david", {"transition.leave": "none"})
    assert found.slots == (
        Slot(0, 2, "evening"),
        Slot(1, 2, "evening"),
        Slot(3, 2, "evening"),
        Slot(5, 7, "free_day"),
        Slot(6, 5, "free_day"),
    )
    assert (found.rest_days, found.overload) == (0, True)


def test_an_hour_more_on_saturday_saves_the_sunday(planned: Callable[..., Week]) -> None:
    """A night worker's 8 h of project fit into one Saturday: the week keeps its day of rest and is not too full."""
    found = planned("alice", {"employment.schedule": "night", PROJECT: 8})
    assert found.slots == (Slot(5, 8, "free_day"),)
    assert (found.rest_days, found.overload) == (1, False)


@pytest.mark.parametrize(
    ("project", "slots", "rest_days"),
    [
        (13, [2, 2, 2, 7], 1),
        (14, [2, 2, 2, 8], 1),
        (15.5, [3, 2, 2.5, 8], 1),
        (17, [3, 3, 3, 8], 1),
        (18, [2, 2, 2, 7, 5], 0),
    ],
)
def test_slots_grow_by_an_hour_before_sunday_goes(
    planned: Callable[..., Week], project: float, slots: list[float], rest_days: int
) -> None:
    """Saturday grows first, then the evenings; where that is not enough, Sunday goes and no evening is long."""
    found = planned("alice", {PROJECT: project})
    assert [slot.hours for slot in found.slots] == slots
    assert found.rest_days == rest_days


def test_hours_that_no_week_holds_are_told(planned: Callable[..., Week]) -> None:
    """Beside 44 h in six days, three evenings and a Sunday hold 17 of 50 h: 33 h have no place, none at night."""
    found = planned("alice", {JOB: 44, PROJECT: 50})
    assert found.slots == (
        Slot(0, 3, "evening"),
        Slot(1, 3, "evening"),
        Slot(3, 3, "evening"),
        Slot(6, 8, "free_day"),
    )
    assert (found.unplaced, found.rest_days, found.overload) == (33, 0, True)
    assert max(block.ends for block in found.blocks if block.kind == "project") == 23


def test_a_week_that_holds_all_leaves_nothing_over(planned: Callable[..., Week]) -> None:
    """Odd minutes of a project do not come back as hours without a place."""
    assert [planned("alice", {PROJECT: hours}).unplaced for hours in (0, 6.1, 10, 17.3)] == [
        0,
        0,
        0,
        0,
    ]


def test_part_time_goes_down_to_24_hours(planned: Callable[..., Week]) -> None:
    """Part time to create counts as the legal floor, three days a week."""
    found = planned("alice", {"transition.leave": "part_time"})
    assert (found.planned.situation, found.planned.job, days(found)) == ("part_time", 24, 3)
    assert found.planned.commute == pytest.approx(3.5)


def test_evenings_are_those_of_days_at_work(planned: Callable[..., Week]) -> None:
    """At three days a week Thursday is a free day, not an evening after the job."""
    found = planned("alice", {"transition.leave": "part_time"})
    assert found.slots == (
        Slot(0, 2, "evening"),
        Slot(1, 2, "evening"),
        Slot(5, 6, "free_day"),
    )
    one_day = planned("alice", {JOB: 8, PROJECT: 2})
    assert one_day.slots == (Slot(0, 2, "evening"),)


def test_all_three_situations_are_compared(planned: Callable[..., Week]) -> None:
    """The planned situation comes first, then the two others."""
    found = planned("alice", {"transition.leave": "part_time"})
    assert [load.situation for load in found.loads] == ["part_time", "full", "leave"]
    assert [load.job for load in found.loads] == [24, 35, 0]


@pytest.mark.parametrize("changes", [{}, {"transition.leave": "part_time"}])
def test_the_whole_job_can_be_compared_with(
    planned: Callable[..., Week], changes: dict[str, Any]
) -> None:
    """Whatever is planned, the week with the job as it is stays at hand."""
    found = planned("alice", changes)
    assert (found.full.situation, found.full.job) == ("full", 35)
    assert found.full.total == pytest.approx(50 + 50 / 60)


@pytest.mark.parametrize(
    ("changes", "situations"),
    [
        ({JOB: 24.5}, ["full", "part_time", "leave"]),
        ({JOB: 24}, ["full", "leave"]),
        ({JOB: 20}, ["full", "leave"]),
        ({JOB: 35, "employment.sector": "public"}, ["full", "part_time", "leave"]),
        ({JOB: 20, "employment.sector": "public"}, ["full", "leave"]),
        ({JOB: 0, "employment.sector": "public"}, ["full", "leave"]),
    ],
)
def test_part_time_that_shortens_nothing_is_not_compared(
    planned: Callable[..., Week], changes: dict[str, Any], situations: list[str]
) -> None:
    """Who works 24 h already has no shorter week to look at, nor has a public servant below full time."""
    assert [load.situation for load in planned("alice", changes).loads] == situations


def test_shift_workers_get_afternoons(planned: Callable[..., Week]) -> None:
    """A shift that begins at six leaves the afternoon to the project."""
    found = planned("alice", {"employment.schedule": "shift"})
    assert [slot.moment for slot in found.slots] == ["afternoon"] * 3 + ["free_day"]
    monday = [block for block in found.blocks if block.day == 0]
    assert Block(0, 6, 13, "job") in monday
    assert Block(0, 16, 18, "project") in monday


def test_a_night_shift_goes_on_after_midnight(planned: Callable[..., Week]) -> None:
    """A night of seven hours that begins on Monday at nine in the evening ends on Tuesday at four."""
    found = planned("alice", {"employment.schedule": "night"})
    assert Block(0, 21, 24, "job") in found.blocks
    assert Block(1, 0, 4, "job") in found.blocks
    assert {slot.moment for slot in found.slots} == {"free_day"}


def test_a_morning_at_work_is_no_day_of_rest(planned: Callable[..., Week]) -> None:
    """The last night of the week ends on Saturday: only Sunday is whole."""
    found = planned("alice", {"employment.schedule": "night", PROJECT: 0})
    assert Block(5, 0, 4, "job") in found.blocks
    assert found.rest_days == 1


def test_the_evening_begins_once_one_is_home(planned: Callable[..., Week]) -> None:
    """After a day of ten hours and a long way back the project waits."""
    found = planned("alice", {JOB: 60, "employment.commute": 120})
    evenings = [block for block in found.blocks if block.kind == "project" and block.day == 0]
    assert evenings[0].begins == 21


@pytest.mark.parametrize(
    ("children", "age", "caregiver", "care"),
    [
        (0, None, False, 0),
        (1, None, False, 14),
        (2, None, True, 21),
        (1, 0, False, 14),
        (2, 5, False, 14),
        (2, 6, False, 7),
        (2, 11, False, 7),
        (1, 12, False, 3.5),
        (0, None, True, 7),
        (1, 3, True, 21),
    ],
)
def test_hours_of_care(
    case: Callable[..., Case], children: int, age: int | None, care: float, *, caregiver: bool
) -> None:
    """The youngest child's age and a relative in need give the hours; a child without an age is a young one."""
    changes = {
        "household.children": children,
        "household.youngest_child_age": age,
        "household.caregiver": caregiver,
    }
    assert care_hours(case("alice", changes)) == care


weeks = st.fixed_dictionaries(
    {
        JOB: st.integers(0, 48),
        PROJECT: st.floats(0, 60),
        "employment.commute": st.integers(0, 180),
        "employment.schedule": st.sampled_from(["day", "shift", "night"]),
        "project.physical": st.booleans(),
        "transition.leave": st.sampled_from(["none", "part_time", "creation_leave"]),
    }
)


@given(changes=weeks)
@settings(max_examples=60, deadline=None)
def test_the_blocks_of_any_week_hold_its_hours(
    planned: Callable[..., Week], changes: dict[str, Any]
) -> None:
    """The drawn week loses no hour but those that it tells; day jobs show an hour's lunch a day on top."""
    found = planned("alice", changes)
    load = found.planned
    lunch = days(found) if changes["employment.schedule"] == "day" else 0
    assert hours(found, "job") == pytest.approx(load.job + lunch, abs=1e-6)
    assert hours(found, "commute") == pytest.approx(load.commute, abs=1e-6)
    placed = load.project - found.unplaced
    assert hours(found, "project") == pytest.approx(placed, abs=1e-3)
    assert sum(slot.hours for slot in found.slots) == pytest.approx(placed, abs=1e-3)
    assert all(slot.hours <= (9 if slot.moment == "free_day" else 3) for slot in found.slots)
    assert not found.unplaced or found.overload
    assert all(0 <= block.begins < block.ends <= 24 + 1e-9 for block in found.blocks)
    assert found.rest_days == 7 - len({block.day for block in found.blocks})


@given(changes=weeks)
@settings(max_examples=60, deadline=None)
def test_nobody_is_at_two_places_at_once(
    planned: Callable[..., Week], changes: dict[str, Any]
) -> None:
    """In a week within reason no two blocks of a day overlap, and no day has two appointments."""
    found = planned("alice", changes | {PROJECT: min(changes[PROJECT], 12)})
    by_day = defaultdict(list)
    for block in found.blocks:
        by_day[block.day].append(block)
    for blocks in by_day.values():
        for first, second in pairwise(sorted(blocks, key=lambda block: block.begins)):
            assert first.ends <= second.begins + 1e-6
    assert all(count == 1 for count in Counter(slot.day for slot in found.slots).values())


def test_a_leave_that_cannot_begin_in_time_changes_nothing(
    case: Callable[..., Case],
) -> None:
    """David asked too late for a leave in December: his first week still holds his whole job."""
    found = case("david")
    assert leave(found).notice_missed
    assert (week(found).planned.situation, week(found).job_share) == ("full", 1.0)
