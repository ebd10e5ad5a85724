"""
The week as it would be: job, commute, project and care hour by hour, and whether it is too much.

The 48 and 44 hours of the Code du travail bind employers, not work on one's own account (L8261-3, 2°); they
serve here as a benchmark for health. Hours of care are conventions of `data/conventions.csv`, not statistics.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

from tremplin.analysis.contract import is_authorised, works_beside
from tremplin.analysis.leave import CreationLeave
from tremplin.model.profile import Profile
from tremplin.model.register import Register

HOURS_A_WEEK = 168.0
MINUTES_AN_HOUR = 60.0
DAYS_A_WEEK = 7
OFFICE_DAYS = 5

Kind = Literal["job", "commute", "project", "care"]
Situation = Literal["full", "part_time", "leave"]


@dataclass(frozen=True, slots=True)
class Load:
    """Hours a week by kind in one situation of the job."""

    situation: Situation
    job: float
    commute: float
    project: float
    care: float

    @property
    def work(self) -> float:
        """Hours of job and project, those that the benchmark counts."""
        return self.job + self.project

    @property
    def total(self) -> float:
        """Hours of job, commute and project."""
        return self.job + self.commute + self.project

    @property
    def rest(self) -> float:
        """What is left of the week for sleep, meals, family and oneself."""
        return max(0.0, HOURS_A_WEEK - self.total - self.care)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one day; `day` 0 is Monday, hours run from 0 to 24."""

    day: int
    begins: float
    ends: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Slot:
    """A fixed appointment with the project."""

    day: int
    hours: float
    moment: Literal["evening", "afternoon", "free_day"]


@dataclass(frozen=True, slots=True)
class Week:
    """The planned week and its verdict."""

    loads: tuple[Load, ...]
    """The planned situation first, then the others for comparison."""
    slots: tuple[Slot, ...]
    blocks: tuple[Block, ...]
    job_days: int
    rest_days: int
    limit: float
    """Hours of job and project a week above which the week counts as overloaded."""
    overload: bool
    job_share: float
    """Hours of the job that are kept, as a share of the contract's."""

    @property
    def unplaced(self) -> float:
        """Hours of the project that fit nowhere in the week."""
        # To the second: what adding up leaves is no time.
        return round(self.planned.project - sum(slot.hours for slot in self.slots), 4) + 0.0

    @property
    def full(self) -> Load:
        """The situation in which the job is kept as it is."""
        return next(load for load in self.loads if load.situation == "full")

    @property
    def planned(self) -> Load:
        """The situation that the profile plans for the first month."""
        return self.loads[0]


def care_hours(profile: Profile, register: Register) -> float:
    """Give hours of care a week by the conventions: age of the youngest child, and caring for a relative."""
    household = profile.household
    hours = 0.0
    age = household.youngest_child_age
    if household.children:
        # An age that is not given counts as the one that takes most care.
        if age is None or age < register.convention("care.young_child_age"):
            hours += register.convention("care.young_child_hours")
        elif age < register.convention("care.teenager_age"):
            hours += register.convention("care.school_child_hours")
        else:
            hours += register.convention("care.teenager_hours")
    if household.caregiver:
        hours += register.convention("care.caregiver_hours")
    return hours


def job_days(hours: float, register: Register) -> int:
    """Spread weekly job hours over days: as few as a day of ordinary length allows, five where it can."""
    if not hours:
        return 0
    days = math.ceil(hours / register.convention("week.job_day_hours"))
    return min(days, OFFICE_DAYS + 1)


def part_time_hours(profile: Profile, register: Register) -> float:
    """
    Give the least hours a week of part time: 24 without an agreement (L3123-27), half time for public servants.
    """
    start = profile.project.start
    if profile.employment.sector == "public":
        share = register.value("public_service.part_time_minimum_share", at=start)
        return profile.employment.weekly_hours * share
    return register.value("working_time.part_time_minimum", at=start)


def _load(profile: Profile, register: Register, situation: Situation) -> Load:
    employment = profile.employment
    hours = employment.weekly_hours
    if situation == "part_time":
        hours = min(hours, part_time_hours(profile, register))
    elif situation == "leave":
        hours = 0.0
    commute = employment.commute / MINUTES_AN_HOUR * job_days(hours, register)
    return Load(
        situation, hours, commute, profile.project.weekly_hours, care_hours(profile, register)
    )


def _situations(
    profile: Profile, register: Register, leave: CreationLeave
) -> tuple[Situation, ...]:
    """Put first what will be true on the first day: a leave that cannot begin by then changes nothing."""
    wanted = profile.transition.leave
    planned: Situation = "full"
    granted = leave.eligible and leave.begins == profile.project.start
    if not works_beside(profile) or (wanted == "creation_leave" and granted):
        planned = "leave"
    elif wanted == "part_time" and leave.part_time_open and (granted or is_authorised(profile)):
        planned = "part_time"
    others: tuple[Situation, ...] = ("full", "part_time", "leave")
    closed = profile.employment.sector == "public" and not leave.part_time_open
    if closed or part_time_hours(profile, register) >= profile.employment.weekly_hours:
        others = ("full", "leave")
    return (planned, *(other for other in others if other != planned))


def _slots(load: Load, days: int, schedule: str, register: Register) -> tuple[Slot, ...]:
    """
    Lay the project's hours in fixed slots: evenings first, then free days, Sunday last.

    Shift workers get the afternoon and night workers the free days first, since their evenings are not theirs.
    Hours that fit nowhere are left out: slots that go on into the night would be no plan.
    """
    longest: list[Slot] = []
    if schedule != "night":
        moment: Literal["evening", "afternoon"] = "afternoon" if schedule == "shift" else "evening"
        evening = register.convention("week.evening_hours")
        evenings = int(register.convention("week.evenings_max"))
        longest += [
            Slot(day, evening, moment)
            for day in [day for day in (1, 3, 0) if day < days][:evenings]
        ]
    # Without a job the project has ordinary days; beside one, Saturday comes before the days between.
    free = (5, *range(days, OFFICE_DAYS)) if days else range(DAYS_A_WEEK - 1)
    room = register.convention("week.free_day_hours" if days else "week.job_day_hours")
    longest += [
        Slot(day, room, "free_day") for day in dict.fromkeys(day for day in free if day >= days)
    ]
    longer = register.convention("week.longer_hours")
    sunday = Slot(DAYS_A_WEEK - 1, room, "free_day")
    if load.project > sum(slot.hours + longer for slot in longest):
        longest.append(sunday)
    return tuple(sorted(_filled(longest, load.project, longer), key=lambda slot: slot.day))


def _filled(slots: list[Slot], hours: float, longer: float) -> list[Slot]:
    """Fill slots in their order, then lengthen them if need be, free days before evenings."""
    left = hours
    filled = []
    for slot in slots:
        if left > 0:
            filled.append(replace(slot, hours=min(slot.hours, left)))
            left -= filled[-1].hours
    for place, slot in reversed(list(enumerate(filled))):
        filled[place] = replace(slot, hours=slot.hours + min(longer, left))
        left -= min(longer, left)
    return filled


JOB_BEGINS = {"day": 9.0, "shift": 6.0, "night": 21.0}
SLOT_BEGINS = {"evening": 20.0, "afternoon": 16.0, "free_day": 9.0}


def _blocks(load: Load, days: int, schedule: str, slots: tuple[Slot, ...]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    lunch = 1.0 if schedule == "day" else 0.0
    ride = load.commute / days / 2 if days else 0.0
    begins = JOB_BEGINS[schedule]
    ends = begins + load.job / days + lunch if days else begins
    for day in range(days):
        blocks += _cut(day, begins - ride, begins, "commute")
        blocks += _cut(day, begins, ends, "job")
        blocks += _cut(day, ends, ends + ride, "commute")
    for slot in slots:
        begins = SLOT_BEGINS[slot.moment]
        if slot.day < days:
            begins = max(begins, ends + ride)
        blocks += _cut(slot.day, begins, begins + slot.hours, "project")
    return tuple(blocks)


def _cut(day: int, begins: float, ends: float, kind: Kind) -> list[Block]:
    """Cut a stretch at midnight, so that night work shows on both days."""
    pieces = []
    while ends - begins > 1e-9:  # noqa: PLR2004 - below a millisecond nothing can be seen
        shift, hour = divmod(begins, 24.0)
        length = min(ends - begins, 24.0 - hour)
        pieces.append(Block((day + int(shift)) % DAYS_A_WEEK, hour, hour + length, kind))
        begins += length
    return pieces


def week(profile: Profile, register: Register, leave: CreationLeave) -> Week:
    """
    Plan the week of the first month.

    Overload means that job and project together pass the limit (48 h, or 44 h for a physical trade), or that
    no whole day of rest is left.
    """
    start = profile.project.start
    loads = tuple(
        _load(profile, register, situation) for situation in _situations(profile, register, leave)
    )
    planned = loads[0]
    days = job_days(planned.job, register)
    contract_hours, schedule = profile.employment.weekly_hours, profile.employment.schedule
    slots = _slots(planned, days, schedule, register)
    blocks = _blocks(planned, days, schedule, slots)
    # A night that ends in the morning takes that day too.
    rest_days = DAYS_A_WEEK - len({block.day for block in blocks})
    limit = register.value(
        "working_time.weekly_average_max"
        if profile.project.physical
        else "working_time.weekly_max",
        at=start,
    )
    return Week(
        loads=loads,
        slots=slots,
        blocks=blocks,
        job_days=days,
        rest_days=rest_days,
        limit=limit,
        overload=planned.work > limit or rest_days < 1,
        job_share=planned.job / contract_hours if contract_hours else 1.0,
    )
