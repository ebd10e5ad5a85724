import json
import subprocess
import sys
from pathlib import Path

import pytest

from tremplin.notebook.drawing import PAINTER, draw, paint
from tremplin.pipeline.painter import Painter

TEXT = {
    "data": {"values": [{"a": "Réserve", "b": 1}, {"a": "Découvert", "b": 2}]},
    "mark": {"type": "bar", "clip": True},
    "config": {"font": "Tremplin Sans"},
    "encoding": {
        "y": {"field": "a", "type": "nominal"},
        "x": {"field": "b", "type": "quantitative", "axis": {"format": ",.2f"}},
    },
}


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Painter:
    """Give a painter that this process asks."""
    painter = Painter()
    monkeypatch.setenv(PAINTER, painter.address)
    return painter


def test_a_painter_draws_what_the_process_itself_would(painter: Painter) -> None:
    """A chart has the same bytes whoever draws it, and French numbers."""
    specification = json.dumps(TEXT)
    assert draw(specification) == paint(specification)
    assert "2,00" in draw(specification)
    painter.close()


def test_a_chart_is_the_same_after_others() -> None:
    """What was drawn before leaves no trace in a chart: marks that Vega counts are counted anew."""
    first = paint.__wrapped__(json.dumps(TEXT))
    assert paint.__wrapped__(json.dumps(TEXT)) == first
    assert 'id="clip1"' in first


def test_what_vega_refuses_is_an_error_with_its_reason(painter: Painter) -> None:
    """A wrong specification is told to the notebook that gave it, and the painter goes on."""
    with pytest.raises(ValueError, match="conversion failed"):
        draw('{"mark": "no such mark"}')
    assert draw('{"mark": "point"}').startswith("<svg")
    painter.close()


ELSEWHERE = """
import os, sys
from pathlib import Path
from tremplin.notebook.drawing import draw
from tremplin.pipeline.painter import use_painter
use_painter([Path("reports/_extensions/tremplin/fonts")])
os.chdir(sys.argv[1])
ours, other = draw(sys.argv[2]), draw(sys.argv[2].replace("Tremplin Sans", "No Such Font"))
print(ours == other.replace("No Such Font", "Tremplin Sans"))
"""


def test_fonts_are_found_from_any_folder(tmp_path: Path) -> None:
    """Text is measured in the brand's font also after the process has gone to another folder."""
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, tmp_path, json.dumps(TEXT)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
