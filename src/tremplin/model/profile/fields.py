"""What the groups of keys are made of: values within bounds, and the base of every group."""

import re
from datetime import date
from typing import Annotated, NamedTuple, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

Item = TypeVar("Item", bound=str)

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
HOURS_A_WEEK = 168
# Control characters, other line ends, and marks that turn the direction of the text around them.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


def _one_line(text: str) -> str:
    if _HIDDEN.search(text):
        raise PydanticCustomError("control_character", "")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise PydanticCustomError("blank_text", "")
    return text


def _no_repeats(items: tuple[str, ...]) -> tuple[str, ...]:
    for place, item in enumerate(items):
        if item in items[:place]:
            raise PydanticCustomError("repeated_item", "{item}", {"item": item})
    return items


def _within_calendar(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError(
            "date_range", "{first} {last}", {"first": str(FIRST_DAY), "last": str(LAST_DAY)}
        )
    return day


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
]
Day = Annotated[date, AfterValidator(_within_calendar)]
Money = Annotated[float, Field(ge=0, le=100_000_000)]
Hours = Annotated[float, Field(ge=0, le=HOURS_A_WEEK)]
Share = Annotated[float, Field(ge=0, le=1)]
Distinct = Annotated[tuple[Item, ...], AfterValidator(_no_repeats)]
"""A list that names nothing twice."""


class Contradiction(NamedTuple):
    """Answers that cannot all be true: the key to look at, from its section, and what is wrong."""

    key: str
    what: str
    todo: str


class Section(BaseModel):
    """A group of keys, read strictly: no unknown key, no conversion between types, no NaN."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        use_attribute_docstrings=False,
    )

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if found := self.contradictions():
            raise PydanticCustomError("contradiction", "", {"found": found})
        return self

    def contradictions(self) -> list[Contradiction]:
        """List the answers of this group that cannot all be true."""
        return []
