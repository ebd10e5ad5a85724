import re
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page
from tests.thorough import pairs

OpenPage = Callable[..., Page]
PHONE, DESKTOP = 390, 1280
BRAND = Path(__file__).parents[2] / "reports/_brand.yml"

STICKING_OUT = """() => [...document.querySelectorAll("main *")]
  .filter((each) => !each.closest(".table-scroll, .composite, svg, .visually-hidden"))
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => `${each.tagName}.${each.className}`)"""


WRITTEN_ON_MARKS = """(chart) => {
  const encoded = chart.querySelector("img").src.split(",")[1];
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const picture = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml");
  const marks = (root) => [...root.querySelectorAll(".mark-text.role-mark text")];
  const words = (root) => marks(root).map((text) => text.textContent);
  return [words(chart.querySelector(".drawing")), words(picture)];
}"""


def plain(text: str) -> str:
    """Make all spaces of a text ordinary ones: they may differ in width, not in meaning."""
    return re.sub(r"\s", " ", text)


def overflow(page: Page) -> list[str]:
    """Name what is wider than the screen."""
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    parts: list[str] = page.evaluate(STICKING_OUT)
    return parts + ([f"the page, by {wider} px"] if wider > 0 else [])


def test_no_request_leaves_the_page_and_nothing_is_complained_about(
    report: Path, opened: tuple[Page, list[tuple[str, str]]]
) -> None:
    """A reader without a network gets the whole page and an empty console."""
    noticed = [event for event in opened[1] if not event[1].startswith("data:")]
    assert noticed == [("request", report.as_uri())]


def test_the_page_runs_no_script_but_its_own(report: Path, visit: OpenPage) -> None:
    """A script that found its way into the page, and eval, are refused by the browser."""
    page = visit(report)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.intruder = true";
          document.body.append(script);
        }"""
    )
    refused = """() => new Promise((tell) => setTimeout(() => {
      try { tell(new Function("return 'ran'")()); } catch (error) { tell(error.name); }
    }))"""
    assert page.evaluate("window.intruder") is None
    assert page.evaluate(refused) == "EvalError"


def test_every_chart_is_drawn_and_described(desk: Page) -> None:
    """Each picture gives way to an interactive chart that keeps its text alternative."""
    charts = desk.locator("[data-chart]").all()
    assert charts
    for chart in charts:
        drawing = chart.locator(".drawing")
        assert chart.get_attribute("data-drawn") == "true"
        assert drawing.get_attribute("role") == "img"
        words = drawing.get_attribute("aria-label")
        assert words
        assert words == chart.locator("img").get_attribute("alt")
        assert drawing.locator("svg").count() == 1
        assert not chart.locator("img").is_visible()


def test_a_chart_says_what_its_picture_says(desk: Page) -> None:
    """What is printed on the marks is drawn there too; a wider drawing may have room for more."""
    written = [chart.evaluate(WRITTEN_ON_MARKS) for chart in desk.locator("[data-chart]").all()]
    assert any(printed for _, printed in written)
    for drawn, printed in written:
        assert Counter(map(plain, printed)) - Counter(map(plain, drawn)) == Counter()


def test_numbers_in_charts_are_french(desk: Page) -> None:
    """No chart shows a decimal point or an English month."""
    words = " ".join(desk.locator(".drawing svg text").all_text_contents())
    assert words
    assert not re.search(r"\d\.\d|\b(?:Jan|Feb|Apr|May|Jul|Aug|Sep|Oct|Dec)\b", words)


@pytest.mark.parametrize(
    ("report", "width"),
    pairs(["sample", "hugo"], [320, PHONE, 640, 768, DESKTOP]),
    indirect=["report"],
)
def test_nothing_is_wider_than_the_screen(report: Path, visit: OpenPage, width: int) -> None:
    """The page never scrolls sideways, on a phone or on a desk."""
    assert overflow(visit(report, width=width)) == []


def test_charts_follow_the_width_of_the_window(report: Path, visit: OpenPage) -> None:
    """Turning a tablet or narrowing the window draws the charts anew."""
    page = visit(report, width=DESKTOP)
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.wait_for_timeout(1500)
    assert overflow(page) == []
    assert page.locator(".drawing").count() == page.locator("[data-chart]").count()


def selected(tabset: Locator) -> tuple[list[int], list[int]]:
    """Tell which tabs are selected and which panels show."""
    tabs = tabset.locator("[role=tab]").all()
    panels = tabset.locator("> [role=tabpanel]").all()
    return (
        [i for i, tab in enumerate(tabs) if tab.get_attribute("aria-selected") == "true"],
        [i for i, panel in enumerate(panels) if panel.is_visible()],
    )


def test_tabs_answer_the_arrow_keys(report: Path, visit: OpenPage) -> None:
    """Left and right go round the tabs, Home and End to the first and the last; one panel shows."""
    page = visit(report)
    for tabset in page.locator(".tabs").all():
        tabs = tabset.locator("[role=tab]")
        last = tabs.count() - 1
        assert selected(tabset) == ([0], [0])
        tabs.first.focus()
        steps = {"ArrowRight": 1, "Home": 0, "ArrowLeft": last, "End": last}
        for key, expected in steps.items():
            page.keyboard.press(key)
            assert selected(tabset) == ([expected], [expected])
            assert tabs.nth(expected).evaluate("tab => tab === document.activeElement")


def test_paper_shows_all_panels_and_no_navigation(report: Path, visit: OpenPage) -> None:
    """What tabs hide on the screen is printed, one part after the other, each under its title."""
    page = visit(report)
    page.emulate_media(media="print")
    for panel in page.locator(".tab").all():
        assert panel.is_visible()
        assert panel.locator(".tab-title").is_visible()
        assert panel.evaluate("panel => panel.clientHeight") > 30
    assert not page.locator(".contents").is_visible()
    assert not page.locator(".tab-list").first.is_visible()


def test_a_name_of_175_letters_stays_on_its_page(
    rendering: Callable[[Path, Path], Path], visit: OpenPage, tmp_path: Path
) -> None:
    """On a phone, a name without spaces makes no reader scroll sideways."""
    source = Path(shutil.copytree(BRAND.parents[1] / "tests/data/sample", tmp_path / "sample"))
    text = (source / "report.qmd").read_text("utf-8").replace("Camille Exemple", "Wolfe" * 35)
    (source / "report.qmd").write_text(text, "utf-8")
    assert overflow(visit(rendering(source, tmp_path / "work"), width=PHONE)) == []


def test_without_scripts_everything_can_be_read(report: Path, visit: OpenPage) -> None:
    """Where scripts are off, charts are pictures with a text, and all panels show."""
    page = visit(report, scripts=False)
    pictures = page.locator("[data-chart] img").all()
    assert pictures
    assert all(picture.is_visible() and picture.get_attribute("alt") for picture in pictures)
    assert all(panel.is_visible() for panel in page.locator(".tab").all())
    assert page.locator(".contents li").first.is_visible()


@pytest.mark.parametrize(("width", "is_open"), [(PHONE, False), (DESKTOP, True)])
def test_contents_are_at_hand(report: Path, visit: OpenPage, width: int, is_open: bool) -> None:
    """The contents stand beside the text on a desk, and are one tap away on a phone."""
    page = visit(report, width=width)
    entry = page.locator(".contents li a").first
    assert entry.is_visible() is is_open
    if not is_open:
        page.locator(".contents summary").click()
    entry.click()
    assert page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top") < 120


def test_the_structure_can_be_walked(desk: Page) -> None:
    """One title, headings without gaps, landmarks, a way past the cover, tables within reach."""
    levels = desk.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map((h) => +h.tagName[1])"
    )
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert desk.evaluate("document.documentElement.lang") == "fr"
    for landmark in ("main", "nav[aria-label]", "body > header", "body > footer"):
        assert desk.locator(landmark).count() == 1
    desk.keyboard.press("Tab")
    assert desk.locator(":focus").inner_text() == "Aller au contenu"
    for table in desk.locator("table").all():
        region = table.locator("xpath=ancestor::*[@role='region'][1]")
        assert region.get_attribute("tabindex") == "0"
        assert region.get_attribute("aria-label") or region.get_attribute("aria-labelledby")


def test_no_identifier_is_used_twice(desk: Page) -> None:
    """A link in the page has one place to go to, and that place exists."""
    ids = desk.locator("[id]:not(svg *)").evaluate_all("all => all.map((each) => each.id)")
    targets = desk.locator("a[href^='#']").evaluate_all(
        "all => all.map((each) => decodeURIComponent(each.hash.slice(1)))"
    )
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


def test_the_head_says_nothing_of_the_person(desk: Page) -> None:
    """Title and metadata, which tabs, histories and search show, are the same for everybody."""
    person = desk.locator(".cover-facts dd").first.inner_text()
    head = desk.evaluate(
        "document.title + [...document.querySelectorAll('meta')].map((m) => m.content).join()"
    )
    assert person
    assert person not in head


def test_colours_and_fonts_are_the_brands(desk: Page) -> None:
    """An organisation that changes _brand.yml changes the desk."""
    brand = yaml.safe_load(BRAND.read_text(encoding="utf-8"))
    colour = brand["color"]["palette"][brand["color"]["primary"]]
    style = "getComputedStyle(document.querySelector('h1'))"
    assert (
        desk.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--brand-primary')"
        )
        == colour
    )
    assert brand["typography"]["headings"]["family"] in desk.evaluate(f"{style}.fontFamily")
    loaded = desk.evaluate(
        "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
    )
    assert brand["typography"]["base"]["family"] in " ".join(loaded)
