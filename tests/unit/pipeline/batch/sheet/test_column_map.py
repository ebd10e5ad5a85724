from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.pipeline.batch.people import columns_not_read, read_people
from tremplin.pipeline.batch.sheet import load_column_map, read_rows

HEAD = "Réf.,Nom,Embauche,Salaire,Note,Note"
ZOE = "C 12,Zoé,02/03/2021,2 300 €,x,y"


def table(folder: Path, head: str = HEAD) -> Path:
    path = folder / "crm.csv"
    path.write_text(f"{head}\n{ZOE}\n", encoding="utf-8")
    return path


def mapped(folder: Path, *lines: str) -> Path:
    path = folder / "crm.map.yaml"
    path.write_text("columns:\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'Nom: "?"',
            "the column « Nom » is left open. Write the question that it answers in the place of `?`, or `non lue`.",
        ),
        (
            "Nom: Nature du contract",
            "« Nature du contract », for the column « Nom », is the name of no question. Did you mean « Nature du contrat »?",
        ),
        (
            "Nom: Téléphone",
            "« Téléphone », for the column « Nom », is the name of no question. `tremplin workbook` writes all names; `non lue` leaves the column out.",
        ),
        (
            "Nom: {key: name, unite: par an}",
            "« unite », for the column « Nom », is nothing that a map says. Write one of: key, values, unit, order.",
        ),
        (
            "Nom: {key: employment.net_salary, unit: par jour}",
            "`unit` of the column « Nom » does not fit its question. Write par an, or leave it out.",
        ),
        (
            "Nom: {key: employment.since, order: aaaa}",
            "`order` of the column « Nom » does not fit its question. Write jj/mm/aaaa or mm/jj/aaaa, or leave it out.",
        ),
        (
            "Nom: {key: employment.contract, values: CDI}",
            "`values` of the column « Nom » does not fit its question. Leave it out, or see the lines that `tremplin map` writes.",
        ),
    ],
    ids=["open", "slip", "unknown", "setting", "unit", "order", "values"],
)
def test_a_wrong_line_of_a_map_is_told(line: str, said: str, tmp_path: Path) -> None:
    """Whoever edits a map is told the line, what is wrong with it and what to write."""
    path = mapped(tmp_path, "Réf.: id", line)
    with pytest.raises(InputError) as caught:
        load_column_map(path)
    assert str(caught.value) == f"{path}:3: {said}"


def test_two_columns_for_a_question_are_told(tmp_path: Path) -> None:
    """A question has one column, whatever it is called in the map; a name may have two."""
    path = mapped(
        tmp_path,
        "Réf.: id",
        "Salaire: employment.net_salary",
        "Net: Salaire net imposable par mois",
    )
    with pytest.raises(InputError) as caught:
        load_column_map(path)
    assert str(caught.value) == (
        f"{path}:4: « Salaire net imposable par mois » is answered by the column of line 3 already. "
        "Write `non lue` for one of the two."
    )
    both = load_column_map(mapped(tmp_path, "Prénom: name", "Nom: name"))
    assert len(both.readings) == 2


@pytest.mark.parametrize("text", ["", "columns:\n", "columns: [a]\n", "id: zoe\n"])
def test_what_is_no_map_is_told(text: str, tmp_path: Path) -> None:
    """An empty file, a list or a profile in the place of a map is told, with the command that writes one."""
    path = tmp_path / "crm.map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        load_column_map(path)


def test_a_map_of_another_table_is_told(tmp_path: Path) -> None:
    """A column that is gone is told with the map's line; a table that has none of them is another."""
    found = load_column_map(
        mapped(tmp_path, "Réf.: id", "Nom: name", "Paie: employment.net_salary")
    )
    path = table(tmp_path)
    with pytest.raises(InputError) as caught:
        list(read_people(str(path), found))
    assert str(caught.value) == (
        f"{path}:1: the table has no column « Paie », which line 4 of {tmp_path}/crm.map.yaml reads. "
        "Correct its name there, or write the map anew with `tremplin map`."
    )
    other = table(tmp_path, "a,b,c,d,e,f")
    with pytest.raises(InputError, match="has none of the columns"):
        list(read_people(str(other), found))


def test_what_a_map_does_not_speak_of_is_not_read(tmp_path: Path) -> None:
    """Columns without a question are named, the second of a name by its number; ids are made fit for folders."""
    found = load_column_map(
        mapped(
            tmp_path,
            "RÉF.: id",
            "Nom: name",
            "Embauche: {key: employment.since, order: mm/jj/aaaa}",
            "Salaire: employment.net_salary",
            "Note (2): project.activity",
        )
    )
    path = table(tmp_path)
    assert columns_not_read(str(path), found) == ("Note",)
    (row,) = read_rows(path, found)
    assert row.cells["id"] == "c-12"
    assert row.cells["project.activity"] == "y"
    assert row.cells["employment.since"].isoformat() == "2021-02-03"
    (zoe,) = read_people(str(path), found)
    assert zoe.label == "c-12"


def test_a_map_is_for_tables(tmp_path: Path) -> None:
    """Given with profiles, a map is refused: what it says would be lost."""
    found = load_column_map(mapped(tmp_path, "Nom: name"))
    (tmp_path / "zoe.yaml").write_text("id: zoe\n", encoding="utf-8")
    with pytest.raises(InputError, match="a map says what the columns of a table are"):
        list(read_people(str(tmp_path / "zoe.yaml"), found))
