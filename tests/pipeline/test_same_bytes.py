"""The same inputs give the same bytes, wherever, whenever and with whomever a report is made; and no two people are mixed up."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PEOPLE = ("alice", "emma")
ELSEWHERE = {"TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7"}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make two reports at once, in a copy of the project, as if on another day."""
    place = tmp_path_factory.mktemp("a much longer name of a folder, with spaces") / "copy"
    for part in ("notebooks", "data", "params"):
        shutil.copytree(ROOT / part, place / part)
    shutil.copytree(ROOT / "reports", place / "reports", ignore=shutil.ignore_patterns("out"))
    command = [
        sys.executable,
        "-m",
        "tremplin",
        "batch",
        "params/[ae]*",
        "--out",
        "out",
        "--jobs",
        "2",
    ]
    command += ["--as-of", "2026-11-22", "--renderer", "pandoc", "--validate", "none"]
    if shutil.which("faketime"):
        command = ["faketime", "-f", "+1000d", *command]
    done = subprocess.run(
        command, cwd=place, env=os.environ | ELSEWHERE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return place / "out"


def digests(folder: Path) -> dict[str, str]:
    """Hash the files of a report; the receipt tells how long it took, and so is never the same."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
        if file.name != "receipt.json"
    }


@pytest.mark.parametrize("name", PEOPLE)
def test_a_report_is_the_same_everywhere(
    made: Callable[[str], Path], crowd: Path, name: str
) -> None:
    """Alone or in a crowd, in another folder, zone and language, on another day: page, PDF, notebook and results agree to the byte."""
    alone = digests(made(name))
    assert len(alone) == 8
    assert digests(crowd / name) == alone


def test_no_one_s_file_carries_another_s_token(crowd: Path) -> None:
    """Two reports made at once: each file has its own person's token, and none of the others'."""
    tokens = {
        name: json.loads((crowd / name / "results.json").read_text())["token"] for name in PEOPLE
    }
    assert len(set(tokens.values())) == 2
    for name in PEOPLE:
        for ending in ("html", "pdf", "ipynb"):
            content = (crowd / name / f"{name}.{ending}").read_bytes()
            carried = {other for other, token in tokens.items() if token.encode() in content}
            assert carried == {name}, ending
