from contextlib import suppress
from pathlib import Path
from textwrap import dedent

import dataframely as dy
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import InputError
from tremplin.model.table import DataFile, Row, Table, read_table


class Fruit(Row):
    """A table with a column of each type and a rule."""

    name = dy.String(primary_key=True, regex=r"^[a-z]+$", description="a name in small letters")
    colour = dy.Enum(["red", "green"])
    price = dy.Float64(nullable=True, min=0, description="a price of 0 or more")
    boxes = dy.Int64(nullable=True)
    picked = dy.Date(nullable=True)

    @dy.rule()
    def price__is_known_where_there_are_boxes(cls) -> pl.Expr:
        """Let no box be without a price."""
        return cls.boxes.col.is_null() | cls.price.col.is_not_null()


HEADER = "name,colour,price,boxes,picked\n"
GOOD = HEADER + "pear,green,2.5,3,2026-07-01\nplum,red,,,\n"


def read(folder: Path, content: str | bytes) -> Table:
    path = folder / "fruit.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, Fruit)


def problems(folder: Path, content: str | bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, content)
    assert caught.value.exit_code == 2
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_good_table_gives_typed_rows(tmp_path: Path) -> None:
    """Cells have their types, empty ones are null, and the line of each row is known."""
    table = read(tmp_path, GOOD)
    assert table.frame.columns == ["name", "colour", "price", "boxes", "picked"]
    assert table.frame["price"].to_list() == [2.5, None]
    assert str(table.frame["picked"][0]) == "2026-07-01"
    assert list(table.lines) == [2, 3]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    """A spreadsheet that moved a column gives the same table."""
    table = read(tmp_path, "colour,picked,name,price,boxes\ngreen,,pear,1,\n")
    assert table.frame.row(0) == ("pear", "green", 1.0, None, None)


def test_a_byte_order_mark_and_windows_lines_are_accepted(tmp_path: Path) -> None:
    """What spreadsheets write on Windows is read like any other file."""
    table = read(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert table.frame["name"].to_list() == ["pear", "plum"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A data folder without one of its tables says which."""
    with pytest.raises(InputError, match=r"fruit\.csv: is missing"):
        read_table(tmp_path / "fruit.csv", Fruit)


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    """A path that cannot be read is an error for people, not a traceback."""
    with pytest.raises(InputError, match="cannot be read"):
        DataFile.read(tmp_path)


BROKEN = {
    "empty file": (
        "",
        """
        fruit.csv:1: is empty. Its first line must be name,colour,price,boxes,picked
        """,
    ),
    "no row": (
        HEADER,
        """
        fruit.csv:1: has no row. Add one
        """,
    ),
    "not UTF-8": (
        b"name\nabc\n\xe9t\xe9\n",
        """
        fruit.csv:3: is not UTF-8 text. Save it again as UTF-8
        """,
    ),
    "semicolons": (
        "name;colour\npear;green\n",
        """
        fruit.csv:1: has a single column, 'name;colour'. Separate the columns by commas: @
        """,
    ),
    "columns": (
        "name,color,price,boxes,picked,origin,name\npear,green,1,1,,Nice,pear\n",
        """
        fruit.csv:1 (column colour): the column is missing. Add it to the first line
        fruit.csv:1 (column name): the column appears twice. Keep one of them
        fruit.csv:1 (column color): the column is unknown. Did you mean colour?
        fruit.csv:1 (column origin): the column is unknown. Remove it; known: @
        """,
    ),
    "cells": (
        GOOD + "fig,red,1\nkiwi,green,1,5,1,2026-07-01\n\n",
        """
        fruit.csv:4 (column boxes): the row has 3 cells instead of 5, it starts with 'fig'. #
        fruit.csv:5 (column picked): the row has 6 cells instead of 5, it starts with 'kiwi'. #
        fruit.csv:6: the line is blank. Remove it
        """,
    ),
    "quote": (
        GOOD + 'fig,"re"d,1,1,\n',
        """
        fruit.csv:4: the line cannot be split into cells (',' expected after '"'). ~
        """,
    ),
    "types": (
        GOOD + "fig,rde,1 200,1.5,01/07/2026\n",
        """
        fruit.csv:4 (column colour): 'rde' is not a known value. Did you mean red? Write one of red, green
        fruit.csv:4 (column price): '1 200' is not a number. Write it like 12.5, with a dot and no spaces
        fruit.csv:4 (column boxes): '1.5' is not a whole number. Write digits only, such as 12
        fruit.csv:4 (column picked): '01/07/2026' is not a date. Write it as year-month-day, such as 2026-07-01
        """,
    ),
    "values": (
        GOOD + "Fig,,-1,,\n",
        """
        fruit.csv:4 (column name): 'Fig' is not allowed. Write a name in small letters
        fruit.csv:4 (column colour): is empty. Write a value
        fruit.csv:4 (column price): -1.0 is not allowed. Write a price of 0 or more
        """,
    ),
    "rules": (
        GOOD + "pear,red,,2,\n",
        """
        fruit.csv:2 (column name): 'pear' stands more than once. Keep one row
        fruit.csv:4 (column price): an empty cell breaks a rule. It is known where there are boxes
        fruit.csv:4 (column name): 'pear' stands more than once. Keep one row
        """,
    ),
}
ALWAYS_THE_SAME = {
    "@": "name,colour,price,boxes,picked",
    "#": "Check its commas: a cell that holds one stands between double quotes",
    "~": 'Look for a lone quote: inside a cell between quotes it is written ""',
}


@pytest.mark.parametrize(("content", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_table_tells_every_place_at_once(
    tmp_path: Path, content: str | bytes, expected: str
) -> None:
    """Each problem has its file, line and column, the bad value and what to do, all in one go."""
    for sign, words in ALWAYS_THE_SAME.items():
        expected = expected.replace(sign, words)
    assert problems(tmp_path, content) == dedent(expected).strip().splitlines()


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "NaN"])
def test_a_number_is_finite(tmp_path: Path, text: str) -> None:
    """Not-a-number and infinity would spread through a report, so they stop at the door."""
    (told,) = problems(tmp_path, GOOD + f"fig,red,{text},,\n")
    assert told.startswith("fruit.csv:4 (column price): ")


@pytest.mark.parametrize("text", ["2026-7-1", "2026-02-30", "2026-07-01 ", "20260701"])
def test_a_date_has_one_way_to_be_written(tmp_path: Path, text: str) -> None:
    """A date that is impossible or not in full ISO form is refused."""
    (told,) = problems(tmp_path, GOOD + f"fig,red,,,{text}\n")
    assert told.startswith(f"fruit.csv:4 (column picked): '{text}' is not a date")


def test_lines_are_those_of_the_file_even_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    """A quoted cell may hold a line break: the rows after it are still found where they stand."""
    (told,) = problems(tmp_path, HEADER + 'pear,green,"1\n2",,\n')
    assert told.startswith("fruit.csv:3 (column price): '1\\n2' is not a number")


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    """A receipt can be compared with what sha256sum says."""
    (tmp_path / "x").write_bytes(b"abc")
    assert (
        DataFile.read(tmp_path / "x").sha256
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


@given(st.binary(max_size=200))
def test_whatever_the_bytes_an_error_is_for_people(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """No file, however broken, ends in anything but rows or an InputError."""
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(HEADER.encode() + content)
    with suppress(InputError):
        assert read_table(path, Fruit).frame.height > 0
