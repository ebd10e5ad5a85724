"""
Charts of several layers or of several views, put together once.

altair's `LayerChart` and `VConcatChart` copy all that they hold, with all that it might have and has not, four times
when they are made, and they are made anew at every change and again for JSON: two seconds a report. These are the same
schema classes without that.
"""

from typing import Any

import altair as alt
import polars as pl


class Layers(alt.TopLevelMixin, alt.TopLevelLayerSpec):
    """Layers of one view; make it with `layers`, all its properties at once."""


class Stack(alt.TopLevelMixin, alt.TopLevelVConcatSpec):
    """Views one below the other."""


def rows_of(frame: pl.DataFrame) -> dict[str, Any]:
    """Give rows as they stand in JSON: altair takes a frame through narwhals, again wherever it is drawn from."""
    return {"values": frame.to_dicts()}


def chart_of(frame: pl.DataFrame) -> alt.Chart:
    """Begin a chart that draws from the rows of a frame."""
    return alt.Chart(rows_of(frame))


def either(channel: type[Any], test: str, yes: object, no: object) -> Any:  # noqa: ANN401 - any channel with a value
    """Set one value where a test holds of a row, and another elsewhere."""
    return channel(no, condition={"test": test, "value": yes})


def haloed(chart: alt.Chart, **look: Any) -> list[alt.Chart]:  # noqa: ANN401 - what a text mark takes
    """Write words over a white edge of themselves, so that no line behind them goes through them."""
    return [
        chart.mark_text(stroke="white", strokeWidth=4, strokeJoin="round", **look),
        chart.mark_text(**look),
    ]


STROKE = 0.2
"""How far a stroke reaches from the middle of its row, as a part of the row."""


def strokes(rows: pl.DataFrame, row: str, x: alt.X, y: alt.Y, colour: str) -> alt.Chart:
    """
    Draw a line across rows as a stroke in each of them, and nothing between.

    On a narrow page the names of the rows stand there.
    """
    top = y.bandPosition(0.5 - STROKE)
    bottom = alt.Y2(f"{row}:N", bandPosition=0.5 + STROKE)
    line: alt.Chart = chart_of(rows).mark_rule(color=colour, strokeWidth=2)
    return line.encode(x=x, y=top, y2=bottom)


def layers(*charts: Any, **properties: Any) -> Layers:  # noqa: ANN401 - altair has no common chart type
    """Lay charts over each other; rows that all of them draw from stand once, in what holds them."""
    rows = charts[0].data
    if rows is alt.Undefined or any(chart.data is not rows for chart in charts):
        return Layers(layer=list(charts), **properties)
    bare = [chart.properties(data=alt.Undefined) for chart in charts]
    return Layers(layer=bare, data=rows, **properties)
