"""What the groups of keys are made of: values within bounds, and the base of every group."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tremplin.errors import Value

Item = TypeVar("Item", bound=str)

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
LONGEST_LINE = 200
"""Characters of a text."""
HOURS_A_WEEK = 168
MONTHS_A_YEAR, WEEKS_A_YEAR = 12, 52
MOST_HOURS_OF_A_CONTRACT = 60
"""In a week. No contract has more; 15 hours a week are 65 a month."""
# What all fonts in reports/_extensions/tremplin/fonts have, but the soft hyphen and the space without
# width, which nobody sees: a character that no font has would only stop the PDF, late and without a line.
PRINTED = (
    r"\x20-\x7e\xa0-\xac\xae-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u018f\u0192\u01a0\u01a1"
    r"\u01af\u01b0\u01cd-\u01dc\u01e6\u01e7\u01f8\u01f9\u0218-\u021b\u0259"
    r"\u02bc\u02c6\u02c7\u02d8-\u02dd\u0300-\u0304\u0306-\u030c\u0327\u0328"  # accents
    r"\u1e0c-\u1e0f\u1e20\u1e21\u1e24\u1e25\u1e2a\u1e2b\u1e36-\u1e3b\u1e3e\u1e3f\u1e42-\u1e49"
    r"\u1e5a-\u1e63\u1e6c-\u1e6f\u1e8e\u1e8f\u1e92\u1e93\u1e97"  # transliterated Arabic and Sanskrit
    r"\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9"  # Welsh, Vietnamese
    r"\u2007\u2009\u200a\u202f\u2010-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030"
    r"\u2032\u2033\u2039\u203a\u2044\u2070\u2071\u2074-\u2079\u207d-\u2089\u208d\u208e"
    r"\u20ac\u2116\u2122\u2190-\u2193\u2196-\u2199\u2212\u2215\u2219\u221e\u2248\u2260\u2264\u2265"
    r"\u25a0\u25b2\u25b6\u25bc\u2610\u2611\u2713\ufb01\ufb02"
)
"""The characters of a text, as the inside of a class of a regular expression."""
_UNPRINTED = re.compile(f"[^{PRINTED}]")
_MOST_NAMED = 10
# Windows keeps these names for devices; `assets` is where a batch has the chart program of all pages.
_RESERVED = frozenset({"assets", "aux", "con", "nul", "prn"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}


def _one_line(text: str) -> str:
    unprinted = dict.fromkeys(_UNPRINTED.findall(text))
    if visible := "".join(char for char in unprinted if char.isprintable()):
        raise PydanticCustomError(
            "unprinted_character", "{characters}", {"characters": visible[:_MOST_NAMED]}
        )
    if unprinted:
        raise PydanticCustomError("control_character", "")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise PydanticCustomError("blank_text", "")
    return text


def _free_name(name: str) -> str:
    if name in _RESERVED:
        raise PydanticCustomError("reserved_name", "")
    return name


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


def choices(labels: Mapping[Any, str]) -> Callable[[dict[str, Any]], None]:
    """
    Give French labels to the values of a Literal, for `json_schema_extra`.

    The schema has them as `enumDescriptions`, in the order of the values, and editors show them.
    """

    def add(schema: dict[str, Any]) -> None:
        values = schema["enum"] if "enum" in schema else [schema["const"]]
        schema["enumDescriptions"] = [labels[value] for value in values]

    return add


Known = Annotated[
    Literal[True, False, "unknown"],
    Field(json_schema_extra=choices({True: "oui", False: "non", "unknown": "à vérifier"})),
]
"""What decides, and people may not know: `if` must ask for True or False by name."""
A_WORD, A_GROUP = "<word>", "<group>"
"""Which of the two a key holds that may hold either, as pydantic names it in the place of an error."""
TAGS = frozenset((A_WORD, A_GROUP))
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE),
    AfterValidator(_one_line),
]
FolderName = Annotated[
    str, StringConstraints(pattern="^[a-z0-9][a-z0-9-]{0,63}$"), AfterValidator(_free_name)
]
Day = Annotated[date, AfterValidator(_within_calendar)]
Money = Annotated[float, Field(ge=0, le=100_000_000, json_schema_extra={"unit": "€"})]
Hours = Annotated[float, Field(ge=0, le=HOURS_A_WEEK, json_schema_extra={"unit": "h"})]
Share = Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "%"})]
"""A part of a whole, which people are shown in per cent: 0.3 is 30 %."""
Distinct = Annotated[tuple[Item, ...], AfterValidator(_no_repeats)]
"""A list that names nothing twice."""


def word_or_group(value: object) -> str:
    """Tell which of the two stands where either may: the keys of a group, or a word, `false` among them."""
    return A_WORD if value is False or isinstance(value, str) else A_GROUP


class Contradiction(NamedTuple):
    """Answers that cannot all be true: the key to look at, from its section, and the problem's code and values."""

    key: str
    code: str
    values: Mapping[str, Value] = MappingProxyType({})


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


class Entry(Section):
    """A group of which a person may have several."""

    @property
    def said(self) -> str:
        """Name it in French, with what matters most of it."""
        raise NotImplementedError
