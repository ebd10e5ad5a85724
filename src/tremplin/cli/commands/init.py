"""
`tremplin init`: what one begins with in an empty folder.
"""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import out, shown
from tremplin.errors import InputError, Lang, Phrase, Problem, render
from tremplin.model.project import own_project

EXAMPLE = "alice.yaml"
"""A person to start from."""
SCHEMA = "profile.schema.json"
"""What an editor explains the keys of that file by."""
PARTS = ("notebooks", "data", "reports")


def init(
    project: Annotated[
        Path | None,
        typer.Option(
            "--project",
            metavar="DIR",
            help="Write notebooks, data, brand and extension there, to change them.",
        ),
    ] = None,
    *,
    lang: Lang,
) -> None:
    """
    Put an example profile and its schema into this folder, to start from.

    With --project, write out all that reports are made of. Nothing that is there is replaced.
    """
    from tremplin.model.profile import read_profile
    from tremplin.model.profile.tidy import remarks_of, tidied
    from tremplin.pipeline.workshop import copy

    own = own_project()
    folder = Path() if project is None else project / "params"
    example, schema = folder / EXAMPLE, folder / SCHEMA
    parts = () if project is None else tuple(project / part for part in PARTS)
    for target in (*parts, example, schema):
        if target.exists() or target.is_symlink():
            raise InputError.at("init.there_already", target)
    document = read_profile(own.params / EXAMPLE)
    remarks = remarks_of((own.params / EXAMPLE).read_text(encoding="utf-8"), document.lines)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target in parts:
            copy(own.root / target.name, target)
        shutil.copyfile(own.params / SCHEMA, schema)
        example.write_text(tidied(document.data, remarks), encoding="utf-8", newline="\n")
    except OSError as error:
        for target in parts:
            shutil.rmtree(target, ignore_errors=True)
        for target in (example, schema):
            target.unlink(missing_ok=True)
        reason = Phrase(error.strerror or "")
        raise InputError.at("files.not_written", folder, reason=reason) from None
    if project is None:
        told = Problem.at("told.example", file=shown(example))
    else:
        told = Problem.at("told.project", folder=shown(project), file=shown(example))
    out.print(render(told, lang))
