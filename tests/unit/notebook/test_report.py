import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tremplin.errors import InputError
from tremplin.notebook import Report, charts
from tremplin.notebook.report import cite

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
    assert Report.open("params/alice.yaml", "data", "2026-11-22").profile == report.profile


def test_a_bad_date_is_told_in_words() -> None:
    """A date that is none is an input error, not a traceback."""
    with pytest.raises(
        InputError, match=r"as_of: '22/11/2026' is not a date\. Write it as 2026-11-22"
    ):
        Report.open("params/alice.yaml", "data", "22/11/2026")


def test_a_condition_that_leaves_nothing_shows_nothing(
    report: Report, shown: list[dict[str, Any]]
) -> None:
    """A paragraph for other people leaves no empty output."""
    report.say("{% if false %}x{% endif %}")
    assert shown == []


def test_a_chart_carries_picture_spec_and_words(
    report: Report, shown: list[dict[str, Any]]
) -> None:
    """A chart is left as SVG, as a Vega-Lite spec and as a sentence, never as HTML or script."""
    report.draw(
        charts.scores(report.assessment.scores, report.brand, "Titre"),
        alt="Contrat : {{ scores.of('contract') }}.",
    )
    (output,) = shown
    assert sorted(output) == ["application/vnd.vegalite.v6+json", "image/svg+xml", "text/plain"]
    assert output["text/plain"] == "Contrat : 95."
    assert output["image/svg+xml"].startswith("<svg")


def test_a_chart_without_words_is_refused(report: Report) -> None:
    """Nobody can leave out the text for readers who do not see the chart."""
    with pytest.raises(ValueError, match="needs a text"):
        report.draw(charts.scores(report.assessment.scores, report.brand, "Titre"), alt=" ")


@pytest.mark.parametrize(
    "name", ["scores", "week", "loads", "gantt", "timeline", "creations", "creators"]
)
def test_charts_are_the_same_every_time(report: Report, name: str) -> None:
    """The same findings give the same specification, whatever was drawn before."""
    found, brand = report.assessment, report.brand
    every: dict[str, Callable[[], Any]] = {
        "scores": lambda: charts.scores(found.scores, brand, "T"),
        "week": lambda: charts.week(found.week, brand, "T"),
        "loads": lambda: charts.loads(found.week, brand, "T"),
        "gantt": lambda: charts.gantt(found.steps, found.as_of, brand, "T"),
        "timeline": lambda: charts.timeline(report.milestones, found.as_of, brand, "T"),
        "creations": lambda: charts.creations(report.creations, brand, "T"),
        "creators": lambda: charts.creators(report.shares, brand, "T"),
    }
    made = every[name]
    assert json.loads(made().to_json()) == json.loads(made().to_json())


def test_citations_are_written_for_both_renderers() -> None:
    """Several sources make one citation, no source none."""
    assert cite("insee_ip2070;insee_ip2069") == "[@insee_ip2070; @insee_ip2069]"
    assert cite("") == ""


def test_every_text_of_the_register_can_be_filled(report: Report) -> None:
    """No correction of advice.csv names what does not exist."""
    for correction in report.register.advice["correction"]:
        assert report.fill(correction)
