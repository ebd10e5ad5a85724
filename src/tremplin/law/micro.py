"""
The micro regime: social contributions on turnover, training, chamber tax, ACRE, flat income tax.

Code de la sécurité sociale, D613-4 (rates), D131-6-3 (ACRE: by the day of the start, rounded up to a tenth of a point,
on turnover up to a cap); Code du travail, L6331-48 (training); CGI, 50-0, 102 ter (abatements) and 151-0 (flat tax).
Contributions are due on turnover received, whatever the expenses, and none without turnover.
"""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import Array, amounts
from tremplin.case.dates import quarter_end
from tremplin.law.categories import LIBERAL, tax_kind
from tremplin.model.profile import Category
from tremplin.model.register import Lookup

TENTHS_OF_A_POINT = 1000
DIGITS = 9
"""Decimals kept before rounding up, so that 0.159 stored as a float stays 15.9 %."""


@dataclass(frozen=True, slots=True)
class MicroRates:
    """What a micro-enterprise pays, as shares of turnover; each is a number, or an array of months."""

    contributions: float | Array
    reduced: float | Array
    """Social contributions under ACRE; the same as `contributions` without it."""
    reduced_up_to: float | Array
    """Turnover a year on which they are reduced, €."""
    training: float | Array
    chamber_tax: float | Array

    @property
    def total(self) -> float | Array:
        """All shares together, without ACRE."""
        return self.contributions + self.training + self.chamber_tax

    def of_year(self, turnover: ArrayLike) -> Array:
        """Give all that is due on twelve equal months, from their turnover together, €."""
        earned = amounts(turnover)
        return self.due(earned, np.minimum(earned, self.reduced_up_to), declarations=12)

    def unrounded(self, turnover: ArrayLike, under_acre: ArrayLike) -> Array:
        """Give all that is due on turnover, of which a part is under ACRE, to the cent: without its steps, for curves."""
        earned, spared = amounts(turnover), amounts(under_acre)
        return amounts(self.total * earned - (self.contributions - self.reduced) * spared)

    def due(self, turnover: ArrayLike, under_acre: ArrayLike, *, declarations: int = 1) -> Array:
        """
        Give all that is due on turnover, of which a part is under ACRE, €.

        Contributions and chamber tax are rounded to the euro in each declaration, as in Urssaf's rule base:
        so two turnovers a few euros apart may differ by some euros the other way round.
        """
        earned, spared = amounts(turnover), amounts(under_acre)
        social = self.contributions * (earned - spared) + self.reduced * spared
        rounded = [
            declarations * np.floor(amount / declarations + 0.5)
            for amount in (social, self.chamber_tax * earned)
        ]
        return amounts(rounded[0] + rounded[1] + self.training * earned)


def acre_rate(law: Lookup, category: Category, at: date, start: date) -> float:
    """
    Give the rate of social contributions under ACRE: the normal rate of the day less the share of the start date.

    The law rounds it up to a tenth of a point (D131-6-3).
    """
    normal = law.value(f"micro.contributions.{category}", at)
    kept = 1 - law.value("acre.micro.factor", start)
    return math.ceil(round(normal * kept * TENTHS_OF_A_POINT, DIGITS)) / TENTHS_OF_A_POINT


def acre_ends(law: Lookup, start: date) -> date:
    """Give the last day of ACRE: the end of the third full civil quarter after that of the start."""
    return quarter_end(start, law.value("acre.micro.full_quarters", start))


def micro_rates(
    law: Lookup, category: Category, at: date, start: date, *, acre: bool
) -> MicroRates:
    """
    Give the rates on a day.

    Args:
        law: where the rules are read.
        category: the category of the project.
        at: the day whose rates are asked for.
        start: the day the business started, which fixes the rate of ACRE.
        acre: whether ACRE was obtained; it counts until its last day.

    """
    normal = law.value(f"micro.contributions.{category}", at)
    reduced = acre and at <= acre_ends(law, start)
    # The chambers of trades and commerce tax no liberal profession.
    chamber = 0.0 if category in LIBERAL else law.value(f"micro.chamber_tax.{category}", at)
    return MicroRates(
        contributions=normal,
        reduced=acre_rate(law, category, at, start) if reduced else normal,
        reduced_up_to=law.value(f"acre.micro.turnover_cap.{tax_kind(category)}", at)
        if reduced
        else 0.0,
        training=law.value(f"micro.training.{category}", at),
        chamber_tax=chamber,
    )


def micro_taxable(law: Lookup, category: Category, turnover: ArrayLike, at: date) -> Array:
    """Give the taxable profit of a year: turnover less the abatement, which has a minimum."""
    earned = amounts(turnover)
    abatement = law.value(f"micro.abatement.{tax_kind(category)}", at) * earned
    least = law.value("micro.abatement.minimum", at)
    return np.maximum(earned - np.maximum(abatement, least), 0.0)


def flat_tax(law: Lookup, category: Category, turnover: ArrayLike, at: date) -> Array:
    """Give the flat income tax (versement libératoire) of a year's turnover, €."""
    return law.value(f"micro.flat_income_tax.{tax_kind(category)}", at) * amounts(turnover)
