"""
`tremplin diff`: what differs between two reports of the same people, and why.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import err, said, shown, write
from tremplin.cli.options import DataFolder, ProjectFolder
from tremplin.errors import Lang
from tremplin.model.project import find_project


def diff(  # noqa: PLR0913 - typer makes an option of each parameter
    before: Annotated[
        Path, typer.Argument(metavar="BEFORE", help="The folder of a report, or of reports.")
    ],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="A later one of the same people.")],
    target: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Also a table of the differences: .csv or .parquet."
        ),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    data: DataFolder = None,
    project: ProjectFolder = None,
    lang: Lang,
) -> None:
    """Print what differs between two reports of the same people, and which answer, day or rule accounts for it, in French."""
    from tremplin.assessment.subjects import open_register
    from tremplin.cli import changes
    from tremplin.pipeline.compare import compare_folders
    from tremplin.pipeline.table_file import check_kind, write_table
    from tremplin.statistics.differences import differences_table

    if target is not None:
        check_kind(target)
    found = compare_folders(before, after, open_register(find_project(project, data).data))
    write(changes.as_json(found) if as_json else changes.as_text(found))
    if target is not None:
        table = differences_table(comparison for comparison, _ in found.both)
        write_table(table, target)
        err.print(said("told.differences", lang, file=shown(target), rows=table.height))
