"""The charts of a portfolio: each counts people, so that they read the same for one person and for a thousand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl
from babel.dates import format_date

from tremplin.model.brand import Brand
from tremplin.notebook import words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.prose import LOCALE, NO_BREAK, number, percent, plural
from tremplin.statistics.portfolio import Cell, Group

ROW = 30
BAR = 18
LABEL_ROOM = 1.35
"""How much longer than its longest bar an axis is, so that the figures beside the bars have room."""
SHADES = (0.1, 0.55)
"""From the palest to the strongest cell: dark figures can be read on both."""
KINDS = {"acre": "accent", "leave": "negative", "other": "muted"}


def groups(  # noqa: PLR0913 - a chart has these parts
    found: Sequence[Group],
    total: int,
    brand: Brand,
    title: str,
    *,
    names: Mapping[str, str],
    colours: Mapping[str, str] | None = None,
) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw how many people of all are in each group, as a bar a group; `colours` are roles of the brand."""
    frame = pl.DataFrame(
        [
            {
                "group": names[one.id],
                "count": one.count,
                "colour": brand.chart[(colours or {}).get(one.id, "primary")],
                "shown": _shown(one.count, total),
            }
            for one in found
        ]
    )
    most = max(one.count for one in found) or 1
    base = alt.Chart(frame).encode(
        y=_rows(frame["group"].to_list(), "group"),
        x=alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, most * LABEL_ROOM], nice=False)),
    )
    bars = base.mark_bar(height=BAR).encode(
        color=alt.Color("colour:N", scale=None),
        tooltip=[
            alt.Tooltip("group:N", title="Groupe"),
            alt.Tooltip("count:Q", title="Personnes"),
        ],
    )
    text = base.mark_text(align="left", dx=5, fontWeight=600).encode(text=alt.Text("shown:N"))
    return themed(bars, text, brand=brand, title=title, height=ROW * len(found))


def scores(found: Sequence[Cell], medians: Mapping[str, float], brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw how many people have which score, in classes of ten points a dimension, with a mark at the median."""
    names = {**words.DIMENSION, "overall": words.OVERALL}
    order = [names[dimension] for dimension in medians]
    frame = pl.DataFrame(
        [
            {
                "dimension": names[cell.row],
                "begins": 10 * cell.place,
                "ends": 10 * cell.place + 10,
                "count": cell.count,
                "range": f"{10 * cell.place} à {10 * cell.place + (9 if cell.place < 9 else 10)}",  # noqa: PLR2004
            }
            for cell in found
        ]
    )
    middles = pl.DataFrame(
        [{"dimension": names[one], "begins": middle} for one, middle in medians.items()]
    )
    y = _rows(order, "dimension")
    x = alt.X(
        "begins:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=False, domain=False, orient="top"),
    )
    ground = (
        alt.Chart(pl.DataFrame([{"dimension": name, "begins": 0, "ends": 100} for name in order]))
        .mark_bar(height=24, color=brand.chart["muted-tint"])
        .encode(y=y, x=x, x2=alt.X2("ends:Q"))
    )
    told = {"dimension": "Dimension", "range": "Note"}
    cells = _cells(frame, told, x, y, brand, height=24, gap=1.5)
    text = (
        alt.Chart(frame)
        .transform_calculate(begins="datum.begins + 5")
        .mark_text()
        .encode(y=y, x=x, text=alt.Text("count:Q", format=",d"))
    )
    marks = (
        alt.Chart(middles)
        .mark_point(
            shape="triangle-up",
            yOffset=16,
            size=55,
            filled=True,
            opacity=1,
            color=brand.chart["accent"],
        )
        .encode(y=y, x=x)
    )
    return themed(
        ground, cells, marks, text, brand=brand, title=title, height=(ROW + 10) * len(order)
    )


def nets(found: Sequence[Cell], brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw how many people have which net income, in the first and in the second year."""
    years = {"1": "Première année", "2": "Deuxième année"}
    counts = {(cell.row, cell.place): cell.count for cell in found}
    places = sorted({cell.place for cell in found})
    span = range(places[0], places[-1] + 1)
    frame = pl.DataFrame(
        [
            {
                "amount": words.NET_CLASS[place],
                "year": name,
                "count": counts.get((year, place), 0),
            }
            for place in span
            for year, name in years.items()
        ]
    )
    most = max(counts.values())
    base = alt.Chart(frame).encode(
        y=_rows([words.NET_CLASS[place] for place in span], "amount"),
        yOffset=alt.YOffset("year:N", sort=list(years.values())),
        x=alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.15], nice=False)),
    )
    bars = base.mark_bar().encode(
        color=alt.Color(
            "year:N",
            scale=alt.Scale(
                domain=list(years.values()), range=[brand.chart["muted"], brand.chart["primary"]]
            ),
            legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
        ),
        tooltip=[
            alt.Tooltip("amount:N", title="Revenu net"),
            alt.Tooltip("year:N", title="Année"),
            alt.Tooltip("count:Q", title="Personnes"),
        ],
    )
    text = base.mark_text(align="left", dx=4).encode(text=alt.Text("count:Q", format=",d"))
    return themed(bars, text, brand=brand, title=title, height=46 * len(span))


def dangers(found: Sequence[Cell], risks: Sequence[str], brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw how many people lack how much at the start, and how likely they run out of cash, in classes: a table of shades."""
    order = list(words.GAP.values())
    frame = pl.DataFrame(
        [
            {
                "gap": words.GAP[cell.row],
                "begins": cell.place,
                "ends": cell.place + 1,
                "count": cell.count,
                "risk": risks[cell.place],
                "shown": plural(cell.count, "personne"),
            }
            for cell in found
        ]
    )
    y = _rows(order, "gap")
    names = " : ".join(
        f"datum.value == {place + 0.5} ? '{name.replace(' ', NO_BREAK)}'"
        for place, name in enumerate(risks)
    )
    x = alt.X(
        "begins:Q",
        title="Risque de manquer de trésorerie en deux ans",
        scale=alt.Scale(domain=[0, len(risks)], nice=False),
        axis=alt.Axis(
            values=[place + 0.5 for place in range(len(risks))],
            labelExpr=f"{names} : ''",
            grid=False,
            domain=False,
            ticks=False,
            orient="top",
            titlePadding=6,
        ),
    )
    ground = (
        alt.Chart(
            pl.DataFrame(
                [
                    {"gap": name, "begins": place, "ends": place + 1}
                    for name in order
                    for place in range(len(risks))
                ]
            )
        )
        .mark_bar(height=40, color=brand.chart["muted-tint"], stroke="white", strokeWidth=2)
        .encode(y=y, x=x, x2=alt.X2("ends:Q"))
    )
    told = {"gap": "Financement", "risk": "Risque"}
    cells = _cells(frame, told, x, y, brand, height=40, gap=2)
    text = (
        alt.Chart(frame)
        .transform_calculate(begins="datum.begins + 0.5")
        .mark_text(fontWeight=600)
        .encode(y=y, x=x, text=alt.Text("shown:N"))
    )
    return themed(ground, cells, text, brand=brand, title=title, height=44 * len(order))


def deadlines(found: Sequence[tuple[date, str, int]], brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw how many steps are due in each month, those that cost a right apart and first."""
    order = [
        format_date(month, "MMM y", locale=LOCALE) for month, kind, _ in found if kind == "acre"
    ]
    rows = [
        {
            "month": format_date(month, "MMM y", locale=LOCALE),
            "kind": words.DEADLINE[kind],
            "rank": list(KINDS).index(kind),
            "count": count,
        }
        for month, kind, count in found
    ]
    frame = pl.DataFrame(rows)
    totals = frame.group_by("month", maintain_order=True).agg(pl.col("count").sum())
    y = _rows(order, "month")
    scale = alt.Scale(domain=[0, max(1, *totals["count"].to_list()) * 1.1], nice=False)
    bars = (
        alt.Chart(frame.filter(pl.col("count") > 0) if frame["count"].sum() else frame)
        .mark_bar(height=16)
        .encode(
            y=y,
            x=alt.X("count:Q", axis=None, scale=scale, stack="zero"),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(
                    domain=[words.DEADLINE[kind] for kind in KINDS],
                    range=[brand.chart[role] for role in KINDS.values()],
                ),
                legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("month:N", title="Mois"),
                alt.Tooltip("kind:N", title="Étape"),
                alt.Tooltip("count:Q", title="Échéances"),
            ],
        )
    )
    text = (
        alt.Chart(totals)
        .mark_text(align="left", dx=4)
        .encode(
            y=y, x=alt.X("count:Q", axis=None, scale=scale), text=alt.Text("count:Q", format=",d")
        )
    )
    return themed(bars, text, brand=brand, title=title, height=24 * len(order))


def _shown(count: int, total: int) -> str:
    return f"{number(count)} ({percent(count / total, 0)})" if count else "0"


def _rows(order: list[str], field: str) -> alt.Y:
    return alt.Y(
        f"{field}:N",
        sort=order,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelPadding=6),
    )


def _cells(  # noqa: PLR0913 - a chart has these parts
    frame: pl.DataFrame,
    told: Mapping[str, str],
    x: alt.X,
    y: alt.Y,
    brand: Brand,
    *,
    height: float,
    gap: float,
) -> Any:  # noqa: ANN401 - altair does not type it
    """Draw the cells of a table of shades, the fuller the darker; each tells what it counts, by columns and their titles."""
    tooltip = [alt.Tooltip(f"{column}:N", title=title) for column, title in told.items()]
    return (
        alt.Chart(frame)
        .mark_bar(height=height, color=brand.chart["primary"], stroke="white", strokeWidth=gap)
        .encode(
            y=y,
            x=x,
            x2=alt.X2("ends:Q"),
            opacity=_shade(frame),
            tooltip=[*tooltip, alt.Tooltip("count:Q", title="Personnes")],
        )
    )


def _shade(frame: pl.DataFrame) -> alt.Opacity:
    # From 0, so that a lone count is strong.
    scale = alt.Scale(domain=[0, max(1, *frame["count"].to_list())], range=list(SHADES))
    return alt.Opacity("count:Q", scale=scale, legend=None)
