"""
Who got no report, and why, for a person to read in a spreadsheet: one row per problem, as French Excel opens it.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from tremplin.errors import Lang, Problem, render
from tremplin.errors.words import form
from tremplin.model.delivered import FAILURE_COLUMNS, NUMBER
from tremplin.pipeline.batch.plan import Unmade
from tremplin.pipeline.workshop import private_place

FAILURES = "failures.csv"
SEPARATOR = ";"
COLUMNS = (
    *FAILURE_COLUMNS,
    NUMBER,
    "file",
    "line",
    "key",
    "what is wrong",
    "what to do",
    "code",
    "sheet",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_failures(out: Path, failures: Iterable[Unmade], lang: Lang) -> Path:
    """Write `failures.csv`, by id, in one language; it is there, with its head alone, when nobody failed."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=SEPARATOR, lineterminator="\n")
    table.writerow(COLUMNS)
    for failure in sorted(failures, key=lambda one: (one.id, [str(each) for each in one.problems])):
        for number, problem in enumerate(failure.problems, start=1):
            cells = _cells(problem, lang)
            table.writerow(
                map(_plain, [failure.id, failure.fault, cells[0], str(number), *cells[1:]])
            )
    return replace(out / FAILURES, text.getvalue().encode("utf-8-sig"))


def _cells(problem: Problem, lang: Lang) -> list[str]:
    """Give the message, without the file, which is often called like the person, and the parts of it."""
    place, (what, todo) = problem.place, problem.words(lang)
    message, file = render(problem, lang, with_file=False), place.file
    if file.startswith("--"):  # an option is no file, and its dashes no formula
        option, file = f"{form('option', lang)} {file}: ", ""
        message, what = option + message, option + what
    return [
        message,
        file,
        str(place.line or ""),
        place.key or "",
        what,
        todo,
        problem.code,
        place.sheet or "",
    ]


def replace(path: Path, content: bytes) -> Path:
    """Write a file whole, or leave the one before."""
    with private_place(path.parent) as place:
        whole = place / path.name
        whole.write_bytes(content)
        return whole.replace(path)


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
