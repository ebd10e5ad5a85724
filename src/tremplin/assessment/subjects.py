"""
All subjects of a report, and whether what they declare agrees with the tables of the register.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from tremplin import assessment, law, money, person
from tremplin.case import Case, answers
from tremplin.case.declared import declared
from tremplin.model.register import DataError, Register

TABLES: Mapping[str, str] = {
    "findings": "findings.csv",
    "scores": "criteria.csv",
    "steps": "steps.csv",
    "advice": "advice.csv",
    "changes": "changes.csv",
}
"""Where the words of what is declared stand."""


def _declare(*rooms: ModuleType) -> None:
    """Import the modules of rooms: each declares its own answers, steps and findings then."""
    for room in rooms:
        for module in iter_modules(room.__path__, f"{room.__name__}."):
            import_module(module.name)


_declare(law, person, money)


def open_register(folder: Path) -> Register:
    """
    Open a data folder whose words agree with what the subjects declare.

    Raises:
        InputError: all that is wrong with the files.
        DataError: a table and the code disagree.

    """
    register = Register.open(folder)
    check_words(register)
    return register


def check_words(register: Register) -> None:
    """
    See that each row of words has its condition, and each condition its words.

    Raises:
        DataError: a table and the code disagree.

    """
    _declare(assessment)  # here, as its modules import this one
    pairs = [(declared(kind).keys(), table) for kind, table in TABLES.items()]
    others = {id_ for id_ in answers() if id_.partition(".")[0] not in TABLES or "." not in id_}
    for known, table in (*pairs, (others, "answers.csv")):
        there, path = set(register.table(table)["id"]), register.folder / table
        if unknown := there - known:
            raise DataError.at("data.condition_missing", path, ids=", ".join(sorted(unknown)))
        if missing := known - there:
            raise DataError.at("data.words_missing", path, ids=", ".join(sorted(missing)))
    path = register.folder / "findings.csv"
    for row in register.table("findings.csv").iter_rows(named=True):
        if unknown := set(ids(row["lifted_by"])) - declared("changes").keys():
            raise DataError.at("data.change_unknown", path, ids=", ".join(sorted(unknown)))


def ids(cell: str | None) -> tuple[str, ...]:
    """Give the ids that a cell joins by `;`."""
    return tuple(cell.split(";")) if cell else ()


def word(register: Register, table: str, id_: str) -> dict[str, Any]:
    """Give the row of words of an id; raises KeyError where there is none."""
    return register.rows(table)[id_]


def declared_for(case: Case, kind: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """Give each row of a table of words with its answer for a case, in the order of the table."""
    known = declared(kind)
    for row in case.register.rows(TABLES[kind]).values():
        yield {**row, "source": row["source"] or ""}, known[row["id"]](case)
