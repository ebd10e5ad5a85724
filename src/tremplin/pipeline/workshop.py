"""
The private folder in which one report is made, and how the finished one takes its place.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import EnvironmentLacksError

BUILT = "out"
"""The folder in `reports/` where reports land: other people's, so never an input."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """
    A folder that mirrors the project, so that the notebook finds `params`, `data` and `reports` as at home.

    `root` is where the notebook runs, `render` where the document is rendered, `out` what will be published.
    """

    root: Path

    @property
    def render(self) -> Path:
        """The renderer's folder."""
        return self.root / "render"

    @property
    def out(self) -> Path:
        """The finished files."""
        return self.root / "out"


@contextmanager
def workshop(out: Path, profile: Path, data: Path, reports: Path, name: str) -> Iterator[Workshop]:
    """
    Set up a private folder beside the place of publication, and take it away afterwards.

    Beside it, because a folder can only be moved whole within one file system.

    Raises:
        EnvironmentLacksError: the output folder cannot be written.

    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        root = Path(tempfile.mkdtemp(prefix=".making-", dir=out))
    except OSError as error:
        raise EnvironmentLacksError(f"cannot write to {out}: {error.strerror}") from error
    try:
        place = Workshop(root)
        (root / "params").mkdir()
        shutil.copyfile(profile, root / "params" / f"{name}.yaml")
        shutil.copytree(data, root / "data")
        assets = shutil.ignore_patterns(BUILT)
        shutil.copytree(reports, root / "reports", ignore=assets)
        shutil.copytree(reports, place.render, ignore=assets)
        shutil.copyfile(data / "sources.bib", place.render / "sources.bib")
        place.out.mkdir()
        yield place
    finally:
        shutil.rmtree(root, ignore_errors=True)


def publish(finished: Path, target: Path) -> None:
    """
    Put a finished folder in its place, the old one out of the way first.

    Whoever looks sees the old report whole, the new one whole, or for a moment none.
    """
    old = finished.with_name("old")
    if target.exists():
        target.rename(old)
    finished.rename(target)
