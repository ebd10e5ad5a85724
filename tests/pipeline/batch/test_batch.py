import csv
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from tests.thorough import THOROUGH
from tests.tiny import ROOT

FAST = ["--as-of", "2026-11-22", "--renderer", "pandoc", "--to", "html", "--validate", "none"]


def tremplin(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in the project, as an advisor does."""
    command = [sys.executable, "-m", "tremplin", *map(str, arguments)]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def clients(folder: Path, **people: Callable[[str], str]) -> Path:
    """Make a folder of profiles out of alice's, each changed by a function."""
    folder.mkdir()
    alice = (ROOT / "params/alice.yaml").read_text(encoding="utf-8")
    for name, change in people.items():
        text = change(alice.replace("id: alice", f"id: {name}"))
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def same(text: str) -> str:
    """Leave a profile as it is."""
    return text


def without_salary(text: str) -> str:
    """Take out what a profile must have."""
    return "\n".join(line for line in text.splitlines() if "net_salary" not in line)


def before_the_law(text: str) -> str:
    """Start on a day that the register's rules do not reach back to."""
    return re.sub("start: 20[0-9-]+", "start: 2025-03-01", text)


def digests(out: Path) -> dict[str, str]:
    """Hash what people receive: all but receipts, which hold the seconds that it took, and the story of the run."""
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(out.rglob("*"))
        if file.is_file() and file.name not in {"receipt.json", "ledger.jsonl", ".lock"}
    }


@pytest.fixture(scope="module")
def done(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, list[dict[str, str]]]:
    """Run a batch of two good clients, two bad and two of one id, and give source, output and the lines told."""
    place = tmp_path_factory.mktemp("batch")
    people = {"anna": same, "bert": same, "carl": without_salary, "dora": same}
    source = clients(place / "clients", **people, emil=before_the_law)
    twin = (source / "dora.yaml").read_text(encoding="utf-8")
    (source / "dora-2.yaml").write_text(twin, encoding="utf-8")
    run = tremplin(project, "batch", source, "--out", place / "out", "--json", "--jobs", "2", *FAST)
    assert run.returncode == 1, run.stderr
    return source, place / "out", [json.loads(line) for line in run.stdout.splitlines()]


def test_one_bad_person_costs_one_report(
    done: tuple[Path, Path, list[dict[str, str]]],
) -> None:
    """The good get their reports, the others a line in failures.csv that says what is wrong, and the exit code is 1."""
    source, out, _ = done
    assert sorted(path.name for path in out.glob("*/*.html")) == ["anna.html", "bert.html"]
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert [(row[0], row[1]) for row in rows[1:]] == [
        ("carl", "incomplete"),
        ("dora", "input"),
        ("dora", "input"),
        ("emil", "input"),
    ]
    assert (
        "employment.net_salary: the answer is missing. Ask: « Quel est votre salaire" in rows[1][2]
    )
    assert "this id is given to several people" in rows[2][2]
    assert rows[4][2].startswith("the rule acre.age_limit is not known on …")
    assert [row[4] for row in rows[1:]] == [
        f"{source}/carl.yaml",
        f"{source}/dora-2.yaml",
        f"{source}/dora.yaml",
        "data/rules.csv",
    ]


def test_a_machine_can_follow(done: tuple[Path, Path, list[dict[str, str]]]) -> None:
    """With --json every step is a line of JSON, and the last one the summary."""
    told = done[2]
    assert sorted(line["event"] for line in told) == [
        *["failed"] * 3,
        "incomplete",
        *["made"] * 2,
        "summary",
    ]
    assert told[-1] == {
        "event": "summary",
        "people": 6,
        "made": 2,
        "unchanged": 0,
        "failed": 3,
        "incomplete": 1,
        "not_in_source": [],
    }


def test_a_report_of_a_batch_is_the_report_made_alone(
    project: Path, done: tuple[Path, Path, list[dict[str, str]]], tmp_path: Path
) -> None:
    """Page, notebook and results are the same bytes as `tremplin report` gives."""
    source, out, _ = done
    options = ["--as-of", "2026-11-22", "--renderer", "pandoc", "--to", "html", "--no-validate"]
    alone = tremplin(project, "report", source / "anna.yaml", "--out", tmp_path, *options)
    assert alone.returncode == 0, alone.stderr
    assert digests(tmp_path / "anna") == digests(out / "anna")


def test_what_is_unchanged_is_not_made_again(
    project: Path, done: tuple[Path, Path, list[dict[str, str]]], tmp_path: Path
) -> None:
    """The same command makes anew what was changed by hand, and leaves the rest alone."""
    source, out, _ = done
    kept = tmp_path / "out"
    shutil.copytree(out, kept)
    (kept / "anna/anna.html").write_text("changed", encoding="utf-8")
    mended = tremplin(project, "batch", source, "--out", kept, "--jobs", "1", *FAST)
    assert "1 made, 1 unchanged, 1 incomplete, 3 failed of 6" in mended.stdout
    assert digests(kept) == digests(out)


def test_nothing_is_left_behind(done: tuple[Path, Path, list[dict[str, str]]]) -> None:
    """After a batch its folder holds reports, their portfolio, the failures and the ledger, and no work folder."""
    _, out, _ = done
    assert sorted(path.name for path in out.iterdir()) == [
        ".lock",
        "anna",
        "bert",
        "failures.csv",
        "ledger.jsonl",
        "portfolio.html",
        "portfolio.ics",
        "portfolio.ipynb",
        "portfolio.parquet",
    ]


def test_a_killed_batch_goes_on_and_ends_alike(
    project: Path, done: tuple[Path, Path, list[dict[str, str]]], tmp_path: Path
) -> None:
    """After SIGKILL, with a report under way, no process is left, and the same command ends with the same files."""
    source, out, _ = done
    command = [sys.executable, "-m", "tremplin", "batch", str(source), "--out", str(tmp_path / "o")]
    with subprocess.Popen(
        [*command, "--jobs", "2", *FAST],
        cwd=project,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as batch:
        family = wait_for_work(batch.pid)
        os.kill(batch.pid, signal.SIGKILL)
    assert not survivors(family)
    resumed = tremplin(project, "batch", source, "--out", tmp_path / "o", "--jobs", "1", *FAST)
    assert resumed.returncode == 1
    assert digests(tmp_path / "o") == digests(out)


@pytest.mark.parametrize(
    ("sign", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), *([(signal.SIGHUP, 129)] if THOROUGH else [])],
)
def test_a_batch_that_is_stopped_says_how_it_goes_on(
    project: Path, tmp_path: Path, sign: signal.Signals, code: int
) -> None:
    """After Ctrl-C, which reaches every process, a shutdown or a closed terminal one line tells that nothing is lost."""
    source = clients(tmp_path / "clients", anna=same)
    out = tmp_path / "o"
    # Tests that run under `nohup` or in the background would hand on that signals are ignored.
    command = ["env", "--default-signal", sys.executable, "-m", "tremplin", "batch", str(source)]
    with subprocess.Popen(
        [*command, "--out", str(out), "--jobs", "1", *FAST],
        cwd=project,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as batch:
        family = wait_for_work(batch.pid)
        (os.killpg if sign is signal.SIGINT else os.kill)(batch.pid, sign)
        _, told = batch.communicate(timeout=60)
    assert batch.returncode == code
    assert told.strip() == "Stopped: what is made is kept, and the same command goes on from there."
    assert not survivors(family)
    assert sorted(path.name for path in out.iterdir()) == [".lock", "ledger.jsonl"]


def test_who_left_the_source_is_told_and_who_is_erased_is_forgotten(
    project: Path, tmp_path: Path
) -> None:
    """A report whose client the source no longer has is named; once all reports are deleted, so is the portfolio."""
    source, out = clients(tmp_path / "clients", anna=same, bea=same), tmp_path / "o"
    command: list[str | Path] = ["batch", source, "--out", out, "--jobs", "1", *FAST]
    assert tremplin(project, *command).returncode == 0
    (source / "bea.yaml").unlink()
    told = tremplin(project, *command).stdout
    assert told.startswith("0 made, 1 unchanged, 0 failed of 1\n1 in the portfolio that ")
    assert "does not have: bea. Delete their folders in " in told
    assert told.endswith("portfolio.html\n")
    for name in ("anna", "bea"):
        shutil.rmtree(out / name)
    (source / "anna.yaml").write_text(without_salary((source / "anna.yaml").read_text("utf-8")))
    assert tremplin(project, *command).returncode == 1
    assert sorted(file.name for file in out.iterdir()) == [".lock", "failures.csv", "ledger.jsonl"]


def test_a_report_that_takes_workers_down_is_set_apart(project: Path, tmp_path: Path) -> None:
    """Where each worker that makes a report is killed, that person is quarantined and the others are served."""
    source = clients(tmp_path / "clients", anna=same)
    command = [sys.executable, "-m", "tremplin", "batch", str(source), "--out", str(tmp_path / "o")]
    with subprocess.Popen(
        [*command, "--jobs", "1", "--json", *FAST], cwd=project, stdout=subprocess.PIPE, text=True
    ) as batch:
        for _ in range(2):
            family = wait_for_work(batch.pid)
            template = next(one for one in family if "warm.template" in " ".join(one.cmdline()))
            worker = template.parent()
            assert worker is not None
            worker.kill()
            assert not survivors([worker, template])
        told, _ = batch.communicate(timeout=120)
    assert batch.returncode == 1, told
    assert json.loads(told.splitlines()[0])["class"] == "poison"
    again = tremplin(project, "batch", source, "--out", tmp_path / "o", "--jobs", "1", *FAST)
    assert "anna: poison: this report took two workers down" in again.stderr


def test_reports_cannot_go_into_the_project(project: Path, tmp_path: Path) -> None:
    """It is refused once, before a worker starts, and no ledger or lock is left among the data."""
    data = shutil.copytree(project / "data", tmp_path / "data")
    before = sorted(data.rglob("*"))
    run = tremplin(project, "batch", "params", "--data", data, "--out", data, *FAST)
    assert (run.returncode, run.stderr) == (
        2,
        f"--out: {data} lies among the project's own files. Choose another folder.\n",
    )
    assert sorted(data.rglob("*")) == before


def test_files_called_like_a_client_cost_one_report_and_are_kept(
    project: Path, tmp_path: Path
) -> None:
    """A file, a link or a folder of other files where a report would go is told of that client, and stays what it is."""
    source = clients(tmp_path / "clients", anna=same, bert=same, carl=same)
    out, mine = tmp_path / "o", tmp_path / "mine"
    mine.mkdir()
    (out / "carl").mkdir(parents=True)
    (out / "carl/thesis.txt").write_text("mine")
    (out / "anna").write_text("mine")
    (out / "bert").symlink_to(mine)
    run = tremplin(project, "batch", source, "--out", out, "--jobs", "1", "--quiet", *FAST)
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        f"{name}: input: --out: {out}/{name} is or holds files that are not a report. Choose another folder."
        for name in ("anna", "bert", "carl")
    ]
    assert ((out / "anna").read_text(), (out / "bert").readlink()) == ("mine", mine)
    assert [file.name for file in (out / "carl").iterdir()] == ["thesis.txt"]


def test_a_damaged_folder_does_not_stop_a_batch(
    project: Path, done: tuple[Path, Path, list[dict[str, str]]], tmp_path: Path
) -> None:
    """A receipt that says nothing of nbval is made anew; an old report that lost its results is told in the portfolio."""
    source = clients(tmp_path / "clients", anna=same)
    out = shutil.copytree(done[1], tmp_path / "o")
    receipt = out / "anna/receipt.json"
    facts = json.loads(receipt.read_text(encoding="utf-8"))
    receipt.write_text(json.dumps({**facts, "validation": None}), encoding="utf-8")
    (out / "bert/results.json").unlink()
    options = ["--as-of", "2026-11-22", "--renderer", "pandoc", "--to", "html", "--jobs", "1"]
    run = tremplin(project, "batch", source, "--out", out, "--validate", "all", *options)
    assert (run.returncode, run.stderr) == (0, "")
    assert "1 made, 0 unchanged, 0 failed of 1" in run.stdout
    page = (out / "portfolio.html").read_text(encoding="utf-8")
    assert "Résultats illisibles : rapport à refaire" in page.replace("\xa0", " ")


def test_a_worker_killed_while_it_starts_is_told_in_a_line(project: Path, tmp_path: Path) -> None:
    """A batch whose workers cannot come up says so and what to do, without a traceback."""
    source = clients(tmp_path / "clients", anna=same)
    command = [sys.executable, "-m", "tremplin", "batch", str(source), "--out", str(tmp_path / "o")]
    with subprocess.Popen(
        [*command, "--jobs", "1", *FAST], cwd=project, stderr=subprocess.PIPE, text=True
    ) as batch:
        starting: list[psutil.Process] = []
        while not starting and batch.poll() is None:
            with suppress(psutil.Error):  # some are there for a moment only
                family = psutil.Process(batch.pid).children(recursive=True)
                starting = [one for one in family if "spawn_main" in " ".join(one.cmdline())]
            time.sleep(0.05)
        starting[0].kill()
        _, told = batch.communicate(timeout=120)
    assert batch.returncode == 3
    assert "a worker stopped before it could begin" in told
    assert "Traceback" not in told


def wait_for_work(pid: int, seconds: float = 60) -> list[psutil.Process]:
    """Wait until a kernel is at work in a private folder somewhere below a process, and give all that is below it."""
    for _ in range(int(seconds * 10)):
        family = psutil.Process(pid).children(recursive=True)
        for process in family:
            try:
                if ".making-" in process.cwd():
                    return family
            except psutil.Error:
                continue
        time.sleep(0.1)
    raise AssertionError("no kernel came to work")


def survivors(family: list[psutil.Process]) -> list[psutil.Process]:
    """Give what of a family still runs after a few seconds."""
    return psutil.wait_procs(family, timeout=15)[1]
