from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tremplin.analysis.income.calendar import Curve, stretches
from tremplin.analysis.income.forms import (
    FORMS,
    Basis,
    Form,
    Outcome,
    flat_tax_open,
    micro_contributions,
    micro_lost_from,
    outcome,
    over_ceiling,
    real_contributions,
)
from tremplin.analysis.income.household import JobPath, TaxedHousehold, earned_before
from tremplin.analysis.income.real import RealForm

from tremplin.model.profile import Profile
from tremplin.model.register import Register

Person = Callable[..., Profile]


def steady(turnover: float, start: date = date(2027, 3, 1), **more: Any) -> Mapping[str, Any]:  # noqa: ANN401 - values of a profile
    """Give the changes of a profile for an even turnover a month, without expenses."""
    return {
        "project.turnover": {
            "month_1": turnover,
            "month_12": turnover,
            "month_24": turnover,
        },
        "project.expenses": {"fixed": 0.0, "rate": 0.0},
        "project.start": start,
        **{key.replace("__", "."): value for key, value in more.items()},
    }


def reckoned(
    profile: Profile, register: Register, form: Form, *, acre: bool = False, salary: float = 2300
) -> Outcome:
    job = JobPath.of_salary(profile, np.full(24, salary))
    return outcome(Basis(profile, register, acre), form, job)


@pytest.mark.parametrize(
    ("start", "cut"),
    [
        (date(2027, 1, 1), [(2027, 0, 12, False), (2028, 12, 24, False)]),
        (date(2027, 1, 4), [(2027, 0, 12, False), (2028, 12, 24, False)]),
        (date(2027, 3, 1), [(2027, 0, 10, False), (2028, 10, 22, False), (2029, 22, 24, True)]),
        (date(2027, 12, 31), [(2027, 0, 1, False), (2028, 1, 13, False), (2029, 13, 24, True)]),
    ],
)
def test_twenty_four_months_are_cut_at_the_new_year(
    start: date, cut: list[tuple[int, int, int, bool]]
) -> None:
    """A start in March touches three calendar years, the last of which goes on afterwards."""
    found = stretches(start)
    assert [(one.year, one.first, one.stop, one.open_end) for one in found] == cut
    assert found[0].begins == start
    assert all(one.begins == date(one.year, 1, 1) for one in found[1:])


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)))
def test_no_month_is_lost_between_years(start: date) -> None:
    """Whatever the start, the stretches are twenty-four months one after another, in two or three years."""
    found = stretches(start)
    assert [one.first for one in found[1:]] == [one.stop for one in found[:-1]]
    assert (found[0].first, found[-1].stop) == (0, 24)
    assert sum(one.years for one in found) == pytest.approx(2)
    assert all(0 < one.share_of_days <= 1 for one in found)


@pytest.mark.parametrize(
    ("turnover", "over", "lost"),
    [
        (6_900, (False, False, False), None),
        # 70 000 € in ten months are under the first ceiling, 84 000 € in a year are not.
        (7_000, (False, True, True), None),
        # Over in 2027 and 2028: lost from January 2029, the twenty-third month.
        (7_100, (True, True, True), 22),
        (20_000, (True, True, True), 22),
    ],
)
def test_the_micro_regime_is_lost_after_two_years_over_the_ceiling(
    person: Person, register: Register, turnover: float, over: tuple[bool, ...], lost: int | None
) -> None:
    """One year over the ceiling changes nothing; after two in a row the real regime comes on 1 January."""
    profile = person("alice", steady(turnover))
    curve = Curve.of(profile)
    assert over_ceiling(profile, register, curve) == over
    assert micro_lost_from(profile, register, curve) == lost
    assert reckoned(profile, register, "micro").real_from == lost


def test_who_loses_the_micro_regime_pays_as_a_sole_trader(
    person: Person, register: Register
) -> None:
    """From the twenty-third month on contributions and taxable income are those of an EI, not before."""
    profile = person("alice", steady(10_000))
    micro, ei = (reckoned(profile, register, form) for form in ("micro", "ei"))
    assert micro.contributions[22:] == pytest.approx(ei.contributions[22:])
    assert micro.taxable[22:] == pytest.approx(ei.taxable[22:])
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
    person: Person, register: Register, start: date, months: int
) -> None:
    """2 000 € of liberal turnover bear 19.2 % under ACRE and 25.6 % from the next month on, and 0.2 % of training."""
    profile = person("alice", steady(2_000, start))
    due = micro_contributions(Basis(profile, register, acre=True), Curve.of(profile))
    assert due.tolist() == [388] * months + [516] * (24 - months)


def test_acre_ends_within_a_year_where_turnover_passes_its_cap(
    person: Person, register: Register
) -> None:
    """Of 10 000 € a month from January 2027, 72 818 € bear the reduced rate: seven months and a part of the eighth."""
    profile = person("alice", steady(10_000, date(2027, 1, 1)))
    due = micro_contributions(Basis(profile, register, acre=True), Curve.of(profile))
    # 19.2 % of 2 818 €, 25.6 % of the other 7 182 € of August
    assert due[:9].tolist() == [1_940] * 7 + [2_400, 2_580]


def test_without_acre_every_month_bears_the_normal_rate(person: Person, register: Register) -> None:
    """An employee without a ground for ACRE pays 25.6 % from the first month on."""
    profile = person("alice", steady(2_000))
    due = micro_contributions(Basis(profile, register, acre=False), Curve.of(profile))
    assert due.tolist() == [516] * 24


@pytest.mark.parametrize("form", get_args(RealForm))
def test_acre_of_the_real_regimes_counts_for_twelve_months(
    person: Person, register: Register, form: RealForm
) -> None:
    """A start in March has ACRE until February, and no month after it is spared anything."""
    profile = person("alice", steady(2_500))
    curve = Curve.of(profile)
    without, with_acre = (
        real_contributions(Basis(profile, register, acre), form, curve)[0] for acre in (False, True)
    )
    spared = without - with_acre
    first, second, third = (float(spared[one.months].sum()) for one in stretches(date(2027, 3, 1)))
    assert first > 0
    # In full for ten months, for two of twelve in the next year.
    assert second == pytest.approx(first * 2 / 10)
    assert third == 0
    assert (spared[:12] > 0).all()
    assert spared[12:] == pytest.approx(np.zeros(12))


@pytest.mark.parametrize(
    ("changes", "open_", "chosen"),
    [
        # Alice and her partner have 44 820 € for three parts: 14 940 € a part, and hardly any tax.
        ({}, True, True),
        # 1 000 € more a month for the partner: taxed at 11 %, open.
        ({"household__other_income": 2_850}, True, True),
        # A hundred thousand euros more: closed.
        ({"household__other_income": 9_000}, False, False),
    ],
)
def test_the_flat_tax_needs_a_modest_household(
    person: Person, register: Register, changes: Mapping[str, Any], *, open_: bool, chosen: bool
) -> None:
    """The flat income tax is open up to 29 579 € a part (CGI, 151-0), and only then chosen."""
    profile = person("alice", steady(2_000, **changes))
    assert flat_tax_open(profile, register, date(2027, 3, 1)) is open_
    assert reckoned(profile, register, "micro").flat_tax is chosen


def test_the_flat_tax_is_not_chosen_where_it_costs_more(person: Person, register: Register) -> None:
    """Whoever pays no income tax anyway does not choose to pay 2.2 % of turnover."""
    family = {"household.other_income": 0.0, "household.children": 4}
    profile = person("alice", {**steady(2_000), **family})
    found = reckoned(profile, register, "micro", salary=1_500)
    assert (found.flat_tax, float(found.income_tax.sum())) == (False, 0)


@pytest.mark.parametrize("form", ["ei", "eurl", "sasu"])
def test_only_micro_enterprises_have_the_flat_tax(
    person: Person, register: Register, form: Form
) -> None:
    """The other forms never choose it, nor lose a regime that they do not have."""
    found = reckoned(person("alice", steady(10_000)), register, form)
    assert (found.flat_tax, found.real_from) == (False, None)


@pytest.mark.parametrize("form", FORMS)
def test_months_add_up_to_years(person: Person, register: Register, form: Form) -> None:
    """
    The two years of activity are together the twenty-four months, before tax and after, the accountant paid.

    Emma's sales lose the micro regime after nineteen months: the last five have the accountant of a sole trader.
    """
    found = reckoned(person("emma"), register, form, acre=True)
    before = found.before_tax_of(1) + found.before_tax_of(2)
    after = found.after_tax_of(1) + found.after_tax_of(2)
    accountant = {"micro": 500, "ei": 2_400, "eurl": 4_000, "sasu": 4_000}[form]
    margin = float(Curve.of(person("emma")).margin.sum()) - accountant
    assert before == pytest.approx(margin - float(found.contributions.sum()))
    assert after == pytest.approx(before - float(found.income_tax.sum()))


@pytest.mark.parametrize("form", get_args(RealForm))
def test_contributions_of_a_calendar_year_are_those_of_its_margin(
    person: Person, register: Register, form: RealForm
) -> None:
    """30 000 € in the whole year 2027, the accountant paid, bear what the table says, however the months share them."""
    accountant = {"ei": 1_200, "eurl": 2_000, "sasu": 2_000}[form]
    changes = steady((30_000 + accountant) / 12, date(2027, 1, 1))
    found = reckoned(person("alice", changes), register, form)
    due = {"ei": 8_844.78, "eurl": 8_844.78, "sasu": 13_482.69}[form]
    assert found.contributions.reshape(2, 12).sum(axis=1) == pytest.approx([due, due], abs=0.02)
    assert found.contributions == pytest.approx(np.full(24, due / 12), abs=0.01)


@pytest.mark.parametrize("form", ["ei", "eurl"])
def test_the_minimum_of_a_year_without_profit_is_spread_evenly(
    person: Person, register: Register, form: Form
) -> None:
    """Who earns nothing pays 1 255 € a year in equal months, and no tax."""
    found = reckoned(person("alice", steady(0)), register, form)
    assert found.contributions == pytest.approx(np.full(24, 104.56), abs=0.01)
    assert float(np.abs(found.income_tax).sum()) == 0


@pytest.mark.parametrize("start", [date(2026, 12, 1), date(2027, 3, 1), date(2028, 1, 1)])
def test_rules_of_2026_are_told_to_stand_in(
    person: Person, register: Register, start: date
) -> None:
    """Nobody knows yet how the income of 2026 and later is taxed: every outcome says so."""
    assert reckoned(person("alice", {"project.start": start}), register, "micro").carried_over


def test_the_household_is_taxed_with_the_project_and_without(
    person: Person, register: Register
) -> None:
    """Pay is deducted as wages are, a profit taken whole, and the project bears only what it adds."""
    profile = person("alice")
    job = JobPath.of_salary(profile, np.full(24, 2_300.0))
    household = TaxedHousehold.of(profile, register, job, stretches(profile.project.start)[0])
    # 90 % of 27 600 € and of 22 200 €, for three parts
    assert (float(household.taxable()), household.parts) == (44_820, 3)
    # 11 % of 10 020 € above three times 11 600 €, less the discount of 1 483 € − 45.25 %
    assert float(household.tax()) == pytest.approx(117.95, abs=0.01)
    assert float(household.tax(profit=10_000)) == pytest.approx(1_715.70, abs=0.01)
    assert float(household.added(profit=10_000)) == pytest.approx(1_597.75, abs=0.01)
    # 10 % off pay
    assert float(household.added(pay=10_000)) == pytest.approx(1_437.98, abs=0.01)
    assert float(household.added()) == 0


def test_a_profit_under_the_flat_tax_counts_for_the_rate_of_the_rest(
    person: Person, register: Register
) -> None:
    """Beside 10 000 € of profit the rest is taxed at the rate of 54 820 € (effective rate, CGI, 197 C)."""
    profile = person("alice")
    job = JobPath.of_salary(profile, np.full(24, 2_300.0))
    household = TaxedHousehold.of(profile, register, job, stretches(profile.project.start)[0])
    expected = 1_715.70 * 44_820 / 54_820 - 117.95
    assert float(household.added_beside(10_000)) == pytest.approx(expected, abs=0.02)
    assert float(household.added_beside(0)) == 0


def test_wages_of_a_year_have_the_months_before_and_after(person: Person) -> None:
    """Before the start the salary counts as long as the contract runs, after the last month the pace of those seen."""
    profile = person("alice", {"project.start": date(2027, 3, 1)})
    job = JobPath(np.full(24, 1_000.0), np.full(24, 200.0), 4_600.0)
    first, second, third = stretches(date(2027, 3, 1))
    assert job.in_year(first) == 2 * 2_300 + 10 * 1_200
    assert (job.in_year(second), job.in_year(third)) == (14_400, 14_400)
    assert JobPath.of_salary(profile, np.zeros(24)).before == 2 * 2_300


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (None, 9 * 2_300),
        (date(2027, 10, 1), 9 * 2_300),
        (date(2027, 3, 31), 3 * 2_300 + 6 * 900),
        (date(2026, 10, 1), 9 * 900),
    ],
)
def test_a_salary_that_has_ended_is_not_earned_before_the_start(
    person: Person, ends: date | None, expected: float
) -> None:
    """Of the nine months before a start in October, those after the end of the contract bring the benefit alone."""
    profile = person("alice", {"project.start": date(2027, 10, 1)})
    assert earned_before(profile, ends, 900.0) == expected


turnovers = st.floats(0, 15_000)


@given(
    turnovers, turnovers, turnovers, st.dates(date(2026, 7, 1), date(2028, 12, 31)), st.booleans()
)
@settings(deadline=None)
def test_no_euro_is_lost(  # noqa: PLR0913, PLR0917 - a curve, a start and an aid
    person: Person,
    register: Register,
    month_1: float,
    month_12: float,
    month_24: float,
    start: date,
    acre: bool,
) -> None:
    """For any curve and start, what is left, contributions, accountant and expenses are together each month's turnover."""
    turnover = {"month_1": month_1, "month_12": month_12, "month_24": month_24}
    profile = person("alice", {"project.turnover": turnover, "project.start": start})
    curve = Curve.of(profile)
    for form in FORMS:
        found = reckoned(profile, register, form, acre=acre)
        accountant = np.full(24, {"micro": 0, "ei": 100}.get(form, 2_000 / 12))
        if found.real_from is not None:
            accountant[found.real_from :] = 100
        spent = curve.expenses + accountant + found.contributions
        assert found.net + spent == pytest.approx(curve.turnover)
        assert np.isfinite(found.income_tax).all()
        assert float(found.income_tax.sum()) >= -0.01
        assert (found.taxable >= 0).all()
        assert (found.contributions >= 0).all()
