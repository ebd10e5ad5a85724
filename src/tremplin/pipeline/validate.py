"""
Check with nbval that an executed notebook gives the same outputs when it is run again.
"""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import nbformat

from tremplin import late_grammar
from tremplin.errors import ReportError
from tremplin.pipeline.execute import GIGABYTES
from tremplin.warm.machine import Machine

CELL_SECONDS = 120
ALL_SECONDS = 900
CELL_NUMBER = re.compile(r"Cell (\d+)$")
SCREEN_LINES = 20


@dataclass(frozen=True, slots=True)
class Validation:
    """What nbval found."""

    verdict: str
    """`reproduced`, or `skipped` where it was not asked for."""
    cells: int
    """Cells run again and compared."""


SKIPPED = Validation("skipped", 0)


def validate(notebook: Path, machine: Machine) -> Validation:
    """
    Run every cell again in a fresh kernel and compare all outputs, charts included.

    Raises:
        ReportError: an output differs, a cell was never executed, or nbval could not run. It names the
            cells, not what they hold: that is the person's.

    """
    junit = notebook.with_suffix(".nbval.xml")
    config = notebook.with_name("nbval.ini")
    config.write_text("[pytest]\n", encoding="utf-8")
    # Only nbval, whatever pytest plugins are installed, and before it is imported what makes that quick.
    command = [sys.executable, "-m", "pytest", "-p", late_grammar.__name__, "-p", "nbval.plugin"]
    command += (
        ["--nbval"] if sys.platform == "win32" else ["-p", "tremplin.warm.nbval_cells", "--nbval"]
    )
    command += ["--nbval-current-env", f"--nbval-cell-timeout={CELL_SECONDS}", "--assert=plain"]
    command += ["-c", config.name, "--rootdir=.", "-p", "no:cacheprovider", "-q", "--color=no"]
    command += [f"--junitxml={junit.name}", notebook.name]
    # What the caller tells their own pytest is not meant for this one.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    own |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **machine.variables}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        try:
            code = machine.run_module(
                command, notebook.parent, own, said, ALL_SECONDS, megabytes=GIGABYTES * 1024
            )
        except subprocess.TimeoutExpired:
            raise ReportError(f"nbval did not come to an end within {ALL_SECONDS} s") from None
        said.seek(0)
        tail = said.read().strip().splitlines()[-SCREEN_LINES:]
    suite = ET.parse(junit).getroot().find("testsuite") if junit.exists() else None  # noqa: S314 - pytest wrote it
    if suite is None or code not in {0, 1}:
        raise ReportError("\n".join(["nbval could not run:", *(f"    {line}" for line in tail)]))
    if failed := _failed(suite, notebook):
        raise ReportError.at("report.not_reproduced", cells=", ".join(failed))
    cells = int(suite.get("tests", "0"))
    if not cells:
        raise ReportError("nbval compared no cell of the notebook, so it is not published")
    return Validation("reproduced", cells)


def _failed(suite: ET.Element, notebook: Path) -> list[str]:
    """Name the cells that failed by chapter and place, as their author knows them."""
    code = [
        cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"
    ]
    names = []
    for case in suite.iter("testcase"):
        if case.find("failure") is None and case.find("error") is None:
            continue
        number = CELL_NUMBER.search(case.get("name", ""))
        place = code[int(number[1])].metadata.get("tremplin") if number else None
        names.append(
            f"cell {place['cell']} of {place['chapter']}" if place else case.get("name", "")
        )
    return names
