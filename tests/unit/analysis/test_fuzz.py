import json
from collections.abc import Iterator
from datetime import date
from math import isfinite
from random import Random

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.odd_people import odd_person

from tremplin.analysis.assessment import assess
from tremplin.errors import InputError
from tremplin.model.profile import Profile, parse_profile
from tremplin.model.register import DataError, Register
from tremplin.model.results import Results
from tremplin.model.yaml import parse_yaml


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
    found = assess(profile, register, as_of).results()
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
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_nearly_valid_person_is_assessed_or_refused_in_words(
    register: Register, chance: Random, changes: int, as_of: date
) -> None:
    """Examples with keys out of bounds, of other types or missing give an answer or an error for people."""
    answer(register, odd_person(chance, changes, beyond=True), as_of)


@given(st.randoms(use_true_random=False), st.integers(1, 50), DAYS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_an_odd_person_within_bounds_gets_numbers_that_can_be_printed(
    register: Register, chance: Random, changes: int, as_of: date
) -> None:
    """Extreme dates and amounts give scores from 0 to 100 and finite amounts, never NaN."""
    answer(register, odd_person(chance, changes, beyond=False), as_of)
