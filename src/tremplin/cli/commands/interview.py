"""
`tremplin interview`: questions in French, in a browser on this machine.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin import place
from tremplin.cli.command import err, said, shown
from tremplin.cli.options import AsOf, DataFolder, ProjectFolder, read_day
from tremplin.errors import Lang
from tremplin.model.project import find_project


def interview(  # noqa: PLR0913 - typer makes an option of each parameter
    profile: Annotated[
        Path,
        typer.Argument(metavar="PROFILE", help="Where the answers are kept; read if it is there."),
    ] = Path("mon-projet.yaml"),
    data: DataFolder = None,
    as_of: AsOf = None,
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where reports go. [default: reports/out]"),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65_535, metavar="N", help="0 is any free one.")
    ] = 0,
    *,
    project: ProjectFolder = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")
    ] = True,
    lang: Lang,
) -> None:
    """Ask the questions in French, a topic a page, in a browser; then make the report."""
    from collections.abc import Callable

    place.check(place.REPORT, place.no_loopback())
    from tremplin.assessment.subjects import open_register
    from tremplin.interview.answers import Answers
    from tremplin.interview.app import Interview
    from tremplin.interview.making import Making
    from tremplin.interview.serve import serve
    from tremplin.pipeline.render import choose_renderer
    from tremplin.pipeline.report import Order, ProjectFolders, make_report
    from tremplin.warm.machine import Machine

    day, found = read_day(as_of), find_project(project, data)
    folders = ProjectFolders.of(found, folder or found.out)
    order = Order(day, ("html", "pdf", "annex"), choose_renderer("auto"))
    answers = Answers.open(profile)
    with Machine(found.notebooks, found.reports) as machine:

        def make(path: Path, tell: Callable[[str], None]) -> Path:
            return make_report(path, folders, order, machine, tell).folder

        def tell(address: str) -> None:
            err.print(said("told.open", lang, address=address))
            err.print(said("told.answers_kept", lang, file=shown(profile)))

        served = Interview(answers, open_register(found.data), day, Making(make))
        serve(served, tell, port=port, opened=browser)
