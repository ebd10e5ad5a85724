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
