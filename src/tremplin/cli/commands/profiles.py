"""
`tremplin check` and `schema`: what a profile may say.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import out, tell_unread, write
from tremplin.errors import InputError, Problem
from tremplin.model.profile import load_profile, profile_schema_text


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Profiles, or tables, to check.")
    ],
) -> None:
    """Check profiles, or tables of them: each problem with file, line, key and what to do."""
    from tremplin.pipeline.batch.people import check_table, columns_not_read
    from tremplin.pipeline.batch.sheet import TABLES

    problems: list[Problem] = []
    for file in files:
        try:
            if file.suffix.lower() in TABLES:
                tell_unread(columns_not_read(str(file)))
                out.print(f"{file}: good, clients: {check_table(file)}")
            else:
                load_profile(file)
                out.print(f"{file}: good")
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)


def schema() -> None:
    """Print the JSON Schema of a profile, for editors."""
    write(profile_schema_text())
