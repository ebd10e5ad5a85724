"""
Check with nbval that an executed notebook gives the same outputs when it is run again.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import ReportError

CELL_SECONDS = 120
SCREEN_LINES = 40


@dataclass(frozen=True, slots=True)
class Validation:
    """What nbval found."""

    verdict: str
    """`reproduced`, or `skipped` where it was not asked for."""
    cells: int
    """Cells run again and compared."""


SKIPPED = Validation("skipped", 0)


def validate(notebook: Path) -> Validation:
    """
    Run every cell again in a fresh kernel and compare all outputs, charts included.

    Raises:
        ReportError: an output differs, a cell was never executed, or nbval could not run.

    """
    junit = notebook.with_suffix(".nbval.xml")
    config = notebook.with_name("nbval.ini")
    config.write_text("[pytest]\n", encoding="utf-8")
    # `-p tremplin` comes before nbval is imported, and spares it the grammar that tremplin leaves out.
    command = [sys.executable, "-m", "pytest", "-p", "tremplin", "--nbval", "--nbval-current-env"]
    command += [f"--nbval-cell-timeout={CELL_SECONDS}", "-c", config.name, "--rootdir=."]
    command += ["-p", "no:cacheprovider", "-q", "--color=no", f"--junitxml={junit.name}"]
    run = subprocess.run(
        [*command, notebook.name], cwd=notebook.parent, capture_output=True, text=True, check=False
    )
    if run.returncode or not junit.exists():
        tail = (run.stdout + run.stderr).strip().splitlines()[-SCREEN_LINES:]
        raise ReportError(
            "the notebook does not reproduce its outputs, so it is not rendered:\n"
            + "\n".join(f"    {line}" for line in tail)
        )
    suite = ET.parse(junit).getroot().find("testsuite")  # noqa: S314 - pytest has just written it
    if suite is None or not int(suite.get("tests", "0")):
        raise ReportError("nbval compared no cell of the notebook, so it is not rendered")
    return Validation("reproduced", int(suite.get("tests", "0")))
