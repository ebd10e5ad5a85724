"""Renders with the program `quarto`, where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from tremplin.errors import EnvironmentLacksError, ReportError
from tremplin.pipeline.render.base import Format
from tremplin.pipeline.render.html import finish_html
from tremplin.pipeline.render.run import private_environment, run

_TARGETS: dict[Format, tuple[str, str]] = {
    "html": ("tremplin-html", "report.html"),
    "pdf": ("tremplin-typst", "report.pdf"),
}


def find_quarto() -> Path | None:
    """Find the program: in `QUARTO_PATH` (it, or the folder it lies in), else on `PATH`."""
    named = os.environ.get("QUARTO_PATH")
    if named:
        found = shutil.which(named) or shutil.which("quarto", path=named)
    else:
        found = shutil.which("quarto")
    return Path(found) if found else None


class QuartoRenderer:
    """`quarto render`, once for each format, as the project in `reports/` tells it."""

    name = "quarto"

    def __init__(self, program: Path) -> None:
        self._program = program

    @cached_property
    def version(self) -> str:
        """Give the version that Quarto tells of itself."""
        try:
            done = subprocess.run(
                [self._program, "--version"], capture_output=True, text=True, timeout=60, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EnvironmentLacksError(
                f"{self._program} does not tell its version: {error}"
            ) from error
        return f"quarto {done.stdout.strip()}"

    def render(self, work: Path, formats: Sequence[Format]) -> dict[Format, Path]:
        """
        Make the files of the report in the work folder.

        Raises:
            ReportError: Quarto failed, or said that all was well and left no file.

        """
        outputs: dict[Format, Path] = {}
        for kind in formats:
            target, file = _TARGETS[kind]
            command = [str(self._program), "render", "report.qmd", "--to", target, "--no-execute"]
            run(command, work, "Quarto", private_environment(work))
            outputs[kind] = work / file
            if not outputs[kind].is_file():
                raise ReportError(f"Quarto reported success but left no {file}")
            if kind == "html":
                finish_html(work, outputs[kind])
        return outputs
