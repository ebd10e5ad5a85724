"""The help of the command line in French and in English."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import cast

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup, TyperOption

from tremplin.cli import app
from tremplin.cli.help import ALL, FILE, PROGRAM, language, named

CATALOGUE = tomllib.loads(FILE.read_text(encoding="utf-8"))
GROUP = cast("TyperGroup", typer.main.get_command(app))
COMMANDS = {PROGRAM: GROUP, **GROUP.commands}


def parameters() -> Iterator[tuple[str, str]]:
    """Name the arguments and options of each command as a person sees them."""
    for name, command in COMMANDS.items():
        for param in command.params:
            yield name, named(cast("TyperOption", param))


def tremplin(*words: str, locale: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the command line in a locale."""
    return subprocess.run(
        [sys.executable, "-m", "tremplin", *words],
        env={"LC_ALL": locale, "PATH": "/usr/bin:/bin", "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_and_option_has_its_french_and_none_is_stale() -> None:
    """Whoever adds an option says it in French too; whoever takes one away takes its words."""
    tables = {name: set(words) for name, words in CATALOGUE.items()}
    for kind in ("metavars", "headings", "errors"):
        del tables[kind]
    of_all = tables.pop(ALL)
    assert tables.keys() == COMMANDS.keys()
    needed = {(name, "help") for name in COMMANDS} | {(PROGRAM, "epilog")}
    for name, param in parameters():
        if param not in tables[name]:
            assert param in of_all, (name, param)
        else:
            needed.add((name, param))
    assert {(name, word) for name, words in tables.items() for word in words} == needed
    assert of_all - {"--help"} == {
        param for name, param in parameters() if param not in tables[name]
    }


def test_every_word_that_stands_for_a_value_is_used() -> None:
    """No translation is kept for a word that no command shows."""
    shown = {param.metavar for command in COMMANDS.values() for param in command.params}
    assert CATALOGUE["metavars"].keys() <= shown | {GROUP.subcommand_metavar}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_french_for_french_people(name: str) -> None:
    """All that the help says is French where the locale is, or where it is asked for, wherever on the line."""
    words = [] if name == PROGRAM else [name]
    shown = tremplin(*words, "--help", locale="fr_FR.UTF-8")
    assert shown.returncode == 0
    assert shown.stdout.startswith("Usage\u00a0: ")
    assert "Options\u00a0:" in shown.stdout
    assert re.search(r"\b(default|required|Show|the|and|with|COMMAND)\b", shown.stdout) is None
    assert tremplin("--lang", "fr", *words, "--help").stdout == shown.stdout


def test_help_is_english_for_others() -> None:
    """The English help stays as it is, in a French locale too where it is asked for."""
    english = tremplin("batch", "--help").stdout
    assert english.startswith("Usage: ")
    assert "A folder of profiles, a pattern of files, or a table" in english
    assert tremplin("batch", "--lang=en", "--help", locale="fr_FR.UTF-8").stdout == english


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "batch x --outt y",
            "l’option --outt n’existe pas. Options voisines : --out, --quiet, --to.",
        ),
        ("batch x --xyzzy", "l’option --xyzzy n’existe pas."),
        ("batch x", "il manque l’option --out."),
        ("batch x --out", "l’option --out demande une valeur."),
        ("batch x --out y --jobs two", "--jobs : un nombre entier est attendu."),
        ("batch x --out y --jobs 0", "--jobs : 1 ou plus."),
        ("interview --port 70000", "--port : 65535 ou moins."),
        ("report", "il manque PROFIL."),
        ("report a b", "en trop : b."),
        (
            "report a --renderer word",
            "--renderer : « word » n’est pas l’un des choix. Choix possibles : 'auto', 'quarto', 'pandoc'.",
        ),
        ("report a --no-validate=1", "l’option --no-validate ne prend pas de valeur."),
        ("bach", "la commande « bach » n’existe pas. Vouliez-vous dire 'batch' ?"),
        ("xyzzy", "la commande « xyzzy » n’existe pas."),
        ("--lang fr", "il manque une commande."),
    ],
)
def test_a_wrong_command_line_is_told_in_french(words: str, told: str) -> None:
    """What is wrong with an option is told in the language of the person, with the exit code of bad input."""
    done = tremplin(*words.split(), locale="fr_FR.UTF-8")
    assert done.returncode == 2
    assert done.stderr.replace("\u00a0", " ").splitlines()[-1] == f"Erreur : {told}"


def test_the_language_of_the_line_counts_for_the_command() -> None:
    """`tremplin --lang fr check` tells problems in French, and the command's own option goes before."""
    french = "ce fichier n’existe pas"
    assert french in tremplin("--lang", "fr", "check", "none.yaml").stderr
    assert french in tremplin("check", "none.yaml", "--lang", "fr").stderr
    assert french not in tremplin("check", "none.yaml", locale="de_DE.UTF-8").stderr
    assert "'de' is not a language" in tremplin("--lang", "de", "check", "none.yaml").stderr


@pytest.mark.parametrize(
    ("words", "environment", "meant"),
    [
        ("check a", {}, "en"),
        ("check a", {"LANG": "fr_BE.UTF-8"}, "fr"),
        ("check a", {"LC_ALL": "C", "LANG": "fr_FR"}, "en"),
        ("check a --lang", {"LANG": "fr"}, "fr"),
        ("check --lang=en a", {"LANG": "fr"}, "en"),
        ("check --lang xx a", {"LANG": "fr"}, "fr"),
    ],
)
def test_the_language_is_found(words: str, environment: dict[str, str], meant: str) -> None:
    """What is asked for goes before the locale, of which the first name that is there counts."""
    assert language(words.split(), environment) == meant


def test_commands_are_of_the_class_that_speaks() -> None:
    """No command is left out of French for being declared otherwise."""
    assert all(hasattr(command, "french") for command in COMMANDS.values())
    assert all(isinstance(command, TyperCommand) for command in GROUP.commands.values())
