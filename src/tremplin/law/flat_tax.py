"""
The flat income tax of micro-enterprises: for whom it is open, until when it is asked for and for which years.

CGI, 151-0; what it takes of turnover is in `law/micro.py`.
"""

from datetime import date

from tremplin.case import Case, answer
from tremplin.case.dates import add_days, add_months
from tremplin.law.household import household_today


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
    """
    Tell whether the household's income lets the flat income tax be chosen for a year (CGI, 151-0).

    It goes with contributions on turnover, which an unclassified tourist let never pays.
    """
    if case.category == "tourist_let":
        return False
    ceiling = case.value("micro.flat_income_tax.income_ceiling", at)
    return flat_tax_income(case, at) <= ceiling


def _by_at_creation(case: Case) -> date:
    """Give the last day to ask for it for the year of the start: that of the third month after the one of the creation."""
    months = case.value("micro.flat_income_tax.creation_months")
    return add_days(add_months(case.start.replace(day=1), months + 1), -1)


@answer("flat_tax.option_by", "cgi_151_0", "bofip_bic_decla_10_40_20")
def flat_tax_by(case: Case) -> date:
    """
    Find the last day on which the flat income tax may still be asked for (CGI, 151-0).

    That of a creation while it lasts; then 30 September, for the year that follows.
    """
    if case.as_of <= _by_at_creation(case):
        return _by_at_creation(case)
    months = case.value("micro.flat_income_tax.option_months")
    ends = (add_days(add_months(date(case.as_of.year + n, 1, 1), -months), -1) for n in (1, 2))
    return next(day for day in ends if day >= case.as_of)


@answer("flat_tax.first_year", "cgi_151_0", "bofip_bic_decla_10_40_20")
def flat_tax_from(case: Case) -> int:
    """Give the first calendar year for which the flat income tax may still be asked for (CGI, 151-0)."""
    by = flat_tax_by(case)
    return case.start.year if by == _by_at_creation(case) else by.year + 1


@answer("flat_tax.available", "cgi_151_0")
def flat_tax_available(case: Case, at: date) -> bool:
    """Tell whether a year may still have the flat income tax: its income allows it, and there is time to ask for it."""
    return at.year >= flat_tax_from(case) and flat_tax_open(case, at)
