"""What happens to reports after they were made: checked again, or deleted."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DAY = 86_400


def tremplin(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the command line as a person does."""
    command = [sys.executable, "-m", "tremplin", *map(str, arguments)]
    env = os.environ | more
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
    ]
    done = tremplin("batch", "params/[ab]*.yaml", "--out", out, *options)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def reports(made: Path, tmp_path: Path) -> Path:
    """Give a copy of them that a test may change."""
    return shutil.copytree(made, tmp_path / "reports")


def test_a_report_made_again_is_the_same(reports: Path) -> None:
    """Nothing changed: the report comes out of its receipt as it is, to the byte."""
    shutil.rmtree(reports / "bruno")
    done = tremplin("verify", reports)
    assert (done.returncode, done.stdout) == (0, "alice: same\n")


def test_what_differs_is_told(reports: Path, tmp_path: Path) -> None:
    """A page that somebody changed, a profile that is gone, a rule of another value: each is named, and what it changes."""
    page = reports / "alice/alice.html"
    page.write_text(page.read_text().replace("Alice", "Alicia"))
    (reports / "bruno/bruno.yaml").unlink()
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    rules = data / "rules.csv"
    text = rules.read_text()
    assert text.count("micro.contributions.liberal,2026-01-01,,0.256") == 1
    rules.write_text(text.replace("liberal,2026-01-01,,0.256", "liberal,2026-01-01,,0.266"))
    done = tremplin("verify", reports, "--data", data)
    assert done.returncode == 1
    alice, bruno = done.stdout.splitlines()
    assert alice == (
        "alice: changed since it was made: alice.html; "
        "comes out differently: alice.html, alice.ipynb, results.json; "
        "made of other inputs: data/rules.csv"
    )
    assert bruno == (
        "bruno: changed since it was made: bruno.yaml; made of other inputs: data/rules.csv; "
        "cannot be made again: its profile is gone"
    )


def aged(folder: Path, days: int) -> None:
    """Make files look as old as that."""
    then = time.time() - days * DAY
    for file in (*folder.rglob("*"), folder):
        os.utime(file, (then, then))


def test_old_reports_go_and_young_ones_stay(reports: Path) -> None:
    """With an old report go portfolio and failures, which speak of it; the ledger remembers which and when."""
    aged(reports / "alice", 91)
    aged(reports / "bruno", 89)
    done = tremplin("purge", reports, "--older-than", "90d")
    assert (done.returncode, done.stdout) == (0, "1 deleted, 1 kept\n")
    left = sorted(file.name for file in reports.iterdir())
    assert left == [".lock", "bruno", "ledger.jsonl"]
    events = [json.loads(line) for line in (reports / "ledger.jsonl").read_text().splitlines()]
    assert next(event["id"] for event in events if event["event"] == "purged") == "alice"


def test_nothing_but_reports_is_deleted(reports: Path, tmp_path: Path) -> None:
    """A folder with other files in it, or a link to a folder elsewhere, is left alone however old it is."""
    (reports / "alice/notes.txt").write_text("mine")
    elsewhere = shutil.move(reports / "bruno", tmp_path / "elsewhere")
    (reports / "bruno").symlink_to(elsewhere)
    aged(reports, 400)
    done = tremplin("purge", reports, "--older-than", "90d")
    assert (done.returncode, done.stdout) == (0, "0 deleted, 0 kept\n")
    assert (reports / "alice/alice.html").is_file()
    assert (tmp_path / "elsewhere/bruno.html").is_file()


@pytest.mark.parametrize("age", ["90", "3m", "-1d", "d", ""])
def test_an_age_is_given_in_days(reports: Path, age: str) -> None:
    """Any other age deletes nothing."""
    done = tremplin("purge", reports, f"--older-than={age}")
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
