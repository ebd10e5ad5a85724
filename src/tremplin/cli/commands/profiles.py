"""
`tremplin check`, `format` and `schema`: what a profile may say, and how it is best written.
"""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tremplin.cli.command import err, out, said, shown, tell_notes, tell_unread, write
from tremplin.cli.options import MapFile, ProfileFile
from tremplin.errors import InputError, Lang, Problem
from tremplin.model.profile import profile_schema_text

if TYPE_CHECKING:
    from tremplin.pipeline.batch.checking import Checked

MANY = 20
"""Problems among which nobody sees what most of them are about."""


def check(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Profiles, tables, folders or patterns of files."),
    ],
    column_map: MapFile = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Tell all that is found as a line of JSON a source.")
    ] = False,
    lang: Lang,
) -> None:
    """Check profiles, or tables of them: each problem with file, line, key and what to do."""
    from tremplin.pipeline.batch.checking import Checked, check_source
    from tremplin.pipeline.batch.sheet import load_column_map

    understood = load_column_map(column_map) if column_map else None

    wrong = []
    for source in sources:
        try:
            checked = check_source(source, understood)
        except InputError as error:
            checked = Checked(problems=list(error.problems))
        if as_json:
            write(_facts(source, checked, lang))
        else:
            tell_unread(checked.unread, lang)
            tell_notes((*checked.told, *checked.defaults), lang)
            if not checked.problems:
                people = None if checked.is_one else checked.people
                out.print(said("told.good", lang, file=source, clients=people))
        wrong += [(source, checked)] if checked.problems else []
    if wrong and not as_json:
        # All of them, and below, where a terminal ends, what most are about.
        err.print(
            InputError(*(one for _, each in wrong for one in each.problems)).told(lang), style="red"
        )
        tell_notes(
            (
                _sums(source, each)
                for source, each in wrong
                if each.people and len(each.problems) > MANY
            ),
            lang,
        )
    if wrong:
        raise typer.Exit(InputError.exit_code)


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


def _sums(source: str, checked: "Checked") -> Problem:
    """Count the problems by key, the most frequent first."""
    keys = Counter(one.place.key or one.code for one in checked.problems)
    return Problem.at(
        "told.problems",
        source,
        problems=len(checked.problems),
        wrong=checked.wrong,
        people=checked.people,
        keys=", ".join(f"{key} {count}" for key, count in keys.most_common()),
    )


def _facts(source: str, checked: "Checked", lang: Lang) -> str:
    facts = {
        "source": source,
        "people": checked.people,
        "wrong": checked.wrong,
        "columns_not_read": checked.unread,
        **{
            name: [problem.facts(lang) for problem in found]
            for name, found in (
                ("told", checked.told),
                ("defaults", checked.defaults),
                ("problems", checked.problems),
            )
        },
    }
    return json.dumps(facts, ensure_ascii=False) + "\n"
