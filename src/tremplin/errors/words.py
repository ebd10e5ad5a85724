"""
The words of problems, English and French side by side, from `words.toml`.

A problem has `what` is wrong and `todo`, what to do about it. Each is a text, or several of which the first counts
whose values are all there: « Did you mean `{meant}`? » can only be asked where something comes near.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, TypeAlias

Lang: TypeAlias = Literal["en", "fr"]
Value: TypeAlias = str | int | float

FILE = Path(__file__).with_name("words.toml")
_BEFORE = re.compile(r" (?=[:;!?»%€])")


class Phrase(str):
    """A value that is words of our own, in English: in French sentences it is said in French."""

    __slots__ = ()


def sentences(code: str, values: Mapping[str, Value], lang: Lang) -> tuple[str, str]:
    """Say what is wrong and what to do; nothing where there is nothing to do."""
    area, _, name = code.partition(".")
    words = _catalogue()[area][name]
    what, todo = (_first(words.get(part, {}).get(lang, ""), values) for part in ("what", "todo"))
    return _filled(what, values, lang), _filled(todo, values, lang)


def form(name: str, lang: Lang) -> str:
    """Give a word of the form in which problems are written."""
    word = str(_catalogue()["form"][name][lang])
    return word if lang == "en" else spaced(word)


def said(phrase: str, lang: Lang) -> str:
    """Say a phrase, which is English; one that has no French yet stays so."""
    return phrase if lang == "en" else spaced(_catalogue()["phrases"].get(phrase, phrase))


def placeholders(template: str) -> frozenset[str]:
    """Name the values that a text needs."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _first(texts: str | list[str], values: Mapping[str, Value]) -> str:
    """Choose the first text whose values are all there."""
    if isinstance(texts, str):
        return texts
    return next(text for text in texts if placeholders(text) <= values.keys())


def _filled(template: str, values: Mapping[str, Value], lang: Lang) -> str:
    return _Sentence(lang).vformat(template if lang == "en" else spaced(template), (), values)


def spaced(text: str) -> str:
    """Put the no-break spaces of French where a translator types spaces."""
    return _BEFORE.sub("\u00a0", text).replace("« ", "«\u00a0")


class _Sentence(Formatter):
    """Fills in values as a language writes them."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def format_field(self, value: Any, spec: str) -> str:  # noqa: ANN401 - as the base has it
        """Write a value; `:or` joins a list by that word, `:periods` takes ISO intervals, French has 2 000,5 for 2,000.5."""
        if isinstance(value, Phrase):
            return said(value, self._lang)
        if spec == "or":
            return form("or", self._lang).join(value.split(", "))
        if spec == "periods":
            return ", ".join(self._period(*one.split("/")) for one in value.split(", "))
        text: str = super().format_field(value, spec)
        if spec and self._lang == "fr":
            text = text.translate({ord(","): "\u202f", ord("."): ","})
        return text

    def _period(self, begins: str, ends: str) -> str:
        words = form("period" if ends else "period_until_now", self._lang)
        return words.format(begins=begins, ends=ends)
