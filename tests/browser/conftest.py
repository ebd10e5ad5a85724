"""
A real browser, offline, that remembers what a page asked for and what it complained about.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tremplin.pipeline.render import choose_renderer

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests/data/sample"
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ALL_DRAWN = "() => !document.querySelector('[data-chart]:not([data-drawn])')"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no chromium on PATH: the page was not opened in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def events() -> list[tuple[str, str]]:
    """Collect what the pages of a test do: ("request" | "console" | "error", address or words)."""
    return []


@pytest.fixture
def visit(chromium: Browser, events: list[tuple[str, str]]) -> Iterator[Callable[..., Page]]:
    """Open a file as a reader would, without a network, and wait until its charts are drawn."""
    contexts: list[BrowserContext] = []

    def open_page(path: Path, *, width: int = 1280, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            offline=True,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: events.append(("request", request.url)))
        page.on("console", lambda message: events.append(("console", message.text)))
        page.on("pageerror", lambda error: events.append(("error", str(error))))
        page.goto(path.as_uri())
        if scripts:
            page.wait_for_function(ALL_DRAWN, timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def rendered(source: Path, work: Path) -> Path:
    """Render a folder that holds `report.qmd` as the pipeline does, and give its page."""
    shutil.copytree(ROOT / "reports", work, ignore=shutil.ignore_patterns("out"))
    shutil.copytree(source, work, dirs_exist_ok=True)
    return choose_renderer("pandoc").render(work, ["html"])["html"]


@pytest.fixture(scope="session", params=[SAMPLE], ids=lambda path: path.name)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page that the checks look at: one for each document in `params`."""
    return rendered(request.param, tmp_path_factory.mktemp("page") / "work")
