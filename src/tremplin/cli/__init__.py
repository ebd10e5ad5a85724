"""
The command line, `tremplin`, with a command for each thing to do: report, batch, explain, trades and others.

Exit codes: 0 done, 1 a report failed, 2 bad input, 3 the environment lacks something.
"""

import contextlib
import importlib.metadata
import os
import signal
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from tremplin.cli.command import chosen, telling, write
from tremplin.cli.commands.answers import assess, explain, simulate
from tremplin.cli.commands.batch import batch
from tremplin.cli.commands.delivered import purge, verify
from tremplin.cli.commands.diff import diff
from tremplin.cli.commands.doctor import doctor
from tremplin.cli.commands.ingest import ingest
from tremplin.cli.commands.init import init
from tremplin.cli.commands.interview import interview
from tremplin.cli.commands.profiles import check, format_, schema
from tremplin.cli.commands.questionnaire import questionnaire
from tremplin.cli.commands.report import report
from tremplin.cli.commands.tables import map_, workbook
from tremplin.cli.commands.trades import trades
from tremplin.cli.commands.vintage import vintage
from tremplin.cli.help import Command, Program, in_french, language, usage_error
from tremplin.cli.surroundings import settled
from tremplin.errors import Lang, TremplinError

app = typer.Typer(
    name="tremplin",
    cls=Program,
    epilog="Exit codes: 0 done, 1 a report failed, 2 bad input, 3 the environment lacks something.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS = (
    init,
    interview,
    questionnaire,
    report,
    batch,
    verify,
    diff,
    purge,
    assess,
    explain,
    simulate,
    ingest,
    vintage,
    trades,
    check,
    format_,
    workbook,
    map_,
    doctor,
    schema,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - as typer calls it
    if asked:
        write(f"tremplin {importlib.metadata.version('tremplin')}\n")
        raise typer.Exit


def tremplin(
    *,
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """One person's situation in, a personalised feasibility report out."""


app.callback()(telling(tremplin))
for command in COMMANDS:
    app.command(command.__name__.rstrip("_"), cls=Command)(telling(command))

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What Ctrl-C, a shutdown and a terminal that is closed send."""
STOPPED = frozenset(128 + sign for sign in ENDING)


def main() -> None:
    """Run the command line; what goes wrong is told in words, with the exit code it stands for."""
    # Told to stop, the command still takes away its private folder, which holds a person's data.
    for sign in ENDING:
        if signal.getsignal(sign) is not signal.SIG_IGN:  # as `nohup` wants it
            signal.signal(sign, lambda sent, _: sys.exit(128 + sent))
    lang = language(sys.argv[1:], os.environ)
    try:
        with settled():
            sys.exit(_run(sys.argv[1:], lang))
    except TremplinError as error:
        sys.stderr.write(f"{error.told(lang)}\n")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code in STOPPED:
            # A pool that was stopped while it started a thread cannot end it: Python would wait for ever.
            with contextlib.suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(end.code)
        raise


def _run(words: list[str], lang: Lang) -> int:
    """Run a command in a language, and give its exit code."""
    chosen.set(lang)
    group = typer.main.get_command(app)
    if lang == "en":
        return int(group(words) or 0)
    in_french(group)
    try:
        return int(group(words, standalone_mode=False) or 0)
    except TyperException as error:
        sys.stderr.write(f"{usage_error(error)}\n")
        return error.exit_code
