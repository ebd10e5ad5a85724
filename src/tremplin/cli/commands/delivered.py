"""
`tremplin verify` and `purge`: the reports that a folder has.
"""

from typing import Annotated

import typer

from tremplin import place
from tremplin.cli.command import err, out, said
from tremplin.cli.options import (
    DataFolder,
    Jobs,
    Overlay,
    ProjectFolder,
    ReportsFolder,
    project_of,
)
from tremplin.errors import Lang, render


def verify(  # noqa: PLR0913 - typer makes an option of each parameter
    folder: ReportsFolder,
    data: DataFolder = None,
    overlay: Overlay = None,
    jobs: Jobs = None,
    project: ProjectFolder = None,
    *,
    lang: Lang,
) -> None:
    """Make reports again from their receipts and tell what differs."""
    wanted = jobs or place.cores()
    place.check(place.of_batch(wanted), place.no_loopback())
    from tremplin.pipeline.report import ProjectFolders
    from tremplin.pipeline.verify import verify as verify_reports

    with project_of(project, data, overlay) as made_from:
        made_of = ProjectFolders.of(made_from, folder)
        found = verify_reports(folder, made_of, wanted)
    for one in found:
        out.print(one.told(lang))
    if not all(one.same for one in found):
        raise typer.Exit(1)


def purge(
    folder: ReportsFolder,
    older_than: Annotated[str, typer.Option(metavar="AGE", help="Days since publication, as 90d.")],
    *,
    lang: Lang,
) -> None:
    """Delete old reports, and what tells of them together; the ledger remembers that they were deleted."""
    from tremplin.pipeline.purge import purge as purge_reports
    from tremplin.pipeline.purge import read_age

    found = purge_reports(folder, read_age(older_than))
    out.print(said("told.purged", lang, deleted=found.deleted, kept=found.kept))
    for problem in found.left:
        err.print(render(problem, lang), style="red")
    if found.left:
        raise typer.Exit(1)
