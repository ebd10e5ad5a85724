import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.case.arrays import Array
from tremplin.money.piecewise import pieces


def bent(at: Array) -> Array:
    """Rise at two paces, with a kink at 3 333."""
    return np.stack([np.where(at < 3333, at, 3333 + (at - 3333) / 2), 2 * at])


def test_a_straight_line_needs_its_two_ends() -> None:
    """A table holds no row that says nothing."""
    x, y = pieces(lambda at: at[None] * 3, np.linspace(0, 100, 11), within=1, share=0, finest=20)
    assert x.tolist() == [0, 100]
    assert y.tolist() == [[0, 300]]


def test_a_kink_is_found() -> None:
    """Where a rate changes, the table has a row near."""
    x, y = pieces(bent, np.linspace(0, 10_000, 5), within=5, share=0, finest=20)
    assert len(x) < 8
    between = np.linspace(0, 10_000, 2001)
    assert np.abs(np.interp(between, x, y[0]) - bent(between)[0]).max() < 5
    assert np.abs(np.interp(between, x, y[1]) - bent(between)[1]).max() < 5


def test_points_asked_for_are_kept() -> None:
    """The person's own point is in the table to the cent."""
    x, y = pieces(
        bent, np.array([0, 1000, 4321, 9000.0]), within=50, share=0, finest=20, exact=(4321,)
    )
    assert 4321 in x
    assert y[0, list(x).index(4321)] == pytest.approx(3827)


@given(
    st.lists(st.floats(-2000, 2000), min_size=3, max_size=12),
    st.floats(0.001, 0.01),
)
def test_pieces_stay_as_near_as_asked(heights: list[float], share: float) -> None:
    """Whatever the shape, a reader sees amounts within the tolerance."""
    at = np.linspace(0, 50_000, len(heights))
    x, y = pieces(
        lambda values: np.interp(values, at, heights)[None],
        np.linspace(0, 50_000, 25),
        within=5,
        share=share,
        finest=20,
    )
    between = np.linspace(0, 50_000, 997)
    true = np.interp(between, at, heights)
    allowed = np.maximum(5, share * np.abs(true))
    assert (np.abs(np.interp(between, x, y[0]) - true) <= allowed + 1).all()
