"""
Make reports again from what their receipts say, and tell what comes out differently.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tremplin.errors import InputError
from tremplin.notebook.provenance import versions
from tremplin.pipeline.batch.bundle import inputs
from tremplin.pipeline.batch.run import Plan, run_batch
from tremplin.pipeline.receipt import sha256
from tremplin.pipeline.render import Format, Renderer, RendererName, choose_renderer
from tremplin.pipeline.report import Order, Project
from tremplin.pipeline.workshop import RECEIPT, private_place, reports

FORMATS: tuple[Format, ...] = ("html", "pdf")


@dataclass(slots=True)
class Verdict:
    """What became of one report; all lists are empty where the same inputs gave the same bytes."""

    id: str
    altered: list[str] = field(default_factory=list)
    """Files that are no longer what the receipt says, or are gone."""
    inputs: list[str] = field(default_factory=list)
    """What it was made of and is now another: files of the project, versions of packages."""
    differing: list[str] = field(default_factory=list)
    """Files that came out differently."""
    failure: str = ""
    """Why it could not be made again."""

    @property
    def same(self) -> bool:
        """Whether the report is what it was and can be made again."""
        return not (self.altered or self.differing or self.failure)

    def __str__(self) -> str:
        """Tell it in a line."""
        said = [
            f"{what} {', '.join(found)}"
            for what, found in (
                ("changed since it was made:", self.altered),
                ("comes out differently:", self.differing),
                ("made of other inputs:", self.inputs),
            )
            if found
        ]
        if self.failure:
            said.append(f"cannot be made again: {self.failure}")
        return f"{self.id}: {'; '.join(said) or 'same'}"


def verify(out: Path, project: Project, jobs: int) -> list[Verdict]:
    """
    Make the reports of a folder again, each from the profile beside it and for the day of its receipt, and compare.

    Args:
        out: a folder of reports. Nothing in it is changed.
        project: the notebooks, data and assets of today.
        jobs: how many to make at once.

    Raises:
        InputError: there is no report.
        EnvironmentLacksError: a renderer is missing, or the folder cannot be written for the time of the work.

    """
    receipts = dict(_receipts(out))
    if not receipts:
        raise InputError.of(
            out, "holds no finished report", "Name the folder reports were written to"
        )
    found = {name: _compared(out / name, receipt, project) for name, receipt in receipts.items()}
    orders: defaultdict[Order, list[str]] = defaultdict(list)
    for name, receipt in receipts.items():
        orders[_order(receipt)].append(name)
    with private_place(out) as root:
        for number, (order, names) in enumerate(orders.items()):
            people, again = root / f"people-{number}", root / f"again-{number}"
            people.mkdir()
            for name in names:
                profile = out / name / f"{name}.yaml"
                if profile.is_file():
                    shutil.copyfile(profile, people / profile.name)
                else:
                    found[name].failure = "its profile is gone"
            if not any(people.iterdir()):
                continue
            plan = Plan(
                str(people), replace(project, out=again), order, "none", jobs=jobs, alone=True
            )
            failures = run_batch(plan, lambda _, __: None).failures
            for failure in failures:
                found[failure.id].failure = failure.message
            for name in (name for name in names if not found[name].failure):
                outputs = receipts[name]["outputs"]
                found[name].differing = [
                    file
                    for file, digest in outputs.items()
                    if sha256(again / name / file) != digest
                ]
    return list(found.values())


def _receipts(out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for folder in reports(out) if out.is_dir() else ():
        receipt = folder / RECEIPT
        if receipt.is_file():
            try:
                found = json.loads(receipt.read_text(encoding="utf-8"))
                yield found["id"], found
            except (ValueError, KeyError, TypeError):
                raise InputError.of(receipt, "is no receipt", "Make this report again") from None


def _order(receipt: dict[str, Any]) -> Order:
    """Give the order that a receipt answers; nbval said what it had to say the first time."""
    outputs = receipt["outputs"]
    name = receipt["id"]
    formats: tuple[Format, ...] = tuple(
        ending for ending in FORMATS if f"{name}.{ending}" in outputs
    )
    renderer = _renderer(receipt["renderer"]["name"])
    day = date.fromisoformat(receipt["as_of"])
    return Order(day, formats, renderer, validated=False, shared=receipt["shared_assets"])


@cache
def _renderer(name: RendererName) -> Renderer:
    return choose_renderer(name)


def _compared(folder: Path, receipt: dict[str, Any], project: Project) -> Verdict:
    """Compare what is there with what the receipt says, before anything is made."""
    found = Verdict(receipt["id"])
    for name, digest in receipt["outputs"].items():
        file = folder / name
        if not file.is_file() or sha256(file) != digest:
            found.altered.append(name)
    now = inputs(project)
    for kind, files in now.items():
        then = receipt["inputs"][kind]
        found.inputs += [
            f"{kind}/{name}"
            for name in sorted(files.keys() | then.keys())
            if files.get(name) != then.get(name)
        ]
    here = versions()
    found.inputs += [
        f"{name} {version}"
        for name, version in receipt["versions"].items()
        if here.get(name) != version
    ]
    return found
