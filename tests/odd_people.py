"""People as nobody thinks of them: the examples with keys changed to what a profile's schema allows, or nearly."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tremplin.errors import InputError
from tremplin.model.profile import parse_profile, profile_schema_text
from tremplin.model.yaml import parse_yaml, read_yaml

SCHEMA = json.loads(profile_schema_text())
EXAMPLES = [
    read_yaml(file).data for file in sorted((Path(__file__).parents[1] / "params").glob("*.yaml"))
]
KEPT = ("id", "name", "lang", "project.activity", "employment.clauses.non_compete.area")
"""Text, which calculations do not read."""
ODD = [None, True, 0, -1, 1e300, "", "none", "2026-02-30", [], {}, [1], {"a": 1}]
FURTHER = [{"activity": "Coaching", "category": "liberal", "share": 0.3}]
"""What a list of further activities may hold."""
DAYS = [date(1900, 1, 1), date(2099, 12, 31), date(2028, 2, 29), date(2027, 1, 1)]


def _leaves(schema: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Name every dotted key that holds no group, with its schema."""
    for option in schema.get("anyOf", [schema]):
        inner = SCHEMA["$defs"][option["$ref"].split("/")[-1]] if "$ref" in option else option
        if "oneOf" in inner:
            yield from _leaves({"anyOf": inner["oneOf"]}, prefix)
        elif "properties" in inner:
            for key, found in inner["properties"].items():
                yield from _leaves(found, f"{prefix}{key}.")
        else:
            yield prefix.removesuffix("."), inner


LEAVES = [leaf for leaf in _leaves(SCHEMA) if leaf[0] not in KEPT]


def odd_person(chance: Random, changes: int, *, beyond: bool) -> dict[str, Any]:
    """
    Give the data of an example person with some keys changed.

    Args:
        chance: What decides.
        changes: How many keys change.
        beyond: Whether values may be out of bounds or of another type, and keys missing.

    """
    data = deepcopy(chance.choice(EXAMPLES))
    for dotted, schema in chance.choices(LEAVES, k=changes):
        *sections, key = dotted.split(".")
        inner: Any = data
        for section in sections:
            if not isinstance(inner.get(section), dict):
                inner[section] = {}
            inner = inner[section]
        how = chance.random() if beyond else 1
        if how < 0.05:
            inner.pop(key, None)
        elif how < 0.1:
            inner[key] = chance.choice(ODD)
        else:
            inner[key] = _value(chance, schema, 1 if how < 0.2 else 0)
    if not beyond:
        _settle(data)
    return data


def accepted_people(seed: int) -> Iterator[tuple[str, bytes]]:
    """Give odd people who are accepted as they are, id and YAML, always the same for the same seed."""
    chance, made = Random(seed), 0  # noqa: S311 - people, not secrets
    while True:
        data = odd_person(chance, 8 + 2 * made % 40, beyond=False)
        data["id"] = f"odd-{made}"
        if data["project"]["start"].year < 2026:
            continue  # the law of a start long ago is not in the register
        text = yaml.safe_dump(data, allow_unicode=True).encode()
        try:
            parse_profile(parse_yaml(text, file=data["id"]))
        except InputError:  # answers that contradict each other
            continue
        yield data["id"], text
        made += 1


TRACES = re.compile(
    r"\b(None|nan|NaN|inf|Infinity|undefined|null|True|False)\b|\{\{|\{%|\[\]|[\s(]-\s?\d"
)
"""What a template leaves of a value it was not made for; a hyphen is no minus sign."""


def traces(who: str, text: str) -> list[str]:
    """List them with the words around them."""
    return [
        f"{who}: {text[max(0, found.start() - 60) : found.end() + 30]!r}"
        for found in TRACES.finditer(text)
    ]


def _settle(data: dict[str, Any]) -> None:
    """Take back the answers that contradict others: most people would be refused for them."""
    person, household = (data.setdefault(name, {}) for name in ("person", "household"))
    job, project, transition = (
        data["employment"],
        data["project"],
        data.setdefault("transition", {}),
    )
    if project.get("partners") or project.get("seeks_investors"):
        share = project.get("capital_share")
        share = project["capital_share"] = 0.5 if share is None else share
        for key in ("family_share", "largest_other_share", "applicants_share"):
            if project.get(key):
                project[key] = min(project[key], round(1 - share, 4))
    else:
        project.pop("capital_share", None)
        for key in ("family_share", "largest_other_share", "applicants_share"):
            project.pop(key, None)
        data.get("financing", {}).pop("partners", None)
    if not household.get("children"):
        household.pop("youngest_child_age", None)
    rights = transition.setdefault("unemployment", {})
    if (rights.get("daily_are") is None) is not (rights.get("remaining_days") is None):
        rights.clear()
    job["since"], project["start"] = sorted((job["since"], project["start"]))
    _settle_months(data)
    project["weekly_hours"] = min(project["weekly_hours"], 168 - job["weekly_hours"])
    born = person.get("birth_date")
    if born and not (
        born.year + 16 < job["since"].year and project["start"].year < born.year + 110
    ):
        person.pop("birth_date")
    if job["contract"] == "permanent" and transition.get("exit") == "term_end":
        transition["exit"] = "dismissal"
    earliest = 12 * (job["since"].year - project["start"].year)
    if transition.get("exit", "none") == "none" or (transition.get("exit_month") or 0) <= earliest:
        transition.pop("exit_month", None)


def _settle_months(data: dict[str, Any]) -> None:
    """Take back what would be asked about, as it looks like the amount of a year or the hours of a month."""
    job, turnover = data["employment"], data["project"]["turnover"]
    job["weekly_hours"] = min(job["weekly_hours"], 60)
    if job["net_salary"] > 100 * job["weekly_hours"]:  # whoever earns as much has costs
        household = data["household"]
        household["fixed_costs"] = max(household.get("fixed_costs") or 0, job["net_salary"] / 5)
    if turnover["month_24"]:
        for point in ("month_1", "month_12"):
            turnover[point] = min(turnover[point], 11 * turnover["month_24"])


def _value(chance: Random, schema: dict[str, Any], past: int) -> Any:  # noqa: ANN401 - of any key
    if "enum" in schema or "const" in schema:
        return chance.choice(schema.get("enum") or [schema["const"]])
    match schema["type"]:
        case "boolean":
            return chance.random() < 0.5
        case "number" | "integer":
            return _number(chance, schema, past)
        case "array":
            choices = schema["items"].get("enum", FURTHER)
            return chance.sample(choices, chance.randint(0, len(choices)))
        case "string":
            near = date(2026, 11, 22) + timedelta(days=chance.randint(-1000, 1500))
            return chance.choice([near, near, near, *DAYS])
        case _:
            return None


def _number(chance: Random, schema: dict[str, Any], past: int) -> float:
    low: float
    high: float
    low, high = schema.get("minimum", schema.get("exclusiveMinimum", 0)), schema["maximum"]
    least = 0.01 if "exclusiveMinimum" in schema else low
    usual = min(high, low + 10 ** chance.uniform(0, 5))
    found = chance.choice([least - past, high + past, usual, usual, usual])
    return round(found) if schema["type"] == "integer" else round(found, 2)
