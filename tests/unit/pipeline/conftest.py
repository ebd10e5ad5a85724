from pathlib import Path

import pytest

from tremplin.pipeline.workshop import Sources


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Give a project of a few files."""
    for name in ("notebooks", "data", "reports"):
        (tmp_path / name).mkdir()
    (tmp_path / "data/sources.bib").write_text("")
    (tmp_path / "me.yaml").write_text("id: me\n")
    return Sources(
        tmp_path / "me.yaml", tmp_path / "notebooks", tmp_path / "data", tmp_path / "reports"
    )
