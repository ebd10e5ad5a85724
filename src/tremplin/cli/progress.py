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

from tremplin.cli.command import said
from tremplin.errors import Lang
from tremplin.errors.words import said as phrase
from tremplin.pipeline.batch.failures import FAILURES
from tremplin.pipeline.batch.plan import BatchEvent, Summary, TellEvent

UNMADE = frozenset(("failed", "incomplete"))
WAITING = frozenset(("paused", "resumed"))
MOST_NAMED = 10
"""People that a line names."""


@contextmanager
def progress_line(console: Console, lang: Lang) -> Iterator[TellEvent]:
    """Show done, failed, left, reports per minute and the time left, on a terminal."""
    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        line = progress.add_task(said("told.starting", lang), total=None)
        began = time.monotonic()

        def tell(event: BatchEvent, summary: Summary) -> None:
            if event.kind in UNMADE:
                console.print(_failed(event, lang), style="red")
            elif event.kind == "retried":
                again = said("told.retried", lang, id=event.id, told=event.told(lang))
                console.print(again, style="yellow")
            elif event.kind in WAITING:
                console.print(_waiting(event, lang), style="yellow")
            progress.update(
                line,
                total=summary.people,
                completed=summary.people - summary.left,
                description=_words(summary, time.monotonic() - began, lang),
            )

        yield tell


@contextmanager
def goes_on(console: Console, lang: Lang) -> Iterator[None]:
    """Tell who stops a batch, by Ctrl-C or otherwise, that nothing is lost."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        console.print(said("told.stopped", lang))
        raise


def json_lines(write: Callable[[str], object], lang: Lang) -> TellEvent:
    """Write every event as a line of JSON."""

    def tell(event: BatchEvent, summary: Summary) -> None:
        facts = {
            "event": event.kind,
            "id": event.id or None,
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
    summary: Summary, source: str, folder: Path, shown: Callable[[Path], str], lang: Lang
) -> Iterator[str]:
    """Say at the end what was done and where it lies; `shown` gives a path as one can click it."""
    failed = len(summary.failures)
    yield said(
        "told.batch",
        lang,
        made=summary.made,
        unchanged=summary.unchanged,
        incomplete=summary.incomplete or None,
        failed=summary.failed,
        people=summary.people,
        file=shown(folder / FAILURES) if failed else None,
    )
    if summary.others:
        more = " …" if summary.others[MOST_NAMED:] else ""
        yield said(
            "told.not_in_source",
            lang,
            count=len(summary.others),
            source=source,
            ids=", ".join(summary.others[:MOST_NAMED]) + more,
            folder=shown(folder),
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
    """Tell failures, one a line, and why nothing goes on: for logs."""

    def tell(event: BatchEvent, summary: Summary) -> None:  # noqa: ARG001 - as the others are called
        if event.kind in UNMADE:
            console.print(_failed(event, lang))
        elif event.kind in WAITING:
            console.print(_waiting(event, lang))

    return tell


def _waiting(event: BatchEvent, lang: Lang) -> str:
    return event.told(lang) if event.kind == "paused" else said("told.resumed", lang)


def _failed(event: BatchEvent, lang: Lang) -> str:
    fault = phrase(event.fault or "", lang)
    return said("told.failed", lang, id=event.id, fault=fault, told=event.told(lang))


def _words(summary: Summary, seconds: float, lang: Lang) -> str:
    words = [said("told.done", lang, count=summary.made)]
    if summary.unchanged:
        words.append(said("told.unchanged", lang, count=summary.unchanged))
    if summary.incomplete:
        words.append(said("told.incomplete", lang, count=summary.incomplete))
    words.append(said("told.failures", lang, count=summary.failed))
    if not summary.left:
        return ", ".join([*words, said("told.making_portfolio", lang)])
    words.append(said("told.left", lang, count=summary.left))
    if summary.made and seconds > 1:
        pace = summary.made / seconds
        minutes, rest = divmod(round(summary.left / pace), 60)
        to_go = f"{minutes}:{rest:02d}"
        words.append(said("told.pace", lang, pace=round(60 * pace), to_go=to_go))
    return ", ".join(words)
