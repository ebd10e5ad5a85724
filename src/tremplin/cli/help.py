"""
The help of the command line, and what is said of a wrong option, in French from `help.toml`; in English as the commands have it.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from typer import Context
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from tremplin.errors import Lang
from tremplin.errors.words import spaced

FILE = Path(__file__).with_name("help.toml")
PROGRAM, ALL = "tremplin", "all"
"""Where options stand that mean the same in several commands."""
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a person's language is named; the first that is there counts."""
# What Python calls an argument's text or place on the disk tells nobody anything.
_KIND = re.compile(r" <(?:str|path)>(?= |$)", re.MULTILINE)


def language(words: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Tell the language of a person: by `--lang` wherever it stands on the command line, or by the locale."""
    for option, value in pairwise((*words, "")):
        name, _, joined = option.partition("=")
        if name == "--lang" and (said := joined or value) in {"fr", "en"}:
            return "fr" if said == "fr" else "en"
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return "fr" if locale.lower().startswith("fr") else "en"


class _Spoken:
    """A command whose help can be given in French."""

    french = False

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer has no public type for it
        """Give the help, with the headings of its language."""
        text = _KIND.sub(lambda kind: " " * len(kind[0]), super().get_help(ctx))  # type: ignore[misc]
        return _headed(text) if self.french else text

    def get_usage(self, ctx: Any) -> str:  # noqa: ANN401 - idem
        """Give the line of usage, with the headings of its language."""
        text: str = super().get_usage(ctx)  # type: ignore[misc]
        return _headed(text) if self.french else text

    def get_help_option(self, ctx: Any) -> TyperOption | None:  # noqa: ANN401 - idem
        """Give the option `--help`, which has words too."""
        option: TyperOption | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None and self.french:
            option.help = spaced(_catalogue()[ALL]["--help"])
        return option


class Program(_Spoken, TyperGroup):
    """`tremplin` itself."""


class Command(_Spoken, TyperCommand):
    """One of its commands."""


def in_french(group: Any) -> None:  # noqa: ANN401 - typer's group, whose parts have no public types
    """Say the help of the command line and of each of its commands in French."""
    metavars = _catalogue()["metavars"]
    for name, command in {"": group, **group.commands}.items():
        command.french = True
        words = _catalogue()[name or PROGRAM]
        command.help = spaced(words["help"])
        if command.epilog:
            command.epilog = spaced(words["epilog"])
        for param in command.params:
            param.help = spaced(french_of(words, param))
            if param.metavar:
                param.metavar = metavars.get(param.metavar, param.metavar)
    group.subcommand_metavar = metavars[group.subcommand_metavar]


def french_of(words: Mapping[str, str], param: TyperArgument | TyperOption) -> str:
    """Find the words for an argument or option: those of its command, or those of all."""
    name = named(param)
    return words[name] if name in words else str(_catalogue()[ALL][name])


def named(param: TyperArgument | TyperOption) -> str:
    """Call an argument or option as a person sees it: `PROFILE`, `--out`."""
    return str(param.metavar) if isinstance(param, TyperArgument) else param.opts[0]


def usage_error(error: TyperException) -> str:
    """Say in French what is wrong with a command line, and where help is."""
    message = error.format_message()
    ctx: Context | None = getattr(error, "ctx", None)
    if ctx is not None and message == ctx.get_help():  # nothing was typed
        return message
    found = (
        re.sub(pattern, french, message, flags=re.DOTALL)
        for pattern, french in _catalogue()["errors"].items()
        if re.fullmatch(pattern, message, re.DOTALL)
    )
    said = spaced(f"Erreur : {next(found, message)}")
    if ctx is None:
        return said
    hint = spaced(f"Voyez « {ctx.command_path} --help ».")
    return f"{ctx.get_usage()}\n{hint}\n\n{said}"


def _headed(text: str) -> str:
    for pattern, french in _catalogue()["headings"].items():
        text = re.sub(f"(?m){pattern}", spaced(french), text)
    return text


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
