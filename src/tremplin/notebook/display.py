"""
What a cell leaves behind: Markdown, a chart with its picture, or data. Never HTML or JavaScript.
"""

import json
from typing import Any

import altair as alt
from IPython.display import publish_display_data

from tremplin.model.results import MIME, Results
from tremplin.notebook.drawing import draw
from tremplin.notebook.prose import Markdown

MARKDOWN = "text/markdown"
SVG = "image/svg+xml"
VEGALITE = f"application/vnd.vegalite.v{alt.SCHEMA_VERSION[1:].split('.')[0]}+json"


def show_markdown(text: Markdown) -> None:
    """Leave Markdown, or nothing where a condition of the template left nothing."""
    if text:
        publish_display_data({MARKDOWN: str(text), "text/plain": str(text)})


def show_chart(chart: alt.TopLevelMixin, alt_text: str) -> None:
    """
    Leave a chart as SVG, as its Vega-Lite spec, and as a sentence for those who do not see it.

    Raises:
        ValueError: there is no alternative text.

    """
    if not alt_text.strip():
        raise ValueError("a chart needs a text that says what it shows")
    # Vega-Lite checks the whole when it draws; a test checks every chart by altair's rules, which takes longer than drawing.
    spec: dict[str, Any] = json.loads(chart.to_json(validate=False, indent=None))
    publish_display_data({SVG: draw(json.dumps(spec)), VEGALITE: spec, "text/plain": alt_text})


def show_results(results: Results) -> None:
    """Leave the results as data, which the pipeline saves as `results.json`."""
    publish_display_data(
        {MIME: results.model_dump(mode="json"), "text/plain": f"results of {results.as_of}"}
    )
