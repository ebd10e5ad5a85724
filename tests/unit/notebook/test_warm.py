import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT

from tremplin.case import Case
from tremplin.model.brand import load_brand
from tremplin.notebook import Report
from tremplin.notebook.prose import compiled
from tremplin.notebook.warm import warm

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))


def test_every_template_of_the_notebooks_is_ready(case: Callable[..., Case]) -> None:
    """A chapter that is run compiles none of its own templates any more."""
    compiled.cache_clear()
    warm(NOTEBOOKS)
    ready = compiled.cache_info().misses
    report = Report(case(), load_brand(ROOT / "reports/_brand.yml"))
    cell = next(
        "".join(cell["source"])
        for cell in json.loads(NOTEBOOKS[0].read_text(encoding="utf-8"))["cells"]
        if "{.keyfacts}" in "".join(cell["source"])
    )
    assert ready > 0
    before = compiled.cache_info().misses
    exec(cell, {"report": report})  # noqa: S102 - our own chapter
    assert compiled.cache_info().misses == before


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
