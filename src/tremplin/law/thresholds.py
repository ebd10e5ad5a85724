"""
The thresholds that turnover meets: the micro ceiling here, VAT and the flat income tax in rooms of their own.

CGI, 50-0 and 102 ter (ceilings, pro rata in the year of the start, lost after two years in a row).
"""

from dataclasses import dataclass
from datetime import date

from tremplin.case import Case, answer
from tremplin.case.months import Stretch, curve, in_calendar_years, stretches
from tremplin.law.categories import ceiling_kind, sales_and_services
from tremplin.law.flat_tax import flat_tax_by, flat_tax_from, flat_tax_income, flat_tax_open
from tremplin.law.vat import Crossing, vat, vat_due, vat_tolerance


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
    vat_due: date | None
    """The first day on which VAT is to be invoiced; None where it is not within the twenty-four months."""
    flat_tax_ceiling: float
    """Household income a part up to which the flat income tax is open, € a year, at the start date."""
    flat_tax_income: float
    """The household's present income a part, €: what stands for that of two years before."""
    flat_tax_open: bool
    flat_tax_by: date
    """The last day to ask for the flat income tax."""
    flat_tax_from: int
    """The first calendar year that it is then asked for."""

    @property
    def micro_over(self) -> int | None:
        """The first calendar year whose turnover passes the micro ceiling."""
        return next((one.year for one in self.years if one.over), None)


def micro_ceiling(case: Case, stretch: Stretch) -> float:
    """Give the turnover ceiling of the micro regime in a calendar year, pro rata in that of the start, €."""
    return mixed_ceiling(case, stretch.begins) * stretch.share_of_days


def mixed_ceiling(case: Case, at: date) -> float:
    """Give the turnover ceiling of the micro regime for a whole year, all activities together, €."""

    def ceiling(kind: str) -> float:
        return case.value(f"micro.ceiling.{kind}", at, latest=True)

    return sales_and_services(case.mix, ceiling_kind, ceiling)


@answer("thresholds.ceiling_years", "cgi_50_0", "cgi_102_ter")
def ceiling_years(case: Case) -> tuple[CeilingYear, ...]:
    """Hold the turnover of each calendar year against the micro ceiling; a year cut short counts as it goes on."""
    ceiling = f"micro.ceiling.{ceiling_kind(case.category)}"
    found = []
    parts = stretches(case.start)
    for stretch, amount in zip(parts, in_calendar_years(case, curve(case).turnover), strict=True):
        most = micro_ceiling(case, stretch)
        found.append(
            CeilingYear(
                stretch.year,
                amount,
                most,
                # To the cent: what the days of two years share out is put together again with an error of rounding.
                over=round(amount - most, 2) > 0,
                completed=stretch.open_end,
                carried_over=not case.rule(ceiling, stretch.begins, latest=True).holds(
                    stretch.begins
                ),
            )
        )
    return tuple(found)


@answer("thresholds.micro_lost", "cgi_50_0", "cgi_102_ter")
def micro_lost_on(case: Case) -> date | None:
    """
    Give the first of January on which the micro regime is lost, be it after the twenty-four months.

    It is after as many calendar years over the ceiling in a row as the law says (CGI, 50-0 and 102 ter).
    """
    needed = int(case.value("micro.ceiling.years_over"))
    over = [year.over for year in ceiling_years(case)]
    for number, stretch in enumerate(stretches(case.start), start=1):
        if number >= needed and all(over[number - needed : number]):
            return date(stretch.year + 1, 1, 1)
    return None


@answer("thresholds.micro_lost_from", "cgi_50_0", "cgi_102_ter")
def micro_lost_from(case: Case) -> int | None:
    """Give the month of activity, from 0, from which the micro regime is lost; None where it lasts all twenty-four."""
    lost = micro_lost_on(case)
    if lost is None:
        return None
    parts = stretches(case.start)
    return next((stretch.first for stretch in parts if stretch.year == lost.year), None)


@answer("thresholds", "cgi_50_0", "cgi_102_ter", "cgi_293_b", "cgi_151_0")
def thresholds(case: Case) -> Thresholds:
    """Hold the profile's own curve against the thresholds, at the rules of the start date."""
    years = ceiling_years(case)
    at_start = case.rule(f"micro.ceiling.{ceiling_kind(case.category)}", latest=True)
    return Thresholds(
        micro_ceiling=mixed_ceiling(case, case.start),
        micro_ceiling_until=at_start.valid_to,
        years=years,
        micro_lost=micro_lost_on(case),
        vat=vat(case),
        vat_tolerance=vat_tolerance(case),
        vat_due=vat_due(case),
        flat_tax_ceiling=case.value("micro.flat_income_tax.income_ceiling"),
        flat_tax_income=flat_tax_income(case, case.start),
        flat_tax_open=flat_tax_open(case, case.start),
        flat_tax_by=flat_tax_by(case),
        flat_tax_from=flat_tax_from(case),
    )
