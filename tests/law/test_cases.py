import csv
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.law.cases import LawCase, differences, law_files, read_law
from tests.law.page import PAGE, with_list

from tremplin.errors import InputError
from tremplin.model.register import Register

FIRST_KNOWN = date(2026, 1, 1)
"""A period that begins then begins where the register's knowledge does, not the law (data/README.md)."""

UNREAD = {
    "smic.monthly": "nothing that is reckoned depends on the Smic of a day",
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


class Row(NamedTuple):
    """A value of a rule over some days."""

    id: str
    valid_from: date
    valid_to: date | None
    value: float


@pytest.fixture(scope="module")
def cases() -> list[LawCase]:
    """Give the cases of all files."""
    return [case for one in law_files() for case in one.cases]


def periods(register: Register) -> dict[str, list[Row]]:
    """Give the rows of each rule, the oldest first."""
    rows = register.table("rules.csv").sort("id", "valid_from").select(Row._fields).iter_rows()
    found = groupby((Row(*row) for row in rows), key=lambda row: row.id)
    return {id_: list(group) for id_, group in found}


def days_to_prove(register: Register) -> Iterator[tuple[str, date]]:
    """Find the days around each change of a rule: the last one before it, where a row holds then, and the first."""
    for id_, rows in periods(register).items():
        for before, row in zip([None, *rows[:-1]], rows, strict=True):
            if row.valid_from > FIRST_KNOWN and (before is None or before.value != row.value):
                yield from [(id_, row.valid_from - DAY)] if before else []
                yield id_, row.valid_from
        if rows[-1].valid_to is not None:
            # What comes then is not known.
            yield id_, rows[-1].valid_to
            yield id_, rows[-1].valid_to + DAY


def test_every_day_on_which_a_rule_changes_has_a_case_on_both_sides(
    register: Register, cases: list[LawCase]
) -> None:
    """Whoever changes a rule from a day on is asked for a case on that day, and one on the day before."""
    read = {(id_, day) for case in cases for id_, day in case.rules.items()}
    needed = [(id_, day) for id_, day in days_to_prove(register) if id_ not in UNREAD]
    missing = [f"{id_}: {day}" for id_, day in needed if (id_, day) not in read]
    assert not missing, f"Write law cases that have under `rules`: {', '.join(missing)}"


def test_a_case_about_a_rule_notices_a_change_of_it(
    register: Register, cases: list[LawCase], tmp_path: Path
) -> None:
    """Halve the value that a case says it reads, and the case fails; or it expects that very value."""
    about = {
        (case.file.name, case.name, *rule): case for case in cases for rule in case.rules.items()
    }
    known = periods(register)
    data = Path(shutil.copytree(register.folder, tmp_path / "data"))
    asleep = []
    for (file, name, id_, day), case in about.items():
        rows = [row for row in known[id_] if row.valid_from <= day]
        if not rows or rows[-1].value in case.expect.values():
            continue
        halve(rows[-1], register.folder / "rules.csv", data / "rules.csv")
        if not differences(case, Register.open(data)):
            asleep.append(f"{file}: {name}: {id_}")
    assert not asleep


def halve(row: Row, rules: Path, copy: Path) -> None:
    """Write a copy of rules.csv in which a row has half of its value."""
    with rules.open(encoding="utf-8", newline="") as read, copy.open("w", encoding="utf-8") as file:
        table = csv.DictReader(read)
        written = csv.DictWriter(file, table.fieldnames or ())
        written.writeheader()
        for line in table:
            if (line["id"], line["valid_from"]) == (row.id, row.valid_from.isoformat()):
                line["value"] = str(row.value / 2)
            written.writerow(line)


def test_the_list_of_cases_is_up_to_date() -> None:
    """The page tells how many cases each article has, and from which sources."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_list(page), "Write it anew: make schema"


def test_there_are_cases_enough(cases: list[LawCase]) -> None:
    """Nobody loses cases unseen, as by a file that is no longer collected."""
    assert len(cases) >= 400


def read(folder: Path, text: str) -> str:
    """Read a file of cases, and give what is wrong with it."""
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_law(path)
    return str(caught.value).replace(f"{path}:", "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("subject: ACRE\n", "", "subject: `subject` is missing. Add it"),
        (
            "ct_l5141_1",
            "ct_l5141",
            "2: source: 'ct_l5141' is not a key of data/sources.bib. Did you",
        ),
        (
            "as_of: 2026-11-22\n",
            "",
            "as_of: the day of the case is missing. Write `as_of: 2026-11-22`",
        ),
        (
            "    why: Whoever creates in a QPV.\n",
            "",
            "why: `why` is missing. Say in one sentence why",
        ),
        (
            "    why:",
            "    because:",
            "because: nobody reads this key. The keys here are: name, why",
        ),
        ("person.zone", "person.zon", "person.zon: unknown key. Did you mean `zone`?"),
        ("acre.ground", "acree", "expect: there is no answer 'acree'. Did you mean 'acre'?"),
        ("profile: {person.zone: qpv}", "input: {profit: 1}", "there is no answer 'acre.ground'"),
        (
            "    profile: {person.zone: qpv}\n    expect: {acre.ground: qpv}",
            "    input: {margin: 1}\n    expect: {corporate_tax: 1}",
            "input: profit is missing and nobody reads margin. corporate_tax takes: profit",
        ),
        (
            "    expect",
            "    rules: [pass]\n    expect",
            "rules: each rule needs the day it is read on",
        ),
    ],
)
def test_a_case_that_is_written_wrongly_says_so(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    """Whoever forgets why, or misspells a key or an answer, reads which, on which line, and what was meant."""
    assert old in GOOD
    assert told in read(tmp_path, GOOD.replace(old, new))


def test_two_cases_of_a_file_have_two_names(tmp_path: Path) -> None:
    """A case is found by its name."""
    twice = GOOD + GOOD.partition("cases:\n")[2]
    assert "another case is called 'a priority town district' too" in read(tmp_path, twice)


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{acre.ground: zfrr}", "acre.ground: expected zfrr, got qpv"),
        ("{acre.rate: 0.5}", "acre.rate: expected 0.5, got 0.25"),
        ("{acre.eligible: 1}", "acre.eligible: expected 1, got true"),
        ("{acre.request_by: null}", "acre.request_by: expected null, got 2027-03-05"),
        ("{acre.grund: qpv}", "acre.grund: acre has no 'grund'. Did you mean 'ground'?"),
        (
            "{contract.non_compete.ends: null}",
            "contract.non_compete.ends: contract.non_compete is null",
        ),
        ("{micro.ceiling: 83600}", "micro.ceiling: expected 83600, got 82912.87671"),
    ],
)
def test_a_case_that_fails_tells_what_was_expected(
    register: Register, tmp_path: Path, expect: str, told: str
) -> None:
    """The difference stands in one line, with the path of the answer."""
    path = tmp_path / "cases.yaml"
    path.write_text(GOOD.replace("{acre.ground: qpv}", expect), encoding="utf-8")
    (case,) = read_law(path).cases
    assert differences(case, register) == [told]
