from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from tremplin.law.income_tax import Family, Scale
from tremplin.model.register import Register

GOLDEN = ROOT / "tests/data/golden/income_tax_2026.csv"
FAMILIES = ROOT / "tests/data/golden/family_quotient_2026.csv"
TOLERANCE = 2.0
"""€, as tests/data/golden/README.md says."""

incomes = st.floats(0, 500_000)
children = st.integers(0, 8)
families = children.flatmap(
    lambda number: st.builds(
        Family, st.booleans(), st.booleans(), st.just(number), st.integers(0, number)
    )
)


@pytest.fixture(scope="module")
def scale(register: Register) -> Scale:
    """Give the scale of 2026, applied to the income of 2025."""
    return Scale.at(register, date(2026, 11, 1))


def test_every_official_case_is_met(scale: Scale) -> None:
    """The 200 households computed with Urssaf's rule base pay the same tax, to 2 €."""
    golden = pl.read_csv(GOLDEN)
    family = Family(
        couple=(golden["household"] == "couple").to_numpy(),
        children=golden["children"].to_numpy(),
    )
    found = scale.tax(golden["taxable_income"].to_numpy(), family)
    assert golden.height == 200
    assert np.abs(found - golden["income_tax"].to_numpy()).max() <= TOLERANCE


def test_lone_parents_and_shared_custody_are_met(scale: Scale) -> None:
    """The 240 families computed with OpenFisca have the same parts, and pay the same tax to 2 €."""
    golden = pl.read_csv(FAMILIES)
    family = Family(
        couple=(golden["household"] == "couple").to_numpy(),
        alone=(golden["household"] == "single").to_numpy(),
        children=golden["children"].to_numpy(),
        shared=golden["children_shared"].to_numpy(),
    )
    found = scale.tax(golden["taxable_income"].to_numpy(), family)
    assert golden.height == 240
    assert (family.parts == golden["parts"].to_numpy()).all()
    assert np.abs(found - golden["income_tax"].to_numpy()).max() <= TOLERANCE


@pytest.mark.parametrize(("year", "carried"), [(2025, False), (2026, True), (2027, True)])
def test_a_law_not_yet_known_is_marked(register: Register, year: int, carried: bool) -> None:
    """The income of 2025 is taxed by the law of 2026; that of 2026 by one nobody knows yet."""
    assert Scale.of_income(register, year).carried_over is carried


@given(incomes, incomes, families)
def test_more_income_never_lowers_the_tax(
    register: Register, one: float, other: float, family: Family
) -> None:
    """The tax rises with income, and never faster than the income."""
    scale = Scale.at(register, date(2026, 11, 1))
    low, high = sorted((one, other))
    less, more = scale.tax(low, family), scale.tax(high, family)
    assert less <= more + 1e-6
    assert more - less <= (high - low) + 1e-6


@given(incomes, st.booleans(), st.booleans(), children)
def test_another_child_never_raises_the_tax(
    register: Register, income: float, couple: bool, alone: bool, number: int
) -> None:
    """A larger family pays the same or less."""
    scale = Scale.at(register, date(2026, 11, 1))
    fewer, more = (Family(couple, alone, count) for count in (number, number + 1))
    assert scale.tax(income, more) <= scale.tax(income, fewer) + 1e-6
