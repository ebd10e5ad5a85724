"""
What can go wrong, in words for the person who reads them.

Every error knows the exit code it stands for, so that a script can tell bad input from a broken machine.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


class TremplinError(Exception):
    """Anything tremplin tells a person instead of showing a traceback."""

    exit_code: ClassVar[int] = 1


class ReportError(TremplinError):
    """A report could not be made although its input was good."""


class EnvironmentLacksError(TremplinError):
    """The machine lacks a program, a package or a font that was asked for."""

    exit_code: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input file, where it is and what to do about it."""

    file: str
    what: str
    todo: str = ""
    line: int | None = None
    column: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        """Give the problem as `file:line: key: what. What to do.`, the form that editors can jump to."""
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
        if self.column is not None:
            place += f" (column {self.column})"
        words = [place]
        if self.key:
            words.append(self.key)
        words.append(f"{self.what}. {self.todo}".strip() if self.todo else self.what)
        return ": ".join(words)


class InputError(TremplinError):
    """A file given to tremplin is wrong; nothing was computed from it."""

    exit_code: ClassVar[int] = 2

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    @classmethod
    def of(
        cls, path: Path | str, what: str, todo: str = "", *, line: int | None = None
    ) -> "InputError":
        """Make the error of a file as a whole."""
        return cls(Problem(file=str(path), what=what, todo=todo, line=line))
