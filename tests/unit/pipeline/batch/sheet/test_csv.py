import csv
import io
from datetime import date
from pathlib import Path

import pytest

from tremplin.errors import InputError, render
from tremplin.model.profile import Profile, parse_profile
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import read_people, told_of

TABLES = Path(__file__).parents[4] / "data/tables"
HEAD = (
    "id;name;employment.contract;employment.since;employment.weekly_hours;employment.net_salary;"
    "employment.clauses.exclusivity;employment.sales_representative;project.activity;"
    "project.category;project.start;project.weekly_hours;project.turnover.month_1;"
    "project.turnover.month_12;project.turnover.month_24;project.expenses.rate;"
    "household.children;project.preparation.documents\r\n"
)
ZOE = (
    "zoe;Zoé Œuvrard;permanent;01/09/2021;35,00;2\u00a0150,00;FAUX;VRAI;Rédaction; liberal ;"
    '4/1/2027;10,5;300;1 800;12\u00a0600,50;0,05;2,00;"identity; address"\r\n'
)


def read(path: Path) -> Profile:
    (person,) = read_people(str(path))
    assert person.error is None, person.error
    return parse_profile(parse_yaml(person.profile, file="x"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_table_saved_by_french_excel_is_read(encoding: str, tmp_path: Path) -> None:
    """Semicolons, decimal commas, spaces in thousands, jj/mm/aaaa, VRAI and FAUX, with and without UTF-8."""
    path = tmp_path / "clients.csv"
    path.write_bytes((HEAD + ZOE).encode(encoding))
    zoe = read(path)
    assert zoe.name == "Zoé Œuvrard"
    assert (zoe.employment.since, zoe.project.start) == (date(2021, 9, 1), date(2027, 1, 4))
    assert (zoe.employment.weekly_hours, zoe.employment.net_salary) == (35, 2150)
    assert (zoe.project.weekly_hours, zoe.project.expenses.rate) == (10.5, 0.05)
    assert (zoe.project.turnover.month_12, zoe.project.turnover.month_24) == (1800, 12600.5)
    assert zoe.employment.clauses.exclusivity is False
    assert zoe.employment.sales_representative is True
    assert zoe.household.children == 2
    assert zoe.project.preparation.documents == ("identity", "address")


def test_excel_s_narrow_spaces_are_read(tmp_path: Path) -> None:
    """What recent Excel puts between thousands, a narrow no-break space, is part of a number."""
    path = tmp_path / "clients.csv"
    path.write_bytes((HEAD + ZOE.replace("\u00a0", "\u202f")).encode("utf-8-sig"))
    assert read(path).employment.net_salary == 2150


def test_a_day_that_does_not_exist_is_told_in_french_tables_too(tmp_path: Path) -> None:
    """31/09/2021 is no date, and is told with line and key."""
    path = tmp_path / "clients.csv"
    path.write_bytes((HEAD + ZOE.replace("01/09/2021", "31/09/2021")).encode("cp1252"))
    (zoe,) = read_people(str(path))
    assert str(zoe.error) == (
        f"{path}:2: employment.since: « 31/09/2021 » does not exist in the calendar. Check the day and the month."
    )


def test_text_stays_text_in_a_french_table(tmp_path: Path) -> None:
    """A client called « Non » and an activity called « 1,5 » are not translated."""
    path = tmp_path / "clients.csv"
    typed = ZOE.replace("Zoé Œuvrard", "Non").replace("Rédaction", "1,5")
    path.write_bytes((HEAD + typed).encode("utf-8-sig"))
    zoe = read(path)
    assert (zoe.name, zoe.project.activity) == ("Non", "1,5")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("told", ["", "sep={}\r\n"], ids=["", "sep"])
def test_the_same_people_whatever_separates_and_encodes(
    separator: str, encoding: str, told: str, tmp_path: Path
) -> None:
    """What a French spreadsheet, Excel for Mac and DOS write is the same client, with any sign between the columns."""
    path = tmp_path / "clients.csv"
    rows = csv.reader(io.StringIO(HEAD + ZOE.replace("Œuvrard", "Évrard")), delimiter=";")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes((told.format(separator) + text.getvalue()).encode(encoding))
    zoe = read(path)
    assert (zoe.name, zoe.project.activity) == ("Zoé Évrard", "Rédaction")
    assert (zoe.employment.since, zoe.project.start) == (date(2021, 9, 1), date(2027, 1, 4))
    assert (zoe.employment.net_salary, zoe.project.turnover.month_24) == (2150, 12600.5)
    assert zoe.employment.sales_representative is True
    (zoe_,) = read_people(str(path))
    assert zoe_.place.line == (3 if told else 2)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            "saved-twice.csv",
            ":2: the word « RÃ©daction » was saved as UTF-8 twice, and is « Rédaction »",
        ),
        ("odd-encoding.csv", ":2: the encoding cannot be told: the word « R²daction » looks wrong"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused_with_a_word(file: str, said: str) -> None:
    """Somebody recognises the word of their own table, and knows what went wrong."""
    with pytest.raises(InputError) as caught:
        list(read_people(str(TABLES / file)))
    assert str(caught.value).startswith(f"{TABLES / file}{said}")


@pytest.mark.parametrize(("file", "program"), [("mac.csv", "Excel pour Mac"), ("dos.csv", "DOS")])
def test_an_encoding_that_was_found_by_its_words_is_told(file: str, program: str) -> None:
    """Reading « Zoé » in the encoding of Macs is a conclusion that somebody should see."""
    path = TABLES / file
    assert read(path).name == "Zoé"
    (told,) = told_of(str(path))
    assert render(told, "fr") == (
        f"{path}: lu dans l’encodage de {program}, comme le montre «\xa0Zoé\xa0»"
    )


@pytest.mark.parametrize("name", ["Žižek", "Müller", "Nuñez", "Øystein", "Ça", "ÉLODIE"])
def test_foreign_names_in_windows_encoding_are_that(name: str, tmp_path: Path) -> None:
    """Letters that French has not are no sign of another encoding."""
    path = tmp_path / "clients.csv"
    path.write_bytes((HEAD + ZOE.replace("Zoé Œuvrard", name)).encode("cp1252"))
    assert read(path).name == name
    assert told_of(str(path)) == ()


def test_a_point_before_three_figures_is_asked_about() -> None:
    """`2.150` in a table with semicolons is two thousand or two: both are told, none is taken."""
    (zoe,) = read_people(str(TABLES / "two-numbers.csv"))
    assert str(zoe.error) == (
        f"{TABLES / 'two-numbers.csv'}:2: employment.net_salary: « 2.150 » can be read in two ways. "
        "Write 2150 or 2,150."
    )


def test_days_whose_months_may_stand_first_are_asked_about() -> None:
    """One date that can only be American casts doubt on those of its column, and on columns that say nothing against it."""
    ana, bob = read_people(str(TABLES / "month-first.csv"))
    assert ana.error is not None
    assert bob.error is not None
    assert [
        (one.place.key, *one.words("fr")) for one in (*ana.error.problems, *bob.error.problems)
    ] == [
        (
            "person.birth_date",
            "«\xa003/14/1982\xa0» a le mois avant le jour",
            "Écrivez 14/03/1982.",
        ),
        (
            "person.birth_date",
            "«\xa005/04/1982\xa0» peut se lire de deux façons, car d’autres dates du tableau ont le mois en premier",
            "Écrivez 5 avril 1982 ou 4 mai 1982.",
        ),
    ]


def test_a_time_beside_a_day_is_cut_with_a_word(tmp_path: Path) -> None:
    """A day keeps its meaning without its hour, and whoever wrote the hour hears of it."""
    path = tmp_path / "clients.csv"
    path.write_bytes((HEAD + ZOE.replace("01/09/2021", "01/09/2021 08:30")).encode())
    assert read(path).employment.since == date(2021, 9, 1)
    (told,) = told_of(str(path))
    assert str(told) == (
        f"{path}: employment.since: the time beside the date is left out: 1 (lines 2)"
    )


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A picture called .csv is not read in some encoding that has a letter for every byte."""
    path = tmp_path / "clients.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff")
    with pytest.raises(InputError, match="is not a text in any encoding"):
        list(read_people(str(path)))
