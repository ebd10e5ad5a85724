from collections.abc import Callable

from tests.conftest import ROOT

from tremplin.model.profile import Profile, load_profile
from tremplin.notebook.answered import answered


def told(profile: Profile) -> dict[str, tuple[str, bool]]:
    """Give what is told back, by label, and whether it was said."""
    return {row.label: (row.words, row.is_said) for row in answered(profile)}


def test_answers_are_told_back_as_people_say_them(person: Callable[..., Profile]) -> None:
    """Amounts, shares, days, choices and lists stand there in words."""
    rows = told(person("alice"))
    assert rows["Salaire net imposable par mois"] == ("2\u202f300\u00a0€", True)
    assert rows["Entrée chez l’employeur"] == ("1er\u00a0septembre 2021", True)
    assert rows["Frais proportionnels au chiffre d’affaires"] == ("5\u00a0%", True)
    assert rows["Nature du contrat"] == ("CDI, ou titulaire", True)


def test_what_stands_in_for_an_answer_is_told_as_such(person: Callable[..., Profile]) -> None:
    """Whoever did not say what else the household earns reads that nothing was supposed."""
    bare = person("alice").model_dump(exclude_unset=True)
    del bare["household"]["other_income"]
    rows = told(Profile.model_validate(bare))
    assert rows["Autres revenus imposables du foyer par mois"] == ("0\u00a0€", False)


def test_what_concerns_nobody_like_that_is_not_told(person: Callable[..., Profile]) -> None:
    """Who rents no shop is not told of rents, and what a person typed is left where it is spoken of."""
    rows = told(person("alice"))
    assert "Loyer du local par mois" not in rows
    assert "Activité" not in rows
    shop = told(load_profile(ROOT / "tests/data/shop.yaml"))
    assert shop["Équipements qui s’usent"] == ("2", True)
    assert shop["Salariés à embaucher"] == ("1", True)
