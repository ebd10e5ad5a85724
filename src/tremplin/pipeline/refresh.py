"""
Run each chapter on its own for the reference persona, and keep its outputs in the notebook.

`python -m tremplin.pipeline.refresh notebooks` is what `make notebooks` calls after a change of prose,
charts or data; the outputs are what nbval compares.
"""

import sys
import tempfile
from pathlib import Path

import nbformat

from tremplin.pipeline.chapters import chapters
from tremplin.pipeline.execute import run


def refresh(path: Path) -> None:
    """Execute one chapter where it stands and write it back without clock times."""
    with tempfile.TemporaryDirectory() as folder:
        executed = run(path, Path(folder) / path.name, cwd=path.parent)
    nbformat.write(executed, path)


if __name__ == "__main__":
    for chapter in chapters(Path(sys.argv[1])):
        refresh(chapter)
