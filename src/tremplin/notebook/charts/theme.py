"""
One look for all charts, in the brand's colours and fonts.
"""

from typing import Any

import altair as alt
import vl_convert

from tremplin.model.brand import Brand

WIDTH = 560
"""Points: the measure of the A4 page, so that text in a chart is as large as text beside it."""


def french_numbers(expression: str, digits: int = 0) -> str:
    """Give a Vega expression that sets a number as in French: 1 234,5."""
    return f"replace(replace(format({expression}, ',.{digits}f'), /,/g, '\u202f'), /\\./g, ',')"


def themed(chart: Any, brand: Brand, title: str, *, height: int | None = None) -> Any:  # noqa: ANN401
    """Give a chart the brand's look and a title that says its finding."""
    for folder in brand.font_folders:
        vl_convert.register_font_directory(str(folder))
    sized = chart.properties(
        width=WIDTH, title=alt.TitleParams(title, anchor="start", frame="group", offset=12)
    )
    if height is not None:
        sized = sized.properties(height=height)
    ink, muted, line = brand.colours["foreground"], brand.colours["tertiary"], brand.colours["rule"]
    return (
        sized.configure(font=brand.sans, background="white", padding=4)
        .configure_view(stroke=None)
        .configure_title(fontSize=13, fontWeight=600, color=ink, lineHeight=17)
        .configure_axis(
            labelFontSize=11,
            titleFontSize=11,
            labelColor=ink,
            titleColor=muted,
            titleFontWeight="normal",
            domainColor=line,
            tickColor=line,
            gridColor=line,
            gridOpacity=0.6,
            labelLimit=240,
        )
        .configure_text(fontSize=11, color=ink)
        .configure_legend(labelFontSize=11, titleFontSize=11, labelColor=ink, titleColor=muted)
    )
