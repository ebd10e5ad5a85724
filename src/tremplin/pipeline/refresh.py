"""
Run each chapter for the reference persona, the portfolio for the example people and what is ingested, and keep their outputs.

`python -m tremplin.pipeline.refresh notebooks` is what `make notebooks` calls after a change of prose,
charts or data; the outputs are what nbval compares.
"""

import sys
import tempfile
from pathlib import Path

import nbformat

from tremplin.pipeline.chapters import DATA, chapters
from tremplin.pipeline.execute import run
from tremplin.pipeline.portfolio import NOTEBOOK
from tremplin.warm.machine import Machine


def refresh(path: Path, machine: Machine) -> None:
    """Execute one chapter where it stands and write it back without clock times."""
    with tempfile.TemporaryDirectory() as folder:
        executed = run(path, Path(folder) / path.name, machine, cwd=path.parent)
    nbformat.write(executed, path)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with Machine(folder, folder.parent / "reports") as machine:
        for notebook in (folder / DATA, *chapters(folder), folder / NOTEBOOK):
            refresh(notebook, machine)
