"""
VAT: the exemption of small businesses, its threshold and its tolerance, and the day on which it ends.

CGI, 293 B (thresholds) and 293 D (pro rata in the year of the start); from 2027 on the same in the CIBS, L223-1 and following.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.case import Case, answer
from tremplin.case.dates import add_days
from tremplin.case.declared import Todo, finding, step
from tremplin.case.months import Stretch, curve, month_begins, stretches
from tremplin.law.categories import sales_and_services, vat_kind
from tremplin.law.registration import is_registered
from tremplin.law.trades import trade, where_reckoned


@dataclass(frozen=True, slots=True)
class Crossing:
    """A threshold of a calendar year, and the first day on which the turnover of one passes it."""

    threshold: float
    """For a whole year, at the start date, €."""
    first_year: float
    """For the calendar year of the start, by its days, €."""
    passed: float | None
    """What is passed: one of the two; None where neither is within twenty-four months."""
    day: date | None
    """Each month's turnover is spread evenly over its days."""
    month: int | None
    """The month of activity of that day, counted from 1 at the start."""

    @property
    def reduced(self) -> bool:
        """Whether it is passed in a year of the start that is not whole."""
        return self.passed is not None and self.passed < self.threshold


EXEMPT = frozenset({"care_exempt", "teaching_exempt", "insurance_exempt"})


@answer("vat.exempt", "cgi_261", "bofip_res_tva_000148")
def is_exempt(case: Case) -> bool:
    """
    Tell whether the trade is exempt whatever its turnover.

    Care to persons, lessons (CGI, 261, 4, 1° and 4°), commissions on insurance (CGI, 261 C, 2°).
    """
    found = trade(case)
    return found is not None and found.vat in EXEMPT


def _crossing(case: Case, rule: str) -> Crossing:
    """
    Find the first day on which the turnover of a calendar year passes a threshold: never where the trade is exempt.

    In the year of the start the threshold counts for the days from the start to 31 December (CGI, 293 D, III).
    """
    years = [
        (stretch, _limit(case, rule, stretch.begins) * stretch.share_of_days)
        for stretch in stretches(case.start)
    ]
    whole, first_year = _limit(case, rule, case.start), years[0][1]
    for stretch, most in () if is_exempt(case) else years:
        found = _passed_on(case, stretch, most)
        if found:
            return Crossing(whole, first_year, most, *found)
    return Crossing(whole, first_year, None, None, None)


def _limit(case: Case, rule: str, at: date) -> float:
    """Give a threshold of all activities together, € a year."""
    return sales_and_services(case.mix, vat_kind, lambda kind: case.value(f"{rule}.{kind}", at))


def _passed_on(case: Case, stretch: Stretch, most: float) -> tuple[date, int] | None:
    """Give the first day of a calendar year whose turnover, added up, is over an amount, with its month of activity."""
    earned = 0.0
    for number, amount in enumerate(curve(case).turnover, start=1):
        begins, ends = month_begins(case.start, number - 1), month_begins(case.start, number)
        first = max(begins, date(stretch.year, 1, 1))
        days = (min(ends, date(stretch.year + 1, 1, 1)) - first).days
        if days <= 0:
            continue
        a_day = float(amount) / (ends - begins).days
        # To the cent: what is shared out over days is put together again with an error of rounding.
        if round(earned + days * a_day - most, 2) > 0:
            over = (round(earned + day * a_day - most, 2) > 0 for day in range(1, days + 1))
            return add_days(first, list(over).index(True)), number
        earned += days * a_day
    return None


@answer("thresholds.vat", "cgi_293_b", "cgi_293_d", "cibs_l223_3")
def vat(case: Case) -> Crossing:
    """Find when turnover passes the exemption from VAT: it is charged from the following year (CGI, 293 B)."""
    return _crossing(case, "vat.franchise")


@answer("thresholds.vat_tolerance", "cgi_293_b", "cgi_293_d", "cibs_l223_3")
def vat_tolerance(case: Case) -> Crossing:
    """Find when turnover passes the tolerance: VAT is charged from that day on (CGI, 293 B, II)."""
    return _crossing(case, "vat.tolerance")


@answer("thresholds.vat_due", "cgi_293_b", "cibs_l223_3")
def vat_due(case: Case) -> date | None:
    """
    Give the first day on which VAT is to be invoiced; None where it is not within the twenty-four months.

    The start where the person chooses so; else 1 January after the year in which the exemption is passed, or the very day
    on which the tolerance is, if that is before.
    """
    if charges_vat_at_start(case):
        return case.start
    passed, at_once = vat(case).day, vat_tolerance(case).day
    next_year = None if passed is None else date(passed.year + 1, 1, 1)
    return min((day for day in (next_year, at_once) if day), default=None)


@answer("vat.chosen", "cgi_293_f")
def charges_vat_at_start(case: Case) -> bool:
    """Tell whether VAT is charged from the first day by choice (CGI, 293 F): a trade that is exempt has none."""
    return case.profile.project.charges_vat and not is_exempt(case)


@finding("vat_threshold")
@where_reckoned
def _vat_threshold(case: Case) -> bool:
    """Turnover passes the exemption from VAT within twenty-four months, which is not given up before."""
    return vat(case).day is not None and not charges_vat_at_start(case)


@step("vat")
@where_reckoned
def _vat(case: Case) -> Todo | None:
    """Prepare the first invoices with VAT, where it is not charged from the start by choice."""
    due = vat_due(case)
    return None if due is None or charges_vat_at_start(case) else Todo(due=due)


@step("vat_option")
def _vat_option(case: Case) -> Todo | None:
    """Choose to charge VAT with the registration (CGI, 293 F)."""
    return Todo(done=is_registered(case)) if charges_vat_at_start(case) else None
