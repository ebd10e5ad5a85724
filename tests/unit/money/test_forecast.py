from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from tests.conftest import AS_OF, PEOPLE, ROOT

from tremplin.case import Case
from tremplin.case.months import curve
from tremplin.law.forms import is_company
from tremplin.model.profile import load_profile
from tremplin.model.register import Register
from tremplin.money.comparison import forms
from tremplin.money.financing import cash
from tremplin.money.forecast import forecast


@pytest.fixture(scope="module")
def shop(register: Register) -> Case:
    """Give the case of a florist with premises, equipment, a loan and an employee."""
    return Case(load_profile(ROOT / "tests/data/shop.yaml"), register, AS_OF)


@pytest.mark.parametrize("name", PEOPLE)
def test_years_are_what_is_left_of_the_turnover(case: Callable[..., Case], name: str) -> None:
    """Turnover less all charges is the result; two years of turnover are those of the plan."""
    found = forecast(case(name))
    for year in found.years:
        charges = year.purchases + year.fixed + year.accountant + year.employees + year.manager
        charges += year.wear + year.interest + year.corporate_tax
        assert year.turnover - charges == pytest.approx(year.result)
    assert sum(year.turnover for year in found.years[:2]) == pytest.approx(
        curve(case(name)).turnover.sum()
    )


@pytest.mark.parametrize("name", PEOPLE)
def test_the_cash_of_a_sole_trader_is_that_of_the_plan(
    case: Callable[..., Case], name: str
) -> None:
    """What a bank reads is what the chapter on risk draws; the result is what the form leaves before tax."""
    person = case(name)
    best = forms(person).best
    if is_company(best.form):
        return
    found = forecast(person)
    assert found.cash[:24] == pytest.approx(cash(person).cash(curve(person)))
    assert [year.result for year in found.years[:2]] == pytest.approx(
        [best.before_tax(1), best.before_tax(2)]
    )


def test_a_company_keeps_what_dividends_leave(case: Callable[..., Case]) -> None:
    """Emma's company pays all three holders: its result is what tax and dividends come from."""
    years = forecast(case("emma")).years
    best = forms(case("emma")).best
    mix = best.mix(2)
    assert mix is not None
    assert years[1].manager == pytest.approx(mix.cost / best.share)
    assert years[1].result == pytest.approx(mix.dividends / best.share, abs=1)


def test_a_shop_s_three_years(shop: Case) -> None:
    """Rent, wear, interest and the employee from the seventh month are in the income statement."""
    first, second, third = forecast(shop).years
    assert first.fixed == second.fixed == 12 * 2_000
    assert first.wear == pytest.approx(9_000 / 8 + 16_000 / 5)
    assert second.employees == pytest.approx(2 * first.employees)
    assert first.interest > second.interest > third.interest > 0
    assert third.turnover == pytest.approx(17_000 * (8 + 0.7 + 1.3 + 1.4 + 0.6))


def test_the_break_even_leaves_nothing(shop: Case) -> None:
    """At that turnover, charges in proportion and those that stay eat all of it."""
    year = forecast(shop).years[1]
    assert year.break_even is not None
    following = (year.purchases + year.manager) / year.turnover
    bound = year.fixed + year.accountant + year.employees + year.wear + year.interest
    assert year.break_even * (1 - following) == pytest.approx(bound)


def test_sales_below_their_cost_have_no_break_even(case: Callable[..., Case]) -> None:
    """Where every sale costs more than it brings, no turnover pays for the rest."""
    found = forecast(case("alice", {"project.expenses": {"fixed": 10, "rate": 1.0}}))
    assert [year.break_even for year in found.years] == [None, None, None]


def test_a_third_year_above_the_ceiling_is_reckoned_at_the_real_regime(
    case: Callable[..., Case],
) -> None:
    """Contributions of a micro-enterprise end with its ceiling: the third year's are those of a sole trader."""
    turnover = {"month_1": 5_000, "month_12": 5_000, "month_24": 8_000}
    found = forecast(
        case("alice", {"project.turnover": turnover, "project.start": date(2027, 1, 4)})
    )
    assert found.form == "micro"
    assert np.isclose(found.manager[-12:].sum() / found.turnover[-12:].sum(), 0.258) == np.False_
