"""
What is wrong with the people of a source, found before anybody's report is made; and what stands in for answers.
"""

import glob
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tremplin.errors import Place, Problem
from tremplin.model.profile import load_profile
from tremplin.model.profile.labels import said
from tremplin.model.profile.questions import Question, questions
from tremplin.pipeline.batch.people import columns_not_read, count_people, read_people, told_of
from tremplin.pipeline.batch.sheet import TABLES, ColumnMap


@dataclass(slots=True)
class Checked:
    """What the check of a source finds."""

    is_one: bool = False
    """Whether it is the profile of one person."""
    people: int = 0
    wrong: int = 0
    """People of whom something is wrong or missing."""
    problems: list[Problem] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    """Columns of tables that are the advisor's own."""
    told: tuple[Problem, ...] = ()
    """What was passed over, left out or supposed: nothing is wrong with it."""
    defaults: list[Problem] = field(default_factory=list)
    """What stands in for answers that a table has not, a key each."""


def check_source(source: str, column_map: ColumnMap | None = None) -> Checked:
    """
    Check a profile, or all people of a table, a folder or a pattern as a batch would.

    Raises:
        InputError: the source as a whole is wrong.

    """
    path = Path(source)
    if path.suffix.lower() not in TABLES and not path.is_dir() and not glob.has_magic(source):
        load_profile(path)
        return Checked(is_one=True, people=1)
    shared = count_people(source, column_map=column_map).shared
    checked = Checked(unread=columns_not_read(source, column_map), told=told_of(source, column_map))
    supposed: Counter[str] = Counter()
    concerned: Counter[str] = Counter()
    for person in read_people(source, column_map):
        found = [] if person.error is None else list(person.error.problems)
        if person.label in shared:
            found.append(person.shares_id)
        checked.people += 1
        checked.wrong += bool(found)
        checked.problems += found
        if not found and person.answers is not None:
            asked = [one.key for one in _stood_in_for() if one.concerns(person.answers)]
            concerned.update(asked)
            supposed.update(key for key in asked if key not in person.answers)
    for key, count in supposed.items():
        place, default = Place(key=key), _default(questions()[key])
        problem = Problem.at(
            "told.default", place, count=count, people=concerned[key], default=default
        )
        checked.defaults.append(problem)
    return checked


def _stood_in_for() -> Iterator[Question]:
    """Give the questions that are asked in the ordinary course, and for which something stands in."""
    return (
        one
        for one in questions().values()
        if one.asked.essential and not one.required and not one.optional_group
    )


def _default(question: Question) -> str:
    """Say what stands in for an answer, in French."""
    default = question.default
    if isinstance(default, int | float) and not isinstance(default, bool):
        number = default * 100 if question.kind == "share" else default
        return f"{number:g} {question.unit}".strip().replace(".", ",")
    words = said(question.key, default)
    return f"{words:%d/%m/%Y}" if isinstance(words, date) else str(words)
