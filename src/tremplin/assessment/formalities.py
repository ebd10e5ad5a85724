"""
The steps to take, in order, with dates counted from the start date; the papers and covers that they ask for.

`data/steps.csv` holds the words and the usual distance to the start; whom each concerns and the dates that the law fixes
are declared with its subject.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tremplin.assessment.subjects import declared_for
from tremplin.case import Case, answer
from tremplin.case.dates import add_days
from tremplin.case.declared import declared
from tremplin.law.registration import holds, is_registered
from tremplin.law.trades import is_regulated, trade
from tremplin.model.texts import PHASES
from tremplin.model.trades import Duty
from tremplin.money.comparison import in_company
from tremplin.money.financing import is_funded

A_WEEK = 7
"""Days that a declaration of a trade takes to prepare."""
BEFORE_START = PHASES[: PHASES.index("launch")]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do and the last day for it."""

    id: str
    phase: str
    label: str
    detail: str
    source: str
    begins: date
    due: date
    done: bool

    def late(self, as_of: date) -> bool:
        """Tell whether the last day has passed without the step being done."""
        return not self.done and self.due < as_of


def usual_days(case: Case) -> float:
    """Give the days that the distances of `data/steps.csv` suppose between today and the start."""
    return case.convention("steps.usual_days")


def _pace(case: Case) -> float:
    """
    Tell by how much the usual distances before the start must shrink: 1 where there is time enough.

    They shrink no further than a start in the fewest days asks for: a market study of a day is no plan, so what no
    longer fits is late. A start that has passed leaves nothing to shrink: the usual dates show how late one is.
    """
    left, fewest = (case.start - case.as_of).days, case.convention("start.comfort_days")
    return min(1.0, max(left, fewest) / usual_days(case)) if left > 0 else 1.0


@answer("steps")
def steps(case: Case) -> tuple[Step, ...]:
    """
    List the steps that concern the person, by last day, then in the order of `data/steps.csv`.

    Where less time is left than usual, the steps before the start move closer together.
    """
    squeezed, found = _pace(case), []
    for row, todo in declared_for(case, "steps"):
        if todo is None:
            continue
        pace = squeezed if row["phase"] in BEFORE_START else 1.0
        due = todo.due or add_days(case.start, round(row["offset_days"] * pace))
        if todo.latest:
            due = min(due, todo.latest)
        days = max(1, round(row["duration_days"] * pace))
        begins = add_days(due, 1 - days)
        found.append(
            Step(
                id=row["id"],
                phase=row["phase"],
                label=row["label"],
                detail=row["detail"],
                source=row["source"],
                # What is still to do cannot begin in the past, unless it is late already.
                begins=max(begins, min(case.as_of, due)),
                due=due,
                done=todo.done,
            )
        )
    found += _of_the_trade(case, squeezed)
    return tuple(sorted(found, key=lambda step: step.due))


def _of_the_trade(case: Case, pace: float) -> Iterator[Step]:
    """List what the trade must declare or ask for before it opens, by the catalogue."""
    known = trade(case)
    duties = [duty for duty in known.before_opening if duty.is_for_all] if known else []
    for number, duty in enumerate(duties, start=1):
        # What an office takes to answer does not shrink with the time that is left.
        days = case.convention("trade.duty_days") * pace if duty.days is None else duty.days
        due = add_days(case.start, -round(days))
        yield Step(
            id=f"trade_{number}",
            phase="prepare",
            label=duty.short or "Faire les démarches de votre métier",
            detail=_detail(duty),
            source=duty.source or "",
            begins=max(add_days(due, -A_WEEK), min(case.as_of, due)),
            due=due,
            done=is_registered(case) or (duty.qualifies and case.profile.project.qualified is True),
        )


def _detail(duty: Duty) -> str:
    """Say what a duty asks for and of whom, without saying again what its label says."""
    words = duty.words.rstrip(".")
    if duty.short and words.startswith(duty.short):
        rest = words.removeprefix(duty.short).lstrip(" :.,")
        if not rest and duty.whom:
            return f"À voir avec : {duty.whom}."
        rest = re.sub(r"^\(([^)]*)\)", r"\1", rest)
        words = rest[:1].upper() + rest[1:] if rest else words
    return f"{words}{f' ({duty.whom})' if duty.whom else ''}."


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the file and whether the profile says it is there."""

    id: str
    label: str
    why: str
    held: bool
    awaited: bool
    """Whether it comes only once the file has been accepted."""


AWAITED = frozenset({"registration"})


@answer("documents")
def documents(case: Case) -> tuple[Paper, ...]:
    """List the papers that the form and the trade ask for."""
    return tuple(
        Paper(row["id"], row["label"], row["why"], holds(case, row["id"]), row["id"] in AWAITED)
        for row in case.register.table("documents.csv").iter_rows(named=True)
        if _needed(row["applies"], case)
    )


def _needed(applies: str, case: Case) -> bool:
    project = case.profile.project
    return {
        "all": True,
        "company": in_company(case),
        "regulated": is_regulated(case) is True,
        "public": declared("steps")["authorisation"](case) is not None,
        "funded": is_funded(case) or project.seeks_investors,
    }[applies]


LIABILITY = "responsabilité civile"
"""What the cover of a trade says that is the liability of its profession."""
NO_PREMISES = "Sans local"
"""How the catalogue begins on the premises of a trade that has none."""


@dataclass(frozen=True, slots=True)
class Insurance:
    """A cover that the category calls for."""

    id: str
    label: str
    why: str
    duty: str


def _has_place(case: Case) -> bool:
    """Tell whether there is a place or a stock of the business to insure."""
    project = case.profile.project
    return project.premises is not None or project.stock > 0


@answer("insurances")
def insurances(case: Case) -> tuple[Insurance, ...]:
    """List the covers for the project's category, without those of which the trade says more."""
    known = trade(case)
    told = {"ten_year"} if known else set()
    if known and any(LIABILITY in cover.words.casefold() for cover in known.insurance):
        told.add("liability")
    if known and (known.premises or "").startswith(NO_PREMISES) and not _has_place(case):
        told.add("premises")
    return tuple(
        Insurance(row["id"], row["label"], row["why"], row["duty"])
        for row in case.register.table("insurances.csv").iter_rows(named=True)
        if (row["applies"] == "all" or case.category in row["applies"].split("|"))
        and row["id"] not in told
    )
