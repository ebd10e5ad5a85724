"""What four more people read from beginning to end: each sentence was once wrong for one of them, and for their kind."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import AS_OF, ROOT
from tests.spoken import spoken

from tremplin.case import Case
from tremplin.model.profile import load_profile
from tremplin.model.register import Register

pytestmark = pytest.mark.thorough

PEOPLE = ROOT / "tests/data/people"
Read = Callable[[str], str]


@pytest.fixture(scope="module")
def read(register: Register) -> Read:
    """Give a function that gives all that the chapters say to a person of `tests/data/people`."""

    @cache
    def give(name: str) -> str:
        with pytest.MonkeyPatch.context() as patch:
            return spoken(Case(load_profile(Path(PEOPLE / f"{name}.yaml")), register, AS_OF), patch)

    return give


def test_who_may_not_start_is_not_sent_to_resign(read: Read) -> None:
    """An electrician whose clause bars him keeps his job until what stops the project is settled."""
    text = read("karim")
    assert "Ne démissionnez pas non plus : une démission ne se reprend pas." in text
    assert (
        "donner votre démission | Pas avant que ce qui arrête le projet soit réglé. Proposez"
        " d’abord une rupture conventionnelle, et la levée de la clause de non-concurrence dans"
        " le même accord." in text
    )


def test_a_rival_is_not_told_to_run_the_project_beside_the_job(read: Read) -> None:
    """What competes with the employer may not run beside the job, so keeping it is no way to try it out."""
    text = read("karim")
    assert "Repoussez ensemble le départ et le démarrage pour épargner d’ici là" in text
    assert "Gardez l’emploi plus longtemps" not in text
    assert "laboratoire grandeur nature" not in text
    assert "Mais cette voie vous est fermée tant que le projet concurrence votre employeur" in text
    assert "demanderait 74 h de travail par semaine, emploi et projet ensemble, pour" in text
    assert "ce qui suit vaut après la fin du contrat et de toute clause." in text
    assert "ce qui suit vaut après la fin du contrat et de toute clause." in read("coralie")


def test_a_resignation_asks_for_notice_and_for_no_agreement(read: Read) -> None:
    """Whoever resigns for the day of the start waits for no employer's answer."""
    text = read("karim")
    assert "Cela suppose que votre démission parte assez tôt : le préavis compte" in text
    assert "Cela suppose l’accord de l’employeur" not in text
    assert "La réserve est comptée **comme si vous gardiez l’emploi**" in text


def test_the_compulsory_cover_of_a_trade_stands_among_the_covers(read: Read) -> None:
    """An electrician reads of the ten years' guarantee, a nurse once of her liability, both as compulsory."""
    assert "| Propre à votre métier | Garantie décennale avant l’ouverture" in read("karim")
    nurse = read("nora")
    assert "| Propre à votre métier | Responsabilité civile professionnelle de soignant" in nurse
    assert "prudente pour toutes" not in nurse
    assert "| Véhicule à usage professionnel |" in nurse
    assert "décennale" not in nurse


def test_a_public_servant_leaves_by_the_rules_of_public_service(read: Read) -> None:
    """A nurse of a hospital hears of acceptance and of leave of office, not of a collective agreement."""
    text = read("nora")
    assert "elle ne vaut qu’acceptée par l’autorité de nomination" in text
    assert "demandez si une **disponibilité** vous est ouverte" in text
    assert "dépend de votre convention collective" not in text
    assert "Compte personnel de formation (CPF) de l’agent public" in text
    assert "Mon Compte Formation" not in text
    assert "Mon Compte Formation" in read("karim")


def test_a_full_time_agent_is_told_which_door_the_plan_resembles(read: Read) -> None:
    """Two doors are open to public servants, and one of them asks for fewer hours of the job."""
    text = read("nora")
    assert "La première porte suppose de réduire votre emploi, ce que votre profil ne" in text
    assert "sous quel délai on vous répondra, et ce que vaut un silence" in text


def test_a_nurse_finds_no_patients_at_her_own_hospital(read: Read) -> None:
    """The first patients do not come from the employer, whose clients she may not canvass."""
    assert "pas du vôtre tant que vous y travaillez, ce serait un conflit d’intérêts" in read(
        "nora"
    )


def test_the_steps_of_a_trade_come_in_an_order_that_can_be_kept(read: Read) -> None:
    """The zone comes first, and the address before the request that asks for it."""
    text = read("nora")
    order = (
        "| 12 décembre 2026 | Vérifier le zonage du lieu choisi |",
        "| 31 janvier 2027 | Fixer l’adresse de l’entreprise |",
        "| 15 février 2027 | Déposer la demande d’installation sous convention",
        "| 25 mars 2027 | Ouvrir un compte bancaire réservé à l’activité |",
    )
    places = [text.index(step) for step in order]
    assert places == sorted(places)
    # The request for a loan needs an account, and a quote its form, before the first day.
    assert "| 28 janvier 2027 | Mettre en place devis et factures |" in read("karim")


def test_a_choice_that_is_made_is_not_offered_again(read: Read) -> None:
    """Neither a trade without micro-enterprise nor a form that is advised leaves « micro ou réel » open."""
    assert "Micro ou réel, versement libératoire ou barème" not in read("nora")
    assert "Faites choisir le régime fiscal par un comptable qui connaît ce métier" in read("nora")
    advised = "Ce rapport conseille une entreprise individuelle au régime réel, avec la TVA dès le"
    assert advised in read("karim")
    assert "Ce rapport conseille une micro-entreprise. Le choix" in read("coralie")


def test_what_is_known_of_a_trade_s_vat_is_not_left_open(read: Read) -> None:
    """Nobody whose trade is exempt, or taxed, or who charges VAT, reads « si votre activité est exonérée »."""
    for name in ("karim", "nora", "coralie"):
        assert "Si votre activité est exonérée de TVA" not in read(name)
    assert "la franchise de TVA n’en dispense pas" not in read("karim")
    assert "la franchise de TVA n’en dispense pas" in read("coralie")
    assert "recevoir les factures de vos fournisseurs reste dû" in read("nora")


def test_a_trade_that_is_not_reckoned_is_told_what_is_known_without(read: Read) -> None:
    """A nurse reads what her savings leave and what her household would lack, and no rate of contributions."""
    text = read("nora")
    assert "il resterait 3 000 €, soit 1,3 mois de charges du foyer" in text
    assert "il manquerait **600 €** par mois au foyer" in text
    assert "Comptez donc les cotisations à taux plein" not in text
    assert "**Vous n’y avez pas droit**, d’après votre profil : le @sec-formalities dit" in text
