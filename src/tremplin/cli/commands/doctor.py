"""
`tremplin doctor`: whether this machine has what reports need, and which law is to be read again.
"""

import typer
from rich.table import Table

from tremplin.cli.command import out
from tremplin.cli.options import AsOf, DataFolder, ProjectFolder, read_day
from tremplin.errors import EnvironmentLacksError, Lang, Phrase
from tremplin.errors.words import said as phrase
from tremplin.model.project import find_project


def doctor(
    data: DataFolder = None,
    as_of: AsOf = None,
    project: ProjectFolder = None,
    *,
    lang: Lang,
) -> None:
    """Tell versions, the renderer used and why, fonts, what is missing, and which law is to be read again."""
    from tremplin.pipeline.doctor import examine

    table = Table(box=None, pad_edge=False)
    table.add_column()
    for title in (Phrase("what"), Phrase("found"), Phrase("how to get it")):
        table.add_column(phrase(title, lang))
    place = find_project(project, data)
    found = examine(place.brand, place.data, read_day(as_of), lang)
    for one in found:
        table.add_row(phrase(one.state, lang), one.what, one.found, one.remedy)
    out.print(table)
    if any(one.state == "missing" for one in found):
        raise typer.Exit(EnvironmentLacksError.exit_code)
