"""
What expenses and the accountant leave of a turnover, and how a year's amounts fall on its months.
"""

import numpy as np

from tremplin.case import Case
from tremplin.case.arrays import Array
from tremplin.case.months import YEAR, Curve
from tremplin.law.forms import Form, legal_form
from tremplin.law.thresholds import micro_lost_from
from tremplin.money.commitments import commitments


def accounting_cost(case: Case, form: Form) -> float:
    """Give what an accountant is assumed to cost, € a year."""
    return case.convention(legal_form(form).accounting)


def margin_of(case: Case, form: Form, path: Curve) -> Array:
    """
    Give what a form leaves of the turnover before contributions, by month, €; draws may come before the last axis.

    Employees and interest are paid like any other expense, and so is the accountant that the form calls for, also once the
    micro regime is lost; the wear of the equipment is set aside.
    """
    margin = path.margin - accounting_cost(case, form) / YEAR - commitments(case).total
    if form != "micro":
        return margin
    lost = micro_lost_from(case)
    if lost is not None:
        margin[..., lost:] = margin_of(case, "ei", path)[..., lost:]
    return margin


def month_shares(margin: Array) -> Array:
    """Give the part of each month in what all of them earn, evenly where there is no profit."""
    earned = np.maximum(margin, 0.0)
    by_margin = ratio(earned, earned.sum(axis=-1, keepdims=True))
    positive = margin.sum(axis=-1, keepdims=True) > 0
    return np.where(positive, by_margin, 1 / margin.shape[-1])


def ratio(amounts: Array, of: Array) -> Array:
    """Divide, with nothing where there is nothing to divide by."""
    out = np.zeros(np.broadcast_shapes(np.shape(amounts), np.shape(of)))
    return np.divide(amounts, of, out=out, where=np.asarray(of) > 0)
