"""The JSON Schema of a profile, made from the models: `params/profile.schema.json`."""

import json
from collections.abc import Mapping
from typing import Any

from tremplin.model.profile.profile import Profile

SHORTEST: Mapping[str, Any] = {
    "id": "alice",
    "name": "Alice",
    "employment": {
        "contract": "permanent",
        "since": "2021-09-01",
        "weekly_hours": 35,
        "net_salary": 2300,
    },
    "project": {
        "activity": "Rédaction web",
        "category": "liberal",
        "start": "2027-01-04",
        "weekly_hours": 10,
        "turnover": {"month_1": 300, "month_12": 1800, "month_24": 2600},
    },
}
"""The least that a profile must say, with dates as JSON writes them."""


def profile_schema() -> dict[str, Any]:
    """Give the JSON Schema of a profile, for editors."""
    schema = Profile.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "tremplin profile",
        "examples": [SHORTEST],
    }


def profile_schema_text() -> str:
    """Give the JSON Schema as the text of `params/profile.schema.json`."""
    return json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"
