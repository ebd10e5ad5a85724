"""Dates on a line: the milestones of the contract, and the formalities as a Gantt chart."""

import math
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import altair as alt
import polars as pl

from tremplin.assessment.formalities import Step
from tremplin.case.dates import add_days
from tremplin.model.brand import Brand
from tremplin.model.texts import PHASES
from tremplin.notebook import words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of, either, haloed, layers, strokes
from tremplin.notebook.prose import day as in_words

ROW = 27
MARGIN = 14
"""Pixels between the first and last dates and the edges."""
LEFT: Literal["left"] = "left"
RIGHT: Literal["right"] = "right"
TICKS, YEARS = 6, 24
"""Names of months that fit above the rows beside the longest labels, one of them with its year."""
SHORTEST = 0.02
"""The part of the calendar that a bar takes at least: a single day would not be seen."""
LABEL = 52
"""Characters of a step that fit beside its bar."""
MONTH = (
    "['janv.','févr.','mars','avr.','mai','juin','juil.','août','sept.','oct.','nov.','déc.']"
    "[utcmonth(datum.value)] + (utcmonth(datum.value) == 0 || (datum.index == 0 && utcmonth(datum.value) < 10)"
    " ? ' ' + utcyear(datum.value) : '')"
)


def _calendar(first: date, last: date) -> alt.X:
    return alt.X(
        "begins:T",
        scale=alt.Scale(type="utc", padding=MARGIN),
        title=None,
        axis=alt.Axis(
            labelExpr=MONTH,
            orient="top",
            tickCount={"interval": "month", "step": _step(first, last)},
        ),
    )


def _step(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    return next((step for step in (1, 2, 3, 6, 12) if months <= TICKS * step), YEARS)


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def timeline(events: Sequence[tuple[date, str]], as_of: date, brand: Brand, title: str) -> Any:  # noqa: ANN401
    """
    Draw dated events, in any order, one below the other on a common calendar, with today as a line.
    """
    ordered = sorted(events)
    first, last = min(as_of, ordered[0][0]), max(as_of, ordered[-1][0])
    middle = add_days(first, (last - first).days / 2)
    frame = pl.DataFrame(
        [
            {
                "begins": _stamp(when),
                "event": what,
                "date": in_words(when),
                "past": when < as_of,
                "early": when <= middle,
            }
            for when, what in ordered
        ]
    )
    x = _calendar(first, last)
    y = alt.Y(
        "event:N",
        sort=frame["event"].to_list(),
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=270, grid=True),
    )
    base = chart_of(frame).encode(y=y)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=x,
        color=either(alt.ColorValue, "datum.past", brand.chart["muted"], brand.chart["primary"]),
        tooltip=[alt.Tooltip("event:N", title="Étape"), alt.Tooltip("date:N", title="Date")],
    )
    # A side without events gets no layer: Vega warns of a scale over nothing.
    labels = [
        layer
        for early, align, dx in ((True, LEFT, 10), (False, RIGHT, -10))
        if early in frame["early"]
        for layer in haloed(
            base.transform_filter(alt.datum.early == early).encode(x=x, text=alt.Text("date:N")),
            align=align,
            dx=dx,
        )
    ]
    return themed(
        *_today(as_of, frame.select("event"), x, y, brand),
        dots,
        layers(*labels),
        brand=brand,
        title=title,
        height=ROW * len(ordered),
    )


def _today(
    as_of: date, rows: pl.DataFrame, x: alt.X, y: alt.Y, brand: Brand
) -> tuple[alt.Chart, alt.Chart]:
    """Draw today as a line across the rows, which one column names, with its name."""
    today = pl.DataFrame({"begins": [_stamp(as_of)]})
    (row,) = rows.columns
    line = strokes(rows.join(today, how="cross"), row, x, y, brand.chart["accent"])
    word = (
        chart_of(today)
        .mark_text(
            align="left", dx=4, dy=4, baseline="top", y="height", color=brand.colours["secondary"]
        )
        .encode(x=x, text=alt.TextValue("aujourd’hui"))
    )
    return line, word


def gantt(steps: Sequence[Step], as_of: date, brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw each step as a bar from its beginning to its last day, coloured by phase; done ones are pale."""
    first = min(as_of, *(step.begins for step in steps))
    last = max(as_of, *(step.due for step in steps))
    shortest = math.ceil(SHORTEST * (last - first).days)
    frame = pl.DataFrame(
        [
            {
                "begins": _stamp(min(step.begins, add_days(step.due, 1 - shortest))),
                "ends": _stamp(add_days(step.due, 1)),
                "step": textwrap.shorten(step.label, LABEL, placeholder=" …"),
                "phase": words.PHASE[step.phase],
                "due": in_words(step.due),
                "done": step.done,
            }
            for step in steps
        ]
    )
    roles = ("negative", "primary", "accent", "positive", "muted")
    there = {step.phase for step in steps}
    colours = {
        words.PHASE[phase]: brand.chart[role]
        for phase, role in zip(PHASES, roles, strict=True)
        if phase in there
    }
    x = _calendar(first, last)
    y = alt.Y(
        "step:N",
        sort=frame["step"].to_list(),
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=320, grid=True),
    )
    bars = (
        chart_of(frame)
        .mark_bar(height=11, cornerRadius=2)
        .encode(
            x=x,
            x2=alt.X2("ends:T"),
            y=y,
            color=alt.Color(
                "phase:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
            ),
            opacity=either(alt.OpacityValue, "datum.done", 0.35, 1.0),
            tooltip=[
                alt.Tooltip("step:N", title="Étape"),
                alt.Tooltip("due:N", title="Au plus tard"),
            ],
        )
    )
    return themed(
        *_today(as_of, frame.select("step"), x, y, brand),
        bars,
        brand=brand,
        title=title,
        height=22 * len(steps),
    )
