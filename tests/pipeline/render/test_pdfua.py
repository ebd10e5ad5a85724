"""The PDFs as PDF/UA-1 wants them: what pdfua checks, and much of what it leaves to others."""

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import validate
from tests.conftest import AS_OF, ROOT, WHOLE

from tremplin.pipeline.portfolio import make_portfolio
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.report import Order, ProjectFolders
from tremplin.warm.machine import Machine

PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"
DESCRIBED = 40
"""Characters that tell what a chart shows; fewer only name it."""

HEADINGS_BY_PDFUA = "UA-14-001"
"""The rule that pdfua 0.1.3 cannot apply to Typst's structure: headings are looked at here."""


@dataclass(frozen=True)
class Element:
    """An element of the structure tree, with those inside it and the pieces of pages that it marks."""

    kind: str
    data: pikepdf.Dictionary
    inside: tuple["Element", ...]

    def all(self, *kinds: str) -> Iterator["Element"]:
        """Find the elements of some kinds in it, in reading order."""
        for one in self.inside:
            if one.kind in kinds:
                yield one
            yield from one.all(*kinds)


@dataclass(frozen=True)
class Document:
    """A PDF and its structure."""

    path: Path
    pdf: pikepdf.Pdf
    tree: Element


def element(node: Any) -> Element:  # noqa: ANN401 - pikepdf has one type for every kind of object
    """Read an element and what it holds."""
    kids = node.get("/K", [])
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    inside = [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return Element(str(node.get("/S", "/Root"))[1:], node, tuple(map(element, inside)))


@pytest.fixture(scope="module", params=[*WHOLE, "portfolio"])
def document(
    request: pytest.FixtureRequest,
    made: Callable[[str], Path],
    batch_of_all: Callable[[Path], None],
    machine: Machine,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Document]:
    """Open the PDF of each example person, and the portfolio's."""
    if request.param == "portfolio":
        path = portfolio(tmp_path_factory.mktemp("portfolio"), batch_of_all, machine)
    else:
        path = made(request.param) / f"{request.param}.pdf"
    with pikepdf.open(path) as pdf:
        yield Document(path, pdf, element(pdf.Root.StructTreeRoot))


def portfolio(out: Path, batch_of_all: Callable[[Path], None], machine: Machine) -> Path:
    """Make the portfolio of the eight example people."""
    batch_of_all(out)
    project = ProjectFolders(ROOT / "notebooks", ROOT / "data", ROOT / "reports", out)
    make_portfolio(out, project, Order(AS_OF, ("pdf",), choose_renderer("pandoc")), machine)
    return out / "portfolio.pdf"


def test_pdfua_finds_nothing(document: Document) -> None:
    """The checker has no error and no warning, and has looked at all that it can look at."""
    report = validate(str(document.path))
    assert [f"{one.rule_id}: {one.message}" for one in report.findings] == []
    assert {one.rule_id for one in report.outcomes if one.skipped} <= {HEADINGS_BY_PDFUA}
    assert len(report.outcomes) == 12


def test_the_document_says_what_it_is(document: Document) -> None:
    """A reader is told that it is French, tagged, how it is called, and that it is PDF/UA-1."""
    root = document.pdf.Root
    assert str(root.Lang) == "fr-FR"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with document.pdf.open_metadata() as metadata:
        assert metadata[PDFUA] == "1"
        assert metadata["dc:title"] in {"Rapport de faisabilité", "Portefeuille"}


def test_every_figure_is_described(document: Document) -> None:
    """Whoever does not see a chart hears what it shows, in a sentence of its own."""
    texts = [str(one.data.get("/Alt", "")) for one in document.tree.all("Figure")]
    assert texts
    assert [text for text in texts if len(text) < DESCRIBED] == []
    assert len(set(texts)) == len(texts)


def test_tables_are_regular_and_headed(document: Document) -> None:
    """Each cell belongs to a column whose header says that it heads a column."""
    tables = list(document.tree.all("Table"))
    assert tables
    for table in tables:
        head, *body = [[span(cell) for cell in row.inside] for row in table.all("TR")]
        assert body
        assert [row for row in body if sum(row) != sum(head)] == []
        headers = list(table.all("TH"))
        assert len(headers) == len(head)
        assert {scope(one) for one in headers} == {"/Column"}
        assert {cell.kind for row in table.all("TR") for cell in row.inside} == {"TH", "TD"}


def attributes(one: Element) -> list[Any]:
    """Give the attributes of an element."""
    found: Any = one.data.get("/A", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def scope(header: Element) -> str:
    """Tell what a header heads."""
    return next((str(each["/Scope"]) for each in attributes(header) if "/Scope" in each), "")


def span(cell: Element) -> int:
    """Count the columns of a cell."""
    return next((int(each["/ColSpan"]) for each in attributes(cell) if "/ColSpan" in each), 1)


def levels(document: Document) -> list[tuple[int, str]]:
    """List the headings of the structure tree."""
    kinds = [f"H{level}" for level in range(1, 7)]
    return [(int(one.kind[1]), str(one.data.T)) for one in document.tree.all(*kinds)]


def bookmarks(items: Any, depth: int = 1) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - idem
    """List the bookmarks with their depth, without the numbers of chapters."""
    for item in items:
        yield depth, re.sub(r"^\d+ ", "", item.title)
        yield from bookmarks(item.children, depth + 1)


def test_headings_skip_no_level_and_are_the_bookmarks(document: Document) -> None:
    """Who goes from heading to heading, or by the bookmarks, finds the same without a gap."""
    found = levels(document)
    assert found[0][0] == 1
    assert all(text.strip() for _, text in found)
    assert all(after[0] <= before[0] + 1 for before, after in pairwise(found))
    with document.pdf.open_outline() as outline:
        assert list(bookmarks(outline.root)) == found


def test_every_font_is_there_and_can_be_read(document: Document) -> None:
    """No letter depends on the fonts of a machine, and each can be copied and read aloud."""
    fonts = [one for one in document.pdf.objects if is_dictionary(one, "/Font")]
    parents = [one for one in fonts if one.get("/Subtype") in {"/Type0", "/Type3"}]
    described = [one for one in document.pdf.objects if is_dictionary(one, "/FontDescriptor")]
    assert parents
    assert all("/ToUnicode" in one for one in parents)
    assert described
    for one in described:
        assert {"/FontFile2", "/FontFile3"} & set(one.keys())


def is_dictionary(one: Any, kind: str) -> bool:  # noqa: ANN401 - idem
    """Tell whether an object of a PDF is of some type."""
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind


def test_links_belong_to_the_text_and_say_where_they_lead(document: Document) -> None:
    """Each link is in the reading order, and its page follows the structure when one tabs through it."""
    linked = list(document.tree.all("Link"))
    for page in document.pdf.pages:
        annotations = list(page.get("/Annots", []))
        if annotations:
            assert page.Tabs == "/S"
        assert all(str(each.get("/Contents", "")).strip() for each in annotations)
    assert linked


def test_text_is_read_in_the_order_in_which_it_stands(document: Document) -> None:
    """The headings come in the tree as they come on paper, from the first page to the last."""
    printed = subprocess.run(
        ["pdftotext", "-layout", str(document.path), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = re.sub(r"\W+", "", printed)
    # The contents on the cover name the chapters before they come.
    place = words.index(re.sub(r"\W+", "", levels(document)[0][1])) + 1
    for _, title in levels(document):
        place = words.index(re.sub(r"\W+", "", title), place)
