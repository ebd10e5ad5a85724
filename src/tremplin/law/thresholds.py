"""
The thresholds that turnover meets: the micro ceiling, the VAT exemption and its tolerance, the flat income tax.

CGI, 50-0 and 102 ter (ceilings, pro rata in the year of the start, lost after two years in a row), 293 B (VAT), 151-0.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.case.declared import Todo, finding, step
from tremplin.case.months import Stretch, curve, in_calendar_years, month_begins, stretches
from tremplin.law.categories import ceiling_kind
from tremplin.law.household import household_today


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
    vat_due: date | None
    """The first day on which VAT is to be invoiced; None where it is not within the twenty-four months."""
    flat_tax_ceiling: float
    """Household income a part up to which the flat income tax is open, € a year, at the start date."""
    flat_tax_income: float
    """The household's present income a part, €: what stands for that of two years before."""
    flat_tax_open: bool
    flat_tax_by: date
    """The last day, once the activity has started, to ask for the flat income tax of the year that follows."""

    @property
    def micro_over(self) -> int | None:
        """The first calendar year whose turnover passes the micro ceiling."""
        return next((one.year for one in self.years if one.over), None)


def _crossing(case: Case, threshold: float) -> Crossing:
    """Find the month in which the turnover of a calendar year passes a threshold for the first time."""
    turnover = curve(case).turnover
    for stretch in stretches(case.start):
        earned = 0.0
        for month in range(stretch.first, stretch.stop):
            earned += float(turnover[month])
            if earned > threshold:
                return Crossing(threshold, month + 1, month_begins(case.start, month))
    return Crossing(threshold, None, None)


@answer("thresholds.vat", "cgi_293_b")
def vat(case: Case) -> Crossing:
    """Find when turnover passes the exemption from VAT: it is charged from the following year (CGI, 293 B)."""
    return _crossing(case, case.value(f"vat.franchise.{ceiling_kind(case.category)}"))


@answer("thresholds.vat_tolerance", "cgi_293_b")
def vat_tolerance(case: Case) -> Crossing:
    """Find when turnover passes the tolerance: VAT is charged from then on (CGI, 293 B)."""
    return _crossing(case, case.value(f"vat.tolerance.{ceiling_kind(case.category)}"))


def vat_due(case: Case) -> date | None:
    """
    Give the first day on which VAT is to be invoiced, by the months of activity.

    The year that follows the one in which the exemption is passed; at once where the tolerance is passed before.
    """
    passed, at_once = vat(case).begins, vat_tolerance(case).begins
    next_year = None if passed is None else date(passed.year + 1, 1, 1)
    return min((day for day in (next_year, at_once) if day), default=None)


def micro_ceiling(case: Case, stretch: Stretch) -> float:
    """Give the turnover ceiling of the micro regime in a calendar year, pro rata in that of the start, €."""
    kind = ceiling_kind(case.category)
    whole = case.value(f"micro.ceiling.{kind}", stretch.begins, latest=True)
    return whole * stretch.share_of_days


@answer("thresholds.ceiling_years", "cgi_50_0", "cgi_102_ter")
def ceiling_years(case: Case) -> tuple[CeilingYear, ...]:
    """Hold the turnover of each calendar year against the micro ceiling; a year cut short counts as it goes on."""
    ceiling = f"micro.ceiling.{ceiling_kind(case.category)}"
    found = []
    parts = stretches(case.start)
    for stretch, amount in zip(
        parts, in_calendar_years(case.start, curve(case).turnover), strict=True
    ):
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


@answer("flat_tax.income", "cgi_151_0")
def flat_tax_income(case: Case, at: date) -> float:
    """
    Give the household's income a part that decides on the flat income tax, € (CGI, 151-0).

    The law looks at the reference income of two years before; it is not known, so twelve months of the present salary
    and of the household's other income stand for it, whatever leave or exit is planned. Of a contract that ended
    before the day of the report there is no present salary: the benefit, where it is known, takes its place.
    """
    today = household_today(case, at)
    return float(today.taxable()) / today.parts


@answer("flat_tax.open", "cgi_151_0")
def flat_tax_open(case: Case, at: date) -> bool:
    """Tell whether the flat income tax may be chosen in a year (CGI, 151-0)."""
    ceiling = case.value("micro.flat_income_tax.income_ceiling", at)
    return flat_tax_income(case, at) <= ceiling


@answer("flat_tax.option_by", "cgi_151_0")
def flat_tax_by(case: Case) -> date:
    """Find the first last day of the flat income tax's option that is before neither start nor report (CGI, 151-0)."""
    first = max(case.start, case.as_of)
    months = case.value("micro.flat_income_tax.option_months")
    days = (add_days(add_months(date(first.year + n, 1, 1), -months), -1) for n in (1, 2))
    return next(day for day in days if day >= first)


@answer("thresholds", "cgi_50_0", "cgi_102_ter", "cgi_293_b", "cgi_151_0")
def thresholds(case: Case) -> Thresholds:
    """Hold the profile's own curve against the thresholds, at the rules of the start date."""
    years = ceiling_years(case)
    at_start = case.rule(f"micro.ceiling.{ceiling_kind(case.category)}", latest=True)
    return Thresholds(
        micro_ceiling=at_start.value,
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
    )


@finding("vat_threshold")
def _vat_threshold(case: Case) -> bool:
    """Turnover passes the exemption from VAT within twenty-four months."""
    return vat(case).month is not None


@step("vat")
def _vat(case: Case) -> Todo | None:
    """Prepare the first invoices with VAT."""
    due = vat_due(case)
    return None if due is None else Todo(due=due)
