"""Papermill and nbval on notebooks of a few lines, each named for what happens."""

from pathlib import Path

import nbformat
import pytest
from tests.tiny import chapter

from tremplin.errors import EnvironmentLacksError, Place, Problem, ReportError
from tremplin.model.results import MIME
from tremplin.pipeline.chapters import join
from tremplin.pipeline.execute import CellFailedError, execute, results, run
from tremplin.pipeline.validate import validate
from tremplin.warm.machine import Machine


def test_a_run_leaves_no_trace_of_clock_or_machine(tmp_path: Path, machine: Machine) -> None:
    """The parameters given are in the notebook, and papermill's times and random ids are not."""
    path = chapter(tmp_path, "print(as_of)")
    executed = execute(join([path]), tmp_path, {"as_of": "2026-11-22"}, machine)
    assert [cell.id for cell in executed.cells] == ["parameters", "01-tiny-02"]
    assert executed.cells[1].outputs[0].text == "2026-11-22\n"
    assert "papermill" not in nbformat.writes(executed)
    assert str(tmp_path) not in nbformat.writes(executed)


def test_a_failing_cell_is_told_with_its_chapter(tmp_path: Path, machine: Machine) -> None:
    """The message names chapter, cell, cause and source, and the notebook up to it is kept."""
    path = chapter(tmp_path, "x = 1", "1 / 0")
    with pytest.raises(CellFailedError) as caught:
        execute(join([path]), tmp_path, {}, machine)
    assert str(caught.value) == (
        "cell 3 of 01-tiny failed: ZeroDivisionError: division by zero\n\n    1 / 0"
    )
    assert caught.value.notebook.exists()


def test_what_a_cell_misses_in_the_data_arrives_as_data(tmp_path: Path, machine: Machine) -> None:
    """Code, place and values of a cell's error of the data are those that it was raised with."""
    source = (
        "from tremplin.model.register import DataError\n"
        "raise DataError.at('data.no_rule', 'data', name=\"'a.b'\", meant='a.c, a.d')"
    )
    with pytest.raises(CellFailedError) as caught:
        execute(join([chapter(tmp_path, source)]), tmp_path, {}, machine)
    assert caught.value.data == (
        Problem("data.no_rule", Place("data"), {"name": "'a.b'", "meant": "a.c, a.d"}),
    )
    assert str(caught.value.data[0]) == "data: there is no rule 'a.b'; did you mean a.c or a.d?"


def test_a_working_folder_that_has_gone_is_told(tmp_path: Path, machine: Machine) -> None:
    """Jupyter is not blamed for a folder that somebody deleted."""
    path = chapter(tmp_path, "1")
    with pytest.raises(EnvironmentLacksError, match="gone was deleted during the work"):
        run(path, tmp_path / "executed.ipynb", machine, cwd=tmp_path / "gone")


def test_results_come_from_the_last_cell_that_concludes(tmp_path: Path, machine: Machine) -> None:
    """What the notebook left as results is what the pipeline saves."""
    source = (
        f"from IPython.display import publish_display_data as p\np({{'{MIME}': {{'id': 'x'}}}})"
    )
    executed = execute(join([chapter(tmp_path, source)]), tmp_path, {}, machine)
    assert results(executed) == {"id": "x"}


def test_a_notebook_that_does_not_conclude_is_refused(tmp_path: Path, machine: Machine) -> None:
    """A report without results is not complete."""
    executed = execute(join([chapter(tmp_path, "1")]), tmp_path, {}, machine)
    with pytest.raises(ReportError, match="left no results"):
        results(executed)


def test_outputs_that_reproduce_are_counted(tmp_path: Path, machine: Machine) -> None:
    """Nbval compares every cell, the parameters among them."""
    executed = execute(join([chapter(tmp_path, "print(1)", "2 + 2")]), tmp_path, {}, machine)
    path = tmp_path / "good.ipynb"
    nbformat.write(executed, path)
    found = validate(path, machine)
    assert (found.verdict, found.cells) == ("reproduced", 3)


def test_outputs_that_do_not_reproduce_stop_the_report(tmp_path: Path, machine: Machine) -> None:
    """A cell that gives something else the second time is refused with both outputs."""
    source = "import pathlib\np = pathlib.Path('seen')\nprint(p.exists())\np.touch()"
    executed = execute(join([chapter(tmp_path, source)]), tmp_path, {}, machine)
    path = tmp_path / "bad.ipynb"
    nbformat.write(executed, path)
    with pytest.raises(ReportError, match="does not reproduce its outputs"):
        validate(path, machine)
