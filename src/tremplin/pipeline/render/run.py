"""Runs a rendering program in the work folder: bounded in time, without the user's settings."""

import errno
import os
import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from tremplin.errors import EnvironmentLacksError, Phrase, ReportError

SECONDS = 300
SCREEN = 2000  # characters of a program's complaint that a person is shown

_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")


def private_environment(work: Path) -> dict[str, str]:
    """
    Make an environment in which a program keeps its caches and temporary files to this render.

    Nothing of the user's settings reaches it: the same document gives everyone the same report.
    """
    scratch = work / ".scratch"
    for name in ("tmp", "home", "cache", "config", "data"):
        (scratch / name).mkdir(parents=True, exist_ok=True)
    passed_on = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    return passed_on | {
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch / "tmp"),
        "XDG_CACHE_HOME": str(scratch / "cache"),
        "XDG_CONFIG_HOME": str(scratch / "config"),
        "XDG_DATA_HOME": str(scratch / "data"),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        # For the Typst that Quarto starts: the fonts of this machine are none of the report's.
        "TYPST_IGNORE_SYSTEM_FONTS": "true",
    }


def run(
    command: Sequence[str],
    work: Path,
    what: str,
    complaint: Callable[[str], str] = lambda stderr: stderr,
) -> None:
    """
    Run a program in the work folder and wait for it.

    Args:
        command: The program and its arguments; no shell reads them.
        work: Where it runs, and keeps what it needs for itself.
        what: The name of the program for a person.
        complaint: Makes of the error output what a person should read of it.

    Raises:
        EnvironmentLacksError: The program cannot be started, was killed, or found the disk full.
        ReportError: It failed or took too long; the error carries what it said, cut to a screen.

    """
    try:
        done = subprocess.run(
            command,
            cwd=work,
            env=private_environment(work),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except OSError as error:
        raise EnvironmentLacksError(f"{what}: {command[0]} cannot be started: {error}") from error
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"{what}: not finished after {SECONDS} seconds") from error
    if done.returncode < 0 or os.strerror(errno.ENOSPC) in done.stderr:
        reason = why_stopped(done.returncode, done.stderr)
        raise EnvironmentLacksError.at("environment.stopped", what=what, reason=reason)
    if done.returncode != 0:
        said = one_screen(complaint(done.stderr).replace(f"{work}{os.sep}", ""))
        raise ReportError(f"{what} failed (exit code {done.returncode}):\n{said}")


def why_stopped(code: int, complaint: str) -> str:
    """Say why a program ended that had nothing to say on the document: a full disk, a signal, or the kind of a Python error."""
    if (full := os.strerror(errno.ENOSPC)) in complaint:
        return Phrase(full)
    if code == -signal.SIGKILL:
        return Phrase("it was killed, as a system does that is out of memory")
    if code < 0:
        return signal.Signals(-code).name
    # Not the rest of the line: it may quote the person.
    kinds = re.findall(r"(?m)^([A-Za-z_.]*(?:Error|Exception|Warning|Interrupt))\b", complaint)
    return kinds[-1] if kinds else f"exit code {code}"


def one_screen(complaint: str) -> str:
    """Cut what a program said to its cause: no Lua stack, and the end, where the cause stands."""
    lines = [
        line
        for line in complaint.strip().splitlines()
        if not line.startswith(("\t", "stack traceback:"))
    ]
    said = "\n".join(lines)
    if len(said) <= SCREEN:
        return said
    return "…\n" + said[-SCREEN:].split("\n", 1)[-1]
