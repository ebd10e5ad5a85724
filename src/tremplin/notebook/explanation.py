"""
Why an answer is what it is, in French: the question, the answer, and what it is made of, down to values and articles.

The tree is that of the trace (`case.Trace`); its words are the rows of `data/answers.csv` and, for what a subject declares,
those of its own table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import partial, reduce
from inspect import signature
from typing import Any

from tremplin.assessment.subjects import TABLES, word
from tremplin.case import Answer, Case, Reading, Trace, answers
from tremplin.case.case import LEAVES_FIRST
from tremplin.case.declared import Todo
from tremplin.errors import InputError
from tremplin.law.contract import employed_at_start
from tremplin.model.profile import label, said, unit
from tremplin.notebook import phrases, words
from tremplin.notebook.prose import Markdown, cite, day, escape, fill, number, quantity, unescaped

SAID_BY = {"findings": "title", "scores": "question", "steps": "label", "advice": "claim"}
"""The column that says what is asked, of the tables whose rows a subject declares."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A value that an answer rests on: declared by the person, or of the register."""

    kind: str
    """`declared`, `rule`, `convention` or `figure`."""
    id: str
    label: str
    value: str
    valid_from: date | None = None
    valid_to: date | None = None
    reference: str = ""
    """For a rule, its text of law; for a convention, why it has this value; for a figure, whom it is about."""
    overdue_since: date | None = None
    """For a rule that was to be read again before the day of the report, by when."""

    @property
    def dates(self) -> str:
        """Since when a rule holds, until when, and whether it is to be read again; nothing for what is no rule."""
        if self.valid_from is None:
            return ""
        until = f", jusqu’au {day(self.valid_to)}" if self.valid_to else ""
        again = f", à relire depuis le {day(self.overdue_since)}" if self.overdue_since else ""
        return f"depuis le {day(self.valid_from)}{until}{again}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with its reasons."""

    id: str
    question: str
    answer: str
    sources: tuple[str, ...]
    """Keys of sources.bib: the articles that it applies."""
    grounds: tuple[Ground, ...] = ()
    because: tuple["Explanation", ...] = ()
    """The answers that it builds on."""
    seen: bool = False
    """Whether its reasons stand further up already."""


def explain(case: Case, path: str) -> Explanation:
    """
    Explain an answer of a case.

    Args:
        case: whose answer it is.
        path: its id, or that with an attribute behind it: `acre`, `findings.overload`, `arce.amount`.

    Raises:
        InputError: there is no such answer.

    """
    node, rest = _find(path)
    trace = node.trace(case)
    found = _explained(trace, set())
    if not rest:
        return found
    value = reduce(_part, rest, trace.value)
    return Explanation(
        path, found.question, _plain(value), found.sources, found.grounds, found.because
    )


def askable(case: Case) -> list[tuple[str, str]]:
    """Give the ids of all answers that can be asked by themselves, each with its question."""
    return [(id_, unescaped(_question(node.trace(case)))) for id_, node in sorted(_known().items())]


def _known() -> dict[str, Answer[..., Any]]:
    """Give the answers that need nothing but a case, by id."""
    return {
        id_: node for id_, node in answers().items() if _needs_only_a_case(node) and _told(node)
    }


def _told(node: Answer[..., Any]) -> bool:
    """Tell whether an answer is told: the changes that are tried are told with what they lift."""
    return not node.id.startswith("changes.")


def _needs_only_a_case(node: Answer[..., Any]) -> bool:
    return len(signature(node.work).parameters) == 1


def _find(path: str) -> tuple[Answer[..., Any], list[str]]:
    """Find the answer of the longest id that begins a path, and what is left of the path."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        node = answers().get(".".join(parts[:length]))
        if node and _needs_only_a_case(node):
            return node, parts[length:]
    close = get_close_matches(path, _known(), 3)
    raise InputError.at("explain.unknown", path, meant=", ".join(close) or None)


def _part(value: Any, name: str) -> Any:  # noqa: ANN401 - answers of any type
    """Take one attribute of an answer."""
    if name.startswith("_") or not hasattr(value, name):
        known = [one for one in dir(value) if not one.startswith("_")]
        raise InputError.at("explain.no_part", name, parts=", ".join(known))
    return getattr(value, name)


def _explained(trace: Trace, seen: set[int]) -> Explanation:
    """Put a trace into words, the reasons of each answer once."""
    again = id(trace) in seen
    seen.add(id(trace))
    return Explanation(
        id=trace.node.id,
        question=unescaped(_question(trace)),
        answer=unescaped(_said(trace)),
        sources=_sources(trace),
        grounds=() if again else tuple(_ground(trace.case, one) for one in trace.read.values()),
        because=()
        if again
        else tuple(_explained(one, seen) for one in trace.asked if _told(one.node)),
        seen=again and bool(trace.read or trace.asked),
    )


def _declared(trace: Trace) -> dict[str, Any] | None:
    """Give the row of a trace whose subject declares it; None for other answers."""
    table, _, id_ = trace.node.id.partition(".")
    return word(trace.case.register, TABLES[table], id_) if id_ and table in TABLES else None


def _question(trace: Trace) -> Markdown:
    row = _declared(trace)
    if row:
        return _filled(trace, row[SAID_BY[trace.node.id.partition(".")[0]]])
    return _filled(trace, word(trace.case.register, "answers.csv", trace.node.id)["question"])


def _said(trace: Trace) -> Markdown:
    if _declared(trace):
        return Markdown(_yes_no(trace.value))
    return _filled(trace, word(trace.case.register, "answers.csv", trace.node.id)["answer"])


def _yes_no(value: object) -> str:
    """Say a finding, a criterion or a step in a word."""
    if isinstance(value, Todo):
        when = f", au plus tard le {day(value.due)}" if value.due else ""
        return f"Fait{when}." if value.done else f"À faire{when}."
    if value is None:
        return "Sans objet pour vous."
    if value == 1 / 2:
        return "En partie."
    return "Oui." if value else "Non."


def _filled(trace: Trace, template: str) -> Markdown:
    """Fill a template of words with an answer and a few facts of its case."""
    case = trace.case
    return fill(
        template,
        {
            "it": trace.value,
            "given": trace.arguments,
            "case": case,
            "project": case.profile.project,
            "employed": employed_at_start(case),
            "form_name": partial(phrases.form_name, case),
            "convention": case.convention,
            "rule": case.value,
            "words": words,
            "phrases": phrases,
        },
    )


def _sources(trace: Trace) -> tuple[str, ...]:
    row = _declared(trace)
    return tuple(row["source"].split(";")) if row and row.get("source") else trace.node.sources


def _ground(case: Case, reading: Reading) -> Ground:
    """Put a value that was read into words."""
    if reading.kind == "declared":
        return Ground("declared", reading.id, *declaration(reading.id, reading.value))
    if reading.rule:
        rule = reading.rule
        return Ground(
            "rule",
            rule.id,
            rule.label,
            quantity(rule.value, rule.unit),
            rule.valid_from,
            rule.valid_to,
            rule.reference,
            rule.review_by if rule in case.register.to_read_again(case.as_of) else None,
        )
    if reading.kind == "figure":
        figure = case.register.figure(reading.id)
        value = quantity(figure.value, figure.unit)
        return Ground("figure", reading.id, figure.label, value, reference=figure.scope)
    row = word(case.register, "conventions.csv", reading.id)
    value = phrases.convention(row)
    return Ground("convention", reading.id, row["label"], value, reference=row["reason"])


def declaration(key: str, value: object) -> tuple[str, str]:
    """Name a key of the profile and say its value; without a name where it is a supposition of a variant."""
    if key == LEAVES_FIRST:
        return "", ""
    told, measured_in = said(key, value), unit(key)
    if isinstance(told, int | float) and not isinstance(told, bool):
        shown = quantity(told, "share") if measured_in == "%" else f"{_plain(told)} {measured_in}"
        return label(key), shown.strip()
    return label(key), told if isinstance(told, str) else _plain(told)


def _plain(value: object) -> str:
    """Say a plain value."""
    if isinstance(value, bool) or value is None:
        return {True: "oui", False: "non", None: "non indiqué"}[value]
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float):
        return number(value, None if float(value).is_integer() else 2)
    if isinstance(value, tuple):
        return ", ".join(_plain(one) for one in value) or "rien"
    return str(value)


MOST_DEEP = 2
"""Levels of reasons that the page of a report shows; `tremplin explain` has them all."""


def as_list(found: Explanation) -> Markdown:
    """Give an explanation as a nested list in Markdown, as deep as a reader follows."""
    return Markdown("\n".join(_items(found, MOST_DEEP, "")))


FEW = 3
"""Declared values that are told beside the answers below."""


def in_brief(found: Explanation) -> Markdown:
    """Give what an answer rests on in a few sentences: declared values where they are few, rules and conventions, answers below."""
    declared = [f"{one.label} : {one.value}." for one in found.grounds if one.kind == "declared"]
    rules = [f"{one.label} : {one.value}." for one in found.grounds if one.kind == "rule"]
    chosen = [
        f"{one.label} : {one.value} (convention)."
        for one in found.grounds
        if one.kind == "convention"
    ]
    below = [f"{one.question} {one.answer}" for one in _once(found.because)]
    others = (*rules, *chosen, *below)
    few = declared if len(declared) <= FEW or not others else []
    return Markdown(escape(" ".join((*few, *others))))


def _once(found: tuple[Explanation, ...]) -> Iterable[Explanation]:
    """Leave out what would be said again in the same words."""
    return {(one.question, one.answer): one for one in found}.values()


def _items(found: Explanation, deep: int, indent: str) -> Iterator[str]:
    """Give the lines of what an answer rests on: values first, then the answers below it."""
    for ground in found.grounds:
        if told := in_a_line(ground):
            yield f"{indent}- {told}"
    for one in _once(found.because):
        cited = f" {cite(';'.join(one.sources))}" if one.sources else ""
        yield f"{indent}- {escape(one.question)} **{escape(one.answer)}**{cited}"
        if deep > 1:
            yield from _items(one, deep - 1, f"{indent}    ")


def in_a_line(ground: Ground) -> Markdown:
    """Say a value in a line; nothing for what has no name for people."""
    if not ground.label:
        return Markdown("")
    told = f"{escape(ground.label)} : **{escape(ground.value)}**"
    if ground.kind == "declared":
        return Markdown(f"{told}, d’après votre profil")
    if not ground.dates:
        kind = "convention de ce rapport" if ground.kind == "convention" else ground.reference
        return Markdown(f"{told} ({escape(kind)})")
    return Markdown(f"{told} ({escape(ground.dates)} ; {escape(ground.reference)})")
