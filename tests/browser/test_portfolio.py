import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page
from tests.conftest import PEOPLE

OpenPage = Callable[..., Page]
Opening = Callable[..., tuple[Page, list[tuple[str, str]]]]
PHONE = 390


def people(page: Page) -> Locator:
    """Give the table of people with its tools."""
    return page.locator("#tbl-people")


def column(page: Page, number: int) -> list[str]:
    """Read a column of the rows that show."""
    cells = people(page).locator(f"tbody tr:not([hidden]) > :nth-child({number})")
    return [re.sub(r"\s", " ", text) for text in cells.all_inner_texts()]


def told(page: Page) -> str:
    """Read what the live region says."""
    return people(page).get_by_role("status").inner_text()


def test_the_page_asks_for_nothing_and_complains_of_nothing(
    portfolio: Path, opening: Opening
) -> None:
    """An advisor without a network gets all of it and an empty console, sorting and searching too."""
    page, events = opening(portfolio)
    people(page).get_by_role("button", name="Net an 2").click()
    people(page).get_by_role("searchbox").fill("conditions")
    noticed = [event for event in events if not event[1].startswith("data:")]
    page.context.close()
    assert noticed == [("request", portfolio.as_uri())]


def test_headers_sort_numbers_days_and_words(portfolio: Path, visit: OpenPage) -> None:
    """One click sorts up, a second down; amounts and days sort by value, what is missing stands last."""
    page = visit(portfolio)
    people(page).get_by_role("button", name="Note").click()
    assert column(page, 3) == ["33", "48", "49", "49", "61", "69", "72", "82"]
    people(page).get_by_role("button", name="Note").click()
    assert column(page, 3)[0] == "82"
    people(page).get_by_role("button", name="Manque").click()
    assert column(page, 8) == [*["0 €"] * 4, "3 120 €", "3 340 €", "4 400 €", "5 600 €"]
    people(page).get_by_role("button", name="Échéance").click()
    assert column(page, 10)[-1] == "01/02/2027 : Relire le contrat de travail et ses avenants"
    people(page).get_by_role("button", name="Personne").click()
    assert column(page, 1)[-2:] == ["Gaëlle Noël", "hugo"]


def test_the_order_is_told_to_those_who_do_not_see_it(portfolio: Path, visit: OpenPage) -> None:
    """One header says by which column and in which direction, and so does the live region."""
    page = visit(portfolio)
    header = people(page).get_by_role("columnheader", name="Risque")
    people(page).get_by_role("button", name="Note").click()
    people(page).get_by_role("button", name="Risque").click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert people(page).locator("[aria-sort]").count() == 1
    people(page).get_by_role("button", name="Risque").click()
    assert header.get_attribute("aria-sort") == "descending"
    assert told(page) == "8 personnes, par risque, ordre décroissant"


def test_searching_leaves_the_rows_that_have_all_words(portfolio: Path, visit: OpenPage) -> None:
    """Accents and capitals do not matter; the count of what is left is announced."""
    page = visit(portfolio)
    field = people(page).get_by_label("Rechercher une personne, un blocage, une échéance")
    assert told(page) == "8 personnes"
    field.fill("GAELLE noel")
    assert (column(page, 1), told(page)) == (["Gaëlle Noël"], "1 personne sur 8")
    field.fill("arrêté employeur")
    assert column(page, 1) == ["hugo"]
    field.fill("nobody")
    assert (column(page, 1), told(page)) == ([], "0 personne sur 8")
    field.fill("")
    assert len(column(page, 1)) == 8


def test_the_keyboard_reaches_everything(portfolio: Path, visit: OpenPage) -> None:
    """From the field, Tab leads to the headers, Enter sorts, and the focus stays where it was."""
    page = visit(portfolio)
    people(page).get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Personne"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(":focus").inner_text().startswith("Verdict")
    assert column(page, 2)[0] == "Arrêté"


@pytest.mark.parametrize("scripts", [True, False])
def test_names_lead_to_reports(portfolio: Path, visit: OpenPage, scripts: bool) -> None:
    """Each row links to the report beside the page, with scripts or without; then all rows show."""
    page = visit(portfolio, scripts=scripts)
    rows = people(page).locator("tbody tr")
    links = rows.locator("th a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert links == [f"{name}/{name}.html" for name in PEOPLE]
    assert all(row.is_visible() for row in rows.all())
    assert people(page).get_by_role("searchbox").count() == int(scripts)


def test_paper_shows_everybody(portfolio: Path, visit: OpenPage) -> None:
    """What was searched for is not what is printed, and no control is."""
    page = visit(portfolio)
    people(page).get_by_role("searchbox").fill("hugo")
    page.emulate_media(media="print")
    assert all(row.is_visible() for row in people(page).locator("tbody tr").all())
    assert not people(page).get_by_role("searchbox").is_visible()


@pytest.mark.parametrize("width", [320, PHONE, 768, 1280, 1700])
def test_nothing_is_wider_than_the_screen(portfolio: Path, visit: OpenPage, width: int) -> None:
    """The page never scrolls sideways; from a desk on, neither does the table."""
    page = visit(portfolio, width=width)
    wider = "each => each.scrollWidth - each.clientWidth"
    assert page.locator("html").evaluate(wider) == 0
    if width != 768:
        assert people(page).locator(".table-scroll").evaluate(wider) == 0


def test_a_phone_sorts_cards(portfolio: Path, visit: OpenPage) -> None:
    """Each person is a card with named values, and the buttons that sort them are there to tap."""
    page = visit(portfolio, width=PHONE)
    button = people(page).get_by_role("button", name="Note")
    button.click()
    first = people(page).locator("tbody tr").first
    assert first.locator("th").inner_text() == "hugo"
    assert first.locator("td").nth(1).get_attribute("data-label") == "Note"
    assert first.evaluate("row => row.getBoundingClientRect().width") < PHONE
    assert button.evaluate("each => each.getBoundingClientRect().height") >= 24
