"""What every renderer offers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

Format = Literal["html", "pdf"]

ASSETS = "_extensions/tremplin"


class Renderer(Protocol):
    """Makes a report out of a work folder that holds `report.qmd` and a copy of `reports/`."""

    @property
    def name(self) -> str:
        """Give the name that `--renderer` takes."""

    @property
    def version(self) -> str:
        """Give the versions of the programs used, for the receipt."""

    def render(self, work: Path, formats: Sequence[Format]) -> Mapping[Format, Path]:
        """
        Leave `report.html` and `report.pdf` in the work folder.

        Raises:
            ReportError: The document was refused; the error carries the cause, in one screen.

        """
