from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.analysis.income.arrays import Array
from tremplin.analysis.unemployment import (
    PaidExit,
    Rights,
    as_capital,
    beside_new_activity,
    capital,
    daily_benefit,
    durations,
    kept_in_full,
    longest,
    near_pension,
    opens_rights,
    rights,
)
from tremplin.model.profile import Profile
from tremplin.model.register import Register

DAY = date(2026, 11, 1)
AS_OF = date(2026, 11, 22)
YEAR = Rights(ended=DAY, daily=50.0, days=365, estimated=False, reference=3_000.0)
"""A year of benefit at 50 € a day: 1 500 € a month, 18 250 € together."""


def test_the_capital_of_unedics_example(register: Register) -> None:
    """12 432 €, which is 60 % of the rights left, are paid as 12 059 € after 3 % for complementary pension."""
    # 56 € for 370 days: 20 720 €, of which 60 % are 12 432 €
    assert capital(register, 56.0, 370, DAY) == pytest.approx(12_059.04)


def test_the_capital_comes_in_two_halves(register: Register) -> None:
    """Half is paid at the creation and half six months later, nothing else."""
    found = as_capital(register, Rights(DAY, 56.0, 370, estimated=False, reference=3_000.0), DAY)
    assert {month: float(found[month]) for month in np.flatnonzero(found).tolist()} == {
        0: pytest.approx(6_029.52),
        6: pytest.approx(6_029.52),
    }


@pytest.mark.parametrize(
    ("income", "paid"),
    [
        (0, 1_500),
        (-400, 1_500),
        # 70 % of the month's income are taken off
        (1_000, 800),
        (2_000, 100),
        # benefit and income stay under the former salary
        (2_142, 0.6),
        (2_500, 0),
    ],
)
def test_beside_a_new_activity_seventy_percent_of_its_income_are_taken_off(
    register: Register, income: float, paid: float
) -> None:
    """Of 1 500 € of benefit a month 800 € are left beside 1 000 € of income."""
    found = beside_new_activity(register, YEAR, np.full(24, float(income)), DAY)
    assert found[0] == pytest.approx(paid)


def test_benefit_and_income_do_not_exceed_the_former_salary(register: Register) -> None:
    """Whoever earned 1 600 € has 600 € beside 1 000 € of income, not 800 €."""
    modest = Rights(ended=DAY, daily=50.0, days=365, estimated=False, reference=1_600.0)
    found = beside_new_activity(register, modest, np.full(24, 1_000.0), DAY)
    assert found[0] == pytest.approx(600)


def test_beside_a_new_activity_benefit_stops_at_sixty_percent_of_the_rights(
    register: Register,
) -> None:
    """Of 18 250 € at most 10 950 € are paid: seven months in full, a part of the eighth (Unédic circular 2025-03)."""
    found = beside_new_activity(register, YEAR, np.zeros(24), DAY)
    assert found[:9].tolist() == pytest.approx([1_500] * 7 + [450, 0])
    assert float(found.sum()) == pytest.approx(10_950)


@pytest.mark.parametrize(
    ("ended", "paid"), [(date(2025, 3, 31), 18_250), (date(2025, 4, 1), 10_950)]
)
def test_contracts_ended_before_april_2025_know_no_such_stop(
    register: Register, ended: date, paid: float
) -> None:
    """Whose contract ended before 1 April 2025 may be paid all rights beside the business (Unédic circular 2025-03)."""
    found = Rights(ended=ended, daily=50.0, days=365, estimated=False, reference=3_000.0)
    assert float(beside_new_activity(register, found, np.zeros(24), DAY).sum()) == pytest.approx(
        paid
    )


def test_an_activity_kept_takes_nothing_off(register: Register) -> None:
    """A business that ran beside the job leaves the benefit whole: every day is paid, from the month of the exit on."""
    found = kept_in_full(register, YEAR, 6, DAY)
    # 365 days: twelve months of thirty and five days
    assert found.tolist() == pytest.approx([0.0] * 6 + [1_500.0] * 12 + [250.0] + [0.0] * 5)
    assert float(found.sum()) == YEAR.total == 18_250


def test_what_comes_after_the_last_month_is_not_counted(register: Register) -> None:
    """An exit in the last of twenty-four months shows one month of benefit."""
    assert float(kept_in_full(register, YEAR, 23, DAY).sum()) == 1_500
    assert float(kept_in_full(register, YEAR, 30, DAY).sum()) == 0


@pytest.mark.parametrize(
    ("gross", "daily"),
    [
        # At most 75 % of 500 × 12 / 365 €
        (500, 12.33),
        (1_200, 29.59),
        # The minimum of 32.13 €
        (1_400, 32.13),
        # 40.4 % of 59.18 € and 13.18 €
        (1_800, 37.09),
        (2_400, 45.06),
        # 57 % of 98.63 €
        (3_000, 56.22),
        (9_000, 168.66),
    ],
)
def test_the_daily_benefit(register: Register, gross: float, daily: float) -> None:
    """The better of 40.4 % and 13.18 €, or 57 %; at least 32.13 €, at most 75 % of the former salary a day."""
    assert daily_benefit(register, gross, DAY) == pytest.approx(daily, abs=0.005)


@pytest.mark.parametrize(
    ("exit_", "age", "days"),
    [
        # 15 months or 20.5 by mutual termination (loi 2026-470)
        ("mutual_termination", 54, 457),
        ("mutual_termination", 55, 624),
        ("mutual_termination", 60, 624),
        # 18, 22.5 or 27 months by any other exit
        ("dismissal", None, 548),
        ("dismissal", 54, 548),
        ("dismissal", 55, 685),
        ("dismissal", 56, 685),
        ("dismissal", 57, 822),
        ("reconversion", 30, 548),
        ("term_end", 60, 822),
    ],
)
def test_the_longest_benefit_by_exit_and_age(
    register: Register, exit_: PaidExit, age: int | None, days: int
) -> None:
    """Under 55, a mutual termination pays for 15 months and a dismissal for 18."""
    assert longest(register, exit_, age, DAY) == days


@pytest.mark.parametrize(
    ("since", "days"),
    [
        # Three quarters of 365 days
        (date(2026, 3, 1), 273),
        (date(2026, 8, 1), 159),
        (date(2020, 1, 1), 548),
    ],
)
def test_days_follow_seniority_where_the_profile_gives_none(
    person: Callable[..., Profile], register: Register, since: date, days: int
) -> None:
    """Three days of benefit for four of employment, up to the most; the amount is an estimate and says so."""
    profile = person("alice", {"employment.since": since})
    found = rights(profile, register, "dismissal", date(2027, 3, 1), AS_OF)
    assert (found.days, found.estimated) == (days, True)
    # 2 300 € net are 2 875 € gross: 57 % of 94.52 € a day
    assert (found.daily, found.reference) == (53.88, 2_875)


def test_a_job_too_short_opens_nothing(person: Callable[..., Profile], register: Register) -> None:
    """Three months of work alone give no right to benefit; six do."""
    profile = person("alice", {"employment.since": date(2026, 9, 1)})
    assert rights(profile, register, "dismissal", date(2026, 11, 30), AS_OF).days == 0
    # 180 days from 1 September to 28 February: three quarters
    assert rights(profile, register, "dismissal", date(2027, 2, 28), AS_OF).days == 135


@pytest.mark.parametrize(
    ("month", "days"),
    # The contract ends on 4 December, 4 July 2026, 4 January 2026, 4 July 2025, 4 January 2025.
    [(-1, 518), (-6, 368), (-12, 188), (-18, 8), (-24, 0)],
)
def test_days_paid_before_the_creation_are_gone(
    person: Callable[..., Profile], register: Register, month: int, days: int
) -> None:
    """Of 548 days, thirty are paid in each month between the end of the contract and the creation."""
    plan = {"transition.exit": "dismissal", "transition.exit_month": month}
    profile = person("alice", plan)
    assert profile.contract_end is not None
    assert rights(profile, register, "dismissal", profile.contract_end, AS_OF).days == days


@pytest.mark.parametrize(
    ("month", "as_of", "days"),
    [
        # Ended in July: of the days left on 22 November, a month and thirteen days are paid by 4 January.
        (-6, date(2026, 11, 22), 157),
        (-6, date(2027, 1, 4), 200),
        (-6, date(2027, 2, 1), 200),
        # To end on 4 December: a month is paid.
        (-1, date(2026, 11, 22), 170),
        (3, date(2026, 11, 22), 200),
    ],
)
def test_days_of_the_profile_are_those_of_the_report_s_day(
    person: Callable[..., Profile], register: Register, month: int, as_of: date, days: int
) -> None:
    """The 200 days that France Travail shows today are fewer at the creation, by those paid until then."""
    plan = {
        "transition.exit": "dismissal",
        "transition.exit_month": month,
        "transition.unemployment": {"daily_are": 40.0, "remaining_days": 200},
    }
    profile = person("alice", plan)
    assert profile.contract_end is not None
    assert rights(profile, register, "dismissal", profile.contract_end, as_of).days == days


@pytest.mark.parametrize(
    ("ended", "months", "shortened_from"),
    [
        (date(2026, 8, 31), (18, 22.5, 27), None),
        (date(2026, 9, 1), (15, 20.5, 20.5), date(2026, 9, 1)),
    ],
)
def test_how_long_a_mutual_termination_pays(
    register: Register,
    ended: date,
    months: tuple[float, float, float],
    shortened_from: date | None,
) -> None:
    """Before September 2026 it paid as long as any other exit: 18 months under 55, then 22.5, then 27."""
    found = durations(register, "mutual_termination", ended)
    assert (found.under_55, found.from_55, found.from_57) == months
    assert found.shortened_from == shortened_from


@pytest.mark.parametrize(
    ("name", "exit_", "opens"),
    [
        ("alice", "none", False),
        ("alice", "resignation", False),
        ("alice", "mutual_termination", True),
        ("alice", "dismissal", True),
        ("alice", "reconversion", True),
        ("alice", "term_end", False),
        ("farid", "reconversion", False),
        ("farid", "term_end", True),
        ("chantal", "reconversion", False),
    ],
)
def test_which_exit_opens_benefit(
    person: Callable[..., Profile], name: str, exit_: str, *, opens: bool
) -> None:
    """A resignation opens none; resigning to retrain does, from a permanent contract of private law (L5422-1)."""
    assert opens_rights(person(name), exit_) is opens


def test_days_used_up_open_nothing(person: Callable[..., Profile]) -> None:
    """Whoever has no day of benefit left is not promised any."""
    used = {"transition.unemployment": {"daily_are": 40.0, "remaining_days": 0}}
    assert not opens_rights(person("alice", used), "dismissal")


all_rights = st.builds(
    Rights,
    ended=st.just(DAY),
    daily=st.floats(10, 250),
    days=st.integers(0, 822),
    estimated=st.just(value=False),
    reference=st.floats(500, 12_000),
)
incomes = st.lists(st.floats(-2_000, 20_000), min_size=24, max_size=24).map(np.array)


@given(all_rights, incomes)
def test_rights_are_never_overdrawn(register: Register, found: Rights, income: Array) -> None:
    """Beside a new activity at most 60 % of the rights are paid, and no month more than thirty days."""
    paid = beside_new_activity(register, found, income, DAY)
    assert float(paid.sum()) <= 0.6 * found.total + 0.01
    assert (paid >= 0).all()
    assert (paid <= 30 * found.daily + 0.01).all()
    assert (np.maximum(income, 0) + paid <= np.maximum(found.reference, income) + 0.01).all()


@given(all_rights, st.integers(0, 23))
def test_an_activity_kept_is_never_worse(register: Register, found: Rights, first: int) -> None:
    """In full, the benefit is the rights or what the months left can hold, and never less than beside a new activity."""
    kept = float(kept_in_full(register, found, first, DAY).sum())
    assert kept == pytest.approx(found.daily * min(found.days, 30 * (24 - first)), abs=0.01)
    beside = float(beside_new_activity(register, found, np.zeros(24), DAY).sum())
    whole = float(kept_in_full(register, found, 0, DAY).sum())
    assert beside <= whole + 0.01


@given(st.floats(0, 15_000), st.floats(0, 15_000))
def test_a_better_salary_never_gives_less_benefit(
    register: Register, one: float, other: float
) -> None:
    """The daily benefit rises with the former salary and stays under three quarters of it."""
    low, high = sorted((one, other))
    assert daily_benefit(register, low, DAY) <= daily_benefit(register, high, DAY)
    assert daily_benefit(register, high, DAY) <= 0.75 * high * 12 / 365 + 0.005


@pytest.mark.parametrize(
    ("birth", "exit_month", "near"),
    [
        (date(1967, 1, 4), -1, True),
        (date(1967, 1, 5), -1, False),
        (date(1967, 1, 5), 0, False),
        (date(1967, 1, 5), 1, True),
        (None, 1, False),
    ],
)
def test_a_pension_near_by_is_known_by_age(
    person: Callable[..., Profile],
    register: Register,
    birth: date | None,
    exit_month: int,
    *,
    near: bool,
) -> None:
    """Sixty on 4 January 2027, or when the contract ends after it: benefit may soon give way to a pension."""
    changes = {
        "person.birth_date": birth,
        "transition.exit": "mutual_termination",
        "transition.exit_month": exit_month,
    }
    assert near_pension(person("alice", changes), register) is near
