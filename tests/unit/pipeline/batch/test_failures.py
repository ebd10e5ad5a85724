import csv
from pathlib import Path

import pytest

from tremplin.model.portfolio import Failure, read_failures
from tremplin.pipeline.batch.failures import write_failures

MANY = (
    "/clients/lea-dupont.yaml:3: employment.net_salary: the value is not a number. "
    "Write digits only, such as 1800 or 0.05.\n"
    "/clients/lea-dupont.yaml:9: project.start: this key is missing. Add it: First day."
)
SHARED = "clients.csv:{}: this id is given to several people: give each their own"


def rows(folder: Path, *failures: Failure) -> list[list[str]]:
    path = write_failures(folder, failures)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_french_excel_opens_it_in_columns(tmp_path: Path) -> None:
    """It is separated by semicolons and marked as UTF-8, with a row a problem and a column a part of it."""
    path = write_failures(tmp_path, [Failure("file-1", "input", MANY)])
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffid;class;message;problem;file;line;key;what is wrong;what to do\n"
        "file-1;input;line 3: employment.net_salary: the value is not a number. Write digits only,"
        " such as 1800 or 0.05.;1;/clients/lea-dupont.yaml;3;employment.net_salary;"
        "the value is not a number;Write digits only, such as 1800 or 0.05.\n"
        "file-1;input;line 9: project.start: this key is missing. Add it: First day.;2;"
        "/clients/lea-dupont.yaml;9;project.start;this key is missing;Add it: First day.\n"
    )


def test_the_portfolio_counts_people_and_names_no_file(tmp_path: Path) -> None:
    """Two problems of one client are one failure, one problem of two clients are two; no message has the file."""
    failures = [
        Failure("file-1", "input", MANY),
        Failure("zoe", "input", SHARED.format(2)),
        Failure("zoe", "input", SHARED.format(3)),
    ]
    found = read_failures(write_failures(tmp_path, failures))
    assert [(one.id, one.kind) for one in found] == [
        ("file-1", "input"),
        ("zoe", "input"),
        ("zoe", "input"),
    ]
    assert "lea-dupont" not in found[0].message
    assert found[0].message.count("\n") == 1
    assert found[2].message == ("line 3: this id is given to several people: give each their own")


@pytest.mark.parametrize(
    ("kind", "message", "cells"),
    [
        (
            "input",
            "--out: out/zoe holds files. Move them.",
            ["the option --out: out/zoe holds files. Move them.", "", ""],
        ),
        (
            "input",
            "=1+1/zoe.yaml:2: id: the text is empty. Write something in it.",
            ["line 2: id: the text is empty. Write something in it.", "'=1+1/zoe.yaml", "2"],
        ),
        (
            "infrastructure",
            "cannot write to out/a.b: no space left",
            ["cannot write to out/a.b: no space left", "", ""],
        ),
        ("content", "=cmd|' /C calc'!A0", ["'=cmd|' /C calc'!A0", "", ""]),
    ],
)
def test_only_a_cell_that_would_be_a_formula_is_guarded(
    kind: str, message: str, cells: list[str], tmp_path: Path
) -> None:
    """An option's dashes get no apostrophe, a name that begins like a formula does, and other faults keep their words."""
    _, row = rows(tmp_path, Failure("zoe", kind, message))
    assert [row[2], row[4], row[5]] == cells


def test_failures_are_in_the_order_of_ids(tmp_path: Path) -> None:
    """Who looks for a client finds them by the alphabet, in whatever order the reports failed."""
    failures = [Failure("zoe", "content", "a cell failed"), Failure("anna", "input", "a.csv:3: x")]
    assert [row[0] for row in rows(tmp_path, *failures)] == ["id", "anna", "zoe"]


def test_without_failures_the_head_is_there(tmp_path: Path) -> None:
    """An empty list can be told from a list that was never written."""
    assert len(rows(tmp_path)) == 1
