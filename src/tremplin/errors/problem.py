"""
One thing that is wrong: what it is, where it is, and the values that its words need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self, TypeAlias

from tremplin.errors.words import Lang, Phrase, Value, form, sentences

Fact: TypeAlias = str | int | dict[str, Value] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong."""

    file: str = ""
    """A file, or what was given to a command: `--out`, `SOURCE`."""
    line: int | None = None
    column: str | None = None
    key: str | None = None
    """Dotted, as `employment.net_salary`."""
    sheet: str | None = None
    """Of a workbook, where line and column are those of a cell."""

    @property
    def cell(self) -> str:
        """Name the cell of a sheet as spreadsheets do; nothing where only the row is known, or the sheet."""
        return f"{self.column}{self.line}" if self.column and self.line else ""

    @classmethod
    def of(
        cls,
        file: Path | str,
        line: int | None = None,
        column: str | None = None,
        key: str | None = None,
    ) -> Self:
        """Make the place of a file."""
        return cls(str(file), line, column, key)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what a person gave, or with their report."""

    code: str
    """What it is, such as `profile.key_unknown`; it stays the same from version to version."""
    place: Place = field(default_factory=Place)
    values: Mapping[str, Value] = field(default_factory=dict)
    """What its words speak of, by name."""

    @classmethod
    def at(cls, code: str, place: Place | Path | str = "", /, **values: Value | None) -> Self:
        """Make the problem of a place, or of a file as a whole; values that are None are not there."""
        where = place if isinstance(place, Place) else Place.of(place)
        return cls(code, where, {name: one for name, one in values.items() if one is not None})

    def words(self, lang: Lang) -> tuple[str, str]:
        """Say what is wrong and what to do about it; nothing where there is nothing to do."""
        return sentences(self.code, self.values, lang)

    def facts(self, lang: Lang) -> dict[str, Fact]:
        """Give all of it, with its words, for machines."""
        what, todo = self.words(lang)
        place = self.place
        return {
            "code": self.code,
            "file": place.file or None,
            "sheet": place.sheet,
            "line": place.line,
            "column": place.column,
            "key": place.key,
            "values": dict(self.values),
            "what": what,
            "todo": todo or None,
        }

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Make the problem again that `facts` was made of; phrases among the values are plain English from then on."""
        where = (facts["line"], facts["column"], facts["key"], facts["sheet"])
        place = Place(facts["file"] or "", *where)
        return cls(facts["code"], place, facts["values"])

    def moved(self, old: Path | str, new: Path | str) -> Self:
        """Name files by another path: the private copy that was read is gone when somebody looks for it."""
        place = replace(self.place, file=self.place.file.replace(str(old), str(new)))
        values = {
            name: value.replace(str(old), str(new))
            if isinstance(value, str) and not isinstance(value, Phrase)
            else value
            for name, value in self.values.items()
        }
        return replace(self, place=place, values=values)

    def __str__(self) -> str:
        return render(self, "en")


def render(problem: Problem, lang: Lang, *, with_file: bool = True) -> str:
    """
    Put a problem into words: `file:line: key: what. What to do.`, which editors can jump to in any language.

    In a workbook it is `file, sheet « Clients », E7: key: what. What to do.`

    Args:
        problem: what is wrong.
        lang: the language of whoever reads it.
        with_file: leave file and sheet out otherwise, whose names are often a person's: `line 3: key: what. What to do.`

    """
    place, words = problem.place, []
    if place.sheet is not None:
        parts = [place.file, form("sheet", lang).format(name=place.sheet)] if with_file else []
        if place.line is not None:
            parts.append(place.cell or f"{form('line', lang)} {place.line}")
        words += [", ".join(parts)] if parts else []
    elif with_file and place.file:
        where = place.file
        if place.line is not None:
            where += f":{place.line}"
        if place.column is not None:
            where += f" ({form('column', lang)} {place.column})"
        words.append(where)
    elif not with_file and place.line is not None:
        words.append(f"{form('line', lang)} {place.line}")
    if place.key:
        words.append(place.key)
    what, todo = problem.words(lang)
    words.append(f"{what}. {todo}" if todo else what)
    return ": ".join(words)
