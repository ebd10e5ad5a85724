"""
What is wrong with the people of a source, found before anybody's report is made; and what stands in for answers.
"""

import glob
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from tremplin.errors import InputError, Place, Problem
from tremplin.model.profile import load_profile
from tremplin.model.profile.labels import said
from tremplin.model.profile.questions import Question, questions
from tremplin.pipeline.batch.people import columns_not_read, count_people, read_people
from tremplin.pipeline.batch.sheet import TABLES, ColumnMap


class SourceCheck:
    """
    The check of a profile, or of all people of a table, a folder or a pattern as a batch would read them.

    Going through it gives what is wrong with one person after the other, nothing where all is well; so a table may be
    larger than the memory. What is wrong with the source as a whole comes last.
    """

    def __init__(self, source: str, column_map: ColumnMap | None = None) -> None:
        self.source, self._column_map = source, column_map
        path = Path(source)
        self.is_one = not (path.suffix.lower() in TABLES or path.is_dir() or glob.has_magic(source))
        """Whether it is the profile of one person."""
        self.people = self.wrong = 0
        """People seen so far, and those of whom something is wrong or missing."""
        self.all = 0
        """How many there are."""
        self.keys: Counter[str] = Counter()
        """How many problems were found so far, by key."""
        self.unread: tuple[str, ...] = ()
        """Columns of tables that are the advisor's own."""
        self.told: tuple[Problem, ...] = ()
        """What was passed over, left out or supposed: nothing is wrong with it."""
        self._concerned: Counter[str] = Counter()
        self._supposed: Counter[str] = Counter()

    def __iter__(self) -> Iterator[tuple[Problem, ...]]:
        """Go through all people."""
        try:
            for problems in self._one() if self.is_one else self._each():
                self.people += 1
                self.wrong += bool(problems)
                yield self._counted(problems)
        except InputError as error:
            yield self._counted(error.problems)

    @property
    def defaults(self) -> Iterator[Problem]:
        """Say what stands in for answers that a table has not, a key each."""
        for key, count in self._supposed.items():
            place, default = Place(key=key), _default(questions()[key])
            people = self._concerned[key]
            yield Problem.at("told.default", place, count=count, people=people, default=default)

    def _counted(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        self.keys.update(one.place.key or one.code for one in problems)
        return problems

    def _one(self) -> Iterator[tuple[Problem, ...]]:
        self.all = 1
        load_profile(Path(self.source))
        yield ()

    def _each(self) -> Iterator[tuple[Problem, ...]]:
        census = count_people(self.source, column_map=self._column_map)
        self.all, self.told = census.people, census.told
        self.unread = columns_not_read(self.source, self._column_map)
        for person in read_people(self.source, self._column_map):
            found = () if person.error is None else person.error.problems
            if person.label in census.shared:
                found = (*found, person.shares_id)
            if not found and person.answers is not None:
                asked = [one.key for one in _stood_in_for() if one.concerns(person.answers)]
                self._concerned.update(asked)
                self._supposed.update(key for key in asked if key not in person.answers)
            yield found


@cache
def _stood_in_for() -> tuple[Question, ...]:
    """Give the questions that are asked in the ordinary course, and for which something stands in."""
    return tuple(
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
