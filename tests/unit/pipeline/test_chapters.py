from pathlib import Path

import nbformat
import pytest

from tremplin.errors import EnvironmentLacksError
from tremplin.pipeline.chapters import chapters, join, tags

ROOT = Path(__file__).parents[3]


def test_chapters_come_in_reading_order() -> None:
    """The essentials come first and the evidence last."""
    names = [path.stem for path in chapters(ROOT / "notebooks")]
    assert names == sorted(names)
    assert names[0] == "00-essentials"
    assert names[-1] == "09-evidence"


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without chapters is a lack of the environment, with a hint."""
    with pytest.raises(EnvironmentLacksError, match="is this a tremplin project"):
        chapters(tmp_path)


def test_the_joined_notebook_opens_the_report_once() -> None:
    """All chapters have one parameters cell and one setup between them, and no output of alice's."""
    joined = join(chapters(ROOT / "notebooks"))
    assert sum("parameters" in tags(cell) for cell in joined.cells) == 1
    assert sum("setup" in tags(cell) for cell in joined.cells) == 1
    assert not any(cell.get("outputs") for cell in joined.cells)
    assert len({cell.id for cell in joined.cells}) == len(joined.cells)
    nbformat.validate(joined)
