import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.model.register import TABLES, DataError, Register
from tremplin.model.sources import parse

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.open(DATA)


@pytest.fixture
def vintage(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "vintage"))


def replace(path: Path, old: str, new: str) -> int:
    """Replace text in a file and tell the line on which it stood."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_register_gives_figures_rules_criteria_and_sources(register: Register) -> None:
    """One object answers for the whole data folder."""
    assert register.figure("S03").value == 716_200
    assert register.value("acre.micro.factor", at=date(2026, 6, 30)) == 0.5
    assert register.value("acre.micro.factor", at=date(2026, 7, 1)) == 0.25
    assert register.source("insee_ip2070").year == 2025
    assert register.table("statistics.csv").height > 26
    assert register.table("rules.csv").height > register.rules_at(date(2026, 11, 22)).height > 100
    assert set(register.table("criteria.csv")["dimension"]) == {
        "contract",
        "time",
        "finances",
        "project",
        "support",
    }


def test_the_hash_of_every_file_is_known(register: Register) -> None:
    """A receipt can prove which data a report was made of."""
    families = [f"trades/{path.name}" for path in (DATA / "trades").glob("*.yaml")]
    assert register.files == {
        name: hashlib.sha256((DATA / name).read_bytes()).hexdigest()
        for name in (*TABLES, "sources.bib", "vintage.yml", *families)
    }


def test_every_source_cited_can_be_printed(register: Register) -> None:
    """Each key in a table is an entry with a title, so no report shows a bare key."""
    printed = parse(register._bibliography)  # noqa: SLF001, one parse for all keys
    for table in register._tables.values():  # noqa: SLF001, whatever tables there are
        if "source" in table.frame.columns:
            for cell in table.frame["source"].drop_nulls():
                for key in cell.split(";"):
                    assert printed[key].title
    for trade in register.trades.by_id.values():
        assert all(printed[key].title for key in trade.sources)


def test_another_vintage_is_another_folder(vintage: Path) -> None:
    """A changed copy of the folder gives the changed number and another hash."""
    replace(vintage / "rules.csv", "pass,2026-01-01,,48060,", "pass,2026-01-01,,50000,")
    changed = Register.open(vintage)
    assert changed.value("pass", at=date(2026, 11, 22)) == 50_000
    assert changed.files["rules.csv"] != Register.open(DATA).files["rules.csv"]
    assert changed.files["sources.bib"] == Register.open(DATA).files["sources.bib"]


def test_every_table_is_a_frame(register: Register) -> None:
    """Chapters and research read whole tables under the names of the files."""
    for name, table in register._tables.items():  # noqa: SLF001, whatever tables there are
        assert register.table(name) is table.frame
        assert "line" not in table.frame.columns


def test_a_number_that_nothing_supports_is_not_given(register: Register) -> None:
    """A calculation gets the best value, and stops on a figure that no source supports."""
    assert register.best("A22") == 69
    with pytest.raises(DataError, match="no value is known for the figure S12"):
        register.best("S12")


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda it: it.figure("S99"), "there is no figure 'S99'"),
        (lambda it: it.convention("care.baby"), "there is no convention 'care.baby'"),
        (
            lambda it: it.value("acre.micro.facto", at=date(2026, 11, 22)),
            "there is no rule 'acre.micro.facto'; did you mean acre.micro.factor",
        ),
        (
            lambda it: it.source("insee_2070"),
            "there is no source 'insee_2070'; did you mean insee_",
        ),
        (
            lambda it: it.value("smic.hourly", at=date(2020, 1, 1)),
            "smic.hourly is not known on 2020-01-01, only on 2024-01-01 to 2024-10-31, 2024-11-01",
        ),
    ],
)
def test_what_is_not_there_is_told(register: Register, ask: object, told: str) -> None:
    """Asking for an unknown id names it, the folder, and what comes close."""
    assert callable(ask)
    with pytest.raises(DataError) as caught:
        ask(register)
    assert told in str(caught.value)
    assert str(DATA) in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", [*TABLES, "sources.bib"])
def test_a_missing_file_is_named(vintage: Path, name: str) -> None:
    """A vintage without one of its files does not open."""
    (vintage / name).unlink()
    with pytest.raises(InputError, match="is missing") as caught:
        Register.open(vintage)
    assert [problem.place.file for problem in caught.value.problems] == [str(vintage / name)]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A wrong --data says so instead of listing every file as missing."""
    with pytest.raises(InputError, match="nowhere: is not a folder"):
        Register.open(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "slip", "column", "told"),
    [
        ("statistics.csv", ("\nS11,", "\nS10,"), "id", "'S10' stands more than once"),
        (
            "statistics.csv",
            (",imprecise,insee_bdm_creations", ",unverifiable,insee_bdm_creations"),
            "value",
            "'716200.0' breaks a rule",
        ),
        (
            "rules.csv",
            ("\nacre.micro.factor,2026-07-01,", "\nacre.micro.factor,2026-06-30,"),
            "valid_from",
            "acre.micro.factor from 2026-06-30 overlaps its period on line",
        ),
        ("rules.csv", (",,48060,EUR", ",,48 060,EUR"), "value", "'48 060' is not a number"),
        ("rules.csv", ("\npass,2026-01-01", "\npass,01/01/2026"), "valid_from", "is not a date"),
        (
            "urssaf/employee_cost.csv",
            ("\n8000,11464.88,", "\n8000,1464.88,"),
            "cost",
            "'1464.88' breaks a rule. It is not below the gross pay and the health cover",
        ),
        (
            "urssaf/employee_cost.csv",
            (",6347.18,", ",16347.18,"),
            "net",
            "'16347.18' breaks a rule. It is not above the gross pay",
        ),
    ],
)
def test_a_slip_in_a_copy_is_found_where_it_stands(
    vintage: Path, name: str, slip: tuple[str, str], column: str, told: str
) -> None:
    """One wrong cell in a vintage is told with file, line, column and value."""
    line = replace(vintage / name, *slip) + slip[0].count("\n")
    with pytest.raises(InputError) as caught:
        Register.open(vintage)
    assert told in str(caught.value)
    assert (line, column) in {
        (problem.place.line, problem.place.column) for problem in caught.value.problems
    }
    assert {problem.place.file for problem in caught.value.problems} == {str(vintage / name)}


def test_a_source_that_does_not_exist_is_told(vintage: Path) -> None:
    """A key with a typing slip is found in its row, with the key that was meant."""
    line = replace(
        vintage / "statistics.csv",
        ",contradicted,insee_ip2070;insee_ip1852",
        ",contradicted,insee_ip207",
    )
    with pytest.raises(InputError) as caught:
        Register.open(vintage)
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.place.column) == (line, "source")
    assert "did you mean insee_ip2070" in str(problem).lower()


def test_problems_of_all_files_are_told_together(vintage: Path) -> None:
    """Whoever mends a vintage sees all that is wrong with it in one go."""
    line = replace(vintage / "rules.csv", "pass,2026-01-01,,48060,", "pass,2026-01-01,,lots,")
    (vintage / "criteria.csv").write_text(
        "id,dimension,weight,question,advice,source\n"
        "time.load,luck,1,Question ?,Conseil.,\n"
        "time.rest,time,0,Question ?,Conseil.,\n"
    )
    with pytest.raises(InputError) as caught:
        Register.open(vintage)
    found = [
        (Path(problem.place.file).name, problem.place.line, problem.place.column)
        for problem in caught.value.problems
    ]
    assert found == [
        ("rules.csv", line, "value"),
        ("criteria.csv", 2, "dimension"),
        ("criteria.csv", 3, "weight"),
    ]
