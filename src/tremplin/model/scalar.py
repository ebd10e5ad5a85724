"""
What a single word of a YAML file means: text, or what looks like a number, a date or a constant in everyday writing.

`no`, `029` and `1_000` are text; `.nan` and a day that does not exist are refused.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from math import isfinite
from typing import TypeAlias

from tremplin.errors import Value

Scalar: TypeAlias = bool | int | float | date | str | None

MAX_DIGITS = 15  # beyond it a number is no longer exact, and no amount of money is that large
MAX_SHOWN = 60  # characters of a value that an error may repeat

_CONSTANTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_A_NUMBER = re.compile(r"\.nan|\.NaN|\.NAN|[-+]?\.(inf|Inf|INF)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)
"""A number whose point is that of a fraction in YAML, and parts thousands for many who write French."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")


_hidden: ContextVar[bool] = ContextVar("values_hidden", default=False)


@contextmanager
def values_hidden() -> Iterator[None]:
    """Keep what people typed out of errors: in a batch, others read them."""
    token = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(token)


def are_values_hidden() -> bool:
    """Whether errors tell only where something is wrong."""
    return _hidden.get()


class RefusedError(Exception):
    """A scalar that means nothing: the code and the values of the problem that it is, wherever it stands."""

    def __init__(self, code: str, **values: Value) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def meaning(text: str, *, plain: bool) -> Scalar:
    """
    Give what a scalar stands for; one that is not plain, because it was quoted, is text.

    Raises:
        RefusedError: It looks like a date or a number, but is none.

    """
    if _SURROGATE.search(text):
        # JSON writes a character of higher number as two halves.
        try:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise RefusedError("yaml.half_character") from None
    return _plain(text) if plain else text


def _plain(text: str) -> Scalar:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _DECIMAL.fullmatch(text) or _NOT_A_NUMBER.fullmatch(text):
        return _number(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise RefusedError("yaml.no_such_date", date=printable(text)) from None
    return text


def _number(text: str) -> int | float:
    if not isfinite(number := float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))):
        raise RefusedError("yaml.not_finite", number=printable(text))
    if not _INTEGER.fullmatch(text):
        return number + 0.0  # -0.0 becomes 0.0
    if len(text.lstrip("+-")) > MAX_DIGITS:
        raise RefusedError("yaml.number_too_large", number=printable(text))
    return int(text)


def printable(text: str) -> str:
    """Write what a person typed for an error message, or keep it out."""
    return "…" if are_values_hidden() else spelt(text)


def unless_hidden(**values: Value) -> Mapping[str, Value]:
    """Give what a message may repeat of what a person typed: nothing where others read it."""
    return {} if are_values_hidden() else values


def spelt(text: str) -> str:
    """Shorten a text, and spell out what cannot be seen."""
    cut = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in cut
    )
