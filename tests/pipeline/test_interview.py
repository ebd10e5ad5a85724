import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
import pytest
from tests.conftest import AS_OF, ROOT
from tests.served import served

from tremplin.interview.answers import Answers
from tremplin.interview.app import Interview
from tremplin.interview.making import Making
from tremplin.model.profile import load_profile
from tremplin.model.profile.questions import TOPICS
from tremplin.model.register import Register

PROJECT = {
    "project.activity": "Rédaction web",
    "project.category": "liberal",
    "project.start": "04/01/2027",
    "project.weekly_hours": "10 h",
    "project.turnover.month_1": "300",
    "project.turnover.month_12": "1 800 €",
    "project.turnover.month_24": "2600",
}
JOB = {
    "employment.sector": "private",
    "employment.contract": "permanent",
    "employment.since": "01/09/2021",
    "employment.company_size": "120",
    "employment.weekly_hours": "35",
    "employment.net_salary": "2 300",
}
HOUSEHOLD = {
    "household.situation": "couple",
    "household.children": "0",
    "household.other_income": "1850",
    "household.fixed_costs": "2100",
}


class Person:
    """Somebody at the browser, without scripts."""

    def __init__(self, interview: Interview, client: httpx.Client) -> None:
        self.interview = interview
        self.client = client

    def see(self, page: str = "") -> str:
        """Open a page."""
        found = self.client.get(f"{self.interview.root}/{page}")
        assert found.status_code == 200, found.text
        return found.text

    def answer(self, topic: str, said: Mapping[str, object], go: str = "next") -> tuple[str, str]:
        """Fill a page in and send it; give where it leads and what is shown."""
        hidden = re.findall(r'name="(csrf|stamp)" value="(.*?)"', self.see(topic))
        sent = self.client.post(
            f"{self.interview.root}/{topic}", data={**dict(hidden), **said, "go": go}
        )
        return sent.url.path.rpartition("/")[2], sent.text


@pytest.fixture
def interview(tmp_path: Path, register: Register) -> Interview:
    """Give an interview with nothing answered and a report that is a file."""

    def make(profile: Path, tell: Callable[[str], None]) -> Path:
        tell("read")
        folder = tmp_path / "out" / load_profile(profile).id
        folder.mkdir(parents=True)
        (folder / "zoe.pdf").write_bytes(b"%PDF-")
        (folder / "receipt.json").write_text("{}")
        return folder

    return Interview(Answers.open(tmp_path / "zoe.yaml"), register, AS_OF, Making(make))


@contextmanager
def answering(interview: Interview) -> Iterator[Person]:
    """Give somebody who opens the pages of an interview."""
    with (
        served(interview) as home,
        httpx.Client(base_url=home, follow_redirects=True) as client,
    ):
        yield Person(interview, client)


@pytest.fixture
def zoe(interview: Interview) -> Iterator[Person]:
    """Give somebody who answers for the first time."""
    with answering(interview) as person:
        yield person


def error_of(page: str, field: str) -> str:
    """Give the words beside a field."""
    found = re.search(rf'id="{field}-error">(.*?)<', page)
    return found[1] if found else ""


def test_three_pages_give_a_first_verdict(zoe: Person) -> None:
    """Project, job and household are enough; the strip says the verdict, money, and how much is left."""
    assert "Pas encore de verdict" in zoe.see("project")
    assert zoe.answer("project", PROJECT)[0] == "job"
    assert zoe.answer("job", JOB)[0] == "household"
    place, page = zoe.answer("household", HOUSEHOLD)
    assert place == TOPICS[3].id
    assert "<strong>Sous conditions</strong>" in page
    assert "Pour vous, 2e année" in page
    assert f"il reste {len(TOPICS) - 3} pages" in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(zoe: Person) -> None:
    """A salary in words is told with an example; what else was typed is kept and saved."""
    place, page = zoe.answer("job", {**JOB, "employment.net_salary": "pas mal"})
    assert place == "job"
    assert "«\u00a0pas mal\u00a0» n’est pas un nombre" in error_of(page, "employment-net_salary")
    assert 'value="pas mal"' in page
    assert "<title>Erreur : " in page
    assert zoe.interview.answers.get("employment.weekly_hours") == 35


def test_a_needed_answer_is_asked_for(zoe: Person) -> None:
    """Whoever goes on without a salary is asked for it; whoever goes back is not."""
    without = {key: value for key, value in JOB.items() if key != "employment.net_salary"}
    place, page = zoe.answer("job", without)
    assert (place, error_of(page, "employment-net_salary")) == (
        "job",
        "Cette réponse est nécessaire.",
    )
    assert zoe.answer("job", without, go="back")[0] == "project"


def test_a_trade_that_is_not_recognised_is_offered(zoe: Person) -> None:
    """Words that fit no trade alone bring a choice of those that it may be; words that fit one ask nothing."""
    zoe.answer("project", {**PROJECT, "project.activity": "Formation"})
    assert "aucun de ceux-là" in zoe.see("trade")
    zoe.answer("trade", {"project.trade": "trainer"})
    assert zoe.interview.answers.get("project.trade") == "trainer"
    zoe.answer("project", {**PROJECT, "project.activity": "Fleuriste"})
    assert "aucun de ceux-là" not in zoe.see("trade")


def test_a_clause_that_is_there_is_told_by_its_length(zoe: Person) -> None:
    """« Oui » to a non-compete clause keeps what its fields say, and what is not known yet."""
    said = {"employment.clauses.non_compete": "oui"}
    place, page = zoe.answer("contract", said)
    assert (place, "une précision de plus" in page) == ("contract", True)
    zoe.answer("contract", {**said, "employment.clauses.non_compete.months": "12"})
    clause = zoe.interview.answers.get("employment.clauses.non_compete")
    assert clause == {"months": 12, "area": None, "compensated": "unknown"}
    zoe.answer("contract", {"employment.clauses.non_compete": "False"})
    assert zoe.interview.answers.get("employment.clauses.non_compete") is False


def test_equipment_is_a_list_of_rows(zoe: Person) -> None:
    """Two rows filled in are two things; the rows left open are none."""
    zoe.answer(
        "means",
        {
            "project.equipment.0.name": "Four",
            "project.equipment.0.amount": "12 000",
            "project.equipment.0.years": "7",
            "project.equipment.1.name": "Vitrine",
            "project.equipment.1.amount": "3 500,50",
            "project.equipment.1.years": "5",
        },
    )
    assert zoe.interview.answers.get("project.equipment") == [
        {"name": "Four", "amount": 12000, "years": 7},
        {"name": "Vitrine", "amount": 3500.5, "years": 5},
    ]


def test_two_windows_do_not_overwrite_each_other(zoe: Person) -> None:
    """A page that was answered elsewhere meanwhile is shown again with what was typed, and saved only then."""
    old = dict(re.findall(r'name="(csrf|stamp)" value="(.*?)"', zoe.see("job")))
    zoe.answer("job", JOB)
    sent = zoe.client.post(
        f"{zoe.interview.root}/job", data={**old, **JOB, "employment.net_salary": "1", "go": "next"}
    )
    assert "dans une autre fenêtre" in sent.text
    assert zoe.interview.answers.get("employment.net_salary") == 2300


def test_answers_are_checked_and_the_report_is_made(zoe: Person, tmp_path: Path) -> None:
    """The check lists what was answered; the report tells its stage, and its files can be had."""
    for topic, said in (("project", PROJECT), ("job", JOB), ("household", HOUSEHOLD)):
        zoe.answer(topic, said)
    page = zoe.see("check").replace("\u00a0", " ")
    assert "<dt>Entrée chez l’employeur</dt><dd>1er septembre 2021</dd>" in page
    hidden = dict(re.findall(r'name="(csrf)" value="(.*?)"', page))
    zoe.client.post(f"{zoe.interview.root}/report", data=hidden)
    while zoe.interview.making.state == "working":
        time.sleep(0.01)
    assert "Votre rapport est prêt" in zoe.see("report")
    assert zoe.client.get(f"{zoe.interview.root}/files/zoe.pdf").content == b"%PDF-"
    assert load_profile(tmp_path / "zoe.yaml").name == "Vous"


def test_what_is_missing_keeps_the_report_from_being_made(zoe: Person) -> None:
    """The check says what is to be settled, with a link to its page, and offers no report."""
    zoe.answer("project", PROJECT)
    page = zoe.see("check")
    assert "Salaire net" in page
    assert f'href="{zoe.interview.root}/job"' in page
    assert "Faire le rapport" not in page


def test_contradictions_are_told_in_words(zoe: Person) -> None:
    """A job that begins after the business is told without keys, lines or commands."""
    for topic, said in (("project", PROJECT), ("job", {**JOB, "employment.since": "01/09/2030"})):
        place, page = zoe.answer(topic, said)
    assert place == "job"
    assert error_of(page, "employment-since")
    assert "employment." not in error_of(page, "employment-since")


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/{secret}/check", {"host": "evil.example"}, 421),
        ("/wrong/check", {}, 404),
        ("/", {}, 404),
        ("/{secret}/files/..%2f..%2fetc%2fpasswd", {}, 404),
        ("/{secret}/files/receipt.json", {}, 404),
        ("/{secret}/nowhere", {}, 404),
    ],
)
def test_others_get_nothing(zoe: Person, path: str, headers: dict[str, str], status: int) -> None:
    """Another name of this machine, a wrong secret and files that are no report's are refused."""
    found = zoe.client.get(path.format(secret=zoe.interview.secret), headers=headers)
    assert found.status_code == status


def test_forms_of_others_are_refused(zoe: Person) -> None:
    """A form without the token, from another site, or of ten megabytes changes nothing."""
    page = f"{zoe.interview.root}/job"
    hidden = dict(re.findall(r'name="(csrf|stamp)" value="(.*?)"', zoe.see("job")))
    assert zoe.client.post(page, data={**JOB, "csrf": "guess"}).status_code == 403
    foreign = {"origin": "https://evil.example"}
    assert zoe.client.post(page, data={**hidden, **JOB}, headers=foreign).status_code == 403
    assert zoe.client.post(page, data={**hidden, "x": "y" * 10_000_000}).status_code == 413
    assert zoe.interview.answers.data == {}


def test_pages_ask_nothing_of_anybody(zoe: Person) -> None:
    """A strict policy, no script, no cookie, nothing kept by the browser."""
    found = zoe.client.get(f"{zoe.interview.root}/project")
    assert found.headers["content-security-policy"].startswith("default-src 'none'")
    assert (found.headers["cache-control"], found.headers["referrer-policy"]) == (
        "no-store",
        "no-referrer",
    )
    assert "set-cookie" not in found.headers
    assert "<script" not in found.text


@pytest.mark.parametrize(
    "source", ["params/alice.yaml", "params/gaelle.yaml", "tests/data/shop.yaml"]
)
def test_an_existing_profile_is_shown_as_it_is(
    tmp_path: Path, register: Register, source: str
) -> None:
    """Opening a profile and sending each page unchanged leaves the same person."""
    copy = tmp_path / "copy.yaml"
    copy.write_bytes((ROOT / source).read_bytes())
    interview = Interview(Answers.open(copy), register, AS_OF, Making(lambda path, _: path))
    with answering(interview) as person:
        for topic in TOPICS:
            person.answer(topic.id, sent_as_it_is(person.see(topic.id)))
    assert load_profile(copy) == load_profile(ROOT / source)


def sent_as_it_is(page: str) -> dict[str, object]:
    """Give what a browser sends of a form that nobody touched."""
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input type="(?:radio|checkbox)" name="(.*?)" value="(.*?)" checked', page
    ):
        sent.setdefault(name, []).append(value)
    for name, value in re.findall(r'<input id="[^"]*" name="(.*?)" value="(.*?)"', page):
        sent.setdefault(name, []).append(value)
    for name, inner in re.findall(
        r'<select id="[^"]*" name="(.*?)".*?>(.*?)</select>', page, re.DOTALL
    ):
        sent.setdefault(name, []).extend(re.findall(r'value="([^"]*)" selected', inner))
    return {name: [unescape(one) for one in values] for name, values in sent.items() if values}
