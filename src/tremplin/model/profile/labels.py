"""What the keys of a profile and their values are called in French, as the models say it."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from tremplin.model.profile.fields import Entry
from tremplin.model.profile.profile import Profile

_NOT_GIVEN, _NOTHING_LISTED = "non indiqué", "aucune"


def label(path: str) -> str:
    """
    Give the title of a key or group as a line of a table has it, such as « Nature du contrat ».

    Raises:
        KeyError: The profile has no such key.

    """
    return str(_described(path)["title"])


def unit(path: str) -> str:
    """
    Give the unit that stands after a key's number, or nothing where the title says what is counted.

    A key in `%` holds a share from 0 to 1: people are shown it times 100.

    Raises:
        KeyError: The profile has no such key.

    """
    return str(_described(path).get("unit", ""))


def said(path: str, value: object) -> str | float | date:
    """
    Give a key's value in French words; a number, a date or a text of one's own is given as it is.

    Raises:
        KeyError: The profile has no such key, or the key no such choice.
        TypeError: The path leads to a group of keys.

    """
    described = _described(path)
    if value is None:
        return _NOT_GIVEN
    if isinstance(value, tuple):
        labels = _choices(_with_options(described["items"], _schema()))
        return ", ".join(_item(item, labels) for item in value) or (
            _NOTHING_LISTED if labels else "non"
        )
    if labels := _choices(described):
        return labels[value]
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str | int | float | date):
        return value
    raise TypeError(f"{path} is not a single value")


def choices_of(path: str) -> Mapping[object, str]:
    """
    Give the labels of a key's choices, or of those of the items of its list, by value; none where it has no choices.

    Raises:
        KeyError: The profile has no such key.

    """
    described = _described(path)
    if "items" in described:
        described = _with_options(described["items"], _schema())
    return {value: text for value, text in _choices(described).items() if value is not None}


def _item(item: object, labels: Mapping[object, str]) -> str:
    """Name one of a list: a group by itself, a number by its digits, a choice by its label."""
    if isinstance(item, Entry):
        return item.said
    return f"{item:g}" if isinstance(item, float) else labels[item]


def _choices(described: Mapping[str, Any]) -> Mapping[object, str]:
    values = described["enum"] if "enum" in described else [described.get("const")]
    return dict(zip(values, described.get("enumDescriptions", ()), strict=False))


@cache
def _described(path: str) -> Mapping[str, Any]:
    """Find what the schema of the profile says of a key, or of a key of the groups in a list: its title, unit and choices."""
    schema = _schema()
    found: Mapping[str, Any] = schema
    for part in path.split("."):
        if "properties" not in found and "items" in found:
            found = _with_options(found["items"], schema)
        found = _with_options(found["properties"][part], schema)
    return found


def _with_options(found: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Add what the schema says of a key's kinds, wherever it does: null tells nothing."""
    if "$ref" in found:
        found = {**schema["$defs"][found["$ref"].rpartition("/")[2]], **found}
    for option in (*found.get("anyOf", ()), *found.get("oneOf", ())):
        if option.get("type") != "null":
            found = {**_with_options(option, schema), **found}
    return found


@cache
def _schema() -> Mapping[str, Any]:
    return Profile.model_json_schema()
