"""Reports of people as nobody thinks of them, all in one batch."""

import csv
import subprocess
import sys
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import pytest
from tests.odd_people import accepted_people, traces
from tests.thorough import tried

ROOT = Path(__file__).parents[2]
PEOPLE = tried(4)


class Words(HTMLParser):
    """The words of a page, without programs, styles, charts and sources."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is not read; tags that have no end hold nothing."""
        begins = tag in {"script", "style", "svg"} or ("id", "refs") in attrs
        ends = tag not in {"br", "img", "input", "meta", "link", "hr", "col", "wbr"}
        if ends and (self._inside or begins):
            self._inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go past a tag that ends at once."""

    def handle_endtag(self, tag: str) -> None:
        """Come back from what is not read."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Take what is read."""
        if not self._inside:
            self.text += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("odd")
    (base / "people").mkdir()
    for id_, text in islice(accepted_people(seed=1), PEOPLE):
        (base / f"people/{id_}.yaml").write_bytes(text)
    command = [sys.executable, "-m", "tremplin", "batch", str(base / "people"), "--to", "html"]
    command += ["--out", str(base / "out"), "--validate", "none", "--jobs", "1"]
    command += ["--as-of", "2026-11-22", "--renderer", "pandoc"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return base / "out"


def test_every_odd_person_gets_a_report(folder: Path) -> None:
    """Extreme amounts, dates and families stop no report."""
    with (folder / "failures.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.reader(file))) == 1
    assert len(list(folder.glob("odd-*/odd-*.html"))) == PEOPLE


def test_no_odd_value_leaves_a_trace(folder: Path) -> None:
    """No `None`, `nan` or brace reaches the reader, and what is negative has a minus sign."""
    found = []
    for page in sorted(folder.glob("odd-*/*.html")):
        words = Words()
        words.feed(page.read_text(encoding="utf-8"))
        found += traces(page.stem, words.text)
    assert found == []
