import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from tests.thorough import THOROUGH

from tremplin.case import Case
from tremplin.model.profile import Profile
from tremplin.model.register import Register
from tremplin.model.yaml import read_yaml

if TYPE_CHECKING:
    from tremplin.warm.machine import Machine

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 22)

# What the command line says is compared with English words, whatever the locale of who runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"

# A busy machine is slow; that is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def register() -> Register:
    """Open the real data folder, once for all tests."""
    return Register.open(ROOT / "data")


@pytest.fixture(scope="session")
def person() -> Callable[..., Profile]:
    """Give a function that reads an example person and changes keys: `person("alice", {"a.b": 1})`."""
    read = {file.stem: read_yaml(file).data for file in (ROOT / "params").glob("*.yaml")}

    def with_changes(name: str = "alice", changes: Mapping[str, Any] | None = None) -> Profile:
        data: dict[str, Any] = deepcopy(read[name])
        for dotted, value in (changes or {}).items():
            *sections, key = dotted.split(".")
            inner = data
            for section in sections:
                inner = inner.setdefault(section, {})
            inner[key] = value
        return Profile.model_validate(data)

    return with_changes


@pytest.fixture(scope="session")
def case(person: Callable[..., Profile], register: Register) -> Callable[..., Case]:
    """Give a function that makes the case of a changed example person, on 22 November 2026 unless told."""

    def with_changes(
        name: str = "alice", changes: Mapping[str, Any] | None = None, as_of: date = AS_OF
    ) -> Case:
        return Case(person(name, changes), register, as_of)

    return with_changes


PEOPLE = ("alice", "bruno", "chantal", "david", "emma", "farid", "gaelle", "hugo")
WHOLE = PEOPLE if THOROUGH else ("alice", "chantal", "emma", "hugo")
"""Whose whole reports are made; what chapters say to the others is read in the process."""


@pytest.fixture(scope="session")
def machine() -> Iterator["Machine"]:
    """Give what reports are made on, as the commands have it."""
    from tremplin.warm.machine import Machine

    with Machine(ROOT / "notebooks", ROOT / "reports") as machine:
        yield machine


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, machine: "Machine") -> Callable[[str], Path]:
    """Give a function that makes an example person's report, once for all tests, and gives its folder."""
    from tremplin.pipeline.render import choose_renderer
    from tremplin.pipeline.report import Order, ProjectFolders, make_report

    base = tmp_path_factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made"
    out.mkdir(exist_ok=True)
    project = ProjectFolders(ROOT / "notebooks", ROOT / "data", ROOT / "reports", out)
    order = Order(AS_OF, ("html", "pdf", "annex"), choose_renderer("pandoc"), validated=False)

    def make(name: str, how: int) -> None:
        with (out / f"{name}.lock").open("w") as lock:  # tests run in several processes
            fcntl.flock(lock, how)
            if not (out / name).exists():
                make_report(ROOT / f"params/{name}.yaml", project, order, machine)

    @cache
    def give(name: str) -> Path:
        for other in (name, *WHOLE):
            # Where another process makes the one that is asked for, make the next instead of waiting.
            with suppress(BlockingIOError):
                make(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if (out / name).exists():
                return out / name
        make(name, fcntl.LOCK_EX)
        return out / name

    return give


@pytest.fixture(scope="session")
def batch_of_all(made: Callable[[str], Path], case: Callable[..., Case]) -> Callable[[Path], None]:
    """Give a function that fills a folder as a batch of the eight people leaves it: results, receipts and pages."""
    from tremplin.assessment import results

    def fill(out: Path) -> None:
        for name in PEOPLE:
            (out / name).mkdir()
            if name in WHOLE:
                for file in ("results.json", "receipt.json", f"{name}.html"):
                    copy(made(name) / file, out / name)
            else:
                (out / name / "results.json").write_text(results(case(name)).model_dump_json())
                (out / name / "receipt.json").write_text("{}")
                (out / name / f"{name}.html").write_text("a page")

    return fill
