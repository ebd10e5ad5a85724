"""
What a batch has done so far: one line of JSON an event, only ever added to; and the lock of its folder.

The truth about a report is its receipt, which is published with it. The ledger is the story, and remembers
what left no receipt: who is set apart because their report takes workers down, and what the portfolio was made of.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tremplin.errors import EnvironmentLacksError, Phrase
from tremplin.pipeline.batch.task import Fault
from tremplin.pipeline.disk import not_written
from tremplin.pipeline.lock import LOCK, take

LEDGER = "ledger.jsonl"


class Ledger:
    """The ledger of one folder, open to be added to."""

    def __init__(self, out: Path) -> None:
        self._path = out / LEDGER
        self.quarantined: set[str] = set()
        """The keys of reports that took workers down and have not been made since."""
        self.portfolio: str | None = None
        """The key of the last portfolio."""
        for event in _events(self._path):
            match event:
                case {"fault": Fault.POISON, "key": str(key)}:
                    self.quarantined.add(key)
                case {"event": "made", "key": str(key)}:
                    self.quarantined.discard(key)
                case {"event": "portfolio", "key": str(key)}:
                    self.portfolio = key
        _mend(self._path)
        self._file = self._path.open("a", encoding="utf-8")

    def add(self, event: str, **facts: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        """Add one event, on the disk when this returns."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._file.write(json.dumps({"event": event, "at": at, **facts}, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        """Use it with `with`."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self._file.close()


@contextmanager
def sole_batch(out: Path) -> Iterator[None]:
    """
    Hold the lock of a folder; the system lets go of it however this process ends.

    Raises:
        EnvironmentLacksError: another batch works there, or the folder cannot be written.

    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = (out / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise EnvironmentLacksError(not_written(out, error)) from error
    with file:
        try:
            ours = take(file)
        except OSError as error:
            reason = Phrase(error.strerror)
            raise EnvironmentLacksError.at(
                "disk.not_locked", folder=str(out), reason=reason
            ) from error
        if not ours:
            file.seek(0)
            other = file.read().strip() or "?"
            raise EnvironmentLacksError.at("batch.other_at_work", process=other, folder=str(out))
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _events(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                event = json.loads(line)
            except ValueError:  # cut off by a kill
                continue
            if isinstance(event, dict) and "event" in event:
                yield event


def _mend(path: Path) -> None:
    """End a line that a kill cut off, so that the next one stands on its own."""
    if not path.exists() or not path.stat().st_size:
        return
    with path.open("rb+") as file:
        file.seek(-1, os.SEEK_END)
        if file.read(1) != b"\n":
            file.write(b"\n")
