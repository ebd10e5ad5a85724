"""The chart program that the pages of a batch share."""

from pathlib import Path

from tremplin.pipeline.render.html import vega_bundle
from tremplin.pipeline.render.shared import spoilt_program, with_shared_program, write_program


def test_a_shared_program_that_changed_or_is_gone_is_named(tmp_path: Path) -> None:
    """It runs in every page: whoever verifies reports hears of it, and a page with its own program needs none."""
    page = tmp_path / "anna/anna.html"
    page.parent.mkdir()
    page.write_text(f"<script>{vega_bundle()}</script>", encoding="utf-8")
    assert spoilt_program(page) is None
    page.write_text(with_shared_program(page.read_text("utf-8")), encoding="utf-8")
    write_program(tmp_path)
    (program,) = (tmp_path / "assets").iterdir()
    assert spoilt_program(page) is None
    program.write_text(program.read_text("utf-8") + ";alert(1)", encoding="utf-8")
    assert spoilt_program(page) == f"assets/{program.name}"
    program.unlink()
    assert spoilt_program(page) == f"assets/{program.name}"
