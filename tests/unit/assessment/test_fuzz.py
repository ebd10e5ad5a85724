import json
from collections.abc import Iterator
from datetime import date
from math import isfinite
from random import Random
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.conftest import AS_OF
from tests.odd_people import odd_person
from tests.thorough import tried

from tremplin.assessment import results
from tremplin.assessment.conclusion import milestones, next_actions
from tremplin.assessment.scores import scores
from tremplin.case import Case
from tremplin.errors import InputError
from tremplin.law.leave import leave
from tremplin.model import profile as model
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import Profile, parse_profile
from tremplin.model.register import DataError, Register
from tremplin.model.results import Results
from tremplin.model.yaml import parse_yaml

pytestmark = pytest.mark.thorough


def numbers(data: object) -> Iterator[float]:
    """Give every number of JSON data."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from numbers(item)
    elif isinstance(data, float | int):
        yield data


def check_answer(profile: Profile, register: Register, as_of: date) -> None:
    """Assess a person and look whether all that results is fit to print."""
    found = results(Case(profile, register, as_of))
    text = found.model_dump_json()
    data = json.loads(text)
    assert Results.model_validate(data).model_dump_json() == text
    assert all(isfinite(number) for number in numbers(data))
    assert all(0 <= score <= 100 for score in data["scores"].values())
    assert "null" not in json.dumps(data["scenarios"]).replace('"contract_end": null', "")


def answer(register: Register, data: object, as_of: date) -> None:
    """Read what somebody wrote and assess it, or get told in words why not."""
    text = yaml.safe_dump(data, allow_unicode=True)
    try:
        check_answer(parse_profile(parse_yaml(text.encode(), file="odd.yaml")), register, as_of)
    except InputError as error:
        told = [all(problem.words("fr")) for problem in error.problems]
    except DataError as error:  # the law of a start long ago is not in the register
        told = ["Give a `project.start` within these" in str(error)]
    else:
        told = []
    assert all(told)


DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))


@given(st.randoms(use_true_random=False), st.integers(1, 12), DAYS)
@settings(max_examples=tried(100), deadline=None, derandomize=True)
def test_a_nearly_valid_person_is_assessed_or_refused_in_words(
    register: Register, chance: Random, changes: int, as_of: date
) -> None:
    """Examples with keys out of bounds, of other types or missing give an answer or an error for people."""
    answer(register, odd_person(chance, changes, beyond=True), as_of)


@given(st.randoms(use_true_random=False), st.integers(1, 50), DAYS)
@settings(max_examples=tried(150), deadline=None, derandomize=True)
def test_an_odd_person_within_bounds_gets_numbers_that_can_be_printed(
    register: Register, chance: Random, changes: int, as_of: date
) -> None:
    """Extreme dates and amounts give scores from 0 to 100 and finite amounts, never NaN."""
    answer(register, odd_person(chance, changes, beyond=False), as_of)


def choices(annotation: object) -> st.SearchStrategy[Any]:
    """Draw from the values of a Literal of the profile."""
    return st.sampled_from(get_args(annotation))


def documents() -> st.SearchStrategy[list[str]]:
    """Draw papers, none twice."""
    return st.lists(choices(model.Document), unique=True)


money = st.integers(0, 100_000) | st.floats(0, 100_000_000)
day = st.dates(date(2026, 1, 1), date(2040, 12, 31))
share = st.floats(0, 1)
known = st.sampled_from([True, False, "unknown"])
unemployment: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({}) | st.fixed_dictionaries(
    {
        "daily_are": st.floats(0, 1_000, exclude_min=True),
        "remaining_days": st.integers(0, 2_000),
    }
)
non_compete = st.fixed_dictionaries(
    {
        "months": st.none() | st.integers(1, 240),
        "area": st.none() | st.sampled_from(["France", "Île-de-France"]),
        "compensated": known,
    }
)
people = st.fixed_dictionaries(
    {
        "id": st.just("someone"),
        "name": st.just("Quelqu’un"),
        "person": st.fixed_dictionaries(
            {},
            optional={
                "birth_date": st.none() | st.dates(date(1950, 1, 1), date(2009, 12, 31)),
                "gender": choices(model.Gender),
                "zone": st.sampled_from(["none", "qpv", "zfrr", "zfrr_plus", "drom", "unknown"]),
                "disability": st.booleans(),
                "other_business": st.sampled_from(["none", "sole_trader", "company", "unknown"]),
                "benefits": st.lists(choices(model.Benefit), unique=True),
                "acre_in_last_3_years": known,
            },
        ),
        "household": st.fixed_dictionaries(
            {"children": st.integers(1, 20)},
            optional={
                "situation": st.sampled_from(["single", "couple"]),
                "youngest_child_age": st.none() | st.integers(0, 30),
                "caregiver": st.booleans(),
                "other_income": money,
                "fixed_costs": st.none() | money,
                "support": st.sampled_from(["supportive", "neutral", "opposed"]),
            },
        ),
        "employment": st.fixed_dictionaries(
            {
                "contract": st.sampled_from(
                    ["permanent", "fixed_term", "apprenticeship", "agency"]
                ),
                "since": st.dates(date(1990, 1, 1), date(2028, 12, 31)),
                "weekly_hours": st.integers(0, 168) | st.floats(0, 60),
                "net_salary": money,
            },
            optional={
                "sector": st.sampled_from(["private", "public"]),
                "company_size": st.none() | st.integers(1, 10_000),
                "schedule": st.sampled_from(["day", "shift", "night"]),
                "commute": st.integers(0, 720),
                "fatigue": st.integers(1, 5),
                "relationship": st.sampled_from(["trusting", "neutral", "tense"]),
                "sales_representative": st.booleans(),
                "incomplete_post": known,
                "suspension": st.sampled_from(["none", "parental_leave", "sick_leave", "other"]),
                "suspended_until": st.none() | st.dates(date(2026, 1, 1), date(2029, 12, 31)),
                "suspension_income": st.none() | money,
                "other_jobs": st.booleans(),
                "abroad": st.booleans(),
                "employer_insolvent": st.booleans(),
                "clauses": st.fixed_dictionaries(
                    {
                        "exclusivity": known,
                        "non_compete": st.sampled_from([None, False, "unknown"]) | non_compete,
                        "confidentiality": st.booleans(),
                    }
                ),
            },
        ),
        "project": st.fixed_dictionaries(
            {
                "activity": st.just("Essai"),
                "category": choices(model.Category),
                "start": day,
                "weekly_hours": st.integers(0, 168) | st.floats(0, 60),
                "turnover": st.fixed_dictionaries(
                    {"month_1": money, "month_12": money, "month_24": money}
                ),
            },
            optional={
                "regulated": known,
                "qualified": known,
                "physical": st.booleans(),
                "competes_with_employer": known,
                "targets_employer_clients": known,
                "uses_employer_resources": known,
                "expenses": st.fixed_dictionaries({"fixed": money, "rate": share}),
                "investment": money,
                "partners": st.integers(0, 100),
                "seeks_investors": st.booleans(),
                "capital_share": share,
                "family_share": st.none() | st.floats(0, 0.2),
                "largest_other_share": st.none() | st.floats(0, 0.2),
                "applicants_share": st.none() | st.floats(0, 0.2),
                "manages": choices(model.Manages),
                "preparation": st.fixed_dictionaries(
                    {
                        "market_study": choices(model.Progress),
                        "business_plan": choices(model.Progress),
                        "clients": st.integers(0, 100),
                        "recurring_share": share,
                        "insurance": st.booleans(),
                        "bank_account": st.booleans(),
                        "documents": documents(),
                    }
                ),
            },
        ),
        "financing": st.fixed_dictionaries(
            {},
            optional={
                "savings": money,
                "family": money,
                "bank_loan": money,
                "honor_loans": st.fixed_dictionaries({"initiative_france": money}),
                "grants": money,
            },
        ),
        "support": st.fixed_dictionaries(
            {"mentor": st.booleans(), "network": choices(model.Network)}
        ),
        "health": st.fixed_dictionaries(
            {
                "sleep_trouble": st.none() | st.booleans(),
                "pain": st.none() | st.booleans(),
            }
        ),
        "transition": st.fixed_dictionaries(
            {
                "goal": st.sampled_from(["complement", "test", "full_time"]),
                "leave": st.sampled_from(["none", "part_time", "creation_leave"]),
                "unemployment": unemployment,
            }
        )
        | st.fixed_dictionaries(
            {
                "goal": st.sampled_from(["complement", "test", "full_time"]),
                "leave": st.sampled_from(["none", "part_time", "creation_leave"]),
                "exit": st.sampled_from([way for way in get_args(model.Exit) if way != "none"]),
                "exit_month": st.none() | st.integers(-120, 120),
                "unemployment": unemployment,
            }
        ),
    }
)


def valid(data: dict[str, Any]) -> Profile | None:
    """Give the profile, or None where answers contradict each other."""
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        if all(problem["type"] == "contradiction" for problem in error.errors()):
            return None
        raise


def agreed(data: dict[str, Any]) -> dict[str, Any]:
    """Give a share of the capital to whoever has partners or investors, and take those of whoever has none."""
    project = data["project"]
    if project.get("partners") or project.get("seeks_investors"):
        project.setdefault("capital_share", 0.5)
    else:
        for key in ("capital_share", "family_share", "largest_other_share", "applicants_share"):
            project.pop(key, None)
    return data


profiles = people.map(agreed).map(valid).filter(lambda found: found is not None)


@given(profile=profiles, as_of=st.dates(date(2026, 1, 1), date(2041, 12, 31)))
@settings(max_examples=tried(60), deadline=None)
def test_every_valid_profile_gets_its_answer(
    register: Register, profile: Profile, as_of: date
) -> None:
    """No profile, however odd, breaks the assessment, and its data survive a round trip as JSON."""
    person = Case(profile, register, as_of)
    data = results(person)
    assert Results.model_validate(json.loads(data.model_dump_json())) == data
    assert (data.verdict == "stop") is bool(data.blockers)
    assert all(0 <= scores(person).of(dimension) <= 100 for dimension in DIMENSIONS)
    dues = [item.due for item in data.checklist]
    assert dues == sorted(dues)
    assert 1 <= len(next_actions(person)) <= 5
    assert all(action.due >= as_of for action in next_actions(person))
    assert [milestone for milestone in milestones(person) if milestone[1] == "start"] == [
        (profile.project.start, "start")
    ]
    assert 0 <= data.time.rest_days <= 7
    if data.acre.eligible:
        assert data.acre.request_by is not None
        assert (data.acre.request_by - profile.project.start).days == 60
    if data.arce.eligible:
        assert data.acre.eligible
        assert profile.contract_end is not None
        assert profile.contract_end < profile.project.start
    absence = leave(person)
    if absence.eligible:
        assert absence.eligible_from <= absence.begins
        assert profile.contract_end is None or profile.contract_end >= absence.begins


@given(profile=profiles)
@settings(max_examples=tried(20), deadline=None)
def test_the_same_profile_gets_the_same_answer(register: Register, profile: Profile) -> None:
    """No clock, no chance: two runs write the same bytes."""
    first, second = (results(Case(profile, register, AS_OF)) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()
