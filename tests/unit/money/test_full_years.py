import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any, get_args

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tremplin.errors import InputError
from tremplin.law.forms import FORMS
from tremplin.model.profile import Category
from tremplin.model.register import Register
from tremplin.money.full_years import RESULTS, simulate

DAY = date(2026, 11, 1)
CATEGORIES = get_args(Category)
CASE = {"status": "micro", "activity": "liberal", "turnover": "30000"}


def one(register: Register, **cells: Any) -> dict[str, Any]:  # noqa: ANN401 - cells of any type
    """Compute one case, a liberal micro-enterprise unless told, and give its row."""
    return simulate(pl.DataFrame([CASE | cells]), register, DAY).row(0, named=True)


def changed(register: Register, folder: Path, row: str, by: str) -> Register:
    """Open a copy of the data folder in which one row of rules.csv reads otherwise."""
    copy = folder / "data"
    shutil.copytree(register.folder, copy)
    rules = copy / "rules.csv"
    text, count = re.subn(row, by, rules.read_text(encoding="utf-8"))
    assert count == 1
    rules.write_text(text, encoding="utf-8")
    return Register.open(copy)


@pytest.mark.parametrize(
    ("status", "results"),
    [
        # 25.6 % and 0.2 % of turnover; 66 % of it taxed
        ("micro", (7_740.0, 22_260.0, 413.16, 21_846.84)),
        ("ei", (8_943.33, 21_056.67, 716.80, 20_339.87)),
        # A manager's pay has 10 % off before tax.
        ("eurl", (8_943.33, 21_056.67, 370.08, 20_686.59)),
        ("sasu", (13_482.69, 16_517.31, 0.0, 16_517.31)),
    ],
)
def test_a_case_with_defaults_alone(
    register: Register, status: str, results: tuple[float, ...]
) -> None:
    """30 000 € without expenses, ACRE, children, partner or other income, on the day of the command."""
    found = one(register, status=status)
    assert found["error"] is None
    assert tuple(found[name] for name in RESULTS) == pytest.approx(results, abs=0.01)


@pytest.mark.parametrize(
    "cells",
    [
        {"expenses": "0", "acre": "no", "household": "single", "children": "0"},
        {"expenses": None, "acre": "", "household": "  ", "children": None, "start": ""},
        {"turnover": 30_000, "children": 0, "other_taxable_income": 0.0, "acre": False},
        {"status": " MICRO ", "activity": "Liberal", "acre": "No", "start": date(2026, 11, 1)},
        {"start": "2026-11-01 08:30:00"},
    ],
    ids=["said", "empty", "numbers", "capitals", "time of day"],
)
def test_what_is_left_out_has_its_default(register: Register, cells: dict[str, Any]) -> None:
    """Empty cells, spaces, capitals and cells of another type are read as a person means them."""
    found = one(register, **cells)
    assert found["error"] is None
    assert (found["contributions"], found["income_tax"]) == (7_740.0, 413.16)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"status": "sarl"}, "status: 'sarl' is not one of micro, ei, eurl, sasu"),
        ({"status": None}, "status: nothing is not one of micro, ei, eurl, sasu"),
        (
            {"activity": "bakery"},
            (
                "activity: 'bakery' is not one of sale, lodging, guest_rooms, tourist_let_classified,"
                " tourist_let, commercial_service, craft_service, craft_sale, liberal, liberal_cipav"
            ),
        ),
        ({"turnover": ""}, "turnover: nothing is not an amount from 0 up, in € a year"),
        ({"turnover": "-1"}, "turnover: '-1' is not an amount from 0 up, in € a year"),
        ({"turnover": "30 000"}, "turnover: '30 000' is not an amount from 0 up, in € a year"),
        ({"turnover": "1e10"}, "turnover: '1e10' is not an amount from 0 up, in € a year"),
        ({"turnover": "NaN"}, "turnover: 'NaN' is not an amount from 0 up, in € a year"),
        ({"turnover": "inf"}, "turnover: 'inf' is not an amount from 0 up, in € a year"),
        ({"expenses": "many"}, "expenses: 'many' is not an amount from 0 up, in € a year"),
        ({"acre": "maybe"}, "acre: 'maybe' is not yes or no"),
        ({"household": "trio"}, "household: 'trio' is not single, cohabiting or couple"),
        ({"children": "21"}, "children: '21' is not a whole number from 0 to 20"),
        (
            {"children": "1", "children_shared": "2"},
            "children_shared: '2' is not a whole number from 0 to that of all children",
        ),
        ({"children": "1.5"}, "children: '1.5' is not a whole number from 0 to 20"),
        (
            {"other_taxable_income": "-5"},
            "other_taxable_income: '-5' is not an amount from 0 up, in € a year",
        ),
        ({"start": "soon"}, "start: 'soon' is not a date such as 2026-10-01"),
        ({"start": "2026-02-30"}, "start: '2026-02-30' is not a date such as 2026-10-01"),
        (
            {"start": "2025-12-31"},
            "start: the rules of 2025-12-31 are not known; they are from 2026-01-01 on",
        ),
        (
            {"turnover": "x", "children": "y"},
            (
                "children: 'y' is not a whole number from 0 to 20;"
                " turnover: 'x' is not an amount from 0 up, in € a year"
            ),
        ),
    ],
)
def test_a_case_that_cannot_be_computed_says_why(
    register: Register, cells: dict[str, Any], words: str
) -> None:
    """The error names the column, what stands in it and what could; nothing else is filled in."""
    found = one(register, **cells)
    assert found["error"] == words
    assert [found[name] for name in RESULTS] == [None] * 4


def test_a_bad_case_spoils_no_other(register: Register) -> None:
    """Errors stay in their rows, also those found only when the rules are looked up."""
    cases = pl.DataFrame(
        [
            {**CASE, "start": "2026-10-01"},
            {**CASE, "start": "2025-06-01"},
            {**CASE, "start": "2026-10-01", "turnover": "?"},
            {**CASE, "start": "2026-01-15"},
        ]
    )
    found = simulate(cases, register, DAY)
    assert found["error"].is_null().to_list() == [True, False, False, True]
    assert found["contributions"].to_list() == [7_740.0, None, None, 7_740.0]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # 12.8 % and 0.2 % of 30 000 €
        ("2026-06-30", 3_900.0),
        # 19.2 % and 0.2 %
        ("2026-07-01", 5_820.0),
    ],
)
def test_acre_goes_by_the_start(register: Register, start: str, due: float) -> None:
    """A micro-enterprise that starts on 1 July 2026 pays three quarters of the rate, the day before half (D131-6-3)."""
    assert one(register, start=start, acre="yes")["contributions"] == due


@pytest.mark.parametrize("word", ["yes", "YES", "true", "1", True, 1])
def test_words_for_yes(register: Register, word: object) -> None:
    """A table of any program may say yes in its own way."""
    assert one(register, acre=word)["contributions"] == 5_820.0


def test_a_family_and_other_income(register: Register) -> None:
    """The project bears what it adds to the tax of a couple with two children and 60 000 € of other income."""
    found = one(register, household="couple", children="2", other_taxable_income="60000")
    # 19 800 € more, at 11 % up to 34 800 + 53 937 €: 11 % and the end of the discount.
    with_it = one_tax(register, "couple", 2, 79_800)
    assert found["income_tax"] == pytest.approx(with_it - 2_543.33, abs=0.01)


@pytest.mark.parametrize(
    ("law", "taxes"),
    [
        # 11 % of 19 800 € above 11 600 € are 902 €, above 12 000 € 858 €; 897 € less 45.25 % of that are taken off.
        ("2027-01-01", [349.25, 349.25, 349.25]),
        ("2028-01-01", [413.16, 349.25, 349.25]),
        ("2029-01-01", [413.16, 413.16, 349.25]),
    ],
)
def test_an_income_is_taxed_by_the_law_of_the_year_after(
    register: Register, tmp_path: Path, law: str, taxes: list[float]
) -> None:
    """The law of 2027 taxes the income of 2026, in a table of cases as in a report, whatever stands beside it."""
    row = r"(income_tax\.bracket_1\.threshold,2026-01-01,)(,)11600(.*,)(2027-01-01)(,.*)"
    eve = f"{int(law[:4]) - 1}-12-31"
    later = rf"\nincome_tax.bracket_1.threshold,{law},,12000\g<3>{law[:4]}-12-31\g<5>"
    by = rf"\g<1>{eve}\g<2>11600\g<3>{law}\g<5>{later}"
    vintage = changed(register, tmp_path, row, by)
    starts = ("2026-11-01", "2027-12-01", "2028-02-01")
    found = simulate(pl.DataFrame([CASE | {"start": start} for start in starts]), vintage, DAY)
    assert found["income_tax"].to_list() == pytest.approx(taxes, abs=0.01)


def one_tax(register: Register, household: str, children: int, taxable: float) -> float:
    cases = {"household": [household], "children": [children], "taxable_income": [taxable]}
    return float(simulate(pl.DataFrame(cases), register, DAY)["income_tax"][0])


def test_a_loss_is_computed(register: Register) -> None:
    """Expenses beyond turnover leave a loss, minimum contributions on top, and no tax."""
    found = one(register, status="ei", turnover="1000", expenses="5000")
    assert tuple(found[name] for name in RESULTS) == (1_254.71, -5_254.71, 0.0, -5_254.71)


def test_a_table_may_ask_for_income_tax_alone(register: Register) -> None:
    """Three columns are enough for the tax of whole households; no other result is added."""
    cases = pl.DataFrame(
        {
            "household": ["single", "couple", "single", "couple"],
            "children": [0, 2, 0, 99],
            "taxable_income": [40_000.0, 60_000.0, None, 1.0],
        }
    )
    found = simulate(cases, register, DAY)
    assert found.columns == ["household", "children", "taxable_income", "income_tax", "error"]
    assert found["income_tax"].to_list() == [5_103.99, 2_543.33, None, None]
    assert found["error"].to_list() == [
        None,
        None,
        "taxable_income: nothing is not an amount from 0 up, in € a year",
        "children: '99' is not a whole number from 0 to 20",
    ]


def test_columns_of_ones_own_are_kept(register: Register) -> None:
    """Names, notes and the cells as they were typed come back beside the results."""
    cases = pl.DataFrame([{"id": "a-1", **CASE, "note": "é;,", "turnover": " 30000 "}])
    found = simulate(cases, register, DAY)
    assert found.select(cases.columns).equals(cases)
    assert found.columns == [*cases.columns, *RESULTS, "error"]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("expences", "the column would not be read. Did you mean expenses?"),
        ("Expenses", "the column would not be read. Did you mean expenses?"),
        (" acre", "the column would not be read. Did you mean acre?"),
        ("Turnover", "the column would not be read. Did you mean turnover?"),
        ("taxable_income", "the column would not be read. Did you mean other_taxable_income?"),
        ("error", "a result has this name and would replace it. Rename or remove it"),
        ("contributions", "a result has this name and would replace it. Rename or remove it"),
    ],
)
def test_a_column_that_would_be_misread_is_refused(
    register: Register, column: str, said: str
) -> None:
    """A slip in a name leaves no cost out unseen, and no cell of one's own is overwritten by a result."""
    with pytest.raises(InputError) as caught:
        one(register, **{column: "1000"})
    assert str(caught.value).startswith(f"cases:1 (column {column}): {said}")


@pytest.mark.parametrize("column", ["note", "state", "start_of_contract", "turnover_2025", "Error"])
def test_a_column_of_ones_own_may_resemble_a_known_one(register: Register, column: str) -> None:
    """Only a name that is nearly that of a column which is missing is taken for a slip."""
    assert one(register, **{column: "1000"})[column] == "1000"
    assert one(register, expenses="0", expence="receipt")["expence"] == "receipt"


def test_a_table_without_rows_has_the_columns_all_the_same(register: Register) -> None:
    """Nothing in, nothing out, but a table that a program can read."""
    found = simulate(pl.DataFrame([CASE]).clear(), register, DAY)
    assert (found.height, found.columns) == (0, [*CASE, *RESULTS, "error"])


cases = st.fixed_dictionaries(
    {
        "status": st.sampled_from((*FORMS, "sarl", None)),
        "activity": st.sampled_from((*CATEGORIES, "")),
        "turnover": st.integers(-1, 300_000).map(str),
        "expenses": st.integers(0, 100_000).map(str),
        "acre": st.sampled_from(("yes", "no", None)),
        "start": st.dates(date(2025, 12, 1), date(2027, 12, 31)).map(str),
        "household": st.sampled_from(("single", "couple")),
        "children": st.integers(0, 6).map(str),
        "other_taxable_income": st.integers(0, 150_000).map(str),
    }
)


@pytest.mark.thorough
@given(st.lists(cases, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_case_alone_is_the_same_case_among_others(
    register: Register, rows: list[dict[str, str | None]]
) -> None:
    """No case depends on those beside it, nor on their order."""
    schema = dict.fromkeys(rows[0], pl.String)
    together = simulate(pl.DataFrame(rows, schema=schema), register, DAY)
    for number, row in enumerate(rows):
        alone = simulate(pl.DataFrame([row], schema=schema), register, DAY)
        assert alone.row(0) == together.row(number)


@pytest.fixture(scope="module")
def dearer(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Register:
    """Give a register in which liberal micro-enterprises pay 30 % instead of 25.6 %."""
    row = r"(micro\.contributions\.liberal,2026-01-01,,)0\.256,"
    return changed(register, tmp_path_factory.mktemp("dearer"), row, r"\g<1>0.300,")


@pytest.mark.thorough
@given(st.integers(0, 250_000), st.booleans())
@settings(deadline=None)
def test_a_higher_rate_never_leaves_more(
    register: Register, dearer: Register, turnover: int, acre: bool
) -> None:
    """When the rate of contributions rises in rules.csv, nobody's net income does."""
    cells = {"turnover": str(turnover), "acre": "yes" if acre else "no"}
    before, after = one(register, **cells), one(dearer, **cells)
    assert after["contributions"] >= before["contributions"]
    assert after["net_before_tax"] <= before["net_before_tax"]
    assert after["net_after_tax"] <= before["net_after_tax"]


def test_a_changed_rule_reaches_its_category_alone(register: Register, dearer: Register) -> None:
    """A new rate of the liberal professions moves them, and no shop."""
    assert one(dearer)["contributions"] == 9_060.0
    assert one(dearer, activity="sale") == one(register, activity="sale")
