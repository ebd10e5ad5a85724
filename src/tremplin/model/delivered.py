"""
The files that a portfolio is read from: the results that each report leaves, names, and who has no report.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tremplin.errors import InputError, Place
from tremplin.model.results import Results

RESULTS = "results.json"
FAILURE_COLUMNS = ("id", "class", "message")
NUMBER = "problem"
"""The column that counts the problems of one person, from 1."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Someone who has no new report, the class of the error, what it says, and where it found something wrong."""

    id: str
    kind: str
    message: str
    places: tuple[Place, ...] = ()


def read_results(folder: Path) -> tuple[Results, ...]:
    """
    Read every `<id>/results.json` of a folder, by id.

    Raises:
        InputError: one is not what a report leaves, or speaks of someone else; or there is none.

    """
    paths = sorted(folder.glob(f"[!.]*/{RESULTS}"))
    if not paths:
        raise InputError.at("portfolio.no_results", folder)
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
        raise InputError.at("portfolio.no_results_file", place) from error
    if found.id != path.parent.name:
        raise InputError.at("portfolio.of_someone_else", place)
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

    One row per person, or with a column `problem` that counts from 1, one per problem; its columns `line` and `key`,
    where they are, say where that is.

    Raises:
        InputError: it cannot be read, or lacks a column.

    """
    rows = _rows(path, FAILURE_COLUMNS)
    found: list[Failure] = []
    for row in rows:
        message, places = row["message"], _places(row)
        if found and row.get(NUMBER, "1") != "1":
            before = found.pop()
            message, places = f"{before.message}\n{message}", before.places + places
        found.append(Failure(row["id"], row["class"], message, places))
    return tuple(sorted(found, key=lambda failure: failure.id))


def _places(row: Mapping[str, str]) -> tuple[Place, ...]:
    """Give the place that a row names, if it does."""
    line, key = row.get("line", ""), row.get("key", "")
    number = int(line) if line.isdecimal() else None
    return (Place(line=number, key=key or None),) if line or key else ()


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
        raise InputError.at("portfolio.not_csv", path.name) from error
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError.at(
            "portfolio.column_missing", path.name, name=missing[0], columns=", ".join(columns)
        )
    return rows
