from datetime import date
from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.model.profile import Profile, parse_profile
from tremplin.model.yaml import parse_yaml
from tremplin.pipeline.batch.people import read_people

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
        f"{path}:2: employment.since: the date 2021-09-31 does not exist. Check the day."
    )


def test_text_stays_text_in_a_french_table(tmp_path: Path) -> None:
    """A client called « Non » and an activity called « 1,5 » are not translated."""
    path = tmp_path / "clients.csv"
    typed = ZOE.replace("Zoé Œuvrard", "Non").replace("Rédaction", "1,5")
    path.write_bytes((HEAD + typed).encode("utf-8-sig"))
    zoe = read(path)
    assert (zoe.name, zoe.project.activity) == ("Non", "1,5")


def test_with_commas_nothing_is_french(tmp_path: Path) -> None:
    """Where the comma separates, 4/1/2027 could be any of two days: it is refused, as is Windows' encoding."""
    path = tmp_path / "clients.csv"
    row = "zoe,Zoé,permanent,01/09/2021,35,2 150,false,VRAI,Rédaction,liberal,4/1/2027,10,300"
    text = HEAD.replace(";", ",") + row + ",1800,2600,0.05,2,identity\r\n"
    path.write_text(text, encoding="utf-8")
    (zoe,) = read_people(str(path))
    assert zoe.error is not None
    assert {problem.place.key for problem in zoe.error.problems} == {
        "employment.net_salary",
        "employment.sales_representative",
        "employment.since",
        "project.start",
    }
    path.write_text(text, encoding="cp1252")
    with pytest.raises(InputError, match=r"is not UTF-8 text\. Save it again as CSV UTF-8"):
        list(read_people(str(path)))


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """UTF-16, Excel's « Texte Unicode », is not taken for the encoding of Windows."""
    path = tmp_path / "clients.csv"
    path.write_bytes((HEAD + ZOE).encode("utf-16"))
    with pytest.raises(InputError, match="is not UTF-8 text"):
        list(read_people(str(path)))
