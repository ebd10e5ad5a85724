"""
What a check of many people shows while it reads. The lines of a batch are apart: they need a cluster.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from tremplin.cli.command import said
from tremplin.errors import Lang

AT_ONCE = 100
"""People after whom the line is drawn anew."""


@contextmanager
def counting(console: Console, lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how many of how many people were checked, and the time left."""
    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        line = progress.add_task("", total=None)

        def tell(count: int, people: int) -> None:
            if count % AT_ONCE == 0:
                words = said("told.checked", lang, count=count, people=people)
                progress.update(line, total=people, completed=count, description=words)

        yield tell
