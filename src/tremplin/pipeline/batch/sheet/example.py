"""
The example that a workbook to fill in begins with: a line that is nobody's.
"""

from collections.abc import Mapping
from typing import Any

EXAMPLE = {"fr": "exemple-non-lu", "en": "example-not-read"}
"""Its id, by language."""


def is_example(cells: Mapping[str, Any]) -> bool:
    """Tell whether a row, by key, is the example."""
    return cells.get("id") in EXAMPLE.values()
