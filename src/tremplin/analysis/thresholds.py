"""
The thresholds that turnover meets: the micro ceiling, the VAT exemption and its tolerance, the flat income tax.

CGI, 50-0 and 102 ter (ceilings, pro rata in the year of the start, lost after two years in a row), 293 B (VAT), 151-0.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.analysis.categories import ceiling_kind
from tremplin.analysis.income.calendar import Curve, month_begins, stretches
from tremplin.analysis.income.forms import (
    flat_tax_open,
    micro_ceiling,
    micro_lost_from,
    over_ceiling,
)
from tremplin.analysis.income.household import JobPath, TaxedHousehold
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
    """What the months of activity of that year bring; one that goes on after month 24 is completed at its pace."""
    ceiling: float
    """Pro rata in the year of the start."""
    over: bool
    completed: bool
    """Whether the turnover was completed beyond the twenty-four months."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All thresholds of the project's category."""

    micro_ceiling: float
    """€ for a whole year, at the start date."""
    years: tuple[CeilingYear, ...]
    micro_lost: date | None
    """The day the micro regime is lost within the twenty-four months."""
    vat: Crossing
    vat_tolerance: Crossing
    flat_tax_ceiling: float
    """Household income a part up to which the flat income tax is open, € a year, at the start date."""
    flat_tax_income: float
    """The household's income a part, without the project, €: what stands for that of two years before."""
    flat_tax_open: bool

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


def thresholds(profile: Profile, register: Register, job: JobPath) -> Thresholds:
    """Hold the profile's own curve against the thresholds, at the rules of the start date."""
    start, curve = profile.project.start, Curve.of(profile)
    kind = ceiling_kind(profile.project.category)
    over = over_ceiling(profile, register, curve)
    years = []
    for stretch, passed in zip(stretches(start), over, strict=True):
        turnover = float(curve.turnover[stretch.months].sum())
        years.append(
            CeilingYear(
                stretch.year,
                turnover / stretch.years if stretch.open_end else turnover,
                micro_ceiling(profile, register, stretch),
                passed,
                stretch.open_end,
            )
        )
    lost = micro_lost_from(profile, register, curve)
    household = TaxedHousehold.of(profile, register, job, stretches(start)[0])
    return Thresholds(
        micro_ceiling=register.value(f"micro.ceiling.{kind}", at=start),
        years=tuple(years),
        micro_lost=None if lost is None else month_begins(start, lost),
        vat=_crossing(profile, register.value(f"vat.franchise.{kind}", at=start)),
        vat_tolerance=_crossing(profile, register.value(f"vat.tolerance.{kind}", at=start)),
        flat_tax_ceiling=register.value("micro.flat_income_tax.income_ceiling", at=start),
        flat_tax_income=float(household.taxable()) / household.parts,
        flat_tax_open=flat_tax_open(register, household, start),
    )
