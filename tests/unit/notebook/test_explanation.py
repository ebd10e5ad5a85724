from collections.abc import Callable, Iterator
from datetime import date

import pytest
from tests.conftest import PEOPLE

from tremplin.case import Case
from tremplin.errors import InputError
from tremplin.notebook.explanation import Explanation, Ground, askable, explain
from tremplin.notebook.facts import EXPLAINED, Facts


def leaves(found: Explanation) -> Iterator[Ground]:
    """Give all values that an answer rests on, however deep."""
    yield from found.grounds
    for one in found.because:
        yield from leaves(one)


def test_alice_is_told_why_she_has_no_acre(case: Callable[..., Case]) -> None:
    """The question, the answer, its articles; then the values and answers it rests on, with dates and articles."""
    found = explain(case(), "acre")
    assert found.question == "Avez-vous droit à l’ACRE au démarrage ?"
    assert found.answer == "Non : vous n’êtes dans aucun des cas de la liste de la loi."
    assert found.sources == ("ct_l5141_1", "css_l131_6_4", "css_d131_6_1", "css_d131_6_3")
    (listed,) = found.because
    assert (listed.id, listed.answer) == ("acre.listed", "Non.")
    age = next(one for one in listed.grounds if one.id == "acre.age_limit")
    assert (age.kind, age.value, age.valid_from) == ("rule", "26\u00a0ans", date(2026, 1, 1))
    assert age.reference.startswith("Code du travail, art. L5141-1")
    born = next(one for one in listed.grounds if one.id == "person.birth_date")
    assert (born.label, born.value) == ("Date de naissance", "14\u00a0mai 1991")


def test_a_part_of_an_answer_is_explained_like_the_whole(case: Callable[..., Case]) -> None:
    """`arce.amount` is the amount, with the reasons of the ARCE."""
    david = case("david", {"transition.exit_month": -1}, date(2026, 10, 1))
    whole, amount = explain(david, "arce"), explain(david, "arce.amount")
    assert amount.because == whole.because
    assert (amount.id, amount.question) == ("arce.amount", whole.question)
    assert float(amount.answer.replace("\u202f", "").replace(",", ".")) > 1_000


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("acree", "acree: is not an answer of a report. Did you mean acre or arce or acre.listed?"),
        ("luck", "luck: is not an answer of a report. `tremplin explain PROFILE` lists all."),
        (
            "arce.amonut",
            "amonut: is no part of this answer. It has amount, eligible, reason.",
        ),
    ],
)
def test_what_is_no_answer_is_told(case: Callable[..., Case], asked: str, told: str) -> None:
    """A slip is told with what was probably meant."""
    with pytest.raises(InputError) as caught:
        explain(case(), asked)
    assert str(caught.value) == told


@pytest.mark.parametrize("name", PEOPLE)
def test_every_answer_of_a_person_can_be_explained(case: Callable[..., Case], name: str) -> None:
    """Each answer has its question, and what stands below it has a name, a rule its date and its text of law."""
    whose = case(name)
    assert all(question and "{{" not in question for _, question in askable(whose))
    for id_ in ("verdict", *EXPLAINED):
        for leaf in leaves(explain(whose, id_)):
            assert leaf.label or leaf.id == "leaves_first"
            assert leaf.kind != "rule" or (leaf.valid_from and leaf.reference)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_evidence_gives_a_reason_for_each_conclusion(
    case: Callable[..., Case], name: str
) -> None:
    """Blockers and warnings first, as they stand in the report, then aids, thresholds and the legal form."""
    facts = Facts(case(name))
    spoken = [f"findings.{one.id}" for one in (*facts.blockers, *facts.warnings)]
    assert [one.id for one in facts.reasons()] == [*spoken, *EXPLAINED]
    assert all(one.answer for one in facts.reasons())


def test_a_reason_opens_under_what_it_explains(case: Callable[..., Case]) -> None:
    """The block has the question for a title, and says values with their unit, origin and dates."""
    why = str(Facts(case()).why("thresholds.vat", 4))
    lines = why.split("\n")
    assert lines[0] == '::: {.why title="Quand dépassez-vous la franchise de TVA ?"}'
    assert all(line.startswith("    ") for line in lines[1:])
    assert (
        "    - TVA \\: franchise en base, services et professions libérales : **37 500\u00a0€** "
        "(depuis le 1er\u00a0janvier 2027 ; Code des impositions sur les biens et services, art\\. L223\\-3)"
    ).replace("37 500", "37\u202f500") in lines
    assert "    - Démarrage de l’activité : **4\u00a0janvier 2027**, d’après votre profil" in lines


def test_reasons_that_come_twice_are_told_once(case: Callable[..., Case]) -> None:
    """A reader who meets an answer again is sent back to its reasons."""

    def seen(found: Explanation) -> Iterator[bool]:
        yield found.seen
        for one in found.because:
            yield from seen(one)

    assert any(seen(explain(case("bruno"), "verdict")))
