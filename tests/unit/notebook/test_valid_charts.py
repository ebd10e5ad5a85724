import ast
from collections.abc import Iterator
from typing import Any

import altair as alt
import nbformat
import pytest
from tests.conftest import AS_OF, PEOPLE, ROOT

from tremplin.model.brand import Brand, load_brand
from tremplin.model.profile import load_profile
from tremplin.model.register import Register
from tremplin.notebook import Report, charts


def drawn() -> Iterator[str]:
    """Find the cells of the chapters that draw a chart, each without what it does not need for that."""
    for file in sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb")):
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "code" and "report.draw(" in cell.source:
                yield cell.source


CELLS = tuple(drawn())


@pytest.fixture(scope="module")
def brand() -> Brand:
    """Read the brand of the reports."""
    return load_brand(ROOT / "reports/_brand.yml")


def test_every_chart_is_drawn_by_a_cell() -> None:
    """The test below sees all charts of a person's report."""
    called = {
        node.attr
        for cell in CELLS
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "charts"
    }
    assert called == set(charts.__all__)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_chart_is_valid(
    register: Register, brand: Brand, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vega-Lite's schema allows each chart as a whole: reports are made without that check, which is slow."""
    report = Report(load_profile(ROOT / f"params/{name}.yaml"), register, brand, AS_OF)
    checked: list[dict[str, Any]] = []

    def check(chart: alt.TopLevelMixin, alt_text: str) -> None:
        assert alt_text
        checked.append(chart.to_dict(validate=True))

    monkeypatch.setattr("tremplin.notebook.report.show_chart", check)
    names = {"report": report, "found": report.assessment, "brand": brand, "charts": charts}
    for cell in CELLS:
        exec(cell, dict(names))  # noqa: S102 - our own notebooks
    assert len(checked) == len(CELLS)
