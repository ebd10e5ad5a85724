"""
What an employee costs the business, and the least that one may be paid.

Read from the table that `data/urssaf/employee.mjs` made of Urssaf's rule base for a full-time employee, between two rows in a
straight line: gross pay and the employer's contributions, less the general reduction (Code de la sécurité sociale, L241-13).
All thresholds are in proportion to the hours, and so is what part time costs; only the health cover, of which the employer
pays half (L911-7), is the same at any hours. Code du travail, L3121-27 (a full-time week), L3231-2 and D3231-6 (the Smic,
by the hour). Overtime is not reckoned, nor what a collective agreement asks beyond the Smic.
"""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from tremplin.case.arrays import Array, amounts, on_straight_lines
from tremplin.model.register import Lookup

FULL_TIME = 35
"""Hours a week of the employee of the table: the legal duration."""

WEEKS_A_MONTH = 52 / 12


def monthly_cost(law: Lookup, gross: ArrayLike, weekly_hours: ArrayLike) -> Array:
    """
    Give what employees cost, € a month: gross pay, the employer's contributions less their reduction, health cover.

    Args:
        law: where the table is read.
        gross: gross pay, € a month. One below the Smic has the reduction of the Smic.
        weekly_hours: hours a week, above 0; beyond 35 a pay costs as that of a full time, a little more than with overtime.

    """
    table = law.employee_cost()
    share = np.minimum(amounts(weekly_hours) / FULL_TIME, 1.0)
    full_time = amounts(gross) / share
    in_proportion = on_straight_lines(
        full_time,
        np.append(0.0, table["gross"]),
        np.append(0.0, table["cost"] - table["health_cover"]),
    )
    return share * in_proportion + np.interp(full_time, table["gross"], table["health_cover"])


def minimum_gross(law: Lookup, weekly_hours: float, at: date) -> float:
    """
    Give the Smic for some hours, € a month, to the cent.

    Args:
        law: where the rules are read.
        weekly_hours: hours a week, up to 35: overtime would be paid more.
        at: the day whose Smic is asked for.

    Raises:
        DataError: the Smic of that day is not known.

    """
    return round(law.value("smic.hourly", at) * weekly_hours * WEEKS_A_MONTH, 2)
