"""The legal forms in money, where a year's turnover goes, and the thresholds it meets."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import numpy as np
import polars as pl

from tremplin.case import Case
from tremplin.case.months import MONTHS, curve, month_begins, stretches
from tremplin.law.thresholds import Thresholds
from tremplin.model.brand import Brand
from tremplin.money.comparison import Comparison
from tremplin.money.pocket import Pocket
from tremplin.notebook import words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of
from tremplin.notebook.prose import money

ROW = 62
EUROS = "format(datum.amount, ',.0f') + '\u00a0€'"
LABEL_ROOM = 1.28
"""How much longer than its longest bar an axis is, so that the figures beside the bars have room."""


NEAR = 0.09
"""Thresholds that differ by less of the height would be written over each other."""


def _room(amounts: Sequence[float]) -> alt.Scale:
    """Scale from below the lowest amount to beyond the highest, where its figure stands."""
    return alt.Scale(domain=[min(0.0, *amounts) * LABEL_ROOM, max(1.0, *amounts) * LABEL_ROOM])


def forms(found: Comparison, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw what each form leaves after tax in the first and second year, the recommended one in the strong colour."""
    rows = [
        {
            "form": words.FORMS[option.form].short
            + (" (conseillée)" if option.form == found.recommended else ""),
            "year": words.ACTIVITY_YEAR[year],
            "amount": round(option.best(year)),
            "chosen": option.form == found.recommended,
        }
        for option in found.options
        for year in (1, 2)
    ]
    frame = pl.DataFrame(rows)
    order = frame["form"].unique(maintain_order=True).to_list()
    years = [words.ACTIVITY_YEAR[year] for year in (1, 2)]
    left = [option.best(year) for option in found.options for year in (1, 2)]
    base = chart_of(frame).encode(
        y=alt.Y(
            "form:N",
            sort=order,
            title=None,
            axis=alt.Axis(domain=False, ticks=False, labelLimit=210),
        ),
        yOffset=alt.YOffset("year:N", sort=years),
        x=alt.X(
            "amount:Q",
            axis=None,
            scale=_room(left),
        ),
    )
    bars = base.mark_bar().encode(
        color=alt.Color(
            "year:N",
            scale=alt.Scale(domain=years, range=[brand.chart["muted"], brand.chart["primary"]]),
            legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
        ),
        tooltip=[
            alt.Tooltip("form:N", title="Forme"),
            alt.Tooltip("year:N", title="Année"),
            alt.Tooltip("amount:Q", title="Reste après impôt (€)", format=",.0f"),
        ],
    )
    labels = [
        base.transform_filter(alt.datum.chosen == chosen)
        .transform_calculate(shown=EUROS)
        .mark_text(align="left", dx=5, fontWeight=600 if chosen else 400)
        .encode(text=alt.Text("shown:N"), x=alt.X("edge:Q"))
        .transform_calculate(edge="max(datum.amount, 0)")
        for chosen in (True, False)
        if chosen in frame["chosen"]
    ]
    return themed(bars, *labels, brand=brand, title=title, height=ROW * len(order))


def pocket(found: Pocket, brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw where a year's turnover goes, one bar after the other: expenses, contributions, tax, what is left."""
    parts = [(part.id, part.amount) for part in found.parts]
    frame = pl.DataFrame(
        [
            {
                "part": words.POCKET[id_],
                "amount": round(amount),
                "begins": round(begins),
                "ends": round(begins + amount),
                "kind": id_,
            }
            for (id_, amount), begins in zip(parts, found.begins, strict=True)
        ]
    )
    order = frame["part"].to_list()
    colours = {
        "turnover": brand.chart["muted"],
        "expenses": brand.chart["accent"],
        "partners": brand.chart["muted"],
        "contributions": brand.chart["caution"],
        "taxes": brand.chart["negative"],
        "left": brand.chart["primary"],
        "loss": brand.chart["negative"],
    }
    base = chart_of(frame).encode(
        y=alt.Y("part:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    )
    bars = base.mark_bar(height=20).encode(
        x=alt.X("begins:Q", axis=None, scale=_room([*frame["begins"], *frame["ends"]])),
        x2=alt.X2("ends:Q"),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("part:N", title="Poste"),
            alt.Tooltip("amount:Q", title="Montant (€)", format=",.0f"),
        ],
    )
    text = (
        base.transform_calculate(shown=EUROS, edge="max(datum.begins, datum.ends)")
        .mark_text(align="left", dx=5, fontWeight=600)
        .encode(x=alt.X("edge:Q"), text=alt.Text("shown:N"))
    )
    return themed(bars, text, brand=brand, title=title, height=34 * len(order))


def ceilings(case: Case, found: Thresholds, brand: Brand, title: str) -> Any:  # noqa: ANN401
    """Draw the turnover added up in each calendar year against the VAT and micro thresholds."""
    start, turnover = case.start, curve(case).turnover
    rows: list[dict[str, object]] = []
    for stretch in stretches(start):
        rows.append(
            {
                "when": f"{stretch.begins.isoformat()}T00:00:00Z",
                "amount": 0.0,
                "year": str(stretch.year),
            }
        )
        added = np.cumsum(turnover[stretch.months])
        for month, amount in zip(range(stretch.first, stretch.stop), added, strict=True):
            ends = month_begins(start, month + 1)
            rows.append(
                {
                    "when": f"{ends.isoformat()}T00:00:00Z",
                    "amount": round(float(amount)),
                    "year": str(stretch.year),
                }
            )
    frame = pl.DataFrame(rows)
    highest = max(float(str(row["amount"])) for row in rows)
    x = alt.X(
        "when:T",
        scale=alt.Scale(type="utc"),
        title=None,
        axis=alt.Axis(format="%m/%Y", grid=False, tickCount=6, labelFlush=True),
    )
    top = max(highest * 1.1, found.vat.threshold * 1.1)
    if highest > found.vat.threshold:
        top = max(top, found.micro_ceiling * 1.1)
    y = alt.Y(
        "amount:Q",
        title="cumul de l’année civile, €",
        stack=False,
        scale=alt.Scale(domain=[0, top]),
        axis=alt.Axis(format=",.0f", tickCount=5),
    )
    area = (
        chart_of(frame)
        .mark_area(
            color=brand.chart["primary"], opacity=0.25, line={"color": brand.chart["primary"]}
        )
        .encode(
            x=x,
            y=y,
            detail=alt.Detail("year:N"),
            tooltip=[
                alt.Tooltip("year:N", title="Année"),
                alt.Tooltip("amount:Q", title="Cumul (€)", format=",.0f"),
            ],
        )
    )
    ends = month_begins(start, MONTHS)
    vat, parts = found.vat, stretches(start)
    of_year = {
        "Franchise de TVA": [vat.first_year, *(vat.threshold for _ in parts[1:])],
        "Plafond de la micro-entreprise": [year.ceiling for year in found.years],
    }
    lines = pl.DataFrame(
        [
            {
                "when": f"{stretch.begins.isoformat()}T00:00:00Z",
                "until": f"{min(ends, date(stretch.year + 1, 1, 1)).isoformat()}T00:00:00Z",
                "amount": amount,
            }
            for amounts in of_year.values()
            if max(amounts) <= top
            for stretch, amount in zip(parts, amounts, strict=True)
        ]
    )
    # In the year of the start a threshold may be lower: it is named where it is that of a whole year.
    names = sorted(
        (max(amounts), f"{name} : {money(max(amounts))}")
        for name, amounts in of_year.items()
        if max(amounts) <= top
    )
    near = len(names) > 1 and names[1][0] - names[0][0] < NEAR * top
    rule = (
        chart_of(lines)
        .mark_rule(color=brand.chart["negative"], strokeDash=[5, 3])
        .encode(x=x, x2="until:T", y=y)
    )
    labels = [
        _threshold_name(amount, name, y, below=near and place == 0)
        for place, (amount, name) in enumerate(names)
    ]
    return themed(area, rule, *labels, brand=brand, title=title, height=230)


def _threshold_name(amount: float, name: str, y: alt.Y, *, below: bool) -> Any:  # noqa: ANN401 - as above
    """Write the name of a threshold where the chart ends, above its line, or below it where another is close."""
    return (
        chart_of(pl.DataFrame([{"amount": amount, "name": name}]))
        .mark_text(
            align="right", baseline="top" if below else "bottom", dx=-4, dy=3 if below else -3
        )
        .encode(x=alt.value("width"), y=y, text=alt.Text("name:N"))
    )
