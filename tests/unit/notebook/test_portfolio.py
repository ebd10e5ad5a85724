import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT

from tremplin.errors import InputError, Place
from tremplin.model.delivered import read_results
from tremplin.model.register import DataError, Register
from tremplin.notebook import words
from tremplin.notebook.charts import headcounts as charts
from tremplin.notebook.portfolio import Portfolio, places

EXAMPLES = "tests/data/portfolio"


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where the notebook works."""
    monkeypatch.chdir(ROOT / "notebooks")


@pytest.fixture
def portfolio() -> Portfolio:
    return Portfolio.open(EXAMPLES, "", "", "data", "2026-11-22")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Catch what a cell would leave: there is no notebook around a test."""
    left: list[dict[str, Any]] = []
    monkeypatch.setattr("tremplin.notebook.display.publish_display_data", left.append)
    return left


def drawn(portfolio: Portfolio) -> list[dict[str, Any]]:
    """Draw every chart of a portfolio."""
    found, brand = portfolio.found, portfolio.brand
    names = words.VERDICT_SHORT
    made = [
        charts.groups(found.verdicts, found.count, brand, "T", names=names),
        charts.groups(found.readiness, found.count, brand, "T", names=words.READINESS),
        charts.scores(found.scores, portfolio.medians, brand, "T"),
        charts.nets(found.nets, brand, "T"),
        charts.dangers(found.dangers, portfolio.risks, brand, "T"),
        charts.deadlines(found.months, brand, "T"),
    ]
    return [json.loads(chart.to_json()) for chart in made]


def test_findings_have_short_names_for_an_advisor(portfolio: Portfolio) -> None:
    """A blocker and a warning are named in a few words, with the numbers of the law."""
    assert portfolio.short["exclusivity_clause"] == "Clause de VRP"
    assert portfolio.short["exclusivity_suspended"] == "Exclusivité suspendue un an seulement"


def test_a_finding_without_words_is_told(tmp_path: Path) -> None:
    """A vintage that lacks a finding is refused before a portfolio prints an id in place of its name."""
    copy = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    text = (copy / "findings.csv").read_text("utf-8")
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("overload,")]
    (copy / "findings.csv").write_text("".join(kept), "utf-8")
    with pytest.raises(DataError, match=r"there is no row overload\. Give its words\."):
        Portfolio.open(EXAMPLES, "", "", str(copy), "2026-11-22")


def test_people_are_ids_unless_they_are_named(tmp_path: Path, portfolio: Portfolio) -> None:
    """A link to the report carries the id, or the name where the table of people gives one."""
    assert portfolio.person("alice") == "[alice](alice/alice.html)"
    people = tmp_path / "people.csv"
    people.write_text("id,name\nalice,Alice [x](y) | M*\n", encoding="utf-8")
    named = Portfolio.open(EXAMPLES, str(people), "", "data", "2026-11-22")
    assert named.person("alice") == r"[Alice \[x\]\(y\) \| M\*](alice/alice.html)"
    assert named.person("bruno") == "[bruno](bruno/bruno.html)"


def test_a_bad_date_is_told_in_words() -> None:
    """A date that is none is an input error, not a traceback."""
    with pytest.raises(InputError, match=r"as_of: '22/11/2026' is not a date"):
        Portfolio.open(EXAMPLES, "", "", "data", "22/11/2026")


def test_a_chart_of_nothing_is_not_drawn(portfolio: Portfolio, shown: list[dict[str, Any]]) -> None:
    """Where nobody is blocked there is no empty frame."""
    portfolio.draw((), alt="rien")
    portfolio.say("{% if false %}x{% endif %}")
    assert shown == []


def test_charts_fit_a_phone_and_name_nobody(portfolio: Portfolio) -> None:
    """Each chart is one view with rows in order, and counts people without telling who they are."""
    for spec in drawn(portfolio):
        assert not {"hconcat", "vconcat", "concat", "repeat", "facet"} & spec.keys()
        layers = spec["layer"]
        assert all(isinstance(layer["encoding"]["y"]["sort"], list) for layer in layers)
        assert not any(name in json.dumps(spec) for name in ("alice", "bruno", "hugo"))


def test_one_person_without_steps_is_drawn(register: Register) -> None:
    """The charts of a portfolio of one draw too, with nothing to do in any month."""
    (alice, *_) = read_results(ROOT / EXAMPLES)
    brand = Portfolio.open(EXAMPLES, "", "", "data", "2026-11-22").brand
    done = alice.model_copy(update={"checklist": []})
    alone = Portfolio((done,), register, {}, (), brand, date(2026, 11, 22))
    assert len(drawn(alone)) == 6


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([Place(line=12, key="employment.net_salary")], "ligne 12, `employment.net_salary`"),
        ([Place(key="id"), Place(key="id")], "`id`"),
        ([Place(line=2), Place(key="project.start")], "ligne 2 ; `project.start`"),
        (
            [Place(line=number, key="x.y") for number in range(1, 7)],
            "ligne 1, `x.y` ; ligne 2, `x.y` ; ligne 3, `x.y` ; ligne 4, `x.y` …",
        ),
        ([Place()], "—"),
        ([], "—"),
    ],
)
def test_the_table_of_failures_says_where(found: list[Place], told: str) -> None:
    """The page gives the place of each problem; what is wrong is for the list of failures."""
    assert places(found) == told
