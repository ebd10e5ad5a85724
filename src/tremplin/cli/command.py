"""
What all commands have in common: problems are told in the language of the person, with the exit code they stand for.
"""

import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tremplin.errors import InputError, Lang, Problem, TremplinError, render

out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a person's language is named; the first that is there counts."""
_HELP = "Language of problems. [default: fr where the locale is French, else en]"
_OPTION = inspect.Parameter(
    "lang",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[str | None, typer.Option(metavar="fr|en", help=_HELP)],
)


def telling(command: Callable[..., None]) -> Callable[..., None]:
    """
    Give a command the option `--lang`, and tell in that language what goes wrong in it.

    A command that tells problems itself has a parameter `lang` for it.
    """
    signature = inspect.signature(command)

    @wraps(command)
    def run(*, lang: str | None = None, **given: object) -> None:
        language = _of_locale(os.environ)
        try:
            if lang is not None:
                language = _language(lang)
            if "lang" in signature.parameters:
                given["lang"] = language
            command(**given)
        except TremplinError as error:
            err.print(error.told(language), style="red")
            raise typer.Exit(error.exit_code) from error

    own = [one for one in signature.parameters.values() if one.name != "lang"]
    # This is what typer looks at.
    run.__annotations__ = {**command.__annotations__, "lang": _OPTION.annotation}
    vars(run)["__signature__"] = signature.replace(parameters=[*own, _OPTION])
    return run


def write(text: str) -> None:
    """Write what machines read, as it is, at once."""
    out.file.write(text)
    out.file.flush()


def shown(path: Path) -> str:
    """Give a path as short as it can be clicked."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def tell_unread(columns: tuple[str, ...]) -> None:
    """Name the columns that no report takes account of: one of them may be a key that somebody misspelt."""
    if columns:
        err.print(f"columns not read: {', '.join(columns)}")


def tell_notes(problems: Iterable[Problem], lang: Lang) -> None:
    """Say what is to be known although nothing is wrong: what was passed over, left out or supposed."""
    for problem in problems:
        err.print(render(problem, lang))


def _language(name: str) -> Lang:
    match name:
        case "fr" | "en":
            return name
        case _:
            raise InputError.at("option.not_a_language", "--lang", value=repr(name))


def _of_locale(environment: Mapping[str, str]) -> Lang:
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return "fr" if locale.lower().startswith("fr") else "en"
