"""What every renderer offers."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Literal, Protocol

Format = Literal["html", "pdf", "annex"]
"""The page, the PDF, and the annex: a PDF of its own."""

Depth = Literal["essentials", "report", "all"]
"""How much a PDF holds: the two first pages, these and the chapters, or the annex too."""

RunModule = Callable[[Sequence[str], Path, Mapping[str, str], int | IO[str], float], int]
"""Runs `python -m module` with its arguments, in a folder, with an environment, a file for its errors, for so many seconds."""

ASSETS = "_extensions/tremplin"


class Renderer(Protocol):
    """Makes a report out of a work folder that holds `report.qmd` and a copy of `reports/`."""

    @property
    def name(self) -> str:
        """Give the name that `--renderer` takes."""

    @property
    def version(self) -> str:
        """Give the versions of the programs used, for the receipt."""

    def render(
        self, work: Path, formats: Sequence[Format], run_module: RunModule
    ) -> Mapping[Format, Path]:
        """
        Leave `report.html`, `report.pdf` and `annex.pdf` in the work folder; what is a Python module of ours is run by `run_module`.

        Which chapters of `report.qmd` each has is told by the front matter's `depth` (see part.lua).

        Raises:
            ReportError: The document was refused; the error carries the cause, in one screen.

        """
