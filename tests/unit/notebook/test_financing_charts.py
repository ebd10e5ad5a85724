import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import PEOPLE, ROOT

from tremplin.case import Case
from tremplin.model.brand import Brand, load_brand
from tremplin.money.financing import financing, scenarios
from tremplin.notebook import charts

COMPOSITE = {"hconcat", "vconcat", "concat", "repeat", "facet"}


@pytest.fixture(scope="module")
def brand() -> Brand:
    """Read the brand of the reports."""
    return load_brand(Path(ROOT / "reports/_brand.yml"))


def rows(spec: dict[str, Any], field: str) -> set[str]:
    """Collect what stands in a column of the chart's data."""
    return {row[field] for data in spec["datasets"].values() for row in data if field in row}


@pytest.mark.parametrize("name", PEOPLE)
def test_both_charts_fit_a_phone(case: Callable[..., Case], brand: Brand, name: str) -> None:
    """The page can draw them at any width: one view each, with its rows named in order."""
    found = case(name)
    for chart in (
        charts.financing(financing(found), brand, "Un titre"),
        charts.scenarios(scenarios(found), found.profile.fixed_costs, brand, "Un titre"),
    ):
        spec = json.loads(chart.to_json())
        assert not COMPOSITE & spec.keys()
        assert isinstance(spec["layer"][0]["encoding"]["y"]["sort"], list)


def test_the_planned_way_is_marked_in_words(case: Callable[..., Case], brand: Brand) -> None:
    """A reader without colours finds the plan and the months under the fixed costs."""
    found = case("emma")
    spec = json.loads(
        charts.scenarios(scenarios(found), found.profile.fixed_costs, brand, "").to_json()
    )
    assert rows(spec, "way") == {"Partir avant, avec l’ARCE — prévu", "Partir avant, avec l’ARE"}
    assert rows(spec, "short") == {"–", ""}


def test_a_gap_is_drawn_and_named(case: Callable[..., Case], brand: Brand) -> None:
    """What is missing is a part of the bar, not an empty place."""
    spec = json.loads(charts.financing(financing(case("bruno")), brand, "").to_json())
    assert "Il manque" in rows(spec, "name")
    closed = json.loads(charts.financing(financing(case("alice")), brand, "").to_json())
    assert "Il manque" not in rows(closed, "name")
