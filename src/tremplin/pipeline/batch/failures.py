"""
Who got no report, and why, for a person to read in a spreadsheet: a row a problem, as French Excel opens it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tremplin.model.portfolio import FAILURE_COLUMNS, NUMBER, Failure
from tremplin.pipeline.batch.task import Fault
from tremplin.pipeline.workshop import private_place

FAILURES = "failures.csv"
SEPARATOR = ";"
COLUMNS = (*FAILURE_COLUMNS, NUMBER, "file", "line", "key", "what is wrong", "what to do")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# How `Problem` writes itself: place, line, column, key, what is wrong, what to do. Workers send no more than words.
_PROBLEM = re.compile(
    r"(?P<place>.+?)(?::(?P<line>[0-9]+))?(?: \(column .+?\))?: "
    r"(?:(?P<key>\w+(?:\.\w+|\[[0-9]+\])*): )?"
    r"(?P<what>.+?)(?:\. (?P<todo>.+))?"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A problem, taken apart for the columns of a spreadsheet."""

    file: str
    line: str
    key: str
    what: str
    todo: str

    @property
    def message(self) -> str:
        """All but the file, which is often called like the person: the portfolio shows messages."""
        words = [f"line {self.line}"] if self.line else []
        words += [self.key] if self.key else []
        return ": ".join([*words, f"{self.what}. {self.todo}" if self.todo else self.what])


def write_failures(out: Path, failures: Iterable[Failure]) -> Path:
    """Write `failures.csv`, by id; it is there, with its head alone, when nobody failed."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=SEPARATOR, lineterminator="\n")
    table.writerow(COLUMNS)
    for failure in sorted(failures, key=lambda failure: (failure.id, failure.message)):
        for number, one in enumerate(_problems(failure), start=1):
            cells = [failure.id, failure.kind, one.message, str(number)]
            cells += [one.file, one.line, one.key, one.what, one.todo]
            table.writerow(map(_plain, cells))
    return replace(out / FAILURES, text.getvalue().encode("utf-8-sig"))


def _problems(failure: Failure) -> Iterator[_Found]:
    if failure.kind != Fault.INPUT:
        yield _Found("", "", "", failure.message, "")
        return
    for line in failure.message.split("\n"):
        found = _PROBLEM.fullmatch(line)
        if found is None:
            yield _Found("", "", "", line, "")
            continue
        place, number, key, what, todo = found.groups(default="")
        if place.startswith("--"):  # an option is no file, and its dashes no formula
            place, what = "", f"the option {place}: {what}"
        yield _Found(place, number, key, what, todo)


def replace(path: Path, content: bytes) -> Path:
    """Write a file whole, or leave the one before."""
    with private_place(path.parent) as place:
        whole = place / path.name
        whole.write_bytes(content)
        return whole.replace(path)


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
