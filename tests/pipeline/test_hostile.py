"""Text that tries to be more than text, through the whole pipeline: it is printed as typed, or refused."""

import csv
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from tests.spoken import CHAPTERS, spoken
from tests.tiny import TYPED_IN, typed_project

from tremplin.case import Case
from tremplin.errors import InputError
from tremplin.model.profile import load_profile, parse_profile
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import read_people
from tremplin.pipeline.render.quarto import find_quarto

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "tests/data/hostile"
GROUPS = [
    group.split("\n")
    for group in (TEXTS / "printed.txt").read_text(encoding="utf-8").strip().split("\n\n")
]
PRINTED = [text for group in GROUPS for text in group]
PACKS = [" ¦ ".join(group) for group in GROUPS]
"""A group in one answer, the separator being no mark of anything."""
STEP = 3
"""Of the people made. With 1 each text is in each field, which was tried and takes twice as long; with 3 in one."""
NUMBERS = range(0, len(PACKS), STEP)
REFUSED = yaml.safe_load((TEXTS / "refused.yaml").read_text(encoding="utf-8"))
ALICE = (ROOT / "params/alice.yaml").read_text(encoding="utf-8")
FIELDS = {"name": "name: Alice", "project.activity": "activity: Rédaction web"}
FIELDS["employment.clauses.non_compete.area"] = "area: Île-de-France"
DAY = "2026-02-30"
"""As an id it is fine."""
TYPED = "Xylographie"
SECRETS = ("root:x:0", "a-home-of-nobody")


def quoted(text: str) -> str:
    """Write a text in double quotes as YAML wants it, escapes and all."""
    escapes = "".join(
        f"\\U{ord(char):08x}" if char in '"\\' or not char.isprintable() else char for char in text
    )
    return f'"{escapes}"'


def profile(**answers: str) -> str:
    """Give the profile of alice with some answers changed, named by the last part of their keys."""
    text = ALICE
    for key, answer in answers.items():
        typed = {"id": "alice", "name": "Alice", "activity": "Rédaction web"}
        was = f"{key}: {typed.get(key, 'Île-de-France')}"
        assert text.count(was) == 1
        text = text.replace(was, f"{key}: {answer}")
    return text


@dataclass
class Page(HTMLParser):
    """What a reader sees of a page, and what a browser would follow or run."""

    text: str = ""
    followed: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a browser would follow or run."""
        self._inside = tag
        self.tags.add(tag)
        for name, value in attrs:
            if name in {"href", "src", "action", "data", "xlink:href"}:
                self.followed.append(value or "")
            if name.startswith("on"):
                self.run.append(value or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as HTMLParser calls it
        """Come back from what is not read."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Take what is read."""
        if self._inside not in {"script", "style"}:
            self.text += data


def read_page(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def read_pdf(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True
    ).stdout


def bare(text: str) -> str:
    """
    Give a text without what typography may change in it.

    Spaces, the apostrophe's shape, hyphens at the end of a line; a word joiner, which nobody sees, keeps Quarto
    from reading a shortcode.
    """
    plain = unicodedata.normalize("NFKC", text.replace("´", "\u02ca")).replace("’", "'")
    return re.sub(r"[\s\u2060\u00ad\u2010-]", "", plain)


QUARTO = pytest.param(
    "quarto",
    marks=pytest.mark.skipif(find_quarto() is None, reason="quarto is not on this machine"),
)


@pytest.fixture(scope="module", params=["pandoc", QUARTO])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the reports of people whose answers are the packs, each pack in a field of somebody."""
    base = tmp_path_factory.mktemp("hostile")
    project = typed_project(base / "project")
    (base / "people").mkdir()
    for number in NUMBERS:
        name, activity, area = PACKS[number], PACKS[number - 1], PACKS[number - 2]
        text = profile(
            id=f"p-{number}", name=quoted(name), activity=quoted(activity), area=quoted(area)
        )
        (base / f"people/p-{number}.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "tremplin", "batch", str(base / "people"), "--names"]
    command += ["--out", str(base / "out"), "--validate", "none", "--jobs", "1"]
    command += ["--as-of", "2026-11-22", "--renderer", request.param]
    home = {**os.environ, "HOME": str(base / "a-home-of-nobody")}
    done = subprocess.run(
        command, cwd=project, env=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return base / "out"


def test_other_chapters_print_nothing_that_was_typed(
    case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that nobody else types stand in the chapters that the people here are told, and in no other."""
    one = case("alice", dict.fromkeys(FIELDS, TYPED))
    here = [file for file in CHAPTERS if file.stem in TYPED_IN]
    others = [file for file in CHAPTERS if file.stem not in TYPED_IN]
    assert TYPED in spoken(one, monkeypatch, here)
    assert TYPED not in spoken(one, monkeypatch, others)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_was_typed_is_printed(folder: Path, number: int) -> None:
    """Markup of every kind comes out as typed in all three places, on the page and in the PDF."""
    name = f"p-{number}"
    page = bare(read_page(folder / name / f"{name}.html").text)
    pdf = bare(read_pdf(folder / name / f"{name}.pdf"))
    for typed in (PACKS[number], PACKS[number - 1], PACKS[number - 2]):
        assert bare(typed) in page
        assert bare(typed) in pdf
    assert not any(secret in page + pdf for secret in SECRETS)


def test_the_portfolio_prints_names_as_typed(folder: Path) -> None:
    """What people are called stands in the table of all, in both formats."""
    page = bare(read_page(folder / "portfolio.html").text)
    pdf = bare(read_pdf(folder / "portfolio.pdf"))
    for number in NUMBERS:
        assert bare(PACKS[number]) in page
        assert bare(PACKS[number]) in pdf


def test_nothing_that_was_typed_is_followed_or_run(folder: Path) -> None:
    """No link, picture, script or handler of a hostile text reaches a page or a PDF."""
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) == len(NUMBERS) + 1
    for path in pages:
        page = read_page(path)
        assert page.run == []
        assert not page.tags & {"iframe", "object", "embed", "form", "video"}
        for target in page.followed:
            assert re.match(r"#|data:|https?://|mailto:|p-\d+/p-\d+\.html$", target)
            assert "hostile.example" not in target
        with pikepdf.open(path.with_suffix(".pdf")) as pdf:
            for part in pdf.objects:
                if isinstance(part, pikepdf.Dictionary) and "/URI" in part:
                    assert re.match(r"https?://|mailto:", str(part["/URI"]))
                    assert "hostile.example" not in str(part["/URI"])


def test_nobody_failed_and_nothing_left_the_folder(folder: Path) -> None:
    """Each person has a folder, named by the id; the list of failures is empty."""
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        f"p-{number}" for number in NUMBERS
    }
    with (folder / "failures.csv").open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 1


@pytest.mark.parametrize("key", FIELDS)
@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_printed_is_refused_with_its_place(
    kind: str, key: str, tmp_path: Path
) -> None:
    """Emoji, other scripts, marks of direction and control characters: file, line, key and reason."""
    text, reason = REFUSED[kind]
    path = tmp_path / "eve.yaml"
    path.write_text(profile(**{key.rpartition(".")[2]: quoted(text)}), encoding="utf-8")
    line = next(number for number, line in enumerate(ALICE.splitlines(), 1) if FIELDS[key] in line)
    with pytest.raises(InputError) as caught:
        load_profile(path)
    (problem,) = str(caught.value).splitlines()
    assert problem.startswith(f"{path}:{line}: {key}: ")
    assert reason in problem


@pytest.mark.parametrize("key", FIELDS)
@pytest.mark.parametrize("length", [201, 300, 60_000])
def test_long_texts_are_refused_with_their_place(key: str, length: int, tmp_path: Path) -> None:
    """A name of 300 characters does not push everything else off the page."""
    path = tmp_path / "eve.yaml"
    path.write_text(profile(**{key.rpartition(".")[2]: "x" * length}), encoding="utf-8")
    with pytest.raises(InputError, match=f"{key}: the text is longer than 200 characters"):
        load_profile(path)


@pytest.mark.parametrize("key", FIELDS)
def test_a_cell_reads_like_an_answer(key: str, tmp_path: Path) -> None:
    """In a spreadsheet no text is a formula, a number or a date where a profile wants text."""
    head = "id,name,employment.contract,employment.since,employment.weekly_hours"
    head += ",employment.net_salary,employment.clauses.non_compete.area"
    head += ",employment.clauses.non_compete.compensated,project.activity,project.category"
    head += ",project.start,project.weekly_hours,project.turnover.month_1"
    head += ",project.turnover.month_12,project.turnover.month_24"
    row = "zoe,Zoé,permanent,2021-09-01,35,2300,Paris,true,Pain,liberal,2027-01-04,10,300,1800,2600"
    place, path = head.split(",").index(key), tmp_path / "clients.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(head.split(","))
        for text in PRINTED:
            cells = row.split(",")
            cells[place] = text
            table.writerow(cells)
    for person, typed in zip(read_people(str(path)), PRINTED, strict=True):
        assert person.error is None
        read: Any = parse_profile(parse_yaml(person.profile, file="x")).model_dump()
        for part in key.split("."):
            read = read[part]
        assert read == typed.strip()


def test_a_hostile_cell_elsewhere_costs_one_person(tmp_path: Path) -> None:
    """In any other column every hostile text is refused with its line, and the next person is read."""
    head = "id,name,employment.contract,employment.since,employment.weekly_hours"
    head += ",employment.net_salary,project.activity,project.category,project.start"
    head += ",project.weekly_hours,project.turnover.month_1,project.turnover.month_12"
    head += ",project.turnover.month_24,project.preparation.documents"
    row = "zoe,Zoé,permanent,2021-09-01,35,2300,Pain,liberal,2027-01-04,10,300,1800,2600,identity"
    texts = [text for text in PRINTED if text not in {"+1", "-1", "no", "null", "1_000", DAY}]
    path = tmp_path / "clients.csv"
    wrong = 0
    for place, column in enumerate(head.split(",")):
        if column in FIELDS:
            continue
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(head.split(","))
            for text in texts:
                cells = row.split(",")
                cells[place] = text
                table.writerow(cells)
            table.writerow(row.split(","))
        *refused, last = read_people(str(path))
        assert last.error is None
        for line, person in enumerate(refused, 2):
            assert person.error is not None, (column, texts[line - 2])
            assert str(person.error).startswith(f"{path}:")
            wrong += 1
    assert wrong == 12 * len(texts)
