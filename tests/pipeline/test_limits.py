"""What a report may take of the machine: its kernels are forked, as `tremplin report` has them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from tests.tiny import chapter

from tremplin.errors import ReportError
from tremplin.pipeline.chapters import join
from tremplin.pipeline.execute import CellFailedError, KernelStoppedError, execute
from tremplin.pipeline.validate import validate
from tremplin.warm.machine import Machine
from tremplin.warm.order import ADDRESS

ROOT = Path(__file__).parents[2]


def test_a_cell_that_wants_too_much_memory_is_told_in_words(
    tmp_path: Path, machine: Machine
) -> None:
    """A cell that asks for 3 GB fails, whoever allocates them, and the failure says how much a report has."""
    for source in ("x = bytearray(3 * 2**30)", "import numpy\nx = numpy.ones(3 * 2**27)"):
        with pytest.raises(CellFailedError) as caught:
            execute(join([chapter(tmp_path, source)]), tmp_path, {}, machine)
        assert str(caught.value.brief) == (
            "cell 2 of 01-tiny failed: it asks for more than the 2 GiB of memory that a report has"
            ": `tremplin report` with this profile says why"
        )


def test_nbval_runs_a_report_within_the_same_memory(tmp_path: Path, machine: Machine) -> None:
    """The second run of a report has the limit of the first: both kernels tell the same."""
    source = "import resource\nprint(resource.getrlimit(resource.RLIMIT_DATA))"
    executed = execute(join([chapter(tmp_path, source)]), tmp_path, {}, machine)
    assert executed.cells[1].outputs[0].text == "(2147483648, 2147483648)\n"
    nbformat.write(executed, tmp_path / "limited.ipynb")
    assert validate(tmp_path / "limited.ipynb", machine).verdict == "reproduced"


def test_a_notebook_that_never_ends_is_stopped_and_told(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its time is over a report's kernel is stopped, and the failure says after how long."""
    monkeypatch.setattr("tremplin.pipeline.execute.ALL_SECONDS", 2)
    with pytest.raises(KernelStoppedError) as caught:
        execute(join([chapter(tmp_path, "while True: pass")]), tmp_path, {}, machine)
    assert str(caught.value) == "the notebook was not done after 2 s, so its kernel was stopped"


def test_a_second_run_that_never_ends_is_stopped_and_told(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its time is over nbval is stopped, and the failure says after how long, not that it could not run."""
    executed = execute(join([chapter(tmp_path, "1")]), tmp_path, {}, machine)
    executed.cells[1].source = "while True: pass"
    nbformat.write(executed, tmp_path / "endless.ipynb")
    monkeypatch.setattr("tremplin.pipeline.validate.ALL_SECONDS", 3)
    with pytest.raises(ReportError, match="nbval did not come to an end within 3 s"):
        validate(tmp_path / "endless.ipynb", machine)


def test_files_where_tremplin_is_called_stay_out_of_a_report(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file beside the project named as a library is no part of a report, which runs in a private folder."""
    (tmp_path / "here").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "here/yaml.py").write_text("raise ValueError", encoding="utf-8")
    (tmp_path / "here/beside.py").touch()
    monkeypatch.chdir(tmp_path / "here")
    source = "import importlib.util, yaml\nprint(importlib.util.find_spec('beside'))"
    executed = execute(join([chapter(tmp_path, source)]), tmp_path / "work", {}, machine)
    assert executed.cells[1].outputs[0].text == "None\n"


def report_on(project: Path, source: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `tremplin report` on a copy of the project whose one chapter is one cell."""
    (project / "notebooks").mkdir()
    chapter(project / "notebooks", source)
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copytree(ROOT / "reports", project / "reports", ignore=shutil.ignore_patterns("out"))
    inherited = {name: value for name, value in os.environ.items() if name != ADDRESS}
    return subprocess.run(
        [sys.executable, "-m", "tremplin", "report", ROOT / "params/alice.yaml"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env=inherited | environment,
    )


def test_a_report_that_wants_too_much_memory_fails_with_words(tmp_path: Path) -> None:
    """`tremplin report` of a notebook that asks for 3 GB ends with 1, and names the cell and the limit."""
    done = report_on(tmp_path, "x = bytearray(3 * 2**30)")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "cell 2 of 01-tiny failed: it asks for more than the 2 GiB of memory that a report has"
    )


def test_that_kernels_are_not_forked_is_told_once(tmp_path: Path) -> None:
    """Where no template answers, `tremplin report` says in one line that it takes longer, and limits memory all the same."""
    stale = tmp_path / "stale"
    stale.touch()
    done = report_on(tmp_path, "x = bytearray(3 * 2**30)", **{ADDRESS: str(stale)})
    told = (
        "Ordinary processes are started, which takes longer: the template process does not answer"
    )
    assert done.stderr.startswith(told)
    assert done.stderr.count("rdinary") == 1
    assert "more than the 2 GiB of memory" in done.stderr
