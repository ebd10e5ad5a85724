"""
A week laid out: fixed appointments with the project around job and commute, hour by hour.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

from tremplin.case import Case

HOURS_A_WEEK = 168.0
DAYS_A_WEEK = 7
OFFICE_DAYS = 5
BlockKind = Literal["job", "commute", "project", "care"]
JobSituation = Literal["full", "part_time", "leave"]


@dataclass(frozen=True, slots=True)
class Load:
    """Hours a week by kind in one situation of the job."""

    situation: JobSituation
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
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Slot:
    """A fixed appointment with the project."""

    day: int
    hours: float
    moment: Literal["evening", "afternoon", "free_day"]


def job_days(hours: float, day_hours: float) -> int:
    """Spread weekly job hours over days of an ordinary length: as few as will do, at most six."""
    return min(math.ceil(hours / day_hours), OFFICE_DAYS + 1) if hours else 0


def slots_of(case: Case, load: Load, days: int) -> tuple[Slot, ...]:
    """
    Lay the project's hours in fixed slots: evenings first, then free days, Sunday last.

    Shift workers get the afternoon and night workers the free days first, since their evenings are not theirs.
    Hours that fit nowhere are left out: slots that go on into the night would be no plan.
    """
    schedule = case.profile.employment.schedule
    longest: list[Slot] = []
    if schedule != "night":
        moment: Literal["evening", "afternoon"] = "afternoon" if schedule == "shift" else "evening"
        evening = case.convention("week.evening_hours")
        evenings = int(case.convention("week.evenings_max"))
        longest += [
            Slot(day, evening, moment)
            for day in [day for day in (1, 3, 0) if day < days][:evenings]
        ]
    # Without a job the project has ordinary days; beside one, Saturday comes before the days between.
    free = (5, *range(days, OFFICE_DAYS)) if days else range(DAYS_A_WEEK - 1)
    room = case.convention("week.free_day_hours" if days else "week.job_day_hours")
    longest += [
        Slot(day, room, "free_day") for day in dict.fromkeys(day for day in free if day >= days)
    ]
    longer = case.convention("week.longer_hours")
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


def blocks_of(load: Load, days: int, schedule: str, slots: tuple[Slot, ...]) -> tuple[Block, ...]:
    """Lay the job, the way to it and the slots of the project on the days of the week."""
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


def _cut(day: int, begins: float, ends: float, kind: BlockKind) -> list[Block]:
    """Cut a stretch at midnight, so that night work shows on both days."""
    pieces = []
    while ends - begins > 1e-9:  # noqa: PLR2004 - below a millisecond nothing can be seen
        shift, hour = divmod(begins, 24.0)
        length = min(ends - begins, 24.0 - hour)
        pieces.append(Block((day + int(shift)) % DAYS_A_WEEK, hour, hour + length, kind))
        begins += length
    return pieces
