"""
The report as a notebook sees it: open it once, then say, draw and conclude.
"""

from datetime import date
from typing import Any

from tremplin.assessment import results
from tremplin.assessment.subjects import open_register
from tremplin.case import Case
from tremplin.errors import InputError
from tremplin.law.trades import is_reckoned
from tremplin.model.brand import Brand, load_brand
from tremplin.model.find import find
from tremplin.model.profile import load_profile
from tremplin.notebook.display import show_chart, show_markdown, show_results
from tremplin.notebook.facts import Facts
from tremplin.notebook.prose import Markdown, fill, unescaped

BRAND = "reports/_brand.yml"


class Silence:
    """Says and draws nothing: what a report would say would be wrong."""

    def say(self, template: str) -> None:
        """Print nothing."""

    def choose(self, outcome: str, *, before: str = "", after: str = "", **texts: str) -> None:
        """Print nothing."""

    def draw(self, chart: Any, alt: str) -> None:  # noqa: ANN401 - as a report has it
        """Show nothing."""


class Report:
    """One person's findings with the means to put them into words and charts."""

    def __init__(self, case: Case, brand: Brand) -> None:
        self.case = case
        self.brand = brand
        self.facts = Facts(case)
        # All is worked out before the first word, so that what a chapter says of the whole does not depend on the others.
        self._named = self.facts.named()

    @classmethod
    def open(cls, profile: str, data: str, as_of: str) -> "Report":
        """
        Read all inputs and assess the person.

        Args:
            profile: the profile's path, from the working folder or one above it.
            data: the folder of the register, likewise.
            as_of: the date of the report, ISO.

        Raises:
            InputError: one of them is wrong.

        """
        try:
            day = date.fromisoformat(as_of)
        except (TypeError, ValueError):  # papermill makes a number of 20261122
            raise InputError.at("option.not_a_date", "as_of", value=repr(as_of)) from None
        register = open_register(find(data))
        return cls(Case(load_profile(find(profile)), register, day), load_brand(find(BRAND)))

    @property
    def figures(self) -> "Report | Silence":
        """What rests on amounts: this report, or silence where those of the trade are not reckoned."""
        return self if is_reckoned(self.case) else Silence()

    def say(self, template: str) -> None:
        """Print a paragraph, a list or a table: Markdown with the person's facts filled in."""
        show_markdown(fill(template, self._named))

    def choose(self, outcome: str, *, before: str = "", after: str = "", **texts: str) -> None:
        """
        Print the text of an outcome: a template for each that there is, empty where nothing is to be said.

        Args:
            outcome: one of the names that an answer can have, such as found.outcomes.acre.
            before: a template that opens every text but an empty one.
            after: a template that closes it.
            texts: the templates by outcome. `make check` tells which outcome has none.

        """
        if texts[outcome]:
            parts = (fill(part, self._named) for part in (before, texts[outcome], after))
            show_markdown(Markdown("\n\n".join(part for part in parts if part)))

    def fill(self, template: str) -> str:
        """Fill a template without printing it, for the title of a chart: plain text."""
        return unescaped(fill(template, self._named))

    def draw(self, chart: Any, alt: str) -> None:  # noqa: ANN401 - altair has no common chart type
        """Show a chart; `alt` is a template for the sentence that says what it shows."""
        show_chart(chart, self.fill(alt))

    def conclude(self) -> None:
        """Leave the results of the whole report as data."""
        show_results(results(self.case))
