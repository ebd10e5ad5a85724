from collections.abc import Callable
from typing import Any

import pytest

from tremplin.case import Case
from tremplin.case.declared import declared

ENDED = {"transition.exit": "dismissal", "transition.exit_month": -1}
"""The contract ends a month before the start."""


@pytest.mark.parametrize("job", [{}, ENDED], ids=["employed", "left"])
@pytest.mark.parametrize(
    ("regulated", "qualified", "missing"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_a_regulated_trade_needs_its_qualification(
    case: Callable[..., Case],
    job: dict[str, Any],
    *,
    regulated: bool,
    qualified: bool,
    missing: bool,
) -> None:
    """A qualification is missing only where the trade is regulated, and the job does not matter."""
    changes = {"project.regulated": regulated, "project.qualified": qualified}
    found = declared("findings")["qualification_missing"](case("alice", changes | job))
    assert found is missing
