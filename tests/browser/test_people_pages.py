"""The page of each example person, and the portfolio, as their readers get them: a file, opened offline."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.conftest import ROOT, WHOLE
from tests.thorough import pairs

from tremplin.pipeline.render.shared import with_shared_program, write_program

OpenPage = Callable[..., Page]
Opened = tuple[Page, list[tuple[str, str]]]
Opening = Callable[..., Opened]
SCREENSHOTS = ROOT / "build/screenshots"
TALLEST = 9_000
"""Pixels of a page that a screenshot shows: some pages are taller than a picture can be."""

# What the reader is to read: not what the scripts add (results of the simulator, tools of the table).
TEXTS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, p, li, figcaption, td, th, dt, dd")]
  .filter((each) => !each.closest(".reading, .table-tools, .controls, [role=status]"))
  .map((each) => each.textContent.replace(/\\s+/g, " ").trim()).filter(Boolean)"""

PRINTED = """() => [...document.querySelectorAll("main :is(h2, h3, h4, h5, p, li, figcaption, td, th)")]
  .filter((each) => !each.closest(".reading, .table-tools, .controls, [role=status]"))
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .map((each) => { const copy = each.cloneNode(true);
    copy.querySelectorAll(".footnote-back, .visually-hidden").forEach((hidden) => hidden.remove());
    return copy.textContent; })
  .filter((text) => text.trim())"""

# Reasons open where a reader asks for them; paper has a table of them.
UNSEEN = """() => [...document.querySelectorAll("main :is(h2, h3, h4, h5, p, li, figcaption, td, th)")]
  .filter((each) => each.textContent.trim())
  .filter((each) => !each.closest(".visually-hidden, .reading, .table-tools, .controls, .why, [role=status]"))
  .filter((each) => !each.checkVisibility({ visibilityProperty: true }) || !each.getClientRects().length)
  .map((each) => each.textContent.slice(0, 60))"""

OUT_OF_FRAME = """() => [...document.querySelectorAll(".drawing svg text:not([opacity='0'])")].filter((text) => {
    const box = text.getBoundingClientRect();
    const frame = text.closest(".chart").getBoundingClientRect();
    return box.width && !text.closest(".composite") && text.textContent.trim()
      && (box.left < frame.left - 2 || box.right > Math.min(frame.right + 17, innerWidth));
  }).map((text) => `${text.closest("[data-chart]").dataset.chart}: ${text.textContent}`)"""

WRITTEN_OVER = """() => {
  const found = [];
  for (const drawing of document.querySelectorAll(".drawing")) {
    const boxes = [...drawing.querySelectorAll("svg text:not([opacity='0'], [stroke='white'])")].filter((text) => text.textContent.trim())
      .map((text) => [text.textContent, text.getBoundingClientRect()]);
    boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 6) {
        found.push(`${drawing.closest("[data-chart]").dataset.chart}: ${one} | ${other}`);
      }
    }));
  }
  return found;
}"""

SHOW_DRAWINGS = """(how) => document.querySelectorAll(".drawing").forEach((each) => {
  each.style.visibility = how;
})"""

MARK_DRAWINGS = """() => document.querySelectorAll(".drawing").forEach((each) => {
  each.dataset.former = "";
})"""

REDRAWN = """() => !document.querySelector(
  ".drawing[data-former], [data-chart]:not([data-drawn])"
)"""


def letters(text: str) -> str:
    """Keep letters and digits: where lines break and words are cut is the printer's business."""
    return re.sub(r"[\W_]+", "", text)


def test_the_page_is_all_that_is_asked_for(anyones: Path, everyone: Opened) -> None:
    """A reader without a network gets the whole page, with every chart drawn and an empty console."""
    page, events = everyone
    noticed = [event for event in events if not event[1].startswith("data:")]
    assert noticed == [("request", anyones.as_uri())]
    charts = page.locator("[data-chart]")
    assert charts.count() >= 8
    assert page.locator("[data-chart] .drawing svg .role-mark").count() > charts.count()
    assert page.locator("[data-chart] .drawing svg").count() == charts.count()


def test_without_scripts_the_same_is_said(anyones: Path, everyone: Opened, visit: OpenPage) -> None:
    """Where scripts are off all headings, paragraphs and cells are there and show, and pictures have a text."""
    page = visit(anyones, scripts=False)
    assert page.evaluate(TEXTS) == everyone[0].evaluate(TEXTS)
    assert page.evaluate(UNSEEN) == []
    pictures = page.locator("[data-chart] img")
    assert pictures.count() == everyone[0].locator("[data-chart]").count()
    assert all(len(each.get_attribute("alt") or "") > 40 for each in pictures.all())
    assert all(each.is_visible() for each in pictures.all())


def test_a_reason_opens_where_it_is_asked_for(anyones: Path, everyone: Opened) -> None:
    """Under each blocker and warning of a report, « Pourquoi ? » opens by keyboard and shows what it rests on."""
    page = everyone[0]
    reasons = page.locator("details.why")
    if anyones.stem == "portfolio":
        assert reasons.count() == 0
        return
    assert reasons.count() >= 8
    first = reasons.first
    first.locator("summary").focus()
    assert not first.locator("li").first.is_visible()
    page.keyboard.press("Enter")
    assert first.locator("li").first.is_visible()
    assert "Pourquoi" in first.locator("summary").inner_text()
    page.keyboard.press("Enter")
    assert not first.locator("li").first.is_visible()


def test_paper_has_all_the_words(everyone: Opened, tmp_path: Path) -> None:
    """Printed from the browser, no heading, paragraph or row of a table is lost or cut."""
    page = everyone[0]
    page.emulate_media(media="print")
    # The printer puts the words of drawings last on a page, amid a paragraph that goes on on the next.
    page.evaluate(SHOW_DRAWINGS, "hidden")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    found = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "page.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    printed = letters(found)
    expected = page.evaluate(PRINTED)
    unseen = page.evaluate(UNSEEN)
    page.evaluate(SHOW_DRAWINGS, "")
    page.emulate_media(media="screen")
    assert len(expected) > 100
    assert unseen == []
    assert [text for text in expected if letters(text) not in printed] == []


@pytest.mark.parametrize(
    ("anyones", "width"), pairs([*WHOLE, "portfolio"], [1280, 768, 390]), indirect=["anyones"]
)
def test_nothing_is_cut_or_written_over(anyones: Path, everyone: Opened, width: int) -> None:
    """At three widths, or one of them, the page never scrolls sideways, and each label of a chart can be read whole."""
    page = everyone[0]
    if page.viewport_size != {"width": width, "height": 900}:
        page.evaluate(MARK_DRAWINGS)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(REDRAWN)
    page.evaluate("scrollTo(0, 0)")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(
        path=SCREENSHOTS / f"{anyones.stem}-{width}.jpeg",
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)},
        type="jpeg",
        quality=60,
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(OUT_OF_FRAME) == []
    assert page.evaluate(WRITTEN_OVER) == []


def test_a_page_that_shares_the_chart_program_draws_from_disk(
    made: Callable[[str], Path], opening: Opening, tmp_path: Path
) -> None:
    """A folder sent by mail and opened by a double click has its charts, and a silent console."""
    page_file = tmp_path / "alice/alice.html"
    page_file.parent.mkdir()
    whole = (made("alice") / "alice.html").read_text("utf-8")
    page_file.write_text(with_shared_program(whole), "utf-8")
    write_program(tmp_path)
    (program,) = (tmp_path / "assets").iterdir()
    page, events = opening(page_file)
    noticed = [event for event in events if not event[1].startswith("data:")]
    drawn = page.locator("[data-chart] .drawing svg").count()
    page.context.close()
    assert noticed == [("request", page_file.as_uri()), ("request", program.as_uri())]
    assert drawn == whole.count('data-for="fig-')
