"""
What a run leaves to be attached to an issue: a zip that tells of the machine and of what happened, and of no person.

It holds only what is named here: versions, a few variables, numbers, names of stages, codes of problems, kinds of errors and
places in the code. No text of a person, no message, no path, no id and no file name ever enters it.
"""

import json
import os
import platform
import re
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, requires, version
from io import BytesIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from tremplin import place
from tremplin.model.whole import write_whole

if TYPE_CHECKING:
    from tremplin.pipeline.batch.plan import BatchEvent, Summary, TellEvent

TOLD = frozenset(
    [
        "CI",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "LC_MESSAGES",
        "POLARS_MAX_THREADS",
        "PYTHONIOENCODING",
        "PYTHONUTF8",
        "TERM",
    ]
)
"""Variables whose values are told: they are words of programs."""
NAMED = frozenset(("HOME", "PYTHONPATH", "QUARTO_PATH", "TMPDIR", "XDG_CACHE_HOME"))
"""Variables of which only is told that they are set: their values are paths, which name people."""
CODE = ("site-packages", "src", "lib")


class RunLog:
    """What happened in a run, to be read by whoever mends tremplin."""

    def __init__(self, command: str) -> None:
        self._began = time.perf_counter()
        self._events: list[dict[str, Any]] = []
        self.add("command", name=command)

    def add(self, event: str, **facts: object) -> None:
        """Note an event with facts that are words of our own or numbers."""
        at = round(time.perf_counter() - self._began, 2)
        self._events.append({"at": at, "event": event, **facts})

    def stage(self, name: str) -> None:
        """Note that a stage begins."""
        self.add("stage", name=name)

    def hears(self, tell: "TellEvent") -> "TellEvent":
        """Note the events of a batch before they are told; of whom they are stays unsaid."""

        def both(event: "BatchEvent", summary: "Summary") -> None:
            codes = [problem.code for problem in event.problems]
            self.add(event.kind, fault=event.fault, codes=codes, seconds=event.seconds)
            tell(event, summary)

        return both

    def failed(self, error: BaseException) -> None:
        """Note an error and those that it came of: their kinds, and where in the code they were raised."""
        one: BaseException | None = error
        while one is not None:
            frames = [
                f"{_place_in_code(frame.filename)}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(one.__traceback__)
            ]
            codes = [problem.code for problem in getattr(one, "problems", ())]
            self.add("error", kind=type(one).__name__, codes=codes, frames=frames)
            one = one.__cause__ or one.__context__

    def bundle(self) -> bytes:
        """Give the zip."""
        content = {
            "versions.json": json.dumps(_versions(), indent=2),
            "environment.json": json.dumps(_environment(), indent=2),
            "log.jsonl": "".join(json.dumps(event) + "\n" for event in self._events),
        }
        whole = BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in content.items():
                file.writestr(name, text)
        return whole.getvalue()


@contextmanager
def logged(file: Path | None, command: str) -> Iterator[RunLog]:
    """
    Give a log of a run, which is left in a file however the run ends; without a file it is forgotten.

    Raises:
        InputError: the file cannot be written.

    """
    log = RunLog(command)
    try:
        yield log
    except BaseException as error:
        log.failed(error)
        raise
    finally:
        if file is not None:
            write_whole(file, log.bundle())


def _versions() -> dict[str, str]:
    """Give the versions of Python, of the system and of what tremplin needs directly."""
    found = {"python": sys.version.split()[0], "system": platform.system()}
    found |= {"release": platform.release(), "machine": platform.machine()}
    needed = (re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requires("tremplin") or ())
    for name in ("tremplin", *needed):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def _environment() -> dict[str, object]:
    """Tell what this place gives, in numbers, codes and words of programs."""
    return {
        "variables": {
            name: value if name in TOLD else "set"
            for name, value in sorted(os.environ.items())
            if name in TOLD | NAMED
        },
        "lacking": [problem.code for problem in place.lacking(place.REPORT)],
        "memory": place.memory_here(),
        "open files": place.open_files(),
        "cores": place.cores(),
        "encoding": sys.stdout.encoding,
    }


def _place_in_code(name: str) -> str:
    """Name a file of code from its package on: what is above is where somebody keeps it."""
    parts = PurePath(name).parts
    for folder in CODE:
        if folder in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(folder) :])
    return PurePath(name).name if name.startswith("<") else "?"
