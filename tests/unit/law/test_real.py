from datetime import date
from typing import get_args

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from tremplin.law.forms import RealForm
from tremplin.law.real import RealRegime
from tremplin.model.profile import Category
from tremplin.model.register import Register

GOLDEN = ROOT / "tests/data/golden/net_income_2026.csv"
TOLERANCES = {"ei": (0.015, 130.0), "eurl": (0.015, 130.0), "sasu": (0.01, 60.0)}
"""A share of the margin, and at least so many €, as tests/data/golden/README.md says."""

DAY = date(2026, 11, 1)
FORMS, CATEGORIES = get_args(RealForm), get_args(Category)
SELF_EMPLOYED = ("ei", "eurl")

margins = st.floats(0, 700_000)


def regime(
    register: Register, form: RealForm, category: Category = "liberal", *, acre: bool = False
) -> RealRegime:
    return RealRegime.at(register, form, category, DAY, acre=acre)


def spared(register: Register, form: RealForm, margin: float) -> float:
    """Give what ACRE takes off the contributions on a margin, €."""
    without, with_acre = (regime(register, form, acre=acre) for acre in (False, True))
    return float(without.net(margin).contributions - with_acre.net(margin).contributions)


@pytest.mark.parametrize(("form", "cases"), [("ei", 71), ("eurl", 81), ("sasu", 86)])
def test_every_official_case_is_met(register: Register, form: RealForm, cases: int) -> None:
    """
    Sole traders and managers keep what Urssaf's rule base leaves them, within the tolerance.

    Of the self-employed the rule base has the base and the rates of before 2025, up to 750 € a year off; a president's
    pay is the same to the cent. ACRE is not in these cases: the rule base lags the law of 2026 (L131-6-4).
    """
    golden = pl.read_csv(GOLDEN).filter(pl.col("status") == form)
    share, least = TOLERANCES[form]
    assert golden.height == cases
    for row in golden.iter_rows(named=True):
        margin = row["turnover"] - row["expenses"]
        net = float(regime(register, form, row["activity"]).net(margin).before_tax)
        official = row["net_before_tax"]
        if form != "ei":  # which the rule base makes negative where nothing can be paid
            official = max(official, 0.0)
        assert abs(net - official) <= max(share * margin, least), row


def test_a_presidents_pay_is_the_rule_base_to_the_cent(register: Register) -> None:
    """Where law and rule base agree, nothing is lost between the rows of the table."""
    golden = pl.read_csv(GOLDEN).filter(pl.col("status") == "sasu")
    found = regime(register, "sasu").net((golden["turnover"] - golden["expenses"]).to_numpy())
    official = np.maximum(golden["net_before_tax"].to_numpy(), 0.0)
    assert np.abs(found.before_tax - official).max() < 0.05


@pytest.mark.parametrize(("form", "cost", "less"), [("ei", 30_000, 1_218), ("sasu", 25_000, 1_099)])
def test_acre_spares_a_quarter_of_what_it_reduces(
    register: Register, form: RealForm, cost: float, less: float
) -> None:
    """
    Up to 36 045 € of income, 25 % of sickness, family, basic pension and invalidity are spared (D131-6-1, II).

    On a base of 22 200 €: 504.84 + 111 + 3 967.14 + 288.60 €. Of a president a fifth is withheld from the pay, and what
    the company is spared is paid too, and bears contributions in its turn.
    """
    assert spared(register, form, cost) == pytest.approx(less, abs=1)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("margin", [0, 900, 30_000, 62_000])
@pytest.mark.parametrize("acre", [False, True])
def test_a_part_of_a_year_has_a_part_of_the_thresholds(
    register: Register, form: RealForm, margin: float, *, acre: bool
) -> None:
    """Three months with a quarter of a margin owe a quarter of the contributions, minimum and ACRE included."""
    of_form = regime(register, form, acre=acre)
    year, quarter = of_form.net(margin), of_form.net(margin / 4, 0.25)
    for name in ("contributions", "before_tax", "taxable", "gross"):
        assert getattr(quarter, name) * 4 == pytest.approx(getattr(year, name)), name


def test_half_a_year_is_not_a_year(register: Register) -> None:
    """The same 20 000 € in six months bear the contributions of a year of 40 000 €, not those of 20 000 €."""
    of_form = regime(register, "ei")
    assert float(of_form.net(0, 0.5).contributions) == pytest.approx(627.36, abs=0.01)
    half, year = of_form.net(20_000, 0.5), of_form.net(40_000)
    assert float(half.contributions) == pytest.approx(float(year.contributions) / 2)


@pytest.mark.parametrize(("form", "rate"), [("ei", 0.200), ("eurl", 0.200), ("sasu", 0.423)])
def test_beyond_half_a_million_it_goes_on(register: Register, form: RealForm, rate: float) -> None:
    """Beyond every ceiling contributions rise at the same pace, for any margin."""
    found = regime(register, form).net([500_000, 600_000, 1_500_000]).contributions
    assert (found[1] - found[0]) / 100_000 == pytest.approx(rate, abs=0.001)
    assert (found[2] - found[0]) / 1_000_000 == pytest.approx(rate, abs=0.001)


def test_crafts_and_regulated_professions_have_rows_of_their_own(register: Register) -> None:
    """A craftsman trains for 19 € more a year, and Cipav has contributions of its own; trade and liberal are alike."""
    due = {
        category: float(regime(register, "ei", category).net(30_000).contributions)
        for category in CATEGORIES
    }
    assert due["sale"] == due["lodging"] == due["commercial_service"] == due["liberal"]
    assert due["craft_sale"] == due["craft_service"]
    assert [round(due[name]) for name in ("sale", "craft_sale", "liberal_cipav")] == [
        8_943,
        8_963,
        7_751,
    ]


@given(st.sampled_from(SELF_EMPLOYED), st.sampled_from(CATEGORIES), margins, margins, st.booleans())
def test_more_margin_leaves_a_self_employed_person_more(  # noqa: PLR0913, PLR0917 - two margins of one regime
    register: Register, form: RealForm, category: Category, one: float, other: float, acre: bool
) -> None:
    """More margin never leaves less, with or without ACRE, and its fading out is no cliff."""
    net = regime(register, form, category, acre=acre).net(sorted((one, other)))
    assert net.before_tax[0] <= net.before_tax[1] + 0.01


@given(margins, margins, st.booleans())
def test_more_margin_leaves_a_president_more(
    register: Register, one: float, other: float, acre: bool
) -> None:
    """
    More margin never leaves less, but for two corners of the law.

    Below 240 € nobody is paid, so that the margin stays whole, and until some 800 € health cover takes all; around
    67 600 € of margin the pay passes the ceiling of social security, from where the CET is due on the whole of it.
    """
    low, high = sorted((one, other))
    net = regime(register, "sasu", acre=acre).net([low, high]).before_tax
    corner = low < 600
    flat = 67_560 <= low <= 67_700 or 67_560 <= high <= 67_700
    assert net[0] <= net[1] + (504 if corner else 6 if flat else 0.01)


@given(st.sampled_from(FORMS), st.sampled_from(CATEGORIES), margins)
def test_acre_never_costs(
    register: Register, form: RealForm, category: Category, margin: float
) -> None:
    """
    With ACRE nobody pays more than without, and nobody less than nothing.

    But for a few euros where a president's pay passes the ceiling of social security, from where the CET is due on the whole.
    """
    with_acre = float(regime(register, form, category, acre=True).net(margin).contributions)
    without = float(regime(register, form, category).net(margin).contributions)
    passes = form == "sasu" and 67_560 <= margin <= 67_700
    assert 0 <= with_acre <= without + (6 if passes else 0)


@given(st.sampled_from(FORMS), st.floats(-50_000, 700_000), st.floats(0.05, 1))
def test_margin_is_shared_between_contributions_and_net_income(
    register: Register, form: RealForm, margin: float, years: float
) -> None:
    """No euro is lost between what is earned, due and left; a loss is never taxed, and no manager's pay is one."""
    net = regime(register, form, acre=True).net(margin, years)
    if form == "ei" or net.before_tax > 0:
        assert float(net.contributions + net.before_tax) == pytest.approx(margin, abs=0.01)
    else:
        assert net.before_tax == 0
    assert net.taxable >= 0
