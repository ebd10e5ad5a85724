from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tremplin.case import Case
from tremplin.case.months import curve, stretches
from tremplin.law.forms import FORMS, CompanyForm, Form
from tremplin.law.household import JobPath, earned_before
from tremplin.law.real import RealRegime
from tremplin.law.thresholds import micro_lost_from
from tremplin.money.company import best_mixes
from tremplin.money.forms import (
    Outcome,
    micro_contributions,
    outcome,
    own_contributions,
    real_contributions,
)

AIDED: dict[str, Any] = {"person.zone": "qpv"}
"""What gives Alice a ground for ACRE."""


def steady(turnover: float, start: date = date(2027, 3, 1)) -> dict[str, Any]:
    """Give the changes of a profile for an even turnover a month, without expenses."""
    return {
        "project.turnover": {"month_1": turnover, "month_12": turnover, "month_24": turnover},
        "project.expenses": {"fixed": 0.0, "rate": 0.0},
        "project.start": start,
    }


def reckoned(found: Case, form: Form, salary: float = 2300) -> Outcome:
    """Reckon a form beside a salary."""
    job = JobPath(np.full(24, salary), np.zeros(24), earned_before(found, 0))
    return outcome(found, form, job)


def test_who_loses_the_micro_regime_pays_as_a_sole_trader(
    case: Callable[..., Case],
) -> None:
    """From the twenty-third month on contributions and taxable income are those of an EI, not before."""
    alice = case("alice", steady(10_000))
    micro, ei = reckoned(alice, "micro"), reckoned(alice, "ei")
    assert micro_lost_from(alice) == 22
    assert micro.contributions[22:] == pytest.approx(ei.contributions[22:])
    taxable = {form: own_contributions(alice, form)[1] for form in FORMS}
    assert taxable["micro"][22:] == pytest.approx(taxable["ei"][22:])
    assert micro.contributions[:22] == pytest.approx(np.full(22, 2_580))


@pytest.mark.parametrize(
    ("start", "months"),
    [
        # Until 30 September 2027: the quarter of the start and three more.
        (date(2026, 10, 1), 12),
        (date(2026, 12, 1), 10),
        (date(2027, 1, 1), 12),
        (date(2027, 3, 1), 10),
    ],
)
def test_acre_counts_month_by_month_until_its_last_day(
    case: Callable[..., Case], start: date, months: int
) -> None:
    """2 000 € of liberal turnover bear 19.2 % under ACRE and 25.6 % from the next month on, and 0.2 % of training."""
    alice = case("alice", steady(2_000, start) | AIDED)
    due = micro_contributions(alice, curve(alice))
    assert due.tolist() == [388] * months + [516] * (24 - months)


def test_acre_ends_within_a_year_where_turnover_passes_its_cap(
    case: Callable[..., Case],
) -> None:
    """Of 10 000 € a month from January 2027, 72 818 € bear the reduced rate: seven months and a part of the eighth."""
    alice = case("alice", steady(10_000, date(2027, 1, 1)) | AIDED)
    due = micro_contributions(alice, curve(alice))
    # 19.2 % of 2 818 €, 25.6 % of the other 7 182 € of August
    assert due[:9].tolist() == [1_940] * 7 + [2_400, 2_580]


def test_without_acre_every_month_bears_the_normal_rate(case: Callable[..., Case]) -> None:
    """An employee without a ground for ACRE pays 25.6 % from the first month on."""
    alice = case("alice", steady(2_000))
    due = micro_contributions(alice, curve(alice))
    assert due.tolist() == [516] * 24


def test_acre_of_a_sole_trader_counts_for_twelve_months(case: Callable[..., Case]) -> None:
    """A start in March has ACRE until February, and no month after it is spared anything."""
    without, aided = (case("alice", steady(2_500) | zone) for zone in ({}, AIDED))
    path = curve(without)
    spared = real_contributions(without, path)[0] - real_contributions(aided, path)[0]
    first, second, third = (float(spared[one.months].sum()) for one in stretches(date(2027, 3, 1)))
    assert first > 0
    # In full for ten months, for two of twelve in the next year.
    assert second == pytest.approx(first * 2 / 10)
    assert third == 0
    assert (spared[:12] > 0).all()
    assert spared[12:] == pytest.approx(np.zeros(12))


@pytest.mark.parametrize(
    ("changes", "chosen"),
    [
        # Alice and her partner have 44 820 € for three parts: 14 940 € a part, and hardly any tax.
        ({}, True),
        # 1 000 € more a month for the partner: taxed at 11 %, open.
        ({"household.other_income": 2_850}, True),
        # A hundred thousand euros more: closed.
        ({"household.other_income": 9_000}, False),
    ],
)
def test_the_flat_tax_needs_a_modest_household(
    case: Callable[..., Case], changes: dict[str, Any], *, chosen: bool
) -> None:
    """The flat income tax is open up to 29 579 € a part (CGI, 151-0), and only then chosen."""
    alice = case("alice", steady(2_000) | changes)
    assert reckoned(alice, "micro").flat_tax is chosen


def test_the_flat_tax_is_not_chosen_where_it_costs_more(case: Callable[..., Case]) -> None:
    """Whoever pays no income tax anyway does not choose to pay 2.2 % of turnover."""
    family = {"household.other_income": 0.0, "household.children": 4}
    found = reckoned(case("alice", steady(2_000) | family), "micro", salary=1_500)
    assert (found.flat_tax, float(found.income_tax.sum())) == (False, 0)


@pytest.mark.parametrize("form", ["ei", "eurl", "sasu"])
def test_only_micro_enterprises_have_the_flat_tax(case: Callable[..., Case], form: Form) -> None:
    """The other forms never choose it."""
    found = reckoned(case("alice", steady(10_000)), form)
    assert found.flat_tax is False


@pytest.mark.parametrize("form", ["micro", "ei"])
def test_months_add_up_to_years(case: Callable[..., Case], form: Form) -> None:
    """
    The two years of activity are together the twenty-four months, before tax and after, the accountant paid.

    Emma's sales lose the micro regime after nineteen months: the last five have the accountant of a sole trader.
    """
    emma = case("emma")
    found = reckoned(emma, form)
    before = found.before_tax_of(1) + found.before_tax_of(2)
    after = found.after_tax_of(1) + found.after_tax_of(2)
    accountant = {"micro": 500, "ei": 2_400}[form]
    margin = float(curve(emma).margin.sum()) - accountant
    assert before == pytest.approx(margin - float(found.contributions.sum()))
    assert after == pytest.approx(before - float(found.income_tax.sum()))


def test_contributions_of_a_calendar_year_are_those_of_its_margin(
    case: Callable[..., Case],
) -> None:
    """30 000 € in the whole year 2027, the accountant paid, bear what the table says, however the months share them."""
    found = reckoned(case("alice", steady((30_000 + 1_200) / 12, date(2027, 1, 1))), "ei")
    due = 8_943.33
    assert found.contributions.reshape(2, 12).sum(axis=1) == pytest.approx([due, due], abs=0.02)
    assert found.contributions == pytest.approx(np.full(24, due / 12), abs=0.01)


@pytest.mark.parametrize("form", ["ei", "eurl"])
def test_the_minimum_of_a_year_without_profit_is_spread_evenly(
    case: Callable[..., Case], form: Form
) -> None:
    """Who earns nothing pays 1 255 € a year in equal months, and no tax."""
    found = reckoned(case("alice", steady(0)), form)
    assert found.contributions == pytest.approx(np.full(24, 104.56), abs=0.01)
    assert float(np.abs(found.income_tax).sum()) == 0


@pytest.mark.parametrize("start", [date(2026, 12, 1), date(2027, 3, 1), date(2028, 1, 1)])
def test_rules_of_2026_are_told_to_stand_in(case: Callable[..., Case], start: date) -> None:
    """Nobody knows yet how the income of 2026 and later is taxed: every outcome says so."""
    assert reckoned(case("alice", {"project.start": start}), "micro").carried_over


FOUR_QUARTERS = 7_212.0
"""Four times 1 803 €, what validates a year of pension in 2026."""


@pytest.mark.parametrize("form", get_args(CompanyForm))
@pytest.mark.parametrize(("salary", "paid"), [(0.0, True), (2_000.0, False)])
def test_who_has_no_salary_is_paid_a_year_of_pension(
    case: Callable[..., Case], form: CompanyForm, salary: float, *, paid: bool
) -> None:
    """Beside a job a SASU may pay dividends alone; without one, four quarters come first."""
    gaelle = case(
        "gaelle", {"project.turnover": {"month_1": 3e3, "month_12": 3e3, "month_24": 3e3}}
    )
    job = JobPath(np.full(24, salary), np.zeros(24), earned_before(gaelle, 0))
    found = best_mixes(gaelle, form, job)[1]
    regime = RealRegime.at(gaelle, form, "liberal", gaelle.as_of, acre=False)
    if paid:
        assert float(regime.net(found.pay + found.contributions).gross) >= FOUR_QUARTERS
    elif form == "sasu":
        assert (found.pay, found.dividends > 0) == (0, True)


turnovers = st.floats(0, 15_000)


@pytest.mark.thorough
@given(
    turnovers, turnovers, turnovers, st.dates(date(2026, 7, 1), date(2028, 12, 31)), st.booleans()
)
@settings(deadline=None)
def test_no_euro_is_lost(  # noqa: PLR0913, PLR0917 - a curve, a start and an aid
    case: Callable[..., Case],
    month_1: float,
    month_12: float,
    month_24: float,
    start: date,
    acre: bool,
) -> None:
    """For any curve and start, what is left, contributions, accountant and expenses are together each month's turnover."""
    assume(month_24 == 0 or max(month_1, month_12) < 12 * month_24)  # that would be asked about
    turnover = {"month_1": month_1, "month_12": month_12, "month_24": month_24}
    changes = {"project.turnover": turnover, "project.start": start} | (AIDED if acre else {})
    alice = case("alice", changes, start)
    path = curve(alice)
    forms: tuple[Form, ...] = ("micro", "ei")
    for form in forms:
        found = reckoned(alice, form)
        accountant = np.full(24, {"micro": 0, "ei": 100}[form])
        lost = micro_lost_from(alice)
        if form == "micro" and lost is not None:
            accountant[lost:] = 100
        spent = path.expenses + accountant + found.contributions
        assert found.net + spent == pytest.approx(path.turnover)
        assert np.isfinite(found.income_tax).all()
        assert float(found.income_tax.sum()) >= -0.01
        assert (own_contributions(alice, form)[1] >= 0).all()
        assert (found.contributions >= 0).all()
