"""
What all commands have in common: problems are told in the language of the person, with the exit code they stand for.
"""

import inspect
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tremplin import place
from tremplin.errors import InputError, Lang, Problem, TremplinError, Value, render
from tremplin.errors.words import sentences

out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

chosen: ContextVar[Lang] = ContextVar("chosen", default="en")
"""The language that the command line was asked to speak, or that of the locale."""
_HELP = "Language of what you are told. [default: fr where the locale is French, else en]"
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
        language = chosen.get()
        try:
            if lang is not None:
                chosen.set(language := _language(lang))
            if "lang" in signature.parameters:
                given["lang"] = language
            place.check(place.ANY)
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
    """Write what machines read, as it is, at once; in UTF-8, whatever the terminal's letters are."""
    binary = getattr(out.file, "buffer", None)
    if binary is None:
        out.file.write(text)
    else:
        out.file.flush()
        binary.write(text.encode())
    out.file.flush()


def shown(path: Path) -> str:
    """Give a path as short as it can be clicked."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def said(code: str, lang: Lang, **values: Value | None) -> str:
    """Say in the language of the person what was done; values that are None are not there."""
    return sentences(code, {name: one for name, one in values.items() if one is not None}, lang)[0]


def tell_unread(columns: tuple[str, ...], lang: Lang) -> None:
    """Name the columns that no report takes account of: one of them may be a key that somebody misspelt."""
    if columns:
        err.print(said("told.columns_not_read", lang, columns=", ".join(columns)))


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
