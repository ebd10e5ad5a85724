"""
What a batch is asked to do, and what it tells of: its steps and its sums.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tremplin.errors import Lang, Problem, render
from tremplin.pipeline.batch.sheet import ColumnMap
from tremplin.pipeline.batch.task import Fault
from tremplin.pipeline.report import Order, ProjectFolders

Validate = Literal["all", "none"] | int
"""Who is validated by nbval: all, nobody, or so many, drawn by lot."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch is asked to do."""

    source: str
    project: ProjectFolders
    order: Order
    validate: Validate = "all"
    force: bool = False
    scheduler: str | None = None
    jobs: int = 1
    named: bool = False
    """Whether the portfolio calls people by their names."""
    alone: bool = False
    """Whether the reports stand alone, without a portfolio."""
    lang: Lang = "en"
    """The language of `failures.csv`."""
    column_map: ColumnMap | None = None
    """Which column of a table answers which question, where its names do not say it."""


@dataclass(frozen=True, slots=True)
class BatchEvent:
    """Something happened to one person's report, or to the batch."""

    kind: Literal["made", "unchanged", "failed", "incomplete", "retried", "paused", "resumed"]
    id: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    fault: Fault | None = None
    problems: tuple[Problem, ...] = ()

    def told(self, lang: Lang) -> str:
        """Put what went wrong into words, a line a problem."""
        return "\n".join(render(problem, lang) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Unmade:
    """Someone who gets no report, whose fault that is, and what is wrong."""

    id: str
    fault: Fault
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Summary:
    """How a batch ended."""

    people: int
    made: int = 0
    unchanged: int = 0
    failures: list[Unmade] = field(default_factory=list)
    """All who get no report, those with answers to give among them."""
    others: list[str] = field(default_factory=list)
    """Reports of the folder, and of its portfolio, whose people the source does not have."""

    @property
    def incomplete(self) -> int:
        """People of whom answers are missing, and nothing else is wrong."""
        return sum(failure.fault is Fault.INCOMPLETE for failure in self.failures)

    @property
    def failed(self) -> int:
        """People who get no report although nothing is missing."""
        return len(self.failures) - self.incomplete

    @property
    def left(self) -> int:
        """People not yet dealt with."""
        return self.people - self.made - self.unchanged - len(self.failures)


TellEvent = Callable[[BatchEvent, Summary], None]
