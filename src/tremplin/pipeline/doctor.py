"""
What this machine has of what a report needs, and how to get the rest.

Nothing here fails: a doctor who falls ill at the sight of a patient helps nobody.
"""

import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pypandoc
import typst
from jupyter_client.kernelspec import KernelSpecManager

from tremplin import place
from tremplin.errors import EnvironmentLacksError, Lang, Phrase, Problem, TremplinError, Value
from tremplin.errors.words import said, sentences
from tremplin.model.brand import load_brand
from tremplin.model.find import find
from tremplin.model.register import Register
from tremplin.model.rules import by_text
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.render.quarto import QuartoRenderer, find_quarto
from tremplin.pipeline.workshop import BUILT
from tremplin.warm.forked import START_SECONDS, Forked
from tremplin.warm.owner import NoTemplateError, Template

State = Literal["ok", "missing", "optional", "overdue"]

_PACKAGES = ("tremplin", "papermill", "nbval", "polars", "altair", "vl-convert-python")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a report needs."""

    what: str
    found: str
    """A version or a place; what was looked for in vain, where it is missing."""
    state: State
    remedy: str = ""
    """What to do where it is not there."""


def examine(brand_file: Path, data: Path, day: date, lang: Lang = "en") -> list[Requirement]:
    """
    Look at everything that a report needs, in the order in which a report needs it.

    Brand and data are looked up from the working folder upwards, as a report does.

    `missing` stops reports; `optional` does without; `overdue` is law to be read again before that day.
    """
    doctor = _Doctor(lang)
    return [
        Requirement("Python", platform.python_version(), "ok"),
        *doctor.process(),
        doctor.folder(Phrase("temporary files"), Path(tempfile.gettempdir())),
        doctor.folder(Phrase("reports"), brand_file.parent / BUILT),
        doctor.loopback(),
        doctor.home(),
        doctor.letters(),
        *(doctor.package(name) for name in _PACKAGES),
        doctor.kernel(),
        doctor.forks(),
        doctor.pandoc(),
        doctor.package("typst"),
        doctor.quarto(),
        doctor.renderer(),
        *doctor.fonts(brand_file),
        *doctor.rules(data, day),
    ]


@dataclass(frozen=True, slots=True)
class _Doctor:
    """Whoever looks, and says in a language what is found."""

    lang: Lang

    def told(self, what: str, state: State, code: str, **values: Value) -> Requirement:
        found, remedy = sentences(code, values, self.lang)
        return Requirement(said(what, self.lang), found, state, remedy)

    def package(self, name: str) -> Requirement:
        try:
            return Requirement(name, importlib.metadata.version(name), "ok")
        except importlib.metadata.PackageNotFoundError:
            return self.told(name, "missing", "doctor.not_installed")

    def lacks(self, what: str, state: State, problem: Problem) -> Requirement:
        return self.told(what, state, problem.code, **problem.values)

    def process(self) -> Iterator[Requirement]:
        """Look at what this machine gives to a process: memory and open files."""
        found = {problem.code: problem for problem in place.lacking(place.REPORT)}
        files = found.pop("place.open_files", None)
        for problem in found.values():
            yield self.lacks(Phrase("memory"), "missing", problem)
        if not found:
            memory = place.memory_here()
            yield Requirement(said(Phrase("memory"), self.lang), f"{memory or '?'} MiB", "ok")
        if files is not None:
            yield self.lacks(Phrase("open files"), "missing", files)
        else:
            yield Requirement(said(Phrase("open files"), self.lang), f"{place.open_files()}", "ok")

    def folder(self, what: str, folder: Path) -> Requirement:
        problem = place.not_writable(folder)
        if problem is not None:
            return self.lacks(what, "missing", problem)
        return Requirement(said(what, self.lang), str(folder), "ok")

    def loopback(self) -> Requirement:
        problem = place.no_loopback()
        if problem is not None:
            return self.lacks(Phrase("loopback"), "optional", problem)
        return Requirement(said(Phrase("loopback"), self.lang), place.HERE, "ok")

    def home(self) -> Requirement:
        what = Phrase("home folder")
        if Path.home().name.startswith(place.LENT):
            return self.told(what, "optional", "doctor.home_lent")
        return Requirement(said(what, self.lang), str(Path.home()), "ok")

    def letters(self) -> Requirement:
        what, encoding = Phrase("letters"), sys.stdout.encoding
        try:
            "é€’".encode(encoding)
        except UnicodeEncodeError:
            return self.told(what, "optional", "doctor.few_letters", encoding=encoding)
        return Requirement(said(what, self.lang), encoding, "ok")

    def kernel(self) -> Requirement:
        kernels, what = KernelSpecManager().find_kernel_specs(), Phrase("Jupyter kernel python3")
        if "python3" in kernels:
            return Requirement(said(what, self.lang), kernels["python3"], "ok")
        return self.told(what, "missing", "doctor.not_installed")

    def forks(self) -> Requirement:
        what = Phrase("fast kernels")
        try:
            with Template() as template, open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - the device, whatever the system calls it
                silent = (nothing.fileno(),) * 3
                command = [sys.executable, "-m", "timeit", "-n1", "-r1", "pass"]
                Forked.start(template.address, command, streams=silent).wait(START_SECONDS)
        except (NoTemplateError, subprocess.TimeoutExpired) as reason:
            return self.told(what, "optional", "doctor.slow_kernels", reason=str(reason))
        return self.told(what, "ok", "doctor.fast_kernels")

    def pandoc(self) -> Requirement:
        try:
            return Requirement("pandoc", pypandoc.get_pandoc_version(), "ok")
        except OSError:
            return self.told("pandoc", "missing", "doctor.no_pandoc")

    def quarto(self) -> Requirement:
        try:
            program = find_quarto()
            if program is None:
                return self.told("Quarto", "optional", "doctor.no_quarto")
            return Requirement("Quarto", f"{QuartoRenderer(program).version}, {program}", "ok")
        except EnvironmentLacksError as error:
            return self.lacks("Quarto", "missing", error.problems[0])

    def renderer(self) -> Requirement:
        codes = {"quarto": "doctor.renders_with_quarto", "pandoc": "doctor.renders_with_pandoc"}
        try:
            return self.told("--renderer auto", "ok", codes[choose_renderer("auto").name])
        except EnvironmentLacksError:
            return self.told("--renderer auto", "missing", "doctor.renders_with_none")

    def fonts(self, brand_file: Path) -> Iterator[Requirement]:
        try:
            file = find(brand_file)
            brand = load_brand(file)
        except TremplinError as error:
            reason = error.told(self.lang)
            yield self.told(Phrase("brand"), "missing", "doctor.brand_broken", reason=reason)
            return
        yield Requirement(said(Phrase("brand"), self.lang), f"{brand.name}, {file}", "ok")
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[*brand.font_folders])
        available, font = fonts.families(), said(Phrase("font"), self.lang)
        for family in dict.fromkeys((brand.sans, brand.serif)):
            if family in available:
                yield self.told(f"{font} {family}", "ok", "doctor.font_found")
            else:
                yield self.told(f"{font} {family}", "missing", "doctor.font_missing")

    def rules(self, data: Path, day: date) -> Iterator[Requirement]:
        """Tell which rules of law were to be read again, by their texts."""
        try:
            folder = find(data)
            register = Register.open(folder)
        except TremplinError as error:
            reason = error.told(self.lang)
            yield self.told(Phrase("register"), "missing", "doctor.register_broken", reason=reason)
            return
        yield Requirement(said(Phrase("register"), self.lang), str(folder), "ok")
        for text in by_text(register.to_read_again(day)):
            several: dict[str, Value] = {"count": text.count} if text.count > 1 else {}
            found, again = sentences(
                "doctor.to_read_again", {"day": str(text.review_by), **several}, self.lang
            )
            remedy = " ".join((again, *text.successors))
            yield Requirement(text.reference, found, "overdue", remedy)
