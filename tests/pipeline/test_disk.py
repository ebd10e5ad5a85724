"""A disk that is too small, on a file system of so many megabytes that belongs to the test alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.tiny import small_project

ROOT = Path(__file__).parents[2]
TREMPLIN = f"{sys.executable} -m tremplin"
OPTIONS = ["--as-of", "2026-11-22", "--renderer", "pandoc", "--no-validate"]


def on_small_disk(place: Path, megabytes: int, script: str) -> tuple[int, str, list[str]]:
    """Run a script beside such a disk; give the exit code, what was said, and what is on the disk afterwards."""
    script = (
        f"mount -t tmpfs -o size={megabytes}m none {place} || exit 99\n"
        f"{script}\n"
        f"code=$?; ls -A {place}; exit $code\n"
    )
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        cwd=ROOT,
        env=os.environ | {"TREMPLIN_TEMPLATE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip("a file system of the test's own cannot be mounted on this machine")
    return done.returncode, done.stderr, done.stdout.splitlines()


@pytest.mark.parametrize("megabytes", [1, 6])
def test_a_full_disk_is_told_and_nothing_half_made_stays(tmp_path: Path, megabytes: int) -> None:
    """Full while the project is copied, or while cells run: one message, no file, no trace."""
    report = f"{TREMPLIN} report params/alice.yaml --out {tmp_path} {' '.join(OPTIONS)} >&2"
    code, said, left = on_small_disk(tmp_path, megabytes, report)
    assert code in {1, 3}, said
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert left == []


def test_a_batch_waits_for_room_and_goes_on_by_itself(tmp_path: Path) -> None:
    """Nearly full: one line says what is lacking, no report is spoilt, and with room again all are made."""
    project, disk, told = tmp_path / "project", tmp_path / "disk", tmp_path / "told"
    for folder in (project, disk):
        folder.mkdir()
    small_project(project)
    batch = (
        f"cd {project}; {TREMPLIN} batch params/alice.yaml --out {disk} --jobs 1 --json --as-of 2026-11-22"
        f" --renderer pandoc --to html --validate none >{told} 2>&1 & batch=$!\n"
        f"until grep -q paused {told} || ! kill -0 $batch; do sleep 0.2; done\n"
        f"mount -o remount,size=300m {disk}; wait $batch"
    )
    code, said, left = on_small_disk(disk, 50, batch)
    lines = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    assert code == 0, said
    assert [line["event"] for line in lines] == ["paused", "resumed", "made", "summary"]
    assert lines[0]["message"].startswith(f"{disk}: 52 MB are free on the disk, and 70 are needed")
    assert {"alice", "portfolio.html"} < set(left)
