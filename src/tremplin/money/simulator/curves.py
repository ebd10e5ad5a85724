"""
What years leave at every turnover, as straight pieces: the page of a report reckons nothing, it reads between their ends.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from tremplin.case.arrays import Array
from tremplin.law.forms import FORMS, Form, RealForm, is_company
from tremplin.money.piecewise import pieces
from tremplin.money.simulator.year import Year

WITHIN, SHARE = 5.0, 0.002
"""€, and as a share, how far the straight pieces may be from what they stand for."""

FINEST, FINEST_MIX = 20.0, 400
"""€, and as a part of the axis, how short a piece may become; mixes are found on a grid, whose jumps mean nothing."""

FIRST_LOOK = 24
"""Pieces to begin with, the shorter the smaller the amounts."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far curves go, and where they are exact, €."""

    turnover: float
    """The person's own."""
    margin: float
    """What the person's own expenses leave of it."""
    most: float
    """The largest turnover."""
    expenses: float
    """The largest expenses of a year without turnover."""


def curves(years: Iterable[Year], reach: Reach) -> Iterator[pl.DataFrame]:
    """Make the curve of each form once for all years that have the same rules, wages and aid."""
    years = tuple(years)
    for form in FORMS:
        found: dict[object, list[Year]] = {}
        for year in years:
            found.setdefault(year.alike(form), []).append(year)
        for alike in found.values():
            yield _curve(form, alike, reach)


def _curve(form: Form, years: list[Year], reach: Reach) -> pl.DataFrame:
    # Most kinks are at small amounts.
    first = reach.most * np.linspace(0, 1, FIRST_LOOK + 1) ** 2
    if form == "micro":
        x, y = pieces(
            years[0].micro,
            np.union1d(first, reach.turnover),
            # Expenses come off later: what is near beside the turnover may be far beside what is left.
            within=2 * WITHIN,
            share=0.0,
            finest=FINEST,
            exact=(reach.turnover,),
        )
    else:
        x, y = _real_pieces(form, years[0], reach, first)
    # The last piece includes its end.
    x[-1] += 1
    columns = {"x": np.round(x, 2)}
    columns |= dict(zip(("before", "kept", "alone"), np.round(y, 1), strict=True))
    return pl.DataFrame(
        {
            "form": [form] * (len(x) - 1),
            "starts": [" ".join(year.start.id for year in years)] * (len(x) - 1),
        }
        | {f"{name}0": values[:-1] for name, values in columns.items()}
        | {f"{name}1": values[1:] for name, values in columns.items()}
    )


def _real_pieces(form: RealForm, year: Year, reach: Reach, first: Array) -> tuple[Array, Array]:
    # Contributions bend at margins once the accountant is paid.
    regime = year.whole.regime(form)
    first = first + year.accounting(form)
    looked_at = np.union1d(first, [-reach.expenses - 1, reach.margin])
    if is_company(form):
        # A mix takes half a millisecond and is itself found to half a percent: it is looked for less closely.
        least = float(regime.net(0.0).contributions) + year.accounting(form)
        return pieces(
            partial(year.real, form),
            np.union1d(looked_at, least),
            within=2 * WITHIN,
            share=SHARE,
            finest=reach.most / FINEST_MIX,
            exact=(reach.margin,),
        )
    margins = regime.scheme.bends + year.accounting(form)
    return pieces(
        partial(year.real, form),
        np.union1d(looked_at, margins[margins < first[-1]]),
        within=WITHIN,
        share=SHARE,
        finest=FINEST,
        exact=(reach.margin,),
    )
