"""
`tremplin check`, `format` and `schema`: what a profile may say, and how it is best written.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tremplin.cli.command import err, out, said, shown, tell_notes, tell_unread, write
from tremplin.cli.options import MapFile, ProfileFile
from tremplin.errors import InputError, Lang, Problem
from tremplin.model.profile import profile_schema_text

if TYPE_CHECKING:
    from tremplin.pipeline.batch.checking import SourceCheck

MANY = 20
"""Problems among which nobody sees what most of them are about."""
MOST_HELD = 1_000
"""Problems that are kept to be told together."""


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
    from tremplin.pipeline.batch.checking import SourceCheck
    from tremplin.pipeline.batch.sheet import load_column_map

    understood = load_column_map(column_map) if column_map else None

    wrong = []
    for source in sources:
        check = SourceCheck(source, understood)
        if as_json:
            _in_json(check, lang)
        else:
            _in_words(check, lang)
        wrong += [check] if check.keys else []
    if wrong and not as_json:
        # Below, where a terminal ends, what most are about.
        tell_notes(
            (_sums(each) for each in wrong if not each.is_one and each.keys.total() > MANY), lang
        )
    if wrong:
        raise typer.Exit(InputError.exit_code)


def _in_words(check: "SourceCheck", lang: Lang) -> None:
    """Tell problems last, where a terminal ends; of thousands, the first while the others are looked for."""
    from tremplin.cli.counting import counting

    held: list[Problem] = []

    def let_go() -> None:
        if held:
            err.print(InputError(*held).told(lang), style="red")
            held.clear()

    with counting(err, lang) as tell:
        for problems in check:
            held += problems
            if len(held) > MOST_HELD:
                let_go()
            tell(check.people, check.all)
    tell_unread(check.unread, lang)
    tell_notes((*check.told, *check.defaults), lang)
    let_go()
    if not check.keys:
        out.print(
            said(
                "told.good", lang, file=check.source, clients=None if check.is_one else check.people
            )
        )


def _in_json(check: "SourceCheck", lang: Lang) -> None:
    """Tell all that is found as a line of JSON, problems as they are found, and what is counted behind them."""
    write(f'{{"source": {_json(check.source)}, "problems": [')
    separator = ""
    for problems in check:
        for problem in problems:
            write(separator + _json(problem.facts(lang)))
            separator = ", "
    notes = {
        name: [problem.facts(lang) for problem in found]
        for name, found in (("told", check.told), ("defaults", check.defaults))
    }
    counts = {"people": check.people, "wrong": check.wrong, "columns_not_read": check.unread}
    write(f"], {_json({**counts, **notes})[1:]}\n")


def _json(facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False)


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


def _sums(check: "SourceCheck") -> Problem:
    """Count the problems by key, the most frequent first."""
    return Problem.at(
        "told.problems",
        check.source,
        problems=check.keys.total(),
        wrong=check.wrong,
        people=check.people,
        keys=", ".join(f"{key} {count}" for key, count in check.keys.most_common()),
    )
