"""
How a subject declares what it says in the report: findings and what lifts them, criteria of the scores, steps, corrections.

Each is an answer of a case whose words are the row of that id in a table of the register; opening a register for a report
proves that code and tables agree. So the condition, its subject and its tests stand in one room, and the words are data.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tremplin.case.case import Answer, Case, answer, answers

YES, PARTLY, NO = 1.0, 0.5, 0.0
"""How far a criterion is met."""


@dataclass(frozen=True, slots=True)
class Todo:
    """A step that concerns the person."""

    due: date | None = None
    """The last day, where a rule or the plan fixes it; None where it is the usual distance to the start."""
    latest: date | None = None
    """A day that the usual distance to the start may not pass."""
    done: bool = False
    """Whether the profile says that it is done."""


@dataclass(frozen=True, slots=True)
class Change:
    """Other answers of the profile, to ask the case again."""

    values: Mapping[str, object]
    """The answers by the dotted keys of the profile."""
    amount: float | None = None
    """How much is moved, in the unit of its words."""
    day: date | None = None
    """The day that the words name."""


def finding(id_: str) -> Callable[[Callable[[Case], bool | None]], Answer[[], bool | None]]:
    """Declare when something stops a start or is a condition of it; its words are the row of `data/findings.csv`."""
    return answer(f"findings.{id_}")


def criterion(id_: str) -> Callable[[Callable[[Case], float | None]], Answer[[], float | None]]:
    """Declare how far a criterion of `data/criteria.csv` is met, from 0 to 1; None where it does not concern the person."""
    return answer(f"scores.{id_}")


def step(id_: str) -> Callable[[Callable[[Case], Todo | None]], Answer[[], Todo | None]]:
    """Declare whom a step of `data/steps.csv` concerns, its last day and whether it is done; None where it concerns nobody."""
    return answer(f"steps.{id_}")


def change(
    id_: str,
) -> Callable[[Callable[[Case], Sequence[Change]]], Answer[[], Sequence[Change]]]:
    """
    Declare the changes of one kind that a person could make, from the smallest to the largest; its words are in `data/changes.csv`.

    What one of them lifts, each larger one must lift too.
    """
    return answer(f"changes.{id_}")


def correction(id_: str) -> Callable[[Callable[[Case], bool | None]], Answer[[], bool | None]]:
    """Declare for whom a correction of advice in `data/advice.csv` matters."""
    return answer(f"advice.{id_}")


def declared(table: str) -> dict[str, Answer[[], Any]]:
    """Give all that is declared for a table (`findings`, `scores`, `steps`, `advice`, `changes`), by the ids of its rows."""
    prefix = f"{table}."
    return {
        id_.removeprefix(prefix): found
        for id_, found in answers().items()
        if id_.startswith(prefix)
    }
