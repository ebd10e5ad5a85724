"""What a company leaves a person who holds a part of it, and when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from tremplin.case import Case
from tremplin.case.months import curve
from tremplin.money.comparison import forms
from tremplin.money.financing import cash, financing, scenarios
from tremplin.money.forms import left_of, outgoings
from tremplin.money.job import planned_job
from tremplin.money.pocket import pocket

SHARED: dict[str, Any] = {
    "project.seeks_investors": True,
    "project.capital_share": 0.5,
    "project.manages": "sole",
    "project.start": date(2027, 1, 1),
    "project.turnover": {"month_1": 5_000, "month_12": 5_000, "month_24": 5_000},
    "project.expenses": {"fixed": 0.0, "rate": 0.0},
}
"""60 000 € a year of which the accountant takes 2 000 €, and half of the rest is the person's."""


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_the_person_has_no_more_than_the_own_part(case: Callable[..., Case], share: float) -> None:
    """Of 58 000 € of margin what is left, contributions and taxes are together the person's share, no more."""
    found = forms(case("alice", SHARED | {"project.capital_share": share})).of("sasu")
    parts = found.best(2) + found.contributions(2) + found.taxes(2)
    assert parts == pytest.approx(58_000 * share)
    assert found.of_others(2) == pytest.approx(58_000 * (1 - share))


def test_half_of_a_company_leaves_less_than_a_whole_one_of_half_the_size(
    case: Callable[..., Case],
) -> None:
    """58 000 € of profit pay 10 250 € of corporate tax, half of it 5 125 €; 29 000 € alone would pay 4 350 €."""
    found = forms(case("alice", SHARED)).of("sasu").mix(2)
    assert found is not None
    assert [found.pay, found.corporate_tax] == pytest.approx([0, 5_125])
    # 31.4 % of what is left of 29 000 €
    assert found.net_after_tax == pytest.approx((29_000 - 5_125) * (1 - 0.314))


def test_all_chapters_say_the_same_is_left(case: Callable[..., Case]) -> None:
    """What chapter 4 says two years leave is what chapter 6 has in its months, later dividends included."""
    person = case("alice", SHARED)
    best = forms(person).best
    assert best.form == "sasu"
    kept = scenarios(person).of("keep")
    both = best.best(1) + best.best(2)
    assert float(best.outcome.net_after_tax.sum()) == pytest.approx(both)
    assert float(kept.project.sum()) + kept.later == pytest.approx(
        both + best.outcome.income_tax.sum()
    )
    assert pocket(person, best, 2).of("left") == pytest.approx(best.best(2))


def test_dividends_come_once_the_year_is_closed(case: Callable[..., Case]) -> None:
    """Those of the first year in the eighteenth month, those of the second after the twenty-four."""
    outcome = forms(case("alice", SHARED)).of("sasu").outcome
    months = np.flatnonzero(outcome.received)
    assert months.tolist() == [17]
    year = (29_000 - 5_125) * (1 - 0.314)
    assert outcome.received[17] == pytest.approx(year)
    assert outcome.later == pytest.approx(year)


def test_the_company_pays_its_tax_and_the_others_their_part(case: Callable[..., Case]) -> None:
    """Half of each month's margin goes to the others; the tax of the first year in the sixteenth month."""
    person = case("alice", SHARED)
    out = outgoings(person, "sasu", curve(person))
    assert out[0] == pytest.approx(58_000 / 12 / 2)
    assert out[15] - out[14] == pytest.approx(5_125)
    assert out[17] - out[16] == pytest.approx(0.314 * (29_000 - 5_125))


def test_a_loss_is_the_company_s(case: Callable[..., Case]) -> None:
    """A SASU that sells nothing leaves nothing, not less, and the forms are compared with its loss all the same."""
    nothing = {"month_1": 0, "month_12": 0, "month_24": 0}
    person = case("alice", {"project.turnover": nothing})
    found = forms(person).of("sasu")
    assert [found.best(year) for year in (1, 2)] == [0, 0]
    # 80 € of fixed costs a month and 2 000 € for the accountant
    assert [found.loss(year) for year in (1, 2)] == pytest.approx([2_960, 2_960])
    assert found.pocket == pytest.approx(-2 * 2_960 - 224)
    assert pocket(person, found, 2).of("loss") == pytest.approx(-2_960)
    assert float(left_of(person, "sasu", curve(person)).sum()) == pytest.approx(-2 * 2_960)
    assert forms(person).of("ei").best(1) < -2_960 + 800


def test_benefit_is_reduced_by_the_own_part_alone(case: Callable[..., Case]) -> None:
    """Whoever has a fifth of the company is paid more benefit than whoever has it whole."""
    gone = {"transition.exit": "dismissal", "transition.exit_month": -1}
    fifth = planned_job(case("alice", SHARED | gone | {"project.capital_share": 0.2})).benefit.sum()
    whole = planned_job(case("alice", SHARED | gone | {"project.capital_share": 1.0})).benefit.sum()
    assert fifth > whole


def test_money_of_partners_counts_only_where_it_is_declared(case: Callable[..., Case]) -> None:
    """A partner who has not said what he brings brings nothing to the plan."""
    silent, said = (
        financing(case("alice", SHARED | {"financing.partners": money})) for money in (None, 9_000)
    )
    assert "partners" not in silent.resources
    assert said.available - silent.available == 9_000
    assert said.own == silent.own


def test_a_company_s_loan_is_repaid_by_share(case: Callable[..., Case]) -> None:
    """Of a bank loan of 12 000 € over sixty months the person bears half, of an own honour loan of 6 000 € all."""
    loans = {"financing.bank_loan": 12_000, "financing.honor_loans": {"initiative_france": 6_000}}
    found = cash(case("alice", SHARED | loans))
    assert found.repayment.tolist() == [300] * 24
    assert found.own_repayment == pytest.approx([200] * 24)
