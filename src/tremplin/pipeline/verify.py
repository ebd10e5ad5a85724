"""
Make reports again from what their receipts say, and tell what comes out differently.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ValidationError

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
    receipts = list(_receipts(out))
    if not receipts:
        raise InputError.of(
            out, "holds no finished report", "Name the folder reports were written to"
        )
    now, here = inputs(project), versions()
    found = {one.id: _compared(out / one.id, one, now, here) for one in receipts}
    orders: defaultdict[Order, list[_Receipt]] = defaultdict(list)
    for one in receipts:
        orders[_order(one)].append(one)
    with private_place(out) as root:
        for number, (order, group) in enumerate(orders.items()):
            people, again = root / f"people-{number}", root / f"again-{number}"
            people.mkdir()
            for one in group:
                profile = out / one.id / f"{one.id}.yaml"
                if profile.is_file():
                    shutil.copyfile(profile, people / profile.name)
                else:
                    found[one.id].failure = "its profile is gone"
            if not any(people.iterdir()):
                continue
            plan = Plan(
                str(people), replace(project, out=again), order, "none", jobs=jobs, alone=True
            )
            for failure in run_batch(plan, lambda _, __: None).failures:
                named = failure.id.removeprefix("file ").removesuffix(".yaml")
                found[named].failure = failure.message.replace(f"{people}/", "")
            for one in group:
                if not found[one.id].failure:
                    found[one.id].differing = _other(again / one.id, one)
    return list(found.values())


class _Receipt(BaseModel):
    """What is read of a receipt."""

    id: str
    as_of: date
    inputs: dict[str, dict[str, str]]
    outputs: dict[str, str]
    versions: dict[str, str]
    renderer: dict[str, str]
    shared_assets: bool


def _receipts(out: Path) -> Iterator[_Receipt]:
    for folder in reports(out) if out.is_dir() else ():
        file = folder / RECEIPT
        if not file.is_file():
            continue
        try:
            found = _Receipt.model_validate_json(file.read_bytes())
        except ValidationError:
            found = None
        if found is None or found.id != folder.name:
            raise InputError.of(
                file, "is no receipt that a report can be made from", "Make this report again"
            )
        yield found


def _order(receipt: _Receipt) -> Order:
    """Give the order that a receipt answers; nbval said what it had to say the first time."""
    formats: tuple[Format, ...] = tuple(
        ending for ending in FORMATS if f"{receipt.id}.{ending}" in receipt.outputs
    )
    renderer = _renderer("quarto" if receipt.renderer.get("name") == "quarto" else "pandoc")
    return Order(receipt.as_of, formats, renderer, validated=False, shared=receipt.shared_assets)


@cache
def _renderer(name: RendererName) -> Renderer:
    return choose_renderer(name)


def _other(folder: Path, receipt: _Receipt) -> list[str]:
    """Name the files of a receipt that are others in a folder, or not there."""
    return [
        name
        for name, digest in receipt.outputs.items()
        if not (folder / name).is_file() or sha256(folder / name) != digest
    ]


def _compared(
    folder: Path, receipt: _Receipt, now: dict[str, dict[str, str]], here: dict[str, str]
) -> Verdict:
    """Compare what is there with what the receipt says, before anything is made."""
    found = Verdict(receipt.id, altered=_other(folder, receipt))
    for kind, files in now.items():
        then = receipt.inputs.get(kind, {})
        found.inputs += [
            f"{kind}/{name}"
            for name in sorted(files.keys() | then.keys())
            if files.get(name) != then.get(name)
        ]
    found.inputs += [
        f"{name} {version}"
        for name, version in receipt.versions.items()
        if here.get(name) != version
    ]
    return found
