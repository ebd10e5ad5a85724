"""
One look for all charts, in the brand's colours and fonts.
"""

from typing import Any

import altair as alt
import vl_convert

from tremplin.model.brand import Brand

WIDTH = 620
"""Pixels: the measure of the A4 page at 96 a inch, so that text in a chart is as large as text beside it."""


def themed(chart: Any, brand: Brand, title: str, *, height: int | None = None) -> Any:  # noqa: ANN401
    """Give a chart of one view the brand's look, the width of the page, and a title that says its finding."""
    sized = chart.properties(width=WIDTH)
    if height is not None:
        sized = sized.properties(height=height)
    return look(sized, brand, title, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


def look(chart: Any, brand: Brand, title: str, **basics: Any) -> Any:  # noqa: ANN401
    """Give a chart of one view or of several the brand's look and a title that says its finding."""
    for folder in brand.font_folders:
        vl_convert.register_font_directory(str(folder))
    titled = chart.properties(
        title=alt.TitleParams(title, anchor="start", frame="bounds", offset=10)
    )
    ink, muted, line = brand.colours["foreground"], brand.colours["tertiary"], brand.colours["rule"]
    return (
        titled.configure(font=brand.sans, background="white", padding=2, **basics)
        .configure_view(stroke=None)
        .configure_title(fontSize=14, fontWeight=600, color=ink, lineHeight=18)
        .configure_axis(
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
        )
        .configure_text(fontSize=12, color=ink)
        .configure_legend(labelFontSize=12, titleFontSize=12, labelColor=ink, titleColor=muted)
    )
