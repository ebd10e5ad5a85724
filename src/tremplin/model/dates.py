"""Whole months and years between days, as laws and birthdays count them."""

from calendar import monthrange
from datetime import date


def full_months(first: date, last: date) -> int:
    """Count the full months from one day to another; negative where `last` comes first."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def full_years(first: date, last: date) -> int:
    """Count the full years from one day to another, as for an age."""
    return full_months(first, last) // 12


def add_months(day: date, months: int) -> date:
    """Give the same day some months later (or earlier); the month's last where it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
