from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from tremplin.case import Case
from tremplin.case.months import curve, turnover_moved
from tremplin.money.cash import CashPlan
from tremplin.money.commitments import commitments
from tremplin.money.comparison import forms
from tremplin.money.financing import cash, financing
from tremplin.money.margin import margin_of
from tremplin.money.opening import opening

OVEN = {"project.equipment": [{"name": "Four", "amount": 12_000, "years": 5}]}


def test_what_opening_costs_is_in_the_plan(case: Callable[..., Case]) -> None:
    """Equipment with its VAT, stock and deposit are needs beside the investment."""
    more = {"project.stock": 3_000, "project.premises": {"rent": 500, "deposit": 1_500}}
    found = opening(case("alice", OVEN | more))
    assert (found.equipment, found.vat, found.stock, found.deposit) == (12_000, 2_400, 3_000, 1_500)
    assert found.total == 21_400
    needs = financing(case("alice", OVEN | more)).needs
    assert needs["equipment"] == 12_000
    assert "takeover" not in needs


def test_wear_is_set_aside_and_stays_in_the_till(case: Callable[..., Case]) -> None:
    """An oven of 14 400 € with its VAT wears by 240 € a month: less is left, while the cash is none the poorer."""
    plain, with_oven = case("alice"), case("alice", OVEN)
    assert commitments(with_oven).wear[:2].tolist() == [240, 240]
    margins = [margin_of(one, "micro", curve(one)) for one in (plain, with_oven)]
    assert margins[0] - margins[1] == pytest.approx(np.full(24, 240))
    nothing = np.zeros(24)
    flows = [
        CashPlan(one, "micro", 0.0, nothing, nothing).flows(curve(one))
        for one in (plain, with_oven)
    ]
    assert flows[0] == pytest.approx(flows[1])


def test_wear_lowers_the_contributions_of_a_real_regime_alone(case: Callable[..., Case]) -> None:
    """A sole trader at the real regime owes less on what the oven wears; a micro-enterprise owes as much as before."""
    plain, with_oven = forms(case("bruno")), forms(case("bruno", OVEN))
    assert with_oven.of("micro").contributions(2) == plain.of("micro").contributions(2)
    assert with_oven.of("ei").contributions(2) < plain.of("ei").contributions(2) - 900


def test_vat_that_comes_back_is_cash_and_no_price(case: Callable[..., Case]) -> None:
    """Whoever charges VAT gets 2 400 € back in the fifth month, and the oven wears by its price without it."""
    chosen = case("alice", OVEN | {"project.charges_vat": True})
    assert commitments(chosen).wear[0] == 200
    kept = case("alice", OVEN)
    more = cash(chosen).flows(curve(chosen)) - cash(kept).flows(curve(kept))
    assert more[4] == pytest.approx(2_400, abs=60)


def test_interest_is_an_expense_and_the_loan_is_paid_back(case: Callable[..., Case]) -> None:
    """12 000 € at 5 % cost 50 € in the first month; the deferral puts off what is paid back."""
    terms = {"months": 60, "rate": 0.05, "deferral": 12}
    found = case("alice", {"financing.bank_loan": 12_000, "financing.bank_terms": terms})
    assert commitments(found).interest[:2] == pytest.approx([50, 50])
    honor = 5_000 / 60
    assert cash(found).repayment[:12] == pytest.approx(np.full(12, honor))
    assert cash(found).repayment[12] > honor + 200


def test_rent_and_royalty_are_expenses(case: Callable[..., Case]) -> None:
    """500 € of rent come on top of fixed expenses of 80 €, a royalty of 5 % on top of the 5 % that follow turnover."""
    found = case(
        "alice",
        {"project.premises": {"rent": 500}, "project.franchise": {"royalty": 0.05}},
    )
    assert curve(found).expenses[0] == pytest.approx(580 + 0.1 * 300)


def test_seasons_move_the_turnover_of_their_months(case: Callable[..., Case]) -> None:
    """A closed August and a strong December are those of the calendar, also where the launch is late."""
    season = {
        "month_1": 1000,
        "month_12": 1000,
        "month_24": 1000,
        "season": {"august": 0, "december": 2},
    }
    found = case("alice", {"project.start": date(2027, 7, 1), "project.turnover": season})
    assert curve(found).turnover[:6].tolist() == [1000, 0, 1000, 1000, 1000, 2000]
    assert turnover_moved(found, 2)[:6].tolist() == [0, 0, 1000, 1000, 1000, 2000]


def test_a_curve_by_month_is_taken_as_it_is(case: Callable[..., Case]) -> None:
    """Twenty-four amounts stand for themselves, not for lines between three."""
    amounts = [100.0] * 23 + [500.0]
    turnover = {"month_1": 100, "month_12": 100, "month_24": 500, "by_month": amounts}
    assert curve(case("alice", {"project.turnover": turnover})).turnover.tolist() == amounts
