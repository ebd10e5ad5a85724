"""
A page of the interview as it is shown: each question with what was typed, what is wrong, and what may be chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import FormData

from tremplin.errors import Problem
from tremplin.interview.answers import Answers
from tremplin.model.profile.questions import Choice, Question, questions
from tremplin.model.profile.typed import understood
from tremplin.model.scalar import RefusedError
from tremplin.notebook.prose import day as short_date

YES, NO = "oui", "non"
NONE = "none"
"""What a list is answered with by whoever has nothing of it, where that is not what silence means."""
RADIOS = 7
"""Up to so many choices are all shown; more are a list to open."""
SPARE, MOST_ROWS = 2, 12
"""Rows left open for more items of a list, and the most that are read."""


@dataclass(slots=True)
class Field:
    """A question as it stands on a page."""

    question: Question
    name: str
    """How the form calls it."""
    typed: str
    checked: frozenset[str] = frozenset()
    error: str = ""
    offered: tuple[Choice, ...] = ()
    """What may be chosen where the question itself does not say it."""

    @property
    def id(self) -> str:
        """What labels and errors point at."""
        return anchor(self.name)

    @property
    def widget(self) -> str:
        """How it is shown."""
        kind = self.question.kind
        if kind in {"choice", "yes_no"} or self.offered:
            return "radios" if len(self.choices) <= RADIOS else "select"
        return {"choices": "checks", "day": "day", "numbers": "area"}.get(kind, "line")

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen."""
        if self.offered:
            return self.offered
        if self.question.kind == "yes_no":
            return (Choice(YES, YES), Choice(NO, NO))
        if self.question.kind == "choices" and self.question.default:
            return (*self.question.choices, Choice(NONE, "rien de tout cela"))
        return self.question.choices

    @property
    def unit(self) -> str:
        """What stands behind the box."""
        if self.question.kind == "amount" and "par mois" in self.question.label:
            return "€ par mois"
        return self.question.unit

    @property
    def default(self) -> str:
        """What is taken where nothing is answered, in words; empty where nothing is."""
        default = self.question.default
        if isinstance(default, tuple):
            return ", ".join(one.label for one in self.question.choices if one.value in default)
        for choice in self.question.choices:
            if default == choice.value and type(default) is type(choice.value):
                return choice.label
        return shown(self.question, default)


@dataclass(slots=True)
class Rows:
    """A list of groups: a row of fields each, and some open ones."""

    question: Question
    rows: list[list[Field]]
    error: str = ""


@dataclass(slots=True)
class FieldGroup:
    """Fields that a question opens or leaves out together: « Louerez-vous un local ? »."""

    key: str
    question: str
    answer: str
    """`oui`, `non`, or nothing where it is open."""
    fields: list[Field] = field(default_factory=list)

    @property
    def id(self) -> str:
        """What errors point at."""
        return anchor(self.key)


PagePart = Field | Rows | FieldGroup


def anchor(name: str) -> str:
    """Give the id of a field on its page."""
    return name.replace(".", "-")


def shown(question: Question, value: object) -> str:
    """Write an answer as one would type it."""
    match value:
        case None | ():
            text = ""
        case bool():
            text = YES if value else NO
        case date():
            text = value.isoformat()
        case list() | tuple():
            text = "; ".join(shown(question, one) for one in value)
        case int() | float() if question.kind == "share":
            text = f"{100 * value:.10g} %".replace(".", ",")
        case int() | float():
            text = f"{value:.12g}".replace(".", ",")
        case _:
            text = str(value)
    return text


def parts(
    answers: Answers,
    asked: Sequence[Question],
    form: FormData | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[PagePart]:
    """Lay questions out, with what was typed just now where a form is given."""
    wrong = errors or {}
    made: list[PagePart] = []
    for question in asked:
        if question.kind == "groups":
            made.append(_rows(answers, question, form, wrong))
            continue
        one = _field(question, question.key, answers.get(question.key), form, wrong)
        group = opened_by(question)
        if group is None:
            made.append(one)
        elif made and isinstance(made[-1], FieldGroup) and made[-1].key == group:
            made[-1].fields.append(one)
        else:
            made.append(_group(answers, question, group, form, one))
    return made


def opened_by(question: Question) -> str | None:
    """Name the group that a question of its own opens, whose key this is; a key that may be a word opens its group itself."""
    group = question.optional_group
    return group if group and group not in questions() else None


def _group(
    answers: Answers, question: Question, group: str, form: FormData | None, first: Field
) -> FieldGroup:
    if form is not None:
        answer = str(form.get(group, ""))
    else:
        answer = YES if isinstance(answers.get(group), dict) else ""
    asked = question.group_asked.question if question.group_asked else ""
    return FieldGroup(group, asked, answer, [first])


def _field(
    question: Question, name: str, value: object, form: FormData | None, wrong: Mapping[str, str]
) -> Field:
    if form is not None:
        typed = [str(one) for one in form.getlist(name)]
        return Field(question, name, "; ".join(typed), frozenset(typed), wrong.get(name, ""))
    if isinstance(value, dict):
        value = True
    text = shown(question, value)
    return Field(question, name, text, _checked(question, value, text), wrong.get(name, ""))


def _checked(question: Question, value: object, text: str) -> frozenset[str]:
    """Name the choices that an answer ticks."""
    if question.kind == "choices":
        if value is None:
            return frozenset()
        ticked = value if isinstance(value, list | tuple) else [value]
        return frozenset(str(one) for one in ticked) or frozenset({NONE})
    if question.kind == "choice" and value is not None:
        return frozenset({str(value)})
    return frozenset({text} if text else ())


def _rows(
    answers: Answers, question: Question, form: FormData | None, wrong: Mapping[str, str]
) -> Rows:
    said = answers.get(question.key)
    items = list(said) if isinstance(said, list | tuple) else []
    count = min(MOST_ROWS, len(items) + SPARE)
    rows = []
    for row in range(count):
        item = items[row] if row < len(items) else {}
        rows.append(
            [
                _field(one, f"{question.key}.{row}.{own(one)}", item.get(own(one)), form, wrong)
                for one in question.items
            ]
        )
    return Rows(question, rows, wrong.get(question.key, ""))


def own(question: Question) -> str:
    """Give the name of an item's key."""
    return question.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a form says: answers by key, and what is wrong by the name of the field."""

    changes: dict[str, object]
    errors: dict[str, str]
    typed: dict[str, object]
    """All that was typed, a yes to a key that stands for a group among it: what is asked next depends on it."""


def read_form(form: FormData, asked: Sequence[Question]) -> Understood:
    """Understand what was typed into a page."""
    found = Understood({}, {}, {})
    absent = _absent(form, asked)
    for question in asked:
        key = question.key
        if question.optional_group in absent:
            found.changes[key] = None
            continue
        try:
            if question.kind == "groups":
                found.changes[key] = _items(form, question, found.errors)
            elif question.kind == "choices":
                typed = [str(one) for one in form.getlist(key) if one != NONE]
                nothing: list[object] | None = [] if NONE in form.getlist(key) else None
                found.changes[key] = understood(question, "; ".join(typed)) or nothing
            else:
                found.changes[key] = understood(question, str(form.get(key, "")))
        except RefusedError as error:
            found.errors[key] = in_french(error)
    found.typed.update(found.changes)
    for group in [
        key for key, said in found.changes.items() if said is True and _is_group_too(key)
    ]:
        del found.changes[group]  # its keys stand in the profile in its place
    return found


def in_french(refusal: RefusedError) -> str:
    """Say beside a field what is wrong with what was typed, and what to type."""
    what, todo = Problem.at(refusal.code, **refusal.values).words("fr")
    return f"{what[:1].upper()}{what[1:]}. {todo}".strip()


def _absent(form: FormData, asked: Sequence[Question]) -> set[str]:
    """Name the groups that are not there: said so, or not opened and nothing typed."""
    absent = set()
    for question in asked:
        group = question.optional_group
        if not group:
            continue
        typed = [one.key for one in asked if one.optional_group == group and form.get(one.key)]
        answer = form.get(group)
        if answer not in {YES, "True", None} or (answer is None and not typed):
            absent.add(group)
    return absent


def _is_group_too(key: str) -> bool:
    return any(other.startswith(f"{key}.") for other in questions())


def _items(
    form: FormData, question: Question, errors: dict[str, str]
) -> list[dict[str, object]] | None:
    """Read the rows of a list, the empty ones left out."""
    found = []
    for row in range(MOST_ROWS):
        item: dict[str, object] = {}
        for one in question.items:
            name = f"{question.key}.{row}.{own(one)}"
            try:
                value = understood(one, str(form.get(name, "")))
            except RefusedError as error:
                errors[name] = in_french(error)
                continue
            if value is not None:
                item[own(one)] = value
        if item:
            found.append(item)
    return found or None


def in_words(part: PagePart) -> list[tuple[str, str]]:
    """Say answers to whoever checks them: label and words."""
    if isinstance(part, FieldGroup):
        return [pair for one in part.fields for pair in in_words(one)]
    if isinstance(part, Rows):
        told = [row[0].typed for row in part.rows if row[0].typed]
        return [(part.question.label, ", ".join(told) or "—")]
    if part.choices:
        chosen = [
            choice.label
            for choice in part.choices
            if str(choice.value) in part.checked or choice.label in part.checked
        ]
        return [(part.question.label, ", ".join(chosen) or "—")]
    if part.question.kind == "day" and part.typed:
        return [(part.question.label, short_date(date.fromisoformat(part.typed)))]
    unit = part.unit if part.typed and part.question.kind != "share" else ""
    return [(part.question.label, f"{part.typed} {unit}".strip() or "—")]
