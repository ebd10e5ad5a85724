"""
Amounts as arrays: one calculation serves a person, a sweep of assumptions and a million cases.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
"""Amounts in €; one axis a case, a month or a draw, as the function says."""


def amounts(values: ArrayLike) -> Array:
    """Take numbers of any shape as amounts."""
    return np.asarray(values, dtype=np.float64)


def on_straight_lines(at: Array, x: Array, y: Array) -> Array:
    """Read a table between its rows in a straight line, and go on in the last one; before the first row is what it has."""
    slope = (y[-1] - y[-2]) / (x[-1] - x[-2])
    return np.asarray(np.interp(at, x, y) + slope * np.maximum(at - x[-1], 0.0))
