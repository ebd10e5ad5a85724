import json
import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT

from tremplin.notebook.drawing import PAINTER, draw, paint
from tremplin.warm.machine import Machine


def text(font: str) -> str:
    """Give a chart whose marks are placed as wide as its labels are in a font."""
    chart = {
        "data": {"values": [{"a": "Réserve", "b": 1}, {"a": "Découvert", "b": 2}]},
        "mark": {"type": "bar", "clip": True},
        "config": {"font": font},
        "encoding": {
            "y": {"field": "a", "type": "nominal"},
            "x": {"field": "b", "type": "quantitative", "axis": {"format": ",.2f"}},
        },
    }
    return json.dumps(chart)


@pytest.fixture
def _painter(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process drawn for, as the kernels of a report are."""
    monkeypatch.setenv(PAINTER, machine.variables[PAINTER])


@pytest.mark.usefixtures("_painter")
def test_a_painter_draws_what_the_process_itself_would() -> None:
    """A chart has the same bytes whoever draws it, and French numbers."""
    specification = text("No Such Font")
    assert draw(specification) == paint(specification)
    assert "2,00" in draw(specification)


def test_a_chart_is_the_same_after_others() -> None:
    """What was drawn before leaves no trace in a chart: marks that Vega counts are counted anew."""
    first = paint.__wrapped__(text("sans-serif"))
    assert paint.__wrapped__(text("sans-serif")) == first
    assert 'id="clip1"' in first


@pytest.mark.usefixtures("_painter")
def test_what_vega_refuses_is_an_error_with_its_reason() -> None:
    """A wrong specification is told to the notebook that gave it, and the painter goes on."""
    with pytest.raises(ValueError, match="conversion failed"):
        draw('{"mark": "no such mark"}')
    assert draw('{"mark": "point"}').startswith("<svg")


def test_a_kernel_whose_painter_is_gone_draws_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that draws is a matter of speed: a report does not fail for want of it."""
    monkeypatch.setenv(PAINTER, str(tmp_path / "gone"))
    assert draw('{"mark": "point"}').startswith("<svg")


def test_two_pipelines_in_one_process_draw_in_their_own_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A brand's fonts measure its own charts alone, and are found from any folder."""
    other = tmp_path / "reports"
    shutil.copytree(ROOT / "reports", other, ignore=shutil.ignore_patterns("out"))
    fonts = other / "_extensions/tremplin/fonts"
    for file in fonts.glob("TremplinSans-*.ttf"):
        shutil.copy(fonts / "TremplinSerif-SemiBold.ttf", file)
    monkeypatch.chdir(ROOT)
    drawn = {}
    with Machine(assets=Path("reports")) as ours, Machine(assets=other) as theirs:
        monkeypatch.chdir(tmp_path)
        for name, machine in (("ours", ours), ("theirs", theirs), ("ours again", ours)):
            monkeypatch.setenv(PAINTER, machine.variables[PAINTER])
            for font in ("Tremplin Sans", "No Such Font"):
                drawn[name, font] = draw(text(font)).replace(font, "")
    assert drawn["ours", "Tremplin Sans"] != drawn["ours", "No Such Font"]
    assert drawn["theirs", "Tremplin Sans"] == drawn["theirs", "No Such Font"]
    assert drawn["ours again", "Tremplin Sans"] == drawn["ours", "Tremplin Sans"]
