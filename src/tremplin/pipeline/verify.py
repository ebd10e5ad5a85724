"""
Make reports again from what their receipts say, and tell what comes out differently.
"""

import shutil
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from tremplin.errors import InputError, Lang, Problem, render
from tremplin.model.profile import load_profile
from tremplin.model.scalar import values_hidden
from tremplin.notebook.provenance import versions
from tremplin.pipeline.batch.bundle import inputs
from tremplin.pipeline.batch.plan import Plan
from tremplin.pipeline.batch.run import run_batch
from tremplin.pipeline.published import DOCUMENTS, document_name, others
from tremplin.pipeline.receipt import Receipt, differing, read_receipt
from tremplin.pipeline.render import Renderer, RendererName, choose_renderer
from tremplin.pipeline.render.shared import spoilt_program
from tremplin.pipeline.report import Order, ProjectFolders
from tremplin.pipeline.workshop import RECEIPT, private_place


@dataclass(slots=True)
class Verification:
    """What became of one report; all lists are empty where the same inputs gave the same bytes."""

    id: str
    altered: list[str] = field(default_factory=list)
    """Files that are no longer what the receipt says, or are gone."""
    inputs: list[str] = field(default_factory=list)
    """What it was made of and is now another: files of the project, versions of packages."""
    differing: list[str] = field(default_factory=list)
    """Files that came out differently."""
    others: list[str] = field(default_factory=list)
    """What somebody put beside it; the report itself is none the worse."""
    failure: tuple[Problem, ...] = ()
    """Why it could not be made again."""

    @property
    def same(self) -> bool:
        """Whether the report is what it was and can be made again."""
        return not (self.altered or self.differing or self.failure)

    def told(self, lang: Lang) -> str:
        """Tell it in a line."""
        lists = {
            "verify.altered": self.altered,
            "verify.differing": self.differing,
            "verify.other_inputs": self.inputs,
            "verify.others": self.others,
        }
        found = [Problem.at(code, files=", ".join(files)) for code, files in lists.items() if files]
        if self.failure:
            reason = "\n".join(render(problem, lang) for problem in self.failure)
            found.append(Problem.at("verify.failed", reason=reason))
        found = found or [Problem.at("verify.same")]
        return f"{self.id}: {'; '.join(render(problem, lang) for problem in found)}"


def verify(out: Path, project: ProjectFolders, jobs: int) -> list[Verification]:
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
    folders = sorted(receipt.parent for receipt in out.glob(f"[!.]*/{RECEIPT}"))
    if not folders:
        raise InputError.at("out.no_report", out)
    now, here = inputs(project), versions()
    found: dict[str, Verification] = {}
    orders: defaultdict[Order, list[Receipt]] = defaultdict(list)
    for folder in folders:
        verification = found[folder.name] = Verification(folder.name, others=others(folder))
        try:
            one = read_receipt(folder / RECEIPT)
        except InputError as error:
            verification.failure = error.problems
            continue
        _compare(verification, folder, one, now, here)
        verification.failure = _unusable(folder)
        if not verification.failure:
            orders[_order(one)].append(one)
    with private_place(out) as root:
        for number, (order, group) in enumerate(orders.items()):
            people, again = root / f"people-{number}", root / f"again-{number}"
            people.mkdir()
            for one in group:
                shutil.copyfile(out / one.id / f"{one.id}.yaml", people / f"{one.id}.yaml")
            plan = Plan(
                str(people), replace(project, out=again), order, "none", jobs=jobs, alone=True
            )
            for failure in run_batch(plan, lambda _, __: None).failures:
                found[failure.id].failure = tuple(
                    problem.moved(f"{people}/", "") for problem in failure.problems
                )
            for one in group:
                if not found[one.id].failure:
                    found[one.id].differing = differing(again / one.id, one)
    return list(found.values())


def _order(receipt: Receipt) -> Order:
    """Give the order that a receipt answers; nbval said what it had to say the first time."""
    formats = tuple(
        kind for kind in DOCUMENTS if document_name(receipt.id, kind) in receipt.outputs
    )
    renderer = _renderer("quarto" if receipt.renderer.get("name") == "quarto" else "pandoc")
    return Order(
        receipt.as_of,
        formats,
        renderer,
        validated=False,
        shared=receipt.shared_assets,
        depth=receipt.depth,
    )


@cache
def _renderer(name: RendererName) -> Renderer:
    return choose_renderer(name)


def _unusable(folder: Path) -> tuple[Problem, ...]:
    """Say why the kept profile cannot serve to make the report again, if so."""
    profile = folder / f"{folder.name}.yaml"
    if not profile.is_file():
        return (Problem.at("verify.profile_gone"),)
    try:
        with values_hidden():
            named = load_profile(profile).id
    except InputError as error:
        return tuple(problem.moved(f"{folder}/", "") for problem in error.problems)
    # The batch would tell what goes wrong of the person with that id.
    if named != folder.name:
        return (Problem.at("verify.other_id", profile=profile.name, id=folder.name),)
    return ()


def _compare(
    found: Verification,
    folder: Path,
    receipt: Receipt,
    now: dict[str, dict[str, str]],
    here: dict[str, str],
) -> None:
    """Compare what is there with what the receipt says, before anything is made."""
    found.altered = differing(folder, receipt)
    page = folder / f"{receipt.id}.html"
    if receipt.shared_assets and page.is_file() and (program := spoilt_program(page)):
        found.altered.append(program)
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
