"""
Reads the law cases of `tests/law/*.yaml`, and holds one against what the library answers.

A file is an article or a subject; docs/law-cases.md tells how it is written. What is wrong with a file is told with line
and key, all at once, as it is for a profile.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

from tests.law.answers import OF_INPUT, OF_PERSON, Answer, ask

from tremplin.case import Case
from tremplin.errors import InputError, Place, Problem
from tremplin.model.profile import Profile, parse_profile
from tremplin.model.register import Register
from tremplin.model.sources import read_keys
from tremplin.model.yaml import YamlDocument, read_yaml

LAW = Path(__file__).parent
ROOT = LAW.parents[1]
BASE = LAW / "base.yaml"

FILE_KEYS = {"subject": True, "source": True, "as_of": False, "profile": False, "cases": True}
CASE_KEYS = {
    "name": True,
    "why": True,
    "as_of": False,
    "profile": False,
    "input": False,
    "rules": False,
    "expect": True,
}
"""The keys of a file and of a case, and whether each must be there."""

CENT, EXACT = 0.005, 1e-6
"""How near an amount must come, in €, and how near a share below 1."""

GIVEN = ("register", "as_of")
"""What an answer may take besides the keys of an input."""


@dataclass(frozen=True, slots=True)
class LawCase:
    """A situation, a day, and what the law answers."""

    file: Path
    line: int
    name: str
    why: str
    as_of: date
    person: Profile | None
    """None where the case is about an input that is no person, such as a profit."""
    input: Mapping[str, Any]
    rules: Mapping[str, date]
    """Rules of data/rules.csv that the case reads, each as on which day."""
    expect: Mapping[str, Any]
    """What is expected by the path of each answer, such as `acre.ground`."""


@dataclass(frozen=True, slots=True)
class LawFile:
    """All cases of an article or a subject."""

    path: Path
    subject: str
    source: tuple[str, ...]
    """Keys of data/sources.bib."""
    cases: tuple[LawCase, ...]


def law_files() -> tuple[LawFile, ...]:
    """Read all files, in the order of their names."""
    return tuple(read_law(path) for path in sorted(LAW.glob("*.yaml")) if path != BASE)


def read_law(path: Path) -> LawFile:
    """
    Read a file of law cases.

    Raises:
        InputError: all that is wrong with it.

    """
    document = read_yaml(path)
    problems = list(document.problems)
    problems += _wrong_keys(document, (), document.data, FILE_KEYS)
    if problems:
        raise InputError(*problems)
    subject, source, items = (document.data[key] for key in ("subject", "source", "cases"))
    for key in source if isinstance(source, list) else [source]:
        if key not in _source_keys():
            close = get_close_matches(str(key), _source_keys(), 1)
            todo = f"Did you mean {close[0]}?" if close else "Add it there"
            line = document.lines["source",]
            what = f"{key!r} is not a key of data/sources.bib"
            problems.append(_problem(path, what, todo, line, "source"))
    cases: list[LawCase] = []
    for number, item in enumerate(items if isinstance(items, list) else []):
        try:
            cases.append(_case(document, number, item))
        except InputError as error:
            problems += error.problems
    names = [case.name for case in cases]
    for case in cases:
        if names.count(case.name) > 1:
            what = f"another case is called {case.name!r} too"
            problems.append(_problem(path, what, "Say how they differ", case.line, "name"))
    if not cases and not problems:
        line = document.lines["cases",]
        problems.append(_problem(path, "there are no cases", "Write one", line, "cases"))
    if problems:
        raise InputError(*problems)
    return LawFile(path, str(subject), tuple(map(str, source)), tuple(cases))  # type: ignore[arg-type] # checked


def _problem(
    file: Path | str, what: str, todo: str, line: int | None, key: str | None = None
) -> Problem:
    """Say what is wrong in a file of cases; contributors read it in English alone."""
    return Problem.at(InputError.plain, Place.of(file, line, key=key), said=f"{what}. {todo}")


def _wrong_keys(
    document: YamlDocument, place: tuple[str | int, ...], found: object, known: Mapping[str, bool]
) -> Iterator[Problem]:
    """Find the keys that are not there and those that nobody reads."""
    line = document.lines.get(place)
    if not isinstance(found, dict):
        yield _problem(document.file, "keys are expected here", "Write `key: value`", line)
        return
    for key, needed in known.items():
        if needed and not found.get(key):
            todo = "Say in one sentence why" if key == "why" else "Add it"
            yield _problem(document.file, f"`{key}` is missing", todo, line, key)
    for key in found.keys() - known.keys():
        todo = f"The keys here are: {', '.join(known)}"
        where = document.lines[*place, key]
        yield _problem(document.file, "nobody reads this key", todo, where, key)


def _case(document: YamlDocument, number: int, item: Any) -> LawCase:  # noqa: ANN401 - data of YAML
    """Read one case; raises InputError with all that is wrong with it."""
    place = ("cases", number)
    line = document.lines[place]
    if problems := list(_wrong_keys(document, place, item, CASE_KEYS)):
        raise InputError(*problems)

    def wrong(key: str, what: str, todo: str) -> InputError:
        where = document.lines.get((*place, key), line)
        return InputError(_problem(document.file, what, todo, where, key))

    as_of = item.get("as_of", document.data.get("as_of"))
    if not isinstance(as_of, date):
        raise wrong("as_of", "the day of the case is missing", "Write `as_of: 2026-11-22`")
    rules = item.get("rules", {})
    if not isinstance(rules, dict) or not all(isinstance(day, date) for day in rules.values()):
        raise wrong("rules", "each rule needs the day it is read on", "Write `id: 2026-06-30`")
    given = item.get("input")
    if given is not None and "profile" in item:
        raise wrong("input", "a case has a profile or an input, not both", "Keep one of them")
    expect = dict(_paths(item["expect"]))
    if wrong_ask := _not_answered(expect, given):
        raise wrong(*wrong_ask)
    person = None
    if given is None:
        person = _person(document, line, item.get("profile", {}))
    return LawCase(
        Path(document.file),
        line,
        item["name"],
        item["why"],
        as_of,
        person,
        given or {},
        rules,
        expect,
    )


def _not_answered(
    expect: Mapping[str, Any], given: Mapping[str, Any] | None
) -> tuple[str, str, str] | None:
    """Find what no answer can be held against: the key, what is wrong, what to do; None where all is well."""
    if not expect:
        return "expect", "nothing is expected", "Name an answer and its value"
    known = OF_PERSON if given is None else OF_INPUT
    for path in expect:
        id_ = answer_id(path, known)
        if id_ is None:
            return "expect", f"there is no answer {path!r}", _alike(path, known)
        if given is not None and (what := _not_taken(known[id_], given)):
            return "input", what, f"{id_} takes: {', '.join(_taken(known[id_]))}"
    return None


def _taken(answer: Answer) -> Mapping[str, Parameter]:
    """Give the keys of the input that an answer is reckoned from."""
    takes = signature(answer).parameters
    return {name: one for name, one in takes.items() if name not in GIVEN}


def _not_taken(answer: Answer, given: Mapping[str, Any]) -> str:
    """Say which keys of an input lack, and which nobody reads; nothing where all is well."""
    takes = _taken(answer)
    needed = {name for name, one in takes.items() if one.default is Parameter.empty}
    lacks = [f"{name} is missing" for name in sorted(needed - given.keys())]
    more = [f"nobody reads {name}" for name in sorted(given.keys() - takes.keys())]
    return " and ".join(lacks + more)


def _paths(expect: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - data of YAML
    """Write groups of keys as dotted paths: `acre: {eligible: true}` is `acre.eligible: true`."""
    if isinstance(expect, dict):
        for key, value in expect.items():
            yield from _paths(value, f"{path}.{key}" if path else key)
    else:
        yield path, expect


def _person(document: YamlDocument, line: int, changes: Mapping[str, Any]) -> Profile:
    """Make the person of a case: the base, the changes of the file, those of the case."""
    data: dict[str, Any] = deepcopy(_base())
    shared: Any = document.data.get("profile") or {}
    for dotted, value in {**shared, **changes}.items():
        *sections, key = dotted.split(".")
        inner = data
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[key] = value
    return parse_profile(YamlDocument(document.file, data, {(): line}, (), frozenset()))


@cache
def _base() -> dict[str, Any]:
    return read_yaml(BASE).data


@cache
def _source_keys() -> frozenset[str]:
    return read_keys(ROOT / "data/sources.bib")[1]


def answer_id(path: str, known: Mapping[str, Answer]) -> str | None:
    """Find the answer that a path begins with: the longest, as `acre.to_verify` is one of its own."""
    parts = path.split(".")
    ids = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((id_ for id_ in ids if id_ in known), None)


def differences(case: LawCase, register: Register) -> list[str]:
    """Say where the library answers otherwise than the case expects; nothing where it agrees."""
    given = {"register": register, "as_of": case.as_of, **case.input}
    if case.person:
        given["case"] = Case(case.person, register, case.as_of)
    found: dict[str, Any] = {}
    told = []
    for path, expected in case.expect.items():
        known = OF_PERSON if case.person else OF_INPUT
        id_ = answer_id(path, known) or path
        if id_ not in found:
            found[id_] = ask(known[id_], given)
        try:
            got = _walk(found[id_], path.removeprefix(id_).strip("."), id_)
        except LookupError as error:
            told.append(f"{path}: {error.args[0]}")
            continue
        if not _same(expected, got):
            told.append(f"{path}: expected {_shown(expected)}, got {_shown(got)}")
    return told


def _walk(value: Any, path: str, so_far: str) -> Any:  # noqa: ANN401 - answers of any type
    """Follow a path into an answer: attributes, keys, and items of a list by their id, form or year."""
    for part in path.split(".") if path else ():
        value, so_far = _inside(value, part, so_far), f"{so_far}.{part}"
    return _plain(value)


def _inside(value: Any, part: str, so_far: str) -> Any:  # noqa: ANN401 - answers of any type
    """Take one step of a path; raises LookupError where there is no such thing."""
    if value is None:
        raise LookupError(f"{so_far} is null")
    if isinstance(value, (tuple, list)):
        named = ("id", "form", "year")
        value = {
            str(getattr(one, name)): one for one in value for name in named if hasattr(one, name)
        }
    if isinstance(value, Mapping):
        names = [str(key) for key in value]
        found = value.get(part)
    else:
        names = [name for name in dir(value) if not name.startswith("_")]
        found = getattr(value, part) if part in names else None
    if part not in names or callable(found):
        raise LookupError(f"{so_far} has no {part!r}. {_alike(part, names)}")
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - answers of any type
    """Turn what numpy and tuples hold into what YAML can."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return [_plain(one) for one in value] if isinstance(value, (tuple, list)) else value


def _same(expected: Any, got: Any) -> bool:  # noqa: ANN401 - answers of any type
    """Compare: numbers to the cent, shares below 1 exactly, all else as it is."""
    if isinstance(expected, list) and isinstance(got, list):
        pairs = zip(expected, got, strict=False)
        return len(expected) == len(got) and all(_same(one, other) for one, other in pairs)
    numbers = (expected, got)
    if all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in numbers):
        return bool(abs(expected - got) < (EXACT if abs(expected) < 1 else CENT))
    return type(expected) is type(got) and bool(expected == got)


def _shown(value: Any) -> str:  # noqa: ANN401 - answers of any type
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _alike(name: str, known: Iterable[str]) -> str:
    """Say what may have been meant."""
    close = get_close_matches(name, list(known), 1)
    return f"Did you mean {close[0]!r}?" if close else f"There are: {', '.join(known)}"
