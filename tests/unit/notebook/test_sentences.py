from collections.abc import Callable
from datetime import date
from typing import Any

import nbformat
import pytest
from tests.conftest import AS_OF, ROOT

from tremplin.model.brand import load_brand
from tremplin.model.profile import Profile
from tremplin.model.register import Register
from tremplin.notebook import Report, charts
from tremplin.notebook.report import unescaped

JOB, PROJECT = "employment.weekly_hours", "project.weekly_hours"
ENDED = {"transition.exit": "resignation", "transition.exit_month": -1}
Read = Callable[..., str]


@pytest.fixture
def read(
    person: Callable[..., Profile], register: Register, monkeypatch: pytest.MonkeyPatch
) -> Read:
    """Give a function that runs a chapter for an example person with changes and gives its words."""

    def give(
        chapter: str,
        name: str = "alice",
        changes: dict[str, Any] | None = None,
        as_of: date = AS_OF,
    ) -> str:
        brand = load_brand(ROOT / "reports/_brand.yml")
        report = Report(person(name, changes), register, brand, as_of)
        words: list[str] = []
        monkeypatch.setattr(
            "tremplin.notebook.report.show_markdown", lambda text: words.append(unescaped(text))
        )
        monkeypatch.setattr(
            "tremplin.notebook.report.show_chart",
            lambda chart, alt: words.extend((chart.to_dict()["title"]["text"], alt)),
        )
        (file,) = (ROOT / "notebooks").glob(f"*-{chapter}.ipynb")
        names = {"report": report, "found": report.assessment, "brand": brand, "charts": charts}
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "code" and not cell.metadata.get("tags"):
                exec(cell.source, dict(names))  # noqa: S102 - our own notebooks
        return "\n".join(words).replace("\u00a0", " ").replace("\u202f", " ")

    return give


def sales(month: float) -> dict[str, Any]:
    """Give the changes of a profile for so much turnover in each month."""
    return {"project.turnover": {"month_1": month, "month_12": month, "month_24": month}}


def test_vat_is_due_in_one_month_wherever_it_is_told(read: Read) -> None:
    """Past 37 500 € in November and 41 250 € in December, the summary and the chapters say December."""
    changes = sales(41_300 / 12) | {"project.start": date(2027, 1, 1)}
    assert "| dès décembre 2027, selon votre prévision |" in read("summary", changes=changes)
    assert "la TVA serait due **dès décembre 2027**" in read("legal-form", changes=changes)
    formalities = read("formalities", changes=changes)
    assert "passerait ce seuil en novembre 2027, et la TVA serait due dès décembre" in formalities
    assert "| 1er décembre 2027 | Se préparer à facturer la TVA |" in formalities


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


@pytest.mark.parametrize(
    ("gender", "partners", "said"),
    [
        ("female", 1, ("seule ou en famille", "retirez sa part")),
        ("male", 2, ("seul ou en famille", "retirez leur part")),
    ],
)
def test_partners_are_counted_and_founders_agree(
    read: Read, gender: str, partners: int, said: tuple[str, str]
) -> None:
    """One partner has « sa part », and a woman holds her shares « seule »."""
    changes = {"person.gender": gender, "project.partners": partners}
    text = read("legal-form", "emma", changes | {"project.seeks_investors": False})
    assert all(words in text for words in said)


def test_a_company_goes_by_the_name_that_is_recommended(read: Read) -> None:
    """Partners found a SARL: no later chapter calls it an EURL."""
    text = read("financing", "emma", {"project.seeks_investors": False})
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
        "| il reste au-dessus de zéro, ce que le « cas médian » du @tbl-checkpoints ne fait pas |"
        in bad
    )
    assert "| il passe sous « un cas sur quatre » ou sous un mois de charges |" in bad
    assert "| il passe sous « un cas sur vingt » ou sous zéro |" in bad


def test_a_calendar_after_the_start_counts_what_is_open(read: Read) -> None:
    """Who started months ago has no steps left before the start, but some that are still open."""
    assert "étapes à faire d’ici le démarrage" in read("formalities")
    late = read("formalities", as_of=date(2027, 5, 1))
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


def test_both_kinds_of_tourist_lets_have_their_ceilings(read: Read) -> None:
    """Who lets rooms reads of 83 600 € and 50 %, of 15 000 € and 30 %, and of 6 % of contributions; nobody else does."""
    changes: dict[str, Any] = {"project.category": "lodging"}
    low = read("legal-form", changes=changes | sales(1_250))
    assert (
        "**meublé classé ou chambre d’hôtes** : plafond de 83 600 € par an, abattement de 50 %"
        in low
    )
    assert "**meublé non classé** : plafond de 15 000 €, abattement de 30 %" in low
    assert "Ce chapitre compte 203 100 € et 71 %" in low
    assert "cotise à 6 % du chiffre d’affaires au lieu de 12,3 %" in low
    passed = "Votre prévision passe le plafond d’un meublé non classé"
    assert passed not in low
    assert passed in read("legal-form", changes=changes | sales(1_300))
    assert "Meublé de tourisme" not in read("legal-form")


@pytest.mark.parametrize(
    ("chapter", "name", "said"),
    [
        ("formalities", "alice", "dépasse 10 000 € par an, 2 années de suite"),
        ("formalities", "alice", "L’année suivante, sa base est ramenée à 50 %."),
        ("formalities", "alice", "Aucune cotisation minimale n’est due jusqu’à 5 000 €"),
        ("contract", "alice", "plus de 2 % des salariés sont absents pour ce congé"),
        ("time", "bruno", "plus de 2 % des salariés sont absents pour ce congé"),
        ("time", "david", "10 heures par jour et vous laisser 11 heures de repos"),
        ("legal-form", "alice", "au plus tard le 30 septembre 2027 pour l’année suivante"),
        ("financing", "emma", "Le reste n’est versé que si l’activité s’arrête"),
        ("risk", "alice", "faisaient en moyenne 20 000 € de chiffre d’affaires par an"),
        ("risk", "alice", "34 % des femmes sont encore actives à cinq ans, 10 points de plus"),
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
    assert "| 11 mai 2027 | Vérifier votre préavis, puis donner votre démission |" in steps


def test_benefits_that_are_not_counted_are_named(read: Read) -> None:
    """Who receives RSA reads that the budgets leave it out."""
    said = "Les budgets ne comptent pas non plus le RSA, que vous recevez"
    assert said in read("financing", changes={"person.benefits": ["rsa"]})
    assert "Les budgets ne comptent pas non plus" not in read("financing")


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


def test_benefit_near_a_pension_is_warned_of_without_an_age(read: Read) -> None:
    """At 62, the chapter on money begins with the limit of benefit, and invents no age of a pension."""
    changes = {"person.birth_date": date(1964, 2, 10), "employment.since": date(1991, 4, 2)}
    text = read("financing", changes=changes)
    warning = text[text.index("Le chômage s’arrête à la retraite") :].split(":::")[0]
    assert "[@ct_l5421_4]" in warning
    assert not any(character.isdigit() for character in warning.replace("@ct_l5421_4", ""))
    assert text.index("Le chômage s’arrête à la retraite") < text.index("Deux barres.")
    assert "Le chômage s’arrête à la retraite" not in read("financing")


def test_overseas_rates_are_said_not_to_be_counted(read: Read) -> None:
    """On Réunion the reduced rates are named, and that the tables do not have them."""
    said = "des taux de cotisations réduits existent dans les départements d’outre-mer"
    assert said in read("legal-form", changes={"person.zone": "drom"})
    assert said not in read("legal-form")
