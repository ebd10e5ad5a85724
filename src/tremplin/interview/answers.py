"""
What a person has answered, kept in a profile file at each step.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from tremplin.errors import InputError
from tremplin.model.profile import Profile, parse_profile, read_profile
from tremplin.model.profile.questions import UNKNOWN, Question, Topic, questions
from tremplin.model.profile.tidy import Remarks, remarks_of, tidied
from tremplin.model.whole import write_whole
from tremplin.model.yaml import parse_yaml


@dataclass
class Answers:
    """The answers of one person, and the file that holds them."""

    file: Path
    data: dict[str, Any] = field(default_factory=dict)
    """What the file says, nested as a profile is."""
    remarks: Remarks = field(default_factory=Remarks)
    """What a person wrote into it beside, which stays there."""

    @classmethod
    def open(cls, file: Path) -> "Answers":
        """
        Read the answers that a file holds; one that is not there yet holds none.

        Raises:
            InputError: it is no YAML of keys and values, or one of them cannot be read: it would be lost.

        """
        if file.suffix.lower() == ".json":
            raise InputError.at("interview.not_yaml", file)
        if not file.exists():
            return cls(file)
        document = read_profile(file)
        if document.problems:
            raise InputError(*document.problems)
        text = file.read_text(encoding="utf-8-sig")
        return cls(file, dict(document.data), remarks_of(text, document.lines))

    def get(self, key: str) -> object:
        """Give an answer by its dotted key; None where there is none."""
        value: object = self.data
        for part in key.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def has(self, key: str) -> bool:
        """Tell whether a key is answered, be it with nothing."""
        *sections, last = key.split(".")
        group: object = self.data
        for part in sections:
            group = group.get(part) if isinstance(group, dict) else None
        return isinstance(group, dict) and last in group

    def put(self, changes: Mapping[str, object]) -> None:
        """
        Answer keys anew and write the file; None takes an answer back.

        The file appears whole or stays as it was, for this account's eyes only.
        """
        for key, value in changes.items():
            *sections, last = key.split(".")
            group = self.data
            for part in sections:
                inner = group.get(part)
                if not isinstance(inner, dict):
                    inner = group[part] = {}
                group = inner
            if value is None:
                group.pop(last, None)
            else:
                group[last] = value
        for question in questions().values():
            self._complete_group(question)
        _prune(self.data)
        self._write()

    def _complete_group(self, question: Question) -> None:
        """Say of a key that its group must have, where it is not answered, that it is not known or that there is none."""
        group = self.get(question.key.rpartition(".")[0])
        if not question.optional_group or not isinstance(group, dict) or not group:
            return
        last = question.key.rpartition(".")[2]
        if last not in group and question.may_be_unknown:
            group[last] = UNKNOWN
        elif last not in group and question.nullable:
            group[last] = None

    def complete(self) -> None:
        """Write what stands in for itself until the end: the folder's name and the person's."""
        self.put({key: value for key, value in self.given().items() if not self.has(key)})

    def given(self) -> dict[str, str]:
        """Give what is taken for the names that nobody has told yet."""
        plain = re.sub(r"[^a-z0-9-]+", "-", self.file.stem.lower()).strip("-")
        return {"id": plain[:64] or "profil", "name": "Vous"}

    def _write(self) -> None:
        write_whole(self.file, tidied(self.data, self.remarks))

    def flat(self) -> dict[str, object]:
        """Give the answers by dotted key, defaults where there are none: what conditions look at."""
        found = {
            key: self.get(key) if self.has(key) else question.default
            for key, question in questions().items()
        }
        # Where a key holds a word or a group, the group is a yes.
        return {key: True if isinstance(one, dict) else one for key, one in found.items()}

    def concerned(
        self, topic: Topic, typed: Mapping[str, object] = MappingProxyType({})
    ) -> tuple[Question, ...]:
        """Give the questions of a topic that concern this person, by what was just typed too."""
        said = {**self.flat(), **typed}
        return tuple(one for one in topic.questions() if one.concerns(said))

    def stamp(self, topic: Topic) -> str:
        """Give what changes when the answers of a topic do: two windows must not overwrite each other."""
        said = {one.key: self.get(one.key) for one in topic.questions()}
        return hashlib.sha256(json.dumps(_plain(said), default=str).encode()).hexdigest()[:16]

    def profile(self) -> Profile:
        """
        Give the profile that the answers make.

        Raises:
            InputError: some are missing, or contradict each other.

        """
        given = {**self.given(), **self.data}
        text = yaml.safe_dump(_plain(given), allow_unicode=True, sort_keys=False)
        return parse_profile(parse_yaml(text.encode(), file=self.file.name))


def _prune(group: dict[str, Any]) -> None:
    """Take groups without answers away."""
    for key, value in list(group.items()):
        if isinstance(value, dict):
            _prune(value)
            if not value:
                del group[key]


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Make lists of tuples, which YAML has no word for."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
