"""The questionnaire in a browser, offline: what a client sees, types and saves."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from pydantic import ValidationError
from tests.browser.conftest import open_page
from tests.browser.test_accessibility import LOW_CONTRASTS, STANDARDS, violations
from tests.conftest import PEOPLE, ROOT
from tests.typed_cases import typed_cases

from tremplin.interview.answers import Answers
from tremplin.model.brand import load_brand
from tremplin.model.profile import Profile, load_profile
from tremplin.model.profile.questions import questions
from tremplin.model.profile.typed import understood
from tremplin.model.register import Register
from tremplin.model.scalar import RefusedError
from tremplin.model.trades import Trades
from tremplin.model.whole import write_whole
from tremplin.model.yaml import read_yaml
from tremplin.questionnaire.catalogue import catalogue
from tremplin.questionnaire.page import questionnaire

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


UNDERSTOOD = """(cases) => cases.map(({ key, typed }) => {
  try { return [understood(BY_KEY[key], typed), ""]; } catch (refused) { return [null, refused.code]; }
})"""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, register: Register) -> Callable[..., Path]:
    """Give a function that writes a questionnaire with what is known, and gives its file."""
    folder = tmp_path_factory.mktemp("questionnaires")
    brand = load_brand(ROOT / "reports/_brand.yml")

    def make(name: str = "q", data: Mapping[str, Any] | None = None) -> Path:
        write_whole(folder / f"{name}.html", questionnaire(brand, register.trades, data))
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


def typed(page: Page, answers: Mapping[str, str]) -> None:
    """Type answers into fields, by key."""
    for key, text in answers.items():
        page.locator(f"[name='{key}']").fill(text)


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_the_script_understands_what_python_understands(
    pages: Callable[..., Path], visit: Visit
) -> None:
    """The same texts mean the same, or are refused for the same reason, as in the table that Python passes too."""
    cases = typed_cases()
    found = visit(pages()).evaluate(
        UNDERSTOOD, [{"key": one.key, "typed": one.typed} for one in cases]
    )
    expected = [[one.meant, one.refused] for one in cases]
    assert found == expected


PIECES = [
    *"0123456789",
    *(" ", "\u00a0", "\u202f", ",", ".", "-", "+", "/", "%", "€", "’", ";", "h", "é", "½", "٣"),
    *(
        "2024",
        "29/02/",
        "1er ",
        " févr. ",
        " mars ",
        "août",
        "euros",
        "par mois",
        " 00:00",
        "[",
        "x",
    ),
]
KEYS = ["employment.net_salary", "employment.since", "project.expenses.rate", "household.children"]
ODD = st.lists(
    st.tuples(st.sampled_from(KEYS), st.lists(st.sampled_from(PIECES), max_size=7).map("".join)),
    min_size=100,
    max_size=200,
)


@pytest.fixture(scope="module")
def blank(opening: Callable[..., tuple[Page, Any]], pages: Callable[..., Path]) -> Iterator[Page]:
    """Give a page of which nothing is known, for tests that only ask its script."""
    page, _ = opening(pages("blank"))
    yield page
    page.context.close()


@settings(max_examples=10)
@given(cases=ODD)
def test_odd_texts_mean_the_same_to_both(blank: Page, cases: list[tuple[str, str]]) -> None:
    """Whatever is typed, the script reads it, or refuses it, as Python does."""
    asked = [{"key": key, "typed": text} for key, text in cases]
    assert blank.evaluate(UNDERSTOOD, asked) == [in_python(key, text) for key, text in cases]


def in_python(key: str, text: str) -> list[object]:
    """Give what Python understands, and the code of what it refuses."""
    try:
        found = understood(questions()[key], text)
    except RefusedError as refusal:
        return [None, refusal.code]
    return [found.isoformat() if isinstance(found, date) else found, ""]


def test_what_is_known_and_left_as_it_is_comes_back_the_same(
    pages: Callable[..., Path], visit: Visit, tmp_path: Path
) -> None:
    """A client of whom all is known is asked what the interview would ask, looks at the check, saves, and is the same person."""
    page = visit(pages())
    for name in PEOPLE:
        answers = Answers(Path(), of_person(name))
        page.goto(pages(name, answers.data).as_uri())
        assert page.evaluate("[...read().relevant]") == [
            key
            for key, one in questions().items()
            if key not in {"id", "lang"} and one.concerns(answers.flat())
        ]
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
    page.get_by_label("Quelle activité voulez-vous lancer").fill(
        "Boulangerie « Au fournil » : pains, 100 % bio # 1"
    )
    page.locator("[name='project.category']").select_option(label="vente de marchandises")
    typed(
        page,
        {
            "project.start": "4 janvier 2027",
            "project.weekly_hours": "10 h",
            "project.turnover.month_1": "300",
            "project.turnover.month_12": "1 800 €",
            "project.turnover.month_24": "2 600,50",
        },
    )
    go_on(page)
    page.get_by_label("privé").check()
    page.get_by_label("CDI, ou titulaire").check()
    typed(
        page,
        {
            "employment.since": "01/09/2021",
            "employment.weekly_hours": "35",
            "employment.net_salary": "1 850,50 €",
        },
    )
    go_on(page)
    page.locator("[name='household.fixed_costs']").fill("1 200")
    go_on(page)
    clause = page.get_by_role("group", name="clause de non-concurrence")
    clause.get_by_label("oui").check()
    page.locator("[name='employment.clauses.non_compete.months']").fill("12")
    go_on(page)
    go_on(page)
    typed(page, {"financing.savings": "6 000", "financing.bank_loan": "20 000"})
    page.keyboard.press("Tab")
    page.locator("#money summary").click()
    page.get_by_role("group", name="prêt").get_by_label("oui").first.check()
    typed(page, {"financing.bank_terms.months": "60", "financing.bank_terms.rate": "4,2 %"})
    go_on(page)
    page.locator("[name='name']").fill("Zoé")
    page.get_by_label("RSA").check()
    for _ in range(5):
        go_on(page)
    page.get_by_role("button", name="Ajouter une ligne").first.click()
    typed(
        page,
        {
            "project.equipment.0.name": "Four",
            "project.equipment.0.amount": "12 000",
            "project.equipment.0.years": "7",
        },
    )
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


def test_nothing_is_fetched_kept_or_complained_about(
    chromium: Browser, pages: Callable[..., Path]
) -> None:
    """The page asks for its own file alone, keeps nothing, and its policy forbids no part of it."""
    file = pages()
    page, events = open_page(chromium, file)
    assert page.evaluate("PAGES.filter(isAsked).map((one) => one.id)") == ASKED_OF_ALL
    assert [event for event in events if event != ("request", file.as_uri())] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]
    blocked = """() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
      document.body.append(Object.assign(new Image(), { src: "https://example.org/x.png" }));
    })"""
    assert page.evaluate(blocked) == "img-src"
    page.context.close()


def test_what_a_client_is_called_is_text(pages: Callable[..., Path], visit: Visit) -> None:
    """Names and answers that look like a page's own marks are shown as they were written."""
    odd = "</script><b onclick='x()'>A & B</b> \u2028{{ name }}"
    page = visit(
        pages("odd", {"id": "odd", "name": odd.replace("\u2028", ""), "project": {"activity": odd}})
    )
    assert page.locator("main b").count() == 0
    assert page.locator("[name='name']").input_value() == odd.replace("\u2028", "")
    page.evaluate("go('verifier')")
    assert "</script><b onclick='x()'>A & B</b>" in page.locator("#said").inner_text()


def test_a_draft_is_saved_and_resumed(
    pages: Callable[..., Path], visit: Visit, tmp_path: Path
) -> None:
    """Whoever stops half-way finds all again in the file, lists and opened groups among it, and the same id."""
    page = visit(pages())
    page.locator("[name='name']").evaluate("one => { one.value = 'Zoé \u0022 \\\\ # : é'; }")
    page.evaluate("go('means')")
    page.get_by_role("group", name="local").get_by_label("oui").check()
    page.locator("[name='project.premises.rent']").fill("850")
    page.get_by_role("button", name="Ajouter une ligne").first.click()
    page.locator("[name='project.equipment.0.name']").fill("Four à pain")
    page.evaluate("go('money')")
    page.locator("[name='project.expenses.rate']").fill("12,5 %")
    page.locator("[name='financing.savings']").fill("beaucoup")
    page.locator("[name='project.investment']").fill("2 500")
    draft = saved(page, "Enregistrer un brouillon", tmp_path)
    assert "Sans une réponse qui n’est pas comprise" in page.locator("#kept").inner_text()
    assert read_yaml(draft).data["project"] == {
        "premises": {"rent": 850},
        "investment": 2500,
        "expenses": {"rate": 0.125},
        "equipment": [{"name": "Four à pain"}],
    }
    again = visit(pages())
    again.locator("#draft").set_input_files(draft)
    again.get_by_role("heading", name="Votre projet").wait_for()
    again.evaluate("go('verifier')")
    assert (
        saved(again, "Enregistrer un brouillon", tmp_path / "again").read_text()
        == draft.read_text()
    )
    assert again.locator("[name='project.equipment.0.name']").input_value() == "Four à pain"


FOREIGN = {
    "name: Alice\n": "sa ligne 1 n’est pas comprise",
    'id: "alice"\nhousehold:\n  children: "deux"\n': "sa ligne 3 n’est pas comprise",
    'id: "alice"\ncolour: "red"\n': "sa ligne 2 n’est pas comprise",
    'id: "alice"\nproject:\n  category: "x"\n': "sa ligne 3 n’est pas comprise",
    'id: "bruno"\n': "celui d’un autre questionnaire",
}


def test_another_file_is_refused_in_words(pages: Callable[..., Path], visit: Visit) -> None:
    """What is no draft of this questionnaire changes nothing, and is said."""
    page = visit(pages("alice", of_person("alice")))
    for text, told in FOREIGN.items():
        draft = {"name": "x.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
        page.locator("#draft").set_input_files(draft)  # type: ignore[arg-type]
        page.locator("#draft-error").get_by_text(told).wait_for()
        assert page.locator("[name='name']").input_value() == "Alice"


def test_questions_follow_the_answers(pages: Callable[..., Path], visit: Visit) -> None:
    """What matters because of an answer appears at once, and what no longer does leaves nothing in the file."""
    page = visit(pages())
    page.evaluate("go('partners')")
    share = page.locator("[name='project.capital_share']")
    assert not share.is_visible()
    page.locator("[name='project.partners']").fill("1")
    page.keyboard.press("Tab")
    share.fill("60")
    go_on(page)
    assert heading(page) == "Le local, l’équipement, l’équipe"
    assert page.evaluate("read().answers['project.capital_share']") == 0.6
    page.go_back()
    assert heading(page) == "Avec qui"
    page.locator("[name='project.partners']").fill("0")
    page.keyboard.press("Tab")
    assert not share.is_visible()
    assert page.evaluate("'project.capital_share' in read().answers") is False


CONTRADICTING: list[tuple[dict[str, Any], list[str]]] = [
    ({"employment.since": date(2027, 2, 1)}, ["employment.since"]),
    ({"person.birth_date": date(2009, 1, 5)}, ["employment.since"]),
    (
        {"person.birth_date": date(2012, 1, 5), "employment.since": date(2026, 1, 1)},
        ["employment.since", "person.birth_date"],
    ),
    ({"project.weekly_hours": 140}, ["project.weekly_hours"]),
    ({"household.children_shared": 3}, ["household.children_shared"]),
    ({"transition.exit": "term_end"}, ["transition.exit"]),
    ({"transition.exit": "resignation", "transition.exit_month": -80}, ["transition.exit_month"]),
    ({"transition.exit": "resignation", "transition.exit_month": -65}, ["transition.exit_month"]),
    ({"transition.exit": "resignation", "transition.exit_month": -64}, []),
    (
        {"transition.exit": "resignation", "transition.exit_date": date(2021, 1, 1)},
        ["transition.exit_date"],
    ),
    (
        {
            "transition.exit": "resignation",
            "transition.exit_date": date(2027, 1, 1),
            "transition.exit_month": 3,
        },
        ["transition.exit_date"],
    ),
    ({"transition.unemployment.daily_are": 30.0}, ["transition.unemployment.daily_are"]),
    (
        {
            "financing.bank_loan": 5000,
            "financing.bank_terms": {"months": 12, "rate": 0.04, "deferral": 12},
        },
        ["financing.bank_terms.deferral"],
    ),
    ({"project.turnover.by_month": [300.0] * 24}, ["project.turnover.by_month"]),
    ({"project.partners": 1}, ["project.capital_share"]),
    (
        {"project.partners": 1, "project.capital_share": 0.6, "project.family_share": 0.5},
        ["project.family_share"],
    ),
    (
        {"project.activities": [{"activity": "Cours", "category": "liberal", "share": 1.0}]},
        ["project.activities"],
    ),
    (
        {"project.activities": [{"activity": "Gîte", "category": "guest_rooms", "share": 0.3}]},
        ["project.activities"],
    ),
    (
        {"project.partners": 1, "project.capital_share": 0.6, "project.family_share": 0.4005},
        [],
    ),
]
"""Changes of Alice's profile, and the keys where the answers cannot all be true."""


def test_answers_that_contradict_each_other_are_told_as_python_tells_them(
    person: Callable[..., Profile], pages: Callable[..., Path], visit: Visit
) -> None:
    """Dates in an impossible order, shares beyond the whole and the like are found in the browser, at the same question."""
    page = visit(pages())
    for changes, keys in CONTRADICTING:
        try:
            person("alice", changes)
            found = []
        except ValidationError as error:
            found = [
                ".".join([*map(str, detail["loc"]), one.key])
                for detail in error.errors()
                for one in detail["ctx"]["found"]
            ]
        assert found == keys
        answers = Answers(Path(), of_person("alice"))
        data = catalogue(Trades({}, {}, ()), flat(answers, changes))["known"]
        told = page.evaluate("(answers) => [...contradictions(answers)].map(([key]) => key)", data)
        assert told == keys


def flat(answers: Answers, changes: Mapping[str, Any]) -> dict[str, object]:
    """Give answers by dotted key, a group that is changed key by key."""
    found = answers.flat()
    for key, value in changes.items():
        if isinstance(value, dict):
            found |= {f"{key}.{name}": one for name, one in value.items()}
        else:
            found[key] = value
    return found


def test_what_is_wrong_is_said_beside_the_field_and_leads_there(
    pages: Callable[..., Path], visit: Visit
) -> None:
    """An answer that is not understood is told in words when the field is left, again with Continue, and gone once it is mended."""
    page = visit(pages())
    page.evaluate("go('household')")
    costs = page.locator("[name='household.fixed_costs']")
    costs.fill("2.150")
    page.keyboard.press("Tab")
    error = page.locator("#household-fixed_costs-error")
    assert (
        error.inner_text()
        == "« 2.150 » peut se lire de deux façons. Écrivez 2150 ou 2,150.".replace(
            "« ", "«\u00a0"
        ).replace(" »", "\u00a0»")
    )
    assert "household-fixed_costs-error" in (costs.get_attribute("aria-describedby") or "")
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert").filter(has_text="Une réponse est à revoir")
    summary.get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "household.fixed_costs"
    costs.fill("2150")
    page.keyboard.press("Enter")
    assert heading(page) == "Ce que dit votre contrat"
    assert error.count() == 0


def test_what_is_saved_is_said_until_something_changes(
    pages: Callable[..., Path], visit: Visit, tmp_path: Path
) -> None:
    """The page names the file and whom to send it to; after a change it asks to save again."""
    page = visit(pages("alice", of_person("alice")))
    page.evaluate("go('verifier')")
    saved(page, "Enregistrer mes réponses", tmp_path)
    assert "Envoyez le fichier alice.yaml" in page.locator("#done").inner_text()
    page.evaluate("go('connu-person')")
    page.locator("[name='name']").fill("Alice M.")
    page.evaluate("go('verifier')")
    assert "enregistrez vos réponses" in page.locator("#done").inner_text()


@pytest.mark.parametrize("known", [True, False])
def test_axe_finds_nothing_on_any_page(
    known: bool, pages: Callable[..., Path], visit: Visit
) -> None:
    """All pages, with their details open and their errors told, satisfy axe, have contrast and fit 320 px."""
    data = {"id": "c-1", "name": "Zoé", "household": {"children": 2}}
    page = visit(pages("axe", data if known else None))
    for place in ("project", "means", "verifier"):
        page.evaluate("(id) => go(id)", place)
        page.locator(f"#{place} h1").wait_for()
        page.evaluate("current.querySelectorAll('.add').forEach((one) => one.click())")
        page.evaluate("current.id !== 'verifier' && next()")
    assert page.locator("main .errors").count() > 1
    page.evaluate("""() => {
      document.querySelectorAll("main details").forEach((one) => { one.open = true; });
      PAGES.forEach((one) => one.classList.remove("away"));
    }""")
    rules = {"runOnly": {"type": "tag", "values": STANDARDS}}
    assert violations(page, {**rules, "rules": {"color-contrast": {"enabled": False}}}) == []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(LOW_CONTRASTS) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(LOW_CONTRASTS) == []


def test_it_is_a_paper_form_without_scripts(pages: Callable[..., Path], visit: Visit) -> None:
    """With scripts off it says what it cannot do, shows every question with its choices, and offers no button that does nothing."""
    page = visit(pages(), scripts=False)
    assert page.get_by_text("les scripts sont désactivés").is_visible()
    shown = page.locator("main .field").count()
    assert page.locator("main .field:visible").count() == shown > 120
    assert page.locator("button:visible").count() == 0
    page.emulate_media(media="print")
    assert page.locator("#project .paper").get_by_text("vente de marchandises").is_visible()


def test_all_of_it_can_be_printed(pages: Callable[..., Path], visit: Visit) -> None:
    """In print all pages follow each other with what was answered, and no buttons."""
    page = visit(pages("alice", of_person("alice")))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("[name='employment.net_salary']").is_visible()
    assert page.locator("[name='project.activity']").is_visible()
    assert page.locator("button:visible").count() == 0


def test_a_click_that_leaves_a_box_is_not_lost(pages: Callable[..., Path], visit: Visit) -> None:
    """Whoever types a number of children and clicks on an answer below has given it, although a question appears between."""
    page = visit(pages(), width=390)
    page.set_default_timeout(4_000)
    page.evaluate("go('relatives')")
    for summary in page.locator("#relatives details:not([open]) > summary").all():
        summary.click()
    page.locator("[name='household.children']").fill("1")
    answer = page.locator("[name='household.support'][value='supportive']")
    answer.scroll_into_view_if_needed()
    box = answer.bounding_box()
    assert box
    page.mouse.click(box["x"] + 3, box["y"] + 3, delay=50)
    assert answer.is_checked()
    assert page.locator("[name='household.youngest_child_age']").is_visible()
