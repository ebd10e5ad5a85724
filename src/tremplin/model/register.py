"""The register of a data folder: figures, rules, criteria and sources that agree."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ClassVar, Protocol

import polars as pl

from tremplin.errors import InputError, Place, Problem, TremplinError
from tremplin.model import sources
from tremplin.model.checks import CHECKS, CheckRow, Told, check
from tremplin.model.criteria import read_criteria
from tremplin.model.needed import needed
from tremplin.model.rules import Rule, in_force, read_rules, rules_by_id
from tremplin.model.scalar import printable
from tremplin.model.sources import Source
from tremplin.model.statistics import Figure, figures, read_statistics
from tremplin.model.table import DataFile, Table, read_table
from tremplin.model.texts import (
    AdviceRow,
    AidRow,
    AnswerRow,
    ChangeRow,
    ConventionRow,
    DocumentRow,
    FindingRow,
    InsuranceRow,
    StepRow,
)
from tremplin.model.trades import Trades, read_trades, unknown_sources
from tremplin.model.urssaf import PayCurve, pay_curve, read_employee_cost, read_president_pay
from tremplin.model.vintage import Vintage, read_vintage

TABLES: dict[str, Callable[[Path], Table]] = {
    "statistics.csv": read_statistics,
    "rules.csv": read_rules,
    "criteria.csv": read_criteria,
    "conventions.csv": partial(read_table, schema=ConventionRow),
    "findings.csv": partial(read_table, schema=FindingRow),
    "changes.csv": partial(read_table, schema=ChangeRow),
    "advice.csv": partial(read_table, schema=AdviceRow),
    "aids.csv": partial(read_table, schema=AidRow),
    "steps.csv": partial(read_table, schema=StepRow),
    "documents.csv": partial(read_table, schema=DocumentRow),
    "insurances.csv": partial(read_table, schema=InsuranceRow),
    "answers.csv": partial(read_table, schema=AnswerRow),
    CHECKS: partial(read_table, schema=CheckRow),
    "urssaf/president_pay.csv": read_president_pay,
    "urssaf/employee_cost.csv": read_employee_cost,
}


BIBLIOGRAPHY = "sources.bib"
TRADES = "trades"
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "criteria.csv": ("question", "advice"),
    "findings.csv": ("title", "short", "meaning", "action"),
    "changes.csv": ("words",),
    "advice.csv": ("correction",),
    "steps.csv": ("detail",),
    "answers.csv": ("answer",),
}
"""The columns whose texts are templates: they ask for rules, conventions and figures by their ids."""

_ASKED = re.compile(r"""\b(rule|dated|convention|figure|best)\(\s*["']([^"']*)["']""")
_KINDS = {"rule": "rules.csv", "dated": "rules.csv", "convention": "conventions.csv"}
_ALIKE = 0.8
"""Ids that agree less are others: each figure is called nearly as the next."""


class DataError(TremplinError):
    """The data folder does not hold what a report needs."""

    exit_code: ClassVar[int] = 2
    plain: ClassVar[str] = "data.lacks"


class Lookup(Protocol):
    """Where law is read: a register, or a case, which records what it reads."""

    def rule(self, rule_id: str, at: date, *, latest: bool = False) -> Rule:
        """Give a rule as it holds on a day; raises DataError."""
        ...

    def value(self, rule_id: str, at: date, *, latest: bool = False) -> float:
        """Give the value of a rule on a day; raises DataError."""
        ...

    def convention(self, convention_id: str) -> float:
        """Give the value of a convention; raises DataError."""
        ...

    def president_pay(self) -> PayCurve:
        """Give the columns of Urssaf's table of a president's pay."""
        ...

    def employee_cost(self) -> PayCurve:
        """Give the columns of Urssaf's table of what an employee costs."""
        ...


@dataclass(frozen=True, eq=False)
class Register:
    """What a data folder says, checked: open one with `Register.open`."""

    folder: Path
    _tables: Mapping[str, Table] = field(repr=False)
    _bibliography: DataFile = field(repr=False)
    trades: Trades = field(repr=False)
    """The catalogue of trades."""
    vintage: Vintage
    """Which state of the world it is."""
    _described: DataFile = field(repr=False)

    @classmethod
    def open(cls, folder: Path) -> "Register":
        """
        Read the tables of a data folder and check them against each other.

        Raises:
            InputError: all that is wrong with the files, or with the links between them.

        """
        if not folder.is_dir():
            raise InputError.at("data.not_a_folder", folder)
        problems: list[Problem] = []
        tables: dict[str, Table] = {}
        for name, read in TABLES.items():
            try:
                tables[name] = read(folder / name)
            except InputError as error:
                problems += error.problems
        try:
            described, vintage = read_vintage(folder)
        except InputError as error:
            raise InputError(*problems, *error.problems) from None
        try:
            bibliography, keys = sources.read_keys(folder / BIBLIOGRAPHY)
        except InputError as error:
            raise InputError(*problems, *error.problems) from None
        try:
            catalogue = read_trades(folder / TRADES)
        except InputError as error:
            raise InputError(*problems, *error.problems) from None
        for table in tables.values():
            problems += _unknown_sources(table, keys)
        problems += unknown_sources(catalogue, folder / TRADES, keys)
        problems += _missing_ids(folder, tables)
        for key in sorted(needed()[BIBLIOGRAPHY] - keys):
            problems.append(Problem.at("data.source_missing", folder / BIBLIOGRAPHY, source=key))
        problems += _unknown_ids(tables)
        problems += (one.problem for one in check(tables) if one.severity == "error")
        if problems:
            raise InputError(*problems)
        return cls(folder, tables, bibliography, catalogue, vintage, described)

    def doubts(self) -> Iterator[Told]:
        """Tell what does not hold between the numbers, and does not keep a report from being made."""
        yield from check(self._tables)

    def table(self, name: str) -> pl.DataFrame:
        """Give all rows of a table by its file, such as steps.csv; of rules past and future periods too."""
        return self._tables[name].frame

    def rows(self, name: str) -> Mapping[str, dict[str, Any]]:
        """Give the rows of a table by id; of a table whose ids stand once."""
        return self._rows[name]

    def president_pay(self) -> PayCurve:
        """Give the columns of urssaf/president_pay.csv, from the smallest margin on."""
        return self._president_pay

    def employee_cost(self) -> PayCurve:
        """Give the columns of urssaf/employee_cost.csv, from the smallest gross pay on."""
        return self._employee_cost

    @cached_property
    def _rows(self) -> dict[str, dict[str, dict[str, Any]]]:
        return {
            name: {row["id"]: row for row in table.frame.iter_rows(named=True)}
            for name, table in self._tables.items()
            if "id" in table.frame.columns and name != "rules.csv"
        }

    @cached_property
    def _president_pay(self) -> PayCurve:
        return pay_curve(self.table("urssaf/president_pay.csv"), "margin")

    @cached_property
    def _employee_cost(self) -> PayCurve:
        return pay_curve(self.table("urssaf/employee_cost.csv"), "gross")

    @cached_property
    def files(self) -> dict[str, str]:
        """The SHA-256 of every file read, by its name in the folder."""
        tables = (table.file for table in self._tables.values())
        read = (*tables, self._bibliography, self._described, *self.trades.files)
        return {file.path.relative_to(self.folder).as_posix(): file.sha256 for file in read}

    def figure(self, figure_id: str) -> Figure:
        """
        Give a figure by its id, such as S01.

        Raises:
            DataError: there is none.

        """
        try:
            return self._figures[figure_id]
        except KeyError:
            raise self._unknown("data.no_figure", figure_id, self._figures) from None

    def best(self, figure_id: str) -> float:
        """
        Give the best supported value of a figure.

        Raises:
            DataError: there is no such figure, or nothing supports one.

        """
        value = self.figure(figure_id).value
        if value is None:
            raise DataError.at("data.figure_without_value", self.folder, figure=figure_id)
        return value

    def year(self, figure_id: str) -> int:
        """
        Give the year that a figure is about.

        Raises:
            DataError: there is no such figure, or it has no year.

        """
        year = self.figure(figure_id).year
        if year is None:
            raise DataError.at("data.figure_without_year", self.folder, figure=figure_id)
        return year

    def convention(self, convention_id: str) -> float:
        """
        Give the value of a convention by its id.

        Raises:
            DataError: there is none.

        """
        try:
            return self._conventions[convention_id]
        except KeyError:
            raise self._unknown("data.no_convention", convention_id, self._conventions) from None

    def rule(self, rule_id: str, at: date, *, latest: bool = False) -> Rule:
        """
        Give a rule as it holds on a day.

        Args:
            rule_id: its id, such as micro.ceiling.sale.
            at: the day.
            latest: once the last known period is over, let it stand in: the rule given does not `hold` then, and
                whoever prints it says so.

        Raises:
            DataError: there is no such rule, or it does not hold on that day.

        """
        if rule_id not in self._periods:
            raise self._unknown("data.no_rule", rule_id, self._periods)
        periods = self._periods[rule_id]
        over = latest and at > periods[-1].valid_from
        for rule in periods:
            if rule.holds(at) or (over and rule is periods[-1]):
                return rule
        raise DataError.at(
            "data.rule_not_known_then",
            self.folder / "rules.csv",
            rule=rule_id,
            day=printable(str(at)),
            known=", ".join(f"{rule.valid_from}/{rule.valid_to or ''}" for rule in periods),
        )

    def value(self, rule_id: str, at: date, *, latest: bool = False) -> float:
        """Give the value of a rule on a day; raises DataError as `rule` does."""
        return self.rule(rule_id, at, latest=latest).value

    def rules_at(self, day: date, *, latest: bool = False) -> pl.DataFrame:
        """Give the rules in force on a day; with `latest`, also those that stand in once they are over."""
        return in_force(self.table("rules.csv"), day, latest=latest)

    def to_read_again(self, before: date) -> tuple[Rule, ...]:
        """Give the rules whose sources were to be read again before a day: the last period of each, the others are history."""
        last = (periods[-1] for periods in self._periods.values())
        return tuple(rule for rule in last if rule.review_by < before)

    def source(self, key: str) -> Source:
        """
        Give a source by its key, such as insee_ip2070.

        Raises:
            DataError: there is none.
            InputError: sources.bib cannot be parsed.

        """
        try:
            return self._sources[key]
        except KeyError:
            raise self._unknown("data.no_source", key, self._sources) from None

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        return figures(self._tables["statistics.csv"])

    @cached_property
    def _conventions(self) -> dict[str, float]:
        return dict(self.table("conventions.csv").select("id", "value").iter_rows())

    @cached_property
    def _periods(self) -> dict[str, list[Rule]]:
        return rules_by_id(self._tables["rules.csv"])

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return sources.parse(self._bibliography)

    def _unknown(self, code: str, name: str, known: Iterable[str]) -> DataError:
        """Name what is not there and what comes close to it."""
        close = get_close_matches(name, list(known), 3)
        return DataError.at(code, self.folder, name=repr(name), meant=", ".join(close) or None)


def _unknown_sources(table: Table, keys: frozenset[str]) -> Iterator[Problem]:
    """Find the sources that sources.bib does not hold."""
    if "source" not in table.frame.columns:
        return
    for row, cell in enumerate(table.frame["source"]):
        for key in (cell or "").split(";"):
            if key and key not in keys:
                meant = next(iter(get_close_matches(key, keys, 1)), None)
                yield table.problem(
                    "data.no_such_source", row, "source", source=repr(key), meant=meant
                )


def _missing_ids(folder: Path, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Find the ids that reports ask for and that a table does not have."""
    for name, ids in needed().items():
        if name not in tables:
            continue  # it could not be read, and that is told
        there = list(tables[name].frame["id"])
        own = [id_ for id_ in there if id_ not in ids]
        for id_ in sorted(ids - set(there)):
            close = get_close_matches(id_, own, 1, _ALIKE)
            line = tables[name].lines[there.index(close[0])] if close else None
            yield Problem.at(
                "data.id_missing",
                Place.of(folder / name, line=line, column="id"),
                id=id_,
                meant=next(iter(close), None),
            )


def _unknown_ids(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Find the ids that a text of the register asks for and that no table has."""
    for name, columns in TEMPLATES.items():
        for column in columns if name in tables else ():
            for row, text in enumerate(tables[name].frame[column]):
                for kind, id_ in _ASKED.findall(text):
                    other = tables.get(_KINDS.get(kind, "statistics.csv"))
                    if other is not None and id_ not in other.frame["id"]:
                        close = get_close_matches(id_, other.frame["id"].to_list(), 1, _ALIKE)
                        yield tables[name].problem(
                            "data.no_such_id",
                            row,
                            column,
                            id=repr(id_),
                            table=other.file.path.name,
                            meant=next(iter(close), None),
                        )
