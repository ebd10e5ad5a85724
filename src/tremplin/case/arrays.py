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
