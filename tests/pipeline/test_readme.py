import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import typer.main

from tremplin.cli import app
from tremplin.errors import EnvironmentLacksError, InputError, ReportError

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
FRENCH = (ROOT / "README.fr.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
BENCH = (ROOT / "bench/README.md").read_text("utf-8")
DEPLOY = (ROOT / "deploy/README.md").read_text("utf-8")
BIN = Path(sys.executable).parent
PROJECT = ["Makefile", "data", "notebooks", "params", "reports", "vintages"]
PICTURE_BYTES = 250_000

BLOCK = re.compile(r"(?ms)^( *)```bash\n(.*?)^\1```$")
TARGET = re.compile(r"(?m)^([a-zA-Z][\w-]*):(?!=)(?:.*?## (.+))?")
CHEAP = {"cp", "echo", "mkdir"}
CHEAP_COMMANDS = {
    "--help",
    "--lang",
    "assess",
    "check",
    "doctor",
    "explain",
    "questionnaire",
    "format",
    "init",
    "ingest",
    "schema",
    "simulate",
    "vintage",
    "workbook",
}
CHEAP_TARGETS = {"help"}
CHANGES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
GROUP = typer.main.get_command(app)


def commands(text: str) -> list[list[str]]:
    """List the commands in the code blocks of a text."""
    lines = [line.strip() for _, block in BLOCK.findall(text) for line in block.splitlines()]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def is_cheap(words: list[str]) -> bool:
    """Tell whether a command may be executed here; reports are made once, by the tests of the command line."""
    match words:
        case ["tremplin", command, *_]:
            return command in CHEAP_COMMANDS
        case ["make", *targets]:
            return set(targets) <= CHEAP_TARGETS
        case _:
            return words[0] in CHEAP


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as the README's reader does: in a shell, with the environment on the path."""
    return subprocess.run(
        ["bash", "-c", " ".join(shlex.quote(word) if " " in word else word for word in words)],
        cwd=folder,
        env={"PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


README_COMMANDS = commands(README)
README_COMMANDS += [words for words in commands(FRENCH) if words not in README_COMMANDS]
"""Those of both languages, each once: who reads the French one follows it from top to bottom too."""
ALL_COMMANDS = README_COMMANDS + commands(CONTRIBUTING) + commands(BENCH) + commands(DEPLOY)
TREMPLIN = [words for words in ALL_COMMANDS if words[0] == "tremplin"]
MAKE = [words for words in ALL_COMMANDS if words[0] == "make"]
TARGETS = {name: told for name, told in TARGET.findall(MAKEFILE) if told}


def test_code_blocks_are_read() -> None:
    """The README shows the two commands, one a person, one an advisor and one a researcher needs."""
    assert ["make", "report", "PROFILE=params/alice.yaml"] in README_COMMANDS
    assert ["make", "test"] in README_COMMANDS
    assert {words[1] for words in TREMPLIN} >= {"report", "assess", "check", "doctor"}


@pytest.mark.parametrize("words", TREMPLIN, ids=" ".join)
def test_a_command_of_tremplin_exists(words: list[str]) -> None:
    """A reader can type each command as it is printed: its name, arguments and options are known."""
    _, name, *arguments = words
    assert isinstance(GROUP, typer.core.TyperGroup)
    if not name.startswith("-"):
        GROUP.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("words", MAKE, ids=" ".join)
def test_a_target_of_make_exists(words: list[str]) -> None:
    """A reader can type each `make …` as it is printed."""
    done = run([words[0], "--dry-run", *map(shlex.quote, words[1:])], ROOT)
    assert done.returncode == 0, done.stderr


def test_the_cheap_commands_work_in_their_order(tmp_path: Path) -> None:
    """Who follows the README from top to bottom meets no error."""
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("out"))
        else:
            shutil.copy(source, tmp_path)
    for words in [*README_COMMANDS, ["make"], ["make", "help"], ["tremplin", "--help"]]:
        if is_cheap(words):
            done = run(words, tmp_path)
            assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("words", README_COMMANDS, ids=" ".join)
def test_files_named_in_commands_are_there(words: list[str]) -> None:
    """No command of the README starts from a file that a clone does not have."""
    named = [word.removeprefix("PROFILE=") for word in words]
    files = [word for word in named if word.startswith(("params/", "notebooks", "data"))]
    assert [word for word in files if not list(ROOT.glob(word))] == []


@pytest.mark.parametrize("name", GROUP.commands)  # type: ignore[attr-defined]
def test_a_command_is_documented_and_has_help(name: str) -> None:
    """Each command is in the README, and tells what it and each of its options are for."""
    assert isinstance(GROUP, typer.core.TyperGroup)
    command = GROUP.commands[name]
    assert re.search(rf"`tremplin {name}\b|^ *tremplin {name}\b", README, re.MULTILINE)
    assert command.help
    assert [param.name for param in command.params if not getattr(param, "help", None)] == []
    for param in command.params:
        if isinstance(param, typer.core.TyperOption):
            assert any(option in README for option in (*param.opts, *param.secondary_opts))


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_shows_in_make_help(target: str) -> None:
    """`make help` lists every target that a person may want, in the words of the Makefile."""
    shown = run(["make", "help"], ROOT).stdout
    assert re.search(rf"(?m)^  make {re.escape(target)} +{re.escape(TARGETS[target])}$", shown)


def test_the_french_readme_names_what_there_is() -> None:
    """Each command and option in a sentence of the French README exists, and its words are those of French type."""
    assert isinstance(GROUP, typer.core.TyperGroup)
    for name, rest in re.findall(r"`tremplin ([a-z]+)([^`]*)`", FRENCH):
        known = {option for param in GROUP.commands[name].params for option in param.opts}
        assert {word for word in rest.split() if word.startswith("--")} <= known
    prose = re.sub(r"(?s)```.*?```|`[^`]*`|\]\([^)]*\)", "", FRENCH)
    assert re.search(r"\w'\w", prose) is None
    assert re.search(r"\w[;:!?](?![\w/])", prose) is None


def test_every_phony_target_is_explained() -> None:
    """No target is left out of `make help` for want of a word on it."""
    phony = re.search(r"(?m)^\.PHONY: (.*)$", MAKEFILE)
    assert phony
    assert set(phony[1].split()) == TARGETS.keys()


def test_make_alone_prints_help() -> None:
    """Who types only `make` gets the list of targets."""
    assert run(["make"], ROOT).stdout == run(["make", "help"], ROOT).stdout


def test_exit_codes_are_those_documented() -> None:
    """The table of exit codes lists what scripts will see."""
    codes = {int(code) for code in re.findall(r"(?m)^ *\| (\d) \|", README)}
    errors = (ReportError, InputError, EnvironmentLacksError)
    assert codes == {0, *(error.exit_code for error in errors)}
    assert [error.exit_code for error in errors] == [1, 2, 3]


def links(text: str) -> Iterator[str]:
    """Give the files that a text links to or shows."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target:
            yield target.split("#")[0]


@pytest.mark.parametrize(
    "text", [README, FRENCH, CONTRIBUTING, CHANGELOG], ids=["readme", "french", "contr", "log"]
)
def test_links_lead_somewhere(text: str) -> None:
    """No link within the project is dead."""
    assert [target for target in links(text) if not (ROOT / target).exists()] == []


def test_the_picture_is_small() -> None:
    """The README opens at once: its picture is a PNG below 250 KB."""
    picture = (ROOT / "docs/report.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < PICTURE_BYTES


def test_the_changelog_has_its_form() -> None:
    """Keep a Changelog: Unreleased first, then versions with their dates, newest first, changes by kind."""
    assert CHANGELOG.startswith("# Changelog\n")
    versions = re.findall(r"(?m)^## (.*)$", CHANGELOG)
    assert versions[0] == "[Unreleased]"
    released = [
        re.fullmatch(r"\[\d+\.\d+\.\d+\] - (\d{4}-\d\d-\d\d)", line) for line in versions[1:]
    ]
    days = [date.fromisoformat(match[1]) for match in released if match]
    assert len(days) == len(released)
    assert days == sorted(days, reverse=True)
    for section in re.split(r"(?m)^### ", CHANGELOG)[1:]:
        kind, *lines = re.split(r"(?m)^## ", section)[0].strip().splitlines()
        assert kind in CHANGES
        assert any(line.startswith("- ") for line in lines)
        assert all(line.startswith(("- ", "  ")) or not line for line in lines)
