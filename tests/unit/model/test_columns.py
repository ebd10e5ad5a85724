import pytest

from tremplin.model.profile.columns import columns, named, squashed
from tremplin.model.profile.questions import questions


def test_each_key_has_one_french_name_and_no_two_the_same() -> None:
    """A column is found again by its key, by its French name and by its name with the unit; none by that of another."""
    names = [squashed(column.name) for column in columns().values()]
    assert len(set(names)) == len(names)
    for key, column in columns().items():
        for text in (key, column.name, column.head):
            assert named(text) == key


def test_a_table_can_say_all_that_a_profile_can() -> None:
    """Each question has its column, and each key of a group in a list a column for the first of them and for others."""
    for key, question in questions().items():
        if question.kind != "groups":
            assert columns()[key].question is question
        for item in question.items:
            last = item.key.removeprefix(f"{key}.")
            assert [columns()[f"{key}.{number}.{last}"].number for number in (1, 2, 12)] == [
                1,
                2,
                12,
            ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("NATURE DU CONTRAT", "employment.contract"),
        ("Nature du\ncontrat", "employment.contract"),
        ("Entree chez l'employeur", "employment.since"),
        ("Salaire net imposable par mois (en €)", "employment.net_salary"),
        ("Salaire net imposable\u202fpar mois (euros)", "employment.net_salary"),
        ("Durée du travail par semaine (heures)", "employment.weekly_hours"),
        ("Reconnaissance de travailleur handicapé (RQTH)", "person.disability"),
        ("Équipement 2: Prix hors taxes", "project.equipment.2.amount"),
        ("Saison : août", "project.turnover.season.august"),
        ("Employment.net_salary", None),
        ("Salaire net imposable par mois (estimé)", None),
        ("Équipement 13 : nom", None),
        ("Téléphone", None),
        ("", None),
    ],
)
def test_case_accents_spaces_and_the_unit_are_free(name: str, key: str | None) -> None:
    """Names are those of the questions, however a spreadsheet writes them, and nothing more is guessed."""
    assert named(name) == key
