"""
The ids that the code and the chapters ask for, by file: a data folder must hold them all.

So a vintage which lacks an id is told of it when it is opened, not in the report of the one person whom it concerns.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("needed.json")
"""What `make schema` finds in code, chapters and texts."""


@cache
def needed() -> Mapping[str, frozenset[str]]:
    """Give the ids that a data folder must hold, by file, and the keys of sources.bib."""
    return {name: frozenset(ids) for name, ids in json.loads(FILE.read_text("utf-8")).items()}
