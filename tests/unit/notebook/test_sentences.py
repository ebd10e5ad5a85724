from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.conftest import AS_OF, ROOT
from tests.spoken import spoken

from tremplin.case import Case

pytestmark = pytest.mark.thorough

JOB, PROJECT = "employment.weekly_hours", "project.weekly_hours"
ENDED = {"transition.exit": "resignation", "transition.exit_month": -1}
Read = Callable[..., str]


@pytest.fixture
def read(case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> Read:
    """Give a function that runs a chapter for an example person with changes and gives its words."""

    def give(
        chapter: str,
        name: str = "alice",
        changes: dict[str, Any] | None = None,
        as_of: date = AS_OF,
    ) -> str:
        (file,) = (ROOT / "notebooks").glob(f"*-{chapter}.ipynb")
        return spoken(case(name, changes, as_of), monkeypatch, [file])

    return give


def sales(month: float) -> dict[str, Any]:
    """Give the changes of a profile for so much turnover in each month."""
    return {"project.turnover": {"month_1": month, "month_12": month, "month_24": month}}


def test_vat_is_due_in_one_month_wherever_it_is_told(read: Read) -> None:
    """Past 37 500 € in November and 41 250 € on 31 December, the summary and the chapters say December."""
    changes = sales(41_300 / 12) | {"project.start": date(2027, 1, 1)}
    assert "| dès décembre 2027, selon votre prévision, sauf activité exonérée |" in read(
        "essentials", changes=changes
    )
    assert "la TVA serait due **dès décembre 2027**" in read("legal-form", changes=changes)
    formalities = read("formalities", changes=changes)
    assert "passerait ce seuil en novembre 2027, et la TVA serait due dès décembre" in formalities
    assert "| 31 décembre 2027 | Se préparer à facturer la TVA |" in formalities


def test_hours_without_a_place_are_told_in_words_and_beside_the_figure(read: Read) -> None:
    """Nobody is told to work until morning, and that the rest is for sleep."""
    text = read("time", changes={JOB: 44, PROJECT: 50})
    assert "**33 h de projet ne tiennent pas dans la semaine**" in text
    assert "Aucun jour de repos entier, et 33 h qui ne tiennent pas dans la semaine" in text
    assert "dimanche 8 h. 33 h de projet ne tiennent pas dans la semaine." in text
    assert "Le reste est à votre famille" not in text
    assert "**33 h** par semaine" not in text


def test_a_week_without_rest_is_told_in_french(read: Read) -> None:
    """No day is « sans aucun jour », never « avec aucun jour »."""
    assert ", sans aucun jour libre." in read("time", changes={PROJECT: 20})
    assert ", avec un jour sans emploi ni projet." in read("time")


def test_a_job_that_has_ended_does_not_weigh_on_the_week(read: Read) -> None:
    """Who has left before the start is told nothing of the way to work and the tiredness of the job."""
    assert "| Trajets | 70 minutes par jour travaillé |" in read("time")
    ended = read("time", changes=ENDED)
    assert "par jour travaillé" not in ended
    assert "| Fatigue du poste |" not in ended
    assert "| Entourage |" in ended


def test_small_rates_keep_their_decimals(read: Read) -> None:
    """The chamber tax of a shop reads 0,015 %, not 0,0 %."""
    text = read("legal-form", changes={"project.category": "sale"})
    assert "0,015 % de taxe pour frais de chambre" in text


def test_a_company_goes_by_the_name_that_is_recommended(read: Read) -> None:
    """Partners found a SARL: no later chapter calls it an EURL."""
    text = read(
        "financing", "emma", {"project.seeks_investors": False, "project.investment": 250_000}
    )
    assert "votre SARL devrait d’abord adapter ses statuts" in text
    assert "EURL" not in text


@pytest.mark.parametrize(
    ("since", "later"),
    [
        (
            date(2021, 9, 1),
            "La différence vient après, quand 457 jours s’épuisent plus tôt que 548.",
        ),
        # Fourteen months of job give fewer days than either limit.
        (date(2026, 11, 1), ""),
    ],
)
def test_ways_that_give_the_same_days_have_no_difference(
    read: Read, since: date, later: str
) -> None:
    """Days that are the same are not told to run out before themselves."""
    leaving = {"goal": "full_time", "exit": "mutual_termination", "exit_month": 12}
    text = read("financing", changes={"employment.since": since, "transition": leaving})
    assert "les droits dépassent les mois qui restent." in text
    assert later in text
    assert ("La différence vient après" in text) is bool(later)


@pytest.mark.parametrize(
    ("gender", "said"), [("female", "être licenciée"), ("male", "être licencié")]
)
def test_a_dismissal_agrees_with_the_person(read: Read, gender: str, said: str) -> None:
    """A woman is « licenciée » in the sentences that compare the ways."""
    leaving = {"goal": "full_time", "exit": "dismissal", "exit_month": 6}
    text = read("financing", changes={"person.gender": gender, "transition": leaving})
    assert f"{said}, " in text


def test_nobody_is_told_to_go_on_overdrawn(read: Read) -> None:
    """Where the middle case is below zero, going on asks for an account above zero."""
    good = read("risk")
    assert "| il est au-dessus du « cas médian » du @tbl-checkpoints |" in good
    assert "| il passe sous « un cas sur vingt » |" in good
    bad = read("risk", changes={"financing.savings": 0, "project.investment": 20_000})
    assert (
        "| il reste au-dessus de zéro : le « cas médian » du @tbl-checkpoints n’y suffit pas |"
        in bad
    )
    assert "| il passe sous « un cas sur quatre » ou sous un mois de charges |" in bad
    assert "| il passe sous « un cas sur vingt » ou sous zéro |" in bad


def test_a_calendar_after_the_start_counts_what_is_open(read: Read) -> None:
    """Who started months ago has no steps left before the start, but some that are still open."""
    assert "étapes à faire d’ici le démarrage" in read("detail")
    late = read("detail", as_of=date(2027, 5, 1))
    assert "étapes encore ouvertes" in late
    assert "d’ici le démarrage" not in late


def test_until_when_the_micro_ceilings_are_law_is_told(read: Read) -> None:
    """They are set until the end of 2028; a chapter that looks further says that it repeats them, and does not stop."""
    until = "Ce plafond est fixé jusqu’au 31 décembre 2028 [@decret_2026_562]"
    near = read("legal-form", changes={"project.start": date(2027, 1, 1)})
    assert f"{until}.\n" in near
    assert "reconduit |" not in near.split("Plafond de la micro-entreprise en 2028")[1][:20]
    for start in (date(2027, 3, 1), date(2029, 6, 1)):
        far = read("legal-form", changes={"project.start": start})
        assert f"{until} ; celui des années suivantes n’est pas encore connu" in far
        assert "| Plafond de la micro-entreprise en 2029, reconduit | " in far
    rules = read("evidence", changes={"project.start": date(2029, 6, 1)})
    assert "| 83 600 € | 1er janvier 2026, jusqu’au 31 décembre 2028 |" in rules


def test_each_kind_of_lodging_reads_of_its_own_rules(read: Read) -> None:
    """Guest rooms read of 6 248 €, an unclassified let of what classifying it brings, a hotel where lets are told apart."""
    rooms = read("legal-form", "gaelle")
    assert "ne dépasse pas 6 248 € par an, 13 % du plafond de la sécurité sociale" in rooms
    assert "2027, 7 364 € de recettes, prélèvements sociaux ; 2028, 15 361 € de recettes, " in rooms
    let = read("legal-form", changes={"project.category": "tourist_let"} | sales(1_000))
    assert "Jusqu’à 23 000 € de recettes par an, un meublé de tourisme ne doit aucune" in let
    assert "un plafond de 83 600 € par an au lieu de 15 000 €, un abattement de 50 % au lieu" in let
    assert "il n’est pas ouvert à votre location tant qu’elle n’en doit pas" in let
    hotel = read("legal-form", changes={"project.category": "lodging"})
    assert "Chambres d’hôtes ou meublé de tourisme ?" in hotel
    assert "Quand votre location" not in hotel


@pytest.mark.parametrize(
    ("chapter", "name", "said"),
    [
        ("formalities", "alice", "dépasse 10 000 € par an, 2 années de suite"),
        ("formalities", "alice", "L’année suivante, sa base est ramenée à 50 %."),
        ("formalities", "alice", "Aucune cotisation minimale n’est due jusqu’à 5 000 €"),
        ("contract", "alice", "plus de 2 % des salariés sont absents pour ce congé"),
        ("time", "bruno", "plus de 2 % des salariés sont absents pour ce congé"),
        ("time", "david", "10 heures par jour et vous laisser 11 heures de repos"),
        ("legal-form", "alice", "au plus tard le 30 avril 2027, pour 2027 et la suite"),
        ("financing", "emma", "Le reste n’est versé que si l’activité s’arrête"),
        ("detail", "alice", "faisaient en moyenne 20 000 € de chiffre d’affaires par an"),
        ("detail", "alice", "34 % des femmes sont encore actives à cinq ans, 10 points de plus"),
    ],
)
def test_a_rule_that_helps_is_printed(read: Read, chapter: str, name: str, said: str) -> None:
    """What the register knows about the account, the local tax, the leave, the day's work and the option is told."""
    assert said in read(chapter, name)


STARTED = {
    "person.zone": "zfrr",
    "project.start": date(2026, 6, 15),
    "project.preparation.documents": ["identity", "address", "registration", "bank_details"],
}
"""Someone who started in June 2026 where the law grants ACRE, and is registered."""
RIVAL = {
    "project.competes_with_employer": True,
    "transition.exit": "mutual_termination",
    "transition.exit_month": 1,
}


def clause(*, compensated: bool) -> dict[str, Any]:
    """Give the changes of a non-compete clause of eighteen months."""
    found = {"months": 18, "area": "Union européenne", "compensated": compensated}
    return {"employment.clauses.non_compete": found}


def test_an_acre_whose_date_has_passed_is_told_as_lost(read: Read) -> None:
    """In November, who started in June is not sent to ask by 14 August: without a request before it, ACRE is lost."""
    assert "demandez-la à l’Urssaf **au plus tard le 14 août 2026**" in read(
        "financing", changes=STARTED, as_of=date(2026, 8, 14)
    )
    late = read("financing", changes=STARTED)
    assert "si vous ne l’avez pas demandée avant cette date, elle est perdue" in late
    assert "demandez-la à l’Urssaf" not in late
    formalities = read("formalities", changes=STARTED)
    assert "ACRE : la date limite est passée" in formalities
    assert "une date à ne pas manquer" not in formalities
    assert "l’ACRE est comptée" not in read("legal-form", changes=STARTED)


def test_who_has_started_is_not_told_to_start(read: Read) -> None:
    """Registered and begun in June: the next actions in November are others."""
    text = read("summary", changes=STARTED)
    assert "S’immatriculer sur le Guichet unique" not in text
    assert "Choisir le régime fiscal et social" not in text
    assert "Démarrer l’activité" not in text
    assert "Ouvrir un compte bancaire" not in text


def test_a_valid_clause_closes_the_way_out_of_competition(read: Read) -> None:
    """Eighteen months from 4 February 2027, compensated: to wait for the contract's end is no way out until August 2028."""
    waiting = "ou n’exploiter qu’après la fin du contrat"
    valid = read("contract", changes=RIVAL | clause(compensated=True))
    assert "pendant 18 mois de plus, jusqu’au 4 août 2028, dans la zone écrite" in valid
    assert "obtenir qu’il renonce par écrit à la clause" in valid
    assert waiting not in valid
    assert waiting in read("contract", changes=RIVAL | clause(compensated=False))
    told = "les ventes d’une activité concurrente ne sont à compter, dans toutes les voies, qu’après le 4 août 2028"
    assert told in read("financing", changes=RIVAL | clause(compensated=True))
    assert "ne sont à compter" not in read("financing", changes=RIVAL | clause(compensated=False))


def test_a_leave_is_told_only_within_the_contract(read: Read) -> None:
    """Who leaves a month after the start reads of no prolonged leave, and that the exclusivity clause ends for good."""
    changes = {
        "employment.since": date(2025, 6, 2),
        "employment.clauses.exclusivity": True,
        "transition": {"leave": "creation_leave", "exit": "resignation", "exit_month": 1},
    }
    text = read("contract", changes=changes)
    assert "congé pour création est prolongé" not in text
    assert (
        "comme votre contrat finit le 4 février 2027, elle ne reprendra pas effet ensuite" in text
    )
    assert "Fin du congé" not in text
    longer = {"transition": {"leave": "creation_leave"}, "employment.clauses.exclusivity": True}
    assert "congé pour création est prolongé" in read("contract", changes=longer)


@pytest.mark.parametrize(
    ("exit_", "said", "how"),
    [
        ("term_end", "Votre CDD ira **à son terme**, le 4 février 2027", "l’arrivée du terme"),
        (
            "dismissal",
            "Vous prévoyez une **rupture par l’employeur**",
            "une rupture par l’employeur",
        ),
    ],
)
def test_nobody_is_dismissed_from_a_fixed_term_contract(
    read: Read, exit_: str, said: str, how: str
) -> None:
    """The end of a fixed-term contract is its term, or a break of it, and is never called « un licenciement »."""
    changes = {
        "employment.contract": "fixed_term",
        "transition": {"exit": exit_, "exit_month": 1},
    }
    assert said in read("contract", changes=changes)
    money = read("financing", changes=changes)
    assert f"ici par {how}" in money
    assert "un licenciement" not in money


def test_a_resignation_has_its_notice(read: Read) -> None:
    """Hugo plans to resign: the notice is a step with a date, and its length is left to the collective agreement."""
    assert "Un **préavis** sépare la lettre de la fin du contrat" in read("contract", "hugo")
    steps = read("formalities", "hugo")
    assert "| 11 mai 2027 | Vérifier les délais, puis donner votre démission |" in steps


def test_benefits_that_are_not_counted_are_named(read: Read) -> None:
    """Who receives ASS or AAH reads that the budgets leave it out, and which way the AAH goes."""
    said = "Les budgets ne comptent pas non plus l’ASS, que vous recevez"
    assert said in read("financing", changes={"person.benefits": ["ass"]})
    assert "Les budgets ne comptent pas non plus" not in read("financing")
    disabled = read("financing", changes={"person.benefits": ["aah"]})
    assert "L’AAH **baisse** quand les revenus du travail montent" in disabled
    assert "Aucun budget de ce rapport ne compte ces prestations" in disabled


def test_a_prime_d_activite_that_may_be_due_is_told(read: Read) -> None:
    """Chantal, a lone parent at 2 020 € a month, reads what the prime d'activité would be with the project and without."""
    money = read("financing", "chantal")
    assert "sans le projet, aux revenus d’aujourd’hui : prime d’activité **278 €**" in money
    assert "avec le projet, après 24 mois : prime d’activité **132 €**" in money
    assert "prime d’activité" not in read("financing")


def test_who_is_taxed_with_whom_is_told(read: Read) -> None:
    """Lone parents read of case T; partners without marriage or PACS that they are taxed apart, and who declares the children."""
    assert "**case T**" in read("legal-form", "gaelle")
    apart = {"household.situation": "cohabiting"}
    said = read("legal-form", changes=apart)
    assert "Sans mariage ni Pacs, vous êtes imposée à part" in said
    assert "aucun n’est compté ici" in said
    assert "avec 2 enfants sur votre déclaration" in read(
        "legal-form", changes={**apart, "household.children_declared": 2}
    )
    assert "case T" not in said


@pytest.mark.parametrize("zone", ["none", "zfrr"])
def test_an_insolvent_employer_is_told_of(read: Read, zone: str) -> None:
    """With ACRE or without, the report says what an employer in collective proceedings changes."""
    changes = {"employment.employer_insolvent": True, "person.zone": zone}
    assert "## Un employeur en difficulté" in read("contract", changes=changes)
    assert "votre employeur, en procédure collective, poursuive son activité" in read(
        "financing", changes=changes
    )
    assert "## Un employeur en difficulté" not in read("contract")


def test_a_half_time_agent_reads_why_there_is_no_part_time(read: Read) -> None:
    """Chantal at 17 h 30 a week: part time to create is for full-time agents, in each chapter that speaks of it."""
    changes = {JOB: 17.5, "transition.leave": "part_time"}
    contract = read("contract", "chantal", changes)
    assert "**Avec 17 h 30 par semaine, cette porte vous est fermée**" in contract
    assert "il est réservé aux agents à temps plein (voir @sec-contract)" in read(
        "time", "chantal", changes
    )
    money = read("financing", "chantal", changes)
    assert "Le temps partiel pour créer n’est pas parmi les voies" in money
    assert "| Temps partiel |" not in money
    assert "cette porte vous est fermée" not in read("contract", "chantal")


def test_a_start_in_a_few_days_is_told_with_a_feasible_one(read: Read) -> None:
    """Four days ahead the chapter says so, and names the first start that leaves each step its usual time."""
    text = read("formalities", as_of=date(2026, 12, 31))
    assert "Il reste 4 jours avant le démarrage." in text
    assert "Un démarrage le **30 avril 2027** laisserait à chaque étape son temps habituel" in text
    assert "Un démarrage trop proche" not in read("formalities")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"transition.exit": "resignation"},
            "Comparez d’abord avec la rupture conventionnelle et la",
        ),
        (
            {"transition.exit": "resignation", "employment.contract": "fixed_term"},
            "Demandez à l’employeur une rupture d’un commun accord, écrite, et faites confirmer",
        ),
        (
            {"transition.exit": "resignation", "employment.sector": "public"},
            "Voyez d’abord avec votre administration si une disponibilité",
        ),
        (
            {"transition.leave": "part_time", "employment.since": date(2025, 6, 1)},
            "Décalez le temps partiel à la date d’ouverture du droit",
        ),
        (
            {"transition.leave": "creation_leave", "employment.since": date(2025, 6, 1)},
            "Décalez le congé à la date d’ouverture du droit",
        ),
        (
            {
                "project.competes_with_employer": True,
                "employment.clauses.non_compete": {
                    "months": 24,
                    "area": "France",
                    "compensated": False,
                },
            }
            | ENDED,
            "Elle joue depuis la fin du contrat",
        ),
    ],
)
def test_what_to_do_fits_the_contract(read: Read, changes: dict[str, Any], said: str) -> None:
    """A fixed-term employee is told of the term, an agent of the administration, whoever has left that a clause runs."""
    assert said in read("summary", changes=changes, as_of=date(2026, 12, 20))


def test_a_start_too_close_promises_no_date_that_the_report_does_not_give(read: Read) -> None:
    """
    The steps of a trade that asks for nothing can still be done 29 days ahead: no other start is named.

    A bakery's works are to be allowed longer before.
    """
    day, unknown = date(2027, 5, 3), {"project.activity": "Essai"}
    summary = read("summary", "emma", unknown, as_of=day)
    assert "Décalez le démarrage de quelques semaines." in summary
    assert "laisserait à chaque étape" not in read("formalities", "emma", unknown, as_of=day)
    assert "laisserait à chaque étape" in read("formalities", "emma", as_of=day)
    assert "donne une date réaliste" in read("summary", as_of=date(2026, 12, 31))


def test_benefit_near_a_pension_is_warned_of_without_an_age(read: Read) -> None:
    """At 62, the chapter on money begins with the limit of benefit, and invents no age of a pension."""
    changes = {"person.birth_date": date(1964, 2, 10), "employment.since": date(1991, 4, 2)}
    text = read("financing", changes=changes)
    warning = text[text.index("Le chômage s’arrête à la retraite") :].split(":::")[0]
    assert "[@ct_l5421_4]" in warning
    assert not any(character.isdigit() for character in warning.replace("@ct_l5421_4", ""))
    assert text.index("Le chômage s’arrête à la retraite") < text.index("Deux barres.")
    assert "Le chômage s’arrête à la retraite" not in read("financing")


def test_overseas_rates_are_told_with_what_is_not_counted(read: Read) -> None:
    """On Réunion 4.3 % are counted in the micro regime, and the real regime is said to leave more than its table."""
    there = read("legal-form", changes={"person.zone": "drom"})
    assert "Une micro-entreprise y paie d’abord 4,3 %, sans rien demander" in there
    assert "si son revenu reste sous 52 866 € par an" in there
    assert "Outre-mer" not in read("legal-form")


def test_a_zone_tells_its_exemption_apart(read: Read) -> None:
    """Chantal, in a ZFRR, reads what a company would be spared in two years; who lives elsewhere reads nothing."""
    there = read("financing", "chantal")
    assert "en SASU, jusqu’à **758 €** d’impôt en moins" in there
    assert "une micro-entreprise n’y a pas droit" in there
    assert "exonérer le bénéfice d’impôt" not in read("financing")


def test_ways_that_need_the_contract_to_end_first_are_told_as_closed(read: Read) -> None:
    """Who has started reads that the job can no longer end first, who starts soon that the start is too near."""
    soon = read("financing")
    assert "Le démarrage est trop proche pour que l’emploi finisse **avant** la création : " in soon
    started = read("financing", as_of=date(2027, 5, 1))
    assert "Le projet tourne déjà : l’emploi ne peut plus finir **avant** la création ; " in started
    assert "pour que l’emploi finisse" not in started


def test_a_sarl_is_told_to_leave_most_over_two_years(read: Read) -> None:
    """Of the two companies a SARL leaves most to who has no investors, and the sentence says what a SAS would be good for."""
    changes = {"project.seeks_investors": False, "project.capital_share": 0.6}
    told = "la SARL vous laisserait le plus sur deux ans"
    assert f"{told} ; la SAS resterait plus souple" in read("legal-form", "emma", changes)


@pytest.mark.parametrize(
    ("hours", "since", "said"),
    [
        (20, date(2021, 9, 1), " ; demander un temps partiel ; ou prendre"),
        (
            20,
            date(2026, 3, 1),
            " ; demander un temps partiel, à négocier avec l’employeur ; ou prendre",
        ),
        # With 24 h of job the week would still pass 48 h.
        (30, date(2021, 9, 1), "retirer 17 h de projet par semaine ; ou prendre"),
    ],
)
def test_part_time_is_proposed_where_it_is_enough(
    read: Read, hours: int, since: date, said: str
) -> None:
    """A week that stays too full at 24 h of job is not cured by part time, and without a right it is to be negotiated."""
    assert said in read("time", changes={PROJECT: hours, "employment.since": since})


@pytest.mark.parametrize(
    ("changes", "heading", "steps"),
    [
        (
            {},
            "quatre étapes",
            "3. **Réduire l’emploi** par un temps partiel (vos droits sont au chapitre sur le contrat).\n4. **Quitter",
        ),
        (
            {"employment.since": date(2026, 9, 1)},
            "quatre étapes",
            "3. **Réduire l’emploi** par un temps partiel, à négocier avec l’employeur.\n4. **Quitter",
        ),
        ({JOB: 20}, "trois étapes", "trois mois au moins.\n3. **Quitter"),
    ],
)
def test_a_physical_trade_is_told_of_the_part_time_there_is(
    read: Read, changes: dict[str, Any], heading: str, steps: str
) -> None:
    """In a trade that is not known, nobody who works 20 h a week is told to pass to part time, and the heading counts."""
    text = read("time", changes=changes | {"project.physical": True, "project.activity": "Essai"})
    assert f"## Un métier physique : {heading}\n" in text
    assert steps in text


def test_the_title_of_the_survivors_keeps_its_capitals(read: Read) -> None:
    """A sole trader reads of « EI au réel », never of « Ei au réel »."""
    assert "EI au réel : 63 sur 100 encore actives à cinq ans" in read("risk", "bruno")


def test_a_household_that_needs_nothing_is_told_so(read: Read) -> None:
    """Where other income covers the costs, nobody reads of a need of 0 €."""
    text = read("risk", changes={"household.other_income": 9_000})
    assert (
        "le foyer n’aurait rien à tirer du projet : ses autres revenus couvrent ses charges."
        in text
    )
    assert "besoin de **0 €**" not in text
    assert "Sans le salaire, le foyer aurait besoin de **" in read("risk")


def test_one_document_left_is_spoken_of_in_the_singular(read: Read) -> None:
    """Of one document nobody is told to begin with « celles »."""
    several = read("formalities")
    assert "à fournir.** Commencez par celles qui dépendent d’un tiers : banque," in several
    ready = ["identity", "address", "criminal_record_statement", "financial_forecast"]
    ready += ["financing_plan", "insurance_certificate"]
    one = read("formalities", changes={"project.preparation.documents": ready})
    assert "**Une pièce reste à fournir.** Si elle dépend d’un tiers (banque, " in one
    assert "Commencez par celles" not in one


def test_a_start_in_the_past_is_told_in_the_past(read: Read) -> None:
    """Who started in January was of an age and had a seniority then."""
    past = date(2027, 5, 1)
    assert " ans au démarrage." in read("context").split("Vous aurez ")[1]
    assert " ans au démarrage." in read("context", as_of=past).split("Vous aviez ")[1]
    assert "vous aurez 5 ans d’ancienneté" in read("contract")
    assert "vous aviez 5 ans d’ancienneté" in read("contract", as_of=past)


def test_days_known_for_the_planned_exit_are_compared_with_the_others(read: Read) -> None:
    """With 400 days known for the resignation to retrain, these are the ones that run out first."""
    leaving = {
        "goal": "full_time",
        "exit": "reconversion",
        "exit_month": 12,
        "unemployment": {"daily_are": 45, "remaining_days": 400},
    }
    text = read("financing", changes={"employment.since": date(2021, 9, 1), "transition": leaving})
    assert "quand 400 jours s’épuisent plus tôt que 548." in text


def test_investors_are_weighed_against_acre_only_where_there_is_one(read: Read) -> None:
    """Without ACRE one threshold is left to verify, and the control of the company is not told of."""
    with_acre = read("financing", "emma")
    assert "vérifiez deux seuils. L’ACRE suppose de **contrôler** la société" in with_acre
    assert "Et le taux réduit de l’impôt sur les sociétés" in with_acre
    without = read("financing", "emma", {"transition": {"goal": "full_time"}})
    assert "vérifiez un seuil. Le taux réduit de l’impôt sur les sociétés" in without
    assert "L’ACRE suppose de **contrôler**" not in without


def test_vat_that_is_due_at_once_names_its_month_once(read: Read) -> None:
    """Past both thresholds in one month, the sentence says « ce mois-là » the second time."""
    text = read("formalities", changes=sales(45_000) | {"project.start": date(2027, 1, 1)})
    assert (
        "et la TVA serait due dès ce mois-là, sauf activité exonérée : prévoyez-la dans vos prix."
        in text
    )


OUT = {"goal": "full_time", "exit": "dismissal", "exit_month": -26}
"""Someone dismissed long before the report: in November 2024, for Alice's start."""
USED_UP = {"transition": OUT | {"unemployment": {"daily_are": 44, "remaining_days": 20}}}
LEFT = {"transition": OUT | {"unemployment": {"daily_are": 44, "remaining_days": 548}}}


def test_a_contract_that_has_ended_is_told_in_the_past(read: Read) -> None:
    """Dismissed two years ago: nothing of the contract still has to end, binds, or is to be kept from an employer."""
    contract = read("contract", changes=LEFT)
    assert "Votre contrat a fini le 4 novembre 2024 : la loyauté et l’exclusivité ne" in contract
    assert "elles vous lient pendant toute la préparation" not in contract
    assert "## Depuis la fin de votre contrat" in contract
    assert "## Si vous quittez l’emploi" not in contract
    assert "votre employeur vous lit" not in contract
    assert "Votre relation est" not in contract
    risk = read("risk", changes=LEFT)
    assert "Votre contrat a fini le 4 novembre 2024 : la question n’est plus quand" in risk
    assert "D’ici là, rien de l’employeur" not in risk
    summary = read("essentials", changes=LEFT)
    assert (
        "n’interdit de démarrer le 4 janvier 2027 : votre contrat a fini le 4 novembre" in summary
    )
    assert "une fois votre contrat fini" not in summary
    ahead = {"transition": OUT | {"exit_month": -1}}
    assert "Votre contrat doit finir avant le démarrage" in read("contract", changes=ahead)
    assert "une fois votre contrat fini, le 4 décembre 2026" in read("essentials", changes=ahead)


def test_nobody_without_a_job_is_told_to_keep_it(read: Read) -> None:
    """Where money runs short, who has no job at the start is told to start smaller, and to keep the benefit that is left."""
    poor: dict[str, Any] = {"financing.savings": 0, "project.investment": 20_000}
    keep, smaller = "Gardez l’emploi plus longtemps", "Démarrez plus petit, cherchez un complément"
    leaves = {"goal": "full_time", "exit": "mutual_termination", "exit_month": 12}
    assert keep in read("summary", changes=poor | {"transition": leaves})
    assert keep not in read("summary", changes=poor)
    out = read("summary", changes=poor | USED_UP)
    assert smaller in out
    assert keep not in out
    assert "l’emploi est le socle" in read("risk")
    risk = read("risk", changes=USED_UP)
    assert "l’emploi est le socle" not in risk
    assert "ne comptez pas sur le projet seul : cherchez un complément de revenu" in risk
    assert "seul : gardez vos droits au chômage pour le foyer" in read("risk", changes=LEFT)


def test_the_flat_tax_is_asked_for_in_the_creation_s_delay_or_a_september_to_come(
    read: Read,
) -> None:
    """Started in June 2026, in November: the delays for 2026 and 2027 have passed; a creation in January has until April."""
    late = read("legal-form", changes=STARTED)
    assert "l’option se demande au plus tard le 30 septembre 2027, pour 2028" in late
    assert "référence de 2026, deux ans avant l’année choisie" in late
    ahead = read("legal-form")
    assert "se demande à l’Urssaf au plus tard le 30 avril 2027, pour 2027 et la suite" in ahead


def test_the_thresholds_of_vat_count_by_days_in_the_year_of_the_start(read: Read) -> None:
    """4 000 € a month from October pass 9 452 €, the part of 37 500 € that is left of the year; a whole year has one amount."""
    text = read("legal-form", changes=sales(4_000) | {"project.start": date(2027, 10, 1)})
    assert "| 37 500 € ; 9 452 € en 2027 | décembre 2027 |" in text
    assert "sont ramenés aux jours qui restent jusqu’au 31 décembre : 9 452 €" in text
    whole = read("legal-form", changes={"project.start": date(2027, 1, 1)})
    assert "| 37 500 € | non, en deux ans |" in whole
    assert "ramenés aux jours" not in whole


def test_electronic_invoices_have_their_two_days(read: Read) -> None:
    """They are received from the start on and issued from September 2027, or both from a later start."""
    assert "recevoir commence le 4 janvier 2027, et émettre le 1er septembre 2027" in read(
        "formalities"
    )
    later = read("formalities", changes={"project.start": date(2027, 10, 1)})
    assert "Pour vous, les deux commencent le 1er octobre 2027." in later


def test_a_leave_is_not_promised_past_the_contract(read: Read) -> None:
    """Who has started is not told to start beside the job, and no leave is put off to after the contract's end."""
    beside = "démarrer en cumul à la date prévue"
    late = read("contract", changes={"transition.leave": "creation_leave"})
    assert beside in late
    started = read("contract", changes=STARTED)
    assert beside not in started
    assert "| jusqu’au 22 mai 2027, hors ce dernier cas |" in started
    leaving = {"transition.exit": "dismissal", "transition.exit_month": 8}
    ends = read("contract", changes=STARTED | leaving)
    assert "jusqu’à la fin de votre contrat, le 15 février 2027 : le congé n’aurait" in ends
    assert "22 mai 2027" not in ends


def test_who_is_registered_is_not_told_that_registration_will_be_refused(read: Read) -> None:
    """A regulated trade without its qualification: what is registered already is to be suspended."""
    lacking = {"project.regulated": True, "project.qualified": False}
    assert "l’immatriculation sera refusée" in read("summary", "alice", lacking)
    held = lacking | {"project.preparation.documents": ["identity", "registration"]}
    summary = read("summary", "alice", held)
    assert "l’immatriculation sera refusée" not in summary
    assert "Suspendez l’activité, puis obtenez la qualification" in summary


def test_a_public_servant_who_has_started_is_told_to_suspend(read: Read) -> None:
    """Registered and begun without the authorisation: not to start is no advice any more."""
    begun = {
        "project.start": date(2026, 10, 1),
        "project.preparation.documents": ["identity", "registration"],
    }
    summary = read("essentials", "chantal", begun)
    assert "s’oppose à la poursuite de l’activité démarrée le 1er octobre 2026 :" in summary
    assert "Suspendez l’activité, régularisez votre situation et demandez" in summary
    contract = read("contract", "chantal", begun)
    assert "alors que l’entreprise est immatriculée" in contract
    assert "ne vous immatriculez pas" not in contract
    formalities = read("formalities", "chantal", begun)
    assert "Jusque-là, suspendez l’activité." in formalities
    assert "ne vous immatriculez pas" not in formalities
    assert "Tant qu’elle manque, ne vous immatriculez pas" in read("contract", "chantal")
    assert "préparez, mais ne vous immatriculez pas." in read("formalities", "chantal")


def test_acre_of_a_job_seeker_without_benefit_is_to_be_verified(read: Read) -> None:
    """Out of work for two years, rights used up: six months of registration would give it, and it is not counted."""
    said = "inscrit à France Travail depuis 6 mois au cours des 18 derniers"
    changes = USED_UP | {"person.birth_date": date(1979, 6, 12), "person.gender": "male"}
    text = read("financing", changes=changes)
    assert f"**À vérifier** : elle vous est ouverte si vous êtes {said}" in text
    assert "**Vous n’y avez pas droit**" not in text
    formalities = read("formalities", changes=changes)
    assert "ACRE : à vérifier" in formalities
    assert said in formalities
    assert "Demander l’ACRE à l’Urssaf" not in formalities
    recent = changes | {
        "transition": {"goal": "full_time", "exit": "resignation", "exit_month": -5}
    }
    assert said not in read("formalities", changes=recent)
    assert "**Vous n’y avez pas droit**" in read("financing")


def test_a_salary_that_has_ended_is_no_present_income(read: Read) -> None:
    """44 € a day stand in for it in the limit of the flat tax, and the sentence says so."""
    said = "D’après les revenus actuels du foyer, allocation chômage comprise, environ 11 165 €"
    assert said in read("legal-form", changes=LEFT)
    assert "D’après vos revenus actuels, environ 14 940 €" in read("legal-form")
    resigned = {"transition": {"goal": "full_time", "exit": "resignation", "exit_month": -26}}
    said = "D’après les revenus actuels du foyer, sans votre ancien salaire, environ 6 660 €"
    assert said in read("legal-form", changes=resigned)


def test_the_reason_for_no_benefit_is_the_person_s(read: Read) -> None:
    """Rights that are used up are told apart from a job that is too short to open any."""
    long = read("financing", changes=USED_UP)
    assert "ils seraient alors épuisés. Demandez" in long
    assert "trop court pour" not in long
    term = {"goal": "full_time", "exit": "term_end", "exit_month": -1}
    brief = {
        "employment.contract": "fixed_term",
        "employment.since": date(2026, 9, 14),
        "transition": term,
    }
    short = read("financing", changes=brief)
    assert "cet emploi aura été trop court pour en ouvrir à lui seul. Demandez" in short
    assert "épuisés" not in short
    assert "| Terme du contrat | [sous conditions]{.badge .unknown} |" in short
    assert "si vous avez assez travaillé : cet emploi seul n’y suffit pas" in short
    enough = read("financing", changes=brief | {"employment.since": date(2024, 9, 2)})
    assert "| Terme du contrat | [oui]{.badge .met} |" in enough


def test_a_lender_is_shown_only_income_that_is_there(read: Read) -> None:
    """Without another income and without benefit, nothing stands behind the loan but the request in time."""
    leaving: dict[str, Any] = {
        "transition": {"goal": "full_time", "exit": "resignation", "exit_month": -1}
    }
    asked = "demandez vos prêts **avant** la fin du contrat"
    assert f"{asked}, avec les autres revenus du foyer à l’appui." in read(
        "financing", changes=leaving
    )
    assert f"{asked}. La réserve" in read(
        "financing", changes=leaving | {"household.other_income": 0}
    )


def test_more_than_twelve_of_a_kind_are_counted_in_figures(read: Read) -> None:
    """Whoever has thirteen papers to get together has a report all the same."""
    changes = {
        "employment.sector": "public",
        "project.regulated": True,
        "project.partners": 2,
        "project.capital_share": 0.6,
        "project.seeks_investors": True,
        "project.preparation.documents": (),
        "financing.honor_loans.bpifrance": 20_000,
    }
    assert "13 pièces restent à fournir." in read("formalities", changes=changes)
