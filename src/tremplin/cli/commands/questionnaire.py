"""
`tremplin questionnaire`: the questions in one file for a client, who answers offline and sends a profile back.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import err, out, said, shown, tell_unread
from tremplin.cli.options import DataFolder, MapFile, ProjectFolder
from tremplin.errors import Lang, render
from tremplin.model.project import find_project


def questionnaire(  # noqa: PLR0913 - typer makes an option of each parameter
    target: Annotated[
        Path, typer.Option("--out", metavar="FILE|DIR", help="The page; with --for, the folder.")
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="SOURCE",
            help="A table, a folder of profiles or a pattern: a page a client, DIR/<id>.html, with what is known"
            " and questions for what is missing.",
        ),
    ] = None,
    message: Annotated[
        str, typer.Option(help="What you say to your clients at the beginning of the page.")
    ] = "",
    data: DataFolder = None,
    column_map: MapFile = None,
    *,
    project: ProjectFolder = None,
    lang: Lang,
) -> None:
    """
    Make a page of the questions that clients answer offline; the file they save and send back is a profile.

    Exit code 1: a client has no page.
    """
    from tremplin.model.brand import load_brand
    from tremplin.model.register import Register
    from tremplin.model.whole import write_whole
    from tremplin.pipeline.batch.people import columns_not_read
    from tremplin.pipeline.batch.sheet import load_column_map
    from tremplin.questionnaire.clients import read_clients
    from tremplin.questionnaire.page import questionnaire as page

    place = find_project(project, data)
    brand, trades = load_brand(place.brand), Register.open(place.data).trades
    if source is None:
        write_whole(target, page(brand, trades, message=message))
        out.print(shown(target))
        return
    understood = load_column_map(column_map) if column_map else None
    tell_unread(columns_not_read(source, understood), lang)
    clients = read_clients(source, understood)
    for problem in (one for client in clients for one in client.problems):
        err.print(render(problem, lang), style="red")
    made = [client for client in clients if client.id]
    for client in made:
        write_whole(target / f"{client.id}.html", page(brand, trades, client.data, message))
    again = sum(bool(client.problems) for client in made)
    out.print(
        said(
            "told.questionnaires",
            lang,
            folder=shown(target),
            made=len(made),
            again=again or None,
        )
    )
    if len(made) < len(clients):
        raise typer.Exit(1)
