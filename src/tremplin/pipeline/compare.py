"""
Two reports of a person, or two folders of reports, read from disk and held against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tremplin.assessment.differences import BeforeAndAfter, compare
from tremplin.case import Case
from tremplin.errors import InputError
from tremplin.model.delivered import RESULTS, read_one
from tremplin.model.profile import Profile, load_profile
from tremplin.model.register import Register
from tremplin.model.results import Results


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a report left: the profile it was made from, and what it found."""

    profile: Profile
    results: Results


@dataclass(frozen=True, slots=True)
class Compared:
    """The people of two folders."""

    both: tuple[tuple[BeforeAndAfter, Case], ...]
    """Who has a report in both, with the case of the second, by id."""
    gone: tuple[str, ...]
    """Who has one in the first alone."""
    new: tuple[str, ...]
    """Who has one in the second alone."""


def compare_folders(before: Path, after: Path, register: Register) -> Compared:
    """
    Hold reports against each other by the id of the person.

    Args:
        before: the folder of a report, or of reports.
        after: likewise, the later one.
        register: what every possible cause is tried with.

    Raises:
        InputError: one holds no report, or one whose profile or results cannot be read.

    """
    one, other = _reports(before), _reports(after)
    both = sorted(one.keys() & other.keys())
    if not both:
        raise InputError.at("diff.nobody_in_both", after)
    return Compared(
        both=tuple(_compared(_read(one[id_]), _read(other[id_]), register) for id_ in both),
        gone=tuple(sorted(one.keys() - other.keys())),
        new=tuple(sorted(other.keys() - one.keys())),
    )


def _compared(
    before: Delivered, after: Delivered, register: Register
) -> tuple[BeforeAndAfter, Case]:
    case = Case(after.profile, register, after.results.as_of)
    return compare((before.profile, before.results), (case, after.results)), case


def _reports(folder: Path) -> Mapping[str, Path]:
    """Find the folder of each report in a folder, which may be that of one, by id."""
    alone = folder / RESULTS
    found = [alone] if alone.is_file() else sorted(folder.glob(f"[!.]*/{RESULTS}"))
    if not found:
        raise InputError.at("out.no_report", folder)
    return {path.resolve().parent.name: path.resolve().parent for path in found}


def _read(folder: Path) -> Delivered:
    return Delivered(load_profile(folder / f"{folder.name}.yaml"), read_one(folder / RESULTS))
