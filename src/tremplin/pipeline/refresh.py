"""
Run each chapter for the reference persona, and the portfolio for the example people, and keep their outputs.

`python -m tremplin.pipeline.refresh notebooks` is what `make notebooks` calls after a change of prose,
charts or data; the outputs are what nbval compares.
"""

import sys
import tempfile
from pathlib import Path

import nbformat

from tremplin.kernels.provisioner import use_forked_kernels
from tremplin.model.brand import load_brand
from tremplin.pipeline.chapters import chapters
from tremplin.pipeline.execute import run
from tremplin.pipeline.painter import use_painter
from tremplin.pipeline.portfolio import NOTEBOOK


def refresh(path: Path) -> None:
    """Execute one chapter where it stands and write it back without clock times."""
    with tempfile.TemporaryDirectory() as folder:
        executed = run(path, Path(folder) / path.name, cwd=path.parent)
    nbformat.write(executed, path)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    use_forked_kernels(folder)
    use_painter(load_brand(folder.parent / "reports/_brand.yml").font_folders)
    for notebook in (*chapters(folder), folder / NOTEBOOK):
        refresh(notebook)
