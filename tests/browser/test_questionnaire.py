"""The questionnaire in a browser, offline: what a client sees, types and saves."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import open_page
from tests.browser.test_accessibility import LOW_CONTRASTS, STANDARDS, violations
from tests.conftest import PEOPLE, ROOT
from tests.typed_cases import typed_cases

from tremplin.model.brand import load_brand
from tremplin.model.profile import Profile, load_profile
from tremplin.model.register import Register
from tremplin.model.yaml import read_yaml
from tremplin.questionnaire.page import questionnaire, write

Visit = Callable[..., Page]
ASKED_OF_ALL = [
    "accueil",
    "project",
    "job",
    "household",
    "contract",
    "trade",
    "money",
    "person",
    "relatives",
    "time",
    "next",
    "partners",
    "means",
    "ready",
    "verifier",
]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, register: Register) -> Callable[..., Path]:
    """Give a function that writes a questionnaire with what is known, and gives its file."""
    folder = tmp_path_factory.mktemp("questionnaires")
    brand = load_brand(ROOT / "reports/_brand.yml")

    def make(name: str = "q", data: Mapping[str, Any] | None = None) -> Path:
        write(folder / f"{name}.html", questionnaire(brand, register.trades, data))
        return folder / f"{name}.html"

    return make


def of_person(name: str) -> dict[str, Any]:
    return dict(read_yaml(ROOT / f"params/{name}.yaml").data)


def saved(page: Page, button: str, folder: Path) -> Path:
    """Press a button that saves, and give the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def go_on(page: Page, name: str = "Continuer") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_the_script_understands_what_python_understands(pages: Callable[..., Path], visit: Visit) -> None:
    """The same texts mean the same, or are refused for the same reason, as in the table that Python passes too."""
    ask = """(cases) => cases.map(({ key, typed }) => {
      try { return [understood(BY_KEY[key], typed), ""]; } catch (refused) { return [null, refused.code]; }
    })"""
    cases = typed_cases()
    found = visit(pages()).evaluate(ask, [{"key": one.key, "typed": one.typed} for one in cases])
    expected = [[one.meant, one.refused] for one in cases]
    assert found == expected


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_known_and_left_as_it_is_comes_back_the_same(
    name: str, pages: Callable[..., Path], visit: Visit, tmp_path: Path
) -> None:
    """A client of whom all is known looks at the check, saves, and is the same person."""
    page = visit(pages(name, of_person(name)))
    page.evaluate("go('verifier')")
    file = saved(page, "Enregistrer mes réponses", tmp_path)
    assert file.name == f"{name}.yaml"
    assert load_profile(file) == load_profile(ROOT / f"params/{name}.yaml")


def test_a_person_answers_from_nothing(
    pages: Callable[..., Path], visit: Visit, tmp_path: Path
) -> None:
    """Whoever answers as people write, page by page, sends back a profile."""
    page = visit(pages(), width=390)
    page.set_default_timeout(4_000)
    go_on(page, "Commencer")
    page.get_by_label("Quelle activité voulez-vous lancer").fill("Boulangerie « Au fournil » : pains, 100 % bio # 1")
    page.locator("[name='project.category']").select_option(label="vente de marchandises")
    for name, text in {
        "project.start": "4 janvier 2027",
        "project.weekly_hours": "10 h",
        "project.turnover.month_1": "300",
        "project.turnover.month_12": "1 800 €",
        "project.turnover.month_24": "2 600,50",
    }.items():
        page.locator(f"[name='{name}']").fill(text)
    go_on(page)
    page.get_by_label("privé").check()
    page.get_by_label("CDI, ou titulaire").check()
    page.locator("[name='employment.since']").fill("01/09/2021")
    page.locator("[name='employment.weekly_hours']").fill("35")
    page.locator("[name='employment.net_salary']").fill("1 850,50 €")
    go_on(page)
    page.locator("[name='household.fixed_costs']").fill("1 200")
    go_on(page)
    clause = page.get_by_role("group", name="clause de non-concurrence")
    clause.get_by_label("oui").check()
    page.locator("[name='employment.clauses.non_compete.months']").fill("12")
    go_on(page)
    go_on(page)
    page.locator("[name='financing.savings']").fill("6 000")
    page.locator("[name='financing.bank_loan']").fill("20 000")
    page.keyboard.press("Tab")
    page.locator("#money summary").click()
    page.get_by_role("group", name="prêt").get_by_label("oui").first.check()
    page.locator("[name='financing.bank_terms.months']").fill("60")
    page.locator("[name='financing.bank_terms.rate']").fill("4,2 %")
    go_on(page)
    page.locator("[name='name']").fill("Zoé")
    page.get_by_label("RSA").check()
    for _ in range(5):
        go_on(page)
    page.get_by_role("button", name="Ajouter une ligne").first.click()
    page.locator("[name='project.equipment.0.name']").fill("Four")
    page.locator("[name='project.equipment.0.amount']").fill("12 000")
    page.locator("[name='project.equipment.0.years']").fill("7")
    go_on(page)
    go_on(page)
    assert heading(page) == "Vérifiez vos réponses"
    profile = load_profile(saved(page, "Enregistrer mes réponses", tmp_path))
    assert profile.name == "Zoé"
    assert profile.id.startswith("dossier-")
    assert profile.project.activity == "Boulangerie « Au fournil » : pains, 100 % bio # 1"
    assert profile.project.start == date(2027, 1, 4)
    assert profile.project.turnover.month_24 == 2600.5
    assert profile.employment.net_salary == 1850.5
    assert profile.employment.clauses.non_compete.model_dump() == {  # type: ignore[union-attr]
        "months": 12,
        "area": None,
        "compensated": "unknown",
    }
    assert profile.financing.bank_terms
    assert profile.financing.bank_terms.rate == 0.042
    assert profile.person.benefits == ("rsa",)
    assert [one.said for one in profile.project.equipment]
