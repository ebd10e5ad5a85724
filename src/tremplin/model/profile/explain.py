"""
What pydantic finds wrong with a document, for the person who wrote it.

Each finding becomes a Problem: its line, the key as one would write it, and the values that its words need.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from inspect import isclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from tremplin.errors import Phrase, Problem, Value
from tremplin.model.profile.fields import TAGS
from tremplin.model.profile.questions import questions
from tremplin.model.profile.typed import plain
from tremplin.model.profile.written import asked_by_key, key_of
from tremplin.model.scalar import are_values_hidden
from tremplin.model.yaml import KeyPath, YamlDocument, dotted, shown

_YES_NO = {"on": "true", "1": "true", "off": "false", "0": "false"}
"""What other programs write for yes and no, and nobody means by accident."""
_CLOSE = 0.85
"""How much alike two words must be for one to be a slip of the other: `permanant`, not `commerce` and `commercial_service`."""
_TELLING = 6
"""Letters of a word that can lead to the one label with it: `salaire` does, `date` says too little."""

# Pydantic's kind of error -> what it is for us.
_WRONG = {
    "blank_text": "profile.text_empty",
    "bool_type": "profile.not_true_or_false",
    "control_character": "profile.invisible_character",
    "date_range": "profile.date_out_of_range",
    "date_type": "profile.not_a_date",
    "float_type": "profile.not_a_number",
    "greater_than": "profile.not_more",
    "greater_than_equal": "profile.too_little",
    "int_type": "profile.not_a_whole_number",
    "less_than_equal": "profile.too_much",
    "reserved_name": "profile.name_reserved",
    "string_pattern_mismatch": "profile.not_a_folder_name",
    "string_too_long": "profile.text_too_long",
    "string_too_short": "profile.text_empty",
    "string_type": "profile.not_text",
    "tuple_type": "profile.not_a_list",
}
_BOUNDS = ("gt", "ge", "le", "max_length", "first", "last")
"""What pydantic tells of the rule that a value breaks: nothing of the value."""


def explain(
    error: ValidationError, model: type[BaseModel], document: YamlDocument
) -> list[Problem]:
    """
    Turn a validation error into problems, without repeating what reading the YAML told already.

    Args:
        error: What pydantic raised.
        model: The model that the document was read as; its descriptions say what belongs where.
        document: The document, for the lines and for the parts that could not be read.

    """
    details = [_as_written(detail) for detail in error.errors(include_url=False)]
    misspelt = {
        _meant(detail["loc"], model) for detail in details if detail["type"] == "extra_forbidden"
    }
    problems = []
    for detail in details:
        if detail["type"] == "missing" and dotted(detail["loc"]) in misspelt:
            continue  # it is there under a name that has its own problem
        if detail["type"] == "contradiction" and _holds_any(detail["loc"], document.unreadable):
            continue  # one of the answers is not known
        for path, code, values in _findings(detail, model):
            if any(_holds_any(lost, [path]) for lost in document.unreadable):
                continue
            problems.append(Problem.at(code, document.place(path), **values))
    return problems


def _holds_any(section: KeyPath, paths: Iterable[KeyPath]) -> bool:
    return any(path[: len(section)] == section for path in paths)


def _findings(
    detail: ErrorDetails, model: type[BaseModel]
) -> Iterator[tuple[KeyPath, str, Mapping[str, Value | None]]]:
    path, context = detail["loc"], detail.get("ctx", {})
    value = shown(detail["input"])
    match detail["type"]:
        case "contradiction":
            for found in context["found"]:
                yield (*path, *found.key.split(".")), found.code, found.values
        case "missing":
            meaning = Phrase(_field(model, path).description)
            yield path, "profile.key_missing", {"meaning": meaning}
        case "extra_forbidden":
            keys = ", ".join(_keys_beside(path, model))
            meant, group = _meant(path, model), f"{dotted(path[:-1])}."
            shortest = meant and meant.removeprefix(group)
            yield path, "profile.key_unknown", {"meant": shortest, "keys": keys}
        case "literal_error":
            choices = _advice_on_choice(path, detail["input"])
            yield path, "profile.not_a_choice", {"value": value, **choices}
        case "repeated_item":
            yield path, "profile.item_twice", {"value": shown(context["item"])}
        case "model_type" | "model_attributes_type":
            keys = ", ".join(_submodel(_field(model, path).annotation).model_fields)
            yield path, "profile.keys_expected", {"value": value, "keys": keys}
        case "unprinted_character":
            characters = None if are_values_hidden() else context["characters"]
            yield path, "profile.unprintable", {"value": value, "characters": characters}
        case "less_than_equal" if asked_by_key()[key_of(path)].kind == "share":
            yield path, "profile.more_than_whole", {"value": value, **_in_percent(detail["input"])}
        case kind:
            bounds = {name: context[name] for name in _BOUNDS if name in context}
            meant = _YES_NO.get(str(detail["input"]).lower()) if kind == "bool_type" else None
            code = _WRONG.get(kind, "profile.not_expected")
            yield path, code, {"value": value, "meant": meant, **bounds}


def _meant(path: KeyPath, model: type[BaseModel]) -> str | None:
    """Find the key that an unknown one was meant to be: misspelt, in another group, or called as in French."""
    typed, group = str(path[-1]), path[:-1]
    beside = _nearest(typed, _keys_beside(path, model))
    if beside is not None:
        return dotted((*group, beside))
    elsewhere = (place for place in _places(model) if place.split(".")[-1] == _joined(typed))
    return next(elsewhere, None) or _by_label(typed, dotted(group))


def _by_label(typed: str, group: str) -> str | None:
    """Find the one key whose French label has all words of an unknown key: `salaire_net` is « Salaire net imposable par mois »."""
    words = _words(typed)
    found = [
        one.key
        for one in questions().values()
        if words == _words(one.label) or (len(typed) >= _TELLING and words <= _words(one.label))
    ]
    inside = [key for key in found if group and key.startswith(f"{group}.")]
    return next((some[0] for some in (inside, found) if len(some) == 1), None)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", plain(text).replace("_", " ")))


def _nearest(typed: str, words: Iterable[str]) -> str | None:
    """Find the word of which another is a slip, however it is written."""
    by_text = {_joined(word): word for word in words}
    close = get_close_matches(_joined(typed), by_text, n=1, cutoff=_CLOSE)
    return by_text[close[0]] if close else None


def _joined(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", plain(text))


def _keys_beside(path: KeyPath, model: type[BaseModel]) -> list[str]:
    section = path[:-1]
    return list((_submodel(_field(model, section).annotation) if section else model).model_fields)


def _advice_on_choice(path: KeyPath, value: object) -> dict[str, str | None]:
    """Name the choices, and the one that was meant."""
    question = asked_by_key()[key_of(path)]
    choices = [
        choice for choice in question.choices if choice.value is not True or not _opens(path)
    ]
    values = {choice.value: _as_typed(choice.value) for choice in choices}
    meant = _YES_NO.get(str(value).lower()) if True in values else None
    if meant is None:
        names = {
            word: values[choice.value]
            for choice in choices
            for word in (*choice.synonyms, choice.label, values[choice.value])
        }
        near = _nearest(str(value), names)
        meant = names[near] if near is not None else None
    listed = ", ".join(f"{values[choice.value]} ({choice.label})" for choice in choices)
    return {"meant": meant, "choices": listed}


def _in_percent(value: float) -> dict[str, Value]:
    """Write a share as it was meant by whoever gave 28 for 28 %."""
    if are_values_hidden() or value > 100:  # noqa: PLR2004 - %
        return {}
    return {"percent": f"{value:g}", "share": f"{value / 100:g}"}


def _opens(path: KeyPath) -> bool:
    """Tell whether a group stands where a key is answered by yes."""
    return any(key.startswith(f"{key_of(path)}.") for key in questions())


def _as_typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_written(detail: ErrorDetails) -> ErrorDetails:
    """Leave out of the path what pydantic adds where a key may hold a word or a group: which of the two it took."""
    return {**detail, "loc": tuple(part for part in detail["loc"] if part not in TAGS)}


def _field(model: type[BaseModel], path: KeyPath) -> FieldInfo:
    """Find the field that a path leads to; an item of a list has its list's field."""
    *parents, name = (part for part in path if isinstance(part, str))
    for parent in parents:
        model = _submodel(model.model_fields[parent].annotation)
    return model.model_fields[name]


def _submodel(annotation: Any) -> type[BaseModel]:  # noqa: ANN401  (annotations have no common type)
    """Find the model within an annotation such as `Model | None`."""
    return next(_submodels(annotation))


def _submodels(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  (idem)
    if isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in get_args(annotation):
        yield from _submodels(arg)


def _places(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """List every key of a model and of the models in it, dotted."""
    for name, field in model.model_fields.items():
        yield prefix + name
        try:
            inner = _submodel(field.annotation)
        except StopIteration:
            continue
        yield from _places(inner, f"{prefix}{name}.")
