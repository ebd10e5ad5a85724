"""
From turnover to pocket: where the euros of a year of activity go in a legal form.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.analysis.income.calendar import Curve
from tremplin.analysis.income.forms import year_of_activity
from tremplin.analysis.legal_form import Option
from tremplin.model.profile import Profile

PartId = Literal["turnover", "expenses", "contributions", "taxes", "left"]


@dataclass(frozen=True, slots=True)
class Part:
    """One amount on the way, €."""

    id: PartId
    amount: float


@dataclass(frozen=True, slots=True)
class Pocket:
    """The way of a year's turnover; a company shares its profit out in the way that leaves most."""

    parts: tuple[Part, ...]

    @property
    def begins(self) -> tuple[float, ...]:
        """Where each part begins on the way down from the turnover, €: what is left begins at nothing."""
        turnover = self.of("turnover")
        after_expenses = turnover - self.of("expenses")
        after_contributions = after_expenses - self.of("contributions")
        return (
            0.0,
            after_expenses,
            after_contributions,
            after_contributions - self.of("taxes"),
            0.0,
        )

    def of(self, id_: PartId) -> float:
        """Give the amount of a part."""
        return next(part.amount for part in self.parts if part.id == id_)


def pocket(profile: Profile, option: Option, year: int) -> Pocket:
    """Follow the turnover of the first or second year of activity."""
    turnover = float(Curve.of(profile).turnover[year_of_activity(year)].sum())
    return Pocket(
        (
            Part("turnover", turnover),
            Part("expenses", turnover - option.margin(year)),
            Part("contributions", option.contributions(year)),
            Part("taxes", option.taxes(year)),
            Part("left", option.best(year)),
        )
    )
