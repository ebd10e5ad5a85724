"""The scores by dimension."""

from typing import Any

import altair as alt
import polars as pl

from tremplin.assessment.scores import Scores
from tremplin.model.brand import Brand
from tremplin.model.criteria import DIMENSIONS
from tremplin.notebook import words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of

ROW = 30


def scores(found: Scores, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw a bar a dimension on a scale of 0 to 100, with its score in figures."""
    frame = pl.DataFrame(
        [
            {"dimension": words.DIMENSION[dimension], "score": found.of(dimension), "full": 100}
            for dimension in DIMENSIONS
        ]
    )
    order = frame["dimension"].to_list()
    y = alt.Y("dimension:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    base = chart_of(frame).encode(y=y)
    x = alt.X("score:Q", scale=alt.Scale(domain=[0, 108]), axis=None)
    track = base.mark_bar(color=brand.chart["muted-tint"], height=14).encode(
        x=alt.X("full:Q", scale=alt.Scale(domain=[0, 108]), axis=None)
    )
    bar = base.mark_bar(color=brand.chart["primary"], height=14).encode(
        x=x,
        tooltip=[
            alt.Tooltip("dimension:N", title="Dimension"),
            alt.Tooltip("score:Q", title="Note sur 100"),
        ],
    )
    label = base.mark_text(align="left", dx=5, fontWeight=600).encode(x=x, text=alt.Text("score:Q"))
    return themed(track, bar, label, brand=brand, title=title, height=ROW * len(order))
