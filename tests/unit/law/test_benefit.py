from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.case.arrays import Array
from tremplin.law.benefit import (
    Amount,
    Rights,
    beside_new_activity,
    daily_benefit,
    kept_in_full,
    paid_until,
)
from tremplin.model.register import Register

DAY = date(2026, 11, 1)


def granted(daily: float, days: int, share: float, salary: float, wait: int = 0) -> Rights:
    """Give rights that taper to a share after 182 days, with a tenth taken off and a part of that taxed."""

    def amount(gross: float) -> Amount:
        return Amount(gross, 0.9 * gross, 0.93 * gross)

    return Rights(
        DAY,
        amount(daily),
        amount(share * daily),
        whole_days=182,
        days=days,
        estimated=False,
        reference=salary,
        wait=wait,
    )


YEAR = granted(50.0, 365, 1.0, 3_000.0)
"""A year of benefit at 50 € a day: 1 500 € a month, 18 250 € together."""


def test_what_comes_after_the_last_month_is_not_counted(register: Register) -> None:
    """An exit in the last of twenty-four months shows one month of benefit."""
    assert float(kept_in_full(register, YEAR, 23, DAY).gross.sum()) == 1_500
    assert float(kept_in_full(register, YEAR, 30, DAY).gross.sum()) == 0


def test_benefit_lasts_as_long_as_its_days(register: Register) -> None:
    """From 8 November on, 45 days are a month and fifteen days."""
    assert paid_until(register, date(2026, 11, 8), 45, DAY) == date(2026, 12, 23)


all_rights = st.builds(
    granted,
    daily=st.floats(10, 250),
    days=st.integers(0, 822),
    share=st.sampled_from([0.7, 1.0]),
    salary=st.floats(500, 12_000),
    wait=st.integers(0, 187),
)
incomes = st.lists(st.floats(-2_000, 20_000), min_size=24, max_size=24).map(np.array)


@given(all_rights, incomes)
def test_rights_are_never_overdrawn(register: Register, found: Rights, income: Array) -> None:
    """Beside a new activity at most 60 % of the rights are paid, and no month more than thirty days."""
    paid = beside_new_activity(register, found, income, DAY).gross
    assert float(paid.sum()) <= 0.6 * found.total + 0.01
    assert (paid >= 0).all()
    assert (paid <= 30 * found.daily + 0.01).all()
    assert (np.maximum(income, 0) + paid <= np.maximum(found.reference, income) + 0.01).all()


@given(all_rights, st.integers(0, 23))
def test_an_activity_kept_is_never_worse(register: Register, found: Rights, first: int) -> None:
    """In full, the benefit is the rights or what the months left can hold, and never less than beside a new activity."""
    kept = float(kept_in_full(register, found, first, DAY).gross.sum())
    most = max(0, 30 * (24 - first) - found.wait)
    assert kept == pytest.approx(found.paid(most).gross, abs=0.01)
    beside = float(beside_new_activity(register, found, np.zeros(24), DAY).gross.sum())
    whole = float(kept_in_full(register, found, 0, DAY).gross.sum())
    assert beside <= whole + 0.01


@given(all_rights, incomes)
def test_less_is_received_than_is_granted(register: Register, found: Rights, income: Array) -> None:
    """In each month what is received is at most what is taxed, and that at most what is granted."""
    paid = beside_new_activity(register, found, income, DAY)
    assert (paid.net <= paid.taxable + 0.001).all()
    assert (paid.taxable <= paid.gross + 0.001).all()


@given(st.floats(0, 15_000), st.floats(0, 15_000))
def test_a_better_salary_never_gives_less_benefit(
    register: Register, one: float, other: float
) -> None:
    """The daily benefit rises with the former salary and stays under three quarters of it."""
    low, high = sorted((one, other))
    assert daily_benefit(register, low, DAY) <= daily_benefit(register, high, DAY)
    assert daily_benefit(register, high, DAY) <= 0.75 * high * 12 / 365 + 0.005
