"""
How much of what is many and alike is tried: a part, always the same, or all of it with `make thorough`.

What is tried of each kind is written where it is tried; `make thorough` belongs before a release and after a change of
what very many people have in common: how a case works its answers out, how chapters are told, what pages are drawn with.
"""

import os
from collections.abc import Sequence
from itertools import cycle, product
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")

THOROUGH = "TREMPLIN_THOROUGH" in os.environ
PART = 4
"""One of so many is tried."""


def tried(count: int) -> int:
    """Give how many of so many examples are tried."""
    return count if THOROUGH else count // PART


def pairs(some: Sequence[One], others: Sequence[Other]) -> list[tuple[One, Other]]:
    """Give which are tried together: all with all, or each of the longer list with the next of the shorter one."""
    if THOROUGH:
        return list(product(some, others))
    if len(some) < len(others):
        return list(zip(cycle(some), others, strict=False))
    return list(zip(some, cycle(others), strict=False))
