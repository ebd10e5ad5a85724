"""
The micro regime: social contributions on turnover, training, chamber tax, ACRE, overseas rates, flat income tax.

Code de la sécurité sociale, D613-4 (rates), D131-6-3 (ACRE: by the day of the start, rounded up to a tenth of a point,
on turnover up to a cap), D756-5 (overseas: by quarter, likewise); Code du travail, L6331-48 (training); CGI, 50-0, 102 ter (abatements) and 151-0 (flat tax).
Of several activities each has its own rates.
Contributions are due on turnover received, whatever the expenses, and none without turnover.
"""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import Array, amounts
from tremplin.case.dates import quarter_end, share_of_year
from tremplin.law.categories import LIBERAL, ceiling_kind, mix_of, tax_kind, weighted
from tremplin.model.profile import Category, CategoryMix
from tremplin.model.register import Lookup

Relief = Literal["acre", "overseas"]
"""What reduces the rates of the first years."""

TENTHS_OF_A_POINT = 1000
DIGITS = 9
"""Decimals kept before rounding up, so that 0.159 stored as a float stays 15.9 %."""


@dataclass(frozen=True, slots=True)
class MicroRates:
    """What a micro-enterprise pays, as shares of turnover; each is a number, or an array of months."""

    contributions: float | Array
    reduced: float | Array
    """Social contributions under ACRE or overseas; the same as `contributions` without them."""
    reduced_up_to: float | Array
    """Turnover a year on which they are reduced, €."""
    training: float | Array
    chamber_tax: float | Array

    @property
    def total(self) -> float | Array:
        """All shares together, nothing reduced."""
        return self.contributions + self.training + self.chamber_tax

    def of_year(self, turnover: ArrayLike) -> Array:
        """Give all that is due on twelve equal months, from their turnover together, €."""
        earned = amounts(turnover)
        return self.due(earned, np.minimum(earned, self.reduced_up_to), declarations=12)

    def unrounded(self, turnover: ArrayLike, relieved: ArrayLike) -> Array:
        """Give all that is due on turnover, of which a part pays the reduced rate, to the cent: without its steps, for curves."""
        earned, spared = amounts(turnover), amounts(relieved)
        return amounts(self.total * earned - (self.contributions - self.reduced) * spared)

    def due(self, turnover: ArrayLike, relieved: ArrayLike, *, declarations: int = 1) -> Array:
        """
        Give all that is due on turnover, of which a part pays the reduced rate, €.

        Contributions and chamber tax are rounded to the euro in each declaration, as in Urssaf's rule base:
        so two turnovers a few euros apart may differ by some euros the other way round.
        """
        earned, spared = amounts(turnover), amounts(relieved)
        social = self.contributions * (earned - spared) + self.reduced * spared
        taxed = self.chamber_tax * earned
        if declarations > 1:
            social, taxed = social / declarations, taxed / declarations
        rounded = np.floor(social + 0.5), np.floor(taxed + 0.5)
        if declarations > 1:
            rounded = declarations * rounded[0], declarations * rounded[1]
        return amounts(rounded[0] + rounded[1] + self.training * earned)


def acre_rate(law: Lookup, activities: Category | CategoryMix, at: date, start: date) -> float:
    """Give the rate of social contributions under ACRE, of several activities their mean by turnover."""
    return weighted(activities, lambda category: _acre_rate(law, category, at, start))


def _acre_rate(law: Lookup, category: Category, at: date, start: date) -> float:
    """
    Give the rate of social contributions under ACRE: the normal rate of the day less the share of the start date.

    The law rounds it up to a tenth of a point (D131-6-3).
    """
    normal = law.value(f"micro.contributions.{category}", at)
    kept = 1 - law.value("acre.micro.factor", start)
    return _rounded_up(normal * kept)


def overseas_rate(law: Lookup, activities: Category | CategoryMix, at: date, start: date) -> float:
    """Give the overseas rate of social contributions, of several activities their mean by turnover."""
    return weighted(activities, lambda category: _overseas_rate(law, category, at, start))


def _overseas_rate(law: Lookup, category: Category, at: date, start: date) -> float:
    """
    Give the overseas rate of social contributions: a part of the normal rate of the day, rounded up likewise (D756-5).

    The smallest until the end of the seventh civil quarter after that of the start, then until the end of the third
    civil year, and the last one from then on.
    """
    if at <= quarter_end(start, law.value("overseas.micro.full_quarters", start)):
        own = ".cipav" if category == "liberal_cipav" else ""
        factor = law.value(f"overseas.micro.first_factor{own}", at)
    elif at.year < start.year + law.value("overseas.micro.years", start):
        factor = law.value("overseas.micro.second_factor", at)
    else:
        factor = law.value("overseas.micro.later_factor", at)
    return _rounded_up(factor * law.value(f"micro.contributions.{category}", at))


def _rounded_up(rate: float) -> float:
    """Round a rate up to a tenth of a point."""
    return math.ceil(round(rate * TENTHS_OF_A_POINT, DIGITS)) / TENTHS_OF_A_POINT


def acre_ends(law: Lookup, start: date) -> date:
    """Give the last day of ACRE: the end of the third full civil quarter after that of the start."""
    return quarter_end(start, law.value("acre.micro.full_quarters", start))


def micro_rates(
    law: Lookup, activities: Category | CategoryMix, at: date, start: date, *, relief: Relief | None
) -> MicroRates:
    """
    Give the rates on a day, of several activities their means by turnover.

    Args:
        law: where the rules are read.
        activities: the category of the project, or those of its activities.
        at: the day whose rates are asked for.
        start: the day the business started, which fixes the rate of ACRE.
        relief: ACRE if it was obtained, which counts until its last day, or the overseas rates.

    """
    mix = mix_of(activities)
    found = [_rates(law, part.category, at, start, relief) for part in mix]
    if len(found) == 1:
        return found[0]

    def mean(name: str) -> float:
        return math.fsum(
            part.share * getattr(one, name) for part, one in zip(mix, found, strict=True)
        )

    # Each activity's cap is what makes an income of the ceiling: together they do at this turnover.
    capped = all(one.reduced_up_to for one in found)
    parts = sum(
        part.share / one.reduced_up_to for part, one in zip(mix, found, strict=True) if capped
    )
    return MicroRates(
        contributions=mean("contributions"),
        reduced=mean("reduced"),
        reduced_up_to=1 / parts if capped else 0.0,
        training=mean("training"),
        chamber_tax=mean("chamber_tax"),
    )


def _rates(
    law: Lookup, category: Category, at: date, start: date, relief: Relief | None
) -> MicroRates:
    normal = law.value(f"micro.contributions.{category}", at)
    reduced, up_to = normal, 0.0
    if relief == "overseas":
        reduced = _overseas_rate(law, category, at, start)
        up_to = law.value(f"micro.ceiling.{ceiling_kind(category)}", at, latest=True)
        up_to *= share_of_year(start) if at.year == start.year else 1.0
    elif relief == "acre" and category != "tourist_let" and at <= acre_ends(law, start):
        # An unclassified let owes nothing on turnover that could be reduced.
        reduced = _acre_rate(law, category, at, start)
        up_to = law.value(f"acre.micro.turnover_cap.{tax_kind(category)}", at)
    # The chambers of trades and commerce tax no liberal profession.
    chamber = 0.0 if category in LIBERAL else law.value(f"micro.chamber_tax.{category}", at)
    return MicroRates(
        contributions=normal,
        reduced=reduced,
        reduced_up_to=up_to,
        training=law.value(f"micro.training.{category}", at),
        chamber_tax=chamber,
    )


def abatement(law: Lookup, activities: Category | CategoryMix, at: date) -> float:
    """Give the share of the turnover that the tax takes for expenses, of several activities its mean by turnover."""
    return weighted(
        activities, lambda category: law.value(f"micro.abatement.{tax_kind(category)}", at)
    )


def micro_taxable(
    law: Lookup, activities: Category | CategoryMix, turnover: ArrayLike, at: date
) -> Array:
    """Give the taxable profit of a year: turnover less the abatement, which has a minimum, higher for several kinds."""
    earned = amounts(turnover)
    kinds = {tax_kind(part.category) for part in mix_of(activities)}
    mixed = "_mixed" if len(kinds) > 1 else ""
    least = law.value(f"micro.abatement.minimum{mixed}", at)
    taken = np.maximum(abatement(law, activities, at) * earned, least)
    return np.maximum(earned - taken, 0.0)


def flat_tax(
    law: Lookup, activities: Category | CategoryMix, turnover: ArrayLike, at: date
) -> Array:
    """Give the flat income tax (versement libératoire) of a year's turnover, €."""
    rate = weighted(
        activities, lambda category: law.value(f"micro.flat_income_tax.{tax_kind(category)}", at)
    )
    return rate * amounts(turnover)
