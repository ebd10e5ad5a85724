"""A real browser, offline, that remembers what a page asked for and complained about."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import AS_OF, ROOT, WHOLE

from tremplin.pipeline.portfolio import make_portfolio
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.report import Order, ProjectFolders
from tremplin.warm.machine import Machine

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


def open_page(
    browser: Browser, path: Path, *, width: int = 1280, scripts: bool = True
) -> tuple[Page, list[tuple[str, str]]]:
    """
    Open a file as a reader would, without a network, and wait until its charts are drawn.

    Gives the page and what it did: ("request" | "console" | "error", address or words).
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        offline=True,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    page = context.new_page()
    events: list[tuple[str, str]] = []
    page.on("request", lambda request: events.append(("request", request.url)))
    page.on("console", lambda message: events.append(("console", message.text)))
    page.on("pageerror", lambda error: events.append(("error", str(error))))
    page.goto(path.as_uri())
    if scripts:
        page.wait_for_function(ALL_DRAWN, timeout=20_000)
    return page, events


@pytest.fixture(scope="session")
def opening(chromium: Browser) -> Callable[..., tuple[Page, list[tuple[str, str]]]]:
    """Open pages that other files of tests make themselves."""
    return partial(open_page, chromium)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages that a test may change; they are closed after it."""
    pages: list[Page] = []

    def open_one(path: Path, *, width: int = 1280, scripts: bool = True) -> Page:
        page, _ = open_page(chromium, path, width=width, scripts=scripts)
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        page.context.close()


def rendered(machine: Machine, source: Path, work: Path) -> Path:
    """Render a folder that holds `report.qmd` as the pipeline does, and give its page."""
    shutil.copytree(ROOT / "reports", work, ignore=shutil.ignore_patterns("out"))
    shutil.copytree(source, work, dirs_exist_ok=True)
    return choose_renderer("pandoc").render(work, ["html"], machine.run_module)["html"]


@pytest.fixture(scope="session")
def rendering(machine: Machine) -> Callable[[Path, Path], Path]:
    """Render pages that other files of tests make themselves."""
    return partial(rendered, machine)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, machine: Machine) -> Path:
    """Make the page of the document that has every construct."""
    return rendered(machine, SAMPLE, tmp_path_factory.mktemp("page") / "work")


@pytest.fixture(scope="session", params=["sample", "hugo"])
def report(request: pytest.FixtureRequest, made: Callable[[str], Path]) -> Path:
    """Give the pages that the checks look at: the sample has every construct, a person real text."""
    if request.param == "sample":
        page: Path = request.getfixturevalue("sample")
        return page
    return made(request.param) / f"{request.param}.html"


@pytest.fixture(scope="session")
def opened(chromium: Browser, report: Path) -> Iterator[tuple[Page, list[tuple[str, str]]]]:
    """Open the page once, for all tests that only look at it, and tell what it did."""
    page, events = open_page(chromium, report)
    yield page, events
    page.context.close()


@pytest.fixture(scope="session")
def portfolio(
    tmp_path_factory: pytest.TempPathFactory,
    batch_of_all: Callable[[Path], None],
    machine: Machine,
) -> Path:
    """Make the page of the eight example people, one of them with a name."""
    out = tmp_path_factory.mktemp("portfolio")
    batch_of_all(out)
    project = ProjectFolders(ROOT / "notebooks", ROOT / "data", ROOT / "reports", out)
    make_portfolio(
        out,
        project,
        Order(AS_OF, ("html",), choose_renderer("pandoc")),
        machine,
        {"gaelle": "Gaëlle Noël"},
    )
    return out / "portfolio.html"


@pytest.fixture(scope="session", params=[*WHOLE, "portfolio"])
def anyones(request: pytest.FixtureRequest, made: Callable[[str], Path]) -> Path:
    """Give the page of each example person whose report is made, and the portfolio."""
    if request.param == "portfolio":
        page: Path = request.getfixturevalue("portfolio")
        return page
    return made(request.param) / f"{request.param}.html"


@pytest.fixture(scope="session")
def everyone(chromium: Browser, anyones: Path) -> Iterator[tuple[Page, list[tuple[str, str]]]]:
    """Open that page once, for all tests that only look at it, and tell what it did."""
    page, events = open_page(chromium, anyones)
    yield page, events
    page.context.close()


@pytest.fixture
def desk(opened: tuple[Page, list[tuple[str, str]]]) -> Page:
    """Give the page as it opens on a desk; tests leave it as they find it."""
    return opened[0]
