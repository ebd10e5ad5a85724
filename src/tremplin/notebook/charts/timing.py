"""The indicators for leaving the job, month by month."""

from typing import Any

import altair as alt
import polars as pl
from babel.dates import format_date

from tremplin.case.months import MONTHS, month_begins
from tremplin.model.brand import Brand
from tremplin.money.timing import Indicator, Timing
from tremplin.notebook import phrases, words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of, either, haloed, strokes
from tremplin.notebook.prose import LOCALE, month

BAR = 18
ROW = 38
DATES = (0, 6, 12, 18)
NEAR = 0.7
"""How far along the months a mark stands whose words are written on its left."""


def indicators(found: Timing, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """
    Draw a row an indicator: the months in which it is met, a mark where it is met for good, and in words where it is not.

    A line with a stroke in each row marks the planned end of the contract.
    """
    names = {one.id: words.INDICATOR_SHORT[one.id] for one in found.indicators}
    y = alt.Y(
        "name:N",
        sort=list(names.values()),
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelPadding=8),
    )
    x = alt.X(
        "begins:Q",
        title=None,
        scale=alt.Scale(domain=[0, MONTHS], nice=False),
        axis=_calendar(found),
    )
    ground = pl.DataFrame(
        {"name": list(names.values()), "begins": [0] * len(names), "ends": [MONTHS] * len(names)}
    )
    track = (
        chart_of(ground)
        .mark_bar(height=BAR, color=brand.chart["muted-tint"])
        .encode(y=y, x=x, x2=alt.X2("ends:Q"))
    )
    layers = [track]
    stretches = [
        {"name": names[one.id], "begins": begins, "ends": ends, "lasting": ends == MONTHS}
        for one in found.indicators
        for begins, ends in _met(one)
    ]
    if stretches:
        layers.append(
            chart_of(pl.DataFrame(stretches))
            .mark_bar(height=BAR, cornerRadius=2)
            .encode(
                y=y,
                x=x,
                x2=alt.X2("ends:Q"),
                color=either(
                    alt.ColorValue,
                    "datum.lasting",
                    brand.chart["positive-tint"],
                    brand.chart["caution-tint"],
                ),
            )
        )
    notes = pl.DataFrame([_note(one, found, names[one.id]) for one in found.indicators])
    marks = notes.filter("met")
    if not marks.is_empty():
        layers.append(
            chart_of(marks)
            .mark_tick(
                orient="vertical", thickness=4, size=BAR, opacity=1, color=brand.chart["positive"]
            )
            .encode(y=y, x=x)
        )
    if found.planned is not None and found.planned <= MONTHS:
        layers += _exit(found.planned - 1, list(names.values()), x, y, brand)
    layers += [
        layer
        for left in (True, False)
        if left in notes["left"]
        for layer in haloed(
            chart_of(notes)
            .transform_filter(alt.datum.left == left)
            .encode(y=y, x=x, text=alt.Text("note:N")),
            align="left" if left else "right",
            dx=8 if left else -8,
        )
    ]
    return themed(*layers, brand=brand, title=title, height=ROW * len(names))


def _exit(begins: int, rows: list[str], x: alt.X, y: alt.Y, brand: Brand) -> list[Any]:
    """Mark the planned end of the contract, with its name under the rows."""
    left, colour = begins < NEAR * MONTHS, brand.colours["secondary"]
    frame = pl.DataFrame({"begins": [begins] * len(rows), "name": rows})
    line = strokes(frame, "name", x, y, colour)
    name = chart_of(pl.DataFrame({"begins": [begins]})).encode(x=x)
    word = name.mark_text(
        align="left" if left else "right",
        baseline="top",
        dx=4 if left else -4,
        dy=3,
        y="height",
        color=colour,
    ).encode(text=alt.TextValue("départ prévu"))
    return [line, word]


def _met(one: Indicator) -> list[tuple[int, int]]:
    """Give the stretches of months in which an indicator is met, from 0."""
    found: list[tuple[int, int]] = []
    for number, value in enumerate(one.path):
        if value < one.threshold:
            continue
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def _note(one: Indicator, found: Timing, name: str) -> dict[str, Any]:
    """Say where an indicator is met, beside its mark, or that it is not."""
    if one.month is None:
        return {"name": name, "begins": 0, "met": False, "left": True, "note": phrases.never(one)}
    when = "dès le départ" if one.month == 1 else month(month_begins(found.start, one.month - 1))
    begins = one.month - 1
    return {
        "name": name,
        "begins": begins,
        "met": True,
        "left": begins < NEAR * MONTHS,
        "note": when,
    }


def _calendar(found: Timing) -> alt.Axis:
    labels = {
        number: format_date(month_begins(found.start, number), "MMM y", locale=LOCALE)
        for number in DATES
    }
    shown = " : ".join(f"datum.value == {number} ? '{label}'" for number, label in labels.items())
    return alt.Axis(
        values=list(labels),
        labelExpr=f"{shown} : ''",
        orient="top",
        offset=8,
        domain=False,
        ticks=False,
        grid=False,
        labelAlign="left",
    )
