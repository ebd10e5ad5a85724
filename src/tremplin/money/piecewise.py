"""
Functions as straight pieces: few enough to stand in a page, close enough that nobody sees the difference.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from tremplin.case.arrays import Array

LOOKS = (0.3, 0.65)
"""Where a piece is looked at, as parts of its way."""


def pieces(  # noqa: PLR0913 - what is near enough, and where
    function: Callable[[Array], Array],
    first: Array,
    *,
    within: float,
    share: float,
    finest: float,
    exact: tuple[float, ...] = (),
) -> tuple[Array, Array]:
    """
    Find the points between which straight lines follow a function.

    Pieces are cut until what lies inside them is on the line between their ends; then the points that lie on a line
    between others are left out.

    Args:
        function: takes n amounts, gives a row of n values for each thing reckoned.
        first: where to begin, in order; a kink near one of these points may be missed.
        within: the error allowed, €.
        share: the error allowed as a share of the value, where that is more.
        finest: the length below which pieces are not cut, where a function jumps, €.
        exact: which of `first` are kept in any case.

    Returns:
        The points kept, in order, and the values there.

    """

    def off(values: Array, line: Array) -> Array:
        allowed = np.maximum(within, share * np.abs(values))
        worst: Array = np.max(np.abs(values - line) / allowed, axis=0)
        return worst

    x, y = first, function(first)
    open_ = np.ones(len(x) - 1, dtype=bool)
    while open_.any():
        left = np.flatnonzero(open_)
        # Looked at in two places off the middle: a kink in the middle of a symmetric piece would hide from one.
        ways = np.array(LOOKS)
        inner = x[left, None] + (x[left + 1] - x[left])[:, None] * ways
        values = function(inner.ravel())
        lines = y[:, left, None] + (y[:, left + 1] - y[:, left])[:, :, None] * ways
        bent = (off(values, lines.reshape(len(y), -1)) > 1 / 2).reshape(inner.shape).any(axis=1)
        cut = bent & (x[left + 1] - x[left] > finest)
        places = np.repeat(left + 1, len(LOOKS))
        x = np.insert(x, places, inner.ravel())
        y = np.insert(y, places, values, axis=1)
        open_ = np.zeros(len(x) - 1, dtype=bool)
        begins = left + len(LOOKS) * np.arange(len(left))
        for part in range(len(LOOKS) + 1):
            open_[begins + part] = cut

    fixed = [0, *np.flatnonzero(np.isin(x, exact)).tolist(), len(x) - 1]
    kept = set(fixed)
    spans = list(pairwise(fixed))
    while spans:
        begin, end = spans.pop()
        inside = slice(begin + 1, end)
        if end - begin < 2:  # noqa: PLR2004 - two neighbours have nothing between them
            continue
        way = (x[inside] - x[begin]) / (x[end] - x[begin])
        line = y[:, [begin]] + way * (y[:, [end]] - y[:, [begin]])
        error = off(y[:, inside], line)
        worst = int(np.argmax(error))
        if error[worst] > 1 / 2:
            place = begin + 1 + worst
            kept.add(place)
            spans += [(begin, place), (place, end)]
    order = sorted(kept)
    return x[order], y[:, order]
