"""
The project that reports are made of, notebooks, register and assets, and where it is.

A checkout is one, and what `tremplin init --project` writes out; an installed tremplin has one of its own.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import tremplin
from tremplin.errors import EnvironmentLacksError, InputError
from tremplin.model.find import find

SIGN = Path("reports/_extensions/tremplin")
"""What a folder has that is a project: a name that nobody else gives to a folder of theirs."""
VARIABLE = "TREMPLIN_PROJECT"
CODE = Path(tremplin.__file__).parent
"""The code that runs. A wheel has the project as `project` in it; in a checkout it is `src/tremplin`."""
PACKED = "project"


@dataclass(frozen=True, slots=True)
class ProjectPlace:
    """A folder with what reports are made of; the register may be another vintage, from elsewhere."""

    root: Path
    data: Path

    @property
    def notebooks(self) -> Path:
        """The chapters."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """Brand, template, filters and fonts."""
        return self.root / "reports"

    @property
    def params(self) -> Path:
        """The example people, and the schema."""
        return self.root / "params"

    @property
    def brand(self) -> Path:
        """Name, logo, colours and contact of an organisation."""
        return self.reports / "_brand.yml"

    @property
    def out(self) -> Path:
        """Where reports go unless somebody says: in the project where one works in it, else in the working folder."""
        here = Path.cwd()
        return (self.root if here.is_relative_to(self.root) else here) / "reports/out"


def find_project(named: Path | None = None, data: Path | None = None) -> ProjectPlace:
    """
    Find the project: the one that is named, that of TREMPLIN_PROJECT, the nearest from here upwards, or tremplin's own.

    Args:
        named: its folder, where somebody gave it.
        data: another vintage of the register.

    Raises:
        InputError: a folder that was named is no project, or the vintage is not there.
        EnvironmentLacksError: the project around is a checkout with other code than the one that runs.

    """
    root = _named(named) or _around() or _own()
    return ProjectPlace(root, root / "data" if data is None else find(data))


def own_project() -> ProjectPlace:
    """
    Give the project that tremplin brings with it.

    Raises:
        EnvironmentLacksError: it has none: somebody installed a part of it.

    """
    root = _own()
    return ProjectPlace(root, root / "data")


def code_sha256(code: Path = CODE) -> str:
    """Give the hash of tremplin's own code: a report made by other code is another report."""
    whole = hashlib.sha256()
    for file in sorted(code.rglob("*.py")):
        whole.update(file.relative_to(code).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


def _named(folder: Path | None) -> Path | None:
    given = {"--project": str(folder or ""), VARIABLE: os.environ.get(VARIABLE, "")}
    for by, name in given.items():
        if name:
            root = Path(name).resolve()
            if not (root / SIGN).is_dir():
                raise InputError.at("files.not_a_project", by, folder=name, sign=SIGN.as_posix())
            return root
    return None


def _around() -> Path | None:
    here = Path.cwd()
    for root in (here, *here.parents):
        if (root / SIGN).is_dir():
            code = root / "src/tremplin"
            # In a copy of a checkout, a command on the path is still the original's.
            if code.is_dir() and not code.samefile(CODE) and code_sha256(code) != code_sha256():
                raise EnvironmentLacksError.at(
                    "environment.other_code", root, running=str(CODE), code=str(code)
                )
            return root
    return None


def _own() -> Path:
    for root in (CODE / PACKED, *CODE.parents[1:2]):
        if (root / SIGN).is_dir():
            return root
    raise EnvironmentLacksError.at("environment.no_project", CODE)
