"""
What a batch has done so far: one line of JSON an event, added to until the oldest go; and the lock of its folder.

The truth about a report is its receipt, which is published with it. The ledger is the story, and remembers
what left no receipt: who is set apart because their report takes workers down, and what the portfolio was made of.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tremplin.errors import EnvironmentLacksError, InputError, Phrase
from tremplin.model.whole import write_whole
from tremplin.pipeline.batch.task import Fault
from tremplin.pipeline.disk import not_written
from tremplin.pipeline.lock import LOCK, take

LEDGER = "ledger.jsonl"
MOST_BYTES = 8 * 2**20
"""Of the story: fifty thousand reports."""


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
        self._shorten()
        self._file = self._path.open("a", encoding="utf-8")

    def add(self, event: str, **facts: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        """Add one event, on the disk when this returns."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._file.write(json.dumps({"event": event, "at": at, **facts}, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _shorten(self) -> None:
        """Let the older half of a long story go, but for what still counts and for what was deleted on purpose."""
        if not self._path.exists() or self._path.stat().st_size <= MOST_BYTES:
            return
        lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        kept, size = [], 0
        for line in reversed(lines):
            size += len(line.encode())
            if size <= MOST_BYTES // 2 or self._counts(line):
                kept.append(line)
        with suppress(InputError):  # the disk is full: then it stays long
            write_whole(self._path, "".join(reversed(kept)))

    def _counts(self, line: str) -> bool:
        match _event(line):
            case {"event": "purged"}:
                return True
            case {"fault": Fault.POISON, "key": str(key)}:
                return key in self.quarantined
            case {"event": "portfolio", "key": str(key)}:
                return key == self.portfolio
        return False

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
            if event := _event(line):
                yield event


def _event(line: str) -> dict[str, Any] | None:
    """Read a line; None where it is none, as a kill had cut it off."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and "event" in event else None


def _mend(path: Path) -> None:
    """End a line that a kill cut off, so that the next one stands on its own."""
    if not path.exists() or not path.stat().st_size:
        return
    with path.open("rb+") as file:
        file.seek(-1, os.SEEK_END)
        if file.read(1) != b"\n":
            file.write(b"\n")
