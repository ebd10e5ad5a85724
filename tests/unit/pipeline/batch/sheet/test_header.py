import csv
from pathlib import Path

import pytest
import xlsxwriter

from tremplin.errors import InputError
from tremplin.model.profile import parse_profile
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import columns_not_read, read_people

HEAD = "id,name,employment.contract,employment.since,employment.weekly_hours,employment.net_salary,project.activity,project.category,project.start,project.weekly_hours,project.turnover.month_1,project.turnover.month_12,project.turnover.month_24"
ZOE = "zoe,Zoé,permanent,2021-09-01,35,2300,Rédaction,liberal,2027-01-04,10,300,1800,2600"
NAMES = "The first line must hold the column names, such as id, name, employment.net_salary"


def table(folder: Path, head: str, rows: int = 3) -> Path:
    path = folder / "clients.csv"
    path.write_text("\n".join([head, *[ZOE] * rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "net_salary",
            "net_salery",
            "the column `employment.net_salery` is unknown. Did you mean `employment.net_salary`?",
        ),
        (
            "employment.net_salary",
            "net_salary",
            (
                "the column `net_salary` is unknown. Did you mean `employment.net_salary`? "
                "A column of your own needs another name, such as `note`."
            ),
        ),
        (
            "project.activity",
            "employment.activity",
            "the column `employment.activity` is unknown. Did you mean `project.activity`?",
        ),
        (
            ",employment.net_salary",
            "",
            (
                "the column `employment.net_salary` is missing. "
                "Add it: Net taxable salary, €/month, before income tax."
            ),
        ),
        ("id,", "ID,", f"the column `ID` is written `id`. {NAMES}."),
        (
            HEAD,
            HEAD.title(),
            f"the column `Id` is written `id`, and so on for 12 more. {NAMES}.",
        ),
        (HEAD, ZOE, f"holds no column names in this line. {NAMES}"),
        (
            HEAD,
            f"{HEAD},suivi.relance",
            (
                "the column `suivi.relance` is unknown. "
                "Remove it, or give it a name without a dot: it is not read then."
            ),
        ),
        (HEAD, f"{HEAD},name", "the column `name` is there twice. Keep one."),
    ],
    ids=["slip", "half", "section", "missing", "ID", "case", "none", "dotted", "twice"],
)
def test_a_wrong_column_is_told_once(before: str, after: str, said: str, tmp_path: Path) -> None:
    """The header is checked before anybody's row: one line says what is wrong and what was meant."""
    path = table(tmp_path, HEAD.replace(before, after, 1))
    with pytest.raises(InputError) as caught:
        list(read_people(str(path)))
    assert str(caught.value) == f"{path}:1: {said}"


def test_all_wrong_columns_are_told_together(tmp_path: Path) -> None:
    """A slip is one problem, not a second one for the key that it hides."""
    path = table(tmp_path, HEAD.replace("contract", "contrat").replace("name,", ""))
    with pytest.raises(InputError) as caught:
        list(read_people(str(path)))
    assert [problem.words("en")[0] for problem in caught.value.problems] == [
        "the column `employment.contrat` is unknown",
        "the column `name` is missing",
    ]


def test_columns_of_the_advisor_s_own_are_not_read(tmp_path: Path) -> None:
    """A telephone number or a note beside the keys stops nobody, and is named."""
    path = table(tmp_path, f"{HEAD},Téléphone,Tél. fixe,note.name", rows=1)
    path.write_text(path.read_text().rstrip() + ",06 12 34 56 78,,à rappeler\n", encoding="utf-8")
    assert columns_not_read(str(path)) == ("Téléphone", "Tél. fixe", "note.name")
    (zoe,) = read_people(str(path))
    assert zoe.error is None


def test_a_workbook_is_trimmed_like_csv(tmp_path: Path) -> None:
    """Spaces around names and cells, blank cells, empty rows and a note without a title mean nothing."""
    path = tmp_path / "clients.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(1, 0, [f" {name} " for name in HEAD.split(",")])
    sheet.write_row(3, 0, [f"{cell}\u00a0" for cell in ZOE.split(",")])
    sheet.write(3, 13, "to call")
    sheet.write(5, 0, "  ")
    sheet.write_row(6, 0, ["", *ZOE.split(",")[1:]])
    book.close()
    assert columns_not_read(str(path)) == ("1 without a name",)
    zoe, nobody = read_people(str(path))
    assert (zoe.label, zoe.name, zoe.error) == ("zoe", "Zoé", None)
    assert (nobody.label, nobody.place.line) == ("row-7", 7)


FRENCH = "Nom du dossier,NOM,Nature du contrat,Entrée chez l'employeur,Durée du travail par semaine (h),Salaire net imposable par mois (€),Activité,Categorie de l’activite,Démarrage de l’activité,Temps consacré au projet par semaine (h),Chiffre d’affaires hors taxes du 1er mois (€),Chiffre d’affaires hors taxes du 12e mois,Chiffre d’affaires hors taxes du 24e mois"


def test_french_names_stand_for_keys(tmp_path: Path) -> None:
    """A table whose columns are called as the questions are says the same as one with keys, and may mix both."""
    (by_key,) = read_people(str(table(tmp_path, HEAD, rows=1)))
    (by_name,) = read_people(str(table(tmp_path, FRENCH, rows=1)))
    (mixed,) = read_people(str(table(tmp_path, FRENCH.replace("NOM", "name"), rows=1)))
    assert by_key.profile == by_name.profile == mixed.profile


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "Nature du contrat",
            "Natures du contrat",
            (
                "the column `Natures du contrat` is unknown. Did you mean `Nature du contrat`? "
                "A column of your own needs another name, such as `note`."
            ),
        ),
        (
            "Nature du contrat,",
            "Contrat,",
            (
                "columns that every client needs are not there: « Nature du contrat ». Add them; if they have other "
                "names here, `tremplin map {path}` proposes which column answers which question"
            ),
        ),
        ("Activité", "nom", "the column `NOM` is there twice. Keep one."),
        (
            FRENCH,
            "Réf.,Client,Tél.,Sal. net",
            (
                "none of these 4 columns is called as a question is. `tremplin map {path}` proposes which column "
                "answers which question; `--map` takes what it writes"
            ),
        ),
    ],
    ids=["slip", "other", "twice", "own"],
)
def test_a_wrong_french_column_is_told_once(
    before: str, after: str, said: str, tmp_path: Path
) -> None:
    """Who names columns in French is told of them in French names, and of the command that finds out what others mean."""
    path = table(tmp_path, FRENCH.replace(before, after, 1))
    with pytest.raises(InputError) as caught:
        list(read_people(str(path)))
    assert str(caught.value.problems[0]) == f"{path}:1: {said.format(path=path)}"


def test_lists_of_groups_have_numbered_columns(tmp_path: Path) -> None:
    """A row says each piece of equipment in columns of its own; a number without a cell is no gap, a wrong cell is told once."""
    path = tmp_path / "clients.csv"
    names = [
        *HEAD.split(","),
        *(
            f"Équipement {number} : {part}"
            for number in (1, 3)
            for part in ("nom", "prix hors taxes (€)", "durée d’usage, en années")
        ),
    ]
    rows = [
        names,
        [*ZOE.split(","), "", "", "", "Four", "12000", "10"],
        [*ZOE.replace("zoe", "yann").split(","), "Pétrin", "4000", "5", "Four", "lots", "10"],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    zoe, yann = read_people(str(path))
    assert zoe.error is None
    (oven,) = parse_profile(parse_yaml(zoe.profile, file="x")).project.equipment
    assert (oven.name, oven.amount, oven.years) == ("Four", 12000, 10)
    assert yann.error is not None
    (problem,) = yann.error.problems
    assert (problem.code, problem.place.key) == (
        "answer.not_a_number",
        "project.equipment.3.amount",
    )
