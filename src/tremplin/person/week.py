"""
The week as it would be: job, commute, project and care hour by hour, and whether it is too much.

The 48 and 44 hours of the Code du travail bind employers, not work on one's own account (L8261-3, 2°); they
serve here as a benchmark for health. Hours of care are conventions of `data/conventions.csv`, not statistics.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.declared import NO, PARTLY, YES, correction, criterion, finding
from tremplin.law.contract import employed_at_start, is_authorised, works_beside
from tremplin.law.leave import leave

HOURS_A_WEEK = 168.0
MINUTES_AN_HOUR = 60.0
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


@dataclass(frozen=True, slots=True)
class Week:
    """The planned week and its verdict."""

    loads: tuple[Load, ...]
    """The planned situation first, then the others for comparison."""
    slots: tuple[Slot, ...]
    blocks: tuple[Block, ...]
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


@answer("week.care")
def care_hours(case: Case) -> float:
    """Give hours of care a week by the conventions: age of the youngest child, and caring for a relative."""
    household = case.profile.household
    hours = 0.0
    age = household.youngest_child_age
    if household.children:
        # An age that is not given counts as the one that takes most care.
        if age is None or age < case.convention("care.young_child_age"):
            hours += case.convention("care.young_child_hours")
        elif age < case.convention("care.teenager_age"):
            hours += case.convention("care.school_child_hours")
        else:
            hours += case.convention("care.teenager_hours")
    if household.caregiver:
        hours += case.convention("care.caregiver_hours")
    return hours


def job_days(hours: float, day_hours: float) -> int:
    """Spread weekly job hours over days of an ordinary length: as few as will do, at most six."""
    return min(math.ceil(hours / day_hours), OFFICE_DAYS + 1) if hours else 0


@answer("week.part_time_minimum", "ct_l3123_27")
def part_time_hours(case: Case) -> float:
    """
    Give the least hours a week of part time: 24 without an agreement (L3123-27), half time for public servants.
    """
    if case.profile.employment.sector == "public":
        share = case.value("public_service.part_time_minimum_share")
        return case.profile.employment.weekly_hours * share
    return case.value("working_time.part_time_minimum")


def _load(case: Case, situation: JobSituation) -> Load:
    employment = case.profile.employment
    hours = employment.weekly_hours
    if situation == "part_time":
        hours = min(hours, part_time_hours(case))
    elif situation == "leave":
        hours = 0.0
    days = job_days(hours, case.convention("week.job_day_hours"))
    return Load(
        situation,
        hours,
        employment.commute / MINUTES_AN_HOUR * days,
        case.profile.project.weekly_hours,
        care_hours(case),
    )


def _situations(case: Case) -> tuple[JobSituation, ...]:
    """Put first what will be true on the first day: a leave that cannot begin by then changes nothing."""
    wanted, found = case.profile.transition.leave, leave(case)
    planned: JobSituation = "full"
    granted = found.eligible and found.begins == case.start
    if not works_beside(case) or (wanted == "creation_leave" and granted):
        planned = "leave"
    elif wanted == "part_time" and found.part_time_open and (granted or is_authorised(case)):
        planned = "part_time"
    others: tuple[JobSituation, ...] = ("full", "part_time", "leave")
    closed = case.profile.employment.sector == "public" and not found.part_time_open
    if closed or part_time_hours(case) >= case.profile.employment.weekly_hours:
        others = ("full", "leave")
    return (planned, *(other for other in others if other != planned))


def _slots(case: Case, load: Load, days: int) -> tuple[Slot, ...]:
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


def _cut(day: int, begins: float, ends: float, kind: BlockKind) -> list[Block]:
    """Cut a stretch at midnight, so that night work shows on both days."""
    pieces = []
    while ends - begins > 1e-9:  # noqa: PLR2004 - below a millisecond nothing can be seen
        shift, hour = divmod(begins, 24.0)
        length = min(ends - begins, 24.0 - hour)
        pieces.append(Block((day + int(shift)) % DAYS_A_WEEK, hour, hour + length, kind))
        begins += length
    return pieces


@answer("week", "ct_l3121_20", "ct_l3121_22")
def week(case: Case) -> Week:
    """
    Plan the week of the first month.

    Overload means that job and project together pass the limit (48 h, or 44 h for a physical trade), or that
    no whole day of rest is left.
    """
    loads = tuple(_load(case, situation) for situation in _situations(case))
    planned = loads[0]
    days = job_days(planned.job, case.convention("week.job_day_hours"))
    slots = _slots(case, planned, days)
    contract_hours = case.profile.employment.weekly_hours
    blocks = _blocks(planned, days, case.profile.employment.schedule, slots)
    # A night that ends in the morning takes that day too.
    rest_days = DAYS_A_WEEK - len({block.day for block in blocks})
    average, most = "working_time.weekly_average_max", "working_time.weekly_max"
    limit = case.value(average if case.profile.project.physical else most)
    return Week(
        loads=loads,
        slots=slots,
        blocks=blocks,
        rest_days=rest_days,
        limit=limit,
        overload=planned.work > limit or rest_days < 1,
        job_share=planned.job / contract_hours if contract_hours else 1.0,
    )


@finding("overload")
def _overload(case: Case) -> bool:
    """Job and project pass the benchmark together, or leave no day of rest."""
    return week(case).overload


@finding("fatigue")
def _fatigue(case: Case) -> bool:
    """Whoever is tired before the start has little reserve."""
    tired = case.profile.employment.fatigue >= case.convention("fatigue.high")
    return employed_at_start(case) and tired


@finding("health_signs")
def _health_signs(case: Case) -> bool:
    """Trouble with sleep or pain is to be treated before hours are added."""
    return bool(case.profile.health.sleep_trouble or case.profile.health.pain)


@finding("physical_trade")
def _physical_trade(case: Case) -> bool:
    """A physical trade beside the job asks more of the body than one."""
    return employed_at_start(case) and case.profile.project.physical


@criterion("time.load")
def _load_bearable(case: Case) -> float:
    """Job and project stay under the lower benchmark, or under the higher one, which counts for half."""
    found = week(case)
    if found.planned.work <= case.value("working_time.weekly_average_max"):
        return YES
    return PARTLY if found.planned.work <= found.limit else NO


@criterion("time.rest_day")
def _rest_day(case: Case) -> float:
    """A whole day of rest is left."""
    return YES if week(case).rest_days else NO


@criterion("time.fatigue")
def _rested(case: Case) -> float | None:
    """The job leaves strength; nearly tired counts for half."""
    if not employed_at_start(case):
        return None
    fatigue, high = case.profile.employment.fatigue, case.convention("fatigue.high")
    if fatigue >= high:
        return NO
    return PARTLY if fatigue == high - 1 else YES


@criterion("time.commute")
def _short_commute(case: Case) -> float | None:
    """Travel to work takes little time; half of what is long counts for half."""
    if not employed_at_start(case):
        return None
    commute, long = case.profile.employment.commute, case.convention("commute.long")
    if commute > long:
        return NO
    return PARTLY if commute > long / 2 else YES


@criterion("time.family")
def _time_for_family(case: Case) -> float:
    """Those who need care leave time for the project; a young child's hours count for half."""
    care = week(case).planned.care
    if not care:
        return YES
    return PARTLY if care <= case.convention("care.young_child_hours") else NO


@criterion("time.body")
def _body(case: Case) -> float | None:
    """A physical trade counts for half; it concerns nobody else."""
    return PARTLY if case.profile.project.physical else None


@criterion("time.health")
def _health(case: Case) -> float | None:
    """No sign of ill health; None where nothing is said of it."""
    answers = [case.profile.health.sleep_trouble, case.profile.health.pain]
    known = [one for one in answers if one is not None]
    return {0: YES, 1: PARTLY, 2: NO}[sum(known)] if known else None


@correction("working_time_law")
def _working_time_law(case: Case) -> bool:
    """Whoever keeps a job hears of legal limits that do not bind work on one's own account (L8261-3)."""
    return employed_at_start(case)


@correction("pain_meaning")
def _pain_meaning(case: Case) -> bool:
    """Pain is to be shown to a doctor."""
    return case.profile.health.pain is True
