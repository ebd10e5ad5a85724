"""
What a report is made from, by the names that its templates have for it: the person's own answers and the register.
"""

from collections.abc import Callable, Iterator, KeysView
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from tremplin.case import Case
from tremplin.model.profile import (
    Clauses,
    Employment,
    Financing,
    Health,
    Household,
    Person,
    Preparation,
    Profile,
    Project,
    Support,
    Transition,
)
from tremplin.model.rules import Rule
from tremplin.model.statistics import Figure
from tremplin.notebook.answered import Answered, answered
from tremplin.notebook.provenance import inputs, versions


@dataclass(frozen=True)
class Given:
    """The answers of one person, and the register as that person's report reads it."""

    case: Case

    @property
    def profile(self) -> Profile:
        """All answers of the person."""
        return self.case.declarations

    @property
    def person(self) -> Person:
        """Who the person is."""
        return self.profile.person

    @property
    def household(self) -> Household:
        """The household."""
        return self.profile.household

    @property
    def employment(self) -> Employment:
        """The job."""
        return self.profile.employment

    @property
    def clauses(self) -> Clauses:
        """What the contract says about other activities."""
        return self.employment.clauses

    @property
    def project(self) -> Project:
        """The business to start."""
        return self.profile.project

    @property
    def preparation(self) -> Preparation:
        """What is prepared of it."""
        return self.project.preparation

    @property
    def financing(self) -> Financing:
        """The money for it that the person names."""
        return self.profile.financing

    @property
    def support(self) -> Support:
        """Who accompanies the person."""
        return self.profile.support

    @property
    def health(self) -> Health:
        """Signs of ill health."""
        return self.profile.health

    @property
    def transition(self) -> Transition:
        """Where the person wants to go, and how."""
        return self.profile.transition

    @property
    def as_of(self) -> date:
        """The day of the report."""
        return self.case.as_of

    @property
    def contract_end(self) -> date | None:
        """The last day of the contract; none where it goes on."""
        return self.case.contract_end

    @property
    def age(self) -> int | None:
        """The age on the day of the start; none where it is not given."""
        return self.person.age_at(self.case.start)

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """The inputs of the report with the first digits of their SHA-256."""
        return inputs(self.profile, self.case.register)

    @property
    def versions(self) -> dict[str, str]:
        """The versions of what the report is made with."""
        return versions()

    @property
    def answered(self) -> tuple[Answered, ...]:
        """What the person declared, and what stands in for answers that were not given."""
        return answered(self.profile)

    @property
    def used(self) -> KeysView[str]:
        """The ids of all that the report has read of the register."""
        return self.case.used

    @property
    def statistics(self) -> Callable[..., Iterator[Any]]:
        """Gives the rows of statistics.csv, with `named=true` by their columns."""
        return self.case.register.table("statistics.csv").iter_rows

    @property
    def rules(self) -> Callable[..., Iterator[Any]]:
        """Gives the rows of the rules in force on the day of the start, likewise."""
        return self.case.register.rules_at(self.case.start, latest=True).iter_rows

    @property
    def conventions(self) -> Callable[..., Iterator[Any]]:
        """Gives the rows of conventions.csv, likewise."""
        return self.case.register.table("conventions.csv").iter_rows

    def is_said(self, key: str) -> bool:
        """Tell whether the person answered a question that has a default, `household.support` for one."""
        *sections, name = key.split(".")
        return name in reduce(getattr, sections, self.profile).model_fields_set

    def rule(self, rule_id: str) -> float:
        """Give the value of a rule on the day of the start."""
        return self.case.value(rule_id)

    def dated(self, rule_id: str) -> Rule:
        """Give a rule on the day of the start with its dates and its text of law."""
        return self.case.rule(rule_id)

    def begins(self, rule_id: str) -> date:
        """Give the first day of what a rule of yes or no answers with yes."""
        return self.case.begins(rule_id)

    def convention(self, convention_id: str) -> float:
        """Give the value of a convention."""
        return self.case.convention(convention_id)

    def figure(self, figure_id: str) -> Figure:
        """Give a figure with what is known of it."""
        return self.case.figure(figure_id)

    def read_from(self, figure_id: str) -> str:
        """Say who counted, and who was read where that is somebody else: « Insee, cité par AFP, Boursorama »."""
        figure = self.figure(figure_id)
        counted = figure.publisher or ""
        read = self.case.register.source(figure.sources[0]).author or counted
        return read if counted in read else f"{counted}, cité par {read}"

    def best(self, figure_id: str) -> float:
        """Give the best supported value of a figure."""
        return self.case.best(figure_id)
