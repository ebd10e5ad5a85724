"""The interview as people meet it: in a browser, without scripts, by keyboard, on a narrow phone, with a screen reader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has none
from playwright.sync_api import Browser, Page, expect
from tests.conftest import AS_OF, ROOT
from tests.served import served
from tests.thorough import pairs

from tremplin.interview.answers import Answers
from tremplin.interview.app import Interview
from tremplin.interview.making import Making
from tremplin.model.profile.questions import TOPICS
from tremplin.model.register import Register

NARROW, PHONE, DESKTOP = 320, 390, 1280
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [*(topic.id for topic in TOPICS), "check"]
TYPED = {
    "project": {
        "project-activity": "Fleuriste",
        "project-start": "2027-03-01",
        "project-weekly_hours": "40",
        "project-turnover-month_1": "6 000",
        "project-turnover-month_12": "9000",
        "project-turnover-month_24": "11 000 €",
    },
    "job": {
        "employment-since": "2019-05-02",
        "employment-weekly_hours": "35 h",
        "employment-net_salary": "1 650,50",
    },
    "household": {"household-fixed_costs": "1500", "household-other_income": "0"},
}
"""What somebody types who opens a shop, by the labels' fields."""
SELECTED = {"project": {"project.category": "sale"}}
CHECKED = {"job": {"employment.sector": "private", "employment.contract": "permanent"}}


@pytest.fixture
def shop(tmp_path: Path, register: Register) -> Iterator[tuple[Interview, str]]:
    """Serve the interview of somebody who rents a shop and hires: all of its pages have something to ask."""
    copy = tmp_path / "iris.yaml"
    copy.write_bytes((ROOT / "tests/data/shop.yaml").read_bytes())
    interview = Interview(Answers.open(copy), register, AS_OF, Making(lambda path, _: path))
    with served(interview) as home:
        yield interview, f"{home}{interview.root}"


def opened(browser: Browser, width: int, *, scripts: bool) -> Page:
    """Give a window; axe is let in although the pages allow no script."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        bypass_csp=scripts,
        reduced_motion="reduce",
    )
    return context.new_page()


def test_a_screen_reader_finds_its_way(chromium: Browser, shop: tuple[Interview, str]) -> None:
    """Axe finds nothing on any page, on a phone or a desk, with everything that can be opened open."""
    _, root = shop
    page = opened(chromium, DESKTOP, scripts=True)
    found: dict[str, Any] = {}
    for name, width in pairs(PAGES, [PHONE, DESKTOP]):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{root}/{name}")
        page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => one.open = true)"
        )
        rules = {"runOnly": {"type": "tag", "values": STANDARDS}}
        violations = Axe().run(page, options=rules).response["violations"]
        if violations:
            found[f"{name} {width}"] = [
                (one["id"], one["nodes"][0]["html"][:120]) for one in violations
            ]
    page.context.close()
    assert found == {}


def test_nothing_is_cut_on_a_narrow_phone(chromium: Browser, shop: tuple[Interview, str]) -> None:
    """At 320 pixels no page scrolls sideways."""
    _, root = shop
    page = opened(chromium, NARROW, scripts=True)
    wide = []
    for name in PAGES:
        page.goto(f"{root}/{name}")
        page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => one.open = true)"
        )
        if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
    page.context.close()
    assert wide == []


def test_a_shop_is_answered_without_scripts(
    chromium: Browser, tmp_path: Path, register: Register
) -> None:
    """Three pages typed and sent with the keyboard give a first verdict and a profile file."""
    file = tmp_path / "me.yaml"
    interview = Interview(Answers.open(file), register, AS_OF, Making(lambda path, _: path))
    with served(interview) as home:
        page = opened(chromium, PHONE, scripts=False)
        page.goto(f"{home}{interview.root}/")
        for topic, fields in TYPED.items():
            for field, text in fields.items():
                page.locator(f"#{field}").fill(text)
            for name, value in SELECTED.get(topic, {}).items():
                page.locator(f'[name="{name}"]').select_option(value)
            for name, value in CHECKED.get(topic, {}).items():
                page.locator(f'[name="{name}"][value="{value}"]').check()
            page.locator("main").get_by_role("button", name="Continuer").press("Enter")
        expect(page.locator("main h1")).to_have_text(TOPICS[3].title)
        verdict = page.get_by_text("Pour vous, 2e année")
        expect(verdict).to_be_visible()
        page.context.close()
    assert Answers.open(file).get("employment.net_salary") == 1650.5
