"""Files made to fill the memory, on the command line: refused at once, in a line, before they are unpacked."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).parents[2]
MEBIBYTE = 2**20
HEAD = (
    "id,name,employment.contract,employment.since,employment.weekly_hours,employment.net_salary,"
    "project.activity,project.category,project.start,project.weekly_hours,"
    "project.turnover.month_1,project.turnover.month_12,project.turnover.month_24\n"
)
LINE = ",Zoé,permanent,2021-09-01,35,2300,Rédaction,liberal,2027-01-04,10,300,1800,2600\n"
# Runs a command line and tells, at the end, how many bytes it had in memory at most.
MEASURED = """
import re, sys
from pathlib import Path
from tremplin.cli import main
try:
    main()
finally:  # not getrusage, which remembers how large the process was that started this one
    peak = re.search("VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())
    print("PEAK", int(peak[1]) * 1024, file=sys.stderr)
"""


def refused(*arguments: str) -> str:
    """Run tremplin on something it refuses, within 400 MB, and give what it says."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    *said, peak = done.stderr.strip().splitlines()
    assert done.returncode == 2, done.stderr
    assert int(peak.removeprefix("PEAK ")) < 400 * MEBIBYTE
    assert "Traceback" not in done.stderr
    return "\n".join(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id: " + b"[" * 100_000, ": the file is larger than 64 KiB. "),
        (b"id: " + b"[" * 60_000, ":1: the data is nested deeper than 10 levels. "),
        (b"- " * 30_000 + b"x", ":1: the data is nested deeper than 10 levels. "),
        (b"id: " + b"9" * 100_000, ": the file is larger than 64 KiB. "),
        (b"name: " + b"x" * 1_000_000, ": the file is larger than 64 KiB. "),
        (b"{" + b"? a, " * 3_000 + b"}", ":1: the file holds more than 2,000 values. "),
        (b"!!python/object/apply:os.system [x]", ":1: the tag !!python/object/apply:os.system is "),
    ],
    ids=["brackets", "fewer brackets", "dashes", "digits", "text", "values", "tag"],
)
def test_a_yaml_bomb_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    """Nesting, numbers and texts without end: the file, what is wrong and what to do, and no traceback."""
    path = tmp_path / "eve.yaml"
    path.write_bytes(content)
    line = refused("check", str(path)).splitlines()[-1]
    assert line.startswith(f"{path}{said}")


def test_a_yaml_number_without_end_is_refused(tmp_path: Path) -> None:
    """A salary of 60,000 digits is told with line and key, and cut."""
    text = (ROOT / "params/alice.yaml").read_text(encoding="utf-8")
    path = tmp_path / "eve.yaml"
    path.write_text(text.replace("net_salary: 2300", "net_salary: " + "9" * 60_000))
    assert refused("check", str(path)) == (
        f"{path}:17: employment.net_salary: {'9' * 59}… is not a number that can be computed with."
        " Write an ordinary number, or quotes around it if it is text."
    )


def test_a_yaml_alias_bomb_is_refused(tmp_path: Path) -> None:
    """A thousand million laughs: no alias is followed."""
    laughs = ["a: &a [ha, ha, ha]"]
    laughs += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    path = tmp_path / "eve.yaml"
    path.write_text("\n".join(laughs))
    assert refused("check", str(path)).startswith(
        f"{path}:1: a: the anchor &a is not accepted. Remove it, keep the value.\n"
    )


def batch_of(path: Path) -> str:
    return refused("batch", str(path), "--out", str(path.parent / "out"), "--renderer", "pandoc")


NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
    f'Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {NS} xmlns:r="{KINDS}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
    f'Type="{KINDS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{KINDS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(path: Path, rows: Iterable[str], shared: str = "") -> None:
    """Write a workbook by hand, row by row."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
        book.writestr("xl/sharedStrings.xml", f"<sst {NS}>{shared}</sst>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"<worksheet {NS}><sheetData>".encode())
            for row in rows:
                sheet.write(row.encode())
            sheet.write(b"</sheetData></worksheet>")


def zip_bomb(path: Path) -> None:
    workbook(path, ["<row><c><v>", *["0" * MEBIBYTE] * 300, "</v></c></row>"])


def zip_bomb_that_claims_to_be_small(path: Path) -> None:
    zip_bomb(path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    claimed = (300).to_bytes(4, "little")
    content = content.replace(size.to_bytes(4, "little"), claimed)
    path.write_bytes(content.replace(size.to_bytes(8, "little"), claimed + bytes(4)))
    with zipfile.ZipFile(path) as book:
        assert book.getinfo("xl/worksheets/sheet1.xml").file_size == 300


def cell_in_the_last_corner(path: Path) -> None:
    workbook(path, [f"<row>{text_cell('A1', 'id')}</row><row>{text_cell('XFD1048576', 'x')}</row>"])


def text_in_every_cell(path: Path) -> None:
    cell = "<row><c t='s'><v>0</v></c></row>"
    workbook(path, [cell] * 20_000, f"<si><t>{'x' * MEBIBYTE}</t></si>")


def laughs_in_a_sheet(path: Path) -> None:
    workbook(path, ["<row><c><v>1</v></c></row>"])
    kinds = "".join(
        f"<!ENTITY {new} '{f'&{old};' * 10}'>"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("x.xml", f"<!DOCTYPE x [<!ENTITY a 'ha'>{kinds}]><x>&i;</x>")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (zip_bomb, "unpacks to more than 256 MiB"),
        (zip_bomb_that_claims_to_be_small, "unpacks to more than 256 MiB"),
        (
            cell_in_the_last_corner,
            "has 1,048,576 rows and 16,384 columns, more than 4,000,000 cells",
        ),
        (text_in_every_cell, "holds long texts in too many cells"),
        (laughs_in_a_sheet, "is not a workbook that can be read"),
    ],
)
def test_a_workbook_that_is_a_bomb_is_refused(
    made: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    """What unpacks to gigabytes is not unpacked, whatever the file claims, and no report is begun."""
    path = tmp_path / "clients.xlsx"
    made(path)
    assert path.stat().st_size < MEBIBYTE
    (line,) = batch_of(path).splitlines()
    assert line.startswith(f"{path}: {said}")
    assert not (tmp_path / "out").exists()


def test_a_parquet_bomb_is_refused(tmp_path: Path) -> None:
    """Two hundred kilobytes that stand for a hundred million rows are not read."""
    path = tmp_path / "clients.parquet"
    pl.select(pl.repeat(0, 100_000_000, dtype=pl.Int8).alias("id")).write_parquet(path)
    assert path.stat().st_size < MEBIBYTE
    assert batch_of(path) == (
        f"{path}: has 100,000,000 rows and 1 columns, more than 20,000,000 cells. "
        "Make several tables of it"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + "a" + LINE + "b,'" + "x" * MEBIBYTE + LINE, ":3: a row is longer than 65,536 "),
        (HEAD + "a" + LINE + 'b,"Zoé' + LINE + LINE * 1_000, ":3: a row is longer than 65,536 "),
        ("x" * MEBIBYTE, ":1: a row is longer than 65,536 characters. "),
        ("id" + ",x" * 10_000 + "\n", ":1: has 10,001 columns; a profile has "),
    ],
    ids=["long cell", "quote not closed", "one long line", "columns"],
)
def test_a_csv_bomb_is_refused(content: str, said: str, tmp_path: Path) -> None:
    """Lines, cells and columns without end are told with their line."""
    path = tmp_path / "clients.csv"
    path.write_text(content, encoding="utf-8")
    (line,) = batch_of(path).splitlines()
    assert line.startswith(f"{path}{said}")


def test_a_table_of_too_many_people_is_refused_without_filling_the_memory(tmp_path: Path) -> None:
    """More than a million people are counted row by row, and the rest of the file is not read."""
    path = tmp_path / "clients.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(f"client-{number}\n" for number in range(1_200_000))
    said = batch_of(path)
    assert said == f"{path}: holds more than 1,000,000 people. Make several tables of it"


def test_a_refused_batch_tells_machines_too(tmp_path: Path) -> None:
    """With --json nothing but lines of JSON is on the standard output, and a bomb leaves it empty."""
    path = tmp_path / "clients.xlsx"
    cell_in_the_last_corner(path)
    done = subprocess.run(
        [sys.executable, "-m", "tremplin", "batch", path, "--out", tmp_path / "out", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert [json.loads(line) for line in done.stdout.splitlines()] == []
