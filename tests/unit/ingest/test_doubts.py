"""Deliberate slips in a data folder: each is told, with how much it weighs."""

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tremplin.ingest.doubts import doubts
from tremplin.model.register import Register

DATA = Path(__file__).parents[3] / "data"
STATISTICS, RULES = "statistics.csv", "rules.csv"


def changed(folder: Path, name: str, key: Mapping[str, str], cells: Mapping[str, str]) -> Path:
    """Copy the data folder and write other cells into the rows of a table that a key names."""
    data = Path(shutil.copytree(DATA, folder / "data"))
    with (data / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [row for row in rows if key.items() <= row.items()]
    assert found
    for row in found:
        row.update(cells)
    with (data / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return data


def test_our_own_register_raises_no_doubt() -> None:
    """What is shipped holds all that it asks of a vintage."""
    assert doubts(DATA) == ()


@pytest.mark.parametrize(
    ("name", "key", "cells", "severity", "code"),
    [
        (
            STATISTICS,
            "A06",
            {"value": "1165.813", "unit": "milliers"},
            "error",
            "table.not_a_choice",
        ),
        (STATISTICS, "A06", {"value": "1165.813"}, "error", "check.whole"),
        (STATISTICS, "A06", {"value": "-1165813"}, "error", "check.range"),
        (STATISTICS, "A06", {"value": "11658130"}, "warning", "check.range"),
        (STATISTICS, "A06", {"value": "nan"}, "error", "table.not_a_number"),
        (STATISTICS, "A06", {"year": "2052"}, "warning", "check.year"),
        (STATISTICS, "A06", {"year": "2026"}, "warning", "check.label"),
        (STATISTICS, "A06", {"publisher": ""}, "error", "table.rule_broken"),
        (STATISTICS, "A06", {"accessed": "12/01/2026"}, "error", "table.not_a_date"),
        (STATISTICS, "A03", {"value": "716914"}, "warning", "check.sum"),
        (STATISTICS, "A08", {"value": "9.4"}, "warning", "check.growth"),
        (STATISTICS, "A08", {"value": "5"}, "warning", "check.derived"),
        (STATISTICS, "A10", {"value": "590"}, "warning", "check.range"),
        (STATISTICS, "A14", {"value": "132"}, "error", "check.range"),
        (STATISTICS, "A14", {"value": "0.65"}, "warning", "check.same"),
        (STATISTICS, "A22", {"value": "86"}, "warning", "check.monotone"),
        (STATISTICS, "S01", {"value": "1051500"}, "warning", "check.same"),
        (STATISTICS, "A01", {"origin": "quoted"}, "warning", "derived.not_marked"),
        (RULES, "acre.general.factor", {"value": "0.5"}, "warning", "check.range"),
        (RULES, "micro.ceiling.sale", {"value": "1.23"}, "warning", "check.range"),
        (RULES, "pass", {"value": "48600"}, "warning", "derived.rule_differs"),
        (RULES, "micro.contributions.sale", {"value": "12.3"}, "error", "table.rule_broken"),
    ],
)
def test_a_slip_is_told(  # noqa: PLR0913, PLR0917 - what a case says
    tmp_path: Path, name: str, key: str, cells: dict[str, str], severity: str, code: str
) -> None:
    """Whoever edits a table by hand is told what cannot be or is hardly meant, and nothing ends in a traceback."""
    found = doubts(changed(tmp_path, name, {"id": key}, cells))
    assert (severity, code) in {(one.severity, one.problem.code) for one in found}


def test_a_gap_in_the_days_of_a_rule_is_told(tmp_path: Path) -> None:
    """A rule that ends weeks before its successor begins would refuse whoever starts between."""
    key = {"id": "smic.hourly", "valid_from": "2026-01-01"}
    cells = {"valid_to": "2026-04-30", "review_by": "2026-05-01"}
    data = changed(tmp_path, RULES, key, cells)
    (told,) = doubts(data)
    assert (told.severity, told.problem.code) == ("warning", "check.gap")
    assert told.problem.values["ends"] == "2026-04-30"


def test_a_file_that_nothing_reads_is_told_and_notes_are_not(tmp_path: Path) -> None:
    """A table with a misspelt name is not passed over in silence; a README may stand beside."""
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    shutil.copy(data / "rules.csv", data / "rules (2).csv")
    (told,) = doubts(data)
    assert (told.severity, told.problem.code) == ("warning", "vintages.stray_file")
    assert told.problem.place.file.endswith("rules (2).csv")


def test_a_doubtful_vintage_still_makes_reports(tmp_path: Path) -> None:
    """An assumption may be what a check calls unlikely: only what cannot be is refused."""
    data = changed(tmp_path, RULES, {"id": "acre.general.factor"}, {"value": "0.5"})
    assert [one.severity for one in Register.open(data).doubts()] == ["warning"]
