import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT

from tremplin.errors import InputError
from tremplin.model.brand import load_brand
from tremplin.model.profile.questions import questions
from tremplin.model.register import Register
from tremplin.model.whole import write_whole
from tremplin.questionnaire.page import questionnaire

Page = Callable[..., str]
ZOE = {"id": "c-1", "name": "Zoé", "employment": {"net_salary": 2150.5}}


@pytest.fixture(scope="module")
def page(register: Register) -> Page:
    """Give a function that makes a page of the project's brand, changed or not."""
    brand = load_brand(ROOT / "reports/_brand.yml")

    def make(data: Mapping[str, Any] | None = None, message: str = "", **changes: object) -> str:
        changed = replace(brand, **changes)  # type: ignore[arg-type]
        return questionnaire(changed, register.trades, data, message)

    return make


def inline(text: str, mark: str) -> str:
    found = re.search(rf"(?s)<{mark}>(.*?)</{mark}>", text)
    assert found
    return found[1]


def test_the_policy_allows_its_own_style_and_script_alone(page: Page) -> None:
    """Nothing else runs, and nothing at all is fetched or sent."""
    text = page(ZOE)
    policy = re.search('Content-Security-Policy" content="(.*?)"', text)
    assert policy
    hashes = [
        base64.b64encode(hashlib.sha256(inline(text, mark).encode()).digest()).decode()
        for mark in ("style", "script")
    ]
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    assert re.findall(r"""(?:src|href)="(?!data:|#)""", text) == []


def test_every_key_is_asked_but_those_of_the_advisor(page: Page) -> None:
    """The page has a field for each question of the catalogue; the id and the language are the advisor's to say."""
    text = page()
    asked = {key for key, one in questions().items() if one.kind != "groups"} - {"id", "lang"}
    assert [key for key in asked if f'name="{key}"' not in text] == []
    assert 'name="id"' not in text
    lists = [one for one in questions().values() if one.kind == "groups"]
    assert [
        one.key for one in lists if f'name="{one.items[0].key.rpartition(".")[0]}.0.' not in text
    ] == []


def test_what_is_known_stands_apart(page: Page) -> None:
    """A known salary is shown to be corrected, and asked no second time."""
    known, asked = page(ZOE).split('<section id="project"')
    assert "Ce que nous savons déjà" in known
    assert 'name="employment.net_salary" value="2150,5"' in known
    assert 'name="employment.net_salary"' not in asked
    assert "Ce que nous savons déjà" not in page()


def test_the_advisor_speaks_in_words_name_and_colours_of_their_own(page: Page) -> None:
    """The brand's name, contact and colours are the page's; the message stands for the usual greeting."""
    text = page(
        ZOE,
        "Voici <vos> questions.\n\nÀ mardi.",
        name="Cabinet Élan",
        contact="elan@example.org",
        logo=None,
    )
    assert "<title>Questionnaire — Cabinet Élan</title>" in text
    assert "<p>Bonjour Zoé,</p>\n<p>Voici &lt;vos&gt; questions.</p><p>À mardi.</p>" in text
    assert "elan@example.org" in text
    assert "--ink: #12344d;" in text
    assert '<p class="mark">Cabinet Élan</p>' in text


def test_the_same_client_gives_the_same_bytes(page: Page) -> None:
    """A page that is made again can be compared."""
    assert page(ZOE, "Bonjour") == page(ZOE, "Bonjour")


def test_no_answer_can_end_the_data_of_the_script(page: Page) -> None:
    """A name that looks like marks stays data."""
    text = page({"id": "c-1", "name": "</script><script>x()"})
    assert text.count("</script>") == 2
    data = re.search(r'(?s)<script type="application/json" id="catalogue">(.*?)</script>', text)
    assert data
    assert json.loads(data[1])["known"]["name"] == "</script><script>x()"


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder in the place of the file stays, and nothing half-written is left beside it."""
    (tmp_path / "q.html").mkdir()
    with pytest.raises(InputError) as error:
        write_whole(tmp_path / "q.html", "text")
    assert [one.code for one in error.value.problems] == ["files.not_written"]
    assert [one.name for one in tmp_path.iterdir()] == ["q.html"]
