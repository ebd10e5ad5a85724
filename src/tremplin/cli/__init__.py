"""
The command line: `tremplin report`, `batch`, `assess`, `explain`, `verify`, `purge`, `simulate`, `check`, `doctor`, `schema`.

Exit codes: 0 done, 1 a report failed, 2 bad input, 3 the environment lacks something.
"""

import contextlib
import os
import signal
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from tremplin.assessment import results
from tremplin.assessment.subjects import open_register
from tremplin.case import Case
from tremplin.cli.command import err, telling
from tremplin.errors import EnvironmentLacksError, InputError, Lang, Problem, render
from tremplin.model.find import find
from tremplin.model.profile import load_profile, profile_schema_text
from tremplin.model.profile.fields import FIRST_DAY, LAST_DAY
from tremplin.model.register import Register

app = typer.Typer(
    name="tremplin",
    help="One person's situation in, a personalised feasibility report out.",
    epilog="Exit codes: 0 done, 1 a report failed, 2 bad input, 3 the environment lacks something.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
out = Console(highlight=False, soft_wrap=True, markup=False)

if TYPE_CHECKING:
    from tremplin.pipeline.render import Format


class RendererChoice(StrEnum):
    """What makes HTML and PDF of the executed notebook."""

    AUTO = "auto"
    QUARTO = "quarto"
    PANDOC = "pandoc"


class Assets(StrEnum):
    """Where the pages of a batch have their chart program."""

    EMBEDDED = "embedded"
    SHARED = "shared"


ProfileFile = Annotated[Path, typer.Argument(metavar="PROFILE", help="A person's YAML file.")]
DataFolder = Annotated[
    Path, typer.Option("--data", help="The register's folder: another vintage reruns all on it.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="The report's date, as 2026-11-22. [default: today]"
    ),
]

Jobs = Annotated[
    int | None, typer.Option(min=1, help="Workers on this machine. [default: one a core]")
]


def _day(as_of: str | None) -> date:
    """Read the date of a report; today is the one place where the clock is looked at."""
    if as_of is None:
        return date.today()  # noqa: DTZ011 - the person's own calendar day
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        day = date.max
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputError.at("option.not_a_date", "--as-of", value=repr(as_of))
    return day


@app.command()
@telling
def report(  # noqa: PLR0913, PLR0917 - typer makes an option of each parameter
    profile: ProfileFile,
    data: DataFolder = Path("data"),
    as_of: AsOf = None,
    to: Annotated[str, typer.Option(help="Formats: html, pdf or html,pdf.")] = "html,pdf",
    renderer: Annotated[
        RendererChoice, typer.Option(help="auto is Quarto where installed.")
    ] = RendererChoice.AUTO,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Where reports go. [default: reports/out]")
    ] = None,
    validate: Annotated[  # noqa: FBT002 - idem
        bool, typer.Option("--validate/--no-validate", help="Run nbval before rendering.")
    ] = True,
) -> None:
    """Make one person's report: HTML, PDF, executed notebook, results and receipt."""
    from tremplin.warm.machine import Machine  # noqa: PLC0415 - other commands start fast

    reports = find("reports")
    with Machine(find("notebooks"), reports) as machine:  # it gets ready while we do
        from tremplin.pipeline.render import choose_renderer  # noqa: PLC0415
        from tremplin.pipeline.report import Order, ProjectFolders, make_report  # noqa: PLC0415

        project = ProjectFolders(find("notebooks"), find(data), reports, folder or reports / "out")
        order = Order(_day(as_of), _formats(to), choose_renderer(renderer.value), validate)
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=err,
            transient=True,
            disable=not err.is_terminal,
        ) as progress:
            task = progress.add_task("start", total=None)
            made = make_report(
                profile,
                project,
                order,
                machine,
                lambda stage: progress.update(task, description=stage),
            )
    found = made.results
    for file in sorted(made.folder.iterdir()):
        if file.suffix in {".html", ".pdf"}:
            out.print(_shown(file))
    out.print(
        f"Verdict: {found['verdict'].replace('_', ' ')}, overall score {found['scores']['overall']}/100"
        + (f", blocked by {', '.join(found['blockers'])}" if found["blockers"] else "")
    )
    stages = " · ".join(f"{name} {seconds:.1f} s" for name, seconds in made.seconds.items())
    checked = f"{made.validation.cells} cells reproduced" if validate else "not validated"
    out.print(f"{stages} · renderer {order.renderer.name} · {checked}")


@app.command()
@telling
def batch(  # noqa: PLR0913, PLR0917 - typer makes an option of each parameter
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A folder of profiles, a pattern of files, or a table (.csv, .xlsx, .parquet) with "
            "one row a person and columns such as employment.net_salary.",
        ),
    ],
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where reports go.")],
    data: DataFolder = Path("data"),
    as_of: AsOf = None,
    to: Annotated[str, typer.Option(help="Formats: html, pdf or html,pdf.")] = "html,pdf",
    renderer: Annotated[
        RendererChoice, typer.Option(help="auto is Quarto where installed.")
    ] = RendererChoice.AUTO,
    jobs: Jobs = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A running Dask scheduler, as tcp://host:8786."),
    ] = None,
    validate: Annotated[
        str, typer.Option(help="Whom nbval validates: all, none, or sample:N.")
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
    *,
    lang: Lang,
) -> None:
    """
    Make the reports of many people, and a portfolio of them; run it again to go on after a stop.

    DIR holds a folder a person, portfolio.html, .pdf and .parquet, failures.csv (who has no report, and why) and
    ledger.jsonl (what happened). Exit code 1: somebody has no report.
    """
    from tremplin.cli.batch import (  # noqa: PLC0415 - other commands start fast
        failures_only,
        goes_on,
        json_lines,
        progress_line,
        read_validate,
        summary_json,
        summary_lines,
    )
    from tremplin.pipeline.batch.people import columns_not_read  # noqa: PLC0415
    from tremplin.pipeline.batch.plan import Plan  # noqa: PLC0415
    from tremplin.pipeline.batch.run import run_batch  # noqa: PLC0415
    from tremplin.pipeline.render import choose_renderer  # noqa: PLC0415
    from tremplin.pipeline.report import Order, ProjectFolders  # noqa: PLC0415

    if not quiet:
        _tell_unread(columns_not_read(source))
    project = ProjectFolders(find("notebooks"), find(data), find("reports"), folder)
    plan = Plan(
        source,
        project,
        Order(
            _day(as_of),
            _formats(to),
            choose_renderer(renderer.value),
            shared=assets is Assets.SHARED,
        ),
        read_validate(validate),
        force,
        scheduler,
        jobs or os.cpu_count() or 1,
        names,
        lang=lang,
    )
    with goes_on(err):
        if as_json:
            summary = run_batch(plan, json_lines(_write, lang))
        elif quiet or not err.is_terminal:
            summary = run_batch(plan, failures_only(err, lang))
        else:
            with progress_line(err, lang) as tell:
                summary = run_batch(plan, tell)
    if as_json:
        _write(summary_json(summary))
    else:
        for line in summary_lines(summary, source, folder, _shown):
            out.print(line)
    if summary.failures:
        raise typer.Exit(1)


def _tell_unread(columns: tuple[str, ...]) -> None:
    """Name the columns that no report takes account of: one of them may be a key that somebody misspelt."""
    if columns:
        err.print(f"columns not read: {', '.join(columns)}")


def _write(line: str) -> None:
    out.file.write(line)
    out.file.flush()


def _formats(to: str) -> tuple["Format", ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in to.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in {"html", "pdf"}]
    if unknown or not wanted:
        raise InputError.at("option.not_formats", "--to", value=repr(to))
    return cast("tuple[Format, ...]", wanted)


def _shown(path: Path) -> str:
    """Give a path as short as it can be clicked."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


@app.command()
@telling
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where reports were written to.")],
    data: DataFolder = Path("data"),
    jobs: Jobs = None,
    *,
    lang: Lang,
) -> None:
    """Make reports again from their receipts and tell what differs."""
    from tremplin.pipeline.report import ProjectFolders  # noqa: PLC0415 - other commands start fast
    from tremplin.pipeline.verify import verify as verify_reports  # noqa: PLC0415

    project = ProjectFolders(find("notebooks"), find(data), find("reports"), folder)
    found = verify_reports(folder, project, jobs or os.cpu_count() or 1)
    for one in found:
        out.print(one.told(lang))
    if not all(one.same for one in found):
        raise typer.Exit(1)


@app.command()
@telling
def purge(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where reports were written to.")],
    older_than: Annotated[str, typer.Option(metavar="AGE", help="Days since publication, as 90d.")],
    *,
    lang: Lang,
) -> None:
    """Delete old reports, and what tells of them together; the ledger remembers that they were deleted."""
    from tremplin.pipeline.purge import purge as purge_reports  # noqa: PLC0415 - other commands start fast
    from tremplin.pipeline.purge import read_age  # noqa: PLC0415

    found = purge_reports(folder, read_age(older_than))
    out.print(f"{found.deleted} deleted, {found.kept} kept")
    for problem in found.left:
        err.print(render(problem, lang), style="red")
    if found.left:
        raise typer.Exit(1)


@app.command()
@telling
def assess(profile: ProfileFile, data: DataFolder = Path("data"), as_of: AsOf = None) -> None:
    """Print a person's results.json without making a report."""
    register = open_register(find(data))
    case = Case(load_profile(profile), register, _day(as_of))
    out.file.write(results(case).model_dump_json(indent=2) + "\n")


@app.command()
@telling
def explain(
    profile: ProfileFile,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[ANSWER]",
            help="What to explain: acre, findings.overload, arce.amount… Without it, all are listed.",
        ),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    data: DataFolder = Path("data"),
    as_of: AsOf = None,
) -> None:
    """Print why an answer of a person's report is what it is: values, dates and articles, in French."""
    from tremplin.cli import tree  # noqa: PLC0415 - other commands start fast
    from tremplin.notebook.explanation import explain as explained  # noqa: PLC0415

    register = open_register(find(data))
    case = Case(load_profile(profile), register, _day(as_of))
    if what is None:
        out.file.write(tree.listing(case))
        return
    found = explained(case, what)
    out.file.write(tree.as_json(found) if as_json else tree.as_text(found, register))


@app.command()
@telling
def simulate(
    cases: Annotated[
        Path, typer.Argument(metavar="CASES", help="A table of cases: .csv or .parquet.")
    ],
    target: Annotated[Path, typer.Option("--out", help="Where the results go: .csv or .parquet.")],
    data: DataFolder = Path("data"),
    as_of: AsOf = None,
    *,
    lang: Lang,
) -> None:
    """
    Compute contributions, net income and income tax of many cases, a full year each.

    Columns: status, activity, turnover; optionally expenses, acre, start, household, children,
    other_taxable_income. Or household, children, taxable_income for income tax alone.
    """
    from tremplin.pipeline.cases import simulate_file  # noqa: PLC0415 - other commands start fast

    register = Register.open(find(data))
    found = simulate_file(cases, target, register, _day(as_of), lang)
    out.print(f"{_shown(target)}: {found.rows} cases, {found.errors} with an error")


@app.command()
@telling
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Profiles, or tables, to check.")
    ],
) -> None:
    """Check profiles, or tables of them: each problem with file, line, key and what to do."""
    from tremplin.pipeline.batch.people import check_table, columns_not_read  # noqa: PLC0415 - other commands start fast
    from tremplin.pipeline.batch.sheet import TABLES  # noqa: PLC0415

    problems: list[Problem] = []
    for file in files:
        try:
            if file.suffix.lower() in TABLES:
                _tell_unread(columns_not_read(str(file)))
                out.print(f"{file}: good, clients: {check_table(file)}")
            else:
                load_profile(file)
                out.print(f"{file}: good")
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)


@app.command()
@telling
def doctor() -> None:
    """Tell versions, the renderer used and why, fonts, and what is missing."""
    from tremplin.pipeline.doctor import examine  # noqa: PLC0415 - other commands start fast

    table = Table(box=None, pad_edge=False)
    for title in ("", "what", "found", "how to get it"):
        table.add_column(title)
    found = examine(Path("reports/_brand.yml"))
    for one in found:
        table.add_row(one.state, one.what, one.found, one.remedy)
    out.print(table)
    if any(one.state == "missing" for one in found):
        raise typer.Exit(EnvironmentLacksError.exit_code)


@app.command()
@telling
def schema() -> None:
    """Print the JSON Schema of a profile, for editors."""
    out.file.write(profile_schema_text())


ENDING = (signal.SIGTERM, signal.SIGHUP)
"""What a shutdown and a terminal that is closed send."""
STOPPED = frozenset(128 + sign for sign in (signal.SIGINT, *ENDING))


def main() -> None:
    """Run the command line; what goes wrong is told in words, with the exit code it stands for."""
    # What is written here tells a person's situation: it is for nobody else on this machine.
    os.umask(0o077)
    # Told to stop, the command still takes away its private folder, which holds a person's data.
    for sign in ENDING:
        if signal.getsignal(sign) is not signal.SIG_IGN:  # as `nohup` wants it
            signal.signal(sign, lambda sent, _: sys.exit(128 + sent))
    try:
        app()
    except SystemExit as end:
        if end.code in STOPPED:
            # A pool that was stopped while it started a thread cannot end it: Python would wait for ever.
            with contextlib.suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(end.code)
        raise
