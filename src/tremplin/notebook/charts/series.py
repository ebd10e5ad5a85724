"""Series of numbers through the years."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from tremplin.model.brand import Brand
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of

HEIGHT = 200


def lines(series: pl.DataFrame, names: Mapping[str, str], brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw series, by id and name, in thousands, with the name of each in the legend."""
    frame = series.filter(pl.col("series").is_in(list(names))).select(
        "period",
        name=pl.col("series").replace_strict(names),
        thousands=pl.col("value") / 1000,
    )
    colours = [brand.chart[role] for role in ("primary", "accent", "muted")]
    line = (
        chart_of(frame)
        .mark_line()
        .encode(
            x=alt.X("period:O", title=None, axis=alt.Axis(labelOverlap=True, labelAngle=0)),
            y=alt.Y("thousands:Q", title=None, scale=alt.Scale(zero=True)),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(names.values()), range=colours[: len(names)]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Série"),
                alt.Tooltip("period:O", title="Période"),
                alt.Tooltip("thousands:Q", title="Milliers", format=".1f"),
            ],
        )
    )
    return themed(line, brand=brand, title=title, height=HEIGHT)
