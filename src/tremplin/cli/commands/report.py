"""
`tremplin report`: one person's report.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tremplin.cli.command import err, out, shown
from tremplin.cli.options import (
    AsOf,
    DataFolder,
    Formats,
    ProfileFile,
    RendererChoice,
    RendererOption,
    read_day,
    read_formats,
)
from tremplin.model.find import find


def report(  # noqa: PLR0913, PLR0917 - typer makes an option of each parameter
    profile: ProfileFile,
    data: DataFolder = Path("data"),
    as_of: AsOf = None,
    to: Formats = "html,pdf",
    renderer: RendererOption = RendererChoice.AUTO,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Where reports go. [default: reports/out]")
    ] = None,
    validate: Annotated[  # noqa: FBT002 - idem
        bool,
        typer.Option("--validate/--no-validate", help="Run nbval while the report is rendered."),
    ] = True,
) -> None:
    """Make one person's report: HTML, PDF, executed notebook, results and receipt."""
    from tremplin.warm.machine import Machine

    reports = find("reports")
    with Machine(find("notebooks"), reports) as machine:  # it gets ready while we do
        from tremplin.pipeline.render import choose_renderer
        from tremplin.pipeline.report import Order, ProjectFolders, make_report

        project = ProjectFolders(find("notebooks"), find(data), reports, folder or reports / "out")
        order = Order(read_day(as_of), read_formats(to), choose_renderer(renderer.value), validate)
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=err,
            transient=True,
            disable=not err.is_terminal,
        ) as progress:
            task = progress.add_task("start", total=None)
            made = make_report(
                profile,
                project,
                order,
                machine,
                lambda stage: progress.update(task, description=stage),
            )
    found = made.results
    for file in sorted(made.folder.iterdir()):
        if file.suffix in {".html", ".pdf"}:
            out.print(shown(file))
    out.print(
        f"Verdict: {found['verdict'].replace('_', ' ')}, overall score {found['scores']['overall']}/100"
        + (f", blocked by {', '.join(found['blockers'])}" if found["blockers"] else "")
    )
    stages = " · ".join(f"{name} {seconds:.1f} s" for name, seconds in made.seconds.items())
    checked = f"{made.validation.cells} cells reproduced" if validate else "not validated"
    out.print(f"{stages} · renderer {order.renderer.name} · {checked}")
