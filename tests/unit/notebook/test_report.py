import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from tremplin.case import Case
from tremplin.errors import InputError
from tremplin.law.acre import AcreGround
from tremplin.model.brand import load_brand
from tremplin.model.register import TEMPLATES
from tremplin.money.loans import Why
from tremplin.money.scenarios import ScenarioId
from tremplin.notebook import Report, charts, words
from tremplin.notebook.prose import cite

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.open(str(ROOT / "params/alice.yaml"), str(ROOT / "data"), "2026-11-22")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Catch what a cell would leave: there is no notebook around a test."""
    left: list[dict[str, Any]] = []
    monkeypatch.setattr("tremplin.notebook.display.publish_display_data", left.append)
    return left


def test_paths_are_found_from_folders_below(
    monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    """A notebook runs from notebooks/ with the same parameters as from the project."""
    monkeypatch.chdir(ROOT / "notebooks")
    assert (
        Report.open("params/alice.yaml", "data", "2026-11-22").case.declarations
        == report.case.declarations
    )


@pytest.mark.parametrize("as_of", ["22/11/2026", 20261122])
def test_a_bad_date_is_told_in_words(as_of: Any) -> None:  # noqa: ANN401 - what papermill makes of it
    """A date that is none, or `papermill -p as_of 20261122`, is an input error, not a traceback."""
    with pytest.raises(
        InputError, match=rf"as_of: {as_of!r} is not a date\. Write it as 2026-11-22"
    ):
        Report.open("params/alice.yaml", "data", as_of)


def test_a_condition_that_leaves_nothing_shows_nothing(
    report: Report, shown: list[dict[str, Any]]
) -> None:
    """A paragraph for other people leaves no empty output."""
    report.say("{% if false %}x{% endif %}")
    assert shown == []


def cell(notebook: str, label: str) -> str:
    """Give the template of a notebook's cell by its label."""
    cells = json.loads((ROOT / f"notebooks/{notebook}.ipynb").read_text())["cells"]
    sources = ("".join(one["source"]) for one in cells)
    source = next(one for one in sources if one.startswith(f"#| label: {label}\n"))
    return source.split('"""')[1]


def test_a_choice_prints_the_text_of_its_outcome_alone(
    report: Report, shown: list[dict[str, Any]]
) -> None:
    """Of several texts a reader sees the one that is hers, between what opens and what closes all of them."""
    report.choose("lost", before="Avant {{ age }}", after="Après", lost="Perdu.", closed="Non.")
    report.choose("closed", before="Avant", lost="Perdu.", closed="")
    assert [one["text/markdown"] for one in shown] == ["Avant 35\n\nPerdu.\n\nAprès"]


@pytest.mark.parametrize(
    ("exit_month", "months", "shortened"),
    [
        # The contract ends on 20 August, on 20 September, and a year after the start where no end is planned.
        (2, "18 mois ; 22,5 à 55 ans, 27 à 57", False),
        (3, "15 mois ; 20,5 dès 55 ans", True),
        (None, "15 mois ; 20,5 dès 55 ans", True),
    ],
)
def test_the_table_of_exits_holds_for_the_day_the_contract_ends(
    case: Callable[..., Case],
    shown: list[dict[str, Any]],
    exit_month: int | None,
    months: str,
    shortened: bool,
) -> None:
    """In June 2026 a report can be made: mutual terminations pay for less from September 2026 on (loi 2026-470)."""
    brand = load_brand(ROOT / "reports/_brand.yml")
    plan = {
        "project.start": date(2026, 6, 20),
        "transition.exit": "none" if exit_month is None else "mutual_termination",
        "transition.exit_month": exit_month,
    }
    report = Report(case("alice", plan, date(2026, 6, 15)), brand)
    report.say(cell("06-financing", "tbl-exits"))
    table = shown[0]["text/markdown"]
    row = next(line for line in table.splitlines() if line.startswith("| Rupture conventionnelle"))
    assert months in row.replace("\N{NO-BREAK SPACE}", " ")
    assert ("Durées raccourcies" in row) is shortened


def test_every_answer_has_words() -> None:
    """Whatever the ground of ACRE, the way to leave or the fate of a loan, the report has words for it."""
    assert set(words.GROUND) == set(get_args(AcreGround))
    assert set(words.SCENARIO) == set(words.SCENARIO_SAID) == set(get_args(ScenarioId))
    assert set(words.LOAN_REASON) == set(words.LOAN_COUNTED) == set(get_args(Why))


def test_a_chart_carries_picture_spec_and_words(
    report: Report, shown: list[dict[str, Any]]
) -> None:
    """A chart is left as SVG, as a Vega-Lite spec and as a sentence, never as HTML or script."""
    report.draw(
        charts.scores(report.facts.scores, report.brand, "Titre"),
        alt="Contrat : {{ scores.of('contract') }}.",
    )
    (output,) = shown
    assert sorted(output) == ["application/vnd.vegalite.v6+json", "image/svg+xml", "text/plain"]
    assert output["text/plain"] == "Contrat : 95."
    assert output["image/svg+xml"].startswith("<svg")


def test_a_chart_without_words_is_refused(report: Report) -> None:
    """Nobody can leave out the text for readers who do not see the chart."""
    with pytest.raises(ValueError, match="needs a text"):
        report.draw(charts.scores(report.facts.scores, report.brand, "Titre"), alt=" ")


@pytest.mark.parametrize(
    "name", ["scores", "week", "loads", "gantt", "timeline", "creations", "creators"]
)
def test_charts_are_the_same_every_time(report: Report, name: str) -> None:
    """The same findings give the same specification, whatever was drawn before."""
    found, brand = report.facts, report.brand
    every: dict[str, Callable[[], Any]] = {
        "scores": lambda: charts.scores(found.scores, brand, "T"),
        "week": lambda: charts.week(found.week, brand, "T"),
        "loads": lambda: charts.loads(found.week, brand, "T"),
        "gantt": lambda: charts.gantt(found.steps, found.as_of, brand, "T"),
        "timeline": lambda: charts.timeline(found.milestones, found.as_of, brand, "T"),
        "creations": lambda: charts.creations(found.creations, brand, "T"),
        "creators": lambda: charts.creators(found.shares, brand, "T"),
    }
    made = every[name]
    assert json.loads(made().to_json()) == json.loads(made().to_json())


def test_citations_are_written_for_both_renderers() -> None:
    """Several sources make one citation, no source none."""
    assert cite("insee_ip2070;insee_ip2069") == "[@insee_ip2070; @insee_ip2069]"
    assert cite("") == ""


def test_every_text_of_the_register_can_be_filled(report: Report) -> None:
    """No template of data/ names what does not exist, and none prints its braces."""
    # Those of answers.csv name the answer that is asked for too, those of changes.csv how much is changed.
    others = {"answers.csv", "changes.csv"}
    templates = {name: columns for name, columns in TEMPLATES.items() if name not in others}
    tables = {name: report.case.register.table(name) for name in templates}
    texts = [text for name, columns in templates.items() for text in tables[name][columns].rows()]
    for text in (cell for row in texts for cell in row):
        assert report.fill(text)
        assert "{" not in report.fill(text)
