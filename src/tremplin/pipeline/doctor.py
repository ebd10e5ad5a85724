"""
What this machine has of what a report needs, and how to get the rest.

Nothing here fails: a doctor who falls ill at the sight of a patient helps nobody.
"""

import importlib.metadata
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pypandoc
import typst
from jupyter_client.kernelspec import KernelSpecManager

from tremplin.errors import TremplinError
from tremplin.model.brand import load_brand
from tremplin.model.find import find
from tremplin.model.register import Register
from tremplin.model.rules import by_text
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.render.quarto import QuartoRenderer, find_quarto
from tremplin.warm.forked import START_SECONDS, Forked
from tremplin.warm.owner import NoTemplateError, Template

State = Literal["ok", "missing", "optional", "overdue"]

_PACKAGES = ("tremplin", "papermill", "nbval", "polars", "altair", "vl-convert-python")
_REINSTALL = "Run `make setup`."


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a report needs."""

    what: str
    found: str
    """A version or a place; what was looked for in vain, where it is missing."""
    state: State
    remedy: str = ""
    """What to do where it is not there."""


def examine(brand_file: Path, data: Path, day: date) -> list[Requirement]:
    """
    Look at everything that a report needs, in the order in which a report needs it.

    Brand and data are looked up from the working folder upwards, as a report does.

    `missing` stops reports; `optional` does without; `overdue` is law to be read again before that day.
    """
    return [
        Requirement("Python", platform.python_version(), "ok"),
        *(_package(name) for name in _PACKAGES),
        _kernel(),
        _forks(),
        _pandoc(),
        _package("typst"),
        _quarto(),
        _renderer(),
        *_fonts(brand_file),
        *_rules(data, day),
    ]


def _package(name: str) -> Requirement:
    try:
        return Requirement(name, importlib.metadata.version(name), "ok")
    except importlib.metadata.PackageNotFoundError:
        return Requirement(name, "not installed", "missing", _REINSTALL)


def _kernel() -> Requirement:
    kernels = KernelSpecManager().find_kernel_specs()
    if "python3" in kernels:
        return Requirement("Jupyter kernel python3", kernels["python3"], "ok")
    return Requirement("Jupyter kernel python3", "not installed", "missing", _REINSTALL)


def _forks() -> Requirement:
    what = "fast kernels"
    try:
        with Template() as template, open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - the device, whatever the system calls it
            silent = (nothing.fileno(),) * 3
            command = [sys.executable, "-m", "timeit", "-n1", "-r1", "pass"]
            Forked.start(template.address, command, streams=silent).wait(START_SECONDS)
    except (NoTemplateError, subprocess.TimeoutExpired) as reason:
        return Requirement(
            what, f"no: {reason}", "optional", "Reports do without, and take longer."
        )
    return Requirement(what, "forked from a template process", "ok")


def _pandoc() -> Requirement:
    try:
        return Requirement("pandoc", pypandoc.get_pandoc_version(), "ok")
    except OSError:
        return Requirement("pandoc", "not in the package pypandoc-binary", "missing", _REINSTALL)


def _quarto() -> Requirement:
    how = "`pip install 'tremplin[quarto]'`, or set QUARTO_PATH; reports do without it."
    program = find_quarto()
    if program is None:
        return Requirement("Quarto", "not on PATH, nor in QUARTO_PATH", "optional", how)
    try:
        return Requirement("Quarto", f"{QuartoRenderer(program).version}, {program}", "ok")
    except TremplinError as error:
        return Requirement("Quarto", str(error), "missing", f"Repair it, or take it away: {how}")


def _renderer() -> Requirement:
    renderer = choose_renderer("auto")
    reason = "it is installed" if renderer.name == "quarto" else "Quarto is not installed"
    return Requirement("--renderer auto", f"{renderer.name}, because {reason}", "ok")


def _fonts(brand_file: Path) -> Iterator[Requirement]:
    try:
        file = find(brand_file)
        brand = load_brand(file)
    except TremplinError as error:
        yield Requirement("brand", str(error), "missing", "Mend the file.")
        return
    yield Requirement("brand", f"{brand.name}, {file}", "ok")
    available = typst.Fonts(include_system_fonts=False, font_paths=[*brand.font_folders]).families()
    for family in dict.fromkeys((brand.sans, brand.serif)):
        if family in available:
            yield Requirement(f"font {family}", "in the files that the brand names", "ok")
        else:
            remedy = "Name its files in _brand.yml, under typography.fonts."
            yield Requirement(f"font {family}", "in no file of the brand", "missing", remedy)


def _rules(data: Path, day: date) -> Iterator[Requirement]:
    """Tell which rules of law were to be read again, by their texts."""
    try:
        folder = find(data)
        register = Register.open(folder)
    except TremplinError as error:
        yield Requirement("register", str(error), "missing", "Mend the folder.")
        return
    yield Requirement("register", str(folder), "ok")
    for text in by_text(register.to_read_again(day)):
        count = f"{text.count} rules" if text.count > 1 else "1 rule"
        remedy = " ".join(("Read it again.", *text.successors))
        due = f"{count} to be read again by {text.review_by}"
        yield Requirement(text.reference, due, "overdue", remedy)
