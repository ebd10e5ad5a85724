"""What happens to reports after they were made: checked again, or deleted."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

DAY = 86_400


def tremplin(project: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the command line as a person does."""
    command = [sys.executable, "-m", "tremplin", *map(str, arguments)]
    env = os.environ | more
    return subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def made(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make two pages, as an advisor does."""
    out = tmp_path_factory.mktemp("made") / "out"
    options = [
        "--as-of",
        "2026-11-22",
        "--renderer",
        "pandoc",
        "--to",
        "html",
        "--validate",
        "none",
        "--jobs",
        "1",
    ]
    done = tremplin(project, "batch", "params/[ab]*.yaml", "--out", out, *options)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def reports(made: Path, tmp_path: Path) -> Path:
    """Give a copy of them that a test may change."""
    return shutil.copytree(made, tmp_path / "reports")


def test_verify_tells_what_differs_and_what_is_the_same(
    project: Path, reports: Path, tmp_path: Path
) -> None:
    """Bruno's report comes out to the byte; of alice's the profile was changed, and so differs all that follows from it."""
    profile = reports / "alice/alice.yaml"
    text = profile.read_text(encoding="utf-8")
    assert text.count("investment: 2500") == 1
    profile.write_text(text.replace("investment: 2500", "investment: 2600"), encoding="utf-8")
    data = shutil.copytree(project / "data", tmp_path / "data")
    (data / "README.md").write_text("another word", encoding="utf-8")
    done = tremplin(project, "verify", reports, "--data", data, "--jobs", "1")
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines() == [
        (
            "alice: changed since it was made: alice.yaml; "
            "comes out differently: alice-forecast.xlsx, alice.html, alice.ipynb, alice.yaml, results.json; "
            "made of other inputs: data/README.md"
        ),
        "bruno: made of other inputs: data/README.md",
    ]


def test_a_report_without_its_profile_cannot_be_made_again(project: Path, reports: Path) -> None:
    """It is told, and so is a page that somebody changed; no worker is started for it."""
    shutil.rmtree(reports / "bruno")
    (reports / "alice/alice.yaml").unlink()
    page = reports / "alice/alice.html"
    page.write_text(page.read_text(encoding="utf-8") + "!", encoding="utf-8")
    done = tremplin(project, "verify", reports)
    assert (done.returncode, done.stdout) == (
        1,
        (
            "alice: changed since it was made: alice.html, alice.yaml; "
            "cannot be made again: its profile is gone\n"
        ),
    )


def test_one_spoilt_receipt_does_not_stop_the_others(project: Path, reports: Path) -> None:
    """It is told with what to do; the other report is made again, and the file that lies beside it named."""
    receipt = reports / "alice/receipt.json"
    receipt.write_bytes(receipt.read_bytes()[:-100])
    (reports / "bruno/.DS_Store").write_bytes(b"Bud1")
    done = tremplin(project, "verify", reports, "--jobs", "1")
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines() == [
        (
            "alice: cannot be made again: alice/receipt.json: is no receipt that a report can be made from. "
            "Make this report again"
        ),
        "bruno: no part of the report: .DS_Store",
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"id": "alice"}'])
def test_a_receipt_that_is_none_is_told(project: Path, tmp_path: Path, content: str) -> None:
    """A receipt that was cut off, or is an earlier version's, is named with what to do."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice/receipt.json").write_text(content)
    done = tremplin(project, "verify", tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "alice/receipt.json: is no receipt that a report can be made from" in done.stdout


def test_a_receipt_cannot_speak_of_another_folder(project: Path, reports: Path) -> None:
    """An id that leads elsewhere is refused before anything is read there."""
    shutil.rmtree(reports / "bruno")
    receipt = reports / "alice/receipt.json"
    receipt.write_text(receipt.read_text().replace('"id": "alice"', '"id": "../../alice"'))
    done = tremplin(project, "verify", reports)
    assert done.returncode == 1
    assert "is no receipt that a report can be made from" in done.stdout


def test_a_kept_profile_that_cannot_be_read_is_told_without_what_it_says(
    project: Path, reports: Path
) -> None:
    """Its file, line and key are named for its own folder, whatever id stands in it."""
    (reports / "bruno/bruno.yaml").unlink()
    profile = reports / "alice/alice.yaml"
    text = profile.read_text(encoding="utf-8").replace("id: alice", "id: bruno")
    profile.write_text(text.replace("investment: 2500", "investment: a secret"), encoding="utf-8")
    done = tremplin(project, "verify", reports)
    assert (done.returncode, done.stderr) == (1, "")
    assert "alice: changed since it was made: alice.yaml; cannot be made again: alice.yaml:" in (
        done.stdout
    )
    assert "investment: the value is not a number" in done.stdout
    assert "secret" not in done.stdout
    assert "bruno.yaml; cannot be made again: its profile is gone\n" in done.stdout


@pytest.mark.parametrize("other", ["bruno", "somebody"])
def test_a_kept_profile_whose_id_was_changed_is_told_of_its_own_folder(
    project: Path, reports: Path, other: str
) -> None:
    """Nobody else is blamed for it, even where the id is now another person's."""
    (reports / "bruno/bruno.yaml").unlink()
    profile = reports / "alice/alice.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("id: alice", f"id: {other}"), encoding="utf-8")
    done = tremplin(project, "verify", reports)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        (
            "alice: changed since it was made: alice.yaml; "
            "cannot be made again: the id in alice.yaml is no longer alice: put it back"
        ),
        "bruno: changed since it was made: bruno.yaml; cannot be made again: its profile is gone",
    ]


def aged(folder: Path, days: int) -> None:
    """Make files look as old as that."""
    then = time.time() - days * DAY
    for file in (*folder.rglob("*"), folder):
        os.utime(file, (then, then))


def test_old_reports_go_and_young_ones_stay(project: Path, reports: Path) -> None:
    """With an old report go portfolio and failures, which speak of it; the ledger remembers which and when."""
    aged(reports / "alice", 91)
    aged(reports / "bruno", 89)
    done = tremplin(project, "purge", reports, "--older-than", "90d")
    assert (done.returncode, done.stdout) == (0, "1 deleted, 1 kept\n")
    left = sorted(file.name for file in reports.iterdir())
    assert left == [".lock", "bruno", "ledger.jsonl"]
    events = [json.loads(line) for line in (reports / "ledger.jsonl").read_text().splitlines()]
    assert next(event["id"] for event in events if event["event"] == "purged") == "alice"


def test_a_report_goes_by_its_publication(project: Path, reports: Path) -> None:
    """An old report with the notebook of a fresh failure beside it is old; a failure that never had a report goes by its own age."""
    aged(reports, 200)
    (reports / "alice/failed.ipynb").write_text("{}")
    (reports / "zoe").mkdir()
    (reports / "zoe/failed.ipynb").write_text("{}")
    done = tremplin(project, "purge", reports, "--older-than", "90d")
    assert (done.returncode, done.stdout) == (0, "2 deleted, 1 kept\n")
    assert [folder.name for folder in reports.iterdir() if folder.is_dir()] == ["zoe"]


def test_a_report_goes_whatever_lies_beside_it(project: Path, reports: Path) -> None:
    """What the system or the advisor put into its folder stays and is told; the ledger remembers that something stayed."""
    (reports / "alice/.DS_Store").write_bytes(b"Bud1")
    (reports / "alice/notes").mkdir()
    aged(reports, 91)
    done = tremplin(project, "purge", reports, "--older-than", "90d")
    assert (done.returncode, done.stdout) == (1, "2 deleted, 0 kept\n")
    assert done.stderr == (
        f"{reports}/alice: the report is deleted, but not what is no part of it: .DS_Store, notes. "
        "Delete it too if it tells of the person\n"
    )
    assert sorted(file.name for file in (reports / "alice").iterdir()) == [".DS_Store", "notes"]
    events = [json.loads(line) for line in (reports / "ledger.jsonl").read_text().splitlines()]
    purged = {
        event["id"]: event for event in events if event["event"] == "purged" and "id" in event
    }
    assert purged["alice"]["left"] == 2
    assert "left" not in purged["bruno"]
    assert tremplin(project, "purge", reports, "--older-than", "90d").returncode == 0


def test_what_a_killed_run_left_goes_with_old_reports(project: Path, reports: Path) -> None:
    """Its private folder holds a person's data, and nobody may ever make another report there."""
    left = reports / ".making-99999999-abcdefgh"
    (left / "params").mkdir(parents=True)
    (left / "params/alice.yaml").write_text("id: alice")
    done = tremplin(project, "purge", reports, "--older-than", "90d")
    assert (done.returncode, done.stdout) == (0, "0 deleted, 2 kept\n")
    assert not left.exists()


def test_nothing_but_reports_is_deleted(project: Path, reports: Path, tmp_path: Path) -> None:
    """A folder that need not be a report, or a link to a folder elsewhere, is left alone however old it is."""
    (reports / "thesis").mkdir()
    (reports / "thesis/thesis.pdf").write_text("mine")
    (reports / "thesis/data.csv").write_text("mine")
    shutil.rmtree(reports / "alice")
    elsewhere = shutil.move(reports / "bruno", tmp_path / "elsewhere")
    (reports / "bruno").symlink_to(elsewhere)
    aged(reports, 400)
    done = tremplin(project, "purge", reports, "--older-than", "90d")
    assert (done.returncode, done.stdout) == (1, "0 deleted, 1 kept\n")
    assert done.stderr == (
        f"{reports}/thesis: has no receipt.json but other files (data.csv), and was left alone. "
        "Delete what is a person's report\n"
    )
    assert (reports / "thesis/thesis.pdf").is_file()
    assert (tmp_path / "elsewhere/bruno.html").is_file()


@pytest.mark.parametrize("age", ["90", "-1d"])
def test_an_age_is_given_in_days(project: Path, reports: Path, age: str) -> None:
    """Any other age deletes nothing."""
    done = tremplin(project, "purge", reports, f"--older-than={age}")
    assert done.returncode == 2
    assert "is not an age. Write it in days, as 90d." in done.stderr
    assert (reports / "alice/alice.html").is_file()


def test_files_are_for_the_user_alone(made: Path) -> None:
    """No other user of the machine can read a report, a ledger or a portfolio, or list them."""
    modes = {
        str(path.relative_to(made)): oct(path.stat().st_mode & 0o777)
        for path in (made, *made.rglob("*"))
    }
    folders = {".", "alice", "bruno"}
    assert {name: mode for name, mode in modes.items() if name in folders} == dict.fromkeys(
        folders, "0o700"
    )
    assert {mode for name, mode in modes.items() if name not in folders} == {"0o600"}


def test_each_file_of_a_report_carries_its_token(made: Path) -> None:
    """The token of results.json stands in the page; two people never have the same."""
    tokens = {}
    for name in ("alice", "bruno"):
        tokens[name] = json.loads((made / name / "results.json").read_text())["token"]
        assert (
            f'<meta name="report" content="{tokens[name]}">'
            in (made / name / f"{name}.html").read_text()
        )
    assert tokens["alice"] != tokens["bruno"]
