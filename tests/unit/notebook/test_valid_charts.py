import ast
import re
from collections.abc import Callable, Iterator

import nbformat
import pytest
from tests.conftest import PEOPLE, ROOT

from tremplin.case import Case
from tremplin.model.brand import Brand, load_brand
from tremplin.notebook import Report, charts
from tremplin.pipeline.chapters import chapters

pytestmark = pytest.mark.thorough


def drawn() -> Iterator[ast.Call]:
    """Find the cells of the chapters that draw a chart: each is one call."""
    for file in chapters(ROOT / "notebooks"):
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "code" and re.search(r"report(?:\.figures)?\.draw\(", cell.source):
                (line,) = ast.parse(cell.source).body
                assert isinstance(line, ast.Expr)
                assert isinstance(line.value, ast.Call)
                yield line.value


CALLS = tuple(drawn())


@pytest.fixture(scope="module")
def brand() -> Brand:
    """Read the brand of the reports."""
    return load_brand(ROOT / "reports/_brand.yml")


def test_every_chart_is_drawn_by_a_cell() -> None:
    """The test below sees all charts of a person's report."""
    called = {
        node.attr
        for call in CALLS
        for node in ast.walk(call)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "charts"
    }
    assert called == set(charts.__all__)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_chart_is_valid(case: Callable[..., Case], brand: Brand, name: str) -> None:
    """Vega-Lite's schema allows each chart as a whole: reports are made without that check, which is slow."""
    report = Report(case(name), brand)
    names = {"report": report, "found": report.facts, "brand": brand, "charts": charts}
    for call in CALLS:
        chart, alt = (
            eval(compile(ast.Expression(part), "cell", "eval"), dict(names))  # noqa: S307 - our own notebooks
            for part in (call.args[0], call.keywords[0].value)
        )
        assert report.fill(alt)
        assert chart.to_dict(validate=True)["$schema"]
