from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.analysis.income.income_tax import Scale, parts
from tremplin.model.register import Register

GOLDEN = Path(__file__).parents[3] / "data/golden/income_tax_2026.csv"
TOLERANCE = 2.0
"""€, as tests/data/golden/README.md says."""

incomes = st.floats(0, 500_000)
children = st.integers(0, 8)


@pytest.fixture(scope="module")
def scale(register: Register) -> Scale:
    """Give the scale of 2026, applied to the income of 2025."""
    return Scale.at(register, date(2026, 11, 1))


def test_every_official_case_is_met(scale: Scale) -> None:
    """The 200 households computed with Urssaf's rule base pay the same tax, to 2 €."""
    golden = pl.read_csv(GOLDEN)
    found = scale.tax(
        golden["taxable_income"].to_numpy(),
        (golden["household"] == "couple").to_numpy(),
        golden["children"].to_numpy(),
    )
    assert golden.height == 200
    assert np.abs(found - golden["income_tax"].to_numpy()).max() <= TOLERANCE


@pytest.mark.parametrize(
    ("couple", "number", "count"),
    [(False, 0, 1), (False, 1, 1.5), (False, 2, 2), (False, 3, 3), (True, 2, 3), (True, 4, 5)],
)
def test_parts_of_the_family_quotient(couple: bool, number: int, count: float) -> None:
    """Half a part for each of two children, a whole one from the third."""
    assert parts(couple, number) == count


@pytest.mark.parametrize(
    ("taxable", "tax"),
    [
        (0, 0),
        (-5000, 0),
        (11_600, 0),
        # One part: 11 % of what passes 11 600 €, less the discount of 897 € − 45.25 %.
        (20_000, 0.11 * 8_400 - (897 - 0.4525 * 0.11 * 8_400)),
        # 30 % above 29 579 €; the discount is used up.
        (40_000, 0.11 * (29_579 - 11_600) + 0.30 * (40_000 - 29_579)),
        (200_000, 0.11 * 17_979 + 0.30 * 54_998 + 0.41 * 97_340 + 0.45 * 18_083),
    ],
)
def test_a_single_person_without_children(scale: Scale, taxable: float, tax: float) -> None:
    """The scale of article 197 of the CGI as applied in 2026, bracket by bracket."""
    assert scale.tax(taxable, couple=False, children=0) == pytest.approx(tax, abs=0.01)


def test_the_advantage_of_a_child_is_capped(scale: Scale) -> None:
    """From a certain income on, half a part spares a couple exactly 1 807 €."""
    assert scale.tax(200_000, couple=True, children=0) - scale.tax(
        200_000, couple=True, children=1
    ) == pytest.approx(1807)


@pytest.mark.parametrize(
    ("wages", "left"),
    [(0, 0), (400, 0), (4_000, 3_491), (20_000, 18_000), (145_550, 130_995), (200_000, 185_445)],
    ids=["none", "less than the minimum", "minimum of 509 €", "10 %", "at the most", "14 555 €"],
)
def test_the_deduction_for_wages(scale: Scale, wages: float, left: float) -> None:
    """Ten percent of a person's wages, at least 509 € and at most 14 555 €."""
    assert scale.after_deduction(wages) == pytest.approx(left)


@pytest.mark.parametrize(("year", "carried"), [(2025, False), (2026, True), (2027, True)])
def test_a_law_not_yet_known_is_marked(register: Register, year: int, carried: bool) -> None:
    """The income of 2025 is taxed by the law of 2026; that of 2026 by one nobody knows yet."""
    assert Scale.of_income(register, year).carried_over is carried


@given(incomes, incomes, st.booleans(), children)
def test_more_income_never_lowers_the_tax(
    register: Register, one: float, other: float, couple: bool, number: int
) -> None:
    """The tax rises with income, and never faster than the income."""
    scale = Scale.at(register, date(2026, 11, 1))
    low, high = sorted((one, other))
    less, more = scale.tax(low, couple, number), scale.tax(high, couple, number)
    assert less <= more + 1e-6
    assert more - less <= (high - low) + 1e-6


@given(incomes, st.booleans(), children)
def test_another_child_never_raises_the_tax(
    register: Register, income: float, couple: bool, number: int
) -> None:
    """A larger family pays the same or less."""
    scale = Scale.at(register, date(2026, 11, 1))
    assert scale.tax(income, couple, number + 1) <= scale.tax(income, couple, number) + 1e-6
