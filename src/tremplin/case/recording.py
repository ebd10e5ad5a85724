"""
A profile that tells what is read of it, so that an answer can name the declarations it rests on.
"""

from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any, cast

from tremplin.model.profile import Profile, Section

TellRead = Callable[[str, object], None]


class _Recorded:
    """A section of a profile, each value of which is told by its dotted key when it is read."""

    __slots__ = ("_path", "_section", "_told")

    def __init__(self, section: Section, path: str, told: TellRead) -> None:
        self._section = section
        self._path = path
        self._told = told

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the section has
        # What a section derives from its keys is derived from this one, so that the keys are told.
        of_class = getattr(type(self._section), name, None)
        if isinstance(of_class, property) and of_class.fget:
            return of_class.fget(self)
        if isinstance(of_class, FunctionType):
            return MethodType(of_class, self)
        value = getattr(self._section, name)
        path = f"{self._path}{name}"
        if isinstance(value, Section):
            return _Recorded(value, f"{path}.", self._told)
        self._told(path, value)
        return value


def recorded(profile: Profile, told: TellRead) -> Profile:
    """Give a profile whose values are told by their dotted keys when they are read; for reading only."""
    return cast("Profile", _Recorded(profile, "", told))
