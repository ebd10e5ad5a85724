"""A disk that is too small, on a file system of so many megabytes that belongs to the test alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPTIONS = ["--as-of", "2026-11-22", "--renderer", "pandoc", "--no-validate"]


def on_small_disk(place: Path, megabytes: int) -> tuple[int, str, list[str]]:
    """Make alice's report there; give the exit code, what was said, and what is on the disk afterwards."""
    script = (
        f"mount -t tmpfs -o size={megabytes}m none {place} || exit 99\n"
        f"{sys.executable} -m tremplin report params/alice.yaml --out {place} {' '.join(OPTIONS)} >&2\n"
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
    code, said, left = on_small_disk(tmp_path, megabytes)
    assert code in {1, 3}, said
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert left == []
