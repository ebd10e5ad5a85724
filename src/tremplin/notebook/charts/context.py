"""Creations of businesses by form, and who creates."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from tremplin.model.brand import Brand
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of, either
from tremplin.statistics.creators import Creations, CreatorShare

ROW = 32


def creations(found: Sequence[Creations], brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw the creations of two years by form, in thousands, with the change written beside them."""
    frame = pl.DataFrame(
        [
            {"form": one.label, "year": str(year), "thousands": count / 1000}
            for one in found
            for year, count in ((one.year, one.count), (one.year_after, one.count_after))
        ]
    )
    order = [one.label for one in found]
    years = [str(found[0].year), str(found[0].year_after)]
    colours = [brand.chart["muted"], brand.chart["primary"]]
    base = chart_of(frame).encode(
        y=alt.Y("form:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)),
        yOffset=alt.YOffset("year:N", sort=years),
        x=alt.X("thousands:Q", axis=None, scale=alt.Scale(domainMin=0)),
    )
    bars = base.mark_bar().encode(
        color=alt.Color(
            "year:N",
            scale=alt.Scale(domain=years, range=colours),
            legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
        ),
        tooltip=[
            alt.Tooltip("form:N", title="Forme"),
            alt.Tooltip("year:N", title="Année"),
            alt.Tooltip("thousands:Q", title="Milliers", format=".1f"),
        ],
    )
    text = (
        base.transform_calculate(shown="format(datum.thousands, ',.1f')")
        .mark_text(align="left", dx=4)
        .encode(text=alt.Text("shown:N"))
    )
    return themed(bars, text, brand=brand, title=title, height=54 * len(order))


def creators(found: Sequence[CreatorShare], brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw shares of creators, the person's own groups in the strong colour and marked in words."""
    frame = pl.DataFrame(
        [{"group": one.label, "percent": one.percent, "mine": one.mine} for one in found]
    )
    base = chart_of(frame).encode(
        y=alt.Y(
            "group:N",
            sort=frame["group"].to_list(),
            title=None,
            axis=alt.Axis(domain=False, ticks=False, labelLimit=270),
        ),
        x=alt.X("percent:Q", axis=None, scale=alt.Scale(domain=[0, 100])),
    )
    bars = base.mark_bar(height=16).encode(
        color=either(alt.ColorValue, "datum.mine", brand.chart["primary"], brand.chart["muted"]),
        tooltip=[
            alt.Tooltip("group:N", title="Groupe"),
            alt.Tooltip("percent:Q", title="Part (%)"),
        ],
    )
    shown = "format(datum.percent, ',.1~f') + '\u00a0%' + (datum.mine ? ' — vous' : '')"
    text = (
        base.transform_calculate(shown=shown)
        .mark_text(align="left", dx=4)
        .encode(text=alt.Text("shown:N"))
    )
    return themed(bars, text, brand=brand, title=title, height=ROW * len(found))
