"""
What can go wrong, as data until somebody reads it.

A problem has a stable code, a place and values; its words, English and French, stand in `words.toml`. Every error knows
the exit code it stands for, so that a script can tell bad input from a broken machine.
"""

from pathlib import Path
from typing import ClassVar, Self

from tremplin.errors.problem import Place, Problem, render
from tremplin.errors.words import Lang, Phrase, Value

__all__ = [
    "EnvironmentLacksError",
    "InputError",
    "Lang",
    "Phrase",
    "Place",
    "Problem",
    "ReportError",
    "TremplinError",
    "Value",
    "render",
]


class TremplinError(Exception):
    """
    Anything tremplin tells a person instead of showing a traceback.

    Problems go through pickling as they are. A plain sentence, which speaks to engineers in English, becomes a problem
    of the code `plain`.
    """

    exit_code: ClassVar[int] = 1
    plain: ClassVar[str] = "report.failed"

    def __init__(self, *told: Problem | str) -> None:
        self.problems = tuple(
            one if isinstance(one, Problem) else Problem.at(self.plain, said=one) for one in told
        )
        super().__init__(*self.problems)

    @classmethod
    def at(cls, code: str, place: Place | Path | str = "", /, **values: Value | None) -> Self:
        """Make the error of one problem of a place, or of a file as a whole."""
        return cls(Problem.at(code, place, **values))

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: Lang) -> str:
        """Put it into words, a line a problem."""
        return "\n".join(render(problem, lang) for problem in self.problems)


class ReportError(TremplinError):
    """A report could not be made although its input was good."""


class EnvironmentLacksError(TremplinError):
    """The machine lacks a program, a package or a font that was asked for."""

    exit_code: ClassVar[int] = 3
    plain: ClassVar[str] = "environment.lacks"


class InputError(TremplinError):
    """A file given to tremplin is wrong; nothing was computed from it."""

    exit_code: ClassVar[int] = 2
    plain: ClassVar[str] = "input.wrong"

    @classmethod
    def not_read(cls, path: Path | str, error: OSError) -> Self:
        """Make the error of a file that the system does not let us read."""
        return cls.at("files.not_read", path, reason=Phrase(error.strerror or error))
