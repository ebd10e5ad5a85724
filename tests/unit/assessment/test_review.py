from collections.abc import Callable
from datetime import date

import pytest
from tests.spoken import CHAPTERS, spoken
from tests.unit.assessment.test_findings import FREE

from tremplin.assessment import results, rules_overdue
from tremplin.assessment.findings import warnings
from tremplin.assessment.review import rules_before_start, rules_behind_verdict
from tremplin.assessment.verdict import verdict
from tremplin.case import Case
from tremplin.money.comparison import forms

EVIDENCE = CHAPTERS[-1:]
LATER = FREE | {"project.start": date(2027, 9, 1)}
"""Somebody with nothing to mend, who starts in autumn."""


@pytest.mark.parametrize(
    ("as_of", "warned", "expected"),
    [
        (date(2027, 1, 1), [], "go"),
        (date(2027, 1, 2), ["rules_overdue"], "go_with_conditions"),
    ],
)
def test_a_start_that_depends_on_law_not_read_again_is_no_go(
    case: Callable[..., Case], as_of: date, warned: list[str], expected: str
) -> None:
    """Nothing else to mend: « go » until the last day on which the law was known, a condition from the next."""
    found = case("alice", LATER, as_of)
    assert [warning.id for warning in warnings(found)] == warned
    assert verdict(found) == expected


def test_law_of_next_year_is_carried_over_and_no_condition(case: Callable[..., Case]) -> None:
    """In 2026 nobody can know the law of 2027: a start then may be « go », and is told what to read again before it."""
    found = case("alice", FREE)
    assert verdict(found) == "go"
    texts = {text.reference for text in rules_before_start(found)}
    assert "CGI, art. 151-0" in texts
    assert rules_overdue(found) == ()


def test_the_rules_of_a_verdict_do_not_depend_on_what_was_asked_before(
    case: Callable[..., Case],
) -> None:
    """Whoever asks for the forms first, or for all, is told of the same rules as who asks for nothing else."""
    alone, after = case("farid"), case("farid")
    forms(after)
    results(after)
    assert rules_behind_verdict(alone) == rules_behind_verdict(after)
    read = {rule.id for rule in rules_behind_verdict(alone)}
    assert {"pass", "vat.franchise.service", "creation_leave.seniority_months"} < read
    assert "micro.contributions.craft_sale" not in read


def test_the_evidence_names_the_texts(
    case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chapter of evidence says that the start is to be confirmed and which text to read again, or by when it will be."""
    said = spoken(case("alice", LATER, date(2027, 1, 2)), monkeypatch, EVIDENCE)
    assert "Le démarrage est à confirmer." in said
    assert "CGI, art. 151-0 : 2 règles, à relire avant le 1er janvier 2027." in said.replace(
        "*", ""
    )
    said = spoken(case("alice", FREE), monkeypatch, EVIDENCE)
    assert "à relire d’ici votre démarrage, le 4 janvier 2027" in said
