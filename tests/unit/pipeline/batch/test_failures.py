import csv
from pathlib import Path

import pytest

from tremplin.errors import Lang, Place, Problem
from tremplin.model.delivered import read_failures
from tremplin.pipeline.batch.failures import write_failures
from tremplin.pipeline.batch.plan import Unmade
from tremplin.pipeline.batch.task import Fault

PROFILE = "/clients/lea-dupont.yaml"
MANY = (
    Problem.at(
        "profile.not_a_number",
        Place(PROFILE, 3, key="employment.net_salary"),
        value="the value",
    ),
    Problem.at("profile.key_missing", Place(PROFILE, 9, key="project.start"), meaning="First day."),
)


def shared(line: int) -> tuple[Problem]:
    return (Problem.at("people.id_shared", Place("clients.csv", line)),)


def rows(folder: Path, *failures: Unmade, lang: Lang = "en") -> list[list[str]]:
    path = write_failures(folder, failures, lang)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_french_excel_opens_it_in_columns(tmp_path: Path) -> None:
    """It is separated by semicolons and marked as UTF-8, with a row per problem and a column for each part of it."""
    path = write_failures(tmp_path, [Unmade("file-1", Fault.INPUT, MANY)], "en")
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffid;class;message;problem;file;line;key;what is wrong;what to do;code;sheet\n"
        "file-1;input;line 3: employment.net_salary: the value is not a number. Write digits only,"
        " such as 1800 or 0.05.;1;/clients/lea-dupont.yaml;3;employment.net_salary;"
        "the value is not a number;Write digits only, such as 1800 or 0.05.;profile.not_a_number;\n"
        "file-1;input;line 9: project.start: this key is missing. Add it: First day.;2;"
        "/clients/lea-dupont.yaml;9;project.start;this key is missing;Add it: First day.;"
        "profile.key_missing;\n"
    )


def test_its_words_are_those_of_who_reads_it(tmp_path: Path) -> None:
    """Who runs a batch in French reads French in the same columns, beside the same codes."""
    _, row = rows(tmp_path, Unmade("zoe", Fault.INPUT, shared(2)), lang="fr")
    assert row == [
        *("zoe", "input"),
        "ligne 2: cet identifiant est donné à plusieurs personnes\u00a0: donnez à chacune le sien",
        *("1", "clients.csv", "2", ""),
        "cet identifiant est donné à plusieurs personnes\u00a0: donnez à chacune le sien",
        *("", "people.id_shared", ""),
    ]


def test_the_portfolio_counts_people_and_names_no_file(tmp_path: Path) -> None:
    """Two problems of one client are one failure, one problem of two clients are two; no message has the file."""
    failures = [
        Unmade("file-1", Fault.INPUT, MANY),
        Unmade("zoe", Fault.INPUT, shared(2)),
        Unmade("zoe", Fault.INPUT, shared(3)),
    ]
    found = read_failures(write_failures(tmp_path, failures, "en"))
    assert [(one.id, one.kind) for one in found] == [
        ("file-1", "input"),
        ("zoe", "input"),
        ("zoe", "input"),
    ]
    assert "lea-dupont" not in found[0].message
    assert found[0].message.count("\n") == 1
    assert found[0].places == (
        Place(line=3, key="employment.net_salary"),
        Place(line=9, key="project.start"),
    )
    assert found[2].message == ("line 3: this id is given to several people: give each their own")


@pytest.mark.parametrize(
    ("problem", "cells"),
    [
        (
            Problem.at("option.not_a_date", "--as-of", value="'x'"),
            ["the option --as-of: 'x' is not a date. Write it as 2026-11-22.", "", ""],
        ),
        (
            Problem.at("profile.text_empty", Place("=1+1/zoe.yaml", 2, key="id")),
            ["line 2: id: the text is empty. Write something in it.", "'=1+1/zoe.yaml", "2"],
        ),
        (
            Problem.at("disk.not_written", folder="out/a.b", reason="no space left"),
            ["cannot write to out/a.b: no space left", "", ""],
        ),
        (Problem.at("report.failed", said="=cmd|' /C calc'!A0"), ["'=cmd|' /C calc'!A0", "", ""]),
    ],
)
def test_only_a_cell_that_would_be_a_formula_is_guarded(
    problem: Problem, cells: list[str], tmp_path: Path
) -> None:
    """An option's dashes get no apostrophe, a name that begins like a formula does, and others keep their words."""
    _, row = rows(tmp_path, Unmade("zoe", Fault.INPUT, (problem,)))
    assert [row[2], row[4], row[5]] == cells


def test_failures_are_in_the_order_of_ids(tmp_path: Path) -> None:
    """Who looks for a client finds them by the alphabet, in whatever order the reports failed."""
    failures = [
        Unmade("zoe", Fault.CONTENT, (Problem.at("report.failed", said="a cell failed"),)),
        Unmade("anna", Fault.INPUT, shared(3)),
    ]
    assert [row[0] for row in rows(tmp_path, *failures)] == ["id", "anna", "zoe"]


def test_without_failures_the_head_is_there(tmp_path: Path) -> None:
    """An empty list can be told from a list that was never written."""
    assert len(rows(tmp_path)) == 1
