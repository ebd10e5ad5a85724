"""What eight more people read from beginning to end: each sentence was once wrong for one of them, and for their kind."""

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


def test_sums_that_overlap_are_not_left_to_be_added_up(read: Read) -> None:
    """Three things want of money stops are settled by the largest sum, and the gap is told part by part."""
    text = read("karim")
    assert (
        "Ces sommes ne s’ajoutent pas : **9 800 € de plus au démarrage** régleraient tout ce qui"
        " tient à l’argent." in text
    )
    assert "**Régler ce qui manque d’argent au projet** — dès aujourd’hui" in text
    assert (
        "Ce sont 2 745 € pour ouvrir, 1 597 € d’avance de trésorerie et 3 750 € de réserve" in text
    )
    assert "C’est la réserve du foyer qui manque" in read("coralie")
    assert "un emprunt se rembourse, il ne remplace pas la réserve du foyer" in read("coralie")
    assert "Vos équipements, 18 500 €, s’y ajoutent" in text


def test_what_is_left_to_mind_reads_as_french(read: Read) -> None:
    """The first point to mind is named by its title, between quotes."""
    text = read("nora")
    assert (
        "jusqu’à cinq points d’attention, d’abord : « Ce rapport ne chiffre pas ce métier »."
        in (text)
    )
    assert "- **non calculés** la forme et les montants, dans ce métier" in text
    assert "Contrat : ce qui arrête le projet passe d’abord" in text
    # Who may leave two months later need not read that never leaving would do as well.
    assert "; ou bien garder l’emploi ;" not in read("karim")


def test_vat_that_is_charged_has_no_threshold_to_watch(read: Read) -> None:
    """Whoever charges VAT from the first day reads of prices, and not of the exemption of small firms."""
    text = read("karim")
    assert "Franchise de TVA |" not in text
    assert "Seuil de TVA passé" not in text
    assert "auprès de particuliers, soit votre prix monte, soit votre marge baisse" in text
    # A trade that is known to be taxed is not told of those that are exempt.
    assert "TVA à facturer l’année suivante [@" in read("coralie")


def test_who_leaves_on_the_first_day_works_no_double_day(read: Read) -> None:
    """A job that ends on the day of the start shares neither the week nor the contributions."""
    text = read("karim")
    assert "| Sans le revenu du projet |" in text.replace("| Revenus de ", "")
    assert "Votre salaire n’y compte que jusqu’au 1er février 2027." in text
    assert "l’avantage par demi-part a un plafond" not in text
    assert "Votre emploi ne remplace pas ces cotisations" not in text
    assert "« Le cumul ne doit pas dépasser la durée légale du travail. »" not in text
    assert "Un atout : peu de temps perdu" not in text
    assert "Prévoyez dès le départ qui vous remplace en cas d’arrêt" in text
    assert "Votre emploi ne remplace pas ces cotisations" in read("coralie")


def test_a_physical_trade_is_told_of_its_own_strain(read: Read) -> None:
    """Neither hairdressing nor guest rooms are a building site."""
    for name, strain in (("coralie", "Se pencher sur des fauteuils"), ("gilles", "Lits à refaire")):
        assert "sur chantier ou en atelier" not in read(name)
        assert f":   {strain}" in read(name)
        assert "Deux journées dont une use le corps demandent plus" in read(name)


def test_what_was_never_said_is_not_told_as_the_person_s_word(read: Read) -> None:
    """Those around a man who said nothing of them are « non dit », and so is a relationship."""
    assert "| Entourage | non dit |" in read("karim")
    assert "| Entourage | ni pour ni contre |" in read("coralie")
    assert "Votre relation est ordinaire" not in read("nora")
    assert "horaires changent : posez d’abord vos jours de repos" in read("nora")


def test_telling_an_employer_follows_the_plan_and_the_rivalry(read: Read) -> None:
    """Whoever resigns tells by it, a rival asks in writing, and a firm of six has no department to ask."""
    assert "Oui, en démissionnant : choisissez le moment." in read("karim")
    hairdresser = read("coralie")
    assert "ne l’annoncez pas comme une décision. Demandez-lui, par écrit, s’il" in hairdresser
    assert "intrapreneuriat" not in hairdresser
    assert "intrapreneuriat" in read("gilles")
    assert "sans consulter ses fichiers" in hairdresser
    assert "démarcher serait déjà concurrencer" in hairdresser
    assert "Ne pas promettre de crédit d’impôt | " not in hairdresser


def test_a_benefit_that_is_reckoned_pays_the_costs_that_it_can(read: Read) -> None:
    """A household whose prime d'activité covers what wages leave open is not told that its costs are not covered."""
    text = read("coralie")
    assert "Les charges du foyer dépassent" not in text
    assert "La prime d’activité **monte d’abord** avec" in text
    assert "1 enfant de 6 ans | " in text
    assert "La garde n’est pas comptée ici." in text


def test_a_form_chosen_by_a_hair_says_so(read: Read) -> None:
    """Guest rooms that cost 22 000 € read that writing these off might choose another form."""
    text = read("gilles")
    assert "L’écart est mince : les deux se valent presque." in text
    assert "Vos 22 000 € d’investissement ne sont pas amortis ici" in text
    assert "ne sont pas amortis ici" not in read("coralie")
    assert "ce qui est déjà encaissé paie toujours les dépenses du mois" in text
    assert "La réserve du foyer, 5 100 €, y est comprise : au-dessous, vous l’entamez." in text


def test_a_step_of_a_trade_is_told_once(read: Read) -> None:
    """What a step is called does not begin what there is to know of it, and each has a name."""
    assert "| Être inscrit au tableau de l’Ordre des infirmiers | Nul ne peut exercer" in read(
        "nora"
    )
    text = read("karim")
    assert "| Vérifier votre habilitation électrique | La loi la demande" in text
    assert "Faire les démarches de votre métier" not in text
    assert "votre expérience en usine" not in text
    assert "| Mener l’étude de marché | Le chapitre sur le contexte dit" in read("gilles")


def test_a_trade_that_is_not_reckoned_speaks_of_no_plan(read: Read) -> None:
    """A nurse without a plan sees no columns of it, and the survival of firms has its heading."""
    text = read("nora")
    assert "| Dans votre plan |" not in text
    assert "Aucune n’est dans les montants de ce rapport" not in text
    assert "un pacte d’actionnaires" not in read("karim")


def test_where_money_lacks_from_the_first_day_blows_are_compared_by_their_depth(read: Read) -> None:
    """A column that says February on every line is explained."""
    assert "seule la première colonne de nombres compare les coups durs" in read("karim")
    assert "seule la première colonne de nombres" not in read("gilles")
    assert "En micro-entreprise, elle dure jusqu’au 31 décembre 2027." in read("karim")


def test_a_number_of_clients_is_no_sign_where_many_buy_a_little(read: Read) -> None:
    """Neither a driver, a baker nor guest rooms wait for three clients; an electrician does."""
    for name in ("samir", "lea", "rose", "gilles"):
        assert "Clients qui ont acheté ou promis" not in read(name)
    assert "Clients qui ont acheté ou promis" in read("karim")
    assert "Quatre indicateurs disent si le projet peut remplacer le salaire" in read("samir")
    assert "rien d’acheté sans elles" not in read("samir")
    assert "rien d’acheté sans elles" in read("karim")


def test_what_an_office_takes_to_answer_does_not_shrink(read: Read) -> None:
    """A driver who would start in ten weeks is late with a card that takes three months, whose exam is passed."""
    text = read("samir")
    assert "| 3 novembre 2026 | Demander la carte professionnelle |" in text
    exam = next(line for line in text.splitlines() if "| Réussir l’examen de VTC |" in line)
    assert exam.startswith("| 4 octobre 2026 |")
    assert "[fait]" in exam
    assert "Multirisque des locaux et du stock" not in text
    assert "Multirisque des locaux et du stock" in read("rose")


def test_who_leaves_on_the_first_day_is_offered_no_leave_and_no_salary(read: Read) -> None:
    """A baker whose contract ends on the day of the start reads of no holidays and of no salary before a committee."""
    text = read("lea")
    assert "Le projet prendrait **60 h** par semaine" in text
    assert "prendre un bloc de congés" not in text
    assert "Devant un comité, montrez de quoi vivra le foyer sans salaire" in text
    assert "laboratoire grandeur nature" not in text


def test_a_business_that_is_bought_says_what_is_not_written_off(read: Read) -> None:
    """The price of a bakery is not written off, its lease comes with it, and its loans eat up its cash."""
    text = read("lea")
    assert "Le prix du fonds repris, 90 000 €, n’est **pas amorti** dans ces montants" in text
    assert "Le bail vient avec le fonds" in text
    assert "La trésorerie passe sous zéro" in text
    assert "Un cadre, un contrat à terme ou un apprenti coûtent autre chose" in text


def test_a_holiday_in_the_twelfth_month_is_no_loss(read: Read) -> None:
    """A bakery closed in August is asked of its first year, and not of that month."""
    assert (
        "| Finances | La première année, le chiffre d’affaires prévu couvre-t-il les frais et les"
        " cotisations ?  | [oui]" in read("lea")
    )
    assert "Au douzième mois, le chiffre d’affaires prévu couvre-t-il" in read("samir")


def test_a_further_activity_is_not_taken_for_what_its_clients_do(read: Read) -> None:
    """Whoever coaches online sellers is asked whether it is coaching, and not told the law of online sales for it."""
    text = read("teddy")
    assert "« Coaching de vendeurs en ligne » peut désigner plusieurs métiers" in text
    assert "« Vente en dropshipping » n’est pas dans notre catalogue" not in text


def test_the_town_hall_is_told_of_rooms_once(read: Read) -> None:
    """Guest rooms have one step for the declaration and one for the tourist tax."""
    text = read("gilles")
    assert "Déclarer la location à la mairie" not in text
    assert "Organiser la taxe de séjour" not in text
    assert "Déclarer les chambres à la mairie" in text
