"""
What the second year may leave: not one amount, but the range in which it lies as often as not.

The draws are those of the risk. Income tax is reckoned on the plan with less and with more turnover, and read off between.
"""

from dataclasses import dataclass

import numpy as np

from tremplin.case import Case, answer
from tremplin.case.months import year_of_activity
from tremplin.law.forms import is_company
from tremplin.money.comparison import recommended
from tremplin.money.draws import draw_curves
from tremplin.money.forms import left_of, outcome
from tremplin.money.job import planned_job

SECOND = 2
TURNOVERS = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Parts of the turnover planned on which the tax is reckoned."""
QUARTERS = (0.25, 0.75)


@dataclass(frozen=True, slots=True)
class LeftRange:
    """What the second year of activity leaves after tax, €: a quarter of the draws has less than `low`, a quarter more than `high`."""

    low: float
    high: float


@answer("risk.left")
def left_range(case: Case) -> LeftRange:
    """Give what the draws leave of the second year in the form recommended, all paid."""
    form, job, year = recommended(case), planned_job(case), year_of_activity(SECOND)
    before, tax = [], []
    planned = case.declarations.project.turnover  # the draws, which this builds on, record it
    for part in TURNOVERS:
        found = outcome(case.given({"project.turnover": planned.times(part)}), form, job)
        before.append(found.before_tax_of(SECOND))
        tax.append(float(found.income_tax[year].sum()))
    drawn = left_of(case, form, draw_curves(case))[:, year].sum(axis=1)
    if is_company(form):
        drawn = np.maximum(drawn, 0.0)  # its loss is not the person's
    order = np.argsort(before)
    after = drawn - np.interp(drawn, np.array(before)[order], np.array(tax)[order])
    low, high = np.quantile(after, QUARTERS)
    return LeftRange(float(low), float(high))
