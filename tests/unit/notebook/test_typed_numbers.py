"""
No number of law or convention is typed where readers or calculations would keep it when the register changes.

What is typed is looked for in the source of every text and module, in branches that no example person takes too. The labels,
notes and reasons of `rules.csv` and `conventions.csv` are left out: whoever changes a value has them in the same row or table.
"""

import ast
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

import pytest
from jinja2 import Environment, TemplateError, nodes
from tests.conftest import ROOT

from tremplin.model.register import Register
from tremplin.notebook.words import NUMBERS

pytestmark = pytest.mark.thorough

LIBRARY = ROOT / "src/tremplin"
RECKONING = ("case", "law", "person", "money", "assessment", "statistics")
SPEAKING = (*RECKONING, "notebook", "model/profile")
"""The rooms of the library whose strings readers may see; what the last one reckons with sets type and draws."""
TEXTS = {
    "findings.csv": ("title", "short", "meaning", "action"),
    "criteria.csv": ("question", "advice"),
    "advice.csv": ("claim", "correction"),
    "steps.csv": ("label", "detail"),
    "answers.csv": ("question", "answer"),
    "documents.csv": ("label", "why"),
    "insurances.csv": ("label", "why", "duty"),
}
SPELT = {word: number for number, word in enumerate(NUMBERS) if number} | {
    "une": 1,
    "quinze": 15,
    "dix-huit": 18,
    "vingt": 20,
    "vingt-quatre": 24,
    "vingt-six": 26,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "cinquante-cinq": 55,
    "cinquante-sept": 57,
    "soixante": 60,
    "quatre-vingt-dix": 90,
    "cent": 100,
}
NOUNS = {
    "ans?|années?": "years",
    "mois": "months",
    "jours?": "days",
    "semaines?": "weeks",
    "heures?|h": "hours",
    "minutes?": "minutes",
    "trimestres?": "quarters",
    "salariés?": "employees",
    "clients?": "clients",
    "versements?": "count",
    "€|euros?": "EUR",
    "%": "share",
}
FRACTIONS = {
    "moitiés?|mi-temps|demie?": 0.5,
    "(?:un|le) tiers": 0.333333,
    "quarts?": 0.25,
    "trois quarts": 0.75,
    "cinquième": 0.2,
    "dixième": 0.1,
}
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
COUNT = rf"(?:\d[\d\u202f\u00a0 ]*(?:,\d+)?|{'|'.join(sorted(SPELT, key=len, reverse=True))})"
COUNTED = re.compile(
    rf"(?<![\w,-])({COUNT})[ \u00a0](?:premi\w+ |derni\w+ |deuxième )?({'|'.join(NOUNS)})(?!\w)",
    re.IGNORECASE,
)
FRACTION = re.compile(rf"(?<![\w-])({'|'.join(FRACTIONS)})(?![\w-])", re.IGNORECASE)
DATED = re.compile(
    rf"(?:(\d{{1,2}})(?:er)?[ \u00a0])?(?:({'|'.join(MONTHS)})[ \u00a0])?(?<!\d)(20\d\d)(?![\d-])"
)
BARE = re.compile(r"(?<![\w,.«-])(?<!« )(\d{2,}(?:,\d+)?)(?![\w,-])(?! ?[%€])")
YEAR = re.compile(r"20\d\d")
ID = re.compile(r"[\w.;{}/:#-]*")
"""A string without a space: no text."""
PLAIN = frozenset({0, 1, 2, 100})
"""Numbers that nobody takes for a rule."""
T = TypeVar("T")
SENTENCE = re.compile(r"(?<=[.!?;|])\s+|\n")

ALLOWED = {
    r"(?:[Ss]ur|en|pendant|dans(?: les)?|pas avant|tient-elle|moins de|les) deux ans": "a report looks at two years",
    r"(?i:vingt-quatre) (?:premiers )?mois": "idem",
    r"deux premières années": "idem",
    r"[àÀ] (?:1|3|5|trois|cinq) ans?\b": "the age at which a figure counts businesses",
    r"avant cinq ans": "a popular claim, told to be wrong",
    r"(?:## T|sur t|donnent t)rois ans": "what a bank wants to see",
    r"un mois ordinaire": "a month, not a rule's",
    r"va jusqu’à 10 000 €": "idem",
    r"La moitié des entreprises|de moitié pendant un an": "idem",
    r"2002 et 2006": "generations of businesses",
    r"moins de 1 000 €": "what the figure A60 counts",
    r"trois mois(?:, un budget| au moins)|trois derniers mois|retardé d’un mois|[Uu]ne heure (?:par mois|de formation)": "advice",
    r"un cinquième plus basses": "advice",
    r"Une seule année|au bout d’un an|d’une année (?:à l’autre|suivante)": "no rule's year",
    r"un mois où|sous un mois de charges|\bmoins d’un (?:an|mois)": "below one, or an article",
    r"plus de cinq ans": "what is too far to be reckoned",
    r"douze mois pareils": "a year",
    r"plus de deux semaines|deux semaines pleines": "advice",
    r"d’un tiers|à un tiers": "somebody else",
    r"[Ll]a moitié des (?:projets|personnes)|[Qq]uart (?:inférieur|supérieur|des)": "medians and quartiles",
    r"\d 000 à \d+ 000 €|[<≥] 5 000 €|50 000 € et plus|Moins de 5 000 €": "classes of a chart",
    r"« en partie » la moitié": "what an answer in part counts",
    r"pour moitié|la moitié par quart de part|un quart de part": "what the parts of the family quotient are",
    r"deux moitiés|à mi-temps": "said only where the rule says so",
    r"^(?:la moitié|un tiers|un quart|les trois quarts)$": "how fractions are said",
    r"1er janvier 2026 signale": "what data/README.md says of rules whose first day was not found",
    r"sur 100|/ 100": "a whole",
    r"u202[0-9]": "characters",
    r"pour un mois complet": "an article",
    r"^ACRE terminée|ACRE, et s’est-elle terminée": "what the profile's key asks, acre_in_last_3_years",
    r"le dixième de la plus grosse part": "what the profile's key asks, applicants_share",
}
"""Typed words that say a number of the register by chance, by the sentence around them, and why they may stay."""

IN_TEMPLATES = {
    ("00-essentials", 4): "the first warnings",
    ("00-essentials", 5): "idem, and one more",
    ("01-summary", 4): "how far a block is set in",
    ("03-contract", 0.5): "a half has a word of its own",
    ("04-legal-form", 10): "rounded to tens of €",
    ("04-legal-form", 12): "months of a year",
    ("05-time", 3): "the number of a step",
    ("05-time", 4): "the number of a step",
    ("07-risk", 0.5): "less than a euro",
    ("07-risk", 3): "years of a figure",
    ("07-risk", 5): "years of a figure",
    ("09-detail", 3): "years of a figure",
    ("09-detail", 5): "years of a figure",
    ("09-detail", 60): "months that are too far to be reckoned",
    ("09-detail", 1000): "thousands",
    ("portfolio", 10): "rows of a chart",
}
"""Numbers with which the code of a chapter or its templates reckons, likewise."""

IN_CODE: Mapping[str, tuple[set[float], str]] = {
    "assessment/conclusion.py": ({5}, "how many next actions are shown"),
    "assessment/differences.py": ({20}, "how many answers are tried alone"),
    "assessment/formalities.py": ({7}, "days of a week"),
    "assessment/results.py": ({4}, "decimals"),
    "case/dates.py": ({3}, "months of a quarter"),
    "case/declared.py": ({0.5}, "what an answer in part counts"),
    "case/months.py": ({12, 24}, "months of a year, and those that are looked at"),
    "law/income_tax.py": ({4}, "how many brackets there are, each a rule"),
    "law/employee.py": ({12, 35}, "months of a year, and the week of the table"),
    "law/benefit.py": ({0.5}, "rounding"),
    "law/micro.py": ({0.5, 9, 12, 1000}, "rounding, and months of a year"),
    "law/president.py": ({12}, "rounds of a reckoning"),
    "law/registration.py": ({12}, "the last month of a year"),
    "law/self_employed.py": ({6}, "how many steps of a rate there are, each a rule"),
    "money/welfare.py": ({3}, "months of a quarter"),
    "money/full_years.py": ({20, 40}, "the most children of a case, and letters of a message"),
    "money/draws.py": (
        {0.05, 0.25, 0.5, 0.75, 3, 6, 9, 12, 18, 24, 5000},
        "quantiles, months and draws of the simulation",
    ),
    "money/left.py": (
        {0.25, 0.5, 0.75, 1.25, 1.5},
        "quartiles, and parts of the turnover on which the tax is reckoned",
    ),
    "money/piecewise.py": ({0.3}, "where a curve is looked at"),
    "money/reserve.py": ({120.0}, "months that are too far to be reckoned"),
    "money/scenarios.py": ({0.02}, "what is nearly the same"),
    "money/simulator/__init__.py": (
        {0.2, 0.5, 0.75, 1.1, 1.25, 1.5, 3, 5.0, 10, 60.0, 90.0, 10_000, 50_000, 300_000},
        "steps and ends of the sliders",
    ),
    "money/simulator/curves.py": ({0.002, 5.0, 20.0, 24}, "how finely a curve is drawn"),
    "money/survival.py": ({3, 5}, "the ages at which a figure counts businesses"),
    "person/timetable.py": ({3, 5, 6.0, 7, 9.0, 20.0, 24.0}, "days and hours of a week"),
    "person/week.py": ({4, 60.0}, "decimals, and minutes of an hour"),
    "statistics/portfolio.py": (
        {0.25, 0.5, 0.75, 0.01, 10, 12, 24, 5_000.0, 10_000.0, 50_000.0},
        "quartiles, classes and years",
    ),
}
"""Numbers with which a module reckons, likewise."""


class Typed(NamedTuple):
    """A number of the register that is typed."""

    place: str
    words: str
    around: str
    id: str


class Known:
    """The values of the register, by unit."""

    def __init__(self, register: Register) -> None:
        self.values: dict[str, dict[float, str]] = {}
        self.days: dict[date, str] = {}
        for row in register.table("rules.csv").iter_rows(named=True):
            self._add(row["id"], row["value"], row["unit"])
            for day in (row["valid_from"], row["valid_to"]):
                self.days |= {day: row["id"]} if day else {}
        for row in register.table("conventions.csv").iter_rows(named=True):
            self._add(row["id"], row["value"], row["unit"])

    def _add(self, id_: str, value: float, unit: str) -> None:
        """Take up a value: an amount, hours or days of whatever, and a year as twelve months."""
        said = [(unit.split("/", maxsplit=1)[0], value)]
        said += [("months", 12 * value)] if unit == "years" else []
        said += [("years", value / 12)] if unit == "months" else []
        for name, number in said:
            self.values.setdefault(name, {}).setdefault(number, id_)

    def of_any_unit(self, number: float) -> str | None:
        """Name a row with that value, or with that percentage."""
        for unit, values in self.values.items():
            scaled = round(number / 100, 6) if unit == "share" else number
            for one in (number, scaled):
                if one in values:
                    return values[one]
        return None

    def in_words(self, sentence: str) -> Iterator[tuple[str, str]]:
        """Find counts, shares and dates of the register in a sentence: what is said, and the row that has it."""
        for match in COUNTED.finditer(sentence):
            unit = _matching(NOUNS, match[2])
            number = _number(match[1])
            values = self.values.get(unit, {})
            if (number := number / 100 if unit == "share" else number) in values:
                yield match[0], values[number]
        for match in FRACTION.finditer(sentence):
            share = _matching(FRACTIONS, match[1])
            if share in self.values["share"]:
                yield match[0], self.values["share"][share]
        for match in DATED.finditer(sentence):
            of_month, month, year = match.groups()
            for day, id_ in self.days.items():
                same = month in {None, MONTHS[day.month - 1]} and of_month in {None, str(day.day)}
                if day.year == int(year) and same:
                    yield match[0], id_
                    break

    def in_figures(self, sentence: str) -> Iterator[tuple[str, str]]:
        """Find values of the register in figures without a unit."""
        for match in BARE.finditer(sentence):
            if not YEAR.fullmatch(match[1]) and (id_ := self.of_any_unit(_number(match[1]))):
                yield match[0], id_


def _matching(table: Mapping[str, T], word: str) -> T:
    """Look up a word by the patterns of a table."""
    return next(one for pattern, one in table.items() if re.fullmatch(pattern, word, re.IGNORECASE))


def _number(words: str) -> float:
    """Read a number in words or figures."""
    spelt = SPELT.get(words.lower())
    return spelt or float(re.sub(r"[\u00a0\u202f ]", "", words).replace(",", "."))


def constants(source: str) -> Iterator[str | float]:
    """Give the strings and numbers of Python code, docstrings left out."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told:
            value = node.value
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                yield value


def pieces(text: str) -> Iterator[str | float]:
    """Take a template apart: what is printed as it stands, and the strings and numbers of its code."""
    try:
        parsed = compiler().parse(text)
    except TemplateError:  # no template
        yield text
        return
    for node in parsed.find_all((nodes.TemplateData, nodes.Const)):
        if isinstance(node, nodes.TemplateData):
            yield node.data
        elif isinstance(node, nodes.Const):
            yield node.value


@cache
def compiler() -> Environment:
    """Give what takes templates apart; which filters there are is not its matter."""
    return Environment(autoescape=False)  # noqa: S701 - nothing is filled


def chapters() -> Iterator[tuple[str, str | float]]:
    """Give all that the notebooks say or reckon with, by notebook."""
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield file.stem, source
            elif cell["cell_type"] == "code" and not cell["metadata"].get("tags"):
                yield from ((file.stem, value) for value in constants(source))
                yield from ((file.stem, line) for line in source.split("\n") if line[:2] == "#|")


def tables() -> Iterator[tuple[str, str]]:
    """Give the texts of the register, by table and row."""
    for name, columns in TEXTS.items():
        with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((f"{name} {row['id']}", row[column]) for column in columns)


def modules(rooms: Iterable[str]) -> Iterator[tuple[str, str | float]]:
    """Give the strings and numbers of the library's code, by module."""
    for room in rooms:
        for file in sorted((LIBRARY / room).rglob("*.py")):
            place = file.relative_to(LIBRARY).as_posix()
            yield from ((place, value) for value in constants(file.read_text("utf-8")))


def said(known: Known) -> Iterator[Typed]:
    """Find the numbers of the register that texts say."""
    readable = [(*one, True) for one in (*chapters(), *tables())]
    for place, text, figures in (*readable, *((*one, False) for one in modules(SPEAKING))):
        if not isinstance(text, str) or ID.fullmatch(text):
            continue
        for piece in pieces(text):
            if not isinstance(piece, str) or ID.fullmatch(piece):
                continue
            for sentence in SENTENCE.split(piece):
                found = [*known.in_words(sentence)]
                found += known.in_figures(sentence) if figures else []
                yield from (Typed(place, words, sentence.strip(), id_) for words, id_ in found)


def numbers(values: Iterable[tuple[str, str | float]]) -> Iterator[tuple[str, float]]:
    """Find the numbers with which code reckons, in the templates among its strings too."""
    for place, value in values:
        for part in pieces(value) if isinstance(value, str) and "{" in value else [value]:
            if isinstance(part, int | float) and not isinstance(part, bool) and part not in PLAIN:
                yield place, part


def in_chapters(known: Known) -> set[tuple[str, float]]:
    """Find the numbers of the register with which the chapters reckon."""
    return {one for one in numbers(chapters()) if known.of_any_unit(one[1])}


def in_code(known: Known) -> set[tuple[str, float]]:
    """Find the numbers of the register with which the calculations reckon."""
    there = {value for values in known.values.values() for value in values}
    return {one for one in numbers(modules(RECKONING)) if one[1] in there}


@pytest.fixture(scope="module")
def known(register: Register) -> Known:
    """Give the values of our own register."""
    return Known(register)


def test_no_text_types_a_number_of_the_register(known: Known) -> None:
    """Whoever changes a rule or a convention finds the new number everywhere, in branches that few people reach too."""
    # Take what is found from the register, with in_words(rule(…), …), or say in ALLOWED why it may stay.
    stale = [one for one in said(known) if not any(re.search(why, one.around) for why in ALLOWED)]
    assert stale == []


def test_no_code_reckons_with_a_number_of_the_register(known: Known) -> None:
    """A calculation or a condition follows the register, and has no copy of its numbers."""
    allowed = {(place, value) for place, (values, _) in IN_CODE.items() for value in values}
    assert in_chapters(known) - set(IN_TEMPLATES) == set()
    assert in_code(known) - allowed == set()


def test_no_exception_has_become_needless(known: Known) -> None:
    """The lists of exceptions tell only what is still there."""
    around = [one.around for one in said(known)]
    allowed = {(place, value) for place, (values, _) in IN_CODE.items() for value in values}
    assert [why for why in ALLOWED if not any(re.search(why, text) for text in around)] == []
    assert set(IN_TEMPLATES) - in_chapters(known) == set()
    assert allowed - in_code(known) == set()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("vous aurez moins de 26 ans à la création", ["26 ans"]),
        ("La loi suspend la clause pendant un an.", ["un an"]),
        ("écrivez deux mois avant", ["deux mois"]),
        ("plus de la moitié du capital", ["moitié"]),
        ("Depuis le 15 mai 2022, les biens sont séparés", ["15 mai 2022"]),
        ("pour les contrats finis depuis avril 2025", ["avril 2025"]),
        ("au-delà de 83\u202f600\u00a0€ par an", ["83\u202f600\u00a0€"]),
        ("une réduction de 25\u00a0% au plus", ["25\u00a0%"]),
        ("Fin du congé ou du temps partiel d’un an", ["un an"]),
        ("moins de 299 salariés et 77 ans", []),
    ],
)
def test_numbers_are_found_however_they_are_written(
    known: Known, sentence: str, words: list[str]
) -> None:
    """Digits and words, ages and amounts, shares and days are found; numbers that the register does not have are not."""
    assert [found for found, _ in known.in_words(sentence)] == words
