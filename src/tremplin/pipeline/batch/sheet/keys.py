"""
The keys of a profile as columns: which one a column was meant to be, and where in a profile it stands.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from tremplin.model.profile.columns import columns, squashed
from tremplin.model.yaml import KeyPath

CLOSE, VERY_CLOSE = 0.6, 0.85
"""How much alike two words are of which one is a slip of the other: within a section, and anywhere."""
_PLACE = re.compile(r"([^\[]+)\[(\d+)\](.*)")
SLIP = 0.9
"""How much alike the French name of a column and a slip of it are."""


def meant(column: str) -> str | None:
    """Find the key that a column which is none was meant to be."""
    name = re.sub(r"[\s-]+", "_", column.strip().lower())
    if name in columns():
        return name
    section, dot, last = name.rpartition(".")
    beside = [key for key in columns() if key.rpartition(".")[0] == section]
    within = [key for key in columns() if key.startswith(f"{name}.")]
    alike = [key for key in columns() if key.rpartition(".")[2] == last]
    if not dot:  # the beginning of a word of one's own is soon like that of some key
        return next(iter([*within, *alike, *get_close_matches(name, beside, 1, VERY_CLOSE)]), None)
    lasts = {key.rpartition(".")[2]: key for key in beside}
    slips = [lasts[word] for word in get_close_matches(last, lasts, 1, CLOSE)]
    close = get_close_matches(name, columns(), 1, VERY_CLOSE)
    return next(iter([*within, *slips, *alike, *close]), None)


def meant_in_french(column: str) -> str | None:
    """Find the French name that a column which is none was meant to have."""
    names = {squashed(one.name): one.name for one in columns().values()}
    return next((names[one] for one in get_close_matches(squashed(column), names, 1, SLIP)), None)


def with_lists(data: Any) -> Any:  # noqa: ANN401 - a profile, or any part of it
    """
    Make lists of groups whose keys are numbers, as columns have them; numbers without a cell are left out.

    >>> with_lists({"equipment": {"3": {"name": "Four"}, "1": {"name": "Pétrin"}}, "stock": 5})
    {'equipment': [{'name': 'Pétrin'}, {'name': 'Four'}], 'stock': 5}
    """
    if not isinstance(data, dict):
        return data
    if data and all(key.isdigit() for key in data):
        return [with_lists(data[key]) for key in sorted(data, key=int)]
    return {key: with_lists(value) for key, value in data.items()}


def path_of(key: str, cells: Iterable[str]) -> KeyPath:
    """
    Give the path to a key in the data that a row's cells make, where groups of a list follow each other without gaps.

    >>> path_of("equipment.3.name", ["equipment.1.name", "equipment.3.name", "stock"])
    ('equipment', 1, 'name')
    """
    path: list[str | int] = []
    for part in key.split("."):
        before = ".".join(key.split(".")[: len(path)])
        path.append(_numbers(before, cells).index(int(part)) if part.isdigit() else part)
    return tuple(path)


def column_of(key: str, cells: Iterable[str]) -> str:
    """
    Give the column of what stands at a place in the data that a row's cells make.

    >>> column_of("equipment[1].name", ["equipment.1.name", "equipment.3.name", "stock"])
    'equipment.3.name'
    >>> column_of("documents[1]", ["documents"])
    'documents[1]'
    """
    found = _PLACE.fullmatch(key)
    numbers = _numbers(found[1], cells) if found else []
    if found is None or int(found[2]) >= len(numbers):
        return key
    return f"{found[1]}.{numbers[int(found[2])]}{found[3]}"


def _numbers(group: str, cells: Iterable[str]) -> list[int]:
    """List the numbers that a row's cells have of a list of groups."""
    parts = (
        cell.removeprefix(f"{group}.").split(".")[0]
        for cell in cells
        if cell.startswith(f"{group}.")
    )
    return sorted({int(part) for part in parts if part.isdigit()})
