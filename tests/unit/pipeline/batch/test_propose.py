from pathlib import Path

import pytest
import yaml
from tests import crm

from tremplin.errors import InputError
from tremplin.model.profile import Profile, parse_profile
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.map_file import map_text
from tremplin.pipeline.batch.people import Candidate, read_people
from tremplin.pipeline.batch.propose import Proposal, propose
from tremplin.pipeline.batch.sheet import load_column_map

EDITS = {
    '"Charges fixes mensuelles": "?"': '"Charges fixes mensuelles": Charges fixes du foyer par mois',
    'key: "?"': "key: Catégorie de l’activité",
    '"Artisanat": "?"': '"Artisanat": craft_service',
    '"Prestation de services": "?"': '"Prestation de services": commercial_service',
}
"""All that somebody must do with the map of the export: two columns, and two words."""


def table(folder: Path, *lines: str) -> Path:
    path = folder / "clients.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def only(folder: Path, name: str, *values: str) -> Proposal:
    """Propose for a table with one column beside a note."""
    lines = (f"{cell};" for cell in values)
    found, _ = propose(table(folder, f"{name};Note", *lines)).columns
    return found


def profile(person: Candidate) -> Profile:
    """Give who somebody is."""
    return parse_profile(parse_yaml(person.profile, file="x"))


def export(folder: Path, name: str) -> Path:
    """Write the export of the advisor's program."""
    path = folder / name
    (crm.write_csv if path.suffix == ".csv" else crm.write_xlsx)(path)
    return path


def test_the_export_that_is_kept_is_what_the_script_writes(tmp_path: Path) -> None:
    """`python -m tests.crm` has been run since the export was changed."""
    assert export(tmp_path, "crm.csv").read_bytes() == crm.FILE.read_bytes()


@pytest.mark.parametrize("name", ["crm.csv", "crm.xlsx"])
def test_an_export_is_understood_and_nothing_in_it_is_misunderstood(
    name: str, tmp_path: Path
) -> None:
    """Of 27 columns of an advisor's program 17 of 19 are understood without an edit, two are asked about, none is wrong."""
    found = propose(export(tmp_path, name))
    assert (found.rows, len(found.columns)) == (60, 27)
    understood = {one.column: one.key for one in found.of("understood")}
    assert understood.items() <= crm.RIGHT.items()
    assert len(understood) == 17
    doubtful = {one.column: one.offered for one in found.of("doubtful")}
    assert doubtful.keys() == crm.RIGHT.keys() - understood.keys()
    assert all(crm.RIGHT[column] in offered for column, offered in doubtful.items())
    assert [column.name for column in found.missing] == ["Temps consacré au projet par semaine"]


@pytest.mark.parametrize("name", ["crm.csv", "crm.xlsx"])
def test_after_four_edits_all_clients_are_read_or_told_what_is_missing(
    name: str, tmp_path: Path
) -> None:
    """Everybody lacks the one question that no column answers; three lack an answer more, told by its key, and nobody has another."""
    path, edited = export(tmp_path, name), tmp_path / "crm.map.yaml"
    text = map_text(propose(path))
    for before, after in EDITS.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    edited.write_text(text, encoding="utf-8")
    found = load_column_map(edited)
    people = list(read_people(str(path), found))
    assert [one.label for one in people] == [f"2026-{143 + n:04}" for n in range(60)]
    wrong = {
        one.label: {problem.place.key for problem in one.error.problems}
        for one in people
        if one.error
    }
    assert {
        label: keys - {"project.weekly_hours"} for label, keys in wrong.items() if len(keys) > 1
    } == {
        "2026-0150": {"employment.contract"},
        "2026-0162": {"employment.net_salary"},
        "2026-0184": {"employment.since"},
    }


def test_a_client_of_an_export_is_who_the_export_says(tmp_path: Path) -> None:
    """First and last names are joined, amounts, hours and days are read as people write them, and no id tells a name."""
    path = table(
        tmp_path,
        "Nom;Prénom;Né(e) le;Contrat;Embauche;H/sem contrat;Salaire net annuel;Projet;Activité principale;Lancement;Heures projet;CA M1;CA M12;CA M24",
        "MARTIN;Zoé;14 mars 1982;CDI;31/08/2021;35h;27 600 €;Rédaction;Libéral;04/01/2027;10 h;300;1 800;2 600",
    )
    text = """
columns:
  Prénom: name
  Nom: Nom
  Né(e) le: Date de naissance
  Contrat: employment.contract
  Embauche: {key: employment.since, order: jj/mm/aaaa}
  H/sem contrat: employment.weekly_hours
  Salaire net annuel: {key: Salaire net imposable par mois, unit: par an}
  Projet: Activité
  Activité principale: {key: project.category, values: {libéral: liberal}}
  Lancement: {key: Démarrage de l’activité, order: mm/jj/aaaa}
  Heures projet: project.weekly_hours
  CA M1: Chiffre d’affaires hors taxes du 1er mois
  CA M12: project.turnover.month_12
  CA M24: project.turnover.month_24
"""
    edited = tmp_path / "clients.map.yaml"
    edited.write_text(text, encoding="utf-8")
    (zoe,) = read_people(str(path), load_column_map(edited))
    assert str(zoe.error or "") == ""
    found = profile(zoe)
    assert (found.id, found.name) == ("client-2", "Zoé MARTIN")
    assert (found.employment.net_salary, found.employment.weekly_hours) == (2300, 35)
    assert (found.project.start.isoformat(), found.project.category) == ("2027-04-01", "liberal")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Code postal", ("35000", "69007", "01000")),
        ("Conseiller", ("S. Morvan", "A. Benali", "S. Morvan")),
        ("Statut dossier", ("En cours", "Clos", "À relancer")),
        ("Montant de la facture", ("120,00", "240,00", "80,00")),
        ("Statut", ("Prospect", "Client", "Perdu")),
        ("Secteur", ("Nord", "Sud", "Est")),
        ("Salaire brut mensuel", ("2 500", "3 100", "1 900")),
        ("Date de relance", ("12/05/2026", "30/06/2026", "01/07/2026")),
        ("Nom du conseiller", ("Morvan", "Benali", "Morvan")),
        ("Téléphone du client", ("06 12 34 56 78", "07 11 22 33 44", "")),
        ("Contact", ("a@exemple.fr", "b@exemple.fr", "c@exemple.fr")),
        ("RGPD", ("oui", "oui", "non")),
        ("Commune", ("Rennes", "Lyon", "Brest")),
        ("SIRET", ("81234567800012", "", "")),
        ("Employeur", ("Ville de Rennes", "Leclerc", "SNCF")),
    ],
)
def test_columns_of_other_things_are_not_read(
    name: str, values: tuple[str, ...], tmp_path: Path
) -> None:
    """What an advisor's program keeps beside, a postcode, an invoice, the state of a file, answers no question."""
    assert only(tmp_path, name, *values).state == "unused"


@pytest.mark.parametrize(
    ("name", "values", "key"),
    [
        ("Sal. net mensuel (€)", ("1 850,50", "2 100 €"), "employment.net_salary"),
        ("SALAIRE NET", ("1850", "2100"), "employment.net_salary"),
        ("Tps de travail", ("35 h", "28"), "employment.weekly_hours"),
        ("Contrat", ("CDI", "CDD"), "employment.contract"),
        ("Secteur", ("privé", "public"), "employment.sector"),
        ("Nb d'enfants à charge", ("0", "2"), "household.children"),
        ("DDN", ("14/03/1982", "1990-01-31"), "person.birth_date"),
        ("RQTH", ("oui", "non"), "person.disability"),
        ("employment.net_salary", ("1850",), "employment.net_salary"),
        ("Clause de non concurrence", ("à vérifier", "non"), "employment.clauses.non_compete"),
        ("Équipement 2 : nom", ("Four", "Pétrin"), "project.equipment.2.name"),
    ],
)
def test_names_that_people_give_are_understood(
    name: str, values: tuple[str, ...], key: str, tmp_path: Path
) -> None:
    """Abbreviations, capitals and other words for a question are that question's, where the values are answers."""
    found = only(tmp_path, name, *values)
    assert (found.state, found.key) == ("understood", key)


@pytest.mark.parametrize(
    ("name", "values", "code", "offered"),
    [
        ("Charges fixes", ("900", "1200"), "map.several_questions", "household.fixed_costs"),
        ("Salaire net", ("27600", "31000"), "map.period", "employment.net_salary"),
        ("Date d’embauche", ("03/04/2019", "05/06/2020"), "map.order", "employment.since"),
        ("Tps de travail", ("Temps plein", "35"), "map.values_unlike", "employment.weekly_hours"),
        (
            "Foyer",
            ("Marié(e)", "Célibataire"),
            "map.values_alike",
            "household.situation",
        ),
        ("Date de naissance du conjoint", ("14/03/1982",), "map.name_alike", "person.birth_date"),
    ],
)
def test_what_can_be_understood_in_two_ways_is_asked(
    name: str, values: tuple[str, ...], code: str, offered: str, tmp_path: Path
) -> None:
    """Nothing is guessed: a name of two questions, a year's pay, days that may be months, words that are no answers."""
    found = only(tmp_path, name, *values)
    assert found.why is not None
    assert (found.state, found.why.code, offered in found.offered) == ("doubtful", code, True)


@pytest.mark.parametrize(
    ("name", "values", "unit", "order"),
    [
        ("Salaire net annuel", ("27 600", "31 000"), "par an", ""),
        ("Heures travaillées par mois", ("151,67",), "par mois", ""),
        ("Date d’embauche", ("14/03/2019", "05/06/2020"), "", "jj/mm/aaaa"),
        ("Date d’embauche", ("03/14/2019", "05/06/2020"), "", "mm/jj/aaaa"),
    ],
)
def test_time_and_order_are_found_out(
    name: str, values: tuple[str, ...], unit: str, order: str, tmp_path: Path
) -> None:
    """A name that says « annuel » has its amounts divided; one day above twelve tells the order of the others."""
    found = only(tmp_path, name, *values)
    assert (found.state, found.unit, found.order) == ("understood", unit, order)


def test_the_order_of_days_is_that_of_the_table(tmp_path: Path) -> None:
    """Where one column of a table shows that days stand first, those of the others do too; where two disagree it is asked."""
    lines = ("Embauche;Né(e) le;RDV", "03/04/2019;31/05/1982;{}")
    alone = propose(table(tmp_path, lines[0], lines[1].format("12/05/2026")))
    assert [(one.state, one.order) for one in alone.columns[:2]] == [
        ("understood", "jj/mm/aaaa"),
        ("understood", "jj/mm/aaaa"),
    ]
    mixed = propose(table(tmp_path, lines[0], lines[1].format("05/31/2026")))
    assert [one.state for one in mixed.columns[:2]] == ["doubtful", "understood"]


def test_of_two_columns_of_a_question_neither_is_taken(tmp_path: Path) -> None:
    """Two columns of one question are both asked about, but for the amount of the month beside that of the year."""
    found = propose(
        table(
            tmp_path,
            "Embauche;Date d'entrée;Salaire net;Salaire net annuel",
            "2019-09-02;2019-09-02;2300;27600",
        )
    )
    assert [one.state for one in found.columns] == ["doubtful", "doubtful", "understood", "unused"]


def test_the_names_may_stand_below_a_title(tmp_path: Path) -> None:
    """Lines above the names, as programs write them, are passed over; columns of one name are told apart."""
    path = table(tmp_path, "Export du 30/11/2026;;;", ";;;", "Nom;Contrat;Note;Note", "Zoé;CDI;x;y")
    found = propose(path)
    assert [one.column for one in found.columns] == ["Nom", "Contrat", "Note", "Note (2)"]
    assert found.rows == 1


def test_a_map_is_yaml_that_says_what_to_do(tmp_path: Path) -> None:
    """What is proposed is read back as a map, once nothing is left open; each doubt is a comment in French above its column."""
    text = map_text(propose(table(tmp_path, "Prénom;Charges fixes;Tél.", "Zoé;900;06 12 34 56 78")))
    assert yaml.safe_load(text) == {
        "columns": {"Prénom": "Nom", "Charges fixes": "?", "Tél.": "non lue"}
    }
    assert "# Son nom est celui de plusieurs questions\u00a0: «\u00a0Charges fixes du foyer" in text
    assert "les dossiers s’appellent client-2, client-3…" in text
    path = tmp_path / "clients.map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="« Charges fixes » is left open"):
        load_column_map(path)
