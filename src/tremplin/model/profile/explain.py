"""
What pydantic finds wrong with a document, in words for the person who wrote it.

Each finding becomes a Problem: its line, the key as one would write it, what is wrong, what to do.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from inspect import isclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from tremplin.errors import Problem
from tremplin.model.scalar import are_values_hidden
from tremplin.model.yaml import KeyPath, YamlDocument, dotted, shown

_YES_NO = {
    **dict.fromkeys(("yes", "y", "on", "oui", "vrai", "1"), "true"),
    **dict.fromkeys(("no", "n", "off", "non", "faux", "0"), "false"),
}

# Pydantic's kind of error -> what is wrong, what to do.
_WRONG = {
    "blank_text": ("the text is empty", "Write something in it."),
    "bool_type": ("{value} is not true or false", "Write {yes_no}."),
    "control_character": ("{value} holds an invisible character", "Write one line of plain text."),
    "date_range": ("{value} is out of range", "Write a date from {first} to {last}."),
    "date_type": ("{value} is not a date", "Write year-month-day, such as 2027-01-04."),
    "float_type": ("{value} is not a number", "Write digits only, such as 1800 or 0.05."),
    "greater_than": ("{value} is not more than {gt:g}", "Write more than {gt:g}."),
    "greater_than_equal": ("{value} is less than {ge:g}", "Write {ge:g} or more."),
    "int_type": ("{value} is not a whole number", "Write digits only, such as 12."),
    "less_than_equal": ("{value} is more than {le:.0f}", "Write {le:.0f} or less."),
    "reserved_name": (
        "{value} is a name that the computer or tremplin keeps for itself",
        "Add something to it, such as a number after a hyphen.",
    ),
    "string_pattern_mismatch": (
        "{value} cannot name a folder everywhere",
        "Write 1 to 64 lower-case letters a to z, digits and hyphens; do not start with a hyphen.",
    ),
    "string_too_long": (
        "the text is longer than {max_length} characters",
        "Shorten it.",
    ),
    "string_too_short": ("the text is empty", "Write something in it."),
    "string_type": (
        "{value} is not text",
        "Write text; in quotes where it looks like a number or a date.",
    ),
    "tuple_type": ("{value} is not a list", "Put it in brackets, with commas: [one, two]."),
    "other": ("{value} is not expected here", "Look the key up in params/profile.schema.json."),
}


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
    details = error.errors(include_url=False)
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
        for path, what, todo in _findings(detail, model):
            if any(_holds_any(lost, [path]) for lost in document.unreadable):
                continue
            place = next(
                path[:end] for end in range(len(path), -1, -1) if path[:end] in document.lines
            )
            key = dotted(path) or None
            problems.append(Problem(document.file, what, todo, document.lines[place], key=key))
    return problems


def _holds_any(section: KeyPath, paths: Iterable[KeyPath]) -> bool:
    return any(path[: len(section)] == section for path in paths)


def _findings(detail: ErrorDetails, model: type[BaseModel]) -> Iterator[tuple[KeyPath, str, str]]:
    path, value, context = detail["loc"], detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "contradiction":
            for found in context["found"]:
                yield (*path, *found.key.split(".")), found.what, found.todo
        case "missing":
            yield path, "this key is missing", f"Add it: {_field(model, path).description}"
        case "extra_forbidden":
            yield path, "unknown key", _advice_on_key(path, model)
        case "literal_error":
            choices = list(_choices(_field(model, path).annotation))
            what = f"{shown(value)} is not one of the choices"
            yield path, what, _advice_on_choice(value, choices)
        case "repeated_item":
            yield path, f"{shown(context['item'])} stands in the list twice", "Keep one of the two."
        case "model_type" | "model_attributes_type":
            keys = ", ".join(_submodel(_field(model, path).annotation).model_fields)
            todo = f"Write them below it, indented ({keys}), or remove the key."
            yield path, f"{shown(value)} stands where keys are expected", todo
        case "unprinted_character":
            what = f"{shown(value)} holds characters that cannot be printed"
            if not are_values_hidden():
                what += f": {context['characters']}"
            yield path, what, "Leave them out: there are Latin letters and common signs."
        case kind:
            yield path, *_wrong_value(kind, value, context)


def _wrong_value(kind: str, value: object, context: Mapping[str, Any]) -> tuple[str, str]:
    what, todo = _WRONG.get(kind, _WRONG["other"])
    words = {"yes_no": _YES_NO.get(str(value).lower(), "true or false"), **context}
    return what.format(value=shown(value), **words), todo.format(**words)


def _advice_on_key(path: KeyPath, model: type[BaseModel]) -> str:
    if close := _alike(path, model):
        return f"Did you mean `{close}`?"
    elsewhere = [place for place in _places(model) if place.split(".")[-1] == path[-1]]
    if elsewhere:
        return f"Did you mean `{elsewhere[0]}`?"
    return f"Remove it. The keys here are: {', '.join(_keys_beside(path, model))}."


def _alike(path: KeyPath, model: type[BaseModel]) -> str | None:
    """Find the key that an unknown one was meant to be."""
    return next(
        iter(get_close_matches(str(path[-1]).lower(), _keys_beside(path, model), n=1)), None
    )


def _keys_beside(path: KeyPath, model: type[BaseModel]) -> list[str]:
    section = path[:-1]
    return list((_submodel(_field(model, section).annotation) if section else model).model_fields)


def _advice_on_choice(value: object, choices: list[object]) -> str:
    words = [str(choice).lower() if isinstance(choice, bool) else str(choice) for choice in choices]
    listed = f"Choices: {', '.join(words)}."
    meant = str(value).lower().replace(" ", "_").replace("-", "_")
    if True in choices and meant in _YES_NO:
        return f"Did you mean `{_YES_NO[meant]}`? {listed}"
    if close := get_close_matches(meant, words, n=1):
        return f"Did you mean `{close[0]}`? {listed}"
    return listed


def _field(model: type[BaseModel], path: KeyPath) -> FieldInfo:
    """Find the field that a path leads to; an item of a list has its list's field."""
    *parents, name = (part for part in path if isinstance(part, str))
    for parent in parents:
        model = _submodel(model.model_fields[parent].annotation)
    return model.model_fields[name]


def _submodel(annotation: Any) -> type[BaseModel]:  # noqa: ANN401  (annotations have no common type)
    """Find the model within an annotation such as `Model | None`."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next(arg for arg in get_args(annotation) if isclass(arg) and issubclass(arg, BaseModel))


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
