"""
All that is wrong or doubtful in a vintage, worst first: what no folder may hold, and what a reader should know.
"""

from collections.abc import Iterator
from pathlib import Path

from tremplin.errors import InputError, Problem
from tremplin.ingest.derived import DERIVED, HISTORY
from tremplin.ingest.run import ingest
from tremplin.ingest.series import SERIES
from tremplin.ingest.snapshots import RAW
from tremplin.model.checks import SEVERITIES, Told
from tremplin.model.register import Register
from tremplin.model.vintage import NOTES

BESIDE = {DERIVED, HISTORY, NOTES}
FOLDERS = {RAW, SERIES, "urssaf"}


def doubts(folder: Path) -> tuple[Told, ...]:
    """List what is wrong with a data folder or doubtful in it, by severity."""
    try:
        register = Register.open(folder)
    except InputError as error:
        return tuple(Told("error", one) for one in error.problems)
    found = [*register.doubts(), *_strays(register)]
    if (
        register.vintage.kind == "official"
    ):  # what somebody says, or might be, follows from no series
        found += _not_derived(folder)
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))


def _strays(register: Register) -> Iterator[Told]:
    """Find files that nothing reads: perhaps a table whose name is misspelt."""
    for path in sorted(register.folder.rglob("*")):
        name = path.relative_to(register.folder)
        known = name.as_posix() in register.files or name.parts[0] in FOLDERS
        if path.is_file() and not known and name.as_posix() not in BESIDE:
            yield Told("warning", Problem.at("vintages.stray_file", path))


def _not_derived(folder: Path) -> Iterator[Told]:
    """Tell figures that are marked as derived and are others than what their series give."""
    if not (folder / RAW).is_dir():
        return
    try:
        found = ingest(folder)
    except InputError as error:
        yield from (Told("warning", one) for one in error.problems)
        return
    for problem in found.told:
        yield Told("warning", problem)
    for one in found.changes:
        yield Told(
            "warning",
            Problem.at(
                "check.derived",
                folder / DERIVED,
                what=one.what,
                before=one.before or "—",
                after=one.after or "—",
            ),
        )
