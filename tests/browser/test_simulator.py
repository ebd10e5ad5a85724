import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import altair as alt
import pytest
import vl_convert
from playwright.sync_api import Locator, Page
from tests.thorough import THOROUGH, pairs

from tremplin.case import Case
from tremplin.law.forms import FORMS
from tremplin.model.brand import load_brand
from tremplin.money.simulator import Simulator
from tremplin.money.simulator.starts import StartId
from tremplin.notebook import charts, words

ROOT = Path(__file__).parents[2]
PEOPLE = ("alice", "bruno", "chantal", "david", "emma", "farid", "gaelle", "hugo")
UNLIKE = ("alice", "emma", "chantal", "hugo")
"""Some of them, of other forms, families and amounts."""
PHONE, DESKTOP = 390, 1280
PAUSE = 900
"""Milliseconds after which a change has been announced."""

PAGE = """---
title: Rapport de faisabilité
lang: fr
date: 2026-11-22
---

# La forme juridique {#sec-legal-form}

::: {#fig-simulator}

![](figures/fig-simulator.svg){fig-alt="Ce que chaque forme laisse."}

Le simulateur

:::
"""

MOVE = """([name, value]) => {
  const input = document.querySelector(`input[name="${name}"]`);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""

CUT = """() => {
  const frame = document.querySelector(".drawing svg").getBoundingClientRect();
  return [...document.querySelectorAll(".drawing svg text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
  }).map((text) => text.textContent);
}"""

OVERLAPPING = """() => {
  const texts = [...document.querySelectorAll(".drawing svg text")].filter((text) => text.textContent);
  const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 5) found.push(`${one} | ${other}`);
  }));
  return found;
}"""


def plain(text: str) -> str:
    """Make all spaces ordinary ones."""
    return re.sub(r"\s", " ", text)


def euros(text: str) -> float:
    """Read an amount as it is written in French."""
    return float(re.sub(r"[\s€]", "", text).replace("−", "-").replace(",", "."))


@pytest.fixture(scope="session")
def simulated(case: Callable[..., Case]) -> Callable[[str], Simulator]:
    """Give a function that makes the simulator of an example person."""
    return cache(lambda name: Simulator(case(name)))


@pytest.fixture(scope="session")
def pages(
    simulated: Callable[[str], Simulator],
    rendering: Callable[[Path, Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Path]:
    """Give a function that makes a page with a person's simulator alone."""
    brand = load_brand(ROOT / "reports/_brand.yml")

    def make(name: str) -> Path:
        source, work = tmp_path_factory.mktemp(name), tmp_path_factory.mktemp(name) / "work"
        spec = charts.simulator(simulated(name), brand, "Votre deuxième année").to_json(indent=None)
        (source / "figures").mkdir()
        (source / "figures/fig-simulator.vl.json").write_text(spec, "utf-8")
        version = ".".join(alt.SCHEMA_VERSION[1:].split(".")[:2])
        picture = vl_convert.vegalite_to_svg(spec, vl_version=version, format_locale="fr-FR")
        (source / "figures/fig-simulator.svg").write_text(picture, "utf-8")
        (source / "report.qmd").write_text(PAGE, "utf-8")
        return rendering(source, work)

    return cache(make)


@pytest.fixture
def visit(
    opening: Callable[..., tuple[Page, list[tuple[str, str]]]], pages: Callable[[str], Path]
) -> Iterator[Callable[..., Page]]:
    """Open a person's simulator; it is closed after the test."""
    opened: list[Page] = []

    def open_one(name: str = "alice", *, width: int = DESKTOP, scripts: bool = True) -> Page:
        page, events = opening(pages(name), width=width, scripts=scripts)
        assert [event for event in events if event[0] != "request"] == []
        opened.append(page)
        return page

    yield open_one
    for page in opened:
        page.context.close()


def slider(page: Page, name: str) -> Locator:
    """Find an input by the name of its parameter."""
    return page.locator(f"input[name={name}]")


def shown(page: Page) -> dict[str, float]:
    """Read what each form leaves where it is read out, in the order of the forms."""
    lines = page.locator(".reading p.visually-hidden").all_text_contents()
    amounts = [re.search(r": (.+?€) par an", plain(line)) for line in lines]
    return {form: euros(found[1]) for form, found in zip(FORMS, amounts, strict=True) if found}


def drawn(page: Page) -> str:
    """Give all that is written in the drawing."""
    return plain(" | ".join(page.locator(".drawing svg text").all_text_contents()))


@pytest.mark.parametrize("name", PEOPLE if THOROUGH else UNLIKE)
def test_the_simulator_reckons_as_the_report_does(
    visit: Callable[..., Page], simulated: Callable[[str], Simulator], name: str
) -> None:
    """Wherever the sliders stand, each form's amount is that of the calculation, to 10 € or 0.3 %."""
    found, page = simulated(name), visit(name)
    most = found.turnover.most
    tried: list[tuple[float, float, float, StartId]] = [
        (found.turnover.value, found.fixed.value, found.share.value, "later_years"),
        (0.15 * most, found.fixed.value, found.share.value, "planned"),
        (0.45 * most, 0.0, 30.0, "next_quarter"),
        (0.8 * most, found.fixed.value, 12.5, "other_acre"),
        (most, 0.4 * found.fixed.most, 60.0, "later_years"),
    ]
    for turnover, fixed, share, start in tried:
        values = found.turnover.nearest(turnover), found.fixed.nearest(fixed), share
        for parameter, value in zip(("turnover", "fixed", "share"), values, strict=True):
            page.evaluate(MOVE, [parameter, value])
        page.locator(f"input[name=beginning][value={start}]").check()
        page.wait_for_timeout(150)
        amounts = shown(page)
        text = drawn(page)
        for form in FORMS:
            true = found.left(form, start, *values).kept
            # Amounts are written to ten euros: half of that comes on top.
            assert amounts[form] == pytest.approx(true, rel=0.003, abs=10 + 5), (form, start)
            amount = f"{amounts[form]:,.0f}".replace(",", " ").replace("-", "−")
            assert f"{amount} €" in text


def test_everything_moves_at_once(visit: Callable[..., Page]) -> None:
    """One key press changes net income, the thresholds, the week and the months of reserve."""
    page = visit("chantal")
    before, text = shown(page), drawn(page)
    assert before["micro"] == 4_440
    assert "non facturée" in text
    assert "respecté" in text
    assert "42 h (repère : 48 h)" in text
    assert "moins d’un mois" in text
    slider(page, "turnover").focus()
    page.keyboard.press("End")
    slider(page, "weekly").focus()
    page.keyboard.press("PageUp")
    page.wait_for_timeout(150)
    after, text = shown(page), drawn(page)
    assert all(after[form] > before[form] for form in FORMS)
    assert "dès le dépassement" in text
    assert "le foyer tient" in text
    assert "48 h (repère : 48 h)" in text
    reading = plain(page.locator(".reading").inner_text())
    assert "Au-dessus du seuil majoré de TVA (41 250 €)" in reading
    assert "juste au repère de 48 h" in reading


def test_the_year_changes_ceiling_and_acre(visit: Callable[..., Page]) -> None:
    """A first year has its own ceiling, and ACRE where one has it."""
    page = visit("farid")
    before = shown(page)
    page.locator("input[name=beginning][value=planned]").check()
    page.wait_for_timeout(150)
    assert shown(page)["micro"] > before["micro"] + 1_000
    reading = plain(page.locator(".reading").inner_text())
    assert (
        "En 2027, année incomplète, le plafond de la micro-entreprise descend à 76 500 €" in reading
    )
    assert "Plafond micro, au prorata" in drawn(page)


def test_over_the_ceiling_the_micro_regime_is_marked(visit: Callable[..., Page]) -> None:
    """A reader who goes past the ceiling is told so, in words, where the amount stands."""
    page = visit("alice")
    page.evaluate(MOVE, ["turnover", 90_000])
    page.wait_for_timeout(150)
    assert "plafond dépassé" in drawn(page)
    assert "Plafond de la micro | dépassé" in drawn(page)
    assert "se perd après deux années de suite" in page.locator(".reading").inner_text()


def test_the_person_s_point_stays_where_it_is(visit: Callable[..., Page]) -> None:
    """« votre projet » marks the profile's own second year, whatever is tried."""
    page = visit("alice")
    name = page.locator(".drawing svg text", has_text="votre projet").first
    place = name.evaluate("text => text.getAttribute('transform')")
    page.evaluate(MOVE, ["turnover", 70_000])
    page.wait_for_timeout(150)
    assert name.evaluate("text => text.getAttribute('transform')") == place


def test_the_keyboard_reaches_and_moves_every_input(visit: Callable[..., Page]) -> None:
    """Tab goes from input to input, arrows change them, and the focus can be seen."""
    page = visit("alice")
    slider(page, "turnover").focus()
    reached = []
    for _ in range(6):
        reached.append(page.evaluate("document.activeElement.name"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("Tab")
    assert reached == ["turnover", "fixed", "share", "weekly", "beginning", "reset"]
    before = shown(page)["micro"]
    page.keyboard.press("Shift+Tab")
    slider(page, "turnover").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(150)
    assert slider(page, "turnover").get_attribute("aria-valuetext") == "26\u202f900\u00a0€"
    assert shown(page)["micro"] > before
    slider(page, "beginning").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=beginning]:checked").get_attribute("value") == "planned"


def test_inputs_are_named_and_large_enough(visit: Callable[..., Page]) -> None:
    """Whoever listens hears what each input is and its value in French; whoever touches hits it."""
    page = visit("alice", width=PHONE)
    for label, value in {
        "Chiffre d’affaires par an": "26 800 €",
        "Frais fixes par mois": "80 €",
        "Frais liés aux ventes": "5 %",
        "Heures de projet par semaine": "10 h",
    }.items():
        input_ = page.get_by_role("slider", name=label, exact=True)
        assert plain(input_.get_attribute("aria-valuetext") or "") == value
        seen = input_.locator("xpath=following-sibling::*[1]")
        assert plain(seen.inner_text()) == value
    years = page.get_by_role("radiogroup", name="Année simulée").get_by_role("radio")
    assert years.count() == 4
    for target in [
        *page.locator("input[type=range], .reset").all(),
        *page.locator(".vega-bind-radio label").all(),
    ]:
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    for one in page.locator(".vega-bind > label").all():
        above, below = (one.locator(part).bounding_box() for part in (".vega-bind-name", "input"))
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"] + 1


def test_results_are_announced_after_a_pause(visit: Callable[..., Page]) -> None:
    """A screen reader is told what has changed, once, and nothing when the page opens."""
    page = visit("alice")
    status = page.get_by_role("status")
    assert status.text_content() == ""
    slider(page, "weekly").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(PAUSE)
    told = plain(status.text_content() or "")
    assert told.startswith(
        "Micro-entreprise (conseillée) : 15 000 € par an après impôt, 29,0 € de l’heure."
    )
    assert "font 46 h par semaine" in told
    assert "seuil de TVA" not in told


def test_another_width_keeps_what_was_set(visit: Callable[..., Page]) -> None:
    """Turning the phone loses neither the values nor the place of the keyboard, and announces nothing."""
    page = visit("alice")
    slider(page, "turnover").focus()
    page.keyboard.press("PageUp")
    page.locator("input[name=beginning][value=next_quarter]").check()
    page.wait_for_timeout(PAUSE)
    before, told = shown(page), page.get_by_role("status").text_content()
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.wait_for_timeout(1500)
    assert slider(page, "turnover").input_value() == "37800"
    assert plain(slider(page, "turnover").get_attribute("aria-valuetext") or "") == "37 800 €"
    assert page.locator("input[name=beginning]:checked").get_attribute("value") == "next_quarter"
    assert page.evaluate("document.activeElement.value") == "next_quarter"
    assert shown(page) == before
    assert page.get_by_role("status").text_content() == told
    for part in (".controls", ".drawing", ".reading", "[role=status]"):
        assert page.locator(part).count() == 1


def test_one_button_goes_back_to_the_project(visit: Callable[..., Page]) -> None:
    """After any number of trials the person's own figures are one press away."""
    page = visit("alice")
    before, text = shown(page), drawn(page)
    page.evaluate(MOVE, ["turnover", 90_000])
    page.evaluate(MOVE, ["share", 40])
    page.locator("input[name=beginning][value=other_acre]").check()
    page.get_by_role("button", name="Revenir à votre projet").click()
    page.wait_for_timeout(150)
    assert shown(page) == before
    assert drawn(page) == text
    assert slider(page, "turnover").input_value() == "26800"
    assert page.locator("input[name=beginning]:checked").get_attribute("value") == "later_years"


@pytest.mark.parametrize(("name", "width"), pairs(UNLIKE, [320, PHONE, 640, DESKTOP]))
def test_nothing_is_cut_or_written_over(visit: Callable[..., Page], name: str, width: int) -> None:
    """On a phone, at twice the size and on a desk, each label can be read whole."""
    page = visit(name, width=width)
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for turnover in (None, "Home", "End"):
        if turnover:
            slider(page, "turnover").focus()
            page.keyboard.press(turnover)
            page.wait_for_timeout(150)
        assert page.evaluate(wider) <= 0
        assert page.evaluate(CUT) == []
        assert page.evaluate(OVERLAPPING) == []


def test_paper_shows_the_project_without_inputs(visit: Callable[..., Page]) -> None:
    """Printed after some trials, the page shows the person's own figures, as its text does."""
    page = visit("alice")
    page.evaluate(MOVE, ["turnover", 90_000])
    page.emulate_media(media="print")
    assert page.locator("[data-chart] img").is_visible()
    for part in (".controls", ".drawing", ".reading"):
        assert not page.locator(part).is_visible()


def test_without_scripts_the_picture_stands_alone(visit: Callable[..., Page]) -> None:
    """Where scripts are off the reader has the picture and its text, and no dead inputs."""
    page = visit("alice", scripts=False)
    picture = page.locator("[data-chart] img")
    assert picture.is_visible()
    assert picture.get_attribute("alt") == "Ce que chaque forme laisse."
    assert page.locator("input").count() == 0


@pytest.mark.parametrize("name", PEOPLE)
def test_the_picture_says_all_that_the_page_does(pages: Callable[[str], Path], name: str) -> None:
    """The PDF has names, amounts, thresholds, week and reserve, and a page stays light."""
    figures = pages(name).parent / "figures"
    picture = plain((figures / "fig-simulator.svg").read_text("utf-8"))
    for text in (
        *(names.short for names in words.FORMS.values()),
        "votre projet",
        "Seuil de TVA",
        "Réserve sans salaire",
    ):
        assert text in picture
    assert not re.search(r">[^<]*(?:NaN|undefined|Infinity|null)", picture)
    spec = (figures / "fig-simulator.vl.json").read_text("utf-8")
    assert len(spec.encode()) < 120_000
    assert "url" not in json.loads(spec)
