"""The financing plan: what the project needs against what there is."""

from typing import Any

import altair as alt
import polars as pl

from tremplin.model.brand import Brand
from tremplin.money.financing import FinancingPlan
from tremplin.notebook import words
from tremplin.notebook.charts.theme import themed
from tremplin.notebook.charts.views import chart_of, either
from tremplin.notebook.prose import money

BAR = 50
ROW = 62
LETTER, EDGE = 6.2, 6
"""Pixels: of a letter of a label, and around it."""
FITS = (
    f"(datum.ends - datum.begins) / datum.whole * width > {LETTER} * length(datum.{{0}}) + {EDGE}"
)
"""Whether a label fits into its part of the bar, at whatever width the chart is drawn."""
NEEDS = {
    "investment": ("investment", "takeover", "duties", "franchise", "equipment", "vat"),
    "premises": ("stock", "deposit"),
    "launch": ("registration", "working_capital"),
    "safety": ("safety",),
}
RESOURCES = {
    "own": ("savings", "family"),
    "grants": ("grants",),
    "honor_loans": ("initiative_france", "reseau_entreprendre", "bpifrance"),
    "bank_loan": ("bank_loan",),
    "partners": ("partners",),
    "arce": ("arce",),
}
"""The parts of the two bars: few enough to be named where they stand; the table beside has each amount."""
COLOUR = {
    "investment": "primary",
    "premises": "accent",
    "launch": "caution",
    "safety": "positive",
    "own": "positive",
    "grants": "caution",
    "arce": "caution",
    "honor_loans": "accent",
    "bank_loan": "primary",
    "partners": "accent",
    "gap": "negative",
}


def financing(plan: FinancingPlan, brand: Brand, title: str) -> Any:  # noqa: ANN401 - altair has no common chart type
    """Draw needs and resources as two bars of the same scale, each part with its name and amount where they fit."""
    frame = pl.DataFrame(_parts(plan))
    order = frame["row"].unique(maintain_order=True).to_list()
    kinds = frame["kind"].unique(maintain_order=True).to_list()
    base = chart_of(frame).encode(
        y=alt.Y("row:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)),
        x=alt.X("begins:Q", axis=None, scale=alt.Scale(domain=[0, frame["whole"][0]], nice=False)),
    )
    bars = base.mark_bar(height=BAR, strokeWidth=1, cornerRadius=2).encode(
        x2=alt.X2("ends:Q"),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=[brand.chart[f"{COLOUR[k]}-tint"] for k in kinds]),
            legend=None,
        ),
        stroke=alt.Stroke(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=[brand.chart[COLOUR[kind]] for kind in kinds]),
            legend=None,
        ),
        strokeDash=either(alt.StrokeDashValue, "datum.kind == 'gap'", [4, 3], [1, 0]),
        tooltip=[
            alt.Tooltip("name:N", title="Poste"),
            alt.Tooltip("amount:N", title="Montant"),
        ],
    )
    middle = base.transform_calculate(middle="(datum.begins + datum.ends) / 2").encode(
        x=alt.X("middle:Q")
    )
    named = middle.transform_filter(FITS.format("name"))
    bare = middle.transform_filter(f"!({FITS.format('name')}) && {FITS.format('amount')}")
    names = named.mark_text(dy=-9).encode(text=alt.Text("name:N"))
    amounts = [
        named.mark_text(fontWeight=600, dy=8).encode(text=alt.Text("amount:N")),
        bare.mark_text(fontWeight=600).encode(text=alt.Text("amount:N")),
    ]
    return themed(bars, names, *amounts, brand=brand, title=title, height=ROW * len(order))


def _parts(plan: FinancingPlan) -> list[dict[str, Any]]:
    needs = {kind: sum(plan.needs.get(id_, 0.0) for id_ in ids) for kind, ids in NEEDS.items()}  # type: ignore[call-overload] # ids of needs
    there = {
        kind: sum(plan.resources.get(id_, 0.0) for id_ in ids)  # type: ignore[call-overload] # ids of resources
        for kind, ids in RESOURCES.items()
    } | {"gap": plan.gap}
    parts = []
    for row, total, amounts in (
        ("Besoin", plan.need, needs),
        ("Ressources", plan.available, there),
    ):
        begins = 0.0
        for kind, amount in amounts.items():
            if amount > 0:
                parts.append(
                    {
                        "row": f"{row} : {money(total)}",
                        "kind": kind,
                        "name": words.PLAN_PART[kind],
                        "amount": money(amount),
                        "begins": begins,
                        "ends": begins + amount,
                        "whole": max(plan.need, plan.available, 1.0),
                    }
                )
            begins += amount
    return parts
