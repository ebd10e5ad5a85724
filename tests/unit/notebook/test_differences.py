from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from tests.conftest import PEOPLE

from tremplin.assessment.differences import compare
from tremplin.assessment.results import results
from tremplin.case import Case
from tremplin.notebook.differences import DifferenceLine, told_answers, told_differences, told_rules

MakeCase = Callable[..., Case]


def told(before: Case, after: Case) -> Iterator[DifferenceLine]:
    found = compare((before.declarations, results(before)), (after, results(after)))
    yield from told_answers(found)
    yield from told_rules(found)
    yield from told_differences(found, after)


def test_a_difference_reads_as_what_was_said_what_is_said_and_why(case: MakeCase) -> None:
    """Alice has saved less: the answer, the new condition, the amounts, each with its reason."""
    found = [
        (one.label, one.before, one.after.replace("\u202f", " ").replace("\u00a0", " "), one.why)
        for one in told(case(), case("alice", {"financing.savings": 1_000}))
    ]
    why = "votre réponse : Épargne pour le projet"
    assert found[:2] == [
        ("Épargne pour le projet", "6\u202f000 €", "1 000 €", ""),
        ("Le plan de financement n’est pas bouclé", "", "nouvelle condition, lourde", why),
    ]
    assert ("Il manque", "0\u00a0€", "2 973 €", why) in found


def test_a_condition_that_is_met_is_told(case: MakeCase) -> None:
    """What is no condition any more is said to be lifted."""
    found = told(case("alice", {"financing.savings": 1_000}), case())
    lifted = next(one for one in found if one.label == "Le plan de financement n’est pas bouclé")
    assert (lifted.before, lifted.after) == ("", "condition levée")


@pytest.mark.parametrize(("one", "other"), tuple(pairwise(PEOPLE)))
def test_whatever_differs_has_words(case: MakeCase, one: str, other: str) -> None:
    """As much as can differ, between two people of unlike lives, is told without an id or an English word."""
    for line in told(case(one), case(other)):
        assert line.label
        assert line.after
        said = f"{line.label} {line.before} {line.after} {line.why}"
        assert "_" not in said
        assert "None" not in said
