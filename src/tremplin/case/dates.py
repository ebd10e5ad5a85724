"""
Dates as the law counts them, from durations as the register gives them: whole numbers stored as floats.
"""

from calendar import monthrange
from datetime import date, timedelta

from tremplin.model import dates


def add_months(day: date, months: float) -> date:
    """
    Move a date by whole months, to the last day of a month too short for it.

    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    return dates.add_months(day, int(months))


def latest_start(end: date, months: float) -> date:
    """
    Give the last day from which so many months have passed on a day: the reverse of `add_months`.

    Before the last day of a month every day from its own number on will do, because what the month lacks is not counted.

    >>> latest_start(date(2027, 2, 28), 2), latest_start(date(2027, 2, 27), 2)
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 27))
    """
    same = add_months(end, -months)
    is_last = add_days(end, 1).month != end.month
    return date(same.year, same.month, monthrange(same.year, same.month)[1]) if is_last else same


def quarter_end(day: date, quarters: float) -> date:
    """
    Give the last day of the civil quarter that comes so many quarters after that of a day.

    >>> quarter_end(date(2027, 2, 1), 3)
    datetime.date(2027, 12, 31)
    """
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return add_days(add_months(first, 3 * (quarters + 1)), -1)


def share_of_year(day: date) -> float:
    """
    Give the part of its calendar year that a day begins, by days, for ceilings pro rata.

    >>> share_of_year(date(2027, 10, 1)) == 92 / 365
    True
    """
    ends = date(day.year + 1, 1, 1)
    return (ends - day).days / (ends - date(day.year, 1, 1)).days


def add_days(day: date, days: float) -> date:
    """Move a date by calendar days."""
    return day + timedelta(days=int(days))
