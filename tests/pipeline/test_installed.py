"""Tremplin as an advisor has it: the wheel alone, in an environment of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tremplin.assessment import results
from tremplin.case import Case

ROOT = Path(__file__).parents[2]
NOBODY = 65_534
SHARED = Path(pytest.__file__).parents[1]
"""Where the tests' own packages are: a fresh environment borrows all but tremplin from them."""


def build(folder: Path) -> list[Path]:
    """Build sdist and wheel as `make dist` does."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        capture_output=True,
        check=True,
    )
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give wheel and sdist."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder that an ordinary user can get to, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="tremplin-installed-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


Run = Callable[..., str]


@pytest.fixture(scope="module")
def installed(built: list[Path], place: Path) -> Run:
    """Give a function that runs the installed tremplin, as an ordinary user in an empty folder of an everyday name."""
    environment, desk = place / "environment", place / "Clients à voir"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin/python"
    wheel = next(file for file in built if file.suffix == ".whl")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    packages = next(environment.glob("lib/python3*/site-packages"))
    # Of a folder that is named there Python reads no .pth file, such as the one that leads to this checkout.
    (packages / "shared.pth").write_text(f"{SHARED}\n", encoding="utf-8")
    desk.mkdir()
    user = ordinary(python)
    if user:
        os.chown(desk, NOBODY, NOBODY)
    variables = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(desk)}

    def run(*words: str) -> str:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [environment / "bin/tremplin", *words],
            cwd=desk,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            **user,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def ordinary(python: Path) -> dict[str, Any]:
    """Give how to run a command as nobody, where we are root and nobody may read this Python."""
    user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    if os.geteuid() != 0:
        return {}
    try:
        subprocess.run([python, "-c", "import pytest"], check=True, cwd="/", **user)
    except (OSError, subprocess.CalledProcessError):
        return {}
    return user


def test_the_same_files_give_the_same_bytes(built: list[Path], tmp_path: Path) -> None:
    """Who builds the same commit again has the same wheel and sdist."""
    again = build(tmp_path)
    assert [file.name for file in again] == [file.name for file in built]
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in built]


def test_the_wheel_brings_the_project_and_nothing_of_people(built: list[Path]) -> None:
    """Notebooks, register, brand, fonts and example people are in it; finished reports and tests are not."""
    wheel = next(file for file in built if file.suffix == ".whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name.removeprefix("tremplin/project/") for name in names if "/project/" in name}
    assert inside >= {
        "notebooks/01-summary.ipynb",
        "data/rules.csv",
        "data/trades/shops.yaml",
        "reports/_brand.yml",
        "reports/_extensions/tremplin/fonts/TremplinSans-Regular.ttf",
        "params/alice.yaml",
        "params/profile.schema.json",
    }
    assert not [name for name in inside if name.startswith("reports/out")]
    assert not [name for name in names if name.startswith(("tests", "tremplin/tests"))]


def test_a_person_begins_in_an_empty_folder(
    installed: Run, place: Path, case: Callable[..., Case]
) -> None:
    """The installed command writes an example and makes its report: the results are those of the checkout, no path of this machine is told."""
    desk = place / "Clients à voir"
    assert installed("--version").startswith("tremplin ")
    assert installed("init", "--lang", "fr").startswith("alice.yaml\u00a0: un exemple")
    printed = installed("report", "alice.yaml", "--as-of", "2026-11-22", "--no-validate")
    assert "reports/out/alice/alice.pdf" in printed
    report = desk / "reports/out/alice"
    assert (report / "alice.html").stat().st_size > 100_000
    assert json.loads((report / "results.json").read_text("utf-8")) == json.loads(
        results(case("alice")).model_dump_json()
    )
    receipt = (report / "receipt.json").read_text("utf-8")
    assert str(place) not in receipt
    assert json.loads(receipt)["inputs"]["data"].keys() >= {"rules.csv", "statistics.csv"}
    assert installed("explain", "alice.yaml", "acre", "--as-of", "2026-11-22")
    installed("questionnaire", "--out", "questionnaire.html")
    assert (desk / "questionnaire.html").exists()


def test_a_project_is_written_out_to_be_changed(installed: Run, place: Path) -> None:
    """`tremplin init --project` gives notebooks, data and brand, and what is changed there holds there."""
    desk = place / "Clients à voir"
    told = installed("init", "--project", "à moi")
    assert "reports/_brand.yml" in told
    brand = desk / "à moi/reports/_brand.yml"
    assert "name: " in brand.read_text("utf-8")
    rules = desk / "à moi/data/rules.csv"
    shutil.copyfile(ROOT / "params/bruno.yaml", desk / "bruno.yaml")
    words = ("assess", "bruno.yaml", "--as-of", "2026-11-22")
    before = installed(*words, "--project", "à moi")
    assert before == installed(*words)
    (desk / "à moi/data/statistics.csv").unlink()
    with pytest.raises(AssertionError, match=r"à moi/data/statistics\.csv"):
        installed(*words, "--project", "à moi")
    assert rules.exists()


def test_a_folder_that_is_begun_is_left_alone(installed: Run, place: Path) -> None:
    """`tremplin init` replaces no file of somebody's, and then writes none."""
    desk = place / "Clients à voir"
    (desk / "begun/params").mkdir(parents=True)
    (desk / "begun/params/alice.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(AssertionError, match="is there already, and nothing was written"):
        installed("init", "--project", "begun")
    assert [file.name for file in (desk / "begun").iterdir()] == ["params"]
    assert (desk / "begun/params/alice.yaml").read_text("utf-8") == "mine"


def test_who_makes_reports_needs_no_jupyterlab() -> None:
    """JupyterLab and the browsers of tests are for who works on tremplin: no one's install brings them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = " ".join(project["dependencies"])
    assert [name for name in ("jupyter>", "jupyterlab", "playwright") if name in wanted] == []
    assert project["optional-dependencies"]["lab"] == ["jupyter>=1.1"]
