"""
What the columns of a table of people are called: a short French name for each key, of which no two are alike.

A list of groups has numbered columns, one for each key of each group: « Équipement 1 : nom » is `project.equipment.1.name`. So
a table can say all that a profile can.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tremplin.model.profile.questions import Question, questions
from tremplin.model.profile.typed import plain

LISTED = 12
"""Of a list, so many groups have columns."""
REQUIRED = "*"
"""What may stand behind the name of a column that must be filled in."""
_UNIT = re.compile(
    r"\s*\(\s*(?:en )?(?:€|eur(?:os?)?|k€|%|h(?:eures?)?|min(?:utes?)?|mois|ann[ée]es?|sur 5|ht|jj/mm/aaaa)\s*\)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column that a table may have."""

    key: str
    """Dotted, with a number after a list: `project.equipment.1.name`."""
    question: Question
    """What its cells answer."""
    name: str
    """« Salaire net imposable par mois »."""
    number: int = 0
    """Which of a list it belongs to, from 1; 0 where it belongs to none."""

    @property
    def head(self) -> str:
        """Its name with the unit: « Salaire net imposable par mois (€) »."""
        return f"{self.name} ({self.question.unit})" if self.question.unit else self.name

    @property
    def required(self) -> bool:
        """Whether every table has it."""
        return self.question.required and not self.number


@cache
def columns() -> Mapping[str, TableColumn]:
    """Give all columns by key, in the order of the models."""
    return {column.key: column for column in _columns()}


def named(text: str) -> str | None:
    """
    Give the key that a name of a column stands for: itself, or its French name, the unit in brackets or not.

    >>> named("employment.net_salary"), named("SALAIRE NET IMPOSABLE PAR MOIS (€)"), named("équipement 2: Nom")
    ('employment.net_salary', 'employment.net_salary', 'project.equipment.2.name')
    >>> named("Salaire"), named("name *")
    (None, 'name')
    """
    text = text.removesuffix(REQUIRED).rstrip()
    if text in columns():
        return text
    return _by_name().get(squashed(text)) or _by_name().get(squashed(_UNIT.sub("", text)))


def squashed(text: str) -> str:
    r"""
    Give the letters and digits of a name alone, so that case, accents, spaces and signs do not count.

    >>> squashed("Nature du\n contrat"), squashed("Cœur")
    ('natureducontrat', 'coeur')
    """
    return re.sub(r"[\W_]+", "", plain(text).replace("œ", "oe"))


@cache
def _by_name() -> Mapping[str, str]:
    return {squashed(column.name): column.key for column in columns().values()}


def _columns() -> Iterator[TableColumn]:
    for question in questions().values():
        if question.kind != "groups":
            group = question.group_asked.column if question.group_asked else ""
            yield TableColumn(question.key, question, _within(group, question))
            continue
        for number in range(1, LISTED + 1):
            for item in question.items:
                last = item.key.removeprefix(f"{question.key}.")
                name = _within(f"{question.asked.column} {number}", item)
                yield TableColumn(f"{question.key}.{number}.{last}", item, name, number)


def _within(group: str, question: Question) -> str:
    """Name a key in its group, where the group has a name of its own for columns."""
    if not group:
        return question.label
    return f"{group} : {question.asked.column or question.label.lower()}"
