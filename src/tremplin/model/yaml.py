"""
One YAML document read strictly: plain data, with the line of every key and item.

What a person needs to write data down is accepted: mappings, lists and scalars. What lets a
document surprise its reader is not: anchors, aliases, tags, merge keys, duplicate keys, several
documents, bombs. Only what looks like a number in everyday writing is one: `no`, `029` and `1_000`
are text. JSON is read too: it is YAML, but for its tabs.
"""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias, cast

import yaml
from yaml import events

from tremplin.errors import InputError, Phrase, Place, Problem, Value
from tremplin.model.scalar import (
    THOUSANDS,
    RefusedError,
    are_values_hidden,
    meaning,
    printable,
    spelt,
)

KeyPath: TypeAlias = tuple[str | int, ...]
YamlValue: TypeAlias = (
    "bool | int | float | date | str | list[YamlValue] | dict[str, YamlValue] | None"
)

MAX_BYTES = 64 * 1024
MAX_DEPTH = 10
MAX_NODES = 2_000

_NO_NAME = '""'
# All that YAML calls unprintable, and the line ends that editors do not count as lines.
_FORBIDDEN = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# Spaces that no keyboard's bar types, for which YAML sees a letter: no-break, narrow, thin.
_SPACE = r"[^\S \t\r\n]"
# Such a space where YAML wants an ordinary one: before a key or an item, or beside the colon of a key.
_MISPLACED = re.compile(
    rf"""(?mx) ^ [ ]* (?: -? {_SPACE} | (?: -[ ]+ )? ["']? [\w.-]+ ["']? (?: [ ]* {_SPACE}+ [ ]* : | : {_SPACE} ) )"""
)
_OF_A_KEY = re.compile(_SPACE)
# A `#` that YAML takes for the beginning of a comment, while people write a space after it; `#:` is what `format` writes.
_GLUED = re.compile(r"[ ]+\#(?![\s:#!]|\Z)")
# What a comma of `1 650,50 €` leaves behind in { }, where it ends a value.
_CENTS = re.compile(r"\d+\s*(?:€|%|h|euros?)?")

# What PyYAML, which has no codes, says, and what is wrong. The first pattern found in its message counts.
_SYNTAX = (
    ("'\\\\t' that cannot", "yaml.tab"),
    ("double-quoted scalar: (found unknown|expected) ", "yaml.no_such_escape"),
    ("quoted scalar", "yaml.quotes_not_closed"),
    ("but found '<scalar>'", "yaml.text_after_quotes"),
    ("mapping values are not allowed", "yaml.second_colon"),
    ("could not find expected ':'", "yaml.no_colon"),
    ("flow (sequence|node)", "yaml.list_not_closed"),
    ("flow mapping", "yaml.group_not_closed"),
    ("incompatible YAML", "yaml.unknown_version"),
    ("(an alias|an anchor|a block scalar|a directive)|that cannot start any token", "yaml.sign"),
    ("tag", "yaml.tag_unreadable"),
    ("expected '<document start>'", "yaml.text_after_end"),
    ("", "yaml.malformed"),
)


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The data of a YAML file, where each part stands, and what was refused while reading it."""

    file: str
    data: dict[str, YamlValue]
    lines: Mapping[KeyPath, int]
    problems: tuple[Problem, ...]
    unreadable: frozenset[KeyPath]
    """Parts whose value was refused: the data holds nothing there, which nobody wrote."""
    cut: frozenset[KeyPath] = frozenset()
    """Values after which a `#` begins what YAML takes for a comment, although it looks like the rest of a text."""
    dotted: Mapping[KeyPath, str] = field(default_factory=dict)
    """Numbers as they are written, where the point may part thousands: `2.300`."""

    def place(self, path: KeyPath) -> Place:
        """Tell where a part stands; one that is not there, where its group does."""
        there = next(path[:end] for end in range(len(path), -1, -1) if path[:end] in self.lines)
        return Place.of(self.file, line=self.lines[there], key=dotted(path) or None)


def read_yaml(path: Path) -> YamlDocument:
    """
    Read the one YAML document of a file.

    Raises:
        InputError: The file cannot be read as a whole. What is wrong with single keys comes back in
            `problems`, so that a caller can add its own findings and tell everything at once.

    """
    return parse_yaml(_content(path), file=str(path))


def parse_yaml(content: bytes, *, file: str) -> YamlDocument:
    """Read one YAML document from bytes, as `read_yaml` does from a file."""
    if len(content) > MAX_BYTES:
        raise _too_large(file)
    return _Reader(_text(content, file), file).document()


def as_yaml(text: str) -> str:
    """Give the text as YAML reads it: JSON may be indented by tabs, which YAML refuses."""
    return text.replace("\t", " ") if _is_json(text) else text


def _is_json(text: str) -> bool:
    return text.lstrip().startswith("{")


def dotted(path: KeyPath) -> str:
    """Write a path as people do, `project.preparation.documents[1]`, short and printable."""
    words = "".join(
        f"[{part}]" if isinstance(part, int) else f".{spelt(part) or _NO_NAME}" for part in path
    )
    return words.removeprefix(".")


def shown(value: object) -> str:
    """Write a value for an error message: its first 60 characters, nothing of what is inside it."""
    match value:
        case None:
            return Phrase("an empty value")
        case Mapping():
            return Phrase("a group of keys")
        case bool() | str() | int() | float() | date():
            return Phrase("the value") if are_values_hidden() else _shown_scalar(value)
        case _:
            return Phrase("a list")


def _shown_scalar(value: bool | float | str | date) -> str:  # noqa: FBT001 - any value
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{printable(value)}"' if isinstance(value, str) else printable(str(value))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise InputError.at("yaml.not_a_file", path)
            if status.st_size > MAX_BYTES:
                raise _too_large(str(path))
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError.at("yaml.no_such_file", path) from None
    except IsADirectoryError:
        raise InputError.at("yaml.folder", path) from None
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise InputError.at("yaml.not_read", path, reason=Phrase(reason)) from None
    except ValueError:
        raise InputError.at("yaml.name_not_valid", path) from None


def _too_large(file: str) -> InputError:
    return InputError.at("yaml.too_large", file)


def _text(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError.at("yaml.not_utf8", Place.of(file, line=line)) from None
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        character = f"U+{ord(found[0]):04X}"
        raise InputError.at(
            "yaml.invisible_character", Place.of(file, line=line), character=character
        )
    return text


class _Reader:
    """Builds the data from PyYAML's events, one at a time: a bomb stops before it grows."""

    def __init__(self, text: str, file: str) -> None:
        text = self._text = as_yaml(text)
        self._events = yaml.parse(text, Loader=yaml.SafeLoader)
        self._file = file
        self._nodes = 0
        self._lines: dict[KeyPath, int] = {}
        self._problems: list[Problem] = []
        self._unreadable: set[KeyPath] = set()
        self._cut: set[KeyPath] = set()
        self._dotted: dict[KeyPath, str] = {}

    def document(self) -> YamlDocument:
        self._next()
        if isinstance(self._next(), events.StreamEndEvent):
            raise self._stop("yaml.empty")
        root = self._next()
        data = self._value(root, ())
        self._next()
        end = self._next()
        if not isinstance(end, events.StreamEndEvent):
            self._refuse(end, (), "yaml.second_document")
        if not isinstance(data, dict):
            if () in self._unreadable:
                raise InputError(*self._problems)
            if data is None:
                raise self._stop("yaml.empty")
            if isinstance(data, list) and any(isinstance(one, dict) for one in data):
                raise self._stop("yaml.many_people", root)
            self._stop_at_spaces(_line(root))
            raise self._stop("yaml.no_keys", root, value=shown(data))
        return YamlDocument(
            self._file,
            data,
            self._lines,
            tuple(self._problems),
            frozenset(self._unreadable),
            frozenset(self._cut),
            self._dotted,
        )

    def _next(self) -> events.Event:
        try:
            return next(self._events)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            # PyYAML lets a `\U` escape beyond Unicode fail in chr().
            raise self._stop("yaml.no_such_escape") from None

    def _stop(self, code: str, event: events.Event | None = None, **values: Value) -> InputError:
        """Make the error that ends the reading; it tells what was found before, too."""
        line = None if event is None else _line(event)
        return InputError(
            *self._problems, Problem.at(code, Place.of(self._file, line=line), **values)
        )

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> InputError:
        words = f"{error.context or ''}: {error.problem or ''}"
        # What is not closed is best looked for where it was opened.
        unclosed = re.search("end of stream|parsing a flow|simple key", words)
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        code = next(code for pattern, code in _SYNTAX if re.search(pattern, words))
        line = None if mark is None else mark.line + 1
        self._stop_at_spaces(line or 1)
        if code in {"yaml.list_not_closed", "yaml.group_not_closed"} and self._cut:
            # The bracket that is looked for stands in what YAML takes for a comment.
            code, line = "yaml.text_cut", max(self._lines[path] for path in self._cut)
        return InputError(*self._problems, Problem.at(code, Place.of(self._file, line=line)))

    def _stop_at_spaces(self, last: int) -> None:
        """
        Name the spaces that are none for YAML, up to the line where it stumbled over them.

        Raises:
            InputError: there are such spaces.

        """
        found = [
            (self._text.count("\n", 0, one.end()) + 1, one[0])
            for one in _MISPLACED.finditer(self._text)
        ]
        problems = [
            Problem.at(
                "yaml.no_break_space",
                Place.of(self._file, line=line),
                character=f"U+{ord(_OF_A_KEY.findall(text)[-1]):04X}",
            )
            for line, text in found
            if line <= last
        ]
        if problems:
            raise InputError(*self._problems, *problems)

    def _refuse(
        self, event: events.Event, path: KeyPath, code: str, **values: Value | None
    ) -> None:
        line, key = _line(event), dotted(path) or None
        self._problems.append(Problem.at(code, Place.of(self._file, line=line, key=key), **values))

    def _value(self, event: events.Event, path: KeyPath) -> YamlValue:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._stop("yaml.too_many_values", event, most=MAX_NODES)
        if len(path) > MAX_DEPTH:
            raise self._stop("yaml.too_deep", event, most=MAX_DEPTH)
        self._lines.setdefault(path, _line(event))
        known = self._refuse_extras(event, path)
        value: YamlValue = None
        if isinstance(event, events.MappingStartEvent):
            value = self._mapping(path)
        elif isinstance(event, events.SequenceStartEvent):
            value = self._sequence(path)
        elif isinstance(event, events.ScalarEvent) and known:
            value = self._scalar(event, path)
        if not known:
            self._unreadable.add(path)
            return {} if isinstance(value, dict) and not path else None
        return value

    def _refuse_extras(self, event: events.Event, path: KeyPath) -> bool:
        """Refuse aliases, anchors and tags; tell whether the value can be read all the same."""
        if isinstance(event, events.AliasEvent):
            self._refuse(event, path, "yaml.alias", alias=printable(event.anchor or ""))
            return False
        if isinstance(event, events.NodeEvent) and event.anchor is not None:
            self._refuse(event, path, "yaml.anchor", anchor=printable(event.anchor))
        tag = getattr(event, "tag", None)
        if tag is not None:
            name = printable(re.sub("^tag:yaml.org,2002:", "!!", tag))
            self._refuse(event, path, "yaml.tag", tag=name)
            return False
        return True

    def _mapping(self, path: KeyPath) -> dict[str, YamlValue]:
        result: dict[str, YamlValue] = {}
        while not isinstance(event := self._next(), events.MappingEndEvent):
            key = self._key(event, path)
            inner = (*path, "?" if key is None else key)
            first = self._lines.get(inner)
            if key in result:
                self._refuse(event, inner, "yaml.key_twice", first=first)
            self._lines.setdefault(inner, _line(event))
            value = self._value(self._next(), inner)
            if key is not None:
                result.setdefault(key, value)
        return result

    def _key(self, event: events.Event, path: KeyPath) -> str | None:
        if not isinstance(event, events.ScalarEvent):
            self._value(event, (*path, "?"))
            if not isinstance(event, events.AliasEvent):
                self._refuse(event, path, "yaml.key_not_scalar")
            return None
        name = event.value
        if event.implicit[0] and _OF_A_KEY.search(name):
            self._stop_at_spaces(_line(event))
        if _CENTS.fullmatch(name) and self._text[_end(event).index :].lstrip()[:1] in {",", "}"}:
            self._refuse(event, path, "yaml.decimal_comma")
            return None
        if event.implicit[0] and name == "<<":
            self._refuse(event, path, "yaml.merge_key")
            self._unreadable.add(path)
            return None
        if not self._refuse_extras(event, (*path, name)):
            return None
        if not isinstance(self._scalar(event, (*path, name)), str):
            self._refuse(event, path, "yaml.key_not_word", name=printable(name) or None)
            return None
        return name

    def _sequence(self, path: KeyPath) -> list[YamlValue]:
        result: list[YamlValue] = []
        while not isinstance(event := self._next(), events.SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _scalar(self, event: events.ScalarEvent, path: KeyPath) -> YamlValue:
        if event.implicit[0]:
            end = _end(event)
            if _OF_A_KEY.search(event.value):
                # Keys of a line that YAML took for the rest of the text above.
                self._stop_at_spaces(end.line + 1)
            if _GLUED.match(self._text, end.index):
                self._cut.add(path)
            # A program that writes JSON means what it writes.
            if THOUSANDS.fullmatch(event.value) and not _is_json(self._text):
                self._dotted[path] = event.value
        try:
            return meaning(event.value, plain=event.implicit[0])
        except RefusedError as refusal:
            self._refuse(event, path, refusal.code, **refusal.values)
            self._unreadable.add(path)
            return None


def _line(event: events.Event) -> int:
    # PyYAML marks every event that comes from a text; its types say otherwise.
    return cast("yaml.Mark", event.start_mark).line + 1


def _end(event: events.Event) -> yaml.Mark:
    return cast("yaml.Mark", event.end_mark)
