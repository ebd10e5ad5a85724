"""
The portfolio of a folder of reports: read their results, execute its notebook, render, publish.
"""

import contextlib
import csv
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tremplin.errors import EnvironmentLacksError, InputError, Place
from tremplin.model.delivered import (
    FAILURE_COLUMNS,
    NUMBER,
    RESULTS,
    Failure,
    read_failures,
    read_one,
    read_results,
)
from tremplin.model.register import Register
from tremplin.pipeline.calendar_file import write_calendar_of_all
from tremplin.pipeline.disk import not_written
from tremplin.pipeline.document import write_document
from tremplin.pipeline.execute import run
from tremplin.pipeline.report import Order, ProjectFolders
from tremplin.pipeline.workshop import PORTFOLIO, RECEIPT, copy, private_place
from tremplin.statistics.portfolio import PortfolioFindings
from tremplin.warm.machine import Machine

NOTEBOOK = "portfolio.ipynb"
FAILURES = "failures.csv"
FAILURE_TABLE = (*FAILURE_COLUMNS, NUMBER, "line", "key")
NAMES = "names.csv"
NAME = "portfolio"
TITLE = "Portefeuille"
SUBTITLE = "Les projets de création suivis, en un coup d’œil"

MARKDOWN = "text/markdown"
# The filters of the reports keep links to the web alone. A link to a report goes through them as a class, and becomes a
# link again in the page; on paper it would lead nowhere.
_LINK = re.compile(r"\]\(([a-z0-9][a-z0-9-]{0,63})/\1\.html\)")
_MARKED = re.compile(
    r'<span class="to-report report-([a-z0-9][a-z0-9-]{0,63})">(.*?)</span>', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Place:
    """The private folder: `people` and `data` are copies of what is read, `reports` and `render` are the assets."""

    root: Path

    @property
    def people(self) -> Path:
        return self.root / "people"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def render(self) -> Path:
        return self.root / "render"

    @property
    def finished(self) -> Path:
        return self.root / "finished"


def make_portfolio(
    out: Path,
    project: ProjectFolders,
    order: Order,
    machine: Machine,
    names: Mapping[str, str] | None = None,
) -> list[Path]:
    """
    Make the portfolio of the reports in a folder and publish it there, all of it or nothing.

    Its files are `portfolio.html` and `portfolio.pdf` (as the order asks), `portfolio.ipynb`,
    `portfolio.parquet` and `portfolio.ics`. A report counts once its receipt is there; one whose results cannot be read is told
    among the failures, as are those of `failures.csv`.

    Args:
        out: the folder of the reports, one folder a person.
        project: the notebooks, data and assets.
        order: date, formats and renderer.
        machine: what its processes run on.
        names: how to call people, by id; their ids where there is none.

    Raises:
        InputError: there is no finished report, or the list of failures cannot be read.
        ReportError: a cell failed, or the document could not be rendered.
        EnvironmentLacksError: something is missing on this machine.

    """
    if not (project.notebooks / NOTEBOOK).is_file():
        raise EnvironmentLacksError(f"there is no {NOTEBOOK} in {project.notebooks.name}/")
    with private_place(out) as root:
        place = _Place(root)
        parameters = _gathered(out, place, names or {})
        _furnished(place, project)
        executed = run(
            root / NOTEBOOK,
            place.finished / NOTEBOOK,
            machine,
            cwd=place.people,
            parameters={**parameters, "as_of": order.as_of.isoformat()},
        )
        nbformat.write(executed, place.finished / NOTEBOOK)
        _rendered(executed, place, order, machine, out)
        results = read_results(place.people)
        found = PortfolioFindings(results, Register.open(place.data), order.as_of)
        found.people.write_parquet(place.finished / f"{NAME}.parquet")
        write_calendar_of_all(place.finished / f"{NAME}.ics", results, order.as_of, names or {})
        return _published(place, out)


def _gathered(out: Path, place: _Place, names: Mapping[str, str]) -> dict[str, str]:
    """Copy what the notebook reads, and give its parameters: nothing that changes meanwhile reaches it."""
    place.people.mkdir()
    failures = list(read_failures(out / FAILURES)) if (out / FAILURES).is_file() else []
    ids = []
    for receipt in sorted(out.glob(f"[!.]*/{RECEIPT}")):
        folder = receipt.parent
        try:
            read_one(folder / RESULTS)
        except InputError:
            failures.append(Failure(folder.name, "results", ""))
            continue
        (place.people / folder.name).mkdir()
        shutil.copyfile(folder / RESULTS, place.people / folder.name / RESULTS)
        ids.append(folder.name)
    if not ids:
        raise InputError.at("out.no_report_yet", out)
    known = [*ids, *(one.id for one in failures)]
    named = [(id_, names[id_]) for id_ in sorted(set(known)) if names.get(id_)]
    if named:
        _write_csv(place.people / NAMES, ("id", "name"), named)
    if failures:
        failures.sort(key=lambda one: (one.id, one.kind))
        rows = chain.from_iterable(_rows(one) for one in failures)
        _write_csv(place.people / FAILURES, FAILURE_TABLE, rows)
    return {
        "reports": ".",
        "people": NAMES if named else "",
        "failures": FAILURES if failures else "",
        "data": "data",
    }


def _rows(failure: Failure) -> Iterator[tuple[str, ...]]:
    """
    Write a failure as `read_failures` reads it, a row for each place that it names.

    Its words, which are in the language of who ran the batch, do not reach the notebook, which is in French.
    """
    for number, place in enumerate(failure.places or (Place(),), start=1):
        line, key = str(place.line or ""), place.key or ""
        yield failure.id, failure.kind, "", str(number), line, key


def _write_csv(path: Path, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(chain([head], rows))


def _furnished(place: _Place, project: ProjectFolders) -> None:
    """Copy the notebook, the data and the assets beside the results."""
    shutil.copyfile(project.notebooks / NOTEBOOK, place.root / NOTEBOOK)
    copy(project.data, place.data)
    copy(project.reports, place.reports)
    copy(place.reports, place.render)
    place.finished.mkdir()


def _rendered(
    executed: NotebookNode, place: _Place, order: Order, machine: Machine, out: Path
) -> None:
    front = {"title": TITLE, "subtitle": SUBTITLE, "lang": "fr", "date": order.as_of.isoformat()}
    write_document(_with_marks(executed), place.render, front)
    formats = [kind for kind in order.formats if kind != "annex"]
    made = order.renderer.render(place.render, formats, machine.run_module)
    for format_, file in made.items():
        if format_ == "html":
            page = file.read_text(encoding="utf-8")
            file.write_text(_with_links(page, out), encoding="utf-8", newline="\n")
        file.rename(place.finished / f"{NAME}.{format_}")


def _with_marks(executed: NotebookNode) -> NotebookNode:
    """Make a class of each link to a report: text that people typed is escaped, so no link is theirs."""
    notebook: NotebookNode = nbformat.from_dict(executed)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            text = output.get("data", {}).get(MARKDOWN)
            if text is not None:
                output["data"][MARKDOWN] = _LINK.sub(r"]{.to-report .report-\1}", text)
    return notebook


def _with_links(page: str, out: Path) -> str:
    """Make links of the marks, each to the page or the PDF of a report beside the portfolio; nothing where there is neither."""

    def link(mark: re.Match[str]) -> str:
        id_, name = mark.groups()
        made = (f"{id_}/{id_}.{format_}" for format_ in ("html", "pdf"))
        target = next((one for one in made if (out / one).is_file()), None)
        return f'<a href="{target}">{name}</a>' if target else name

    return _MARKED.sub(link, page)


def _published(place: _Place, out: Path) -> list[Path]:
    """
    Put the finished files in their places; where one cannot be, all is as it was before.

    A format that was not asked for goes: it would speak of other reports.
    """
    finished = sorted(place.finished.iterdir())
    stale = [out / name for name in PORTFOLIO]
    former = place.root / "former"
    former.mkdir()
    targets = [out / file.name for file in finished]
    try:
        for target in stale:
            if target.exists():
                shutil.copy2(target, former / target.name)
        for file, target in zip(finished, targets, strict=True):
            file.replace(target)
        for target in set(stale) - set(targets):
            target.unlink(missing_ok=True)
    except OSError as error:
        for target in stale:
            with contextlib.suppress(OSError):
                if (former / target.name).exists():
                    (former / target.name).replace(target)
                elif target in targets:
                    target.unlink(missing_ok=True)
        raise EnvironmentLacksError(not_written(out, error)) from error
    return targets
