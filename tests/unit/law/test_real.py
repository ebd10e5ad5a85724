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
from tremplin.model.register import DataError, Register

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


def margin_of(register: Register, form: RealForm, gross: float) -> float:
    """Give the margin of which an income of so much is made, as ACRE counts it, €."""
    curve = regime(register, form).curve
    return float(np.interp(gross, curve["acre_income"], curve["margin"]))


@pytest.mark.parametrize(("form", "cases"), [("ei", 71), ("eurl", 81), ("sasu", 86)])
def test_every_official_case_is_met(register: Register, form: RealForm, cases: int) -> None:
    """
    Sole traders and managers keep what Urssaf's rule base leaves them, within the tolerance.

    The law differs on one point without ACRE: the basic pension of the self-employed is 17.87 % of income (D633-2 and
    D633-3), where the rule base takes 17.75 %, so that they keep up to 127 € less here; a president's pay is the same
    to the cent. ACRE is not in these cases: the rule base lags the law of 2026 (L131-6-4).
    """
    golden = pl.read_csv(GOLDEN).filter(pl.col("status") == form)
    share, least = TOLERANCES[form]
    assert golden.height == cases
    for row in golden.iter_rows(named=True):
        margin = row["turnover"] - row["expenses"]
        net = float(regime(register, form, row["activity"]).net(margin).before_tax)
        assert abs(net - row["net_before_tax"]) <= max(share * margin, least), row
        assert net <= row["net_before_tax"] + 1.5, row


def test_a_presidents_pay_is_the_rule_base_to_the_cent(register: Register) -> None:
    """Where law and rule base agree, nothing is lost between the rows of the table."""
    golden = pl.read_csv(GOLDEN).filter(pl.col("status") == "sasu")
    found = regime(register, "sasu").net((golden["turnover"] - golden["expenses"]).to_numpy())
    assert np.abs(found.before_tax - golden["net_before_tax"].to_numpy()).max() < 0.05


@pytest.mark.parametrize(
    ("margin", "more"),
    [
        # The least base of the basic pension is 450 hours of Smic: 5 409 € × 0.12 %.
        (0, 6.49),
        (2_000, 6.49),
        # 0.12 % of 71 868 € of professional income, above the ceiling too (0.72 % for 0.6 %)
        (100_000, 86.24),
    ],
)
def test_the_basic_pension_is_that_of_the_law(
    register: Register, margin: float, more: float
) -> None:
    """The self-employed pay 17.87 % for the basic pension, 0.12 points more than in the table (D633-3)."""
    of_table = regime(register, "ei")
    curve = of_table.curve
    table = np.interp(margin, curve["margin"], curve["contributions"])
    assert float(of_table.net(margin).contributions - table) == pytest.approx(more, abs=0.005)


@pytest.mark.parametrize("form", FORMS)
def test_acre_spares_a_quarter_of_its_base_up_to_three_quarters_of_the_ceiling(
    register: Register, form: RealForm
) -> None:
    """Up to 36 045 € of income, 25 % of sickness, family, basic pension and invalidity are spared (D131-6-1, II)."""
    margin = margin_of(register, form, 30_000)
    curve = regime(register, form).curve
    base = float(np.interp(margin, curve["margin"], curve["acre_base"]))
    # A president's employee part is paid out, and bears contributions in its turn.
    share = 0.25 * 0.687 if form == "sasu" else 0.25
    assert spared(register, form, margin) == pytest.approx(share * base, abs=1)


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


@pytest.mark.parametrize(("form", "rate"), [("ei", 0.179), ("eurl", 0.179), ("sasu", 0.423)])
def test_beyond_half_a_million_it_goes_on(register: Register, form: RealForm, rate: float) -> None:
    """After the last row of the table contributions rise at the same pace, for any margin."""
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
        8_845,
        8_858,
        7_783,
    ]


def test_a_form_without_rows_is_an_error(register: Register) -> None:
    """Where Urssaf's table lacks a form, the message names the table."""
    with pytest.raises(DataError, match=r"net_income\.csv: there is no row for sci, liberal"):
        RealRegime.at(register, "sci", "liberal", DAY, acre=False)  # type: ignore[arg-type] # on purpose


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
    """With ACRE nobody pays more than without, and nobody less than nothing."""
    with_acre = float(regime(register, form, category, acre=True).net(margin).contributions)
    without = float(regime(register, form, category).net(margin).contributions)
    assert 0 <= with_acre <= without


@given(st.sampled_from(FORMS), st.floats(-50_000, 700_000), st.floats(0.05, 1))
def test_margin_is_shared_between_contributions_and_net_income(
    register: Register, form: RealForm, margin: float, years: float
) -> None:
    """No euro is lost between what is earned, what is due and what is left; a loss is never taxed."""
    net = regime(register, form, acre=True).net(margin, years)
    assert float(net.contributions + net.before_tax) == pytest.approx(margin, abs=0.01)
    assert net.taxable >= 0
