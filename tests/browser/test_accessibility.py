"""What people need who do not see, do not use a mouse, or make everything larger: WCAG 2.2 AA."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has none
from playwright.sync_api import Page

OpenPage = Callable[..., Page]
Opened = tuple[Page, list[tuple[str, str]]]
PHONE, TWICE_AS_LARGE, DESKTOP = 390, 640, 1280
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Rules that judge boxes, not marks of structure: only they can differ on a phone.
LAYOUT_RULES = ["target-size", "scrollable-region-focusable", "link-in-text-block", "meta-viewport"]

LOW_CONTRASTS = """() => {
  const HIDDEN = "script, style, .skip-link, .visually-hidden";
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3);
    const words = texts.map((node) => node.data).join("").trim();
    if (!words || !element.checkVisibility() || element.closest(HIDDEN)) continue;
    const [a, b] = [rgba(getComputedStyle(element).color), ground(element)].map(luminance);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(`${words.slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return low;
}"""

CHARTS_LOW = """() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [a, b] = [one, other].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const colour = (text) => {
    const parts = text.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return text === "none" ? null : [...parts.slice(0, 3), parts[3] ?? 1];
  };
  const over = (top, share, ground) => ground.map((value, i) => value + (top[i] - value) * share);
  const PAPER = [255, 255, 255];
  const filled = (style) => {
    const fill = colour(style.fill);
    return fill && { fill, share: fill[3] * style.fillOpacity * style.opacity };
  };
  // What lies under a point of a drawing: the fills of the marks there, from the first drawn to the last.
  const groundOf = (shapes, x, y) => shapes.reduce((ground, { box, fill, share }) =>
    x >= box.left && x <= box.right && y >= box.top && y <= box.bottom ? over(fill, share, ground) : ground, PAPER);
  const low = [];
  for (const drawing of document.querySelectorAll("[data-chart] .drawing")) {
    const name = drawing.closest("[data-chart]").dataset.chart;
    const shapes = [...drawing.querySelectorAll(".mark-rect.role-mark path")].map((shape) =>
      ({ box: shape.getBoundingClientRect(), ...filled(getComputedStyle(shape)) })).filter(({ fill }) => fill);
    for (const text of drawing.querySelectorAll("svg text")) {
      const style = getComputedStyle(text);
      const { fill, share } = filled(style);
      if (!text.textContent.trim() || share === 0) continue;
      const box = text.getBoundingClientRect();
      const places = [0.15, 0.5, 0.85].map((part) => [box.left + part * box.width, (box.top + box.bottom) / 2]);
      const worst = Math.min(...places.map(([x, y]) => {
        const ground = groundOf(shapes, x, y);
        return ratio(over(fill, share, ground), ground);
      }));
      if (worst < 4.5) low.push(`${name}: « ${text.textContent} » ${worst.toFixed(2)}`);
    }
  }
  return [...new Set(low)];
}"""

FAINT_MARKS = """() => {
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const onPaper = (text, share) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return luminance([r, g, b].map((value) => 255 + (value - 255) * a * share));
  };
  const ground = document.createElement("i");
  document.body.append(ground);
  ground.style.color = "var(--chart-muted-tint)"; // what bars stand on
  const tint = getComputedStyle(ground).color;
  ground.remove();
  const MARKS = ".drawing .role-mark:is(.mark-rect, .mark-symbol, .mark-line, .mark-rule) > *";
  const faint = new Set();
  for (const chart of document.querySelectorAll("[data-chart]")) {
    for (const mark of chart.querySelectorAll(MARKS)) {
      const style = getComputedStyle(mark);
      const contrasts = [[style.fill, style.fillOpacity], [style.stroke, style.strokeOpacity]]
        .filter(([paint, share]) => paint !== "none" && paint !== tint && share * style.opacity > 0)
        .map(([paint, share]) => 1.05 / (onPaper(paint, share * style.opacity) + 0.05));
      if (contrasts.length && Math.max(...contrasts) < 3) faint.add(chart.dataset.chart);
    }
  }
  return [...faint].sort();
}"""

NAMED_AT_THE_MARK = {
    "fig-pocket": "each bar has its name and its amount beside it",
    "fig-plan": "each part of a bar has its amount in it, in text colour",
    "fig-scenarios": "a scale from light to dark, whose cells the legend and the table tell in words",
    "fig-indicators": "each bar has its state written in it",
    "fig-gantt": "what is done is drawn lighter than what is to do; its name stands beside it",
    "fig-simulator": "a form above the ceiling is drawn lighter, and the words say so",
    "fig-portfolio-verdicts": "each bar has its name and its number beside it",
    "fig-portfolio-scores": "each cell has its number in it",
    "fig-portfolio-dangers": "each cell has its number in it",
}
"""Charts with marks of less contrast, and where a reader finds what such a mark says (WCAG 1.4.11)."""


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """
    Let axe look at a page, and tell in words what it finds.

    A drawing is one image with one text, hidden inside: its thousand marks are no elements to judge.
    """
    found = Axe().run(
        page,
        context={"exclude": [".drawing svg"]},
        options={"resultTypes": ["violations"], **rules},
    )
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def without_contrast() -> dict[str, Any]:
    """All rules but the one that takes half a minute on a long page: LOW_CONTRASTS does its work here."""
    return {
        "runOnly": {"type": "tag", "values": STANDARDS},
        "rules": {"color-contrast": {"enabled": False}},
    }


def test_axe_finds_nothing_on_anyones_page(everyone: Opened) -> None:
    """Whoever listens to a page finds names, roles, landmarks, lists and tables in order."""
    assert violations(everyone[0], without_contrast()) == []


@pytest.mark.parametrize("name", ["alice", "portfolio"])
def test_axe_finds_nothing_on_a_phone(
    name: str, request: pytest.FixtureRequest, made: Callable[[str], Path], visit: OpenPage
) -> None:
    """On a phone all that can be touched is large enough, and all that scrolls can be reached."""
    portfolio = name == "portfolio"
    page = visit(
        request.getfixturevalue(name) if portfolio else made(name) / f"{name}.html", width=PHONE
    )
    rules = {"runOnly": {"type": "rule", "values": LAYOUT_RULES}}
    assert violations(page, rules) == []
    assert page.evaluate(LOW_CONTRASTS) == []


def test_words_stand_out_from_their_ground(everyone: Opened) -> None:
    """All text has the contrast that WCAG AA asks for, in every panel of the tabs."""
    page = everyone[0]
    for tab in page.locator("[role=tab]").all():
        tab.click()
        assert page.evaluate(LOW_CONTRASTS) == []
    for first in page.locator("[role=tab]:first-child").all():
        first.click()
    assert page.evaluate(LOW_CONTRASTS) == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_sees_enough_contrast_in_every_construct(
    sample: Path, visit: OpenPage, width: int
) -> None:
    """The document that has every construct once satisfies axe in all its rules, contrast too."""
    page = visit(sample, width=width)
    # A table's edge is shaded where it goes on: a gradient, which axe cannot measure, over paper.
    page.evaluate(
        "document.querySelectorAll('.table-scroll').forEach((t) => t.style.background = 'none')"
    )
    assert violations(page, {"runOnly": {"type": "tag", "values": STANDARDS}}) == []


def test_words_in_charts_can_be_read(everyone: Opened) -> None:
    """Whatever lies behind the words of a drawing, they have a contrast of 4.5."""
    assert everyone[0].evaluate(CHARTS_LOW) == []


PUT_PICTURES_IN = """() => document.querySelectorAll("[data-chart]").forEach((chart) => {
  const encoded = chart.querySelector("img").src.split(",")[1];
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const words = new TextDecoder().decode(bytes);
  const picture = new DOMParser().parseFromString(words, "image/svg+xml").documentElement;
  chart.querySelector(".drawing svg").replaceWith(picture);
})"""


def test_words_in_pictures_can_be_read(made: Callable[[str], Path], visit: OpenPage) -> None:
    """What the PDF has, and the page without scripts, can be read as well."""
    page = visit(made("alice") / "alice.html")
    page.evaluate(PUT_PICTURES_IN)
    assert page.locator(".drawing svg text").count() > 200
    assert page.evaluate(CHARTS_LOW) == []


def test_marks_of_charts_can_be_told_from_paper(everyone: Opened) -> None:
    """Bars, lines and points have a contrast of 3, but for those that are written out where they stand."""
    assert set(everyone[0].evaluate(FAINT_MARKS)) <= NAMED_AT_THE_MARK.keys()


NEXT_STOP = """() => {
  const at = document.activeElement;
  const before = window.formerStop;
  window.formerStop = at;
  const style = getComputedStyle(at);
  const box = at.getClientRects()[0] ?? at.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 8), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    name: `${at.tagName} ${(at.getAttribute("aria-label") || at.textContent).trim().slice(0, 30)}`,
    later: !before || Boolean(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: top !== null && !at.contains(top) && !top.contains(at),
  };
}"""

STOPS = """() => {
  const radios = new Set();
  return [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter((each) => {
    if (each.tabIndex < 0 || !each.checkVisibility({ visibilityProperty: true })) return false;
    if (each.type !== "radio") return true;
    const first = !radios.has(each.name);
    radios.add(each.name);
    return first;
  }).length;
}"""


def walked(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the top of the page to its end, and tell each stop."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 1000:  # more than any page has: a trap would never end
        page.keyboard.press("Tab")
        stop = page.evaluate(NEXT_STOP)
        if not stop["later"]:
            break
        stops.append(stop)
    return stops


def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    made: Callable[[str], Path], visit: OpenPage
) -> None:
    """From the skip link to the last note, each stop is in view, outlined and not covered; nothing traps."""
    page = visit(made("alice") / "alice.html", width=TWICE_AS_LARGE)
    expected = page.evaluate(STOPS)
    stops = walked(page)
    assert len(stops) == expected
    assert [stop for stop in stops if not (stop["outlined"] and stop["seen"])] == []
    assert [stop for stop in stops if stop["covered"]] == []


def test_the_portfolio_is_walked_by_tab(portfolio: Path, visit: OpenPage) -> None:
    """The field, each header and each name are reached, in order, and show that they are."""
    page = visit(portfolio)
    expected = page.evaluate(STOPS)
    stops = walked(page)
    assert len(stops) == expected
    assert [stop for stop in stops if not (stop["outlined"] and stop["seen"])] == []
    assert "BUTTON Personne" in [stop["name"] for stop in stops]


def test_the_skip_link_leads_to_the_text(made: Callable[[str], Path], visit: OpenPage) -> None:
    """One Tab and Enter go past cover and contents: the next Tab is in the text."""
    page = visit(made("alice") / "alice.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_logo_is_passed_over(made: Callable[[str], Path], visit: OpenPage) -> None:
    """The brand's name is read once: its picture has nothing to add."""
    page = visit(made("alice") / "alice.html", scripts=False)
    assert page.locator("header .brand-logo").get_attribute("aria-hidden") == "true"
    assert page.locator("header").get_by_role("img").count() == 0
