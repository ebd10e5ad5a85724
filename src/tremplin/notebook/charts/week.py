"""The week hour by hour, and its hours by situation of the job."""

from typing import Any

import altair as alt
import polars as pl

from tremplin.model.brand import Brand, contrast
from tremplin.notebook import words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of
from tremplin.person.week import Week

HOURS_SHOWN = 300
LOAD_ROW = 46
CLOCK = "datum.value + ' h'"


def _colours(brand: Brand) -> dict[str, str]:
    return {
        "job": brand.chart["primary"],
        "commute": brand.chart["muted"],
        "project": brand.chart["accent"],
        "care": brand.chart["positive"],
        "rest": brand.chart["muted-tint"],
    }


def _kinds(brand: Brand, kinds: list[str]) -> alt.Scale:
    colours = _colours(brand)
    return alt.Scale(
        domain=[words.KIND[kind] for kind in kinds], range=[colours[kind] for kind in kinds]
    )


def _readable_on(ground: str) -> str:
    """Choose between white and black for words on a mark: one of them always has a contrast of 4.5."""
    return max("#ffffff", "#000000", key=lambda colour: contrast(colour, ground))


def week(found: Week, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw seven days side by side, with the hours of job, commute and project where they fall."""
    frame = pl.DataFrame(
        [
            {
                "day": words.DAY[block.day],
                "begins": block.begins,
                "ends": block.ends,
                "kind": words.KIND[block.kind],
                "hours": block.ends - block.begins,
            }
            for block in found.blocks
        ],
        schema={
            "day": pl.String,
            "begins": pl.Float64,
            "ends": pl.Float64,
            "kind": pl.String,
            "hours": pl.Float64,
        },
    )
    x = alt.X(
        "day:N",
        scale=alt.Scale(domain=list(words.DAY), paddingInner=0.12),
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
    )
    y = alt.Y(
        "begins:Q",
        scale=alt.Scale(domain=[24, 0]),
        title=None,
        axis=alt.Axis(values=list(range(0, 25, 4)), labelExpr=CLOCK, domain=False),
    )
    days = pl.DataFrame({"day": list(words.DAY), "begins": [0] * 7, "ends": [24] * 7})
    ground = (
        chart_of(days)
        .mark_bar(color=brand.chart["muted-tint"])
        .encode(x=x, y=y, y2=alt.Y2("ends:Q"))
    )
    blocks = (
        chart_of(frame)
        .mark_bar(cornerRadius=2)
        .encode(
            x=x,
            y=y,
            y2=alt.Y2("ends:Q"),
            color=alt.Color(
                "kind:N",
                scale=_kinds(brand, ["job", "commute", "project"]),
                legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
            ),
            tooltip=[
                alt.Tooltip("day:N", title="Jour"),
                alt.Tooltip("kind:N", title="Activité"),
                alt.Tooltip("hours:Q", title="Heures", format=".1f"),
            ],
        )
    )
    return themed(ground, blocks, brand=brand, title=title, height=HOURS_SHOWN)


def loads(found: Week, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw the 168 hours of a week in each situation of the job, the planned one first."""
    kinds = ["job", "commute", "project", "care", "rest"]
    colours = _colours(brand)
    frame = pl.DataFrame(
        [
            {
                "situation": words.SITUATION[load.situation]
                + (" (prévu)" if load == found.planned else ""),
                "kind": words.KIND[kind],
                "rank": rank,
                "hours": getattr(load, kind),
                "ink": _readable_on(colours[kind]),
            }
            for load in found.loads
            for rank, kind in enumerate(kinds)
        ]
    )
    order = frame["situation"].unique(maintain_order=True).to_list()
    base = chart_of(frame).encode(
        y=alt.Y("situation:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)),
        order=alt.Order("rank:Q"),
    )
    bars = base.mark_bar(height=24).encode(
        x=alt.X("hours:Q", stack="zero", title=None, axis=None),
        color=alt.Color(
            "kind:N",
            scale=_kinds(brand, kinds),
            legend=alt.Legend(
                title=None, orient="bottom", symbolType="square", labelLimit=0, columnPadding=14
            ),
        ),
        tooltip=[
            alt.Tooltip("situation:N", title="Situation"),
            alt.Tooltip("kind:N", title="Activité"),
            alt.Tooltip("hours:Q", title="Heures par semaine", format=".1f"),
        ],
    )
    text = (
        # A part too short for its number keeps its place, or the numbers after it would stand on it.
        base.transform_calculate(shown="datum.hours >= 5 ? format(datum.hours, ',.1~f') : ''")
        .mark_text(fontWeight=600)
        .encode(
            x=alt.X("hours:Q", stack="zero", bandPosition=0.5),
            detail=alt.Detail("kind:N"),
            text=alt.Text("shown:N"),
            color=alt.Color("ink:N", scale=None),
        )
    )
    return themed(bars, text, brand=brand, title=title, height=LOAD_ROW * len(order))
