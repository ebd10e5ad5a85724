"""
`tremplin ingest`: raw files to series, series to figures.
"""

from typing import Annotated

import typer

from tremplin.cli.command import err, out, said
from tremplin.cli.options import DataFolder, ProjectFolder, read_day
from tremplin.errors import Lang, render
from tremplin.model.project import find_project

MOST = 20
"""Changes that are told one by one: a new dataset brings hundreds."""


def ingest(
    data: DataFolder = None,
    snapshot: Annotated[
        str | None,
        typer.Option(
            "--snapshot", metavar="DATE", help="The raw files as of this day. [default: the newest]"
        ),
    ] = None,
    project: ProjectFolder = None,
    *,
    lang: Lang,
) -> None:
    """Make series and derived figures of the raw files anew, offline, and say what changed."""
    from tremplin.ingest.run import ingest as work

    found = work(find_project(project, data).data, read_day(snapshot) if snapshot else None)
    found.write()
    series = found.series
    out.print(
        said(
            "told.ingest_read",
            lang,
            snapshots=len(found.snapshots),
            series=series["series"].n_unique(),
            values=series.height,
            figures=len(found.derived),
        )
    )
    for one in found.changes[:MOST]:
        out.print(
            said("told.ingest_change", lang, what=one.what, before=one.before, after=one.after)
        )
    if len(found.changes) > MOST:
        out.print(said("told.ingest_more", lang, count=len(found.changes) - MOST))
    if not found.changes:
        out.print(said("told.ingest_same", lang))
    for problem in found.told:
        err.print(render(problem, lang), style="yellow")
