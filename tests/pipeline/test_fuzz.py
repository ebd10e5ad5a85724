"""Reports of people as nobody thinks of them, all in one batch."""

import csv
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
import yaml
from tests.odd_people import odd_person

from tremplin.errors import InputError
from tremplin.model.profile import load_profile

ROOT = Path(__file__).parents[2]
PEOPLE = 4
TRACES = re.compile(
    r"\b(None|nan|NaN|inf|Infinity|undefined|null|True|False)\b|\{\{|\{%|\[\]|[\s(]-\s?\d"
)
"""What a template leaves of a value it was not made for; a hyphen is no minus sign."""


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


def write_people(folder: Path, count: int, seed: int) -> None:
    """Write odd people who are accepted as they are, always the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - people, not secrets
    made = 0
    while made < count:
        data = odd_person(chance, 8 + 2 * made % 40, beyond=False)
        data["id"] = f"odd-{made}"
        if data["project"]["start"].year < 2026:
            continue  # the law of a start long ago is not in the register
        path = folder / f"odd-{made}.yaml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        try:
            load_profile(path)
        except InputError:
            path.unlink()  # answers that contradict each other
        else:
            made += 1


def traces(page: Path) -> list[str]:
    words = Words()
    words.feed(page.read_text(encoding="utf-8"))
    return [
        f"{page.stem}: {words.text[max(0, found.start() - 60) : found.end() + 30]!r}"
        for found in TRACES.finditer(words.text)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("odd")
    (base / "people").mkdir()
    write_people(base / "people", PEOPLE, seed=1)
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
    assert [trace for page in sorted(folder.glob("odd-*/*.html")) for trace in traces(page)] == []
