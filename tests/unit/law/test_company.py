from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.case.arrays import Array
from tremplin.law.company import Company, Mix, corporate_tax
from tremplin.law.income_tax import Family, Scale
from tremplin.law.real import RealRegime
from tremplin.model.register import Register

DAY = date(2026, 11, 1)
Form = Literal["eurl", "sasu"]
companies = st.sampled_from(("eurl", "sasu"))
FOUR_QUARTERS = 7_212.0
"""Four times 1 803 €, what validates a year of pension in 2026."""


def regime(register: Register, form: Form) -> RealRegime:
    return RealRegime.at(register, form, "liberal", DAY, acre=False)


def untaxed(pay: Array) -> Array:
    return np.zeros_like(pay)


def taxed_beside(register: Register, salary: float) -> Callable[[Array], Array]:
    """Give what pay adds to the tax of a single person who earns a salary."""
    scale = Scale.at(register, DAY)

    def added(pay: Array) -> Array:
        with_pay = scale.tax(scale.after_deduction(salary + pay), Family())
        return with_pay - scale.tax(scale.after_deduction(salary), Family())

    return added


def mix(
    register: Register,
    form: Form,
    margin: float,
    added: Callable[[Array], Array] = untaxed,
    least_gross: float = 0.0,
) -> Mix:
    company = Company(register, regime(register, form), DAY)
    (found,) = company.best([margin], added, least_gross=least_gross)
    return found


def test_dividends_of_a_manager_bear_contributions_beyond_a_tenth_of_the_capital(
    register: Register,
) -> None:
    """Of a capital of 1 000 €, 100 € of dividends bear 31.4 %; the rest 12.8 % and contributions (L131-6)."""
    found = mix(register, "eurl", 150_000, taxed_beside(register, 20_000))
    assert (found.pay + found.contributions, found.dividends) == pytest.approx((103_500, 39_125))
    due = regime(register, "eurl").net([103_500, 103_500 + 39_025]).contributions
    assert found.dividend_levies == pytest.approx(
        0.314 * 100 + 0.128 * 39_025 + float(due[1] - due[0])
    )


@pytest.mark.parametrize(
    ("form", "margin", "loss"),
    [
        ("sasu", 0, 0),
        ("sasu", -3_000, 3_000),
        # A manager's minimum contributions are due all the same.
        ("eurl", 0, 1_254.71),
        ("eurl", -3_000, 4_254.71),
    ],
)
def test_without_profit_nothing_is_paid(
    register: Register, form: Form, margin: float, loss: float
) -> None:
    """A company that earns nothing pays no manager, shareholder or corporate tax, and its loss is nobody's income."""
    found = mix(register, form, margin, least_gross=FOUR_QUARTERS)
    assert (found.pay, found.corporate_tax, found.dividends) == (0, 0, 0)
    assert found.net_after_tax == 0
    assert found.loss == pytest.approx(loss, abs=0.01)


@pytest.mark.parametrize("form", ["eurl", "sasu"])
@pytest.mark.parametrize("margin", [12_000, 20_000, 45_000, 150_000])
def test_social_cover_is_bought_first(register: Register, form: Form, margin: float) -> None:
    """Who must reach four pension quarters is paid 7 212 € at least, though dividends would leave more."""
    found = mix(register, form, margin, taxed_beside(register, 30_000), least_gross=FOUR_QUARTERS)
    cost = found.pay + found.contributions
    assert float(regime(register, form).net(cost).gross) >= FOUR_QUARTERS
    free = mix(register, form, margin, taxed_beside(register, 30_000))
    assert found.net_after_tax <= free.net_after_tax


@pytest.mark.parametrize(
    ("form", "margin", "paid"),
    [
        ("eurl", 7_000, True),
        ("sasu", 7_000, True),
        # Pay that cannot bear its own contributions is none.
        ("eurl", 1_000, False),
        ("sasu", 500, False),
    ],
)
def test_a_margin_too_small_for_cover_is_paid_as_far_as_it_goes(
    register: Register, form: Form, margin: float, *, paid: bool
) -> None:
    """Where four quarters cannot be had, all is pay; where no pay can be had, what is left is a number all the same."""
    found = mix(register, form, margin, least_gross=FOUR_QUARTERS)
    if paid:
        assert found.pay + found.contributions == pytest.approx(margin)
    else:
        assert found.pay == 0
    assert isfinite(found.net_after_tax)


@given(companies, st.floats(0, 400_000), st.floats(0, 80_000))
def test_the_best_mix_is_no_worse_than_pay_or_dividends_alone(
    register: Register, form: Form, margin: float, salary: float
) -> None:
    """Whoever mixes never has less than who pays out all as pay, or all as dividends."""
    added = taxed_beside(register, salary)
    best = mix(register, form, margin, added).net_after_tax
    pay = regime(register, form).net(margin)
    if float(pay.before_tax) > 0 and float(pay.contributions) > 0:
        assert best >= float(pay.before_tax - added(pay.taxable)) - 0.01
    if form == "sasu":
        profit = margin - float(corporate_tax(register, margin, DAY))
        assert best >= (1 - 0.314) * profit - 0.01


@given(companies, st.floats(-50_000, 400_000), st.floats(0, 80_000), st.floats(0, 20_000))
def test_every_mix_is_paid_out_of_the_margin(
    register: Register, form: Form, margin: float, salary: float, least: float
) -> None:
    """Pay, contributions, corporate tax and dividends are together the margin, whatever cover is asked for."""
    found = mix(register, form, margin, taxed_beside(register, salary), least)
    assert isfinite(found.net_after_tax)
    parts = (found.pay, found.contributions, found.corporate_tax, found.dividends)
    assert all(part >= 0 for part in parts)
    # The minimum contributions of a manager may exceed a small margin.
    assert sum(parts) == pytest.approx(max(margin, found.contributions), abs=0.02)
