"""
What the cells of a row stand for: text where the profile wants text, else a number, a date, a list, true or false.

A list is written with semicolons: `identity; address`, and one that holds nothing with a word, as an empty cell says
nothing: `none`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from tremplin.errors import Place, Problem
from tremplin.model.scalar import RefusedError, meaning
from tremplin.pipeline.batch.sheet.keys import keys

MIDNIGHT = " 00:00:00"
"""What a spreadsheet adds to a day."""
_WORDS = {"vrai": "true", "oui": "true", "faux": "false", "non": "false"}
_NOTHING = frozenset(("none", "aucun", "aucune", "néant"))
# French Excel separates thousands by a narrow no-break space, older ones by a no-break space, people by what they find.
_NUMBER = re.compile(
    "([-+]?)([0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)(?:,([0-9]+))?", re.ASCII
)
_DAY = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: 0?0:00(?::00)?)?", re.ASCII)


def nested(file: str, line: int, cells: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Give the data of a profile that a row stands for, and the cells that mean nothing."""
    data: dict[str, Any] = {}
    problems = []
    for column, cell in cells.items():
        *sections, key = column.split(".")
        if key_of_group := next((name for name in cells if name.startswith(f"{column}.")), None):
            place = Place.of(file, line=line, key=column)
            problems.append(Problem.at("clients.word_and_keys", place, key=key_of_group))
            continue
        inner = data
        for section in sections:
            inner = inner.setdefault(section, {})
        try:
            inner[key] = _value(cell, keys()[column].holds)
        except RefusedError as refusal:
            inner[key] = None
            problems.append(
                Problem.at(refusal.code, Place.of(file, line=line, key=column), **refusal.values)
            )
    for column in (name for name, key in keys().items() if key.nullable):
        *sections, key = column.split(".")
        group: Any = data
        for section in sections:
            group = group.get(section) if isinstance(group, dict) else None
        if isinstance(group, dict):
            group.setdefault(key, None)
    return data, problems


def trimmed(cell: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Take off the spaces around a text; a blank one is nothing."""
    if isinstance(cell, str):
        cell = cell.strip()
    return None if cell == "" else cell


def from_french(text: str) -> str:
    """Write a number, a date or a truth as a profile does, where a French spreadsheet wrote it: `2 150,00`."""
    if word := _WORDS.get(text.lower()):
        return word
    if number := _NUMBER.fullmatch(text):
        sign, whole, decimals = number.groups(default="")
        decimals = decimals.rstrip("0")  # `2,00` is what a format makes of 2 children
        return sign + re.sub("[^0-9]", "", whole) + (f".{decimals}" if decimals else "")
    if day := _DAY.fullmatch(text):
        return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"
    return text


def _value(cell: Any, holds: str) -> Any:  # noqa: ANN401 - a cell of any type
    match cell:
        case str():
            return _meaning(cell, holds)
        case datetime():
            return cell.date()
        case bool() | int() | date():
            return cell
        case float() | Decimal():
            if not isfinite(cell):
                raise RefusedError("clients.not_finite")
            return int(cell) if cell == int(cell) else float(cell)
        case list() if all(isinstance(part, str) for part in cell):
            return _texts(cell)
        case _:
            raise RefusedError("clients.unknown_kind", kind=type(cell).__name__)


def _meaning(cell: str, holds: str) -> Any:  # noqa: ANN401 - whatever the profile holds
    if holds == "numbers":
        parts = (part.strip() for part in cell.split(";"))
        return [meaning(from_french(part), plain=True) for part in parts if part]
    if holds == "list" and cell.lower() in _NOTHING:
        return []
    if holds == "list":
        return _texts(cell.strip("[]").replace(",", ";").split(";"))
    return meaning(cell.removesuffix(MIDNIGHT) if holds == "word" else cell, plain=holds == "word")


def _texts(parts: list[str]) -> list[Any]:
    return [meaning(part, plain=False) for text in parts if (part := text.strip())]
