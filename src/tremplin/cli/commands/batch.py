"""
`tremplin batch`: the reports of many people, and a portfolio of them.
"""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tremplin import place
from tremplin.cli.command import err, out, shown, tell_notes, tell_unread, write
from tremplin.cli.options import (
    AsOf,
    DataFolder,
    DebugFile,
    DepthChoice,
    DepthOption,
    Formats,
    Jobs,
    MapFile,
    Overlay,
    ProjectFolder,
    RendererChoice,
    RendererOption,
    project_of,
    read_address,
    read_day,
    read_formats,
)
from tremplin.errors import InputError, Lang

if TYPE_CHECKING:
    from tremplin.pipeline.batch.plan import Validate


class Assets(StrEnum):
    """Where the pages of a batch have their chart program."""

    EMBEDDED = "embedded"
    SHARED = "shared"


def batch(  # noqa: PLR0913, PLR0917 - typer makes an option of each parameter
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A folder of profiles, a pattern of files, or a table (.csv, .xlsx, .ods, .parquet) with "
            "one row a person and columns such as employment.net_salary.",
        ),
    ],
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where reports go.")],
    data: DataFolder = None,
    overlay: Overlay = None,
    as_of: AsOf = None,
    project: ProjectFolder = None,
    column_map: MapFile = None,
    to: Formats = "html,pdf",
    depth: DepthOption = DepthChoice.REPORT,
    renderer: RendererOption = RendererChoice.AUTO,
    jobs: Jobs = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A running Dask scheduler, as tcp://host:8786."),
    ] = None,
    validate: Annotated[
        str,
        typer.Option(
            metavar="all|none|sample:N", help="Whom nbval validates: all, none, or sample:N."
        ),
    ] = "all",
    assets: Annotated[
        Assets, typer.Option(help="shared keeps the chart program of all pages once, in assets/.")
    ] = Assets.EMBEDDED,
    force: Annotated[  # noqa: FBT002 - idem
        bool, typer.Option("--force", help="Make all reports again, unchanged ones too.")
    ] = False,
    names: Annotated[  # noqa: FBT002 - idem
        bool, typer.Option("--names", help="Name people in the portfolio; their ids otherwise.")
    ] = False,
    quiet: Annotated[  # noqa: FBT002 - idem
        bool, typer.Option("--quiet", help="Tell failures and the summary only.")
    ] = False,
    as_json: Annotated[  # noqa: FBT002 - idem
        bool, typer.Option("--json", help="Tell each step as a line of JSON.")
    ] = False,
    debug: DebugFile = None,
    *,
    lang: Lang,
) -> None:
    """
    Make the reports of many people, and a portfolio of them; run it again to go on after a stop.

    DIR holds a folder a person, portfolio.html, .pdf and .parquet, failures.csv (who has no report, and why) and
    ledger.jsonl (what happened). Exit code 1: somebody has no report.
    """
    address, wanted = read_address(scheduler), jobs or place.cores()
    place.check(place.of_batch(0 if address else wanted), None if address else place.no_loopback())
    from tremplin.cli.progress import (
        failures_only,
        goes_on,
        json_lines,
        progress_line,
        summary_json,
        summary_lines,
    )
    from tremplin.model.scalar import values_hidden
    from tremplin.pipeline.batch.people import columns_not_read, told_of
    from tremplin.pipeline.batch.plan import Plan
    from tremplin.pipeline.batch.run import run_batch
    from tremplin.pipeline.batch.sheet import load_column_map
    from tremplin.pipeline.debug import logged
    from tremplin.pipeline.render import choose_renderer
    from tremplin.pipeline.report import Order, ProjectFolders

    understood = load_column_map(column_map) if column_map else None
    if not quiet:
        with values_hidden():
            tell_unread(columns_not_read(source, understood), lang)
            tell_notes(told_of(source, understood), lang)
    with project_of(project, data, overlay) as found:
        plan = Plan(
            source,
            ProjectFolders.of(found, folder),
            Order(
                read_day(as_of),
                read_formats(to, depth.value),
                choose_renderer(renderer.value),
                shared=assets is Assets.SHARED,
                depth=depth.value,
            ),
            _validate(validate),
            force,
            address,
            wanted,
            names,
            lang=lang,
            column_map=understood,
        )
        with goes_on(err, lang), logged(debug, "batch") as log:
            if as_json:
                summary = run_batch(plan, log.hears(json_lines(write, lang)))
            elif quiet or not err.is_terminal:
                summary = run_batch(plan, log.hears(failures_only(err, lang)))
            else:
                with progress_line(err, lang) as tell:
                    summary = run_batch(plan, log.hears(tell))
    if as_json:
        write(summary_json(summary))
    else:
        for line in summary_lines(summary, source, folder, shown, lang):
            out.print(line)
    if summary.failures:
        raise typer.Exit(1)


def _validate(text: str) -> "Validate":
    """Read who is to be validated: `all`, `none` or `sample:20`."""
    if text == "all":
        return "all"
    if text == "none":
        return "none"
    kind, _, number = text.partition(":")
    if kind == "sample" and number.isascii() and number.isdigit():
        return int(number)
    raise InputError.at("option.not_whom_to_validate", "--validate", value=repr(text))
