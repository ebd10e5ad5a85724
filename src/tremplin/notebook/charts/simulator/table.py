"""
The rows that are drawn: the straight pieces of the year chosen, and their reading at what the reader has set.
"""

from typing import Any

import altair as alt
import polars as pl

from tremplin.case.months import YEAR
from tremplin.law.forms import COMPANIES, FORMS
from tremplin.money.comparison import forms
from tremplin.money.simulator import Simulator
from tremplin.notebook import words
from tremplin.notebook.charts.views import chart_of, rows_of

SPENT = f"(turnover * share / 100 + {YEAR} * fixed)"
MICRO = "datum.form === 'micro'"
CHOSEN = "indexof(datum.starts, beginning) >= 0"


def pieces_chosen(found: Simulator) -> Any:  # noqa: ANN401
    """Draw from the pieces that hold for the year chosen."""
    return chart_of(found.table).transform_filter(CHOSEN)


def now_of(found: Simulator, pieces: Any) -> Any:  # noqa: ANN401
    """Read the pieces at what the reader has set: a row a form."""
    most = found.turnover.most
    names, years = rows_of(_names(found)), rows_of(years_of(found))

    def between(name: str, at: str) -> str:
        return f"datum.{name}0 + (datum.{name}1 - datum.{name}0) * ({at} - datum.x0) / (datum.x1 - datum.x0)"

    spent_at_most = f"({most} * share / 100 + {YEAR} * fixed)"
    return (
        pieces.transform_calculate(
            x=f"turnover - ({MICRO} ? 0 : {SPENT})",
            far=f"{most} - ({MICRO} ? 0 : {spent_at_most})",
        )
        .transform_calculate(
            at_most=f"datum.far >= datum.x0 && datum.far < datum.x1 ? {between('kept', 'datum.far')}"
            f" - ({MICRO} ? {spent_at_most} : 0) : null"
        )
        .transform_joinaggregate(top="max(at_most)")
        .transform_filter("datum.x >= datum.x0 && datum.x < datum.x1")
        .transform_calculate(
            **{
                name: f"{between(name, 'datum.x')} - ({MICRO} ? {SPENT} : 0)"
                for name in ("before", "kept", "alone")
            },
            year="beginning",
            turnover="turnover",
        )
        .transform_lookup(
            lookup="form",
            from_=alt.LookupData(names, "form", ["rank", "name", "mine", "chosen", "closed"]),
        )
        .transform_lookup(
            lookup="year",
            from_=alt.LookupData(years, "year", ["pace", "ceiling", "months", "calendar"]),
        )
        .transform_calculate(over=f"{MICRO} && turnover > datum.pace")
        .transform_calculate(dim="datum.over || datum.closed")
    )


def _names(found: Simulator) -> pl.DataFrame:
    """Say of each form what does not change."""
    compared = forms(found.case)
    mine = {form: found.project(form) for form in FORMS}
    shared = compared.reason == "shared"
    return pl.DataFrame(
        [
            {
                "form": form,
                "rank": FORMS.index(form),
                "name": words.FORMS[form].short
                + (" (conseillée)" if form == compared.recommended else "")
                + (" (sans associé)" if shared and form not in COMPANIES else ""),
                "mine": round(mine[form].kept),
                "chosen": form == compared.recommended,
                "closed": shared and form not in COMPANIES,
            }
            for form in FORMS
        ]
    )


def years_of(found: Simulator) -> pl.DataFrame:
    """Say of each year what its micro ceiling is."""
    return pl.DataFrame(
        [
            {
                "year": start.id,
                "pace": round(start.ceiling_pace),
                "ceiling": round(start.ceiling),
                "months": start.months,
                "calendar": start.begins.year,
            }
            for start in found.starts
        ]
    )
