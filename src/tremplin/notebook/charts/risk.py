"""How long businesses last, the cash that may come, and what moves the result."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import polars as pl
from babel.dates import format_date

from tremplin.case.months import MONTHS, month_begins
from tremplin.model.brand import Brand
from tremplin.money.draws import QUANTILES, Fan
from tremplin.money.risk import Swing
from tremplin.money.survival import Cohort
from tremplin.notebook import phrases, words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of, either
from tremplin.notebook.prose import LOCALE, NO_BREAK, money

YEARS = 5
YEAR_ROOM = 4.2
"""In years: the room right of the last point, for the names of the lines."""
MONTH_ROOM = 8.5
"""The same in months."""
APART = 0.075
"""How far apart the names of lines stand, as a part of the height."""
ROW = 44
LABEL_ROOM = 1.45
"""How much longer than its longest bar an axis is, so that the figures beside the bars have room."""
DATES = (0, 6, 12, 18, 24)


def survival(found: Sequence[Cohort], brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw the share of businesses still active after one to five years by form, the person's own in the strong colour."""
    lines = [one for one in found if one.id != "classic"]
    points = pl.DataFrame(
        [
            {
                "kind": words.COHORT[one.id],
                "year": year,
                "share": share,
                "shown": f"{share:.0f}{NO_BREAK}%",
                "mine": one.mine,
                "born": year == 0,
            }
            for one in lines
            for year, share in ({0: 100.0} | one.shares).items()
        ]
    )
    names = points.filter(pl.col("year") == YEARS).with_columns(
        name=pl.col("shown")
        + " "
        + pl.col("kind")
        + pl.when("mine").then(pl.lit(" (vous)")).otherwise(pl.lit(""))
    )
    strong, quiet = brand.chart["primary"], brand.chart["muted"]
    colour = either(alt.ColorValue, "datum.mine", strong, quiet)
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[0, YEARS + YEAR_ROOM], nice=False),
        axis=alt.Axis(
            values=[0, 1, 3, YEARS],
            labelExpr=f"datum.value + '{NO_BREAK}an' + (datum.value > 1 ? 's' : '')",
            grid=False,
            domain=False,
            labelAlign="center",
            labelFlush=True,
        ),
    )
    y = alt.Y("share:Q", axis=None, scale=alt.Scale(domain=[0, 100]))
    base = chart_of(points).encode(x=x, y=y)
    drawn = base.mark_line(strokeWidth=2.4).encode(detail=alt.Detail("kind:N"), color=colour)
    dots = (
        base.transform_filter("!datum.born")
        .mark_point(filled=True, size=60, opacity=1)
        .encode(
            color=colour,
            tooltip=[
                alt.Tooltip("kind:N", title="Forme"),
                alt.Tooltip("year:Q", title="Années"),
                alt.Tooltip("shown:N", title="Encore actives"),
            ],
        )
    )
    values = (
        base.transform_filter(f"!datum.born && datum.year < {YEARS}")
        .mark_text(align="left", dx=5, dy=-9)
        .encode(text=alt.Text("shown:N"))
    )
    labels = [
        chart_of(names)
        .transform_filter(alt.datum.mine == mine)
        .mark_text(align="left", dx=9, fontWeight=600 if mine else 400)
        .encode(x=x, y=y, text=alt.Text("name:N"))
        for mine in (True, False)
    ]
    return themed(drawn, dots, values, *labels, brand=brand, title=title, height=250)


def cash(found: Fan, brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw the cash of twenty-four months: what half and nine tenths of the draws have, the middle, and the plan."""
    low, quarter, middle, three, high = (
        [found.opening, *found.quantiles[level].tolist()] for level in QUANTILES
    )
    planned = [found.opening, *found.planned.tolist()]
    frame = pl.DataFrame(
        {
            "month": range(MONTHS + 1),
            "low": low,
            "quarter": quarter,
            "middle": middle,
            "three": three,
            "high": high,
            "planned": planned,
        }
    ).with_columns(pl.all().exclude("month").round(0))
    top, bottom = max(*high, *planned, 0.0), min(*low, *planned, 0.0)
    blue, ink = brand.chart["primary"], brand.colours["foreground"]
    x = _calendar(found)
    scale = alt.Scale(domain=[bottom, top + max(1.0, top - bottom) * 0.04], nice=False)
    axis = alt.Axis(labelExpr=f"format(datum.value, ',.0f') + '{NO_BREAK}€'", tickCount=5)
    base = chart_of(frame).encode(x=x)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", title=None, scale=scale, axis=axis)

    bands = [
        base.mark_area(color=blue, opacity=opacity).encode(y=y(under), y2=alt.Y2(f"{over}:Q"))
        for under, over, opacity in (("low", "high", 0.16), ("quarter", "three", 0.3))
    ]
    zero = (
        chart_of(pl.DataFrame({"middle": [0.0]}))
        .mark_rule(color=ink, strokeWidth=1.2)
        .encode(y=y("middle"))
    )
    lines = [
        base.mark_line(color=blue, strokeWidth=3).encode(y=y("middle")),
        base.mark_line(color=brand.colours["secondary"], strokeWidth=2, strokeDash=[5, 3]).encode(
            y=y("planned")
        ),
    ]
    ends = {
        words.FAN["high"]: high[-1],
        words.FAN["planned"]: planned[-1],
        words.FAN["middle"]: middle[-1],
        words.FAN["low"]: low[-1],
    }
    texts = pl.DataFrame(
        {
            "month": [MONTHS] * len(ends),
            "name": list(ends),
            "middle": _apart(list(ends.values()), APART * (top - bottom or 1.0)),
        }
    )
    names = (
        chart_of(texts)
        .mark_text(align="left", dx=7)
        .encode(x=x, y=y("middle"), text=alt.Text("name:N"))
    )
    over = base.mark_rule(opacity=0, strokeWidth=14).encode(
        y=alt.YValue(0),
        y2=alt.Y2Value("height"),
        tooltip=[
            alt.Tooltip("month:Q", title="Mois écoulés"),
            *(
                alt.Tooltip(f"{name}:Q", title=words.FAN[name], format=",.0f")
                for name in ("high", "planned", "middle", "low")
            ),
        ],
    )
    return themed(*bands, zero, *lines, names, over, brand=brand, title=title, height=270)


def _calendar(found: Fan) -> alt.X:
    labels = {
        number: format_date(month_begins(found.start, number), "MMM y", locale=LOCALE)
        for number in DATES
    }
    shown = " : ".join(f"datum.value == {number} ? '{label}'" for number, label in labels.items())
    return alt.X(
        "month:Q",
        title=None,
        scale=alt.Scale(domain=[0, MONTHS + MONTH_ROOM], nice=False),
        axis=alt.Axis(
            values=list(labels),
            labelExpr=f"{shown} : ''",
            grid=False,
            domain=False,
            labelFlush=True,
        ),
    )


def _apart(places: list[float], least: float) -> list[float]:
    """Move labels so that neighbours stand apart, in their order, as little as it takes from the lowest up."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = dict(enumerate(places))
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + least)
    return [moved[index] for index in range(len(places))]


def drivers(found: Sequence[Swing], brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw what each driver takes away or adds over twenty-four months, the one that matters most first."""
    frame = pl.DataFrame(
        [
            {
                "driver": words.DRIVER[swing.driver],
                "change": round(change),
                "shown": ("+" if change >= 0 else "−") + money(abs(change)),
                "move": move,
                "better": change >= 0,
            }
            for swing in found
            for change, move in (
                (-swing.loss, phrases.worse(swing)),
                (swing.gain, phrases.better(swing)),
            )
        ]
    )
    widest = max(1.0, *(abs(swing.loss) for swing in found), *(abs(swing.gain) for swing in found))
    base = chart_of(frame).encode(
        y=alt.Y(
            "driver:N",
            sort=frame["driver"].unique(maintain_order=True).to_list(),
            title=None,
            axis=alt.Axis(domain=False, ticks=False),
        ),
        x=alt.X(
            "change:Q",
            axis=None,
            scale=alt.Scale(domain=[-widest * LABEL_ROOM, widest * LABEL_ROOM], nice=False),
            stack=None,
        ),
    )
    bars = base.mark_bar(height=22).encode(
        color=either(
            alt.ColorValue, "datum.better", brand.chart["primary"], brand.chart["negative"]
        ),
        tooltip=[
            alt.Tooltip("driver:N", title="Levier"),
            alt.Tooltip("move:N", title="Changement"),
            alt.Tooltip("shown:N", title="Sur deux ans"),
        ],
    )
    zero = (
        chart_of(pl.DataFrame({"change": [0]}))
        .mark_rule(color=brand.colours["foreground"])
        .encode(x=alt.X("change:Q", axis=None))
    )
    texts = [
        base.transform_filter(alt.datum.better == better)
        .mark_text(align="left" if better else "right", dx=5 if better else -5)
        .encode(text=alt.Text("shown:N"))
        for better in (True, False)
        if better in frame["better"]
    ]
    return themed(bars, zero, *texts, brand=brand, title=title, height=ROW * len(found))
