import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tremplin.errors import EnvironmentLacksError, InputError
from tremplin.model.project import SIGN, find_project

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TREMPLIN_PROJECT", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    """Give a function that makes a folder that is a project, as far as its name goes."""

    def make(name: str) -> Path:
        (tmp_path / name / SIGN).mkdir(parents=True)
        return tmp_path / name

    return make


def test_a_project_is_named_or_around_or_our_own(
    project: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--project` goes before TREMPLIN_PROJECT, that before the nearest folder above, and that before our own."""
    option, variable, around = (project(name) for name in ("option", "variable", "around"))
    (around / "a/b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert find_project().root == ROOT
    monkeypatch.chdir(around / "a/b")
    assert find_project().root == around
    monkeypatch.setenv("TREMPLIN_PROJECT", str(variable))
    assert find_project().root == variable
    assert find_project(Path("../../../option")).root == option


def test_folders_of_the_same_names_are_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has notebooks, data and reports of their own work is not made to use them."""
    for name in ("notebooks", "data", "reports/out"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert find_project().root == ROOT


def test_a_folder_that_is_named_and_no_project_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project that is named is never replaced by another."""
    with pytest.raises(
        InputError, match=r"--project: .*none is no tremplin project: it has no rep"
    ):
        find_project(tmp_path / "none")
    monkeypatch.setenv("TREMPLIN_PROJECT", str(tmp_path))
    with pytest.raises(InputError, match="TREMPLIN_PROJECT: "):
        find_project()


def test_reports_land_where_one_works(
    project: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a project its own `reports/out`, elsewhere that of the working folder, so that none lands in a shared project."""
    root = project("project")
    (root / "notes").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(root / "notes")
    assert find_project().out == root / "reports/out"
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert find_project(root).out == tmp_path / "elsewhere/reports/out"
    assert find_project().out == tmp_path / "elsewhere/reports/out"


def test_a_copied_checkout_does_not_run_the_code_of_the_original(
    project: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a checkout whose code is other than what runs, nothing runs unless somebody says that this is meant."""
    root = project("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src/tremplin", root / "src/tremplin", ignore=ignored)
    monkeypatch.chdir(root)
    assert find_project().root == root
    with (root / "src/tremplin/__main__.py").open("a") as code:
        code.write("# changed" + os.linesep)
    with pytest.raises(EnvironmentLacksError, match="is not that of this checkout"):
        find_project()
    assert find_project(root).root == root
