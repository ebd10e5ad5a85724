"""
One report from profile to published folder: read, execute, validate, render, publish.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import nbformat
from nbformat import NotebookNode

from tremplin.assessment import results as assess
from tremplin.assessment.subjects import open_register
from tremplin.case import Case
from tremplin.errors import InputError, ReportError
from tremplin.model.profile import Profile, load_profile
from tremplin.model.project import ProjectPlace
from tremplin.model.register import DataError
from tremplin.model.results import Results
from tremplin.model.vintage import read_vintage
from tremplin.money.financing import financing
from tremplin.money.forecast import forecast
from tremplin.notebook.prose import escape
from tremplin.notebook.provenance import versions
from tremplin.pipeline.calendar_file import write_calendar
from tremplin.pipeline.chapters import chapters, join
from tremplin.pipeline.document import write_document
from tremplin.pipeline.execute import EXECUTED, CellFailedError, execute, results
from tremplin.pipeline.forecast_book import write_forecast_book
from tremplin.pipeline.published import (
    calendar_name,
    check_target,
    document_name,
    forecast_name,
    keep_failed,
    made_before,
    publish,
)
from tremplin.pipeline.receipt import hashes, write_receipt
from tremplin.pipeline.render import Depth, Format, Renderer
from tremplin.pipeline.render.shared import with_shared_program
from tremplin.pipeline.validate import SKIPPED, Validation, validate
from tremplin.pipeline.workshop import Sources, Workshop, files, workshop
from tremplin.warm.machine import Machine

TITLE = "Rapport de faisabilité"
SUBTITLE = "Créer son entreprise en restant salarié"

TellStage = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ProjectFolders:
    """Where the parts of a tremplin project are."""

    notebooks: Path
    data: Path
    reports: Path
    out: Path

    @classmethod
    def of(cls, project: ProjectPlace, out: Path) -> Self:
        """Give those of a project, with the place of publication."""
        return cls(project.notebooks, project.data, project.reports, out)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for besides the person."""

    as_of: date
    formats: tuple[Format, ...]
    renderer: Renderer
    validated: bool = True
    shared: bool = False
    """Whether the page finds the chart program in `assets/` beside its folder."""
    key: str | None = None
    """What a batch calls this report made of these inputs; the receipt repeats it."""
    depth: Depth = "report"
    """How much the PDF holds; the page holds all but where the essentials alone are asked for."""


@dataclass(slots=True)
class Clock:
    """Seconds by stage, and who wants to hear that a stage begins."""

    tell: TellStage
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        self.tell(name)
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 2)


@dataclass(frozen=True, slots=True)
class Made:
    """A published report."""

    folder: Path
    results: dict[str, Any]
    validation: Validation
    seconds: dict[str, float]


def make_report(
    path: Path,
    project: ProjectFolders,
    order: Order,
    machine: Machine,
    tell: TellStage = lambda _: None,
) -> Made:
    """
    Make one person's report and publish it complete, or leave what was there before.

    Args:
        path: the profile.
        project: the notebooks, data, assets and place of publication.
        order: date, formats, renderer, and whether nbval must agree.
        machine: what its processes run on.
        tell: called with the name of each stage as it begins.

    Raises:
        InputError: the profile or the register is wrong.
        DataError: the register does not know the person's days, or lacks what a cell asks for.
        ReportError: a cell failed, did not reproduce, or could not be rendered.
        EnvironmentLacksError: something is missing on this machine.

    """
    clock = Clock(tell)
    with clock.stage("read"):
        profile = load_profile(path)
        register = open_register(project.data)
        chapters(project.notebooks)
    sources = Sources(path, project.notebooks, project.data, project.reports)
    before = made_before(check_target(project.out, profile.id, sources))
    order = replace(order, formats=tuple(dict.fromkeys((*order.formats, *before))))
    with workshop(project.out, sources, profile.id) as place:
        if load_profile(place.profile(profile.id)) != profile:
            raise ReportError.at("report.profile_changed", profile=str(path))
        try:
            found, validation = _made(place, profile, order, machine, clock)
        except ReportError as error:
            if isinstance(error, CellFailedError):
                # Where the register does not know the person's days, this says so better than a cell.
                assess(Case(profile, register, order.as_of))
                if error.data:
                    raise _of_the_data(error, place, project) from None
            if (notebook := _failed(place, profile)) is not None:
                with suppress(InputError):  # meanwhile, somebody put files of their own there
                    keep_failed(notebook, check_target(project.out, profile.id, sources))
            raise
        write_receipt(
            place.out,
            {
                "id": profile.id,
                **({} if order.key is None else {"key": order.key}),
                "as_of": order.as_of.isoformat(),
                "vintage": register.vintage.model_dump(),
                "inputs": _inputs(place),
                "versions": versions(),
                "renderer": {"name": order.renderer.name, "version": order.renderer.version},
                "shared_assets": order.shared,
                "depth": order.depth,
                "validation": {"verdict": validation.verdict, "cells": validation.cells},
                "seconds": clock.seconds,
            },
        )
        target = check_target(project.out, profile.id, sources)
        publish(place.out, target)
    return Made(target, found, validation, clock.seconds)


def _made(
    place: Workshop, profile: Profile, order: Order, machine: Machine, clock: Clock
) -> tuple[dict[str, Any], Validation]:
    """Execute, validate and render in the workshop; give the results and nbval's verdict."""
    executed = place.root / f"{profile.id}.ipynb"
    with clock.stage("execute"):
        parameters = {
            "profile": f"params/{profile.id}.yaml",
            "data": "data",
            "as_of": order.as_of.isoformat(),
        }
        joined = join(chapters(place.root / "notebooks"))
        notebook = execute(joined, place.root, parameters, machine)
        nbformat.write(notebook, executed)
    found = results(notebook)
    if found["token"] != profile.token(order.as_of):
        raise ReportError("the notebook speaks of another person or day: not published")
    _write_json(place.out / "results.json", found)
    write_calendar(place.out / calendar_name(profile.id), Results.model_validate(found))
    case = Case(profile, open_register(place.root / "data"), order.as_of)
    if found["forecast"]:
        write_forecast_book(
            place.out / forecast_name(profile.id), forecast(case), financing(case), order.as_of
        )
    with ThreadPoolExecutor(
        1
    ) as beside:  # neither needs the other, and both mostly wait for programs
        judged = beside.submit(_validated, executed, order, machine, clock)
        try:
            with clock.stage("render"):
                _render(notebook, place, profile, order, machine)
        finally:  # where both fail, it is nbval that knows why
            validation = judged.result()
    shutil.copyfile(executed, place.out / executed.name)
    shutil.copyfile(place.profile(profile.id), place.out / f"{profile.id}.yaml")
    return found, validation


def _of_the_data(error: CellFailedError, place: Workshop, project: ProjectFolders) -> DataError:
    """Make a cell's error of the data our own: it names the copy that it read, which nobody finds afterwards."""
    copy = place.root / "data"
    problems = error.data
    for path in (copy.resolve(), copy):
        problems = tuple(problem.moved(path, project.data) for problem in problems)
    return DataError(*problems)


def _validated(executed: Path, order: Order, machine: Machine, clock: Clock) -> Validation:
    if not order.validated:
        return SKIPPED
    with clock.stage("validate"):
        return validate(executed, machine)


def _failed(place: Workshop, profile: Profile) -> bytes | None:
    """Give the notebook of a report that failed, as far as it came."""
    for name in (f"{profile.id}.ipynb", EXECUTED):
        if (place.root / name).exists():
            return (place.root / name).read_bytes()
    return None


def _render(
    notebook: NotebookNode, place: Workshop, profile: Profile, order: Order, machine: Machine
) -> None:
    token = profile.token(order.as_of)
    write_document(
        notebook,
        place.render,
        {
            "title": TITLE,
            "subtitle": SUBTITLE,
            "lang": profile.lang,
            "date": order.as_of.isoformat(),
            "bibliography": "sources.bib",
            "person": escape(profile.name),
            "activity": escape(profile.project.activity),
            "reference": profile.id,
            "token": token,
            **_named_vintage(place),
            "depth": order.depth,
        },
    )
    made = order.renderer.render(place.render, order.formats, machine.run_module)
    for format_, file in made.items():
        if token.encode() not in file.read_bytes():
            raise ReportError(f"the {format_} does not carry this report's token: not published")
        if format_ == "html" and order.shared:
            page = with_shared_program(file.read_text(encoding="utf-8"))
            file.write_text(page, encoding="utf-8", newline="\n")
        file.rename(place.out / document_name(profile.id, format_))


def _named_vintage(place: Workshop) -> dict[str, str]:
    """Name the state of the world that the report knows, with a warning where it is not that of the sources."""
    _, vintage = read_vintage(place.root / "data")
    banner = {
        "official": {},
        "cited": {"banner": f"Chiffres cités, non vérifiés : {vintage.note}"},
        "counterfactual": {"banner": f"Hypothèse, et non le droit en vigueur : {vintage.note}"},
    }
    return {"vintage": vintage.id} | {
        key: escape(text) for key, text in banner[vintage.kind].items()
    }


def _inputs(place: Workshop) -> dict[str, dict[str, str]]:
    """Hash all that shaped the report, as it was copied, under names that tell nothing of this machine."""
    return {
        kind: hashes(files(folder), folder)
        for kind, folder in {
            "profile": place.root / "params",
            "notebooks": place.root / "notebooks",
            "data": place.root / "data",
            "assets": place.root / "reports",
        }.items()
    }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
