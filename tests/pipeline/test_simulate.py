"""`tremplin simulate` as a person meets it: tables in, tables out, exit codes."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tremplin.errors import InputError, ReportError
from tremplin.model.profile import CATEGORY
from tremplin.model.register import Register
from tremplin.pipeline.cases import Simulated, simulate_file

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/data/golden"
DAY = date(2026, 11, 1)
TOLERANCES = {
    # a share of turnover for micro, of the margin for the others, and at least so many €
    "micro": (0.002, 0.0),
    "ei": (0.015, 130.0),
    "eurl": (0.015, 130.0),
    "sasu": (0.01, 60.0),
}

CASES = "status,activity,turnover,acre\nmicro,liberal,30000,no\nei,sale,a lot,\n,,,\nsasu,sale,0,\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def simulated() -> Run:
    """Give a function that runs `tremplin simulate` in a process of its own, on 1 November 2026."""

    def run(source: Path | str, target: Path | str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *(sys.executable, "-m", "tremplin", "simulate", str(source)),
                *("--out", str(target), "--as-of", "2026-11-01"),
            ],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Write four cases, of which two cannot be computed."""
    file = tmp_path / "cases.csv"
    file.write_text(CASES, encoding="utf-8")
    return file


@pytest.mark.parametrize("source_kind", ["csv", "parquet"])
@pytest.mark.parametrize("target_kind", ["csv", "parquet"])
def test_every_official_case_goes_through(
    register: Register, tmp_path: Path, source_kind: str, target_kind: str
) -> None:
    """
    Urssaf's 330 cases, as CSV or Parquet, come back within their tolerance, in their order.

    Micro-enterprises of the cases began on 1 October 2026, the others on 1 January. One has a SASU pay −65.93 € of a
    margin of 590 €: a margin that bears no pay pays none.
    """
    golden = pl.read_csv(GOLDEN / "net_income_2026.csv").rename({"net_before_tax": "official"})
    started = (
        pl.when(pl.col("status") == "micro")
        .then(pl.lit("2026-10-01"))
        .otherwise(pl.lit("2026-01-01"))
    )
    golden = golden.drop("contributions").with_columns(start=started)
    source, target = tmp_path / f"in.{source_kind}", tmp_path / f"out.{target_kind}"
    write(golden, source)
    counted = simulate_file(source, target, register, DAY)
    assert counted == Simulated(golden.height, 0)
    found = read(target)
    assert found["turnover"].cast(pl.Float64).to_list() == golden["turnover"].to_list()
    for row in found.iter_rows(named=True):
        turnover, expenses = float(row["turnover"]), float(row["expenses"])
        share, least = TOLERANCES[row["status"]]
        base = turnover if row["status"] == "micro" else turnover - expenses
        net = row["net_before_tax"] + (expenses if row["status"] == "micro" else 0)
        official = float(row["official"])
        if row["status"] == "sasu":
            official = max(0.0, official)
        assert abs(net - official) <= max(share * base, least), row


def write(frame: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_parquet(path)


def read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path) if path.suffix == ".csv" else pl.read_parquet(path)


def test_the_official_households_go_through(register: Register, tmp_path: Path) -> None:
    """The 200 households of the income tax are computed from three columns, to 2 €; whoever is single there has no case T."""
    golden = pl.read_csv(GOLDEN / "income_tax_2026.csv").rename({"income_tax": "official"})
    golden = golden.with_columns(pl.col("household").replace("single", "cohabiting"))
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    golden.write_csv(source)
    assert simulate_file(source, target, register, DAY) == Simulated(200, 0)
    found = pl.read_csv(target)
    assert float((found["income_tax"] - found["official"]).abs().to_numpy().max()) <= 2
    assert found.columns == [*golden.columns, "income_tax", "error"]


def test_bad_rows_carry_their_error(simulated: Run, cases: Path, tmp_path: Path) -> None:
    """A table with two bad rows is computed all the same: they say why, and one line counts them."""
    target = tmp_path / "new folder/results.csv"
    done = simulated(cases, target)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{target}: 4 cases, 2 with an error\n"
    found = pl.read_csv(target)
    assert found["net_before_tax"].to_list() == [22_260.0, None, None, 0.0]
    assert found["error"].to_list() == [
        None,
        "turnover: 'a lot' is not an amount from 0 up, in € a year",
        (
            "status: nothing is not one of micro, ei, eurl, sasu; activity: nothing is not one of"
            " sale, lodging, guest_rooms, tourist_let_classified, tourist_let, commercial_service,"
            " craft_service, craft_sale, liberal, liberal_cipav;"
            " turnover: nothing is not an amount from 0 up, in € a year"
        ),
        None,
    ]
    assert [file.name for file in target.parent.iterdir()] == ["results.csv"]


def test_a_parquet_table_comes_from_a_csv_one(simulated: Run, cases: Path, tmp_path: Path) -> None:
    """The ending of the target says what it is; numbers are numbers in it."""
    target = tmp_path / "results.parquet"
    assert simulated(cases, target).returncode == 0
    found = pl.read_parquet(target)
    assert found.schema["net_after_tax"] == pl.Float64
    assert found["turnover"].to_list() == ["30000", "a lot", None, "0"]


def test_the_same_cases_give_the_same_file(register: Register, cases: Path, tmp_path: Path) -> None:
    """Two runs differ in no byte, as CSV or Parquet."""
    for kind in ("csv", "parquet"):
        one, other = tmp_path / f"one.{kind}", tmp_path / f"other.{kind}"
        simulate_file(cases, one, register, DAY)
        simulate_file(cases, other, register, DAY)
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        (
            "cases.xls",
            "out.csv",
            "CASES: {folder}/cases.xls is of another kind than .csv or .tsv or .xlsx or .ods or .parquet.",
        ),
        ("cases.xlsx", "out.csv", "{folder}/cases.xlsx: is not a workbook that can be read ("),
        (
            "cases.csv",
            "out.txt",
            "--out: {folder}/out.txt is of another kind than .csv or .parquet.",
        ),
        ("cases.csv", "out", "--out: {folder}/out is of another kind than .csv or .parquet."),
        ("missing.csv", "out.csv", "{folder}/missing.csv: not found. Check its path"),
        ("missing.parquet", "out.csv", "{folder}/missing.parquet: not found. Check its path"),
        (
            "columns.csv",
            "out.csv",
            (
                "{folder}/columns.csv:1: has the columns status, turnover. It needs status, activity,"
                " turnover, or household, children, taxable_income"
            ),
        ),
        (
            "twice.csv",
            "out.csv",
            "{folder}/twice.csv:1 (column turnover): the column appears twice. Keep one of them",
        ),
        (
            "slip.csv",
            "out.csv",
            (
                "{folder}/slip.csv:1 (column Expenses): the column would not be read. Did you mean expenses?"
                " Otherwise give it another name\n{folder}/slip.csv:1 (column error): a result has"
            ),
        ),
        (
            "ragged.csv",
            "out.csv",
            (
                "{folder}/ragged.csv:4: the row has 4 cells instead of 3. Check its commas: a cell"
                " that holds one stands between double quotes"
            ),
        ),
        ("text.parquet", "out.csv", "{folder}/text.parquet: cannot be read ("),
        ("empty.csv", "out.csv", "{folder}/empty.csv: cannot be read ("),
        ("folder.csv", "out.csv", "{folder}/folder.csv: not found."),
        ("cases.csv", "cases.csv", "--out: it would replace the cases. Choose another file."),
    ],
)
def test_a_wrong_file_is_named(
    simulated: Run, cases: Path, source: str, target: str, words: str
) -> None:
    """Bad input is exit code 2, the file and what to do in one line, and no other file than before."""
    folder = cases.parent
    (folder / "cases.xlsx").write_text("status\n")
    (folder / "cases.xls").write_text("status\n")
    (folder / "columns.csv").write_text("status,turnover\nmicro,1\n")
    (folder / "twice.csv").write_text("status,activity,turnover,turnover\nmicro,liberal,1,2\n")
    (folder / "slip.csv").write_text("status,activity,turnover,Expenses,error\nsasu,sale,9,5,\n")
    (folder / "ragged.csv").write_text(
        'status,activity,turnover\nmicro,"liberal\n",1\nmicro,liberal,30,000\n'
    )
    (folder / "text.parquet").write_text("no Parquet\n")
    (folder / "empty.csv").write_text("")
    (folder / "folder.csv").mkdir()
    before = sorted(folder.iterdir())
    done = simulated(folder / source, folder / target)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(words.format(folder=folder)), done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(folder.iterdir()) == before
    assert cases.read_text(encoding="utf-8") == CASES


def test_cases_are_not_replaced_by_another_name_of_theirs(register: Register, cases: Path) -> None:
    """A link to the cases is the cases."""
    link = cases.with_name("link.csv")
    link.symlink_to(cases)
    with pytest.raises(InputError, match="it would replace the cases"):
        simulate_file(cases, link, register, DAY)
    assert cases.read_text(encoding="utf-8") == CASES


def test_a_folder_that_cannot_be_written_gets_nothing(
    simulated: Run, cases: Path, tmp_path: Path
) -> None:
    """Where a file stands in the way of the target's folder, the command says so and ends with code 1."""
    target = cases / "out.csv"
    done = simulated(cases, target)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{target} cannot be written (")
    assert sorted(tmp_path.iterdir()) == [cases]
    assert cases.read_text(encoding="utf-8") == CASES


def test_nothing_half_written_is_left(register: Register, cases: Path, tmp_path: Path) -> None:
    """When the results cannot take their place at the end, the draft goes away and what was there stays."""
    target = tmp_path / "taken.csv"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(ReportError, match=r"taken\.csv cannot be written"):
        simulate_file(cases, target, register, DAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv", "taken.csv"]
    assert (target / "inside").is_dir()


def test_what_csv_cannot_hold_is_said_in_words(register: Register, tmp_path: Path) -> None:
    """A column of lists goes from Parquet to Parquet; to CSV it cannot, and no draft is left of it."""
    source = tmp_path / "cases.parquet"
    one = {"status": ["micro"], "activity": ["sale"], "turnover": [12_000], "tags": [["a", "b"]]}
    pl.DataFrame(one).write_parquet(source)
    with pytest.raises(ReportError, match=r"out\.csv cannot be written \(CSV format does not"):
        simulate_file(source, tmp_path / "out.csv", register, DAY)
    assert list(tmp_path.iterdir()) == [source]
    assert simulate_file(source, tmp_path / "out.parquet", register, DAY) == Simulated(1, 0)


@pytest.mark.parametrize("cell", [[1.0], b"\xff"])
def test_columns_of_lists_or_bytes_are_no_cases(
    register: Register, tmp_path: Path, cell: object
) -> None:
    """A Parquet file whose turnover is neither text nor number is refused in words, naming the column."""
    source = tmp_path / "cases.parquet"
    one = {"status": ["micro"], "activity": ["sale"], "turnover": [cell]}
    pl.DataFrame(one).write_parquet(source)
    with pytest.raises(InputError, match=r"cases\.parquet: has lists or bytes in turnover"):
        simulate_file(source, tmp_path / "out.csv", register, DAY)
    assert list(tmp_path.iterdir()) == [source]


def test_results_may_replace_older_results(register: Register, cases: Path, tmp_path: Path) -> None:
    """The same command again brings the file up to date."""
    target = tmp_path / "results.csv"
    target.write_text("old\n", encoding="utf-8")
    simulate_file(cases, target, register, DAY)
    assert pl.read_csv(target).height == 4


def test_many_cases_take_seconds(register: Register, tmp_path: Path) -> None:
    """A hundred thousand cases of all forms go through in one call, none with an error."""
    golden = pl.read_csv(GOLDEN / "net_income_2026.csv").drop("contributions", "net_before_tax")
    many = pl.concat([golden] * (100_000 // golden.height + 1)).head(100_000)
    source, target = tmp_path / "many.parquet", tmp_path / "out.parquet"
    many.write_parquet(source)
    assert simulate_file(source, target, register, DAY) == Simulated(100_000, 0)


FRENCH = "status;activity;turnover;expenses;acre;start\r\nSASU;prestation commerciale ou artisanale;90 000,00 €;20 000;non;01/01/2026\r\n"


@pytest.mark.parametrize("kind", ["cp1252.csv", "utf-16.csv", "cases.xlsx"])
def test_cases_are_read_like_clients(kind: str, register: Register, tmp_path: Path) -> None:
    """What a French spreadsheet writes gives the same figures as plain CSV, whatever the file."""
    plain, french = tmp_path / "plain.csv", tmp_path / kind
    choice = CATEGORY["commercial_service"]
    text = FRENCH.replace("prestation commerciale ou artisanale", choice)
    plain.write_text(
        "status,activity,turnover,expenses,acre,start\nsasu,commercial_service,90000,20000,no,2026-01-01\n"
    )
    if french.suffix == ".csv":
        french.write_bytes(text.encode(french.stem))
    else:
        book = xlsxwriter.Workbook(french)
        sheet = book.add_worksheet()
        for line, row in enumerate(text.splitlines()):
            sheet.write_row(line, 0, row.split(";"))
        sheet.write(1, 2, 90_000)
        book.close()
    results = []
    for source in (plain, french):
        assert simulate_file(source, tmp_path / "out.parquet", register, DAY) == Simulated(1, 0)
        results.append(pl.read_parquet(tmp_path / "out.parquet")["net_after_tax"].to_list())
    assert results[0] == results[1]


def test_a_folder_of_cases_is_one_table(register: Register, tmp_path: Path) -> None:
    """All tables of a folder are computed together; hidden files are left out with a word."""
    (tmp_path / "cases").mkdir()
    for name in ("a.csv", "b.csv", "._a.csv"):
        (tmp_path / "cases" / name).write_bytes(
            FRENCH.replace("prestation commerciale ou artisanale", "sale").encode()
        )
    found = simulate_file(tmp_path / "cases", tmp_path / "out.csv", register, DAY)
    assert (found.rows, found.errors) == (2, 0)
    assert [one.code for one in found.told] == ["told.file_hidden"]


def test_an_amount_that_could_be_two_spoils_its_case(register: Register, tmp_path: Path) -> None:
    """`90.000` between semicolons is ninety thousand or ninety: the case says so, and has no result."""
    source = tmp_path / "cases.csv"
    source.write_bytes(b"status;activity;turnover\r\nmicro;sale;90.000\r\n")
    assert simulate_file(source, tmp_path / "out.csv", register, DAY) == Simulated(1, 1)
    error = pl.read_csv(tmp_path / "out.csv")["error"].item()
    assert error.startswith("turnover: '90.000 (90000 / 90,000 ?)' is not an amount")


def test_a_case_in_error_is_refused_with_its_cell(register: Register, tmp_path: Path) -> None:
    """A broken formula is no empty cell, which would be taken for nothing."""
    source = tmp_path / "cases.xlsx"
    book = xlsxwriter.Workbook(source)
    sheet = book.add_worksheet("Cas")
    sheet.write_row(0, 0, ["status", "activity", "turnover", "expenses"])
    sheet.write_row(1, 0, ["sasu", "sale", 90_000])
    sheet.write_formula(1, 3, "=x", None, "#REF!")
    book.close()
    with pytest.raises(InputError) as caught:
        simulate_file(source, tmp_path / "out.csv", register, DAY)
    assert str(caught.value) == (
        f"{source}, sheet « Cas », D2: expenses: the cell holds the error #REF! in the place of a value. "
        "Mend its formula, or clear it"
    )
