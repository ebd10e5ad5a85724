"""The ways to combine job and project, month by month."""

from typing import Any

import altair as alt
import polars as pl
from babel.dates import format_date

from tremplin.case.dates import add_months
from tremplin.case.months import MONTHS, month_begins
from tremplin.model.brand import Brand
from tremplin.model.dates import full_months
from tremplin.money.scenarios import Scenario, Scenarios
from tremplin.notebook import words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of
from tremplin.notebook.prose import LOCALE, money, month

CELL = 20
ROW = 28
SOME, TWICE = 1.5, 2.0
LEVELS = ("moins que vos charges", "1 à 1,5 fois", "1,5 à 2 fois", "2 fois et plus")
SHORT = "–"
"""The sign in a month under the fixed costs, for those who do not see its colour."""
SHADES = (0.1, 0.5, 1.0)
TOTAL, ROOM = 24.5, 5.5
"""In months: where the totals begin, and the room that they take."""
DATES = (0, 6, 12, 18)


def scenarios(found: Scenarios, costs: float, brand: Brand, title: str) -> Any:  # noqa: ANN401
    """
    Draw a row a way and a cell a month, coloured by what the household has against its fixed costs, with the total.

    A dark line marks the end of the contract, a dash the months under the fixed costs.
    """
    names = {one.id: _name(one, found) for one in found.ranked}
    order = list(names.values())
    cells = pl.DataFrame(
        [
            {
                "way": names[one.id],
                "begins": number,
                "ends": number + 1,
                "level": LEVELS[_level(float(amount), costs)],
                "short": SHORT if amount < costs else "",
                "when": month(month_begins(one.start, number)),
                "amount": money(float(amount)),
            }
            for one in found.ranked
            for number, amount in enumerate(one.available)
        ]
    )
    totals = pl.DataFrame(
        [{"way": names[one.id], "begins": TOTAL, "total": money(one.total)} for one in found.ranked]
    )
    y = alt.Y("way:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    x = alt.X(
        "begins:Q",
        title=None,
        scale=alt.Scale(domain=[0, MONTHS + ROOM], nice=False),
        axis=_calendar(found.all[0]),
    )
    blue = brand.chart["primary"]
    grid = (
        chart_of(cells)
        .mark_bar(height=CELL, stroke="white", strokeWidth=1)
        .encode(
            y=y,
            x=x,
            x2=alt.X2("ends:Q"),
            color=alt.Color(
                "level:N",
                scale=alt.Scale(
                    domain=list(LEVELS),
                    range=[
                        brand.chart["negative"],
                        *(_between(brand.chart["primary-tint"], blue, share) for share in SHADES),
                    ],
                ),
                legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
            ),
            tooltip=[
                alt.Tooltip("way:N", title="Voie"),
                alt.Tooltip("when:N", title="Mois"),
                alt.Tooltip("amount:N", title="Pour vivre"),
            ],
        )
    )
    layers = [grid]
    short = cells.filter(pl.col("short") != "").with_columns(begins=pl.col("begins") + 0.5)
    if not short.is_empty():
        layers.append(
            chart_of(short)
            .mark_text(color="white", fontWeight=600)
            .encode(y=y, x=x, text=alt.Text("short:N"))
        )
    ends = [
        {"way": names[one.id], "begins": full_months(one.start, one.ends)}
        for one in found.ranked
        if one.ends and not one.ends_first and one.start < one.ends < add_months(one.start, MONTHS)
    ]
    if ends:
        layers.append(
            chart_of(pl.DataFrame(ends))
            .mark_tick(
                orient="vertical",
                thickness=3,
                size=CELL + 6,
                opacity=1,
                color=brand.colours["foreground"],
            )
            .encode(y=y, x=x)
        )
    layers.append(
        chart_of(totals)
        .mark_text(align="left", fontWeight=600)
        .encode(y=y, x=x, text=alt.Text("total:N"))
    )
    return themed(*layers, brand=brand, title=title, height=ROW * len(order))


def _name(one: Scenario, found: Scenarios) -> str:
    mark = words.WAY_MARK[found.mark(one)]
    return words.SCENARIO[one.id] + (f" — {mark}" if mark else "")


def _level(amount: float, costs: float) -> int:
    return sum(amount >= costs * times for times in (1.0, SOME, TWICE))


def _calendar(one: Scenario) -> alt.Axis:
    labels: dict[float, str] = {
        number: format_date(month_begins(one.start, number), "MMM y", locale=LOCALE)
        for number in DATES
    }
    labels[TOTAL] = "en tout"
    shown = " : ".join(f"datum.value == {number} ? '{label}'" for number, label in labels.items())
    return alt.Axis(
        values=list(labels),
        labelExpr=f"{shown} : ''",
        orient="top",
        domain=False,
        ticks=False,
        grid=False,
        labelAlign="left",
        labelPadding=9,
    )


def _between(one: str, other: str, share: float) -> str:
    """Give a colour on the way from one to another."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
