"""
What a report says, as data: the content of `results.json`.

The sections on money (legal form, thresholds, financing, risk, timing) join it with their chapters.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MIME = "application/vnd.tremplin.results+json"
"""Under which a notebook leaves its results."""

Score = Annotated[int, Field(ge=0, le=100)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scores(_Section):
    """Scores from 0 to 100 by dimension, and their mean."""

    contract: Score
    time: Score
    finances: Score
    project: Score
    support: Score
    overall: Score


class Acre(_Section):
    """ACRE at the start date; `rate` is the share of contributions that the micro regime exempts."""

    eligible: bool
    ground: str | None
    rate: float | None
    request_by: date | None


class Arce(_Section):
    """ARCE; `amount` in €, both payments, after deduction."""

    eligible: bool
    reason: str
    amount: float | None


class Exclusivity(_Section):
    """The exclusivity clause; `enforceable` is null where it cannot be told."""

    clause: bool | Literal["unknown"]
    enforceable: bool | None
    suspended_until: date | None


class CreationLeave(_Section):
    """The creation leave; `notice_by` is for a leave that begins at the project's start."""

    eligible: bool
    reason: str
    notice_by: date


class Time(_Section):
    """The planned week: hours of job, commute and project."""

    total_weekly_hours: float
    rest_days: Annotated[int, Field(ge=0, le=7)]
    overload: bool


class ChecklistItem(_Section):
    """One step of the formalities."""

    id: str
    label: str
    due: date
    done: bool


class Results(_Section):
    """All that a report says about one person."""

    id: str
    as_of: date
    verdict: Literal["go", "go_with_conditions", "stop"]
    blockers: list[str]
    warnings: list[str]
    scores: Scores
    acre: Acre
    arce: Arce
    exclusivity: Exclusivity
    creation_leave: CreationLeave
    time: Time
    checklist: list[ChecklistItem]
