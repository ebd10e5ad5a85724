"""
What a batch tells while it runs and at its end: a line of progress for people, lines of JSON for machines.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from tremplin.errors import Lang
from tremplin.pipeline.batch.failures import FAILURES
from tremplin.pipeline.batch.plan import BatchEvent, Summary, TellEvent

UNMADE = frozenset(("failed", "incomplete"))
MOST_NAMED = 10
"""People that a line names."""


@contextmanager
def progress_line(console: Console, lang: Lang) -> Iterator[TellEvent]:
    """Show done, failed, left, reports per minute and the time left, on a terminal."""
    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        line = progress.add_task("starting the workers", total=None)
        began = time.monotonic()

        def tell(event: BatchEvent, summary: Summary) -> None:
            if event.kind in UNMADE:
                console.print(f"{event.id}: {event.fault}: {event.told(lang)}", style="red")
            elif event.kind == "retried":
                console.print(f"{event.id}: tried again: {event.told(lang)}", style="yellow")
            progress.update(
                line,
                total=summary.people,
                completed=summary.people - summary.left,
                description=_words(summary, time.monotonic() - began),
            )

        yield tell


@contextmanager
def goes_on(console: Console) -> Iterator[None]:
    """Tell who stops a batch, by Ctrl-C or otherwise, that nothing is lost."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        console.print("Stopped: what is made is kept, and the same command goes on from there.")
        raise


def json_lines(write: Callable[[str], object], lang: Lang) -> TellEvent:
    """Write every event as a line of JSON."""

    def tell(event: BatchEvent, summary: Summary) -> None:
        facts = {
            "event": event.kind,
            "id": event.id,
            "class": event.fault,
            "message": event.told(lang) or None,
            "problems": [problem.facts(lang) for problem in event.problems] or None,
            "seconds": event.seconds or None,
            "made": summary.made,
            "unchanged": summary.unchanged,
            "failed": summary.failed,
            "incomplete": summary.incomplete or None,
            "left": summary.left,
        }
        known = {name: fact for name, fact in facts.items() if fact is not None}
        write(json.dumps(known, ensure_ascii=False) + "\n")

    return tell


def summary_lines(
    summary: Summary, source: str, folder: Path, shown: Callable[[Path], str]
) -> Iterator[str]:
    """Say at the end what was done and where it lies; `shown` gives a path as one can click it."""
    parts = [f"{summary.made} made", f"{summary.unchanged} unchanged"]
    if summary.incomplete:
        parts.append(f"{summary.incomplete} incomplete")
    done = ", ".join([*parts, f"{summary.failed} failed of {summary.people}"])
    yield done + (f": see {shown(folder / FAILURES)}" if summary.failures else "")
    if summary.others:
        more = " …" if summary.others[MOST_NAMED:] else ""
        yield (
            f"{len(summary.others)} in the portfolio that {source} does not have: "
            f"{', '.join(summary.others[:MOST_NAMED])}{more}. Delete their folders in {shown(folder)} to leave them out."
        )
    yield from (
        shown(page)
        for page in sorted(folder.glob("portfolio.*"))
        if page.suffix in {".html", ".pdf"}
    )


def summary_json(summary: Summary) -> str:
    """Say the same as a line of JSON."""
    facts = {
        "event": "summary",
        "people": summary.people,
        "made": summary.made,
        "unchanged": summary.unchanged,
        "failed": summary.failed,
        "incomplete": summary.incomplete,
        "not_in_source": summary.others,
    }
    return json.dumps(facts) + "\n"


def failures_only(console: Console, lang: Lang) -> TellEvent:
    """Tell failures, one a line, and nothing else: for logs."""

    def tell(event: BatchEvent, summary: Summary) -> None:  # noqa: ARG001 - as the others are called
        if event.kind in UNMADE:
            console.print(f"{event.id}: {event.fault}: {event.told(lang)}")

    return tell


def _words(summary: Summary, seconds: float) -> str:
    words = [f"{summary.made} done"]
    if summary.unchanged:
        words.append(f"{summary.unchanged} unchanged")
    if summary.incomplete:
        words.append(f"{summary.incomplete} incomplete")
    words.append(f"{summary.failed} failed")
    if not summary.left:
        return ", ".join([*words, "making the portfolio"])
    words.append(f"{summary.left} left")
    if summary.made and seconds > 1:
        pace = summary.made / seconds
        minutes, rest = divmod(round(summary.left / pace), 60)
        words += [f"{60 * pace:.0f} per minute", f"{minutes}:{rest:02d} to go"]
    return ", ".join(words)
