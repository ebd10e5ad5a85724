from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.interview.fields import in_french, shown
from tremplin.model.profile.questions import questions
from tremplin.model.profile.typed import understood
from tremplin.model.scalar import RefusedError


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("employment.net_salary", "1 850,50 €", 1850.5),
        ("employment.net_salary", "1\u202f850", 1850),
        ("employment.net_salary", "2300 euros", 2300),
        ("employment.weekly_hours", "35 h", 35),
        ("project.expenses.rate", "5 %", 0.05),
        ("project.expenses.rate", "36", 0.36),
        ("project.expenses.rate", "0,36", 0.36),
        ("household.children", "2", 2),
        ("employment.since", "01/09/2021", date(2021, 9, 1)),
        ("employment.since", "1er septembre 2021", date(2021, 9, 1)),
        ("employment.since", "2021-09-01", date(2021, 9, 1)),
        ("person.disability", "oui", True),
        ("employment.contract", "permanent", "permanent"),
        ("project.competes_with_employer", "à vérifier", "unknown"),
        ("project.competes_with_employer", "non", False),
        ("project.activity", "  Rédaction web ", "Rédaction web"),
        ("household.fixed_costs", "   ", None),
        ("person.benefits", "rsa; ass", ["rsa", "ass"]),
        ("person.benefits", "aucune", []),
        ("employment.net_salary", "1.850,50 €", 1850.5),
        ("employment.net_salary", "2 300 € / mois", 2300),
        ("employment.since", "14 fevr. 2021", date(2021, 2, 14)),
        ("employment.since", "2021-09-01 00:00:00", date(2021, 9, 1)),
        ("person.disability", "x", True),
        ("employment.contract", "cdi", "permanent"),
    ],
)
def test_what_people_type_is_understood(key: str, typed: str, meant: object) -> None:
    """Amounts, shares, days, words and lists as French people write them."""
    found = understood(questions()[key], typed)
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("employment.net_salary", "beaucoup", "« beaucoup » n’est pas un nombre"),
        ("employment.net_salary", "2.150", "Écrivez 2150 ou 2,150"),
        ("employment.net_salary", "-5", "Écrivez au moins 0 €."),
        ("employment.weekly_hours", "400", "Écrivez au plus 168 h."),
        ("household.children", "1,5", "Écrivez un nombre entier."),
        ("employment.since", "14/03/82", "Écrivez l’année avec quatre chiffres"),
        ("employment.since", "4 ju 2021", "n’est pas une date"),
        ("employment.since", "31/02/2021", "n’existe pas dans le calendrier"),
        ("employment.since", "bientôt", "Écrivez par exemple 04/01/2027"),
        ("person.disability", "peut-être", "Répondez par oui ou par non."),
        ("employment.contract", "CDX", "Choisissez parmi : CDI, ou titulaire"),
    ],
)
def test_what_is_no_answer_is_told_with_what_to_type(key: str, typed: str, told: str) -> None:
    """The words beside the field say what is wrong and give an example."""
    with pytest.raises(RefusedError) as refusal:
        understood(questions()[key], typed)
    assert told in in_french(refusal.value).replace("\u00a0", " ")


@given(st.floats(0, 999_999).map(lambda amount: round(amount, 2)))
def test_an_amount_that_is_shown_is_read_back(amount: float) -> None:
    """Opening a page and sending it as it is changes no amount by more than what six digits show."""
    question = questions()["financing.savings"]
    found = understood(question, shown(question, amount) or "0")
    assert found == pytest.approx(amount, rel=1e-5, abs=1e-6)
