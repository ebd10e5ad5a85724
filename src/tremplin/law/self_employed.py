"""
The contributions of the self-employed at the real regime: sole traders, and majority managers of a company on their pay.

One base serves them all since the income of 2025: the profit before contributions, less an abatement (Code de la
sécurité sociale, L131-6, L136-3 and D136-5; loi 2023-1250, art. 18). On it: sickness and maternity (D621-1 and D621-2),
daily allowances (D621-3), family allowances (D613-1), basic pension (D633-2 and D633-3), complementary pension (D635-7),
invalidity and death (D632-1), CSG and CRDS (L136-8); training by the ceiling alone (Code du travail, L6331-48). The
regulated professions of the Cipav have pensions of their own (D642-3; décret 79-262). ACRE: D131-6-1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import inf
from typing import Protocol

import numpy as np

from tremplin.case.arrays import Array
from tremplin.law.net import Net
from tremplin.model.profile import Category
from tremplin.model.register import Lookup

CIPAV = frozenset({"liberal_cipav"})
"""Categories whose pensions are those of the Cipav."""
CRAFTS = frozenset({"craft_sale", "craft_service"})
"""Categories that pay more for training."""
HEALTH_STEPS = 6


class Contribution(Protocol):
    """One contribution on the base of a year."""

    @property
    def bends(self) -> Sequence[float]:
        """The bases at which it takes another course, €."""
        ...

    def on(self, base: Array) -> Array:
        """Give what is due on bases, € a year."""
        ...


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A rate for each part of the base, from the least base that is reckoned with."""

    rates: tuple[float, ...]
    limits: tuple[float, ...]
    """Where each rate ends, €."""
    least: float = 0.0

    @property
    def bends(self) -> Sequence[float]:
        """The bases at which it takes another course, €."""
        return (self.least, *(limit for limit in self.limits if limit < inf))

    def on(self, base: Array) -> Array:
        """Give what is due on bases, € a year."""
        reckoned, due, lower = np.maximum(base, self.least), np.zeros_like(base), 0.0
        for rate, limit in zip(self.rates, self.limits, strict=True):
            due = due + rate * np.clip(reckoned - lower, 0.0, limit - lower)
            lower = limit
        return due


@dataclass(frozen=True, slots=True)
class Progressive:
    """One rate for the whole base, which rises with it from step to step, and another for what is beyond the last step."""

    rates: tuple[float, ...]
    steps: tuple[float, ...]
    """The bases at which each rate is reached, €."""
    above: float

    @property
    def bends(self) -> Sequence[float]:
        """The bases at which it takes another course, €."""
        return self.steps

    def on(self, base: Array) -> Array:
        """Give what is due on bases, € a year."""
        below = np.minimum(base, self.steps[-1])
        return np.asarray(
            below * np.interp(below, self.steps, self.rates) + self.above * (base - below)
        )


@dataclass(frozen=True, slots=True)
class SelfEmployed:
    """What the self-employed of a category owe on a year under the rules of one day."""

    pays_wages: bool
    """Whether the margin is what a company pays its manager for, and not the profit itself."""
    abatement: float
    abatement_least: float
    abatement_most: float
    reduced: tuple[Contribution, ...]
    """The contributions that ACRE reduces."""
    whole: tuple[Contribution, ...]
    """Those that it leaves alone."""
    training: float
    not_deductible: float
    """The share of the base that is CSG and CRDS which the tax does not let deduct."""
    acre_full: float
    """The base up to which ACRE spares the whole of its share, €."""
    acre_none: float

    @classmethod
    def at(cls, law: Lookup, category: Category, day: date, *, pays_wages: bool) -> "SelfEmployed":
        """Give what a category owes on a day."""
        value = partial(law.value, at=day)
        ceiling = value("pass")
        of_profession = _of_cipav if category in CIPAV else _of_trade
        pension, complementary, disability, daily = of_profession(law, day, ceiling)
        steps = range(1, HEALTH_STEPS + 1)
        health = Progressive(
            tuple(value(f"self_employed.health.step_{step}.rate") for step in steps),
            tuple(value(f"self_employed.health.step_{step}.threshold") * ceiling for step in steps),
            value("self_employed.health.rate_above"),
        )
        family = Progressive(
            (0.0, value("self_employed.family.rate")),
            (
                value("self_employed.family.from") * ceiling,
                value("self_employed.family.full") * ceiling,
            ),
            value("self_employed.family.rate"),
        )
        training = (
            "self_employed.training.share_craft"
            if category in CRAFTS
            else "self_employed.training.share"
        )
        return cls(
            pays_wages=pays_wages,
            abatement=value("self_employed.base.abatement"),
            abatement_least=value("self_employed.base.abatement_least") * ceiling,
            abatement_most=value("self_employed.base.abatement_most") * ceiling,
            reduced=(health, daily, family, pension, disability),
            whole=(complementary, Bracketed((value("self_employed.csg.rate"),), (inf,))),
            training=value(training) * ceiling,
            not_deductible=value("self_employed.csg.not_deductible"),
            acre_full=value("acre.general.full_income"),
            acre_none=ceiling,
        )

    @property
    def bends(self) -> Array:
        """The margins at which contributions take another course, €."""
        of_base = [bend for one in (*self.reduced, *self.whole) for bend in one.bends]
        base = np.array([0.0, *of_base, self.acre_full, self.acre_none])
        abated = self.abatement / (1 - self.abatement) * base
        return np.unique(base + np.clip(abated, self.abatement_least, self.abatement_most))

    def net(self, margin: Array, acre_share: float) -> Net:
        """
        Give what margins of a whole year leave, none below nothing.

        Args:
            margin: turnover less expenses, €.
            acre_share: the share of its contributions that ACRE spares at most; 0 without ACRE.

        """
        abated = np.clip(self.abatement * margin, self.abatement_least, self.abatement_most)
        base = np.maximum(margin - abated, 0.0)
        due = self.training + sum(one.on(base) for one in (*self.reduced, *self.whole))
        contributions = due - acre_share * self.acre_base(base)
        left = margin - contributions
        taxable = np.maximum(left + self.not_deductible * base, 0.0)
        if not self.pays_wages:
            return Net(contributions, left, taxable, base)
        # A manager whom the margin cannot pay is paid nothing, and the company owes the minimum.
        paid = left > 0.0
        return Net(contributions, *(np.where(paid, one, 0.0) for one in (left, taxable, base)))

    def acre_base(self, base: Array) -> Array:
        """
        Give what ACRE takes its share of: the contributions up to ¾ of the ceiling, then less and less of these.

        Beyond, it is what a base of ¾ of the ceiling is spared, in proportion to what the base lacks to the ceiling.
        """
        most = np.minimum(base, self.acre_full)
        fading = np.clip((self.acre_none - base) / (self.acre_none - self.acre_full), 0.0, 1.0)
        return np.asarray(fading * sum(one.on(most) for one in self.reduced))


def _of_trade(law: Lookup, day: date, ceiling: float) -> tuple[Bracketed, ...]:
    """Give pension, complementary pension, invalidity and death, and daily allowances of crafts, trade and free professions."""
    value = partial(law.value, at=day)
    return (
        Bracketed(
            (value("self_employed.pension.rate"), value("self_employed.pension.rate_above")),
            (ceiling, inf),
            value("self_employed.pension.minimum_base"),
        ),
        Bracketed(
            (
                value("self_employed.complementary.rate"),
                value("self_employed.complementary.rate_above"),
            ),
            (ceiling, value("self_employed.complementary.most") * ceiling),
        ),
        Bracketed(
            (value("self_employed.disability.rate"),),
            (ceiling,),
            value("self_employed.disability.minimum_share") * ceiling,
        ),
        _daily(law, day, ceiling, ""),
    )


def _of_cipav(law: Lookup, day: date, ceiling: float) -> tuple[Bracketed, ...]:
    """Give the same of the professions of the Cipav."""
    value = partial(law.value, at=day)
    return (
        Bracketed(
            (
                value("cipav.pension.rate") + value("cipav.pension.rate_all"),
                value("cipav.pension.rate_all"),
            ),
            (ceiling, value("cipav.pension.most") * ceiling),
            value("self_employed.pension.minimum_base"),
        ),
        Bracketed(
            (value("cipav.complementary.rate"), value("cipav.complementary.rate_above")),
            (ceiling, value("cipav.complementary.most") * ceiling),
        ),
        Bracketed(
            (value("cipav.disability.rate"),),
            (value("cipav.disability.most") * ceiling,),
            value("cipav.disability.least") * ceiling,
        ),
        _daily(law, day, ceiling, ".cipav"),
    )


def _daily(law: Lookup, day: date, ceiling: float, kind: str) -> Bracketed:
    """Give the daily allowances, of the Cipav where the ids of their rates end so."""
    value = partial(law.value, at=day)
    return Bracketed(
        (value(f"self_employed.daily_allowance.rate{kind}"),),
        (value(f"self_employed.daily_allowance.most{kind}") * ceiling,),
        value("self_employed.daily_allowance.minimum_share") * ceiling,
    )
