"""
One YAML document read strictly: plain data, with the line of every key and item.

What a person needs to write data down is accepted: mappings, lists and scalars. What lets a
document surprise its reader is not: anchors, aliases, tags, merge keys, duplicate keys, several
documents, bombs. Only what looks like a number in everyday writing is one: `no`, `029` and `1_000`
are text.
"""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias, cast

import yaml
from yaml import events

from tremplin.errors import InputError, Problem
from tremplin.model.scalar import RefusedError, are_values_hidden, meaning, printable, spelt

KeyPath: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "bool | int | float | date | str | list[Value] | dict[str, Value] | None"

MAX_BYTES = 64 * 1024
MAX_DEPTH = 10
MAX_NODES = 2_000

_NO_NAME = '""'
# All that YAML calls unprintable, and the line ends that editors do not count as lines.
_FORBIDDEN = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

# What PyYAML says, what is wrong, what to do. The first pattern found in its message counts.
_SYNTAX = (
    ("'\\\\t' that cannot", "a tab stands where spaces are expected", "Indent with spaces."),
    (
        "double-quoted scalar: (found unknown|expected) ",
        "a text in double quotes holds an escape that does not exist",
        "Write the character itself, or use single quotes.",
    ),
    ("quoted scalar", "a text in quotes is not closed", "Close the quotes."),
    (
        "but found '<scalar>'",
        "text follows the end of a text in quotes",
        "Double a quote that is part of the text, as in 'l''atelier'.",
    ),
    (
        "mapping values are not allowed",
        "a second colon stands in one line, or the indentation is wrong",
        "Put text that holds a colon in quotes, and align keys of one level.",
    ),
    (
        "could not find expected ':'",
        "a key has no colon after it",
        "Write `key: value`, with a space after the colon.",
    ),
    (
        "flow (sequence|node)",
        "a list in [ ] is not closed or lacks a comma",
        "Separate the items with commas and close the bracket.",
    ),
    (
        "flow mapping",
        "a group in { } is not closed or lacks a comma",
        "Separate the keys with commas and close the brace.",
    ),
    ("incompatible YAML", "this version of YAML is not known", "Remove the line with %YAML."),
    (
        "(an alias|an anchor|a block scalar|a directive)|that cannot start any token",
        "a value starts with a character that has a meaning in YAML",
        "Put the value in quotes.",
    ),
    ("tag", "tags (`!`) are not accepted", "Remove the tag, or put the text in quotes."),
    (
        "expected '<document start>'",
        "text follows the end of the data",
        "Remove it, or align it with the keys above.",
    ),
    (
        "",
        "the indentation or the punctuation does not fit the lines above",
        "Align keys of one level, and write `key: value`.",
    ),
)


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The data of a YAML file, where each part stands, and what was refused while reading it."""

    file: str
    data: dict[str, Value]
    lines: Mapping[KeyPath, int]
    problems: tuple[Problem, ...]
    unreadable: frozenset[KeyPath]
    """Parts whose value was refused: the data holds nothing there, which nobody wrote."""


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
            return "an empty value"
        case Mapping():
            return "a group of keys"
        case bool() | str() | int() | float() | date():
            return "the value" if are_values_hidden() else _shown_scalar(value)
        case _:
            return "a list"


def _shown_scalar(value: bool | float | str | date) -> str:  # noqa: FBT001 - any value
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{printable(value)}"' if isinstance(value, str) else printable(str(value))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise InputError.of(path, "this is not an ordinary file", "Give a YAML file.")
            if status.st_size > MAX_BYTES:
                raise _too_large(str(path))
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError.of(path, "there is no such file", "Check its name.") from None
    except IsADirectoryError:
        raise InputError.of(path, "this is a folder", "Give a YAML file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError.of(path, f"the file cannot be read: {reason.lower()}") from None


def _too_large(file: str) -> InputError:
    return InputError.of(
        file, "the file is larger than 64 KiB", "Keep one person a file, and only their data."
    )


def _text(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError.of(
            file, "the text is not UTF-8", "Save the file with the encoding UTF-8.", line=line
        ) from None
    if found := _FORBIDDEN.search(text):
        raise InputError.of(
            file,
            f"the text holds the invisible character U+{ord(found[0]):04X}",
            "Delete it; save the file as plain text in UTF-8.",
            line=text.count("\n", 0, found.start()) + 1,
        )
    return text


class _Reader:
    """Builds the data from PyYAML's events, one at a time: a bomb stops before it grows."""

    def __init__(self, text: str, file: str) -> None:
        self._events = yaml.parse(text, Loader=yaml.SafeLoader)
        self._file = file
        self._nodes = 0
        self._lines: dict[KeyPath, int] = {}
        self._problems: list[Problem] = []
        self._unreadable: set[KeyPath] = set()

    def document(self) -> YamlDocument:
        self._next()
        if isinstance(self._next(), events.StreamEndEvent):
            raise self._stop("the file is empty", "Write the keys of the profile in it.")
        root = self._next()
        data = self._value(root, ())
        self._next()
        end = self._next()
        if not isinstance(end, events.StreamEndEvent):
            self._refuse(
                end,
                (),
                "a second document starts here",
                "Keep one document a file: remove this `---` and what follows it.",
            )
        if not isinstance(data, dict):
            if () in self._unreadable:
                raise InputError(*self._problems)
            if data is None:
                raise self._stop("the file is empty", "Write the keys of the profile in it.")
            what = f"the file holds {shown(data)} where keys are expected"
            raise self._stop(what, "Start with `id: …`, one key a line.", root)
        return YamlDocument(
            self._file, data, self._lines, tuple(self._problems), frozenset(self._unreadable)
        )

    def _next(self) -> events.Event:
        try:
            return next(self._events)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            # PyYAML lets a `\U` escape beyond Unicode fail in chr().
            raise self._stop(
                "a text in double quotes holds an escape that does not exist",
                "Write the character itself, or use single quotes.",
            ) from None

    def _stop(self, what: str, todo: str, event: events.Event | None = None) -> InputError:
        """Make the error that ends the reading; it tells what was found before, too."""
        line = None if event is None else _line(event)
        return InputError(*self._problems, Problem(self._file, what, todo, line=line))

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> InputError:
        words = f"{error.context or ''}: {error.problem or ''}"
        # What is not closed is best looked for where it was opened.
        unclosed = re.search("end of stream|parsing a flow|simple key", words)
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        what, todo = next(
            (what, todo) for pattern, what, todo in _SYNTAX if re.search(pattern, words)
        )
        line = None if mark is None else mark.line + 1
        return InputError(*self._problems, Problem(self._file, what, todo, line=line))

    def _refuse(self, event: events.Event, path: KeyPath, what: str, todo: str) -> None:
        self._problems.append(
            Problem(self._file, what, todo, line=_line(event), key=dotted(path) or None)
        )

    def _value(self, event: events.Event, path: KeyPath) -> Value:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            what = f"the file holds more than {MAX_NODES:,} values"
            raise self._stop(what, "Keep only the keys of a profile.", event)
        if len(path) > MAX_DEPTH:
            what = f"the data is nested deeper than {MAX_DEPTH} levels"
            raise self._stop(what, "Keep only the keys of a profile.", event)
        self._lines.setdefault(path, _line(event))
        known = self._refuse_extras(event, path)
        value: Value = None
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
            alias = printable(event.anchor or "")
            self._refuse(
                event, path, f"the alias *{alias} is not accepted", "Write the value out here."
            )
            return False
        if isinstance(event, events.NodeEvent) and event.anchor is not None:
            anchor = printable(event.anchor)
            self._refuse(
                event, path, f"the anchor &{anchor} is not accepted", "Remove it, keep the value."
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            name = printable(re.sub("^tag:yaml.org,2002:", "!!", tag))
            self._refuse(
                event,
                path,
                f"the tag {name} is not accepted",
                "Remove it; put a value that is meant as text in quotes.",
            )
            return False
        return True

    def _mapping(self, path: KeyPath) -> dict[str, Value]:
        result: dict[str, Value] = {}
        while not isinstance(event := self._next(), events.MappingEndEvent):
            key = self._key(event, path)
            inner = (*path, "?" if key is None else key)
            first = self._lines.get(inner)
            if key in result:
                self._refuse(
                    event, inner, f"this key already stands on line {first}", "Keep one of the two."
                )
            self._lines.setdefault(inner, _line(event))
            value = self._value(self._next(), inner)
            if key is not None:
                result.setdefault(key, value)
        return result

    def _key(self, event: events.Event, path: KeyPath) -> str | None:
        if not isinstance(event, events.ScalarEvent):
            self._value(event, (*path, "?"))
            if not isinstance(event, events.AliasEvent):
                self._refuse(event, path, "a key must be a single word", "Write `key: value`.")
            return None
        name = event.value
        if event.implicit[0] and name == "<<":
            self._refuse(
                event, path, "the merge key << is not accepted", "Write the keys out here."
            )
            self._unreadable.add(path)
            return None
        if not self._refuse_extras(event, (*path, name)):
            return None
        if not isinstance(self._scalar(event, (*path, name)), str):
            what = f"the key {printable(name) or 'without a name'} is not a word"
            self._refuse(event, path, what, "Use the key names of the schema.")
            return None
        return name

    def _sequence(self, path: KeyPath) -> list[Value]:
        result: list[Value] = []
        while not isinstance(event := self._next(), events.SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _scalar(self, event: events.ScalarEvent, path: KeyPath) -> Value:
        try:
            return meaning(event.value, plain=event.implicit[0])
        except RefusedError as refusal:
            self._refuse(event, path, refusal.what, refusal.todo)
            self._unreadable.add(path)
            return None


def _line(event: events.Event) -> int:
    # PyYAML marks every event that comes from a text; its types say otherwise.
    return cast("yaml.Mark", event.start_mark).line + 1
