"""
A company's profit: corporate tax, dividends, and the mix of pay and dividends that leaves most.

CGI, art. 219 (corporate tax, IS) and 200 A (flat tax on dividends, PFU); Code de la sécurité sociale, L136-8 (social levies)
and L131-6 (dividends of a majority manager that bear contributions beyond a tenth of the capital).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import Array, amounts
from tremplin.law.real import RealRegime
from tremplin.model.register import Lookup

STEPS = 200
"""Shares of the margin tried as pay: the best mix is found to half a percent of the margin."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How a year's margin of a company is shared out, €."""

    pay: float
    """What the manager receives, before income tax."""
    corporate_tax: float
    dividends: float
    """After corporate tax, before what the shareholder pays on them."""
    dividend_levies: float
    """Flat tax, social levies and contributions on the dividends."""
    contributions: float
    net_after_tax: float
    """What is left once the household's additional income tax is paid too."""


def corporate_tax(law: Lookup, profit: ArrayLike, at: date) -> Array:
    """Give the corporate tax on a year's profit: at the reduced rate up to its ceiling, at the normal rate beyond."""
    earned = np.maximum(amounts(profit), 0.0)
    ceiling = law.value("is.reduced_profit", at)
    low = np.minimum(earned, ceiling) * law.value("is.reduced_rate", at)
    return low + np.maximum(earned - ceiling, 0.0) * law.value("is.rate", at)


def best_mixes(  # noqa: PLR0913 - all that a mix depends on
    law: Lookup,
    regime: RealRegime,
    margins: ArrayLike,
    at: date,
    added_tax: Callable[[Array], Array],
    *,
    least_gross: float = 0.0,
) -> list[Mix]:
    """
    Find for each of some margins the mix of pay and dividends that leaves most.

    Args:
        law: where the rules are read.
        regime: EURL or SASU.
        margins: turnover less expenses, before pay, of a financial year of twelve months, €.
        at: the day whose rules hold.
        added_tax: gives the household's additional income tax for amounts of taxable pay.
        least_gross: gross pay (SASU) or income (EURL) a year that the mix must reach if the margin allows it,
            so that social cover does not depend on dividends, which give none.

    """
    margin = amounts(margins)[:, None]
    most = np.maximum(margin, 0.0)
    cost = np.arange(STEPS + 1) * (most / STEPS)
    cost[:, -1:] = most
    paid = regime.net(cost)
    # Nobody must pay oneself: a president without pay owes nothing, a manager owes the minimum.
    unpaid = cost <= 0.0
    if regime.form == "sasu":
        contributions = np.where(unpaid, 0.0, paid.contributions)
        pay = np.where(unpaid, 0.0, paid.before_tax)
    else:
        contributions, pay = paid.contributions, paid.before_tax
    # What the minimum contributions of an unpaid manager cost, the company bears.
    profit = margin - np.maximum(cost, contributions)
    tax = corporate_tax(law, profit, at)
    dividends = np.maximum(profit - tax, 0.0)
    levies = dividends * law.value("pfu.rate", at)
    if regime.form == "eurl":
        free = law.convention("company.capital") * law.value(
            "dividends.contribution_free_share", at
        )
        bearing = np.maximum(dividends - free, 0.0)
        more = np.maximum(regime.net(cost + bearing).contributions - paid.contributions, 0.0)
        social = law.value("pfu.social_rate", at)
        levies = levies - bearing * social + more
    pay_kept = np.maximum(pay, 0.0)
    loss = np.minimum(profit, 0.0)
    left = pay_kept + dividends + loss - levies - added_tax(paid.taxable * ~unpaid)
    # The table has no president's pay too small to bear its own contributions; the step to the first that does is no pay.
    first = regime.curve["margin"][regime.curve["contributions"] > 0.0].min()
    real = unpaid | (paid.before_tax > 0.0) & (cost >= first)
    allowed = real & (paid.gross >= least_gross)
    # Where the margin does not allow it: as much pay as it can bear, which may be none.
    bearable = real & (cost == np.max(cost, axis=1, keepdims=True, where=real, initial=0.0))
    allowed = np.where(allowed.any(axis=1, keepdims=True), allowed, bearable)
    left = np.where(allowed, left, -np.inf)
    best = np.argmax(left, axis=1)[:, None]
    found = (
        np.take_along_axis(values, best, axis=1)[:, 0].tolist()
        for values in (pay_kept, tax, dividends, levies, contributions, left)
    )
    return [Mix(*values) for values in zip(*found, strict=True)]
