import os
import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
REQUIRED = [
    *PYPROJECT["project"]["dependencies"],
    *PYPROJECT["project"]["optional-dependencies"]["lab"],
    *PYPROJECT["dependency-groups"]["dev"],
    *PYPROJECT["build-system"]["requires"],
]
REGISTRY = re.compile(
    r"--(?:extra-)?index-url[ =]|--find-links[ =]|\bregistry[ =]+https?:|\"resolved\":"
    r"|https?://(?:(?:registry|proxy|index|files)\.|\S+/simple\b|\S+\.(?:tgz|whl)\b)"
    r"|\b(?:localhost|127\.0\.0\.1):\d"
)
"""By what an address of packages looks like: a list of registries would name them here."""
MACHINE = re.compile(
    r"(?<![\w.:/~<>)}*-])/(?:root|home|Users|work|opt|mnt|srv|tmp)/[\w.-]+|\b[A-Z]:\\+Users\\"
)
ENTRY = re.compile(r"([A-Za-z0-9._-]+)==(\S+)(?: ; .+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@cache
def tracked() -> tuple[Path, ...]:
    """List the files of the repository, and those that would join it."""
    options = ["-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no clone: there is no telling which files are tracked")
    paths = sorted({ROOT / name for name in listed.stdout.split("\0") if name})
    return tuple(path for path in paths if path.is_file())


def found_in_files(pattern: re.Pattern[str]) -> list[str]:
    """List where a pattern stands in the text files of the repository."""
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            # Some tables of tests/data are in other encodings, as it is about them.
            text = content.decode("utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    return found


def locked() -> dict[str, list[str]]:
    """Read the lock: the lines that follow each package, without comments."""
    entries: dict[str, list[str]] = {}
    name = ""
    for line in LOCK.splitlines():
        text = line.split("#")[0].rstrip(" \\").strip()
        if text and not line.startswith(" "):
            entry = ENTRY.fullmatch(text)
            assert entry, f"not a package at one version: {line}"
            name = canonicalize_name(entry[1])
            entries.setdefault(name, [])
        elif text:
            entries[name].append(text)
    return entries


def test_no_file_names_a_package_registry() -> None:
    """Setup works with whatever registry a machine has: the project prescribes none."""
    assert found_in_files(REGISTRY) == []


def test_no_file_names_a_path_of_a_machine() -> None:
    """Nothing in a clone points to where somebody once worked."""
    assert found_in_files(MACHINE) == []


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("--extra-index" + "-url https://a.example", REGISTRY),
        ("registry" + "=https://a.example", REGISTRY),
        ('"resolved' + '": "https://a.example/vega"', REGISTRY),
        ("https://" + "registry.example/vega", REGISTRY),
        ("https://a.example" + "/simple/polars", REGISTRY),
        ("https://a.example" + "/polars-1.0-py3-none-any.whl", REGISTRY),
        ('"/' + 'home/alice/tremplin"', MACHINE),
        ("see /" + "root/tremplin", MACHINE),
    ],
)
def test_addresses_and_paths_are_noticed(text: str, pattern: re.Pattern[str]) -> None:
    """The two checks above can see what they look for."""
    assert pattern.search(text)


def test_no_report_is_tracked() -> None:
    """A person's report never enters the repository."""
    assert [path for path in tracked() if path.is_relative_to(ROOT / "reports/out")] == []


def test_the_lock_has_a_hash_for_every_package() -> None:
    """Setup installs exactly the files that were locked."""
    assert len(locked()) > 100
    for name, lines in locked().items():
        assert lines, f"{name} has no hash"
        assert [line for line in lines if not HASH.fullmatch(line)] == []


def test_the_lock_has_neither_addresses_nor_options() -> None:
    """The lock says what, never from where."""
    lines = [line for line in LOCK.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if "://" in line or " @ " in line] == []
    assert [line for line in lines if re.match(r"\s*-(?!-hash=)", line)] == []


@pytest.mark.parametrize("requirement", REQUIRED)
def test_the_lock_names_what_the_project_needs(requirement: str) -> None:
    """`make setup` installs every dependency that `pyproject.toml` declares, at a version that it allows."""
    wanted = Requirement(requirement)
    name = canonicalize_name(wanted.name)
    versions = [
        entry[2]
        for line in LOCK.splitlines()
        if (entry := ENTRY.fullmatch(line.rstrip(" \\"))) and canonicalize_name(entry[1]) == name
    ]
    assert versions
    assert all(wanted.specifier.contains(version) for version in versions)


def test_setup_never_installs_quarto() -> None:
    """A closed network cannot make setup fail: only the extra `quarto` asks for the wheel that downloads."""
    extras = PYPROJECT["project"]["optional-dependencies"]
    assert [Requirement(line).name for line in extras["quarto"]] == ["quarto-cli"]
    assert {"quarto", "quarto-cli"}.isdisjoint(locked())
    assert {"quarto", "quarto-cli"}.isdisjoint(Requirement(line).name for line in REQUIRED)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    steps = subprocess.run(
        ["make", "--dry-run", "--always-make", "setup"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "pip install" in steps
    assert "--require-hashes" in steps
    assert "quarto" not in steps


@pytest.mark.parametrize(
    ("made_for", "told"),
    [
        ("{here}", "make: Nothing to be done for 'setup'.\n"),
        ("/elsewhere", "The environment was made for another folder"),
    ],
)
def test_a_copied_checkout_makes_its_environment_anew(
    made_for: str, told: str, tmp_path: Path
) -> None:
    """Programs that name another folder are the original's: `make` does not run them."""
    here = tmp_path / "copie à moi"
    (here / ".venv/bin").mkdir(parents=True)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copyfile(ROOT / name, here / name)
    shebang = f"#!{made_for.format(here=here)}/.venv/bin/python\n"
    (here / ".venv/bin/tremplin").write_text(shebang, encoding="utf-8")
    (here / ".venv/.ready").touch()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    command = ["make", "--dry-run", "setup"]
    done = subprocess.run(
        command, cwd=here, env=environment, capture_output=True, text=True, check=True
    )
    assert told in done.stdout
    assert ("venv --clear" in done.stdout) == (made_for == "/elsewhere")


def test_continuous_integration_runs_the_checks_and_the_tests() -> None:
    """`.ci/run` is a sound shell script that ends in `make check test` and downloads no browser."""
    script = ROOT / ".ci/run"
    text = script.read_text("utf-8")
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
    assert "set -euo pipefail" in text
    assert text.splitlines()[-1] == "make check test"
    assert "playwright" not in text
