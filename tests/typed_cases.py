"""What people type and what it means: the cases on which the questionnaire's script and Python must agree."""

import csv
import json
from typing import NamedTuple

from tests.conftest import ROOT


class TypedCase(NamedTuple):
    """A text typed in answer to a question."""

    key: str
    typed: str
    meant: object
    """What a profile has of it, a day as text; None where it is refused, or nothing was typed."""
    refused: str
    """The code of the problem, or nothing."""


def typed_cases() -> list[TypedCase]:
    """Read `tests/data/typed.csv`."""
    with (ROOT / "tests/data/typed.csv").open(encoding="utf-8", newline="") as file:
        return [
            TypedCase(row["key"], row["typed"], json.loads(row["meant"] or "null"), row["refused"])
            for row in csv.DictReader(file)
        ]
