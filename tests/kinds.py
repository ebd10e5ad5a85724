"""
What a value of a template can be, as the annotations of the library say: each kind knows its names and its items.

Several alternatives are a tuple of kinds; the empty one, `UNKNOWN`, is what no annotation tells, and everything is
allowed of it.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import FunctionType, MethodType, ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

Kinds = tuple["Kind", ...]
UNKNOWN: Kinds = ()


class AbsentError(Exception):
    """A kind has no such name or item: what was asked for, and what there is."""

    def __init__(self, asked: object, known: Iterable[object]) -> None:
        super().__init__(str(asked))
        self.asked = asked
        self.known = [str(one) for one in known if not str(one).startswith("_")]


class Kind:
    """What one alternative of a value can be."""

    def name(self, name: str) -> Kinds:
        """Give what a dot and a name lead to; raises AbsentError."""
        raise AbsentError(name, ())

    def at(self, keys: Kinds) -> Kinds:  # noqa: ARG002 - most kinds have no items
        """Give what a key or a place in brackets leads to; raises AbsentError."""
        return UNKNOWN

    def items(self) -> Kinds:
        """Give what a loop over it meets."""
        return UNKNOWN


@dataclass(frozen=True)
class Constant(Kind):
    """A value that is known: text, a number, yes or no, nothing."""

    value: Any

    def name(self, name: str) -> Kinds:
        """Look among the methods of its class."""
        return Instance(type(self.value)).name(name)


@dataclass(frozen=True)
class Instance(Kind):
    """Any object of a class."""

    of: type

    def name(self, name: str) -> Kinds:
        """Look among the fields, properties and methods of the class."""
        fields = get_type_hints(self.of, include_extras=True)
        if name in fields:
            return kinds(fields[name])
        found = inspect.getattr_static(self.of, name, None)
        if isinstance(found, property) and found.fget:
            return returned(found.fget)
        if isinstance(found, cached_property):
            return returned(found.func)
        if isinstance(found, FunctionType):
            return (Function.of(found, bound=True),)
        if not hasattr(self.of, name):
            raise AbsentError(name, {*dir(self.of), *fields})
        return UNKNOWN if callable(found) or self.of.__module__ != "datetime" else (INTEGER,)


@dataclass(frozen=True)
class Row(Kind):
    """A mapping of which each key is known, with what stands there."""

    fields: Mapping[Any, Kinds]

    def name(self, name: str) -> Kinds:
        """Look among the methods of a mapping, then among the keys."""
        if name == "items":
            pair = Series(UNKNOWN, (self.items(), united(self.fields.values())))
            return (Function(None, (Series((pair,)),)),)
        if hasattr(dict, name):
            return UNKNOWN
        return self.at((Constant(name),))

    def at(self, keys: Kinds) -> Kinds:
        """Look among the keys: all that may be asked for must be there."""
        asked = [key.value for key in keys if isinstance(key, Constant)]
        for key in asked:
            if key not in self.fields:
                raise AbsentError(key, self.fields)
        return united(self.fields[key] for key in asked or self.fields)

    def items(self) -> Kinds:
        """Give the keys."""
        return tuple(Constant(key) for key in self.fields)


@dataclass(frozen=True)
class Table(Kind):
    """A mapping of which the kinds of keys and values are known."""

    keys: Kinds
    values: Kinds

    def name(self, name: str) -> Kinds:
        """Look among the methods of a mapping, then among the keys."""
        if name == "items":
            return (Function(None, (Series((Series(UNKNOWN, (self.keys, self.values)),)),)),)
        if hasattr(dict, name):
            return UNKNOWN
        return self.at((Constant(name),))

    def at(self, keys: Kinds) -> Kinds:
        """Look among the keys, where those are known."""
        known = {key.value for key in self.keys if isinstance(key, Constant)}
        for key in keys:
            if known and isinstance(key, Constant) and key.value not in known:
                raise AbsentError(key.value, sorted(known))
        return self.values

    def items(self) -> Kinds:
        """Give the keys."""
        return self.keys


@dataclass(frozen=True)
class Series(Kind):
    """A list of like things, or a tuple of which each place is known."""

    item: Kinds
    places: tuple[Kinds, ...] = ()

    def at(self, keys: Kinds) -> Kinds:
        """Give what stands at a place."""
        if self.places and len(keys) == 1 and isinstance(keys[0], Constant):
            if not -len(self.places) <= keys[0].value < len(self.places):
                raise AbsentError(keys[0].value, range(len(self.places)))
            return self.places[keys[0].value]
        return self.items()

    def items(self) -> Kinds:
        """Give what a loop over it meets."""
        return united(self.places) if self.places else self.item


class Vector(Series):
    """An array of numbers."""

    def name(self, name: str) -> Kinds:
        """Look among what arrays can do."""
        if not hasattr(np.ndarray, name):
            raise AbsentError(name, dir(np.ndarray))
        return (Function(None, (NUMBER,)),)


@dataclass(frozen=True)
class Module(Kind):
    """A module that templates may ask: its tables and functions."""

    module: ModuleType

    def name(self, name: str) -> Kinds:
        """Look among what the module holds."""
        if not hasattr(self.module, name):
            raise AbsentError(name, dir(self.module))
        return kind_of(getattr(self.module, name))


@dataclass(frozen=True)
class Function(Kind):
    """What can be called: how, where that is known, and what it gives."""

    signature: inspect.Signature | None
    result: Kinds
    hints: tuple[tuple[str, Kinds], ...] = ()

    @classmethod
    def of(cls, function: Callable[..., Any], *, bound: bool = False) -> "Function":
        """Read the signature of a function; a bound method is called without its first parameter."""
        signature = inspect.signature(function)
        if bound:
            signature = signature.replace(parameters=list(signature.parameters.values())[1:])
        hints = get_type_hints(function, include_extras=True)
        known = tuple((name, kinds(hint)) for name, hint in hints.items() if name != "return")
        return cls(signature, kinds(hints.get("return", Any)), known)


@dataclass(frozen=True)
class Loop(Kind):
    """The state of a loop, as jinja names it."""

    def name(self, name: str) -> Kinds:
        """Look among what jinja knows of a loop."""
        known = {"first": BOOLEAN, "last": BOOLEAN, "index": INTEGER, "index0": INTEGER}
        if name not in known:
            raise AbsentError(name, known)
        return (known[name],)


INTEGER, BOOLEAN, TEXT, NUMBER = (Instance(of) for of in (int, bool, str, float))
NOTHING = Constant(None)


def united(several: Iterable[Kinds]) -> Kinds:
    """Put alternatives together; unknown where one of them is."""
    found: list[Kind] = []
    for one in several:
        if not one:
            return UNKNOWN
        found += [kind for kind in one if kind not in found]
    return tuple(found)


def kinds(hint: Any) -> Kinds:  # noqa: ANN401 - annotations are of no one type
    """Read an annotation."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in {None, NoneType}:
        return (NOTHING,)
    if origin is None:
        return (Instance(hint),) if isinstance(hint, type) and hint is not object else UNKNOWN
    if origin is Literal:
        return tuple(Constant(one) for one in arguments)
    if origin in {Union, UnionType}:
        return united(kinds(one) for one in arguments)
    if origin is Annotated:
        return kinds(arguments[0])
    return (_generic(origin, arguments),)


def _generic(origin: Any, arguments: tuple[Any, ...]) -> Kind:  # noqa: ANN401 - a class, or Callable
    """Read the annotation of what can be called, or has items."""
    if origin is Callable:
        return Function(None, kinds(arguments[1]))
    if issubclass(origin, np.ndarray):
        return Vector((NUMBER,))
    if issubclass(origin, Mapping):
        return Table(kinds(arguments[0]), kinds(arguments[1]))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return Series(UNKNOWN, tuple(kinds(one) for one in arguments))
    return Series(kinds(arguments[0])) if issubclass(origin, Iterable) else Instance(origin)


def returned(function: Callable[..., Any]) -> Kinds:
    """Give what a function gives."""
    return kinds(get_type_hints(function, include_extras=True).get("return", Any))


def kind_of(value: Any) -> Kinds:  # noqa: ANN401 - of whatever stands in a context
    """Tell the kind of a value that is there."""
    match value:
        case ModuleType():
            kind: Kind = Module(value)
        case Mapping():
            kind = Row({key: kind_of(one) for key, one in value.items()})
        case tuple():
            kind = Series(UNKNOWN, tuple(kind_of(one) for one in value))
        case list():
            kind = Series(kind_of(value[0]) if value else UNKNOWN)
        case str() | int() | float() | None:
            kind = Constant(value)
        case type():
            kind = Function(None, (Instance(value),))
        case FunctionType() | MethodType():
            kind = Function.of(value)
        case _:
            kind = Instance(type(value))
    return (kind,)


def without_nothing(found: Kinds) -> Kinds:
    """Leave out that a value may be missing: whether a template asks first is not followed."""
    return tuple(one for one in found if one != NOTHING)


def fits(given: Kinds, wanted: Kinds) -> bool:
    """Tell whether one of the alternatives given can be what is wanted; what is not known can be all."""
    given = without_nothing(given)
    return not given or not wanted or any(_fits(one, other) for one in given for other in wanted)


def _fits(given: Kind, wanted: Kind) -> bool:
    if isinstance(wanted, Constant):
        return given == wanted or (
            isinstance(given, Instance) and isinstance(wanted.value, given.of)
        )
    if not isinstance(wanted, Instance):
        return not isinstance(given, Constant | Instance)
    if not isinstance(given, Constant | Instance):
        return wanted.of in {object, dict}
    of = type(given.value) if isinstance(given, Constant) else given.of
    return issubclass(of, wanted.of) or (issubclass(of, int) and wanted.of is float)
