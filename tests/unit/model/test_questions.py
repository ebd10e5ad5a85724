import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from pydantic import BaseModel
from tests.conftest import AS_OF, PEOPLE

from tremplin.assessment.findings import findings
from tremplin.case import Case
from tremplin.model.profile import Profile, profile_schema
from tremplin.model.profile.asked import Asked, When
from tremplin.model.profile.questions import FIRST_VERDICT, TOPICS, UNKNOWN, Question, questions
from tremplin.model.register import Register

ALL = {one.key: one for question in questions().values() for one in (question, *question.items)}
"""The questions, and those of the groups in lists."""
OPENINGS = {one.optional_group: one.group_asked for one in questions().values() if one.group_asked}
"""The questions that open a group."""
DATA = Path(__file__).parents[3] / "data"


def given(group: BaseModel, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Give a profile's answers by dotted key, a group that may be a word as the word « there is one »."""
    for name in type(group).model_fields:
        value, key = getattr(group, name), prefix + name
        if isinstance(value, BaseModel):
            yield key, True
            yield from given(value, f"{key}.")
        else:
            yield key, value


def needed(profile: Profile) -> list[Question]:
    """Give the questions that somebody is asked in the ordinary course."""
    answered = dict(given(profile))
    return [one for one in questions().values() if one.asked.essential and one.concerns(answered)]


def conditions(asked: Asked) -> tuple[When, ...]:
    return (asked.when, *asked.or_when)


def test_each_key_is_asked_on_one_page() -> None:
    """No key of the profile is forgotten by the interview, and none is asked twice."""
    asked = [one.key for topic in TOPICS for one in topic.questions()]
    assert sorted(asked) == sorted(questions())


def test_all_keys_of_the_schema_have_a_question() -> None:
    """A key that is added to a profile is asked for, and no two keys are asked for in the same words."""
    schema = profile_schema()
    keys = {
        title
        for section in (schema, *schema["$defs"].values())
        for title in (key["title"] for key in section["properties"].values())
    }
    labels = {one.label for one in ALL.values()}
    assert labels <= keys
    assert keys - labels == {
        *(
            "Vous",
            "Votre foyer",
            "Votre emploi",
            "Votre projet",
            "Votre financement",
            "Votre santé",
        ),
        *("Votre accompagnement", "Votre transition", "Clauses du contrat", "Frais prévus"),
        *("Chiffre d’affaires prévu", "Préparation du projet", "Prêts d’honneur espérés"),
        *("Allocation chômage (ARE)", "Saisons", "Reprise d’une entreprise", "Local loué"),
        *("Réseau de franchise", "Conditions du prêt bancaire"),
    }
    asked = Counter(one.asked.question for one in ALL.values())
    assert [words for words, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("asked", [*(one.asked for one in ALL.values()), *OPENINGS.values()])
def test_a_question_is_asked_as_an_adviser_would(asked: Asked) -> None:
    """It is one sentence that ends with « ? », with little help, in French typography."""
    assert re.fullmatch(r"[A-ZÀÉÊÎ][^?]+\u00a0\?", asked.question)
    assert len(asked.question) <= 110
    assert len(re.findall(r"[.?](?: |$)", asked.help)) <= 2
    assert asked.help == "" or asked.help.endswith((".", "…", "?"))
    assert asked.example
    for text in (asked.question, asked.help, asked.where):
        assert "'" not in text
        assert re.search(r" [:;?!»%€]|« ", text) is None
        assert re.search(r"\w[;!?](?!\w)", text) is None


@pytest.mark.parametrize("question", ALL.values(), ids=ALL)
def test_words_for_a_choice_mean_one_choice(question: Question) -> None:
    """« CDI » is never taken for two answers, each choice has its French label, and no synonym is of no choice."""
    said = [word.casefold() for one in question.choices for word in (one.label, *one.synonyms)]
    assert [word for word, times in Counter(said).items() if times > 1] == []
    assert all(one.label for one in question.choices)
    assert bool(question.choices) == (question.kind in {"choice", "choices"})
    assert set(question.asked.synonyms) <= {one.value for one in question.choices}


@pytest.mark.parametrize(
    ("key", "word", "value"),
    [
        ("employment.contract", "contrat à durée indéterminée", "permanent"),
        ("employment.contract", "intérim", "agency"),
        ("employment.sector", "fonctionnaire", "public"),
        ("employment.schedule", "3x8", "shift"),
        ("household.situation", "pacsé", "couple"),
        ("household.situation", "célibataire", "single"),
        ("household.situation", "concubinage", "cohabiting"),
        ("person.gender", "Mme", "female"),
        ("person.gender", "M.", "male"),
        ("person.benefits", "APL", "housing"),
        ("person.other_business", "auto-entrepreneur", "sole_trader"),
        ("transition.exit", "rupture co", "mutual_termination"),
        ("employment.clauses.exclusivity", "je ne sais pas", "unknown"),
        ("employment.clauses.non_compete", "non", False),
        ("project.activities.category", "BNC", "liberal"),
    ],
)
def test_the_words_of_people_are_known(key: str, word: str, value: object) -> None:
    """What people and their files write is found among the words of a choice."""
    found = [one.value for one in ALL[key].choices if word in one.synonyms]
    assert found == [value]


def test_what_a_question_decides_exists() -> None:
    """« Pourquoi cette question ? » leads to answers and findings that there are."""
    known = {*ids("answers"), *(f"findings.{id_}" for id_ in ids("findings"))}
    assert {id_ for one in ALL.values() for id_ in one.asked.decides} - known == set()
    assert all(len(set(one.asked.decides)) == len(one.asked.decides) for one in ALL.values())


def ids(table: str) -> list[str]:
    """Give the ids of a table of our own register."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("asked", [*(one.asked for one in ALL.values()), *OPENINGS.values()])
def test_who_is_asked_depends_on_answers_that_there_can_be(asked: Asked) -> None:
    """No question waits for an answer that nobody can give, and one more way to be asked is not lost on everybody."""
    assert asked.when or not asked.or_when
    for key, allowed in ((key, some) for when in conditions(asked) for key, some in when.items()):
        question = questions()[key]
        can_be = {"yes_no": {True, False}}.get(
            question.kind, {one.value for one in question.choices}
        )
        assert set(allowed) <= can_be


def test_who_is_asked_follows_from_what_is_answered() -> None:
    """Somebody alone is not asked for shares, an investor is enough to be, and no answer stands for the usual one."""
    share = questions()["project.capital_share"]
    assert not share.concerns({"project.partners": 0, "project.seeks_investors": False})
    assert share.concerns({"project.partners": 1, "project.seeks_investors": False})
    assert share.concerns({"project.partners": 0, "project.seeks_investors": True})
    assert not share.concerns({})
    declared = questions()["household.children_declared"]
    assert not declared.concerns({"household.children": 2, "household.situation": "couple"})
    assert declared.concerns({"household.children": 2, "household.situation": "cohabiting"})
    assert questions()["project.qualified"].concerns({})
    assert questions()["employment.sales_representative"].concerns({})


def test_a_clause_is_a_word_or_a_group() -> None:
    """Whoever says that there is a non-compete clause is asked what it says, and nobody else is."""
    clause, months = (
        questions()[f"employment.clauses.non_compete{end}"] for end in ("", ".months")
    )
    assert [(one.value, one.label) for one in clause.choices] == [
        (True, "oui"),
        (False, "aucune"),
        ("unknown", "à vérifier"),
    ]
    said = [months.concerns({clause.key: one.value}) for one in clause.choices]
    assert said == [True, False, False]
    assert months.optional_group == clause.key


def test_a_group_that_may_be_left_out_is_opened_by_a_question() -> None:
    """Whoever rents nothing says so once, and is not asked for the rent."""
    assert {key: asked.question for key, asked in OPENINGS.items()} == {
        "employment.clauses.non_compete": "Votre contrat contient-il une clause de non-concurrence\u00a0?",
        "project.turnover.season": "Vos ventes suivent-elles des saisons\u00a0?",
        "project.takeover": "Reprenez-vous une entreprise qui existe déjà\u00a0?",
        "project.franchise": "Rejoignez-vous un réseau de franchise\u00a0?",
        "project.premises": "Louerez-vous un local\u00a0?",
        "financing.bank_terms": "Connaissez-vous les conditions du prêt bancaire\u00a0?",
    }


def test_a_first_verdict_takes_about_a_dozen_answers() -> None:
    """The first pages ask for nothing that can wait."""
    first = [one for topic in TOPICS[:FIRST_VERDICT] for one in topic.questions()]
    assert len(first) == 14
    assert all(one.asked.essential for one in first)
    required = {one.key for one in questions().values() if one.required}
    assert required - {one.key for one in first} == {"id", "name"}


def test_a_full_report_takes_fewer_than_forty_answers(person: Callable[..., Profile]) -> None:
    """The middle one of the eight people answers fewer than forty questions, the longest story fewer than fifty."""
    asked = {name: len(needed(person(name))) for name in PEOPLE}
    assert asked == {
        "alice": 40,
        "bruno": 39,
        "chantal": 38,
        "david": 37,
        "emma": 46,
        "farid": 37,
        "gaelle": 41,
        "hugo": 45,
    }
    assert median(asked.values()) < 40


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_left_to_more_details_leaves_nothing_open(
    name: str, person: Callable[..., Profile], register: Register
) -> None:
    """Whoever answers no more than what is asked in the ordinary course is told of nothing unknown that they could know."""
    whole = person(name)
    answered = dict(given(whole))
    short: dict[str, Any] = {"id": name}
    for one in needed(whole):
        *groups, key = one.key.split(".")
        inner = short
        for group in groups:
            inner = inner.setdefault(group, {})
        if answered[one.key] is not True or one.kind != "choice" or not has_keys(one.key):
            inner[key] = answered[one.key]
    told, known = (
        {found.id for found in findings(Case(profile, register, AS_OF))}
        for profile in (Profile.model_validate(short), whole)
    )
    assert {id_ for id_ in told - known if UNKNOWN in id_ or id_ == "exit_undated"} == set()


def has_keys(key: str) -> bool:
    """Tell whether other keys are in it."""
    return any(other.startswith(f"{key}.") for other in questions())


def test_questions_that_are_not_essential_have_something_to_stand_in() -> None:
    """Under « Plus de précisions » nobody finds a question without which there is no profile, but for the folder's name."""
    assert [
        one.key for one in questions().values() if one.required and not one.asked.essential
    ] == ["id"]


@pytest.mark.parametrize(
    ("key", "kind", "unit", "required"),
    [
        ("employment.net_salary", "amount", "€", True),
        ("employment.since", "day", "", True),
        ("project.expenses.rate", "share", "%", False),
        ("project.turnover.season.august", "number", "", False),
        ("person.disability", "yes_no", "", False),
        ("employment.clauses.non_compete", "choice", "", False),
        ("employment.clauses.non_compete.months", "count", "", False),
        ("project.preparation.documents", "choices", "", False),
        ("project.employees", "groups", "", False),
        ("project.employees.gross", "amount", "€", True),
        ("project.activities.share", "share", "%", True),
        ("project.turnover.by_month", "numbers", "", False),
    ],
)
def test_a_question_knows_what_it_takes(key: str, kind: str, unit: str, *, required: bool) -> None:
    """Kind, unit and whether there is no profile without an answer follow from the key's type."""
    found = ALL[key]
    assert (found.kind, found.unit, found.required) == (kind, unit, required)


def test_who_may_not_know_is_told_so() -> None:
    """« Je ne sais pas » is an answer to what people may not know, and to nothing else."""
    assert questions()["project.competes_with_employer"].may_be_unknown
    assert not questions()["employment.contract"].may_be_unknown


def test_editors_show_the_question() -> None:
    """The schema describes a key in French as it is asked for, and keeps the English beside it."""
    salary = profile_schema()["$defs"]["Employment"]["properties"]["net_salary"]
    assert salary["description"].startswith(
        "Quel est votre salaire net imposable par mois\u00a0? Avant l’impôt sur le revenu"
    )
    assert salary["x-description-en"] == "Net taxable salary, €/month, before income tax."
