"""
Which column of a table answers which question, where its columns have names of their own: `crm.map.yaml`, which people edit.

Each column stands under its name with the French name or the key of a question, or with what more is to be known of it:

    columns:
      "Sal. net annuel": {key: Salaire net imposable par mois, unit: par an}
      "Date d’embauche": {key: employment.since, order: jj/mm/aaaa}
      "Contrat": {key: Nature du contrat, values: {"CDI chantier": CDI}}
      "Téléphone": non lue
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tremplin.errors import InputError, Place, Problem
from tremplin.model.profile.columns import columns, named, squashed
from tremplin.model.profile.questions import Question
from tremplin.model.profile.typed import day, number, plain
from tremplin.model.scalar import RefusedError, spelt
from tremplin.model.yaml import YamlDocument, YamlValue, read_yaml
from tremplin.pipeline.batch.sheet.keys import meant, meant_in_french

NOT_READ = "non lue"
OPEN = "?"
"""What stands in a map where somebody must decide."""
DAY_FIRST, MONTH_FIRST = "jj/mm/aaaa", "mm/jj/aaaa"
BY_YEAR, BY_MONTH = "par an", "par mois"
DIVISORS = {BY_YEAR: 12.0, BY_MONTH: 52 / 12}
"""What an amount is divided by to be one of a month, and hours to be those of a week."""
JOINED = "name"
"""The key that several columns may answer: first name and last name."""
_SETTINGS = ("key", "values", "unit", "order")
_MONTH_FIRST = re.compile(
    r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:[ T]0?0:00(?::00)?)?", re.ASCII
)
_MONTHLY = re.compile(r"\bpar mois\b|\bdu \d+(?:er?) mois$")


@dataclass(frozen=True, slots=True)
class CellReading:
    """How the cells of a column are read."""

    key: str
    """The key of the question that they answer."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What a cell says, without case and accents, and what is to be read in its place."""
    unit: str = ""
    order: str = ""

    def read(self, cell: Any) -> Any:  # noqa: ANN401 - a cell of any type
        """Give the answer that a cell stands for; what is none is left for the question to refuse."""
        if isinstance(cell, str):
            cell = self.values.get(plain(cell), cell)
        try:
            if self.key == "id":
                return as_id(cell)
            if self.unit:
                amount = number(cell) if isinstance(cell, str) else float(cell)
                return round(amount / DIVISORS[self.unit], 2)
            if self.order and isinstance(cell, str):
                return self._day(cell)
        except (RefusedError, TypeError, ValueError):
            pass
        return cell

    def _day(self, cell: str) -> date:
        if self.order == MONTH_FIRST and (found := _MONTH_FIRST.fullmatch(cell.strip())):
            return date(int(found[3]), int(found[1]), int(found[2]))
        return day(cell)


@dataclass(frozen=True, slots=True, eq=False)
class ColumnMap:
    """What a map says of the columns of a table; one is only like itself, so that tables can be kept by it."""

    file: str
    readings: Mapping[str, CellReading | None]
    """By the letters of a column's name; None for one that is not read."""
    names: Mapping[str, str]
    """As they are written there."""
    lines: Mapping[str, int]

    def speaks_of(self, names: Sequence[str]) -> bool:
        """Tell whether a line holds the names of its columns: at least half of those that are read."""
        there = {squashed(name) for name in distinct(names)}
        read = {name for name, reading in self.readings.items() if reading}
        return len(read & there) * 2 >= max(1, len(read))

    def reading(self, name: str) -> CellReading | None:
        """Give how a column is read, if it is."""
        return self.readings.get(squashed(name))


def distinct(names: Sequence[str]) -> list[str]:
    """
    Give names by which columns can be told apart: the second of a name has its number behind it.

    >>> distinct(["Note", "", "note", "Nom"])
    ['Note', '', 'note (2)', 'Nom']
    """
    seen: dict[str, int] = {}
    found = []
    for name in names:
        letters = squashed(name)
        seen[letters] = seen.get(letters, 0) + 1
        found.append(f"{name} ({seen[letters]})" if name and seen[letters] > 1 else name)
    return found


def as_id(cell: Any) -> str:  # noqa: ANN401 - a cell of any type
    """
    Make a folder's name of a reference.

    >>> as_id("Dossier n° 2026/014"), as_id(1042.0)
    ('dossier-n-2026-014', '1042')
    """
    text = f"{cell:.0f}" if isinstance(cell, float) and cell == int(cell) else str(cell)
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")


def is_monthly(question: Question) -> bool:
    """Tell whether a question asks for an amount of a month."""
    return question.kind == "amount" and bool(_MONTHLY.search(question.label))


def is_weekly(question: Question) -> bool:
    """Tell whether a question asks for hours of a week."""
    return question.kind == "hours"


def load_column_map(path: Path) -> ColumnMap:
    """
    Read a map.

    Raises:
        InputError: something in it is wrong or left open; all problems at once.

    """
    document = read_yaml(path)
    said = document.data.get("columns")
    problems = list(document.problems)
    if not isinstance(said, dict) or not said:
        raise InputError(*problems or [Problem.at("map.no_columns", path)])
    readings: dict[str, CellReading | None] = {}
    lines = {squashed(name): document.lines["columns", name] for name in said}
    for name, value in said.items():
        try:
            readings[squashed(name)] = _reading(document, name, value)
        except InputError as error:
            problems += error.problems
    problems += _twice(document, readings, lines)
    if problems:
        problems.sort(key=lambda problem: problem.place.line or 0)
        raise InputError(*problems)
    return ColumnMap(str(path), readings, {squashed(name): spelt(name) for name in said}, lines)


def _reading(document: YamlDocument, name: str, value: YamlValue) -> CellReading | None:
    """Understand what a map says of a column; nothing where it is not read."""
    settings = value if isinstance(value, dict) else {"key": value}
    place = Place.of(document.file, line=document.lines["columns", name])
    for setting in settings:
        if setting not in _SETTINGS:
            code, known = "map.unknown_setting", ", ".join(_SETTINGS)
            raise InputError.at(
                code, place, column=spelt(name), setting=spelt(setting), known=known
            )
    question = settings.get("key")
    if question is None or (isinstance(question, str) and plain(question) == NOT_READ):
        return None
    if question == OPEN:
        raise InputError.at("map.open", place, column=spelt(name))
    key = named(str(question))
    if key is None:
        close = meant(str(question)) or meant_in_french(str(question))
        code = "map.unknown_question"
        raise InputError.at(code, place, column=spelt(name), said=spelt(str(question)), meant=close)
    unit, order = settings.get("unit", ""), settings.get("order", "")
    asked = columns()[key].question
    for setting, given, allowed in (
        ("unit", unit, [BY_YEAR] if is_monthly(asked) else [BY_MONTH] if is_weekly(asked) else []),
        ("order", order, [DAY_FIRST, MONTH_FIRST] if asked.kind == "day" else []),
    ):
        if given and given not in allowed:
            raise InputError.at(
                "map.wrong_setting",
                place,
                column=spelt(name),
                setting=setting,
                allowed=", ".join(allowed) or None,
            )
    return CellReading(key, _values(document, name, settings.get("values")), str(unit), str(order))


def _values(document: YamlDocument, name: str, said: YamlValue) -> Mapping[str, str]:
    """Read what unusual words stand for; those left open stay as they are, and are refused where a cell holds them."""
    if said is None:
        return {}
    if not isinstance(said, dict):
        place = Place.of(document.file, line=document.lines["columns", name])
        raise InputError.at("map.wrong_setting", place, column=spelt(name), setting="values")
    words = {True: "oui", False: "non"}
    return {
        plain(word): words.get(meaning, str(meaning)) if isinstance(meaning, bool) else str(meaning)
        for word, meaning in said.items()
        if meaning not in {None, OPEN}
    }


def _twice(
    document: YamlDocument, readings: Mapping[str, CellReading | None], lines: Mapping[str, int]
) -> Iterator[Problem]:
    """Tell questions that two columns answer."""
    first: dict[str, str] = {}
    for name, reading in readings.items():
        if reading is None or reading.key == JOINED:
            continue
        if reading.key in first:
            place = Place.of(document.file, line=lines[name])
            question = columns()[reading.key].name
            before = lines[first[reading.key]]
            yield Problem.at("map.question_twice", place, question=question, first=before)
        first.setdefault(reading.key, name)
