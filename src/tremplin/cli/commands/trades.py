"""
`tremplin trades`: the catalogue of trades, and the trade that words mean.
"""

from typing import Annotated

import typer

from tremplin.cli.command import write
from tremplin.cli.options import DataFolder, ProjectFolder
from tremplin.model.project import find_project


def trades(
    words: Annotated[
        str | None,
        typer.Argument(
            metavar="WORDS",
            help="What a person calls the trade: « fleuriste », « magasin de fleurs ». Without it, all are listed.",
        ),
    ] = None,
    data: DataFolder = None,
    project: ProjectFolder = None,
) -> None:
    """List the trades of the catalogue, or those that words mean: the id for `project.trade`, and the French name."""
    from tremplin.model.register import Register

    catalogue = Register.open(find_project(project, data).data).trades
    if words is None:
        found = tuple(catalogue.by_id.values())
    else:
        found = catalogue.named(words) or catalogue.like(words)
    for trade in sorted(found, key=lambda one: one.id) if words is None else found:
        write(f"{trade.id:26} {trade.label}\n")
