"""
A company's profit: corporate tax, dividends, and the mix of pay and dividends that leaves most.

CGI, art. 219 (corporate tax, IS) and 200 A (flat tax on dividends, PFU); Code de la sécurité sociale, L136-8 (social levies)
and L131-6 (dividends of a majority manager that bear contributions beyond a tenth of the capital).

Whoever holds a share of the capital has that part of all that the company leaves: of its margin comes one's own pay, by
it the contributions are reckoned, and of the profit come one's own dividends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tremplin.case.arrays import Array, amounts
from tremplin.law.real import RealRegime
from tremplin.model.register import Lookup

STEPS = 200
"""Shares of the margin tried as pay: the best mix is found to half a percent of the margin."""
NOISE = 1e-6
"""€, what sums of floating point may be off by."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Into what a holder's part of a company's margins goes, arrays of one shape, €."""

    pay: Array
    """What the manager receives, before income tax."""
    taxable: Array
    """What income tax is computed on, before the deduction for wages."""
    gross: Array
    contributions: Array
    corporate_tax: Array
    dividends: Array
    """After corporate tax, before what the shareholder pays on them."""
    dividend_levies: Array
    """Flat tax, social levies and contributions on the dividends."""
    loss: Array
    """What the margin lacks; it is the company's, and nobody's income."""

    @property
    def before_tax(self) -> Array:
        """What reaches the person, before the income tax on pay."""
        return self.pay + self.dividends - self.dividend_levies


@dataclass(frozen=True, slots=True)
class Mix:
    """How a holder's part of a year's margin is shared out, €."""

    pay: float
    taxable: float
    contributions: float
    corporate_tax: float
    dividends: float
    dividend_levies: float
    loss: float
    income_tax: float
    """What the pay adds to the household's income tax."""

    @property
    def cost(self) -> float:
        """What the pay costs the company."""
        return self.pay + self.contributions

    @property
    def kept_of_dividends(self) -> float:
        """The dividends, once the shareholder has paid what they bear."""
        return self.dividends - self.dividend_levies

    @property
    def net_after_tax(self) -> float:
        """What is left to the person once the household's additional income tax is paid too: never below nothing."""
        return self.pay + self.kept_of_dividends - self.income_tax


def corporate_tax(law: Lookup, profit: ArrayLike, at: date) -> Array:
    """Give the corporate tax on a year's profit: at the reduced rate up to its ceiling, at the normal rate beyond."""
    earned = np.maximum(amounts(profit), 0.0)
    ceiling = law.value("is.reduced_profit", at)
    low = np.minimum(earned, ceiling) * law.value("is.reduced_rate", at)
    return low + np.maximum(earned - ceiling, 0.0) * law.value("is.rate", at)


@dataclass(frozen=True, slots=True)
class Company:
    """A company in a financial year of twelve months, as one of its holders sees it."""

    law: Lookup
    regime: RealRegime
    """How its manager pays contributions: like a majority manager (`eurl`) or an employee (`sasu`)."""
    at: date
    """The day whose rules hold."""
    share: float = 1.0
    """The holder's share of the capital, 0 to 1."""

    def parts(self, margins: ArrayLike, cost: ArrayLike) -> Parts:
        """
        Share out margins of the company.

        Args:
            margins: turnover less expenses, before anybody's pay, €.
            cost: what of the holder's part of them is to pay that holder, €; too little for any pay is none.

        """
        value, at = self.law.value, self.at
        own = self.share * amounts(margins)
        paid = self.regime.net(cost)
        # What the minimum contributions of an unpaid manager cost, the company bears.
        profit = own - paid.before_tax - paid.contributions
        profit = np.where(np.abs(profit) < NOISE, 0.0, profit)
        whole = profit / self.share if self.share else profit
        tax = self.share * corporate_tax(self.law, whole, at)
        dividends = np.maximum(profit - tax, 0.0)
        levies = dividends * value("pfu.rate", at)
        if self.regime.form == "eurl":
            capital = self.share * self.law.convention("company.capital")
            free = capital * value("dividends.contribution_free_share", at)
            bearing = np.maximum(dividends - free, 0.0)
            more = self.regime.net(cost + bearing).contributions - paid.contributions
            social = value("pfu.social_rate", at)
            levies = levies - bearing * social + np.maximum(more, 0.0)
        return Parts(
            pay=paid.before_tax,
            taxable=paid.taxable,
            gross=paid.gross,
            contributions=paid.contributions,
            corporate_tax=tax,
            dividends=dividends,
            dividend_levies=levies,
            loss=np.maximum(-profit, 0.0),
        )

    def best(
        self,
        margins: ArrayLike,
        added_tax: Callable[[Array], Array],
        *,
        least_gross: float = 0.0,
    ) -> list[Mix]:
        """
        Find for each of some margins the mix of pay and dividends that leaves the holder most.

        Args:
            margins: turnover less expenses, before pay, €.
            added_tax: gives the household's additional income tax for amounts of taxable pay.
            least_gross: gross pay (SASU) or income (EURL) a year that the mix must reach if the margin allows it,
                so that social cover does not depend on dividends, which give none.

        """
        margin = amounts(margins)[:, None]
        most = self.share * np.maximum(margin, 0.0)
        cost = np.arange(STEPS + 1) * (most / STEPS)
        cost[:, -1:] = most
        found = self.parts(margin, cost)
        tax = added_tax(found.taxable)
        # Pay too small to bear its own contributions is the same as none.
        real = (cost <= 0.0) | (found.pay > 0.0)
        allowed = real & (found.gross >= least_gross)
        # Where the margin does not allow it: as much pay as it can bear, which may be none.
        bearable = real & (cost == np.max(cost, axis=1, keepdims=True, where=real, initial=0.0))
        allowed = np.where(allowed.any(axis=1, keepdims=True), allowed, bearable)
        left = np.where(allowed, found.before_tax - found.loss - tax, -np.inf)
        return _mixes(found, tax, np.argmax(left, axis=1)[:, None])

    def all_as_pay(self, margins: ArrayLike, added_tax: Callable[[Array], Array]) -> list[Mix]:
        """Give the mixes of a company that pays as much as it can, whatever dividends would leave."""
        margin = amounts(margins)[:, None]
        found = self.parts(margin, self.share * np.maximum(margin, 0.0))
        return _mixes(found, added_tax(found.taxable), np.zeros(margin.shape, dtype=np.intp))


def _mixes(found: Parts, income_tax: Array, chosen: NDArray[np.intp]) -> list[Mix]:
    """Pick a column of each row."""
    columns = (
        np.take_along_axis(np.broadcast_to(values, income_tax.shape), chosen, axis=1)[:, 0].tolist()
        for values in (
            found.pay,
            found.taxable,
            found.contributions,
            found.corporate_tax,
            found.dividends,
            found.dividend_levies,
            found.loss,
            income_tax,
        )
    )
    return [Mix(*values) for values in zip(*columns, strict=True)]
