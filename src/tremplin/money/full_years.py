"""
Many cases at once: contributions, net income and income tax of every row of a table.

Each case is a full year under the rules of its start date, ACRE included for the whole of it; the income tax is that
of the year's income, as in a report. Companies pay their whole margin as their manager's pay, and none where it is too little. Rows are grouped by what decides their rules; within a group all is vectorised.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import cast, get_args

import numpy as np
import polars as pl

from tremplin.case.arrays import Array
from tremplin.errors import InputError, Lang, Phrase, Place, Problem, render
from tremplin.law.forms import COMPANIES, FORMS, Form
from tremplin.law.income_tax import Family, Scale
from tremplin.law.lodging import as_property, is_private, social_levies
from tremplin.law.micro import micro_rates, micro_taxable
from tremplin.law.real import RealRegime
from tremplin.model.profile import Category
from tremplin.model.register import DataError, Register

INCOME_COLUMNS = ("status", "activity", "turnover")
"""Without these a table can only ask for income tax."""

TAX_COLUMNS = ("household", "children", "taxable_income")
RESULTS = ("contributions", "net_before_tax", "income_tax", "net_after_tax")
ERROR = "error"
HOUSEHOLDS = ("single", "cohabiting", "couple")
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
MOST = 1e9
"""€; more is a slip of the keyboard."""

CENTS = 2
CELL = "\0"
"""Stands for the cell while the words around it are made: no word holds it."""


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of cases is read: what it is where it is missing, and the problem of a cell that is not read."""

    name: str
    default: str | None
    code: str
    choices: tuple[str, ...] = ()

    def read(self, frame: pl.DataFrame) -> pl.Expr:
        """Give the cells as text, the default where the column or the cell is missing."""
        default = pl.lit(self.default, pl.String)
        if self.name not in frame.columns:
            return default
        text = pl.col(self.name).cast(pl.String).str.strip_chars()
        return pl.when(text.str.len_chars() > 0).then(text).otherwise(default)

    def number(self, frame: pl.DataFrame) -> pl.Expr:
        """Give the cells as numbers; a column of numbers is not written out and read again."""
        if self.name in frame.columns and frame.schema[self.name].is_numeric():
            default = None if self.default is None else float(self.default)
            return pl.col(self.name).cast(pl.Float64).fill_null(pl.lit(default, pl.Float64))
        return self.read(frame).cast(pl.Float64, strict=False)


NUMBERS = {
    "turnover": Column("turnover", None, "cases.not_an_amount"),
    "expenses": Column("expenses", "0", "cases.not_an_amount"),
    "children": Column("children", "0", "cases.not_children"),
    "children_shared": Column("children_shared", "0", "cases.not_of_the_children"),
    "other_taxable_income": Column("other_taxable_income", "0", "cases.not_an_amount"),
    "taxable_income": Column("taxable_income", None, "cases.not_an_amount"),
}
WORDS = {
    "status": Column("status", None, "cases.not_a_choice", FORMS),
    "activity": Column("activity", None, "cases.not_a_choice", get_args(Category)),
    "acre": Column("acre", "no", "cases.not_yes_or_no", tuple(YES_NO)),
    "household": Column("household", "single", "cases.not_a_household", HOUSEHOLDS),
}
START = Column("start", None, "cases.not_a_date")
MOST_CHILDREN = 20
KNOWN = (*WORDS, *NUMBERS, "start")
"""All columns that are read."""

ALIKE = 0.82
"""Names that agree as much as `expences` and `expenses` are a slip; `start` and `state` are two words."""


def is_about_income(columns: Sequence[str]) -> bool:
    """Tell whether a table asks for net income; otherwise it must ask for income tax alone."""
    return all(name in columns for name in INCOME_COLUMNS)


def column_problems(columns: Sequence[str], place: str) -> tuple[Problem, ...]:
    """
    Find the columns that would be misread: twice there, nearly a known one, or in the place of a result.

    All others are one's own and pass through. A column that is merely like a known one is one's own too where the known
    one is there; what differs from it in capitals or spaces alone is not.
    """
    income = is_about_income(columns)
    known = [name for name in KNOWN if not (income and name == "taxable_income")]
    absent = [name for name in known if name not in columns]
    results = {*(RESULTS if income else ("income_tax",)), ERROR}
    found = []
    for name in dict.fromkeys(columns):
        plain = name.strip().casefold()
        meant = [plain] if plain in known else get_close_matches(plain, absent, 1, ALIKE)
        if columns.count(name) > 1:
            code = "table.column_twice"
        elif name in results:
            code = "cases.column_of_results"
        elif meant and name not in known:
            code = "cases.column_misspelt"
        else:
            continue
        values = {"meant": meant[0]} if code == "cases.column_misspelt" else {}
        found.append(Problem.at(code, Place.of(place, line=1, column=name), **values))
    return tuple(found)


def simulate(
    cases: pl.DataFrame, register: Register, as_of: date, lang: Lang = "en"
) -> pl.DataFrame:
    """
    Compute every case.

    Args:
        cases: a row a case, all columns text or of their own types: `status, activity, turnover`, optionally `expenses,
            acre, start, household, children, children_shared, other_taxable_income`; or `household, children,
            taxable_income`, optionally `children_shared`.
        register: where the rules and Urssaf's table are.
        as_of: the start date of the cases that give none, and the day of the tax scale where tax alone is asked for.
        lang: the language of `error`.

    Returns:
        The same rows with `contributions, net_before_tax, income_tax, net_after_tax` (or `income_tax` alone) and
        `error`, which says why a row could not be computed and is empty otherwise. `income_tax` is what the project
        adds to the household's tax.

    Raises:
        InputError: a column would be misread, or a result would replace it.

    """
    if problems := column_problems(cases.columns, "cases"):
        raise InputError(*problems)
    about_income = is_about_income(cases.columns)
    family = ["household", "children", "children_shared"]
    wanted = [*family, "status", "activity", "acre", "turnover", "expenses", "other_taxable_income"]
    if not about_income:
        wanted = [*family, "taxable_income"]
    read, error = _read(cases, wanted, as_of, lang)
    columns = RESULTS if about_income else ("income_tax",)
    results = {name: np.full(cases.height, np.nan) for name in columns}
    fill = _fill_income if about_income else _fill_tax
    late_errors = fill(read.filter(error.is_null()), register, as_of, results, lang)
    found = {
        name: pl.Series(name, values).fill_nan(None).round(CENTS)
        for name, values in results.items()
    }
    error = error.to_frame().with_columns(
        pl.coalesce(ERROR, pl.Series("late", late_errors, pl.String))
        if late_errors
        else pl.col(ERROR)
    )[ERROR]
    return cases.with_columns(*found.values(), error)


def _read(
    cases: pl.DataFrame, wanted: list[str], as_of: date, lang: Lang
) -> tuple[pl.DataFrame, pl.Series]:
    """Turn cells into values, and tell for each row what is wrong with it."""
    values, sound, wrong = [pl.int_range(pl.len()).alias("row")], [], []
    for name in wanted:
        if name in WORDS:
            column = WORDS[name]
            text = column.read(cases).str.to_lowercase()
            good = text.is_in(column.choices)
            value = text
        else:
            column = NUMBERS[name]
            text = column.read(cases)
            value = column.number(cases)
            counted = name.startswith("children")
            good = value.is_between(0, MOST_CHILDREN if counted else MOST)
            if counted:
                good &= value == value.floor()
            if name == "children_shared":
                all_ = NUMBERS["children"].number(cases)
                good &= value <= all_.fill_null(MOST_CHILDREN)  # what is wrong there is told there
        values.append(value.alias(name))
        sound.append(good.fill_null(value=False))
        wrong.append(_complaint(column, text, good, lang))
    text = replace(START, default=as_of.isoformat()).read(cases)
    # A column of times shows the time of day behind its dates; anything else there is a slip.
    start = text.str.replace(r"[ T]\d{2}:\d{2}.*$", "").str.to_date("%Y-%m-%d", strict=False)
    values.append(start.alias("start"))
    if "turnover" in wanted:
        sound.append(start.is_not_null())
        wrong.append(_complaint(START, text, start.is_not_null(), lang))
    problems = pl.concat_str(wrong, separator="; ", ignore_nulls=True)
    both = cases.select(*values, pl.all_horizontal(sound).alias(ERROR))
    error = pl.repeat(None, both.height, dtype=pl.String, eager=True).alias(ERROR)
    # Words cost more than the calculation: they are put together only for the rows that need them.
    if not both[ERROR].all():
        odd = ~both[ERROR]
        told = cases.filter(odd).select(problems.alias(ERROR))[ERROR]
        error = error.scatter(odd.arg_true(), told)
    return both.drop(ERROR), error


def _complaint(column: Column, text: pl.Expr, good: pl.Expr, lang: Lang) -> pl.Expr:
    """Put into words what is wrong with cells, all of a column at once."""

    def told(value: str) -> str:
        choices = ", ".join(column.choices)
        return render(
            Problem.at(column.code, Place.of("", key=column.name), value=value, choices=choices),
            lang,
        )

    before, after = told(CELL).split(CELL)
    quoted = pl.concat_str(pl.lit(f"{before}'"), text.str.slice(0, 40), pl.lit(f"'{after}"))
    words = pl.when(text.is_null()).then(pl.lit(told(Phrase("nothing")))).otherwise(quoted)
    return pl.when(~good.fill_null(value=False)).then(words)


def _fill_tax(
    read: pl.DataFrame,
    register: Register,
    as_of: date,
    results: dict[str, Array],
    _: Lang,
) -> list[str | None]:
    """Fill in the tax of whole households."""
    scale = Scale.at(register, as_of)
    results["income_tax"][read["row"].to_numpy()] = scale.tax(
        read["taxable_income"].to_numpy(), _family(read)
    )
    return []


def _family(read: pl.DataFrame) -> Family:
    """
    Give those who are taxed together in each case: whoever is single with children is a lone parent.

    Of cohabiting partners it is the one who declares the children.
    """
    return Family(
        couple=(read["household"] == "couple").to_numpy(),
        alone=(read["household"] == "single").to_numpy(),
        children=read["children"].to_numpy(),
        shared=read["children_shared"].to_numpy(),
    )


def _fill_income(
    read: pl.DataFrame, register: Register, _: date, results: dict[str, Array], lang: Lang
) -> list[str | None]:
    """Fill in each group of cases under the same rules; give the errors of those whose rules are not known."""
    errors: dict[int, str] = {}
    for group, day in _groups(read, register):
        rows = group["row"].to_numpy()
        try:
            contributions, net, taxable, levies, scale = _group(group, register, day)
        except DataError:
            first = _first_known(group, register, day)
            errors |= {
                row: render(_not_known(start, first), lang)
                for row, start in group.select("row", "start").iter_rows()
            }
            continue
        other = group["other_taxable_income"].to_numpy()
        family = _family(group)
        tax = scale.tax(other + taxable, family) - scale.tax(other, family)
        tax = tax + levies
        for name, values in zip(RESULTS, (contributions, net, tax, net - tax), strict=True):
            results[name][rows] = values
    size = next(iter(results.values())).size
    return [errors.get(row) for row in range(size)] if errors else []


def _groups(read: pl.DataFrame, register: Register) -> Iterator[tuple[pl.DataFrame, date]]:
    """
    Split the cases by form, category, ACRE, the period of rules in which they start, and the year.

    The scale of the income tax goes by the year, also where no rule changes on 1 January.
    """
    if read.is_empty():
        return
    changes = pl.concat(
        [
            register.table("rules.csv")["valid_from"],
            register.table("rules.csv")["valid_to"].drop_nulls() + timedelta(days=1),
            pl.Series("valid_from", [date.min]),
        ]
    )
    periods = pl.DataFrame({"period": changes.unique().sort()})
    dated = read.sort("start").join_asof(periods, left_on="start", right_on="period")
    keys = ["status", "activity", "acre", "period", pl.col("start").dt.year().alias("year")]
    for _, group in dated.group_by(keys, maintain_order=True):
        yield group, cast("date", group["start"][0])


def _not_known(start: date, first: date | None) -> Problem:
    """Tell that the rules of a day are not known, and since when they are."""
    place = Place.of("", key="start")
    if first is None:
        return Problem.at("cases.rules_over", place, day=str(start))
    return Problem.at("cases.rules_not_known", place, day=str(start), first=str(first))


def _first_known(group: pl.DataFrame, register: Register, day: date) -> date | None:
    """Find the first day after `day` from which the rules of a group are known; None where there is none."""
    days = register.table("rules.csv")["valid_from"].unique().sort()
    for first in days.filter(days > day):
        with suppress(DataError):
            _group(group, register, first)
            return cast("date", first)
    return None


def _group(
    group: pl.DataFrame, register: Register, day: date
) -> tuple[Array, Array, Array, Array, Scale]:
    """
    Give contributions, net and taxable income and social levies of cases of one form, category and period, and the year's scale.

    The levies are those on a letting that is no business, which owes no contributions.
    """
    form, category = cast("Form", group["status"][0]), cast("Category", group["activity"][0])
    acre = YES_NO[group["acre"][0]]
    turnover = group["turnover"].to_numpy()
    margin = turnover - group["expenses"].to_numpy()
    scale = Scale.of_income(register, day.year)
    levies = np.zeros_like(margin)
    if form == "micro":
        rates = micro_rates(register, category, day, day, relief="acre" if acre else None)
        taxable = micro_taxable(register, category, turnover, day)
        private = is_private(register, category, turnover, taxable, day)
        due = rates.of_year(turnover) * (1 - private)
        left = margin - due
    else:
        net = RealRegime.at(register, form, category, day, acre=acre).net(margin)
        if form in COMPANIES:
            taxable = scale.after_deduction(net.taxable)
            return net.contributions, net.before_tax, taxable, levies, scale
        private = is_private(register, category, turnover, margin, day)
        net = as_property(net, private, margin)
        due, left, taxable = net.contributions, net.before_tax, net.taxable
    levies = private * social_levies(register, taxable, day)
    return due, left, taxable, levies, scale
