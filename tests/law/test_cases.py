import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.law.cases import ROOT, LawCase, differences, law_files, read_law
from tests.law.page import PAGE, with_list

from tremplin.errors import InputError
from tremplin.model.register import Register
from tremplin.model.rules import Rule, rules_by_id

FIRST_KNOWN = date(2026, 1, 1)
"""A period that begins then begins where the register's knowledge does, not the law (data/README.md)."""

UNREAD = {
    "smic.hourly": "nothing that is reckoned depends on the Smic of a day",
    "smic.monthly": "idem",
    "acre.micro.contributions.lodging": "whether guest houses pay it is to be verified",
}
"""Rules that change without a case, and why."""

DAY = timedelta(days=1)
GOOD = """\
subject: ACRE
source: [ct_l5141_1]
as_of: 2026-11-22
cases:
  - name: a priority town district
    why: Whoever creates in a QPV.
    profile: {person.zone: qpv}
    expect: {acre.ground: qpv}
"""


def all_cases() -> list[LawCase]:
    return [case for one in law_files() for case in one.cases]


def boundaries(register: Register) -> Iterator[tuple[str, date, Rule | None, Rule]]:
    """Find the days on which a rule changes or ends: the rule's row of the day before, and that of the day."""
    periods = rules_by_id(register._tables["rules.csv"])  # noqa: SLF001 - rows in their order, which no one else asks for
    for id_, rows in periods.items():
        for before, row in zip([None, *rows[:-1]], rows, strict=True):
            if row.valid_from > FIRST_KNOWN and (before is None or before.value != row.value):
                yield id_, row.valid_from, before, row
        if rows[-1].valid_to is not None:
            # What comes then is not known, and the last row stands in.
            yield id_, rows[-1].valid_to + DAY, rows[-1], rows[-1]


def test_every_day_on_which_a_rule_changes_has_a_case_on_both_sides(register: Register) -> None:
    """Whoever changes a rule from a day on is asked for a case on that day, and one on the day before."""
    read = {(id_, day) for case in all_cases() for id_, day in case.rules.items()}
    missing = [
        f"{id_} as on {on}"
        for id_, day, before, _ in boundaries(register)
        for on in ([day - DAY] if before else []) + [day]
        if id_ not in UNREAD and (id_, on) not in read
    ]
    assert not missing, f"write a law case that has under `rules`: {', '.join(missing)}"


def test_a_case_about_a_rule_notices_when_the_rule_changes(
    register: Register, tmp_path: Path
) -> None:
    """Halve what a case says it reads, and the case fails; where the library has the value from another rule, they agree."""
    asleep = []
    for case in all_cases():
        for id_, day in case.rules.items():
            rows = rules_by_id(register._tables["rules.csv"]).get(id_)  # noqa: SLF001
            assert rows, f"{case.name}: there is no rule {id_}"
            row = next((one for one in reversed(rows) if one.valid_from <= day), None)
            if row is None or row.value in case.expect.values():
                continue
            if not differences(case, halved(register, row)):
                asleep.append(f"{case.file.name}: {case.name}: {id_}")
    assert not asleep
