"""
What pydantic finds wrong with a document, for the person who wrote it.

Each finding becomes a Problem: its line, the key as one would write it, and the values that its words need.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from inspect import isclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from tremplin.errors import Phrase, Place, Problem, Value
from tremplin.model.profile.fields import TAGS
from tremplin.model.scalar import are_values_hidden
from tremplin.model.yaml import KeyPath, YamlDocument, dotted, shown

_YES_NO = {
    **dict.fromkeys(("yes", "y", "on", "oui", "vrai", "1"), "true"),
    **dict.fromkeys(("no", "n", "off", "non", "faux", "0"), "false"),
}

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
        (*detail["loc"][:-1], _alike(detail["loc"], model))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    problems = []
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in misspelt:
            continue  # it is there under a name that has its own problem
        if detail["type"] == "contradiction" and _holds_any(detail["loc"], document.unreadable):
            continue  # one of the answers is not known
        for path, code, values in _findings(detail, model):
            if any(_holds_any(lost, [path]) for lost in document.unreadable):
                continue
            place = next(
                path[:end] for end in range(len(path), -1, -1) if path[:end] in document.lines
            )
            line, key = document.lines[place], dotted(path) or None
            problems.append(Problem.at(code, Place.of(document.file, line=line, key=key), **values))
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
            yield path, "profile.key_unknown", {"meant": _meant(path, model), "keys": keys}
        case "literal_error":
            choices = _advice_on_choice(detail["input"], _field(model, path).annotation)
            yield path, "profile.not_a_choice", {"value": value, **choices}
        case "repeated_item":
            yield path, "profile.item_twice", {"value": shown(context["item"])}
        case "model_type" | "model_attributes_type":
            keys = ", ".join(_submodel(_field(model, path).annotation).model_fields)
            yield path, "profile.keys_expected", {"value": value, "keys": keys}
        case "unprinted_character":
            characters = None if are_values_hidden() else context["characters"]
            yield path, "profile.unprintable", {"value": value, "characters": characters}
        case kind:
            bounds = {name: context[name] for name in _BOUNDS if name in context}
            meant = _YES_NO.get(str(detail["input"]).lower()) if kind == "bool_type" else None
            code = _WRONG.get(kind, "profile.not_expected")
            yield path, code, {"value": value, "meant": meant, **bounds}


def _meant(path: KeyPath, model: type[BaseModel]) -> str | None:
    """Find the key that an unknown one was meant to be, here or elsewhere."""
    elsewhere = (place for place in _places(model) if place.split(".")[-1] == path[-1])
    return _alike(path, model) or next(elsewhere, None)


def _alike(path: KeyPath, model: type[BaseModel]) -> str | None:
    """Find the key that an unknown one was meant to be."""
    return next(
        iter(get_close_matches(str(path[-1]).lower(), _keys_beside(path, model), n=1)), None
    )


def _keys_beside(path: KeyPath, model: type[BaseModel]) -> list[str]:
    section = path[:-1]
    return list((_submodel(_field(model, section).annotation) if section else model).model_fields)


def _advice_on_choice(value: object, annotation: Any) -> dict[str, str | None]:  # noqa: ANN401  (idem)
    """Name the choices, and the one that was meant."""
    choices = list(_choices(annotation))
    words = [str(choice).lower() if isinstance(choice, bool) else str(choice) for choice in choices]
    typed = str(value).lower().replace(" ", "_").replace("-", "_")
    meant = _YES_NO.get(typed) if True in choices else None
    close = next(iter(get_close_matches(typed, words, n=1)), None)
    return {"meant": meant or close, "choices": ", ".join(words)}


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


def _choices(annotation: Any) -> Iterator[object]:  # noqa: ANN401  (idem)
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for arg in get_args(annotation):
            yield from _choices(arg)


def _places(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """List every key of a model and of the models in it, dotted."""
    for name, field in model.model_fields.items():
        yield prefix + name
        try:
            inner = _submodel(field.annotation)
        except StopIteration:
            continue
        yield from _places(inner, f"{prefix}{name}.")
