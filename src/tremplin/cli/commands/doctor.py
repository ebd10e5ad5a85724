"""
`tremplin doctor`: whether this machine has what reports need.
"""

from pathlib import Path

import typer
from rich.table import Table

from tremplin.cli.command import out
from tremplin.errors import EnvironmentLacksError


def doctor() -> None:
    """Tell versions, the renderer used and why, fonts, and what is missing."""
    from tremplin.pipeline.doctor import examine

    table = Table(box=None, pad_edge=False)
    for title in ("", "what", "found", "how to get it"):
        table.add_column(title)
    found = examine(Path("reports/_brand.yml"))
    for one in found:
        table.add_row(one.state, one.what, one.found, one.remedy)
    out.print(table)
    if any(one.state == "missing" for one in found):
        raise typer.Exit(EnvironmentLacksError.exit_code)
