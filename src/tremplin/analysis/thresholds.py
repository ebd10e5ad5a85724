"""
The thresholds that turnover meets: the micro ceiling, the VAT exemption and its tolerance, the flat income tax.

CGI, 50-0 and 102 ter (ceilings, pro rata in the year of the start, lost after two years in a row), 293 B (VAT), 151-0.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.analysis.categories import ceiling_kind
from tremplin.analysis.dates import add_days, add_months
from tremplin.analysis.income.calendar import Curve, in_calendar_years, month_begins, stretches
from tremplin.analysis.income.forms import (
    flat_tax_income,
    flat_tax_open,
    micro_ceiling,
    micro_lost_on,
    over_ceiling,
)
from tremplin.model.profile import Profile
from tremplin.model.register import Register


@dataclass(frozen=True, slots=True)
class Crossing:
    """A yearly threshold and the first month whose turnover passes it."""

    threshold: float
    month: int | None
    """Counted from 1 at the start; None where it is not passed within twenty-four months."""
    begins: date | None
    """The first day of that month of activity."""


@dataclass(frozen=True, slots=True)
class CeilingYear:
    """One calendar year against the micro ceiling."""

    year: int
    turnover: float
    """What the days of activity in that year bring; one that goes on after month 24 is completed at its pace."""
    ceiling: float
    """Pro rata in the year of the start."""
    over: bool
    completed: bool
    """Whether the turnover was completed beyond the twenty-four months."""
    carried_over: bool
    """The ceiling of that year is not known: it is the latest one that is."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All thresholds of the project's category."""

    micro_ceiling: float
    """€ for a whole year, at the start date."""
    micro_ceiling_until: date | None
    """The last day for which the law sets it; None where no end is known."""
    years: tuple[CeilingYear, ...]
    micro_lost: date | None
    """The day the micro regime is lost, be it after the twenty-four months."""
    vat: Crossing
    vat_tolerance: Crossing
    flat_tax_ceiling: float
    """Household income a part up to which the flat income tax is open, € a year, at the start date."""
    flat_tax_income: float
    """The household's present income a part, €: what stands for that of two years before."""
    flat_tax_open: bool
    flat_tax_by: date
    """The last day, once the activity has started, to ask for the flat income tax of the year that follows."""

    @property
    def vat_due(self) -> date | None:
        """
        The first day on which VAT is to be invoiced, by the months of activity.

        The year that follows the one in which the exemption is passed; at once where the tolerance is passed before.
        """
        days = [
            *([date(self.vat.begins.year + 1, 1, 1)] if self.vat.begins else []),
            *([self.vat_tolerance.begins] if self.vat_tolerance.begins else []),
        ]
        return min(days, default=None)

    @property
    def micro_over(self) -> int | None:
        """The first calendar year whose turnover passes the micro ceiling."""
        return next((one.year for one in self.years if one.over), None)


def _crossing(profile: Profile, threshold: float) -> Crossing:
    """Find the month in which the turnover of a calendar year passes a threshold for the first time."""
    start, turnover = profile.project.start, Curve.of(profile).turnover
    for stretch in stretches(start):
        earned = 0.0
        for month in range(stretch.first, stretch.stop):
            earned += float(turnover[month])
            if earned > threshold:
                return Crossing(threshold, month + 1, month_begins(start, month))
    return Crossing(threshold, None, None)


def thresholds(profile: Profile, register: Register, as_of: date) -> Thresholds:
    """Hold the profile's own curve against the thresholds, at the rules of the start date."""
    start, curve = profile.project.start, Curve.of(profile)
    kind = ceiling_kind(profile.project.category)
    over = over_ceiling(profile, register, curve)
    ceiling = f"micro.ceiling.{kind}"
    at_start = register.rule(ceiling, at=start, latest=True)
    years = []
    turnover = in_calendar_years(start, curve.turnover)
    for stretch, amount, passed in zip(stretches(start), turnover, over, strict=True):
        years.append(
            CeilingYear(
                stretch.year,
                amount,
                micro_ceiling(profile, register, stretch),
                passed,
                stretch.open_end,
                not register.rule(ceiling, at=stretch.begins, latest=True).holds(stretch.begins),
            )
        )
    return Thresholds(
        micro_ceiling=at_start.value,
        micro_ceiling_until=at_start.valid_to,
        years=tuple(years),
        micro_lost=micro_lost_on(profile, register, curve),
        vat=_crossing(profile, register.value(f"vat.franchise.{kind}", at=start)),
        vat_tolerance=_crossing(profile, register.value(f"vat.tolerance.{kind}", at=start)),
        flat_tax_ceiling=register.value("micro.flat_income_tax.income_ceiling", at=start),
        flat_tax_income=flat_tax_income(profile, register, start, as_of),
        flat_tax_open=flat_tax_open(profile, register, start, as_of),
        flat_tax_by=_flat_tax_by(register, start, as_of),
    )


def _flat_tax_by(register: Register, start: date, as_of: date) -> date:
    """Find the first last day of the flat income tax's option that is before neither start nor report (CGI, 151-0)."""
    first = max(start, as_of)
    months = register.value("micro.flat_income_tax.option_months", at=start)
    days = (add_days(add_months(date(first.year + n, 1, 1), -months), -1) for n in (1, 2))
    return next(day for day in days if day >= first)
