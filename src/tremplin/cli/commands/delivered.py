"""
`tremplin verify` and `purge`: the reports that a folder has.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin import place
from tremplin.cli.command import err, out, said
from tremplin.cli.options import DataFolder, Jobs, ReportsFolder
from tremplin.errors import Lang, render
from tremplin.model.find import find


def verify(
    folder: ReportsFolder,
    data: DataFolder = Path("data"),
    jobs: Jobs = None,
    *,
    lang: Lang,
) -> None:
    """Make reports again from their receipts and tell what differs."""
    wanted = jobs or place.cores()
    place.check(place.of_batch(wanted), place.no_loopback())
    from tremplin.pipeline.report import ProjectFolders
    from tremplin.pipeline.verify import verify as verify_reports

    project = ProjectFolders(find("notebooks"), find(data), find("reports"), folder)
    found = verify_reports(folder, project, wanted)
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
