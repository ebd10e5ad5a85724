"""
A profile as people and programs write it, understood as the answers that its keys ask for.

`"2027-01-04"`, `14/03/1982`, `oui`, `1 650,50 €`, `55 %`, « CDI »: a text that stands where a key wants something else is
read as the interview reads it. What is right already stays as it is, and so do the texts of keys that hold text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import cast

from tremplin.errors import Problem
from tremplin.model.profile.questions import Question, questions
from tremplin.model.profile.typed import understood
from tremplin.model.scalar import RefusedError
from tremplin.model.yaml import KeyPath, YamlDocument, YamlValue

_NO_ANSWER = frozenset(
    (
        "answer.not_a_choice",
        "answer.not_a_day",
        "answer.not_a_number",
        "answer.not_whole",
        "answer.not_yes_or_no",
    )
)
"""A text that is no answer at all: what the key holds instead is told by whoever checks it."""


def understood_document(document: YamlDocument) -> YamlDocument:
    """Give a document with the answers that its texts stand for; what can be read in two ways is refused there."""
    reading = _Reading(document)
    data = reading.group(document.data, ())
    return replace(
        document,
        data=data,
        problems=(*document.problems, *reading.problems),
        unreadable=document.unreadable | reading.unreadable,
    )


@cache
def asked_by_key() -> Mapping[str, Question]:
    """Give the questions by dotted key, those of the groups in lists too."""
    own = questions()
    return {**own, **{item.key: item for one in own.values() for item in one.items}}


def key_of(path: KeyPath) -> str:
    """Give the dotted key of a place in a profile, which is the same for all groups of a list."""
    return ".".join(part for part in path if isinstance(part, str))


@dataclass(slots=True)
class _Reading:
    """A document that is being read."""

    document: YamlDocument
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[KeyPath] = field(default_factory=set)

    def group(self, data: Mapping[str, YamlValue], path: KeyPath) -> dict[str, YamlValue]:
        return {key: self.value(value, (*path, key)) for key, value in data.items()}

    def value(self, value: YamlValue, path: KeyPath) -> YamlValue:
        if isinstance(value, dict):
            return self.group(value, path)
        question = asked_by_key().get(key_of(path))
        if question is None:
            return value
        if question.kind == "text":
            if path in self.document.cut:
                self.refuse(path, RefusedError("yaml.text_cut"))
            return value
        if isinstance(value, list):
            return [self.item(question, one, (*path, n)) for n, one in enumerate(value)]
        if question.kind == "amount" and path in self.document.dotted:
            value = self.document.dotted[path]
        return self.answer(question, value, path) if isinstance(value, str) else value

    def item(self, question: Question, value: YamlValue, path: KeyPath) -> YamlValue:
        """Read one of a list: a group, or one of the words or numbers that the key lists."""
        if isinstance(value, dict):
            return self.group(value, path)
        if question.kind not in {"choices", "numbers"} or not isinstance(value, str):
            return value
        one = self.answer(question, value, path)
        return one[0] if isinstance(one, list) and len(one) == 1 else value

    def answer(self, question: Question, text: str, path: KeyPath) -> YamlValue:
        if question.kind == "choice" and any(choice.value == text for choice in question.choices):
            return text
        try:
            return cast("YamlValue", understood(question, text))
        except RefusedError as refusal:
            if refusal.code not in _NO_ANSWER:
                self.refuse(path, refusal)
            return text

    def refuse(self, path: KeyPath, refusal: RefusedError) -> None:
        place = self.document.place(path)
        self.problems.append(Problem(refusal.code, place, refusal.values))
        self.unreadable.add(path)
