"""
`tremplin report`: one person's report.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tremplin import place
from tremplin.cli.command import err, out, said, shown
from tremplin.cli.options import (
    AsOf,
    DataFolder,
    DebugFile,
    DepthChoice,
    DepthOption,
    Formats,
    Overlay,
    ProfileFile,
    ProjectFolder,
    RendererChoice,
    RendererOption,
    project_of,
    read_day,
    read_formats,
)
from tremplin.errors import Lang, Phrase
from tremplin.errors.words import said as phrase

if TYPE_CHECKING:
    from tremplin.pipeline.report import Made, Order


def report(  # noqa: PLR0913, PLR0917 - typer makes an option of each parameter
    profile: ProfileFile,
    data: DataFolder = None,
    as_of: AsOf = None,
    overlay: Overlay = None,
    to: Formats = "html,pdf",
    depth: DepthOption = DepthChoice.REPORT,
    renderer: RendererOption = RendererChoice.AUTO,
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where reports go. [default: reports/out]"),
    ] = None,
    validate: Annotated[  # noqa: FBT002 - idem
        bool,
        typer.Option("--validate/--no-validate", help="Run nbval while the report is rendered."),
    ] = True,
    project: ProjectFolder = None,
    debug: DebugFile = None,
    *,
    lang: Lang,
) -> None:
    """Make one person's report: HTML, PDF and annex, executed notebook, results and receipt."""
    from tremplin.pipeline.debug import logged

    with logged(debug, "report") as log:
        place.check(place.REPORT)
        from tremplin.warm.machine import Machine

        with (
            project_of(project, data, overlay) as found,
            Machine(found.notebooks, found.reports) as machine,  # it gets ready while we do
        ):
            from tremplin.pipeline.render import choose_renderer
            from tremplin.pipeline.report import Order, ProjectFolders, make_report

            folders = ProjectFolders.of(found, folder or found.out)
            order = Order(
                read_day(as_of),
                read_formats(to, depth.value),
                choose_renderer(renderer.value),
                validate,
                depth=depth.value,
            )
            with Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                TimeElapsedColumn(),
                console=err,
                transient=True,
                disable=not err.is_terminal,
            ) as progress:
                task = progress.add_task(phrase(Phrase("start"), lang), total=None)

                def tell(stage: str) -> None:
                    log.stage(stage)
                    progress.update(task, description=phrase(stage, lang))

                made = make_report(profile, folders, order, machine, tell)
        log.add("made", seconds=made.seconds)
    for file in sorted(made.folder.iterdir()):
        if file.suffix in {".html", ".pdf"}:
            out.print(shown(file))
    for line in _lines(made, order, lang):
        out.print(line)


def _lines(made: "Made", order: "Order", lang: Lang) -> Iterator[str]:
    """Say the verdict, and what it took to make the report."""
    from tremplin.notebook.words import VERDICT_SHORT

    found = made.results
    verdict = found["verdict"]
    yield said(
        "told.verdict",
        lang,
        verdict=VERDICT_SHORT[verdict] if lang == "fr" else verdict.replace("_", " "),
        score=found["scores"]["overall"],
        blockers=", ".join(found["blockers"]) or None,
    )
    stages = " · ".join(
        said("told.stage", lang, stage=phrase(name, lang), seconds=seconds)
        for name, seconds in made.seconds.items()
    )
    cells = made.validation.cells if order.validated else None
    yield said("told.made_of", lang, stages=stages, renderer=order.renderer.name, cells=cells)
