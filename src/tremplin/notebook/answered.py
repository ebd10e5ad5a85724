"""
What the person declared, told back in the order of the interview: each question that concerned them with its answer, or with what stands in.

Texts of the person's own are left out: they stand where the report speaks of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from tremplin.model.profile import Profile
from tremplin.model.profile.questions import TOPICS, Question, questions
from tremplin.notebook.prose import day, hours, money, number, percent


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer in words."""

    label: str
    words: str
    is_said: bool
    """Whether the person answered it; else it is what stands in for an answer."""


def answered(profile: Profile) -> tuple[Answered, ...]:
    """
    List what a person was asked: what matters to most, said or not, and all that is not as with most.

    Whoever says « non » where silence means the same is not told it.
    """
    given = {key: _answer(profile, key) for key in questions()}
    flat: Mapping[str, object] = {
        key: True if isinstance(value, BaseModel) else value for key, (_, value) in given.items()
    }
    asked = (one for topic in TOPICS for one in topic.questions() if one.concerns(flat))
    return tuple(_told(asked, given))


def _told(
    asked: Iterable[Question], given: Mapping[str, tuple[bool, object]]
) -> Iterator[Answered]:
    for question in asked:
        is_said, value = given[question.key]
        matters = question.asked.essential and question.optional_group is None
        if question.kind != "text" and (matters or (is_said and value != question.default)):
            yield Answered(question.label, _words(question, value), is_said)


def _answer(profile: Profile, key: str) -> tuple[bool, object]:
    """Give whether a key was answered, and its value; what stands in where its group is not there."""
    *sections, last = key.split(".")
    group: object = profile
    for section in sections:
        group = getattr(group, section, None)
    if not isinstance(group, BaseModel):
        return False, questions()[key].default
    return last in group.model_fields_set, getattr(group, last)


def _words(question: Question, value: object) -> str:  # noqa: PLR0911 - one for each kind
    """Say an answer as French people write it."""
    for choice in question.choices:
        there_is = choice.value is True and isinstance(value, BaseModel)
        if there_is or (choice.value == value and type(choice.value) is type(value)):
            return choice.label
    match value:
        case None:
            return "non dit"
        case bool():
            return "oui" if value else "non"
        case date():
            return day(value)
        case tuple():
            return _list(question, value)
        case int() | float():
            return _number(question, value)
        case _:
            return str(value)


def _number(question: Question, value: float) -> str:
    match question.kind:
        case "amount":
            return money(value)
        case "share":
            return percent(value)
        case "hours":
            return hours(value)
        case _:
            return f"{number(value)} {question.unit}".strip()


def _list(question: Question, values: tuple[object, ...]) -> str:
    """Say several answers; of things with names of their own, how many there are."""
    if not values:
        return "rien"
    if question.kind == "groups":
        return number(len(values))
    labels = {choice.value: choice.label for choice in question.choices}
    return ", ".join(
        number(one) if isinstance(one, int | float) else labels.get(one, str(one)) for one in values
    )
