"""Canaries: words and amounts that nobody else has, searched for in every byte that a batch leaves."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from tests.tiny import typed_project

ROOT = Path(__file__).parents[2]
OWN = {".html", ".pdf", ".ipynb", ".yaml"}
"""What may speak of a person, in their own folder; so may results.json."""


def profile(name: str, number: int) -> str:
    """Write alice's profile with a canary in every text, and amounts that betray whose they are."""
    text = (ROOT / "params/alice.yaml").read_text(encoding="utf-8")
    changes = {
        "id: alice": f"id: {name}",
        "name: Alice": f"name: canary-{number}-name",
        "activity: ": f"activity: canary-{number}-activity # ",
        "area: Île-de-France": f"area: canary-{number}-area",
        "net_salary: ": f"net_salary: 23{number}7.31 # ",
    }
    for before, after in changes.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


BROKEN = {
    "number": ("net_salary: 2", "net_salary: canary-4-salary # "),
    "choice": ("category: ", "category: canary-5-category # "),
    "date": ("birth_date: 1991-05-14", "birth_date: canary-6-date"),
    "yaml": ("project:", "canary-7-yaml: [\nproject:"),
    "order": ("since: ", "since: 2077-07-07 # "),
}


@pytest.fixture(scope="module")
def temporary() -> Iterator[Path]:
    """Give a temporary folder with a name short enough for sockets to be made in it."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> tuple[Path, str]:
    """Run two people and five failures on two busy workers; give the place and all that was told."""
    place = tmp_path_factory.mktemp("privacy")
    project = typed_project(tmp_path_factory.mktemp("typed"))
    people = place / "people"
    people.mkdir()
    for number in (1, 2):
        (people / f"p{number}.yaml").write_text(profile(f"p{number}", number), encoding="utf-8")
    for name, (before, after) in BROKEN.items():
        text = profile(f"bad-{name}", 9)
        assert text.count(before) == 1, before
        (people / f"bad-{name}.yaml").write_text(text.replace(before, after), encoding="utf-8")
    surroundings = {name: str(place / name.lower()) for name in ("HOME", "XDG_CACHE_HOME")}
    for folder in surroundings.values():
        Path(folder).mkdir()
    surroundings["TMPDIR"] = str(temporary)
    command = [sys.executable, "-m", "tremplin", "batch", str(people), "--out", str(place / "out")]
    command += ["--as-of", "2026-11-22", "--renderer", "pandoc", "--jobs", "2", "--json"]
    done = subprocess.run(
        [*command, "--validate", "sample:1"],
        cwd=project,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return place, done.stdout + done.stderr


def said_in(file: Path) -> str:
    """Read a file as a searcher would, a PDF as its text and metadata."""
    if file.suffix != ".pdf":
        return file.read_bytes().decode("utf-8", "replace")
    printed = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return printed.stdout + file.read_bytes().decode("latin-1")


def test_only_a_person_s_own_files_speak_of_them(batch: tuple[Path, str]) -> None:
    """No log, ledger, list, portfolio, cache or other person's file holds a canary; receipts neither."""
    place, _ = batch
    searched = 0
    for file in (path for path in place.rglob("*") if path.is_file()):
        parts = file.relative_to(place).parts
        if parts[0] == "people":
            continue
        own = parts[1] if parts[0] == "out" and len(parts) == 3 else ""
        text, searched = said_in(file), searched + 1
        for number in range(1, 10):
            theirs = own == f"p{number}" and (file.suffix in OWN or file.name == "results.json")
            if theirs:
                continue
            assert f"canary-{number}" not in text, file
            assert f"23{number}7.31" not in text, file
            assert f"23{number}7,31" not in text, file
        assert "2077-07-07" not in text, file
    assert searched > 20


def test_nothing_that_is_told_holds_a_canary(batch: tuple[Path, str]) -> None:
    """Steps and failures are told by id, with the place of what is wrong and not with what was typed."""
    _, told = batch
    assert "canary" not in told
    assert "2077" not in told
    assert "bad-number" in told


def test_metadata_name_nobody(batch: tuple[Path, str]) -> None:
    """Title, author and keywords of a PDF, and the metadata of a notebook, are the same words for everyone but the token."""
    place, _ = batch
    for number in (1, 2):
        with pikepdf.open(place / f"out/p{number}/p{number}.pdf") as pdf:
            about = dict(pdf.docinfo.items()) if "/Info" in pdf.trailer else {}
            packet = pdf.Root.Metadata.read_bytes().decode()
        assert "canary" not in str(about) + packet
        assert (
            "canary"
            not in (place / f"out/p{number}/p{number}.ipynb")
            .read_text()
            .rpartition('"metadata"')[2]
        )


def test_temporary_folders_are_gone(batch: tuple[Path, str], temporary: Path) -> None:
    """What the work needed, it took away: of the temporary folder nothing is left, and no hidden folder beside the reports."""
    place, _ = batch
    assert list(temporary.iterdir()) == []
    assert [path.name for path in (place / "out").glob(".*")] == [".lock"]


def test_failures_say_what_is_wrong_all_the_same(batch: tuple[Path, str]) -> None:
    """File, line, key and what to do are there, for whoever has the profile at hand."""
    place, _ = batch
    failures = (place / "out/failures.csv").read_text(encoding="utf-8")
    assert "employment.net_salary: the value is not a number. Write digits only" in failures
    assert failures.count("\n") == 6


def test_a_killed_run_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path, temporary: Path
) -> None:
    """Killed while its cells are run, a run cannot tidy up; what it had there goes all the same, and the next run sweeps the rest."""
    command = [sys.executable, "-m", "tremplin", "report", "params/alice.yaml"]
    command += ["--out", str(tmp_path / "out"), "--as-of", "2026-11-22"]
    environment = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        while not list(tmp_path.glob("out/.making-*/joined.ipynb")):
            assert process.poll() is None
            time.sleep(0.02)
        process.kill()
    for _ in range(600):
        if not list(temporary.iterdir()):
            break
        time.sleep(0.1)
    assert list(temporary.iterdir()) == []
    (left,) = (tmp_path / "out").iterdir()
    assert left.name.startswith(".making-")
    assert left.stat().st_mode & 0o777 == 0o700
