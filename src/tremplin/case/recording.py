"""
A profile that tells what is read of it, so that an answer can name the declarations it rests on.
"""

from collections.abc import Callable
from functools import partial
from types import FunctionType, MethodType
from typing import Any, cast

from tremplin.model.profile import Profile, Section

TellRead = Callable[[str, object], None]


class _Recorded:
    """A section of a profile, each value of which is told by its dotted key when it is read."""

    __slots__ = ("_path", "_reads", "_section", "_told")

    def __init__(self, section: Section, path: str, told: TellRead) -> None:
        self._section = section
        self._path = path
        self._told = told
        self._reads: dict[str, Callable[[], Any]] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the section has
        # How a name is read is found once: an assessment reads thousands.
        read = self._reads.get(name)
        if read is None:
            read = self._reads[name] = self._reading(name)
        return read()

    def _reading(self, name: str) -> Callable[[], Any]:
        """Give a function that reads a name: what a section derives from its keys from this one, so that they are told."""
        of_class = getattr(type(self._section), name, None)
        if isinstance(of_class, property) and of_class.fget:
            return partial(of_class.fget, self)
        if isinstance(of_class, FunctionType):
            return partial(MethodType, of_class, self)
        value, path = getattr(self._section, name), f"{self._path}{name}"
        if isinstance(value, Section):
            inner = _Recorded(value, f"{path}.", self._told)
            return lambda: inner

        def told() -> object:
            self._told(path, value)
            return value

        return told


def recorded(profile: Profile, told: TellRead) -> Profile:
    """Give a profile whose values are told by their dotted keys when they are read; for reading only."""
    return cast("Profile", _Recorded(profile, "", told))
