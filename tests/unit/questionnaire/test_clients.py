from pathlib import Path

import pytest
from tests.conftest import ROOT

from tremplin.errors import InputError
from tremplin.questionnaire.clients import Client, read_clients

FIRST_COLUMNS = "id;name;employment.contract;employment.net_salary;employment.since"


def clients_of(tmp_path: Path, *rows: str) -> tuple[Client, ...]:
    table = tmp_path / "clients.csv"
    table.write_text("\n".join([FIRST_COLUMNS, *rows]), "utf-8")
    return read_clients(str(table))


def told(client: Client) -> list[tuple[str, int | None, str | None]]:
    return [(one.code, one.place.line, one.place.key) for one in client.problems]


def test_a_row_that_lacks_needed_answers_is_a_client(tmp_path: Path) -> None:
    """What is missing will be asked: neither a column nor a cell that is not there is a fault."""
    (client,) = clients_of(tmp_path, "c-1;Zoé;permanent;2 150,50;")
    assert client.id == "c-1"
    assert client.data == {
        "id": "c-1",
        "name": "Zoé",
        "employment": {"contract": "permanent", "net_salary": 2150.5},
    }
    assert client.problems == ()


def test_what_a_row_says_wrongly_is_told_and_asked(tmp_path: Path) -> None:
    """A word that is no choice and a salary that is no number are not in the questionnaire, and the advisor knows."""
    (client,) = clients_of(tmp_path, "c-1;Zoé;CDX;beaucoup;01/09/2021")
    assert client.data["employment"].keys() == {"since"}
    assert told(client) == [
        ("answer.not_a_choice", 2, "employment.contract"),
        ("answer.not_a_number", 2, "employment.net_salary"),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([";Zoé;;;", "c-2;Marc;;;"], [("profile.key_missing", 2, "id")]),
        (["Zoé D;Zoé;;;", "c-2;Marc;;;"], [("profile.not_a_folder_name", 2, "id")]),
        (["c-1;Zoé;;;;cinq", "c-2;Marc;;;"], [("clients.cells_beyond", 2, None)]),
        (["c-1;Zoé;;;", "c-2;Marc;;;", "c-1;Zoé;;;"], [("people.id_shared", 2, None)]),
    ],
)
def test_who_cannot_be_named_has_no_questionnaire(
    tmp_path: Path, rows: list[str], expected: list[tuple[str, int | None, str | None]]
) -> None:
    """A row without an id of its own is told, and the others are clients all the same."""
    clients = clients_of(tmp_path, *rows)
    assert [client.id for client in clients[:2]] == [None, "c-2"]
    assert told(clients[0]) == expected


def test_a_folder_of_profiles_has_what_each_says(tmp_path: Path) -> None:
    """A profile that is half written is a client; one that is no YAML is told."""
    (tmp_path / "a.yaml").write_text("id: zoe\nhousehold: {children: deux, fixed_costs: 900}\n")
    (tmp_path / "b.yaml").write_text("id: [\n")
    (tmp_path / "c.yaml").write_bytes((ROOT / "params/alice.yaml").read_bytes())
    zoe, broken, alice = read_clients(str(tmp_path))
    assert zoe.data == {"id": "zoe", "household": {"fixed_costs": 900}}
    assert [one.code for one in zoe.problems] == ["profile.not_a_whole_number"]
    assert broken.id is None
    assert [one.code for one in broken.problems] == ["yaml.list_not_closed"]
    assert (alice.id, alice.problems) == ("alice", ())


def test_answers_that_contradict_each_other_are_left_to_the_client(tmp_path: Path) -> None:
    """The advisor is told, and the page has both answers to choose from."""
    text = (ROOT / "params/alice.yaml").read_text("utf-8").replace("2021-09-01", "2031-09-01")
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    (client,) = read_clients(str(tmp_path / "a.yaml"))
    assert [one.code for one in client.problems] == ["profile.job_after_start"]
    assert str(client.data["employment"]["since"]) == "2031-09-01"


def test_a_source_that_is_not_there_is_told() -> None:
    """A slip in the name of a table is no empty list of clients."""
    with pytest.raises(InputError) as error:
        read_clients("nowhere.csv")
    assert [one.code for one in error.value.problems] == ["people.no_such_source"]
