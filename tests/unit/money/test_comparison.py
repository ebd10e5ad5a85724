from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.conftest import PEOPLE

from tremplin.case import Case
from tremplin.law.forms import FORMS
from tremplin.law.thresholds import micro_lost_on
from tremplin.money.comparison import forms

FIXED = "project.expenses.fixed"
MARCH = date(2027, 3, 1)


def steady(month: float, start: date = date(2027, 1, 1)) -> dict[str, Any]:
    """Give the changes of a profile for so much turnover in each month, without expenses."""
    return {
        "project.turnover": {"month_1": month, "month_12": month, "month_24": month},
        "project.expenses": {"fixed": 0.0, "rate": 0.0},
        "project.start": start,
    }


@pytest.mark.parametrize(
    ("name", "form", "reason"),
    [
        ("alice", "micro", "leaves_most"),
        # The real regime leaves 1 604 € more over two years, its accountant paid.
        ("bruno", "ei", "leaves_most"),
        ("chantal", "micro", "leaves_most"),
        # A company would leave 72 € more.
        ("david", "ei", "simplest"),
        # She seeks investors, who need shares.
        ("emma", "sasu", "shared"),
        ("farid", "micro", "leaves_most"),
        ("gaelle", "micro", "leaves_most"),
        # He has a partner.
        ("hugo", "eurl", "shared"),
    ],
)
def test_the_form_of_each_example_person(
    case: Callable[..., Case], name: str, form: str, reason: str
) -> None:
    """What the report recommends, and why."""
    found = forms(case(name))
    assert (found.recommended, found.reason) == (form, reason)
    assert found.best.form == form


@pytest.mark.parametrize(
    ("fixed", "form", "reason", "lead"),
    [
        (267, "micro", "leaves_most", 8.96),
        # The real regime leaves more from here on, but less than 1 000 € in two years.
        (268, "micro", "simplest", -0.72),
        (385, "micro", "simplest", -992.90),
        (386, "ei", "leaves_most", 977.95),
    ],
)
def test_a_heavier_form_must_be_worth_its_trouble(
    case: Callable[..., Case], fixed: float, form: str, reason: str, lead: float
) -> None:
    """With more and more expenses the real regime overtakes the micro regime; it is chosen from 1 000 € in two years on."""
    found = forms(case("alice", {FIXED: fixed}))
    assert (found.recommended, found.reason) == (form, reason)
    assert found.lead == pytest.approx(lead, abs=0.01)


@pytest.mark.parametrize(
    ("changes", "open_", "form", "reason"),
    [
        ({}, FORMS, "micro", "leaves_most"),
        ({"project.partners": 1, "project.capital_share": 0.6}, ("eurl", "sasu"), "eurl", "shared"),
        (
            {"project.seeks_investors": True, "project.capital_share": 0.6},
            ("eurl", "sasu"),
            "sasu",
            "shared",
        ),
        (
            {"project.partners": 2, "project.seeks_investors": True, "project.capital_share": 0.6},
            ("eurl", "sasu"),
            "sasu",
            "shared",
        ),
        (steady(83_599 / 12), FORMS, "micro", "leaves_most"),
        # Two years over lose the micro regime on 1 January 2029: on the day after the two years that are looked at.
        (steady(83_601 / 12), FORMS, "micro", "leaves_most"),
        # With a start in March that is in the twenty-third month.
        (steady(7_100, MARCH), ("ei", "eurl", "sasu"), "eurl", "above_ceiling"),
        (
            steady(7_100, MARCH) | {"project.partners": 1, "project.capital_share": 0.6},
            ("eurl", "sasu"),
            "eurl",
            "shared",
        ),
        # With so many expenses nobody would have wanted the micro regime.
        (steady(7_100, MARCH) | {FIXED: 4_000}, ("ei", "eurl", "sasu"), "ei", "leaves_most"),
    ],
    ids=[
        "alone",
        "a partner",
        "investors",
        "both",
        "a euro under the ceiling",
        "a euro over",
        "lost within two years",
        "a partner, lost",
        "lost, with expenses",
    ],
)
def test_which_forms_are_open(
    case: Callable[..., Case],
    changes: dict[str, Any],
    open_: tuple[str, ...],
    form: str,
    reason: str,
) -> None:
    """Partners need a company, investors a SAS, and the micro regime is closed where it would be lost within two years."""
    found = forms(case("alice", changes))
    assert tuple(option.form for option in found.options if option.open) == open_
    assert (found.recommended, found.reason) == (form, reason)


def test_what_an_accountant_is_assumed_to_cost(case: Callable[..., Case]) -> None:
    """Nothing for a micro-enterprise, 1 200 € a year for a sole trader, 2 000 € for a company."""
    assert [option.accounting for option in forms(case()).options] == [
        0,
        1_200,
        2_000,
        2_000,
    ]


LITTLE: dict[str, Any] = {
    "household": {"situation": "single", "children": 0, "fixed_costs": 1_000},
    "employment.net_salary": 500,
}
"""So little that nothing is taxed: 5 400 € a year after the deduction."""


def test_what_the_forms_are_compared_by(case: Callable[..., Case]) -> None:
    """6 000 € of sales a year, where no income is taxed: what two years leave, accountant and registration paid."""
    found = forms(case("alice", steady(500) | LITTLE))
    # 25.6 % and 0.2 % of 500 € are 128 € and 1 € a month.
    micro = found.of("micro")
    assert [micro.before_tax(year) for year in (1, 2)] == pytest.approx([4_452, 4_452])
    assert [micro.best(year) for year in (1, 2)] == pytest.approx([4_452, 4_452])
    assert micro.pocket == pytest.approx(8_904)
    # 4 000 € once the accountant is paid: 15 % of corporate tax, 31.4 % of the 3 400 € left; 224 € to register.
    sasu = found.of("sasu")
    assert [sasu.best(year) for year in (1, 2)] == pytest.approx([2_332.40, 2_332.40])
    assert sasu.pocket == pytest.approx(4_440.80)
    assert found.recommended == "micro"
    assert found.lead == pytest.approx(8_904 - found.of("ei").pocket)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_day_later_the_form_is_the_same(case: Callable[..., Case], name: str) -> None:
    """Who starts a day later is sent to the same form, for the same reason."""
    now = case(name)
    later = now.given({"project.start": now.start + timedelta(days=1)})
    one, other = forms(now), forms(later)
    assert (other.recommended, other.reason) == (one.recommended, one.reason)


@pytest.mark.parametrize("start", [date(2027, 1, 1), date(2027, 3, 1), date(2027, 12, 15)])
@pytest.mark.parametrize("month", [1_000, 6_900, 7_100, 9_000])
def test_the_micro_regime_is_open_while_it_is_not_lost(
    case: Callable[..., Case], start: date, month: float
) -> None:
    """Whoever is told a day on which it is lost within two years cannot choose it; nobody else is refused it."""
    found = case("alice", steady(month, start))
    lost = micro_lost_on(found)
    end = date(start.year + 2, start.month, start.day)
    assert forms(found).of("micro").open is (lost is None or lost >= end)


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_is_sent_to_a_form_that_leaves_much_less(
    case: Callable[..., Case], name: str
) -> None:
    """Where shares do not decide, no open form leaves 1 000 € more in two years than the one recommended."""
    found = forms(case(name))
    if name == "emma":
        # A SARL, whose notice costs 60 € less, has no shares for investors.
        assert found.lead == pytest.approx(-60, abs=1)
    else:
        assert found.lead >= -1_000
