import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bench import bench

pytestmark = pytest.mark.thorough


ROOT = Path(__file__).parents[2]
TOLD = ("bench/bench.py", "bench/README.md", "Makefile", "README.md")
TRACKED = ("results.csv", "cost.svg", "memory.svg")


def test_the_ways_to_call_it_that_are_told_are_known() -> None:
    """Who types `make bench` with the arguments printed anywhere meets no unknown option."""
    texts = [(ROOT / name).read_text("utf-8") for name in TOLD]
    asked = [words for text in texts for words in re.findall(r'bench.*?ARGS="(.*?)"', text)]
    assert "--people 16 --loop 3 --keep" in asked
    for words in (*asked, re.sub(r"[\[\]]", "", texts[0].split("bench.py ")[1].split("\n")[0])):
        assert bench.options().parse_args(shlex.split(words)).people


def test_a_trial_run_leaves_the_tracked_figures_alone() -> None:
    """Only `--keep` replaces the figures that the README shows."""
    before = [(ROOT / "bench" / name).stat().st_mtime_ns for name in TRACKED]
    command = [sys.executable, "bench/bench.py", "--people", "--loop", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "s a report" in done.stdout
    assert [(ROOT / "bench" / name).stat().st_mtime_ns for name in TRACKED] == before


def test_seconds_are_those_of_the_clock() -> None:
    """Waiting counts in every way of making reports, also where the processor has nothing to do."""
    stages: dict[str, float] = {}
    with bench.timed(stages, "wait"):
        subprocess.run(["sleep", "0.2"], check=True)
    assert stages["wait"] >= 0.2
