"""
One look for all charts, in the brand's colours and fonts.
"""

from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from tremplin.model.brand import Brand
from tremplin.notebook.charts.views import Layers, layers

WIDTH = 620
"""Pixels: the measure of the A4 page at 96 a inch, so that text in a chart is as large as text beside it."""


def themed(*charts: Any, brand: Brand, title: str, height: int, **properties: Any) -> Layers:  # noqa: ANN401
    """Lay charts over each other in the brand's look, as wide as the page, under a title that says their finding."""
    return layers(
        *charts,
        width=WIDTH,
        height=height,
        **look(brand, title, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")),
        **properties,
    )


def look(brand: Brand, title: str, **basics: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give the properties of a chart that make it look like the brand's, with a title that says its finding."""
    for folder in brand.font_folders:
        _know_fonts(folder)
    ink, muted, line = brand.colours["foreground"], brand.colours["tertiary"], brand.colours["rule"]
    return {
        "title": alt.TitleParams(title, anchor="start", frame="bounds", offset=10),
        "config": alt.Config(
            font=brand.sans,
            background="white",
            padding=2,
            **basics,
            view=alt.ViewConfig(stroke=None),
            title=alt.TitleConfig(fontSize=14, fontWeight=600, color=ink, lineHeight=18),
            axis=alt.AxisConfig(
                labelFontSize=12,
                titleFontSize=12,
                labelColor=ink,
                titleColor=muted,
                titleFontWeight="normal",
                domainColor=line,
                tickColor=line,
                gridColor=line,
                gridOpacity=0.6,
                labelLimit=260,
            ),
            text=alt.MarkConfig(fontSize=12, color=ink),
            legend=alt.LegendConfig(
                labelFontSize=12, titleFontSize=12, labelColor=ink, titleColor=muted
            ),
        ),
    }


@cache
def _know_fonts(folder: Path) -> None:
    """Let Vega measure and draw the fonts of a folder: it reads them all each time that it is told."""
    vl_convert.register_font_directory(str(folder))
