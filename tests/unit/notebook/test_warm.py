import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

from tremplin.notebook.prose import compiled
from tremplin.notebook.warm import warm
from tremplin.pipeline.chapters import chapters

NOTEBOOKS = chapters(ROOT / "notebooks")


def test_every_template_of_the_notebooks_is_ready() -> None:
    """Each `say`, `fill` and `draw` of a chapter, and each text of a choice, finds its template compiled."""
    compiled.cache_clear()
    warm([])
    shared = compiled.cache_info().currsize
    warm(NOTEBOOKS)
    sources = [file.read_text(encoding="utf-8") for file in NOTEBOOKS]
    written = sum(
        source.count(f"report.{method}(") + source.count(f"report.figures.{method}(")
        for source in sources
        for method in ("say", "fill", "draw")
    )
    written += sum(
        source.count(r'=\"\"\"\n"') for source in sources
    )  # what opens a text of a choice
    assert shared > 10
    assert 0.9 * written < compiled.cache_info().currsize - shared <= written


@pytest.mark.parametrize(
    "content",
    ["", "{}", '{"cells": [{"cell_type": "code", "source": "report.say(\'{% if %}\')"}]}'],
)
def test_a_broken_notebook_stops_nothing(tmp_path: Path, content: str) -> None:
    """What is wrong with a notebook is for the kernel that runs it to tell."""
    (tmp_path / "broken.ipynb").write_text(content)
    warm([tmp_path / "broken.ipynb", tmp_path / "none.ipynb"])


@pytest.mark.thorough
def test_nothing_starts_a_thread() -> None:
    """A process that is warm can still be forked: what importing polars starts is all that runs beside it."""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("threads are counted on Linux only")
    code = (
        "import os, sys; from pathlib import Path; import tremplin.notebook.charts;"
        "from tremplin.notebook.warm import warm; before = os.listdir('/proc/self/task');"
        "warm(map(Path, sys.argv[1:])); assert os.listdir('/proc/self/task') == before, before"
    )
    subprocess.run([sys.executable, "-c", code, *NOTEBOOKS], check=True)
