"""
From turnover to pocket: where the euros of a year of activity go in a legal form.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.case import Case
from tremplin.case.months import curve, year_of_activity
from tremplin.money.comparison import Option

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


def pocket(case: Case, option: Option, year: int) -> Pocket:
    """Follow the turnover of the first or second year of activity."""
    turnover = float(curve(case).turnover[year_of_activity(year)].sum())
    return Pocket(
        (
            Part("turnover", turnover),
            Part("expenses", turnover - option.margin(year)),
            Part("contributions", option.contributions(year)),
            Part("taxes", option.taxes(year)),
            Part("left", option.best(year)),
        )
    )
