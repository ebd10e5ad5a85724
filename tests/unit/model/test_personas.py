import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from tremplin.model.profile import (
    Clauses,
    Employment,
    Expenses,
    Financing,
    Health,
    HonorLoans,
    Household,
    NonCompete,
    Person,
    Preparation,
    Profile,
    Project,
    Support,
    Transition,
    Turnover,
    Unemployment,
    load_profile,
    profile_schema,
    profile_schema_text,
)

PARAMS = Path(__file__).parents[3] / "params"
PEOPLE = ["alice", "bruno", "chantal", "david", "emma", "farid", "gaelle", "hugo"]


def person(name: str) -> Profile:
    """Read one of the example people."""
    return load_profile(PARAMS / f"{name}.yaml")


def as_json(data: object) -> Any:  # noqa: ANN401  (any JSON)
    """Write dates as JSON does."""
    return json.loads(json.dumps(data, default=date.isoformat))


def test_the_example_people_are_these_eight() -> None:
    """No example is forgotten here."""
    assert sorted(file.stem for file in PARAMS.glob("*.yaml")) == PEOPLE


@pytest.mark.parametrize("name", PEOPLE)
def test_an_example_person_is_valid(name: str) -> None:
    """Each example loads, is named like its file and starts in the coming half year."""
    profile = person(name)
    assert profile.id == name
    assert date(2026, 12, 1) <= profile.project.start <= date(2027, 6, 30)


@pytest.mark.parametrize("name", PEOPLE)
def test_editors_find_the_schema(name: str) -> None:
    """The first line tells editors where the schema is."""
    first = (PARAMS / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=profile.schema.json"


def test_alice_is_the_reference_person() -> None:
    """Alice has exactly the values of the design."""
    assert person("alice") == Profile(
        id="alice",
        name="Alice",
        lang="fr",
        person=Person(
            birth_date=date(1991, 5, 14),
            gender="female",
            zone="none",
            benefits=(),
            acre_in_last_3_years=False,
        ),
        household=Household(
            situation="couple",
            children=2,
            youngest_child_age=3,
            other_income=1850,
            fixed_costs=2100,
            support="supportive",
        ),
        employment=Employment(
            sector="private",
            contract="permanent",
            since=date(2021, 9, 1),
            company_size=120,
            weekly_hours=35,
            net_salary=2300,
            schedule="day",
            commute=70,
            fatigue=2,
            relationship="trusting",
            clauses=Clauses(
                exclusivity=False,
                non_compete=NonCompete(months=12, area="Île-de-France", compensated=True),
                confidentiality=True,
            ),
        ),
        project=Project(
            activity="Rédaction web",
            category="liberal",
            regulated=False,
            qualified=True,
            competes_with_employer=False,
            targets_employer_clients=False,
            uses_employer_resources=False,
            start=date(2027, 1, 4),
            weekly_hours=10,
            turnover=Turnover(month_1=300, month_12=1800, month_24=2600),
            expenses=Expenses(fixed=80, rate=0.05),
            investment=2500,
            manages="sole",
            preparation=Preparation(
                market_study="done",
                business_plan="draft",
                clients=2,
                recurring_share=0.4,
                documents=("identity", "address"),
            ),
        ),
        financing=Financing(savings=6000, honor_loans=HonorLoans(initiative_france=5000)),
        support=Support(),
        health=Health(sleep_trouble=False, pain=False),
        transition=Transition(unemployment=Unemployment()),
    )


def test_alice_shows_every_key() -> None:
    """Who copies the reference person sees all keys, but for the other networks' honour loans."""
    written = yaml.safe_load((PARAMS / "alice.yaml").read_text(encoding="utf-8"))
    expected = person("alice").model_dump()
    del expected["financing"]["honor_loans"]["reseau_entreprendre"]
    del expected["financing"]["honor_loans"]["bpifrance"]
    assert as_json(written) == as_json(expected)


def test_the_examples_differ_as_the_readers_do() -> None:
    """Every kind of situation that the report speaks about has an example."""
    bruno, chantal, david, emma, farid, gaelle, hugo = (person(name) for name in PEOPLE[1:])
    assert bruno.project.physical
    assert bruno.project.regulated
    assert bruno.employment.company_size is not None
    assert bruno.employment.company_size >= 300
    assert bruno.transition.exit == "reconversion"
    assert chantal.employment.sector == "public"
    assert chantal.household.caregiver
    assert chantal.employment.schedule == "night"
    assert emma.project.seeks_investors
    assert emma.contract_end is not None
    assert emma.contract_end < emma.project.start
    assert farid.person.zone == "qpv"
    assert farid.employment.contract == "fixed_term"
    assert farid.employment.weekly_hours == 24
    assert gaelle.employment.sales_representative
    assert gaelle.employment.clauses.exclusivity is True
    assert hugo.project.competes_with_employer
    assert hugo.employment.seniority_months(hugo.project.start) == 16
    assert hugo.household.support == "opposed"
    assert {profile.project.category for profile in (bruno, david, emma, gaelle, hugo)} == {
        "craft_service",
        "sale",
        "craft_sale",
        "guest_rooms",
        "liberal_cipav",
    }


def test_david_outgrows_the_micro_ceiling_in_his_second_year() -> None:
    """The online seller passes 203 100 € of sales in twelve months, but not in the first twelve."""
    turnover = person("david").project.turnover
    assert sum(turnover.at(month) for month in range(1, 13)) == pytest.approx(105_000)
    assert sum(turnover.at(month) for month in range(13, 25)) == pytest.approx(230_250)


def test_the_schema_file_is_fresh() -> None:
    """`params/profile.schema.json` says what the models say: `tremplin schema` writes it anew."""
    assert (PARAMS / "profile.schema.json").read_text(encoding="utf-8") == profile_schema_text()


def test_the_schema_is_a_schema() -> None:
    """The schema follows JSON Schema 2020-12, and its own example follows the schema."""
    schema = profile_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for example in schema["examples"]:
        validator.validate(example)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_schema_accepts_an_example_person(name: str) -> None:
    """An editor underlines nothing in an example."""
    validator = Draft202012Validator(profile_schema(), format_checker=FormatChecker())
    written = yaml.safe_load((PARAMS / f"{name}.yaml").read_text(encoding="utf-8"))
    validator.validate(as_json(written))


def test_the_schema_describes_every_key() -> None:
    """An editor can explain each key, and refuses unknown ones."""
    schema = profile_schema()
    for section in (schema, *schema["$defs"].values()):
        assert section["additionalProperties"] is False
        for name, key in section["properties"].items():
            defined = schema["$defs"][key["$ref"].split("/")[-1]] if "$ref" in key else key
            assert key.get("description", defined.get("description")), name
