"""
What is left against turnover: a line a form, the thresholds, the person's point, and a rule that follows the slider.
"""

import math
from typing import Any

import altair as alt
import polars as pl

from tremplin.case.months import YEAR
from tremplin.law.forms import FORMS
from tremplin.model.brand import Brand
from tremplin.money.comparison import recommended
from tremplin.money.simulator import Simulator
from tremplin.notebook.charts.simulator.expressions import sentences
from tremplin.notebook.charts.simulator.scales import scales
from tremplin.notebook.charts.simulator.table import MICRO, years_of
from tremplin.notebook.charts.theme import WIDTH
from tremplin.notebook.charts.views import chart_of, either, layers, rows_of
from tremplin.notebook.prose import NO_BREAK, money

MOMENT = "moment"
"""The part that the page reads out: in the specification it has the number of its view behind its name."""

HEIGHT = 214
"""Pixels."""

LABELS = 40
"""Pixels above the lines, where the thresholds have their names."""

MOST_TICKS = 4.5
"""How many steps the axis has room for on a phone."""

BELOW = 0.12
"""How much of the scale lies below nothing, for losses."""

EDGE, NEAR = 0.5, 0.3
"""Parts of the width from the left where the name of a threshold, or of the person's point, stands to its right."""


def lines(found: Simulator, brand: Brand, pieces: Any, now: Any) -> Any:  # noqa: ANN401
    """Draw what is left against turnover, with the thresholds, the person's point and a rule that follows the slider."""
    colour, dash = scales(brand)
    most = found.turnover.most
    top = max(
        found.left(form, "later_years", most, found.fixed.value, found.share.value).kept
        for form in FORMS
    )
    x = alt.X(
        "at:Q",
        title="chiffre d’affaires par an",
        scale=alt.Scale(domain=[0, most], nice=False),
        axis=alt.Axis(
            labelExpr=f"format(datum.value, ',.0f') + '{NO_BREAK}€'",
            labelFlush=True,
            values=_round_amounts(most),
            grid=False,
        ),
    )
    y = alt.Y(
        "kept:Q",
        title=None,
        scale=alt.Scale(domainMin=-BELOW * max(top, 1.0), nice=False, range=[HEIGHT, LABELS]),
        axis=alt.Axis(
            labelExpr=f"datum.value ? format(datum.value, ',.0f') + '{NO_BREAK}€' : ''",
            labelAlign="left",
            labelBaseline="bottom",
            labelOffset=-3,
            labelPadding=0,
            ticks=False,
            domain=False,
            tickCount=4,
        ),
    )
    years = years_of(found)
    end = f"({MICRO} ? min({most}, datum.pace) : {most})"
    curves = (
        pieces.transform_calculate(year="beginning")
        .transform_lookup(lookup="year", from_=alt.LookupData(rows_of(years), "year", ["pace"]))
        .transform_calculate(
            t0=f"{MICRO} ? datum.x0 : (datum.x0 + {YEAR} * fixed) / (1 - share / 100)",
            t1=f"{MICRO} ? datum.x1 : (datum.x1 + {YEAR} * fixed) / (1 - share / 100)",
        )
        .transform_calculate(
            k0=f"datum.kept0 - ({MICRO} ? datum.t0 * share / 100 + {YEAR} * fixed : 0)",
            k1=f"datum.kept1 - ({MICRO} ? datum.t1 * share / 100 + {YEAR} * fixed : 0)",
            begins="max(datum.t0, 0)",
            ends=f"min(datum.t1, {end})",
        )
        .transform_filter("datum.begins < datum.ends")
        .transform_fold(["begins", "ends"], as_=["side", "at"])
        .transform_calculate(
            kept="datum.k0 + (datum.k1 - datum.k0) * (datum.at - datum.t0) / (datum.t1 - datum.t0)"
        )
        .mark_line(strokeWidth=2.2, clip=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("form:N", scale=colour, legend=None),
            strokeDash=alt.StrokeDash("form:N", scale=dash, legend=None),
        )
    )
    zero = (
        chart_of(pl.DataFrame({"kept": [0]})).mark_rule(color=brand.colours["tertiary"]).encode(y=y)
    )
    at_now = now.transform_calculate(at="turnover")
    # The axis follows the lines, which end at the ceiling: a dot beyond it would move the axis.
    dots = (
        at_now.transform_filter("!datum.over")
        .mark_point(filled=True, size=55, opacity=1, clip=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("form:N", scale=colour, legend=None),
            opacity=either(alt.OpacityValue, "datum.dim", 0.35, 1),
        )
    )
    return layers(
        zero,
        *_thresholds(found, brand, x),
        curves,
        _moment(found, brand, at_now, x),
        dots,
        *_mine(found, brand, x, y),
        height=HEIGHT,
        width=WIDTH,
        title=alt.TitleParams(
            "Ce qui reste par an, après impôt et comptable", anchor="start", fontSize=12, offset=6
        ),
    )


def _thresholds(found: Simulator, brand: Brand, x: alt.X) -> list[Any]:
    """Mark the VAT threshold and the micro ceiling, each with its name on a line of its own."""
    most = found.turnover.most
    whole = pl.col("ceiling") == round(found.ceiling)
    names = pl.when(whole).then(pl.lit(f"Plafond micro, {money(found.ceiling)}"))
    frames = [
        pl.DataFrame({"at": [found.vat], "name": [f"Seuil de TVA, {money(found.vat)}"]}),
        years_of(found).select(
            "year", at="pace", name=names.otherwise(pl.lit("Plafond micro, au prorata"))
        ),
    ]
    made: list[Any] = []
    for row, frame in enumerate(frames):
        shown = chart_of(frame)
        if row:
            shown = shown.transform_filter("datum.year === beginning")
        shown = shown.transform_filter(f"datum.at <= {most}")
        if frame["at"].min() > most:  # type: ignore[operator] # amounts
            continue
        made.append(
            shown.mark_rule(color=brand.chart["muted"], strokeDash=[4, 3]).encode(
                x=x, y=alt.YValue(LABELS / 2 * row), y2=alt.Y2Value(HEIGHT)
            )
        )
        left = float(frame["at"].min()) < EDGE * most  # type: ignore[arg-type]
        made.append(
            shown.mark_text(
                align="left" if left else "right",
                baseline="top",
                dx=5 if left else -5,
                y=LABELS / 2 * row,
                color=brand.colours["tertiary"],
            ).encode(x=x, text=alt.Text("name:N"))
        )
    return made


def _moment(found: Simulator, brand: Brand, now: Any, x: alt.X) -> Any:  # noqa: ANN401
    """Draw the rule that follows the slider; its row carries the sentences that the page reads out."""
    return (
        now.transform_filter("datum.chosen")
        .transform_calculate(**sentences(found))
        .mark_rule(color=brand.colours["foreground"], strokeWidth=1.2)
        .encode(x=x, y=alt.YValue(LABELS), y2=alt.Y2Value(HEIGHT))
        .properties(name=f"{MOMENT}_0")
    )


def _mine(found: Simulator, brand: Brand, x: alt.X, y: alt.Y) -> list[Any]:
    """Mark the person's own point, which no slider moves."""
    turnover = found.turnover.value
    kept = found.project(recommended(found.case)).kept
    frame = pl.DataFrame({"at": [turnover], "kept": [round(kept)]})
    left = turnover < NEAR * found.turnover.most
    base = chart_of(frame).encode(x=x, y=y)
    ring = base.mark_point(
        shape="circle",
        size=190,
        stroke=brand.colours["foreground"],
        strokeWidth=2,
        fill="transparent",
        opacity=1,
        clip=True,
    )
    name = base.mark_text(
        align="left" if left else "right",
        dx=10 if left else -12,
        dy=24 if left else -12,
        fontWeight=600,
        clip=True,
    ).encode(text=alt.TextValue("votre projet"))
    return [ring, name]


def _round_amounts(most: float) -> list[float]:
    """Give few enough round amounts for the axis of a phone, the last of them not quite at its end."""
    scale = 10 ** math.floor(math.log10(most))
    step = next(
        part * scale for part in (0.1, 0.2, 0.25, 0.5, 1, 2) if most <= MOST_TICKS * part * scale
    )
    return [step * count for count in range(math.ceil(most / step))]
