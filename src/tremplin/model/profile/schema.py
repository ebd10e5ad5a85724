"""The JSON Schema of a profile, made from the models: `params/profile.schema.json`."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from tremplin.model.profile.asked import Asked
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
ENGLISH = "x-description-en"
"""Where the schema keeps what a key holds in English: its `description` is French, as an adviser asks for it."""


def profile_schema() -> dict[str, Any]:
    """Give the JSON Schema of a profile, for editors."""
    schema = Profile.model_json_schema()
    for model in dict.fromkeys(_models(Profile)):
        _say_in_french(schema if model is Profile else schema["$defs"][model.__name__], model)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Profil tremplin",
        "description": "La situation d’une personne, dont tremplin fait un rapport de faisabilité.",
        "examples": [SHORTEST],
    }


def profile_schema_text() -> str:
    """Give the JSON Schema as the text of `params/profile.schema.json`."""
    return json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"


def _say_in_french(section: dict[str, Any], model: type[BaseModel]) -> None:
    """Describe each key by its question and what helps to answer it; a group that is always there by its title."""
    del section["title"]  # the name of a class
    section[ENGLISH] = section.pop("description")
    for name, key in section["properties"].items():
        info = model.model_fields[name]
        asked = next((one for one in info.metadata if isinstance(one, Asked)), None)
        key["description"] = f"{asked.question} {asked.help}".strip() if asked else info.title
        key[ENGLISH] = info.description


def _models(kind: object) -> Iterator[type[BaseModel]]:
    """List a model and those of the groups in it."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for info in kind.model_fields.values():
            yield from _models(info.annotation)
    for option in get_args(kind):
        yield from _models(option)
