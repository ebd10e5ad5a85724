"""
A portfolio as its notebook sees it: open it once, then say and draw.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from tremplin.assessment.subjects import open_register
from tremplin.errors import InputError, Place
from tremplin.model.brand import Brand, load_brand
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.delivered import Failure, read_failures, read_names, read_results
from tremplin.model.find import find
from tremplin.model.register import Register
from tremplin.model.results import Results
from tremplin.notebook import phrases, words
from tremplin.notebook.charts import headcounts as charts
from tremplin.notebook.display import show_chart, show_markdown
from tremplin.notebook.helpers import badge
from tremplin.notebook.prose import Markdown, escape, fill, unescaped
from tremplin.notebook.report import BRAND
from tremplin.statistics.portfolio import Group, PortfolioFindings

MOST_ROWS = 30
"""Rows of a table that the table of all people repeats: what is left out is said, and stands there."""
MOST_PLACES = 4
"""Places of errors that a table names for one person."""


class Portfolio:
    """The findings on many people with the means to put them into words and charts."""

    def __init__(  # noqa: PLR0913, PLR0917 - what `open` reads
        self,
        results: tuple[Results, ...],
        register: Register,
        names: dict[str, str],
        failures: tuple[Failure, ...],
        brand: Brand,
        as_of: date,
    ) -> None:
        self.found = PortfolioFindings(results, register, as_of)
        self.names = names
        self.failures = failures
        self.brand = brand
        self.named = self._context()

    @classmethod
    def open(cls, reports: str, people: str, failures: str, data: str, as_of: str) -> "Portfolio":
        """
        Read the results of all reports.

        Args:
            reports: the folder of the reports, from the working folder or one above it.
            people: a CSV of names by id, likewise; nothing where ids are to be shown.
            failures: a CSV of who has no report and why, likewise; nothing where nobody failed.
            data: the folder of the register, likewise.
            as_of: the date of the portfolio, ISO.

        Raises:
            InputError: one of them is wrong.
            DataError: a finding of the reports has no words.

        """
        try:
            day = date.fromisoformat(as_of)
        except (TypeError, ValueError):  # papermill makes a number of 20261122
            raise InputError.at("option.not_a_date", "as_of", value=repr(as_of)) from None
        register = open_register(find(data))
        return cls(
            read_results(find(reports)),
            register,
            read_names(find(people)) if people else {},
            read_failures(find(failures)) if failures else (),
            load_brand(find(BRAND)),
            day,
        )

    def say(self, template: str) -> None:
        """Print a paragraph, a list or a table: Markdown with the facts filled in."""
        show_markdown(fill(template, self.named))

    def fill(self, template: str) -> str:
        """Fill a template without printing it, for the title of a chart: plain text."""
        return unescaped(fill(template, self.named))

    def draw(self, chart: Any, alt: str) -> None:  # noqa: ANN401 - altair has no common chart type
        """Show a chart, or nothing where there is none; `alt` is a template for the sentence that says what it shows."""
        if chart:
            show_chart(chart, self.fill(alt))

    def draw_groups(
        self,
        groups: Sequence[Group],
        *,
        title: str,
        names: Mapping[str, str],
        alt: str,
        colours: Mapping[str, str] | None = None,
    ) -> None:
        """Show how many people are in each group, or nothing where there is none; `title` and `alt` are templates."""
        if groups:
            count = self.found.count
            bars = charts.groups(
                groups, count, self.brand, self.fill(title), names=names, colours=colours
            )
            self.draw(bars, alt)

    @property
    def medians(self) -> dict[str, float]:
        """The median score by dimension, and of all together."""
        return {one: self.found.spread(f"score_{one}").middle for one in (*DIMENSIONS, "overall")}

    @property
    def risks(self) -> tuple[str, ...]:
        """The classes of the chance that cash runs out, in words."""
        return phrases.risk_classes(*self.found.risk_classes)

    @cached_property
    def short(self) -> dict[str, str]:
        """The short names of blockers and warnings, with the numbers of the law on the portfolio's day."""
        law = {"rule": lambda rule: self.found.register.value(rule, self.found.as_of)}
        named = self.found.register.table("findings.csv").select("id", "short")
        return {id_: str(fill(name, law)) for id_, name in named.iter_rows()}

    def person(self, id_: str) -> Markdown:
        """Name someone, as a link to the report, which lies in the folder beside."""
        return Markdown(f"[{self._name(id_)}]({id_}/{id_}.html)")

    def _name(self, id_: str) -> Markdown:
        return Markdown(escape(self.names.get(id_, id_)))

    def _context(self) -> dict[str, Any]:
        """Name what templates may use."""
        found = self.found
        have = set(found.people["id"])
        return {
            "found": found,
            "count": found.count,
            "verdict": {one.id: one.count for one in found.verdicts},
            "readiness": {one.id: one.count for one in found.readiness},
            "people": _rows(found.people),
            "blocked": _rows(found.blocked),
            "ready": _rows(found.ready),
            "deadlines": _rows(found.deadlines),
            "rights": _rows(found.rights),
            "short": self.short,
            "failures": self.failures,
            "before": {one.id for one in self.failures if one.id in have},
            "as_of": found.as_of,
            "soon": found.soon_days,
            "most": MOST_ROWS,
            "spread": found.spread,
            "medians": self.medians,
            "pass_mark": found.pass_mark,
            "risks": self.risks,
            "risk_high": found.risk_classes[0],
            "dimensions": DIMENSIONS,
            "words": words,
            "person": self.person,
            "failed_name": self._name,
            "badge": badge,
            "short_day": short_day,
            "places": places,
        }


def places(found: Sequence[Place]) -> Markdown:
    """
    Say where someone's data are wrong: what is wrong there is told in the list of failures.

    >>> places([Place(line=12, key="employment.net_salary"), Place(key="project.start")])
    'ligne 12, `employment.net_salary` ; `project.start`'
    """
    told = (
        ([f"ligne {place.line}"] if place.line else []) + ([f"`{place.key}`"] if place.key else [])
        for place in found
    )
    named = list(dict.fromkeys(", ".join(words) for words in told if words))
    return Markdown(" ; ".join(named[:MOST_PLACES]) + (" …" if named[MOST_PLACES:] else "") or "—")


def short_day(value: date) -> str:
    """
    Set a date in figures, for the column of a table.

    >>> short_day(date(2026, 12, 3))
    '03/12/2026'
    """
    return f"{value:%d/%m/%Y}"


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return list(frame.iter_rows(named=True))
