"""
What of its surroundings a command puts right before it runs, so that it does the same wherever it is called.
"""

import codecs
import os
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from tremplin.errors import EnvironmentLacksError
from tremplin.place import LENT

ASKED_OF_PYTHON = frozenset(("PYTHONOPTIMIZE", "PYTHONWARNINGS"))
"""What somebody asks of Python for programs of their own."""
LEGIBLE = "tremplin.legible"
"""How text is written where a terminal lacks its letters."""
_PLAIN = str.maketrans(
    {"’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "·": "-", "–": "-", "—": "-", "…": "..."}
    | {"€": "EUR", "œ": "oe", "Œ": "OE", "│": "|", "├": "|", "└": "`", "─": "-"}
)


@contextmanager
def settled() -> Iterator[None]:
    """
    Put right what can be: Python's own switches, rights of new files, letters, a home folder.

    Raises:
        EnvironmentLacksError: the working folder is gone, or there is no folder for temporary files.

    """
    _start_anew_if_python_was_changed()
    # What is written here tells a person's situation: it is for nobody else on this machine.
    os.umask(0o077)
    codecs.register_error(LEGIBLE, _legible)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=LEGIBLE)
    try:
        Path.cwd()
    except FileNotFoundError:
        raise EnvironmentLacksError.at("place.no_working_folder") from None
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        raise EnvironmentLacksError.at("place.no_temporary_folder") from None
    with _home():
        yield


def _start_anew_if_python_was_changed() -> None:
    """Run again as an ordinary Python does: altair reads the docstrings of its classes, and libraries warn."""
    strict = any(option.startswith("error") for option in sys.warnoptions)
    if strict or sys.flags.optimize > 1:
        ordinary = {
            name: value for name, value in os.environ.items() if name not in ASKED_OF_PYTHON
        }
        words = [sys.executable, "-P", "-m", "tremplin", *sys.argv[1:]]
        os.execve(sys.executable, words, ordinary)  # noqa: S606 - our own command, without a shell


@contextmanager
def _home() -> Iterator[None]:
    """Lend a home folder to an account without one, or whose own is read-only: libraries keep there what they can lose."""
    try:
        home = Path.home()
    except RuntimeError:  # neither HOME nor an entry among the system's accounts
        home = None
    if home is not None and os.access(home, os.W_OK):
        yield
        return
    with tempfile.TemporaryDirectory(prefix=LENT, ignore_cleanup_errors=True) as lent:
        if home is not None:  # what is kept there can still be read
            os.environ.setdefault("XDG_CACHE_HOME", str(home / ".cache"))
        os.environ["HOME"] = lent
        yield


def _legible(error: UnicodeError) -> tuple[str, int]:
    """Write letters without their accents, signs as a typewriter has them, and `?` for the rest."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end].translate(_PLAIN)
    plain = (
        unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"
        for letter in letters
    )
    return "".join(plain), error.end
