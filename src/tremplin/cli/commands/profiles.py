"""
`tremplin check`, `format` and `schema`: what a profile may say, and how it is best written.
"""

from pathlib import Path
from typing import Annotated

import typer

from tremplin.cli.command import out, said, shown, tell_unread, write
from tremplin.cli.options import ProfileFile
from tremplin.errors import InputError, Lang, Problem
from tremplin.model.profile import load_profile, profile_schema_text


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Profiles, or tables, to check.")
    ],
    *,
    lang: Lang,
) -> None:
    """Check profiles, or tables of them: each problem with file, line, key and what to do."""
    from tremplin.pipeline.batch.people import check_table, columns_not_read
    from tremplin.pipeline.batch.sheet import TABLES

    problems: list[Problem] = []
    for file in files:
        try:
            if file.suffix.lower() in TABLES:
                tell_unread(columns_not_read(str(file)), lang)
                out.print(said("told.good", lang, file=str(file), clients=check_table(file)))
            else:
                load_profile(file)
                out.print(said("told.good", lang, file=str(file)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)


def format_(
    profile: ProfileFile,
    target: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where it goes. [default: in its place]"),
    ] = None,
    *,
    lang: Lang,
) -> None:
    """Write a profile in its tidy form: keys in their order, with French comments; your remarks are kept."""
    from tremplin.model.profile import parse_profile, read_profile
    from tremplin.model.profile.tidy import remarks_of, tidied
    from tremplin.model.whole import write_whole

    target = target or profile
    if target.suffix.lower() == ".json":
        raise InputError.at("format.not_yaml", target)
    document = read_profile(profile)
    parse_profile(document)
    text = profile.read_text(encoding="utf-8-sig")
    write_whole(target, tidied(document.data, remarks_of(text, document.lines)))
    out.print(said("told.written", lang, file=shown(target)))


def schema() -> None:
    """Print the JSON Schema of a profile, for editors."""
    write(profile_schema_text())
