"""
What the cells of a row stand for: the answers to the questions that their columns ask.

Text is understood as in the interview, by `typed.understood`; numbers, dates and truths of workbooks and Parquet are
taken as they are where the question wants them. A list is written with semicolons: `identity; address`, and one that
holds nothing with a word, as an empty cell says nothing: `none`.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from tremplin.errors import Problem, Value
from tremplin.model.profile.columns import columns
from tremplin.model.profile.questions import UNKNOWN, Question, questions
from tremplin.model.profile.typed import bounded, chosen, two_days, understood
from tremplin.model.scalar import RefusedError, meaning, printable, unless_hidden
from tremplin.pipeline.batch.sheet.encodings import mended, saved_twice
from tremplin.pipeline.batch.sheet.keys import with_lists
from tremplin.pipeline.batch.sheet.records import SheetRow, Unreadable

PARIS = ZoneInfo("Europe/Paris")
EPOCH = date(1899, 12, 30)
"""From which Excel counts its days."""
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_050
"""1927 to 2099: what has fewer digits is a year or a slip."""
ERRORS = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|VALEUR!|NOM\?|NOMBRE!|NUL!|PROPAGATION!)|Err:5\d\d"
)
"""What spreadsheets write in the place of a value that they could not work out."""
_TIME = re.compile(r"[ T]+(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)? *(Z|[+-]\d{2}:?\d{2})?$")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", re.ASCII)
_WITH_POINT = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?", re.ASCII)
_COMMA_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
_NUMBERS = frozenset(("amount", "share", "count", "hours", "number"))
_SECONDS_AN_HOUR = 3600


def trimmed(cell: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Take off the spaces around a text; a blank one is nothing."""
    if isinstance(cell, str):
        cell = cell.strip()
    return None if cell == "" else cell


def nested(row: SheetRow) -> tuple[dict[str, Any], list[Problem]]:
    """Give the data of a profile that a row stands for, and the cells that mean nothing."""
    data: dict[str, Any] = {}
    problems = []
    for column, cell in row.cells.items():
        try:
            value = answer(columns()[column].question, cell, has_points=row.has_points)
        except RefusedError as refusal:
            value = None
            problems.append(Problem.at(refusal.code, row.place(column), **refusal.values))
        if column in _groups():
            if value is True:  # there is one, which its own columns describe
                _group(data, f"{column}.")
                continue
            if described := next((key for key in row.cells if key.startswith(f"{column}.")), None):
                place = row.place(column)
                problems.append(Problem.at("clients.word_and_keys", place, key=described))
                continue
        _group(data, column)[column.rpartition(".")[2]] = value
    for question in _completing():
        *sections, key = question.key.split(".")
        group: Any = data
        for section in sections:
            group = group.get(section) if isinstance(group, dict) else None
        if isinstance(group, dict):
            unknown = question.may_be_unknown and question.optional_group
            group.setdefault(key, UNKNOWN if unknown else None)
    return with_lists(data), problems


@cache
def _completing() -> tuple[Question, ...]:
    """Give the questions whose group needs an answer, for which « not known » or nothing is one, as in the interview."""
    return tuple(
        question
        for question in questions().values()
        if question.nullable
        or (question.optional_group and question.may_be_unknown and question.default is None)
    )


@cache
def _groups() -> frozenset[str]:
    """Name the keys that hold a word, or a group in its place."""
    every = questions()
    return frozenset(key for key in every if any(one.startswith(f"{key}.") for one in every))


def _group(data: dict[str, Any], column: str) -> dict[str, Any]:
    """Give the group that a key belongs to, making those that are not there yet."""
    for section in column.split(".")[:-1]:
        inner = data.get(section)
        if not isinstance(inner, dict):
            inner = data[section] = {}
        data = inner
    return data


def answer(  # noqa: C901, PLR0911, PLR0912 - one for each type of cell
    question: Question,
    cell: Any,  # noqa: ANN401 - a cell of any type
    *,
    has_points: bool = False,
) -> object:
    """
    Give the answer that a cell stands for.

    Args:
        question: what its column asks.
        cell: text, or a value of the types that workbooks and databases have.
        has_points: whether a point can only be that of decimals, as in a table that commas separate.

    Raises:
        RefusedError: it is none, or could be two.

    """
    match cell:
        case Unreadable():
            raise RefusedError(cell.code, **cell.values)
        case str():
            return _of_text(question, cell, has_points=has_points)
        case bool():
            return _of_truth(question, truth=cell)
        case int() | float() | Decimal():
            if not isfinite(cell):
                raise RefusedError("clients.not_finite")
            return _of_number(question, int(cell) if cell == int(cell) else float(cell))
        case datetime() | date() if question.kind in _NUMBERS:
            # Excel takes « 3.5 » for the third of May where a column is not one of numbers.
            raise RefusedError("answer.not_a_number", said=printable(f"{cell:%d/%m/%Y}"))
        case datetime():
            return cell.date()
        case date():
            return cell
        case timedelta() if question.kind == "hours":
            return bounded(question, cell.total_seconds() / _SECONDS_AN_HOUR)
        case time() if question.kind == "hours":
            return bounded(question, cell.hour + cell.minute / 60)
        case list() if question.kind == "choices" and all(isinstance(one, str) for one in cell):
            return [chosen(question, one) for part in cell if (one := part.strip())]
        case list() if question.kind == "numbers" and all(_is_number(one) for one in cell):
            return [float(one) for one in cell]
        case _:
            raise RefusedError("clients.unknown_kind", kind=type(cell).__name__)


def dated(  # noqa: PLR0911 - one for each type of cell
    cell: Any,  # noqa: ANN401 - a cell of any type
    *,
    is_doubtful: bool,
) -> tuple[Any, bool]:
    """
    Take the time off the cell of a column of days, and tell whether there was one.

    Args:
        cell: a cell of any type.
        is_doubtful: whether nobody knows if days or months stand first in this column.

    """
    if isinstance(cell, datetime):
        found_day = _day_of(cell)
        return found_day, cell.time() != time() and isinstance(found_day, date)
    if isinstance(cell, float) and cell != int(cell) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return int(cell), True
    if not isinstance(cell, str):
        return cell, False
    has_time = False
    if found := _TIME.search(cell):
        hour, minute, second, zone = found.groups(default="")
        has_time = any(int(part or 0) for part in (hour, minute, second))
        if zone:
            try:
                at = datetime.fromisoformat(cell.strip().replace(" ", "T", 1))
            except ValueError:
                return cell, False
            found_day = _day_of(at)
            return found_day, has_time and isinstance(found_day, date)
        cell = cell[: found.start()].strip()
    if is_doubtful and (both := two_days(cell)):
        first, second = both
        shown = unless_hidden(first=first, second=second)
        return Unreadable("answer.two_days", {"said": printable(cell), **shown}), has_time
    return cell, has_time


def _day_of(at: datetime) -> date | Unreadable:
    """Give the day of a time, unless it is another one in Paris."""
    here = at.astimezone(PARIS).date() if at.tzinfo else at.date()
    if here == at.date():
        return here
    shown = unless_hidden(day=f"{at:%d/%m/%Y}", here=f"{here:%d/%m/%Y}")
    return Unreadable("answer.day_of_zone", {"said": printable(at.isoformat(" ")), **shown})


def _of_text(question: Question, text: str, *, has_points: bool) -> object:
    if ERRORS.fullmatch(text):
        raise RefusedError("clients.cell_in_error", error=text)
    if word := saved_twice(text):
        right = mended(word)
        shown: dict[str, Value] = {} if right is None else {"right": printable(right)}
        raise RefusedError("clients.saved_twice", word=printable(word), **shown)
    if question.kind == "text":
        return meaning(text, plain=False)
    if question.kind == "day" and text.isdecimal() and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return EPOCH + timedelta(int(text))
    if question.kind in _NUMBERS and has_points:
        if _WITH_POINT.fullmatch(text):
            return _of_number(question, float(text))
        if _COMMA_THOUSANDS.fullmatch(text):
            raise RefusedError("answer.two_numbers", said=printable(text))
    if question.kind == "hours" and (found := _DURATION.fullmatch(text)):
        hours, minutes, seconds = (int(part) for part in found.groups())
        return bounded(question, hours + minutes / 60 + seconds / _SECONDS_AN_HOUR)
    if text in {"0", "1"} and _is_yes_or_no(question):
        return text == "1"
    return understood(question, text)


def _of_truth(question: Question, *, truth: bool) -> object:
    if _is_yes_or_no(question) or question.kind == "choice":
        return chosen(question, str(truth))
    return understood(question, str(truth).lower()) if question.kind != "text" else truth


def _of_number(question: Question, number: float) -> object:
    if question.kind == "text":
        return f"{number:g}" if number != int(number) else str(int(number))
    if question.kind == "day" and FIRST_SERIAL <= number <= LAST_SERIAL:
        return EPOCH + timedelta(int(number))
    if question.kind in _NUMBERS:
        return bounded(question, number)
    if question.kind == "numbers":
        return [float(number)]
    if _is_yes_or_no(question) and number in {0, 1}:
        return bool(number)
    return understood(question, f"{number:g}")


def _is_yes_or_no(question: Question) -> bool:
    """Tell whether yes and no are answers, be it beside others."""
    return question.kind == "yes_no" or any(one.value is True for one in question.choices)


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)
