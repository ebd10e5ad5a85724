"""
The report as it is made behind the pages: one at a time, its stage told as it goes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Literal

from tremplin.errors import TremplinError

STAGES = {
    "read": "Lecture de vos réponses",
    "execute": "Calcul des chapitres",
    "validate": "Vérification du calcul",
    "render": "Mise en page",
}
Maker = Callable[[Path, Callable[[str], None]], Path]
"""Makes the report of a profile file, tells the stages, and gives the folder."""


@dataclass
class Making:
    """One report being made, and what came of it."""

    maker: Maker
    state: Literal["none", "working", "done", "failed"] = "none"
    stage: str = ""
    folder: Path | None = None
    problems: tuple[str, ...] = ()

    def start(self, profile: Path) -> None:
        """Make the report of a profile in the background; one that is being made goes on."""
        if self.state == "working":
            return
        self.state, self.stage, self.folder, self.problems = "working", "", None, ()
        Thread(target=self._make, args=(profile,), daemon=True).start()

    def _make(self, profile: Path) -> None:
        try:
            self.folder = self.maker(profile, self._tell)
        except TremplinError as error:
            self.problems = tuple(str(error).splitlines()) or ("Le rapport n’a pas pu être fait.",)
            self.state = "failed"
        except Exception as error:  # noqa: BLE001 - a page that waits for ever tells nobody anything
            self.problems = (f"Erreur imprévue : {type(error).__name__}. Lancez tremplin doctor.",)
            self.state = "failed"
        else:
            self.state = "done"

    def _tell(self, stage: str) -> None:
        self.stage = stage

    @property
    def files(self) -> list[Path]:
        """The files of the finished report."""
        done = self.state == "done" and self.folder is not None
        return sorted(self.folder.iterdir()) if done and self.folder else []
