"""Text that tries to be more than text, through the whole pipeline."""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tremplin.errors import ReportError
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.report import Order, Project, make_report

ROOT = Path(__file__).parents[2]
NAME = '*Ana* <script>x()</script> {{< env HOME >}} ::: `#read(\\"/etc/passwd\\")`{=typst}'
ACTIVITY = "[@x] $E=mc^2$ ![p](file:///etc/passwd) {{ 7*7 }} | a # b - l’atelier"


@pytest.fixture
def hostile(tmp_path: Path) -> Callable[[str, str], Path]:
    """Give a function that makes a report of alice with another name and activity."""

    def make(name: str, activity: str) -> Path:
        text = (ROOT / "params/alice.yaml").read_text()
        text = re.sub(r"^name: .*$", lambda _: f'name: "{name}"', text, flags=re.MULTILINE)
        text = re.sub(
            r"^(\s+activity:) .*$", lambda at: f'{at[1]} "{activity}"', text, flags=re.MULTILINE
        )
        profile = tmp_path / "alice.yaml"
        profile.write_text(text)
        order = Order(
            date(2026, 11, 22), ("html", "pdf"), choose_renderer("pandoc"), validated=False
        )
        project = Project(ROOT / "notebooks", ROOT / "data", ROOT / "reports", tmp_path / "out")
        return make_report(profile, project, order).folder

    return make


def test_what_was_typed_is_printed_and_nothing_is_run(
    hostile: Callable[[str, str], Path],
) -> None:
    """Markdown, HTML, shortcodes, Typst, maths, citations and templates come out as typed."""
    folder = hostile(NAME, ACTIVITY)
    # A word joiner, which nobody sees, keeps Quarto from reading a shortcode.
    page = unescape((folder / "alice.html").read_text()).replace("\u2060", "")
    pdf = subprocess.run(
        ["pdftotext", "-raw", folder / "alice.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    for printed in ("{{< env HOME >}}", "$E=mc^2$", "{{ 7*7 }}", "[@x]"):
        assert printed in page
        assert re.sub(r"\s", "", printed) in re.sub(r"[\s\u2060]", "", pdf)
    assert "<script>x()</script>" not in (folder / "alice.html").read_text()
    assert "root:x:0" not in page + pdf


def test_a_character_that_no_font_has_is_told_without_quoting_the_person(
    hostile: Callable[[str, str], Path],
) -> None:
    """An emoji cannot be printed: the message says so, and keeps the rest of the text to itself."""
    with pytest.raises(ReportError) as caught:
        hostile("Alice", "Boulangerie secrète 🥐")
    assert "Typst failed" in str(caught.value)
    assert "secrète" not in str(caught.value)
