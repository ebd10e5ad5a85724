"""What the keys of a profile and their values are called in French, as the models say it."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

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
        labels = _choices(described["items"])
        return ", ".join(labels[item] for item in value) or _NOTHING_LISTED
    if labels := _choices(described):
        return labels[value]
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str | int | float | date):
        return value
    raise TypeError(f"{path} is not a single value")


def _choices(described: Mapping[str, Any]) -> Mapping[object, str]:
    values = described["enum"] if "enum" in described else [described.get("const")]
    return dict(zip(values, described.get("enumDescriptions", ()), strict=False))


@cache
def _described(path: str) -> Mapping[str, Any]:
    """Find what the schema of the profile says of a key: its title, unit and choices."""
    schema = _schema()
    found: Mapping[str, Any] = schema
    for part in path.split("."):
        found = found["properties"][part]
        for option in found.get("anyOf", ()):
            if option.get("type") != "null":
                found = {**option, **found}
        if "$ref" in found:
            found = {**schema["$defs"][found["$ref"].rpartition("/")[2]], **found}
    return found


@cache
def _schema() -> Mapping[str, Any]:
    return Profile.model_json_schema()
