import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import PEOPLE, ROOT

from tremplin.analysis.assessment import Assessment
from tremplin.model.brand import Brand, load_brand
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
def test_both_charts_fit_a_phone(
    assessed: Callable[..., Assessment], brand: Brand, name: str
) -> None:
    """The page can draw them at any width: one view each, with its rows named in order."""
    found = assessed(name)
    for chart in (
        charts.financing(found.finances.financing, brand, "Un titre"),
        charts.scenarios(found.finances.scenarios, found.profile.fixed_costs, brand, "Un titre"),
    ):
        spec = json.loads(chart.to_json())
        assert not COMPOSITE & spec.keys()
        assert isinstance(spec["layer"][0]["encoding"]["y"]["sort"], list)


def test_the_planned_way_is_marked_in_words(
    assessed: Callable[..., Assessment], brand: Brand
) -> None:
    """A reader without colours finds the plan and the months under the fixed costs."""
    found = assessed("emma")
    spec = json.loads(
        charts.scenarios(found.finances.scenarios, found.profile.fixed_costs, brand, "").to_json()
    )
    assert rows(spec, "way") == {"Partir avant, avec l’ARCE — prévu", "Partir avant, avec l’ARE"}
    assert rows(spec, "short") == {"–", ""}


def test_a_gap_is_drawn_and_named(assessed: Callable[..., Assessment], brand: Brand) -> None:
    """What is missing is a part of the bar, not an empty place."""
    spec = json.loads(charts.financing(assessed("bruno").finances.financing, brand, "").to_json())
    assert "Il manque" in rows(spec, "name")
    closed = json.loads(charts.financing(assessed("alice").finances.financing, brand, "").to_json())
    assert "Il manque" not in rows(closed, "name")
