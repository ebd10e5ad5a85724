"""
From turnover to pocket: where the euros of a year of activity go in a legal form.
"""

from dataclasses import dataclass
from typing import Literal

from tremplin.case import Case
from tremplin.case.months import curve, year_of_activity
from tremplin.money.comparison import Option

PartId = Literal["turnover", "expenses", "partners", "contributions", "taxes", "left", "loss"]


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
        """Where each part begins on the way down from the turnover, €: what is left begins at nothing, as a loss does."""
        level, found = 0.0, []
        for part in self.parts:
            level = part.amount if part.id == "turnover" else level - part.amount
            found.append(0.0 if part.id in {"turnover", "left", "loss"} else level)
        return tuple(found)

    def of(self, id_: PartId) -> float:
        """Give the amount of a part, nothing where it is not on the way."""
        return next((part.amount for part in self.parts if part.id == id_), 0.0)


def pocket(case: Case, option: Option, year: int) -> Pocket:
    """Follow the turnover of the first or second year of activity; a company that loses ends in its loss."""
    turnover = float(curve(case).turnover[year_of_activity(year)].sum())
    of_others, loss = option.of_others(year), option.loss(year)
    return Pocket(
        (
            Part("turnover", turnover),
            Part("expenses", turnover - option.margin(year)),
            *([Part("partners", of_others)] if of_others else []),
            Part("contributions", option.contributions(year)),
            Part("taxes", option.taxes(year)),
            Part("loss", -loss) if loss else Part("left", option.best(year)),
        )
    )
