"""
The keys of a profile as columns: what their cells hold, which must be there, and which one a column was meant to be.
"""

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tremplin.model.profile import Profile

CLOSE, VERY_CLOSE = 0.6, 0.85
"""How much alike two words are of which one is a slip of the other: within a section, and anywhere."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a table must know of a key."""

    holds: Literal["text", "list", "numbers", "word"]
    """Text that means nothing else, texts, or a word that may be a number, a date, true or false."""
    required: bool
    """Whether every profile has it."""
    nullable: bool
    """Whether its group, where it is there, needs it although it may be null."""
    description: str


@cache
def keys() -> dict[str, Key]:
    """Name every dotted key of a profile that holds no others, or a word in their place."""
    return dict(_keys(Profile, "", needed=True))


def meant(column: str) -> str | None:
    """Find the key that a column which is none was meant to be."""
    name = re.sub(r"[\s-]+", "_", column.strip().lower())
    if name in keys():
        return name
    section, dot, last = name.rpartition(".")
    beside = [key for key in keys() if key.rpartition(".")[0] == section]
    within = [key for key in keys() if key.startswith(f"{name}.")]
    alike = [key for key in keys() if key.rpartition(".")[2] == last]
    if not dot:  # the beginning of a word of one's own is soon like that of some key
        return next(iter([*within, *alike, *get_close_matches(name, beside, 1, VERY_CLOSE)]), None)
    lasts = {key.rpartition(".")[2]: key for key in beside}
    slips = [lasts[word] for word in get_close_matches(last, lasts, 1, CLOSE)]
    close = get_close_matches(name, keys(), 1, VERY_CLOSE)
    return next(iter([*within, *slips, *alike, *close]), None)


def _keys(model: type[BaseModel], prefix: str, *, needed: bool) -> Iterator[tuple[str, Key]]:
    for name, field in model.model_fields.items():
        options = _options(field)
        groups = [one for one in options if isinstance(one, type) and issubclass(one, BaseModel)]
        if groups:
            inner = needed and field.is_required() and len(options) == 1
            yield from _keys(groups[0], f"{prefix}{name}.", needed=inner)
        if any(_holds_groups(option) for option in options):
            continue  # a cell has no room for a list of groups
        words = [option for option in options if get_origin(option) is Literal]
        if groups and not words:
            continue
        nullable = field.is_required() and type(None) in options
        required = needed and field.is_required() and not nullable
        yield prefix + name, Key(_holds(options), required, nullable, field.description or "")


def _options(field: FieldInfo) -> tuple[object, ...]:
    return tuple(_alternatives(field.annotation))


def _alternatives(kind: object) -> Iterator[object]:
    """Take a union apart, and what pydantic is told of its parts off them; a text keeps its rules, by which it is one."""
    if get_origin(kind) in {Union, types.UnionType}:
        for one in get_args(kind):
            yield from _alternatives(one)
    elif get_origin(kind) is Annotated and not _is_text(kind):
        yield from _alternatives(get_args(kind)[0])
    else:
        yield kind


def _holds_groups(option: object) -> bool:
    inner = get_args(option) if get_origin(option) is tuple else ()
    return any(isinstance(one, type) and issubclass(one, BaseModel) for one in inner)


def _holds(options: tuple[object, ...]) -> Literal["text", "list", "numbers", "word"]:
    if any(_is_text(option) for option in options):
        return "text"
    items = [get_args(option)[0] for option in options if get_origin(option) is tuple]
    if not items:
        return "word"
    return "numbers" if float in _alternatives(items[0]) else "list"


def _is_text(option: object) -> bool:
    if get_origin(option) is Literal:
        return all(isinstance(word, str) for word in get_args(option))
    return option is str or (
        hasattr(option, "__metadata__") and getattr(option, "__origin__", None) is str
    )
