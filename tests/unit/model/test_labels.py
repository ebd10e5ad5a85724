import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tremplin.model.profile import label, profile_schema, said, unit

SCHEMA = profile_schema()
SECTIONS = {"Profile": SCHEMA, **SCHEMA["$defs"]}
FRENCH_TOO = {
    *("capital", "club", "commercial", "couple", "plan", "prime", "public", "qualification"),
    *("reconversion", "service"),
    *(
        "aah",
        "active",
        "adie",
        "ass",
        "bge",
        "cci",
        "cipav",
        "cma",
        "drom",
        "entreprendre",
        "france",
    ),
    *("initiative", "parental", "prepare", "qpv", "rsa", "zfrr"),
}
"""Words of ids that are French or the name of something French."""


def nodes(found: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a piece of JSON
    """Go through all objects of a schema but its examples."""
    if isinstance(found, dict):
        yield found
        for name, inner in found.items():
            if name not in {"default", "examples"}:
                yield from nodes(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from nodes(inner)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_has_a_title_of_its_own(section: str) -> None:
    """A table of declarations never shows a key's English name, and typography is French."""
    for name, key in SECTIONS[section]["properties"].items():
        title = key["title"]
        assert title != name.replace("_", " ").title(), name
        assert re.fullmatch(r"[A-ZÂÉ][^'.]*[^'. ]", title), name


def test_no_two_keys_have_the_same_title() -> None:
    """A line of a table can stand without the name of its section."""
    titles = Counter(
        key["title"] for section in SECTIONS.values() for key in section["properties"].values()
    )
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_choice_has_a_label_in_french() -> None:
    """A person reads « CDI, ou titulaire » where the file says `permanent`."""
    choices = [node for node in nodes(SCHEMA) if "enum" in node or "const" in node]
    assert len(choices) == 35
    for choice in choices:
        values, labels = choice.get("enum", [choice.get("const")]), choice["enumDescriptions"]
        assert len(set(labels)) == len(values), values
        for value, words in zip(values, labels, strict=True):
            shared = set(str(value).lower().split("_")) & set(re.findall(r"\w+", words.lower()))
            assert shared <= FRENCH_TOO, words


@pytest.mark.parametrize(
    ("path", "title", "measured"),
    [
        ("employment", "Votre emploi", ""),
        ("employment.contract", "Nature du contrat", ""),
        ("employment.weekly_hours", "Durée du travail par semaine", "h"),
        ("employment.clauses.non_compete", "Clause de non-concurrence", ""),
        ("employment.clauses.non_compete.months", "Durée de la non-concurrence, en mois", ""),
        ("employment.commute", "Trajet aller et retour par jour travaillé", "min"),
        ("project.expenses.rate", "Frais proportionnels au chiffre d’affaires", "%"),
        ("household.fixed_costs", "Charges fixes du foyer par mois", "€"),
    ],
)
def test_what_a_key_is_called(path: str, title: str, measured: str) -> None:
    """Keys, groups and what is worked out from them have a French name, and amounts a unit."""
    assert (label(path), unit(path)) == (title, measured)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("employment.contract", "permanent", "CDI, ou titulaire"),
        ("employment.clauses.exclusivity", True, "oui"),
        ("employment.clauses.exclusivity", "unknown", "à vérifier"),
        ("person.zone", "qpv", "quartier prioritaire (QPV)"),
        ("person.disability", False, "non"),
        ("health.pain", True, "oui"),
        ("health.pain", None, "non indiqué"),
        ("person.benefits", ("rsa", "prepare"), "RSA, congé parental (PreParE)"),
        ("person.benefits", (), "aucune"),
        ("project.preparation.documents", ("bank_details",), "RIB du compte de l’activité"),
        ("project.activity", "Rédaction web", "Rédaction web"),
        ("employment.net_salary", 2300.0, 2300.0),
        ("transition.exit_month", -1, -1),
        ("household.children", 1, 1),
    ],
)
def test_what_a_person_declared_is_said_in_french(path: str, value: object, words: object) -> None:
    """Choices are told by their labels; numbers, dates and own words stay as they are."""
    found = said(path, value)
    assert (found, type(found)) == (words, type(words))


@pytest.mark.parametrize("path", ["employment.wage", "wage", "employment.contract.kind"])
def test_no_words_for_a_key_that_there_is_not(path: str) -> None:
    """A slip in a key is an error, not an empty line of a table."""
    with pytest.raises(KeyError):
        label(path)
