"""
Which question each column of a table probably answers: by its name, and by whether its values can be answers.

A column is understood where its name is one that people give to a question and its values answer it; what is only like that is
doubtful, and asked about. Nothing is guessed: a doubtful column is not read until somebody decides.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Literal

from tremplin.errors import InputError, Problem
from tremplin.model.profile.columns import TableColumn, columns
from tremplin.model.profile.questions import Question
from tremplin.model.profile.typed import number, plain, understood
from tremplin.model.scalar import RefusedError
from tremplin.pipeline.batch.likeness import ALIKE, EXACT, likeness, period, words
from tremplin.pipeline.batch.sheet import is_total, records_of
from tremplin.pipeline.batch.sheet.column_map import (
    BY_MONTH,
    BY_YEAR,
    DAY_FIRST,
    JOINED,
    MONTH_FIRST,
    as_id,
    distinct,
    is_monthly,
    is_weekly,
)
from tremplin.pipeline.batch.sheet.header import may_be_names

Standing = Literal["understood", "doubtful", "unused"]
LOOKED_AT = 2000
"""Rows whose values are looked at."""
ABOVE = 20
"""Lines among which the names of the columns are looked for: titles may stand above them."""
FIT, SOME_FIT = 0.9, 0.2
"""The part of the values that answer a question where a column is of it, and below which it is of another."""
MOST_WORDS = 12
"""Different words that somebody can be asked about one by one."""
MOST_OFFERED = 3
MONTHLY_MOST, WEEKLY_MOST = 12_000, 84
"""A half of the amounts above the first are hardly of a month, of the hours above the second hardly of a week."""
_FULL_NAME = 2
_YES_NO = frozenset(
    [
        "oui",
        "non",
        "o",
        "n",
        "yes",
        "no",
        "vrai",
        "faux",
        "true",
        "false",
        "x",
        "aucun",
        "aucune",
        "neant",
        "0",
        "1",
    ]
)
_OWN: Mapping[str, re.Pattern[str]] = {
    "phone": re.compile(r"(?:\+|00)?[\d\s.\-()]{9,20}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "address": re.compile(
        r"\d{5}(?: .+)?|\d{1,4},? ?(?:bis |ter )?(?:rue|avenue|av\.?|bd|boulevard|place|chemin|impasse) .+",
        re.IGNORECASE,
    ),
}
"""What no question asks for, by how it is written."""
_DIGITS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:[ T]0?0:00(?::00)?)?", re.ASCII)
_MONTHS = 12
_MONTH_FIRST = frozenset(("answer.month_first", "answer.no_such_day"))
"""What is said of a day whose month stands first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is thought of a column."""

    column: str
    state: Standing
    key: str = ""
    """The key of the question that it answers, where it is understood."""
    offered: tuple[str, ...] = ()
    """The keys that it may answer, where it is doubtful."""
    why: Problem | None = None
    """What is doubtful, and what to write."""
    values: tuple[str, ...] = ()
    """Words that are none of the question's choices."""
    unit: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is thought of a table."""

    rows: int
    columns: tuple[Proposal, ...]

    def of(self, state: Standing) -> tuple[Proposal, ...]:
        """Give the columns of which one thinks so."""
        return tuple(one for one in self.columns if one.state == state)

    @property
    def numbered(self) -> bool:
        """Whether no column can name the folders."""
        return all("id" not in {one.key, *one.offered} for one in self.columns)

    @property
    def missing(self) -> tuple[TableColumn, ...]:
        """Name the questions that everybody must answer and no column may."""
        there = {key for one in self.columns for key in (one.key, *one.offered)}
        needed = (column for column in columns().values() if column.required)
        return tuple(one for one in needed if one.key not in {*there, "id"})


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it stands in the file."""

    name: str
    cells: tuple[Any, ...]
    """Those that hold something."""

    @property
    def texts(self) -> list[str]:
        """Give what they say."""
        return [_text(cell) for cell in self.cells]


@dataclass(slots=True)
class _Candidates:
    """What a column may answer."""

    column: _Column
    exact: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    misfit: list[str] = field(default_factory=list)
    """Of its name, but not of its values."""
    by_values: list[str] = field(default_factory=list)


def propose(path: Path) -> Proposed:
    """
    Say of each column of a table what question it probably answers.

    Raises:
        InputError: the table cannot be read, or no line of it holds names.

    """
    names, rows = _read(path)
    found = [
        _candidates(_Column(name, tuple(row[place] for row in rows if _holds(row, place))))
        for place, name in enumerate(names)
        if name
    ]
    given = _given(found)
    order = _order(text for one in found for text in one.column.texts)
    return Proposed(
        len(rows),
        tuple(_proposal(one, given, order) for one in found),
    )


def _read(path: Path) -> tuple[list[str], list[Sequence[Any]]]:
    """Find the line with the names, and the rows below it: it is the first that is nearly as wide as the widest, in words."""
    records = [record.cells for record in islice(records_of(path), LOOKED_AT)]
    lines = [list(map(_text, cells)) for cells in records[:ABOVE]]
    widest = max((sum(map(bool, line)) for line in lines), default=0)
    for place, names in enumerate(lines):
        if any(names) and may_be_names(names, widest):
            below = (row for row in records[place + 1 :] if any(map(_text, row)))
            return distinct(names), [row for row in below if not is_total(row)]
    raise InputError.at("clients.no_column_names", path)


def _text(cell: Any) -> str:  # noqa: ANN401 - a cell of any type
    match cell:
        case bool():
            return "oui" if cell else "non"
        case str():
            return " ".join(cell.split())
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case int() | float():
            return f"{cell:.12g}"
        case _:
            return ""


def _is_figure(text: str) -> bool:
    return not any(char.isalpha() for char in text) and any(char.isdigit() for char in text)


def _holds(row: Sequence[Any], place: int) -> bool:
    return place < len(row) and _text(row[place]) != ""


def _candidates(column: _Column) -> _Candidates:
    """List what a column may answer, by its name and its values."""
    found = _Candidates(column)
    for key, one in columns().items():
        if one.number > MOST_OFFERED:
            continue
        alike = likeness(column.name, one)
        fit = _fit(one.question, column) if alike >= ALIKE or _tells_by_values(one) else 0.0
        if alike >= EXACT and fit >= FIT:
            found.exact.append(key)
        elif alike >= ALIKE and fit >= FIT:
            found.alike.append(key)
        elif alike >= ALIKE and fit >= SOME_FIT:
            found.misfit.append(key)
        elif _tells_by_values(one) and fit >= FIT and _are_words(column):
            found.by_values.append(key)
    found.alike.sort(key=lambda key: -likeness(column.name, columns()[key]))
    return found


def _tells_by_values(column: TableColumn) -> bool:
    """Tell whether the words of a question's choices are enough to know it by."""
    return column.question.kind == "choice" and not column.question.may_be_unknown


def _are_words(column: _Column) -> bool:
    """Tell whether the values are several words that say more than yes and no."""
    said = {plain(text) for text in column.texts}
    return len(said) > 1 and not said & _YES_NO


def _fit(question: Question, column: _Column) -> float:
    """Tell which part of the values can be answers; all, where there are none."""
    texts = column.texts
    if not texts:
        return 1.0
    if question.key == "id":
        return _fit_id(texts)
    answers, counted = _answers(question, column.name), Counter(texts)
    return sum(count for text, count in counted.items() if answers(text)) / len(texts)


def _fit_id(texts: Sequence[str]) -> float:
    """Tell whether values can name folders: references with figures, each of another person."""
    ids = [as_id(text) for text in texts]
    if len(set(ids)) < len(ids):
        return SOME_FIT
    return sum(any(char.isdigit() for char in one) for one in ids) / len(ids)


def _answers(question: Question, name: str) -> Callable[[str], bool]:
    """Give what tells whether a text answers a question."""
    if question.kind == "text":
        return lambda text: (
            not (
                _is_figure(text)
                or plain(text) in _YES_NO
                or any(said.fullmatch(text) for said in _OWN.values())
            )
        )
    if period(name) in {"an", "mois"} and (is_monthly(question) or is_weekly(question)):
        return _is_number  # beyond the bounds of a month or a week, until it is divided

    def answers(text: str) -> bool:
        try:
            understood(question, text)
        except RefusedError as error:
            return error.code in _MONTH_FIRST
        return True

    return answers


def _is_number(text: str) -> bool:
    try:
        number(text)
    except RefusedError:
        return False
    return True


def _given(found: Sequence[_Candidates]) -> Mapping[str, tuple[str, ...]]:
    """Tell which columns are of which question beyond doubt: those with its name that no other has, nor another name."""
    claims: dict[str, list[_Candidates]] = {}
    for one in found:
        if len(one.exact) == 1:
            claims.setdefault(one.exact[0], []).append(one)
    return {key: tuple(one.column.name for one in _best(key, some)) for key, some in claims.items()}


def _best(key: str, some: Sequence[_Candidates]) -> Sequence[_Candidates]:
    """Of several columns of a question take that which speaks of its own time, or none; a name may be in two parts."""
    if len(some) == 1 or (key == JOINED and _are_parts(some)):
        return some
    own = [one for one in some if period(one.column.name) in {"", _own_period(key)}]
    return own if len(own) == 1 else ()


def _are_parts(some: Sequence[_Candidates]) -> bool:
    return len(some) == _FULL_NAME and sum("prenom" in words(one.column.name) for one in some) == 1


def _own_period(key: str) -> str:
    question = columns()[key].question
    return "mois" if is_monthly(question) else "semaine" if is_weekly(question) else ""


def _proposal(one: _Candidates, given: Mapping[str, tuple[str, ...]], order: str) -> Proposal:
    """Say what is thought of a column, now that it is known which are beyond doubt."""
    name = one.column.name
    for key in one.exact:
        if name in given.get(key, ()):
            return _understood(one.column, key, order)
    free = [key for key in (*one.exact, *one.alike, *one.misfit) if not given.get(key)]
    if one.exact and free:
        code = "map.several_questions" if len(one.exact) > 1 else "map.several_columns"
        return _doubtful(name, free, code)
    if one.alike and free:
        return _doubtful(name, free, "map.name_alike")
    if one.misfit and free:
        texts = one.column.texts
        fits = _answers(columns()[free[0]].question, name)
        others = tuple(dict.fromkeys(text for text in texts if not fits(text)))
        few = others if len(others) <= MOST_WORDS else ()
        return replace(_doubtful(name, free, "map.values_unlike"), values=few)
    if told := [key for key in one.by_values if not given.get(key)]:
        return _doubtful(name, told, "map.values_alike")
    return Proposal(name, "unused")


def _doubtful(name: str, keys: Sequence[str], code: str) -> Proposal:
    offered = tuple(keys[:MOST_OFFERED])
    listed = " ; ".join(f"« {columns()[key].name} »" for key in offered)
    return Proposal(name, "doubtful", offered=offered, why=Problem.at(code, questions=listed))


def _understood(column: _Column, key: str, order: str) -> Proposal:
    """Take a column for that of a question, unless its amounts or its days can be understood in two ways."""
    question, texts = columns()[key].question, column.texts
    found = Proposal(column.name, "understood", key)
    if is_monthly(question) or is_weekly(question):
        return _of_period(found, question, column)
    if question.kind == "day":
        return _of_order(found, texts, order)
    if question.kind in {"choice", "yes_no"}:
        fits = _answers(question, column.name)
        others = dict.fromkeys(text for text in texts if not fits(text))
        return replace(found, values=tuple(islice(others, MOST_WORDS)))
    return found


def _of_period(found: Proposal, question: Question, column: _Column) -> Proposal:
    """Find out of what time amounts are: by the name, or by how large they are."""
    amounts = [number(text) for text in column.texts if _is_number(text)]
    usual = median(amounts) if amounts else 0.0
    other, unit, most = (
        ("an", BY_YEAR, MONTHLY_MOST) if is_monthly(question) else ("mois", BY_MONTH, WEEKLY_MOST)
    )
    said = period(found.column)
    if said == other:
        return replace(found, unit=unit)
    if usual <= most or (
        said == "" and question.key != "employment.net_salary" and unit == BY_YEAR
    ):
        return found
    why = Problem.at("map.period", questions=f"« {columns()[found.key].name} »", unit=unit)
    return Proposal(found.column, "doubtful", offered=(found.key,), why=why, unit=unit)


def _of_order(found: Proposal, texts: Sequence[str], usual: str) -> Proposal:
    """Find out whether days or months stand first: by days above twelve, in this column or else in all others."""
    digits = [one for text in texts if (one := _DIGITS.fullmatch(text))]
    if all(one[1] == one[2] for one in digits):
        return found
    if order := _order(texts) or usual:
        return replace(found, order=order)
    why = Problem.at("map.order", questions=f"« {columns()[found.key].name} »")
    return Proposal(found.column, "doubtful", offered=(found.key,), why=why, order=DAY_FIRST)


def _order(texts: Iterable[str]) -> str:
    """Tell whether days or months stand first in dates of figures; nothing where some tell the one, others the other, or none."""
    digits = [one for text in texts if (one := _DIGITS.fullmatch(text))]
    day_first = any(int(one[1]) > _MONTHS for one in digits)
    month_first = any(int(one[2]) > _MONTHS for one in digits)
    if day_first == month_first:
        return ""
    return DAY_FIRST if day_first else MONTH_FIRST
