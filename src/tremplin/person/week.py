"""
The week as it would be: job, commute, project and care hour by hour, and whether it is too much.

The 48 and 44 hours of the Code du travail bind employers, not work on one's own account (L8261-3, 2°); they
serve here as a benchmark for health. Hours of care are conventions of `data/conventions.csv`, not statistics.
"""

from dataclasses import dataclass

from tremplin.case import Case, answer
from tremplin.case.declared import NO, PARTLY, YES, Change, change, correction, criterion, finding
from tremplin.law.contract import employed_at_start, works_beside
from tremplin.law.leave import leave
from tremplin.law.public_service import is_authorised
from tremplin.law.suspension import suspension
from tremplin.person.timetable import (
    DAYS_A_WEEK,
    Block,
    JobSituation,
    Load,
    Slot,
    blocks_of,
    job_days,
    slots_of,
)

MINUTES_AN_HOUR = 60.0


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


@answer("week.part_time_minimum", "ct_l3123_27")
def part_time_hours(case: Case) -> float:
    """
    Give the least hours a week of part time: 24 without an agreement (L3123-27), half time for public servants.
    """
    if case.profile.employment.sector == "public":
        share = case.value("public_service.part_time_minimum_share")
        return case.profile.employment.weekly_hours * share
    return case.value("working_time.part_time_minimum")


def can_work_less(case: Case) -> bool:
    """Tell whether part time would be fewer hours than are worked: none are while the job is wholly suspended."""
    paused = suspension(case)
    fewer = part_time_hours(case) < case.profile.employment.weekly_hours
    return fewer and not (paused and paused.whole)


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
    paused = suspension(case)
    free = not works_beside(case) or (paused is not None and paused.whole)
    if free or (wanted == "creation_leave" and granted):
        planned = "leave"
    elif wanted == "part_time" and found.part_time_open and (granted or is_authorised(case)):
        planned = "part_time"
    others: tuple[JobSituation, ...] = ("full", "part_time", "leave")
    closed = case.profile.employment.sector == "public" and not found.part_time_open
    if closed or not can_work_less(case):
        others = ("full", "leave")
    return (planned, *(other for other in others if other != planned))


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
    slots = slots_of(case, planned, days)
    contract_hours = case.profile.employment.weekly_hours
    blocks = blocks_of(planned, days, case.profile.employment.schedule, slots)
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
    """A physical trade asks much of the body, beside the job or right after it."""
    return employed_at_start(case) and case.profile.project.physical


@change("fewer_hours")
def _fewer_hours(case: Case) -> tuple[Change, ...]:
    """Give the project fewer hours a week, whole ones."""
    planned = case.profile.project.weekly_hours
    return tuple(
        Change({"project.weekly_hours": planned - less}, float(less))
        for less in range(1, int(planned))
    )


@change("part_time")
def _part_time(case: Case) -> tuple[Change, ...]:
    """Ask for part time to create a business, where there is a right to it."""
    if (
        not leave(case).part_time_open
        or not can_work_less(case)
        or case.profile.transition.leave != "none"
    ):
        return ()
    return (Change({"transition.leave": "part_time"}),)


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
    return works_beside(case)


@correction("pain_meaning")
def _pain_meaning(case: Case) -> bool:
    """Pain is to be shown to a doctor."""
    return case.profile.health.pain is True
