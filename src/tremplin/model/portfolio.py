"""
The files that a portfolio is read from: the results that each report leaves, names, and who has no report.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tremplin.errors import InputError, Problem
from tremplin.model.results import Results

RESULTS = "results.json"
FAILURE_COLUMNS = ("id", "class", "message")
NUMBER = "problem"
"""The column that counts the problems of one person, from 1."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Someone who has no new report, the class of the error, and what it says."""

    id: str
    kind: str
    message: str


def read_results(folder: Path) -> tuple[Results, ...]:
    """
    Read every `<id>/results.json` of a folder, by id.

    Raises:
        InputError: one is not what a report leaves, or speaks of someone else; or there is none.

    """
    paths = sorted(folder.glob(f"[!.]*/{RESULTS}"))
    if not paths:
        raise InputError.of(
            folder, "holds no report", "It must have folders with results.json, one a person"
        )
    return tuple(read_one(path) for path in paths)


def read_one(path: Path) -> Results:
    """
    Read one `results.json`.

    Raises:
        InputError: it is not what a report leaves, or speaks of someone else than its folder.

    """
    place = f"{path.parent.name}/{path.name}"
    try:
        found = Results.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError.of(
            place, "is not what a report of this version leaves", "Make the report again"
        ) from error
    if found.id != path.parent.name:
        raise InputError.of(place, "speaks of someone else", "Make the report again")
    return found


def read_names(path: Path) -> dict[str, str]:
    """
    Read names by id from a CSV with the columns `id` and `name`; others are left aside.

    Raises:
        InputError: it cannot be read, or lacks a column.

    """
    return {row["id"]: row["name"] for row in _rows(path, ("id", "name")) if row["name"]}


def read_failures(path: Path) -> tuple[Failure, ...]:
    """
    Read who has no report from a CSV with the columns `id`, `class` and `message`, by id.

    A row a person, or with a column `problem` that counts from 1, a row a problem.

    Raises:
        InputError: it cannot be read, or lacks a column.

    """
    rows = _rows(path, FAILURE_COLUMNS)
    found: list[Failure] = []
    for row in rows:
        message = row["message"]
        if found and row.get(NUMBER, "1") != "1":
            message = f"{found.pop().message}\n{message}"
        found.append(Failure(row["id"], row["class"], message))
    return tuple(sorted(found, key=lambda failure: failure.id))


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            # French Excel separates with semicolons.
            separator = ";" if head.count(";") > head.count(",") else ","
            reader = csv.DictReader(file, restval="", strict=True, delimiter=separator)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError.of(path.name, "cannot be read as CSV", "Save it again as UTF-8") from error
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            Problem(path.name, f"lacks the column {missing[0]}", f"It has {', '.join(columns)}")
        )
    return rows
