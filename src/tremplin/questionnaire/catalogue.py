"""
The catalogue of questions as the script of a questionnaire has it: plain data, made from `questions()`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tremplin.interview.fields import Field, in_french, opened_by
from tremplin.model.profile import MAX_AGE, MIN_AGE_AT_START, MIN_AGE_AT_WORK
from tremplin.model.profile.asked import When
from tremplin.model.profile.fields import (
    FIRST_DAY,
    HOURS_A_WEEK,
    LAST_DAY,
    LONGEST_LINE,
    PRINTED,
)
from tremplin.model.profile.project import ROUNDED
from tremplin.model.profile.questions import TOPICS, Choice, Question, questions
from tremplin.model.profile.typed import MONTHS, NOTHING, PATTERNS
from tremplin.model.scalar import RefusedError
from tremplin.model.trades import Trades

TRADES = frozenset(("project.trade", "project.activities.trade"))
"""Keys that name a trade of the catalogue."""
OWN = frozenset(("id", "lang"))
"""Keys that are no client's to say."""
ASKED = tuple(topic for topic in TOPICS if not OWN.issuperset(topic.keys))
"""The topics of which a client is asked."""
_REFUSALS: Mapping[str, tuple[str, ...]] = {
    "answer.not_a_number": ("said",),
    "answer.two_numbers": ("said", "whole", "decimal"),
    "answer.not_whole": ("said",),
    "answer.too_little": ("bound",),
    "answer.too_much": ("bound",),
    "answer.not_a_day": ("said",),
    "answer.month_first": ("said", "right"),
    "answer.no_such_day": ("said",),
    "answer.short_year": ("said",),
}
"""What the script refuses as `typed` does, and the values that it puts into the words."""


def catalogue(trades: Trades, known: Mapping[str, object]) -> dict[str, Any]:
    """
    Give what the script needs: questions with their conditions, how text is understood, and what is known already.

    Args:
        trades: The trades that may be named.
        known: Answers by dotted key; true stands for a group where a word may stand too.

    """
    topics = {one.key: topic.id for topic in ASKED for one in topic.questions()}
    return {
        "questions": [
            {**_question(one, trades), "topic": topics.get(key)} for key, one in questions().items()
        ],
        "topics": [[topic.id, topic.title] for topic in ASKED],
        "known": {key: _plain(value) for key, value in known.items()},
        "patterns": {
            name: pattern.pattern.removeprefix("(?i)") for name, pattern in PATTERNS.items()
        },
        "months": MONTHS,
        "nothing": sorted(NOTHING),
        "days": [FIRST_DAY.isoformat(), LAST_DAY.isoformat()],
        "printed": PRINTED,
        "limits": {
            "line": LONGEST_LINE,
            "week": HOURS_A_WEEK,
            "ageAtWork": MIN_AGE_AT_WORK,
            "ageAtStart": MIN_AGE_AT_START,
            "age": MAX_AGE,
            "rounded": ROUNDED,
        },
        "refusals": {
            code: in_french(RefusedError(code, **{name: f"{{{name}}}" for name in names}))
            for code, names in _REFUSALS.items()
        },
    }


def offered(question: Question, trades: Trades) -> tuple[Choice, ...]:
    """Give what may be chosen where the question itself does not say it: the trades, by name."""
    if question.key not in TRADES:
        return ()
    found = sorted(trades.by_id.values(), key=lambda trade: (trade.label.casefold(), trade.id))
    return tuple(Choice(trade.id, trade.label) for trade in found)


def _question(question: Question, trades: Trades) -> dict[str, Any]:
    """Say of a question what is not what most are."""
    field = Field(question, question.key, "", offered=offered(question, trades))
    said: dict[str, Any] = {
        "key": question.key,
        "kind": "choice" if field.offered else question.kind,
        "label": question.label,
        "unit": field.unit,
        "needed": question.required,
        "nullable": question.nullable,
        "default": _plain(question.default),
        "least": question.least,
        "most": question.most,
        "group": question.optional_group,
        "opened": opened_by(question),
        "when": [_when(one) for one in (question.asked.when, *question.asked.or_when)],
        # As the form has them, as a profile has them, and in words.
        "choices": [
            [
                one.value if isinstance(one.value, str) else one.label,
                _said(question, one),
                one.label,
            ]
            for one in field.choices
        ],
        "items": [_question(one, trades) for one in question.items],
    }
    flags = {name for name, value in said.items() if value is False} - {"default"}
    return {
        name: value
        for name, value in said.items()
        if value is not None and value not in ("", [], [{}]) and name not in flags
    }


def _said(question: Question, choice: Choice) -> object:
    return choice.label == "oui" if question.kind == "yes_no" else choice.value


def _when(when: When) -> dict[str, list[object]]:
    return {key: list(values) for key, values in when.items()}


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    match value:
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(one) for one in value]
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case _:
            return value
