"""
A profile in its tidy form: the keys in the order of the models, each with what it is in French, values as the models have them.

What tremplin says of a key stands behind `#:` and is written anew each time; the remarks of people, behind `#`, are kept:
above the key that they stood above or behind, at the top, or at the end.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from tremplin.model.dump import dump_yaml
from tremplin.model.profile.labels import label
from tremplin.model.profile.questions import Question, questions
from tremplin.model.profile.written import asked_by_key, key_of
from tremplin.model.yaml import KeyPath, as_yaml

OURS = "#:"
HEAD = (
    f"{OURS} Profil pour tremplin. Ce qui suit « {OURS} » est de tremplin, et refait à chaque mise en forme ; "
    f"vos remarques, après « # », sont gardées.\n{OURS} true : oui, false : non, unknown : à vérifier.\n"
)
_COMMENT = re.compile(r"#.*")
_ANSWERED = re.compile(rf"{OURS}\s+[a-z_0-9]+: (?!…)\S")
"""An answer typed where tremplin says that one is missing: the line is no answer yet, and a remark until it is one."""
_COLUMN = 44
"""Lines up to so long have what is said of them at one column."""
_MOST = 100
"""Letters that the choices of a key may take."""


@dataclass(slots=True)
class Remarks:
    """What a person wrote into a profile beside its data."""

    head: list[str] = field(default_factory=list)
    by_path: dict[KeyPath, list[str]] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)


def remarks_of(text: str, lines: Mapping[KeyPath, int]) -> Remarks:
    """Find the remarks in the text of a profile, and the keys that they are about."""
    found = Remarks()
    keys = sorted((line, len(path), path) for path, line in lines.items() if path)
    for line, alone, remark in _comments(as_yaml(text)):
        if alone:
            about = [path for at, _, path in keys if at > line][:1]
        else:
            about = [path for at, _, path in keys if at == line][:1]
            about = about or [path for at, _, path in keys if at < line][-1:]
        if alone and about and about[0] == keys[0][2]:
            found.head.append(remark)
        elif about:
            found.by_path.setdefault(about[0], []).append(remark)
        else:
            found.tail.append(remark)
    return found


def _comments(text: str) -> Iterator[tuple[int, bool, str]]:
    """Give people's comments, each with its line and whether it stands alone there: what lies between YAML's tokens."""
    end = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        for one in _COMMENT.finditer(text, end, max(end, token.start_mark.index)):
            begins = text.rfind("\n", 0, one.start()) + 1
            if _ANSWERED.match(one[0]) or not one[0].startswith(OURS):
                alone = not text[begins : one.start()].strip()
                remark = (
                    one[0].rstrip().replace(OURS, "#", 1)
                    if one[0].startswith(OURS)
                    else one[0].rstrip()
                )
                yield text.count("\n", 0, one.start()) + 1, alone, remark
        end = max(end, token.end_mark.index)


def tidied(data: Mapping[str, Any], remarks: Remarks) -> str:
    """Write the answers of a person, all or some, with their remarks."""
    writing = _Writing(data, dict(remarks.by_path), _by_key(data))
    sections = [_aligned(lines) for lines in writing.sections()]
    head = "".join(f"{remark}\n" for remark in remarks.head)
    lost = [remark for some in writing.remarks.values() for remark in some]
    tail = "".join(f"{remark}\n" for remark in (*lost, *remarks.tail))
    return HEAD + head + "\n".join(sections) + (f"\n{tail}" if tail else "")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file, and what is said of it."""

    text: str
    comment: str = ""

    @property
    def is_remark(self) -> bool:
        return self.text.lstrip().startswith("#")


def _aligned(lines: list[_Line]) -> str:
    column = max(
        (len(line.text) for line in lines if line.comment and len(line.text) <= _COLUMN), default=0
    )
    return "".join(
        (f"{line.text:{column}}  {OURS} {line.comment}" if line.comment else line.text) + "\n"
        for line in lines
    )


@dataclass(slots=True)
class _Writing:
    """A profile that is being written."""

    data: Mapping[str, Any]
    remarks: dict[KeyPath, list[str]]
    """Those that are not written yet."""
    answers: Mapping[str, object]
    """The answers by dotted key, which say what concerns this person."""

    def sections(self) -> Iterator[list[_Line]]:
        """Give the lines of the keys that stand alone, then those of each group."""
        alone, groups = [], []
        for name in _names("", self.data):
            lines = list(self.entry(self.data, (name,), ""))
            if name in questions():
                alone += lines
            else:
                groups.append(lines)
        return (lines for lines in (alone, *groups) if lines)

    def group(self, data: Mapping[str, Any], path: KeyPath, indent: str) -> Iterator[_Line]:
        for name in _names(key_of(path), data):
            yield from self.entry(data, (*path, name), indent)

    def entry(self, data: Mapping[str, Any], path: KeyPath, indent: str) -> Iterator[_Line]:
        """Write a key with what stands below it; one that is missing, and matters, as what is to be said."""
        name = str(path[-1])
        if name not in data:
            yield from self.missing(path, indent)
            return
        value = data[name]
        yield from (_Line(indent + remark) for remark in self.remarks.pop(path, ()))
        if isinstance(value, dict) and value:
            yield _Line(f"{indent}{name}:", _title(key_of(path)))
            yield from self.group(value, path, f"{indent}  ")
        elif (
            isinstance(value, list | tuple)
            and value
            and all(value)
            and all(isinstance(one, dict) for one in value)
        ):
            yield _Line(f"{indent}{name}:", _title(key_of(path)))
            for place, one in enumerate(value):
                yield from self.item(one, (*path, place), f"{indent}  ")
        else:
            within = [one for one in self.remarks if one[: len(path)] == path]
            yield from (
                _Line(indent + remark) for one in within for remark in self.remarks.pop(one)
            )
            plain = {name: _plain(value)}
            text = dump_yaml(plain, lists_in_brackets=isinstance(value, list | tuple))
            question = asked_by_key().get(key_of(path))
            yield _Line(indent + text.rstrip("\n"), _said(question, value) if question else "")

    def item(self, value: Mapping[str, Any], path: KeyPath, indent: str) -> Iterator[_Line]:
        """Write one of a list of groups."""
        yield from (_Line(indent + remark) for remark in self.remarks.pop(path, ()))
        lines = list(self.group(value, path, f"{indent}  "))
        first = next(n for n, line in enumerate(lines) if not line.is_remark)
        yield from (_Line(indent + line.text.strip()) for line in lines[:first])
        yield _Line(f"{indent}- {lines[first].text.strip()}", lines[first].comment)
        yield from lines[first + 1 :]

    def missing(self, path: KeyPath, indent: str) -> Iterator[_Line]:
        """Say of a key that is essential to this person what it would hold; of a group, of those in it."""
        key = key_of(path)
        question = questions().get(key)
        if question is not None:
            if question.asked.essential and question.concerns(self.answers):
                yield _Line(f"{indent}{OURS} {path[-1]}: …  {_said(question, None)}")
            return
        inner = [
            one
            for one in questions().values()
            if one.key.startswith(f"{key}.")
            and one.asked.essential
            and (one.optional_group is None)
            and one.concerns(self.answers)
        ]
        if inner:
            yield _Line(f"{indent}{OURS} {path[-1]}:  {_title(key)}")
            for one in inner:
                below = one.key.removeprefix(f"{key}.")
                yield _Line(f"{indent}{OURS}   {below}: …  {_said(one, None)}")


def _by_key(data: Mapping[str, Any]) -> dict[str, object]:
    """Give the answers by dotted key, with what stands in for those that are not there; a group is a yes."""
    found: dict[str, object] = {}
    for key, question in questions().items():
        value: object = data
        for part in key.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        found[key] = isinstance(value, dict) or (question.default if value is None else value)
    return found


@cache
def _of_the_models(group: str) -> tuple[str, ...]:
    """Name the keys of a group in the order of its model."""
    prefix = f"{group}." if group else ""
    keys = (key.removeprefix(prefix) for key in asked_by_key() if key.startswith(prefix))
    return tuple(dict.fromkeys(key.partition(".")[0] for key in keys))


def _names(group: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_of_the_models(group), *data)))


def _title(key: str) -> str:
    try:
        return label(key)
    except KeyError:
        return ""


def _plain(value: object) -> object:
    """Write a whole number without a point, and a list as YAML has it."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _said(question: Question, value: object) -> str:
    """Say what a key holds: its label, and its unit or choices; where these are many, the one that is chosen."""
    if question.kind == "share":
        percent = f"{100 * value:.10g} %" if isinstance(value, int | float) else "0.55 ou 55 %"
        return f"{question.label} : {percent}"
    if question.kind == "choice" and True not in {one.value for one in question.choices}:
        listed = ", ".join(f"{one.value} ({one.label})" for one in question.choices)
        chosen = next((one.label for one in question.choices if one.value == value), "")
        told = listed if len(listed) <= _MOST else chosen
    elif question.kind == "choices":
        chosen_of = value if isinstance(value, list | tuple) else ()
        told = ", ".join(one.label for one in question.choices if one.value in chosen_of)
    else:
        return f"{question.label}, {question.unit}" if question.unit else question.label
    return f"{question.label} : {told}" if told else question.label
