import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HEAD = "id,name,employment.contract,employment.since,employment.weekly_hours,employment.net_salary,project.activity,project.category,project.start,project.weekly_hours,project.turnover.month_1,project.turnover.month_12,project.turnover.month_24"
ZOE = "zoe,Zoé,permanent,2021-09-01,35,2300,Rédaction,liberal,2027-01-04,10,300,1800,2600"


def tremplin(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in the project, as an advisor does."""
    command = [sys.executable, "-m", "tremplin", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def table(folder: Path, *lines: str) -> Path:
    path = folder / "clients.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_table_can_be_checked_before_a_batch(tmp_path: Path) -> None:
    """`check` counts the clients of a good table, names the columns it leaves aside, and lists what is wrong in a bad one."""
    good = table(tmp_path, f"{HEAD},Téléphone", f"{ZOE},06 12 34 56 78")
    done = tremplin("check", good)
    assert (done.returncode, done.stdout) == (0, f"{good}: good, clients: 1\n")
    unread, *defaults = done.stderr.splitlines()
    assert unread == "columns not read: Téléphone"
    assert "household.other_income: not answered by 1 of 1, for whom « 0 € » stands in" in defaults
    bad = table(tmp_path, HEAD, ZOE, ZOE.replace("zoe", "yann").replace("2300", "lots"))
    done = tremplin("check", bad)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        f"{bad}:3: employment.net_salary: « lots » is not a number. "
        "Write for example 1850 or 1 850,50."
    )


def test_a_report_of_a_table_is_a_batch(tmp_path: Path) -> None:
    """Who gives a table to `report` is told the command that reads it."""
    path = table(tmp_path, HEAD, ZOE)
    done = tremplin("report", path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr == (
        f"{path}: this is a table, not the YAML file of one person. "
        "Use `tremplin batch`, which reads tables (.csv, .xlsx, .ods, .parquet).\n"
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEAD], ": holds no client below its first line. Write one client a line\n"),
        (
            [HEAD.replace("net_salary", "net_salery"), ZOE, ZOE],
            (
                ":1: the column `employment.net_salery` is unknown. "
                "Did you mean `employment.net_salary`?\n"
            ),
        ),
    ],
    ids=["nobody", "column"],
)
def test_a_table_that_is_wrong_as_a_whole_leaves_all_as_it_was(
    lines: list[str], said: str, tmp_path: Path
) -> None:
    """An empty table and a misspelt column are told in one line, and the failures of last time stay."""
    before = tmp_path / "out/failures.csv"
    before.parent.mkdir()
    before.write_text("id;class;message\n", encoding="utf-8")
    path = table(tmp_path, *lines)
    done = tremplin("batch", path, "--out", before.parent, "--as-of", "2026-11-27")
    assert (done.returncode, done.stderr) == (2, f"{path}{said}")
    assert [file.name for file in before.parent.iterdir()] == ["failures.csv"]


def test_french_people_read_french_problems_and_machines_codes(tmp_path: Path) -> None:
    """With `--lang fr` lines of JSON and failures.csv have French words, beside the same codes, places and values."""
    bad = table(tmp_path, HEAD, ZOE.replace("2300", "lots"))
    out = tmp_path / "out"
    done = tremplin(
        *("batch", bad, "--out", out, "--as-of", "2026-11-27", "--json", "--lang", "fr")
    )
    assert done.returncode == 1
    what = "«\xa0…\xa0» n’est pas un nombre"
    todo = "Écrivez par exemple 1850 ou 1 850,50."
    failed, _ = map(json.loads, done.stdout.splitlines())
    assert failed["message"] == f"{bad}:2: employment.net_salary: {what}. {todo}"
    assert failed["problems"] == [
        {
            "code": "answer.not_a_number",
            "file": str(bad),
            "sheet": None,
            "line": 2,
            "column": None,
            "key": "employment.net_salary",
            "values": {"said": "…"},
            "what": what,
            "todo": todo,
        }
    ]
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert row == {
        "id": "zoe",
        "class": "input",
        "message": f"ligne 2: employment.net_salary: {what}. {todo}",
        "problem": "1",
        "file": str(bad),
        "sheet": "",
        "line": "2",
        "key": "employment.net_salary",
        "what is wrong": what,
        "what to do": todo,
        "code": "answer.not_a_number",
    }


def test_no_list_has_the_name_of_a_file(tmp_path: Path) -> None:
    """A profile called like its person and with no id is `file-1` in ledger and message, and told by file in one column."""
    people, out = tmp_path / "people", tmp_path / "out"
    people.mkdir()
    (people / "lea-dupont.yaml").write_text("name: [\n", encoding="utf-8")
    done = tremplin("batch", people, "--out", out, "--as-of", "2026-11-27")
    assert done.returncode == 1
    assert "dupont" not in (out / "ledger.jsonl").read_text(encoding="utf-8")
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert row.pop("file") == f"{people}/lea-dupont.yaml"
    assert row["id"] == "file-1"
    assert "dupont" not in str(row)


def test_who_has_answers_to_give_is_incomplete(tmp_path: Path) -> None:
    """A class of its own in failures.csv, ledger and sums says what to ask, and that somebody has no report yet."""
    few = table(tmp_path, HEAD, ZOE.replace("2300", ""))
    out = tmp_path / "out"
    done = tremplin("batch", few, "--out", out, "--as-of", "2026-11-27", "--json", "--lang", "fr")
    assert done.returncode == 1
    event, summary = map(json.loads, done.stdout.splitlines())
    assert (event["event"], event["class"], event["failed"]) == ("incomplete", "incomplete", 0)
    assert (summary["failed"], summary["incomplete"]) == (0, 1)
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert (row["class"], row["key"]) == ("incomplete", "employment.net_salary")
    assert row["what to do"] == (
        "Demandez\xa0: «\xa0Quel est votre salaire net imposable par mois\xa0?\xa0»"
    )
    assert '"event": "incomplete"' in (out / "ledger.jsonl").read_text(encoding="utf-8")


def test_check_takes_folders_and_patterns_and_tells_machines_all(tmp_path: Path) -> None:
    """What batch reads check reads, hidden files are left out with a word, and with --json all is a line a source."""
    (tmp_path / "a.csv").write_text(f"{HEAD}\n{ZOE}\n", encoding="utf-8")
    bad = "".join(f"{ZOE.replace('zoe', f'z{n}').replace('2300', 'x')}\n" for n in range(120))
    (tmp_path / "b.csv").write_text(f"{HEAD}\n{bad}", encoding="utf-8")
    (tmp_path / "._a.csv").write_bytes(b"\x00\x05")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf")
    for source in (tmp_path, tmp_path / "*.csv"):
        done = tremplin("check", source, "--json")
        (found,) = map(json.loads, done.stdout.splitlines())
        assert done.returncode == 2
        assert (found["people"], found["wrong"], len(found["problems"])) == (121, 120, 120)
        told = {one["code"] for one in found["told"]}
        assert "told.file_hidden" in told
        assert ("told.file_of_no_kind" in told) is (source == tmp_path)
    done = tremplin("check", tmp_path)
    assert done.stderr.splitlines()[-1] == (
        f"{tmp_path}: 120 problems of 120 of 121 clients: employment.net_salary 120"
    )
