"""
The report as a notebook sees it: open it once, then say, draw and conclude.
"""

from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Any

from tremplin.analysis.acre import acre_to_verify
from tremplin.analysis.assessment import Assessment, assess
from tremplin.analysis.categories import ceiling_kind, tax_kind
from tremplin.analysis.context import Creations, Share, creations_by_form, shares
from tremplin.analysis.contract import employed_at_start, has_left
from tremplin.analysis.evidence import consistency
from tremplin.analysis.income.micro import acre_rate
from tremplin.analysis.job import contract_ends
from tremplin.analysis.pocket import Pocket, pocket
from tremplin.analysis.simulator import Simulator
from tremplin.analysis.unemployment import PAID_EXITS, durations, near_pension, worked_enough
from tremplin.errors import InputError
from tremplin.model.brand import Brand, load_brand
from tremplin.model.criteria import DIMENSIONS
from tremplin.model.find import find
from tremplin.model.profile import Profile, load_profile
from tremplin.model.register import Register
from tremplin.notebook import phrases, words
from tremplin.notebook.display import show_chart, show_markdown, show_results
from tremplin.notebook.prose import Markdown, escape, fill
from tremplin.notebook.provenance import inputs, versions

BRAND = "reports/_brand.yml"


class Report:
    """One person's findings with the means to put them into words and charts."""

    def __init__(self, profile: Profile, register: Register, brand: Brand, as_of: date) -> None:
        self.profile = profile
        self.register = register
        self.brand = brand
        self.assessment: Assessment = assess(profile, register, as_of)
        self.simulator = Simulator(self.assessment, register)
        self._facts = self._context()

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
        return cls(
            load_profile(find(profile)), Register.open(find(data)), load_brand(find(BRAND)), day
        )

    def say(self, template: str) -> None:
        """Print a paragraph, a list or a table: Markdown with the person's facts filled in."""
        show_markdown(fill(template, self._facts))

    def fill(self, template: str) -> str:
        """Fill a template without printing it, for the title of a chart: plain text."""
        return unescaped(fill(template, self._facts))

    def draw(self, chart: Any, alt: str) -> None:  # noqa: ANN401 - altair has no common chart type
        """Show a chart; `alt` is a template for the sentence that says what it shows."""
        show_chart(chart, self.fill(alt))

    @property
    def creations(self) -> tuple[Creations, ...]:
        """Creations by form, of two years."""
        return creations_by_form(self.register)

    @property
    def shares(self) -> tuple[Share, ...]:
        """Shares of creators, and whether the person belongs to each group."""
        return shares(self.profile, self.register, self.assessment.as_of)

    @property
    def milestones(self) -> list[tuple[date, str]]:
        """The dates that count between contract and project, in words."""
        return [(when, words.MILESTONE[what]) for when, what in self.assessment.milestones]

    def _form_name(self, form: str) -> str:
        """Name a form as it is called for one founder, or for several."""
        project = self.profile.project
        shared = project.partners > 0 or project.seeks_investors
        return (words.FORM_SHARED if shared else words.FORM).get(form, words.FORM[form])

    @property
    def pocket(self) -> Pocket:
        """The way of the second year's turnover in the form recommended."""
        return pocket(self.profile, self.assessment.finances.forms.best, 2)

    def conclude(self) -> None:
        """Leave the results of the whole report as data."""
        show_results(self.assessment.results())

    def _context(self) -> dict[str, Any]:
        """Name what templates may use: the profile's sections, the findings, and the register's figures."""
        profile, found, register = self.profile, self.assessment, self.register
        start, ends = profile.project.start, contract_ends(profile, register)
        is_registered = "registration" in profile.project.preparation.documents

        def rule(name: str) -> float:
            return register.value(name, at=start)

        return {
            "profile": profile,
            "person": profile.person,
            "household": profile.household,
            "employment": profile.employment,
            "clauses": profile.employment.clauses,
            "project": profile.project,
            "preparation": profile.project.preparation,
            "financing": profile.financing,
            "health": profile.health,
            "transition": profile.transition,
            "found": found,
            "week": found.week,
            "forms": found.finances.forms,
            "form": found.finances.forms.best,
            "thresholds": found.finances.thresholds,
            "scenarios": found.finances.scenarios,
            "plan": found.finances.financing,
            "risk": found.finances.risk,
            "timing": found.finances.timing,
            "simulator": self.simulator,
            "leave": found.leave,
            "employed": employed_at_start(profile),
            "has_left": has_left(profile, found.as_of),
            "is_registered": is_registered,
            "under_way": is_registered or start <= found.as_of,
            "has_started": is_registered and start <= found.as_of,
            "worked_enough": worked_enough(profile, register, ends),
            "acre_to_verify": acre_to_verify(profile, register, found.as_of),
            "near_pension": near_pension(profile, register),
            "scores": found.scores,
            "as_of": found.as_of,
            "contract_end": profile.contract_end,
            "age": profile.person.age_at(start),
            "shares": self.shares,
            "creations": self.creations,
            "register": register,
            "rule": rule,
            "figure": register.figure,
            "best": register.best,
            "words": words,
            "phrases": phrases,
            "form_name": self._form_name,
            "pocket": self.pocket,
            "durations": {
                exit_: durations(register, exit_, ends, max(ends, start)) for exit_ in PAID_EXITS
            },
            "acre_rate": acre_rate(register, profile.project.category, start, start),
            "tax_kind": tax_kind(profile.project.category),
            "household_taxes": found.finances.household_taxes,
            "cite": cite,
            "badge": badge,
            "id": Markdown,
            "yes_no": yes_no,
            "dimensions": DIMENSIONS,
            "weakest": found.weakest,
            "milestones": self.milestones,
            "checks": {check.id: check for check in consistency(register)},
            "statistics": register.figures.iter_rows,
            "rules": register.rules_at(start, latest=True).iter_rows,
            "inputs": inputs(profile, register),
            "versions": versions(),
            "pairs": pairs,
            "ceiling_kind": ceiling_kind(profile.project.category),
            "support": profile.support,
        }


def pairs(
    left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]]
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Put two lists side by side, the shorter one filled up with nothing."""
    return list(zip_longest(left, right, fillvalue=("", "")))


def badge(text: str, kind: str) -> Markdown:
    """Set a word as a badge: its colour repeats what the word says."""
    return Markdown(f"[{escape(text)}]{{.badge .{kind}}}")


def yes_no(good: bool, text: str) -> Markdown:  # noqa: FBT001 - templates have no keyword to spare
    """Set an answer as a badge, good or not."""
    return badge(text, "met" if good else "unmet")


def cite(keys: str) -> Markdown:
    """
    Cite one or more sources by their keys, as the register writes them: `a;b` gives `[@a; @b]`.

    >>> str(cite("insee_ip2070;insee_ip2069"))
    '[@insee_ip2070; @insee_ip2069]'
    """
    if not keys:
        return Markdown("")
    return Markdown("[" + "; ".join(f"@{key.strip()}" for key in keys.split(";")) + "]")


def unescaped(text: Markdown) -> str:
    """Take back the escapes of Markdown, for text that no Markdown reader will see."""
    plain, skip = [], False
    for char in text:
        if char == "\\" and not skip:
            skip = True
            continue
        plain.append(char)
        skip = False
    return "".join(plain)
