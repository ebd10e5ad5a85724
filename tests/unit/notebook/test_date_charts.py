import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import altair as alt
import pytest
from tests.conftest import ROOT

from tremplin.assessment.formalities import Step
from tremplin.model.brand import Brand, load_brand
from tremplin.notebook import Report, charts

AS_OF = date(2026, 11, 27)


@pytest.fixture(scope="module")
def brand() -> Brand:
    """Read the brand of the reports."""
    return load_brand(ROOT / "reports/_brand.yml")


def layers(chart: alt.TopLevelMixin) -> Iterator[dict[str, Any]]:
    """Give each layer of a chart that has a mark, with its rows; layers of layers too."""
    spec = json.loads(chart.to_json())
    waiting = [spec]
    while waiting:
        layer = waiting.pop(0)
        waiting += layer.get("layer", [])
        if "mark" in layer:
            rows = spec["datasets"][layer["data"]["name"]] if "data" in layer else []
            yield layer | {"rows": rows}


def of(chart: alt.TopLevelMixin, mark: str) -> list[dict[str, Any]]:
    """Give the layers with one kind of mark."""
    return [layer for layer in layers(chart) if layer["mark"]["type"] == mark]


def a_step(id_: str, begins: date, due: date) -> Step:
    """Make a step of the preparation."""
    return Step(id_, "prepare", id_, "", "", begins, due, done=False)


def test_a_step_of_one_day_can_be_seen(brand: Brand) -> None:
    """A day among two hundred is drawn as four: it ends where it is due, and longer steps are as long as they are."""
    steps = [
        a_step("long", date(2026, 11, 27), date(2027, 6, 15)),
        a_step("day", date(2027, 1, 10), date(2027, 1, 10)),
    ]
    (bars,) = of(charts.gantt(steps, AS_OF, brand, "T"), "bar")
    assert [(row["begins"][:10], row["ends"][:10]) for row in bars["rows"]] == [
        ("2026-11-27", "2027-06-16"),
        ("2027-01-07", "2027-01-11"),
    ]


def test_a_calendar_names_few_months(brand: Brand) -> None:
    """Over nineteen months every sixth is named, so that the name with its year does not touch the next."""
    events = [(date(2026, 6, 15), "Démarrage"), (date(2028, 1, 27), "Fin")]
    (dots,) = of(charts.timeline(events, AS_OF, brand, "T"), "point")
    assert dots["encoding"]["x"]["axis"]["tickCount"] == {"interval": "month", "step": 6}


def test_today_leaves_room_for_labels_between_the_rows(brand: Brand) -> None:
    """Today is a short stroke in each row: on a phone the names of rows stand between them."""
    events = [(date(2026, 6, 15), "Démarrage"), (date(2027, 1, 27), "Fin")]
    chart = charts.timeline(events, AS_OF, brand, "T")
    (today,) = of(chart, "rule")
    assert [row["event"] for row in today["rows"]] == ["Démarrage", "Fin"]
    assert today["encoding"]["y"]["bandPosition"] == 0.3
    assert today["encoding"]["y2"] == {"field": "event", "bandPosition": 0.7}


def test_dates_stand_on_white_where_today_passes(brand: Brand) -> None:
    """Each date is written twice, first as a white edge: the stroke of today does not go through it."""
    events = [(date(2026, 11, 20), "Démarrage"), (date(2027, 1, 27), "Fin")]
    chart = charts.timeline(events, AS_OF, brand, "T")
    dates = [
        layer["mark"].get("stroke")
        for layer in of(chart, "text")
        if layer["encoding"]["text"].get("field") == "date"
    ]
    assert dates == ["white", None, "white", None]


def test_the_planned_exit_is_a_stroke_in_each_row() -> None:
    """Bruno's exit is marked in the rows of all five indicators, and not between them."""
    report = Report.open(str(ROOT / "params/bruno.yaml"), str(ROOT / "data"), "2026-11-22")
    chart = charts.indicators(report.facts.timing, report.brand, "T")
    (planned,) = of(chart, "rule")
    assert len(planned["rows"]) == 5
    assert planned["encoding"]["y2"] == {"field": "name", "bandPosition": 0.7}
