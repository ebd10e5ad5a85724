"""
Each rule and convention that a report reads drives what is printed, and its old value is gone once it has changed.

One row of the register at a time is changed in memory, and all chapters are told again, in this process and without charts, to a person
whose report reads it. What is typed in branches that nobody here takes, `test_typed_numbers.py` finds.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from types import CodeType
from typing import Any
from zlib import crc32

import polars as pl
import pytest
from tests.conftest import AS_OF, PEOPLE, ROOT
from tests.other_register import Worked
from tests.thorough import PART, THOROUGH

from tremplin.assessment import results
from tremplin.case import Case
from tremplin.model.brand import Brand, load_brand
from tremplin.model.needed import needed
from tremplin.model.profile import Profile, load_profile
from tremplin.model.register import Register
from tremplin.model.rules import Rule
from tremplin.notebook import Report
from tremplin.notebook.explanation import Explanation, askable, explain
from tremplin.notebook.facts import Facts
from tremplin.notebook.prose import Markdown, fill, number, unescaped
from tremplin.notebook.words import NUMBERS
from tremplin.pipeline.chapters import chapters

pytestmark = pytest.mark.thorough

Row = tuple[str, date | None]
"""An id, and for a rule the first day of its period."""
Said = list[tuple[str, str]]
"""What is printed: the place, and the words."""

BORN = "person.birth_date"
OTHERS: Mapping[str, tuple[str, dict[str, Any], date]] = {
    # a service with ACRE, whose contract of a senior ends by an economic dismissal, with leave and a settlement, and who works part time under a clause
    "service": (
        "alice",
        {
            "project.category": "commercial_service",
            "project.turnover": {"month_1": 3000, "month_12": 6000, "month_24": 7000},
            "transition.exit": "dismissal",
            "transition.exit_month": 12,
            "transition.unemployment.untaken_leave_days": 5,
            "transition.unemployment.settlement_above_legal": 5_000,
            "transition.unemployment.economic_dismissal": True,
            BORN: date(1968, 3, 1),
            "person.zone": "qpv",
            "employment.weekly_hours": 28,
            "employment.clauses.exclusivity": True,
        },
        AS_OF,
    ),
    # ACRE before it was cut
    "early": (
        "alice",
        {BORN: date(2003, 3, 1), "project.start": date(2026, 6, 1)},
        date(2026, 5, 20),
    ),
    # a young person with the highest rates of income tax
    "rich": (
        "hugo",
        {
            "employment.net_salary": 19_000,
            "household.situation": "single",
            "project.competes_with_employer": False,
            "project.turnover": {"month_1": 9000, "month_12": 14_000, "month_24": 16_000},
            "project.partners": 0,
            "project.capital_share": None,
            BORN: date(2002, 1, 1),
        },
        AS_OF,
    ),
    # too late for the flat income tax of the year of the start
    "started": ("alice", {"project.start": date(2026, 6, 15)}, AS_OF),
    "leave": (
        "alice",
        {"transition.leave": "creation_leave", "employment.clauses.exclusivity": True},
        AS_OF,
    ),
    "gap": ("bruno", {"project.investment": 90_000}, AS_OF),
    "overseas": ("alice", {"person.zone": "drom"}, AS_OF),
    "overseas_cipav": (
        "alice",
        {"person.zone": "drom", "project.category": "liberal_cipav"},
        AS_OF,
    ),
    "hotel": ("gaelle", {"project.category": "lodging"}, AS_OF),
    "classified": ("gaelle", {"project.category": "tourist_let_classified"}, AS_OF),
    "let": ("gaelle", {"project.category": "tourist_let"}, AS_OF),
    "reinforced": ("alice", {"person.zone": "zfrr_plus"}, AS_OF),
    # small incomes whose housing is aided: alone, with a child, with a family
    "aided_alone": (
        "farid",
        {"employment.net_salary": 300, "person.benefits": ("housing",), BORN: date(2000, 3, 1)},
        AS_OF,
    ),
    "aided_parent": ("chantal", {"person.benefits": ("prime_activite", "housing")}, AS_OF),
    "aided_family": (
        "farid",
        {
            "employment.net_salary": 900,
            "household.situation": "couple",
            "household.children": 2,
            "household.youngest_child_age": 5,
            "person.benefits": ("rsa", "prime_activite", "housing"),
        },
        AS_OF,
    ),
    # who declares the activity to a public employer
    "post": (
        "chantal",
        {"employment.incomplete_post": True, "employment.weekly_hours": 17.5},
        AS_OF,
    ),
    # who takes over a shop of a chain, hires and rents
    "takeover": (
        "bruno",
        {
            "project.takeover": {"price": 260_000},
            "project.franchise": {"entry_fee": 8_000, "royalty": 0.05},
            "project.premises": {"rent": 1_500, "deposit": 9_000},
            "project.employees": [{"role": "Vendeur", "gross": 1_900, "weekly_hours": 35}],
        },
        AS_OF,
    ),
    # whose equipment is bought with VAT that could come back
    "equipment": (
        "bruno",
        {
            "project.equipment": [{"name": "Four", "amount": 12_000, "years": 8}],
            "project.charges_vat": False,
        },
        AS_OF,
    ),
    # a pensioner who would break a contract with a term
    "term": (
        "farid",
        {"person.retired": True, "transition.exit": "resignation", "transition.exit_month": 6},
        AS_OF,
    ),
}
TELLING = {
    "acre.general.full_income": "chantal",
    "acre.micro.factor": "chantal",
    "acre.micro.full_quarters": "chantal",
    "acre.micro.turnover_cap.service": "service",
    "acre.micro.turnover_cap.liberal": "rich",
    "acre.request_days": "chantal",
    "are.duration_factor": "hugo",
    "are.leave_calendar_days": "service",
    "are.wait.economic_cap": "service",
    "are.wait.settlement_divisor": "service",
    "are.entry_months": "hugo",
    "exclusivity.suspension_years_maximum": "leave",
    "income_tax.bracket_3.rate": "rich",
    "income_tax.bracket_4.rate": "rich",
    "income_tax.bracket_4.threshold": "rich",
    "income_tax.discount.single": "farid",
    "income_tax.lone_parent_cap": "gaelle",
    "benefits.housing.one_person": "aided_alone",
    "benefits.housing.two_persons": "aided_parent",
    "benefits.housing.three_persons": "aided_family",
    "benefits.second_person": "chantal",
    "benefits.further_person": "aided_family",
    "crds.rate": "chantal",
    "family.base": "chantal",
    "family.birth_until_age": "aided_family",
    "family.child_until_age": "chantal",
    "family.support_counted": "chantal",
    "family.two_children": "aided_family",
    "prime_activite.base": "chantal",
    "prime_activite.bonus.from_hours": "aided_family",
    "prime_activite.bonus.full_hours": "chantal",
    "prime_activite.bonus.share": "chantal",
    "prime_activite.least_paid": "chantal",
    "prime_activite.work_kept": "chantal",
    "rsa.base": "aided_alone",
    "rsa.least_age": "aided_alone",
    "rsa.least_paid": "aided_family",
    "registration.total.sasu": "rich",
    "registration.total.eurl": "bruno",
    "week.free_day_hours": "hugo",
    "week.longer_hours": "hugo",
    "finances.cash_out_low": "hugo",
    "form.worthwhile": "bruno",
    "financing.wait_months": "gap",
    "financing.investors_gap": "gap",
    "working_time.full_time_hours": "service",
    "sole_trader.separate_estate": "alice",
    "vat.franchise.sale": "emma",
    "public_service.incomplete_share": "post",
    "formalities.single_window": "bruno",
    "guest_rooms.affiliation_share": "gaelle",
    "letting.social_levies": "gaelle",
    "overseas.micro.full_quarters": "overseas",
    "overseas.micro.first_factor": "overseas",
    "overseas.micro.first_factor.cipav": "overseas_cipav",
    "are.least_days": "farid",
    "are.taper.factor": "rich",
    "are.taper.days": "rich",
    "are.taper.age": "rich",
    "are.csg.deductible": "emma",
    "are.csg.abatement": "emma",
    "sarl.majority_share": "emma",
    "finances.cash_out_high": "hugo",
    "finances.cash_out_stop": "emma",
    "finances.short_months": "aided_alone",
    "registration.shared.eurl": "hugo",
    "changes.most_money": "emma",
    "changes.most_costs_share": "aided_alone",
    "changes.costs_step": "aided_alone",
    "self_employed.base.abatement_most": "rich",
    "self_employed.health.rate_above": "rich",
    "cipav.pension.most": "rich",
    "self_employed.daily_allowance.most": "emma",
    "self_employed.health.step_6.rate": "emma",
    "self_employed.health.step_5.rate": "bruno",
    "self_employed.health.step_5.threshold": "bruno",
    "self_employed.health.step_6.threshold": "bruno",
    "self_employed.complementary.most": "bruno",
    "self_employed.complementary.rate_above": "bruno",
    "self_employed.family.from": "bruno",
    "self_employed.family.full": "bruno",
    "self_employed.family.rate": "bruno",
    "self_employed.pension.rate_above": "bruno",
    "self_employed.base.abatement_least": "bruno",
    "president.pension.employee": "chantal",
    "president.pension.employee_capped": "chantal",
    "smic.hourly": "chantal",
}
"""Whose report to try first, where it is not that of the first person who reads the row: it spares time."""

NOT_READ = {
    "micro.abatement.minimum_mixed": "a profile has one activity",
    "micro.flat_income_tax.half_part_increase": "parts are counted, not half parts",
    "deadlines.soon_days": "of the portfolio alone",
}
"""Ids that code puts together with others, or that no person's report asks for."""

SILENT = {
    "invoicing.issue": "what is printed is the first day on which it says yes",
    "invoicing.receive": "idem",
    "vat.periodic_returns": "idem",
    "lease.monthly_rent": "who signs a lease today has the right or not, and no day is told",
}
"""Rows that are read and change nothing that is printed, and why."""

STILL = {
    "acre.general.duration_months": {
        "par mois plein": "months of benefit",
    },
    "micro.abatement.sale": {"Part encore active": "a figure"},
    "micro.abatement.service": {
        "sa base est ramenée": "cfe.year_2_share",
        "il la comblerait": "cash.spare_share",
    },
    "acre.micro.factor": {"frais augmentent": "a blow that is tried out"},
    "acre.popular_share": {"La moitié des entreprises": "another popular claim"},
    "are.entry_months": {"après la clôture": "company.dividend_month"},
    "takeover.employee_allowance_seniority": {"en moins de deux ans": "the plan's horizon"},
    "takeover.employees_told_months": {"le reste sous un mois": "hire.documents_months"},
    "arce.rate": {
        "le cumul s’arrête": "are.cumulation_cap",
        "des bénéficiaires choisiraient": "cited by an article",
    },
    "are.cumulation_cap": {"Prendre l’ARCE": "arce.rate"},
    "cash.payment_delay": {"en moyenne": "risk.delay_months"},
    "creation_leave.duration_years": {"prolongeable": "creation_leave.extension_years"},
    "creation_leave.extension_years": {
        "droit de demander un congé": "creation_leave.duration_years",
        "avec prolongation": "idem",
    },
    "creation_leave.seniority_months": {"avec prolongation": "creation_leave.duration_years"},
    "finances.safety_months": {"réunir cette somme": "how long it takes to save"},
    "public_service.full_time_hours": {"vous travaillez|Avec|Vous gardez": "the profile"},
    "public_service.part_time_years": {"nouvelle demande": "public_service.years_between"},
    "public_service.years_between": {"renouvelable": "public_service.part_time_years"},
    "risk.delay_months": {"de décalage": "cash.payment_delay"},
}
"""What says the old value although the row has changed: another row or the profile has the same."""

OF_THE_REGISTER = ("tbl-register", "tbl-rules", "tbl-conventions", "tbl-inputs")
"""Tables that print the register's own rows and hashes: all of them follow by themselves."""


@dataclass(frozen=True, eq=False)
class Recording(Register):
    """A register that keeps which rows were read."""

    read: dict[Row, None] = field(default_factory=dict)

    def rule(self, rule_id: str, at: date, *, latest: bool = False) -> Rule:
        """Give a rule, and remember its period."""
        found = super().rule(rule_id, at, latest=latest)
        self.read[rule_id, found.valid_from] = None
        return found

    def convention(self, convention_id: str) -> float:
        """Give a convention, and remember it."""
        self.read[convention_id, None] = None
        return super().convention(convention_id)


@dataclass(frozen=True)
class Change:
    """A row that was changed, for a person, and what was printed before and after."""

    row: Row
    value: float
    unit: str
    person: str
    before: Said
    after: Said


class Unexplained(Facts):
    """The facts without the reasons of answers, which print the rows of the register themselves."""

    def reasons(self) -> tuple[Explanation, ...]:
        """No reasons."""
        return ()

    def why(self, answer: str, indent: int = 0) -> Markdown:  # noqa: ARG002 - none is explained
        """No reasons."""
        return Markdown("")


class Heard(Report):
    """A report that keeps its words, and draws nothing."""

    def __init__(self, case: Case, brand: Brand) -> None:
        self.case, self.brand, self.facts = case, brand, Unexplained(case)
        self.words: Said = [("results.json", results(case).model_dump_json())]
        self.place = ""
        self._named = self.facts.named()

    def say(self, template: str) -> None:
        """Keep a text."""
        self.words.append((self.place, unescaped(fill(template, self._named))))

    def choose(self, outcome: str, *, before: str = "", after: str = "", **texts: str) -> None:
        """Keep the text of an outcome."""
        for part in (before, texts[outcome], after) if texts[outcome] else ():
            self.say(part)

    def fill(self, template: str) -> str:
        """Keep the title of a chart."""
        self.say(template)
        return ""

    def draw(self, chart: object, alt: str) -> None:  # noqa: ARG002 - it is not drawn
        """Keep what a chart shows."""
        self.say(alt)

    def conclude(self) -> None:
        """Nothing more: the results are kept."""


class Undrawn:
    """Charts that nobody draws, which would take most of the time."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


@cache
def cells() -> tuple[tuple[str, CodeType], ...]:
    """Give the cells of all chapters that say something, each with its place."""
    return tuple(
        (f"{file.stem}:{place}", compile("".join(cell["source"]), file.stem, "exec"))
        for file in chapters(ROOT / "notebooks")
        for place, cell in enumerate(json.loads(file.read_text("utf-8"))["cells"])
        if cell["cell_type"] == "code" and not cell["metadata"].get("tags")
        if not any(label in "".join(cell["source"]) for label in OF_THE_REGISTER)
    )


@cache
def brand() -> Brand:
    """Give our own brand."""
    return load_brand(ROOT / "reports/_brand.yml")


def say(case: Case) -> Said:
    """Print all chapters of a person, and the results as data."""
    report = Heard(case, brand())
    names = {"report": report, "found": report.facts, "brand": report.brand, "charts": Undrawn()}
    for report.place, cell in cells():
        exec(cell, names)  # noqa: S102 - our own notebooks
    return report.words


def with_row(register: Register, row: Row, column: str, value: object) -> Register:
    """Give the register with one cell changed."""
    id_, since = row
    name = "rules.csv" if since else "conventions.csv"
    there = pl.col("id") == id_
    there = there & (pl.col("valid_from") == since) if since else there
    table = register._tables[name]  # noqa: SLF001 - to write and read a copy each time would take minutes
    frame = table.frame.with_columns(
        pl.when(there).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)
    )
    changed = replace(register, _tables={**register._tables, name: replace(table, frame=frame)})  # noqa: SLF001 - idem
    # What is made of the other tables stays as it is.
    made_anew = {"_tables", "_periods"} if since else {"_tables", "_conventions", "_rows"}
    vars(changed).update(
        {key: made for key, made in vars(register).items() if key not in made_anew}
    )
    return changed


def others(value: float, unit: str) -> list[float]:
    """Give values that nobody takes for the old one: some more, less, much more."""
    if unit in {"share", "log"}:
        return [min(0.97, round(1.37 * value + 0.011, 4)), round(0.37 * value, 4)]
    if unit.startswith("EUR"):
        return [round(1.37 * value + 17, 2), round(0.37 * value, 2), 20 * value + 100]
    if unit == "score":
        return [value - 1, value + 1]
    return [value + 3, max(1.0, round(0.37 * value)), 3 * value + 7]


@pytest.fixture(scope="module")
def people(person: Callable[..., Profile]) -> dict[str, tuple[Profile, date]]:
    """Give the example people and some who differ, each with the day of the report."""
    examples = {name: (person(name), AS_OF) for name in PEOPLE}
    examples["shop"] = load_profile(ROOT / "tests/data/shop.yaml"), AS_OF
    return examples | {
        name: (person(example, changes), day) for name, (example, changes, day) in OTHERS.items()
    }


@dataclass(frozen=True)
class Told:
    """What the chapters say to somebody, the case as it is then, and which rows the report read."""

    said: Said
    worked: Worked
    read: dict[Row, None]


@pytest.fixture(scope="module")
def printed(people: dict[str, tuple[Profile, date]], register: Register) -> dict[str, Told]:
    """Print everybody's chapters, and tell which rows each report read."""
    found = {}
    for name, (profile, day) in people.items():
        parts = {one.name: getattr(register, one.name) for one in fields(register)}
        recording = Recording(**parts)  # a copy that records
        case = Case(profile, recording, day)
        found[name] = Told(say(case), Worked(case), recording.read)
    return found


def units(register: Register) -> dict[Row, tuple[float, str]]:
    """Give the value and the unit of each row, the periods of a rule apart."""
    return {
        (row["id"], row.get("valid_from")): (row["value"], row["unit"])
        for name in ("rules.csv", "conventions.csv")
        for row in register.table(name).iter_rows(named=True)
    }


@pytest.fixture(scope="module")
def changes(
    printed: dict[str, Told],
    register: Register,
) -> dict[Row, Change | None]:
    """Change each row that is read, until something printed changes for one of those whose report reads it."""
    found: dict[Row, Change | None] = {}
    for row, (value, unit) in units(register).items():
        readers = [name for name, told in printed.items() if row in told.read]
        if not readers or row[0] in SILENT or not is_tried(row):
            continue
        first = TELLING.get(row[0])
        readers.sort(key=lambda name: name != first)
        found[row] = next(
            (
                Change(row, value, unit, name, printed[name].said, after)
                for name in readers
                for changed in changed_registers(register, row, value, unit)
                if (after := say(printed[name].worked.with_register(changed, row[0])))
                != printed[name].said
            ),
            None,
        )
    return found


def is_tried(row: Row) -> bool:
    """Tell whether a row is among those that are changed: a fourth, or all with `make thorough`."""
    return THOROUGH or crc32(row[0].encode()) % PART == 0


def changed_registers(register: Register, row: Row, value: float, unit: str) -> Iterator[Register]:
    """Give registers in which a row has another value; of what is only true since a day, another day."""
    if unit == "boolean":
        yield with_row(register, row, "valid_from", date(2019, 3, 4))
        return
    for other in others(value, unit):
        yield with_row(register, row, "value", other)


NOUNS: Mapping[str, str] = {
    "years": "ans?|années?",
    "months": "mois",
    "days": "jours?",
    "weeks": "semaines?",
    "hours": "heures?|h",
    "minutes": "minutes?",
    "quarters": "trimestres?",
    "employees": "salariés?",
    "clients": "clients?",
    "count": "versements?|aides?",
    "EUR": "€",
    "share": "%",
    "log": "%",
    "points": "sur 100",
    "score": "sur 5",
}
SPELT = {15: "quinze", 18: "dix-huit", 24: "vingt-quatre", 26: "vingt-six", 30: "trente"}
FRACTIONS = {0.5: "moitiés?|mi-temps", 0.333333: "tiers", 0.25: "quart", 0.2: "cinquième"}


def phrases(value: float, unit: str) -> re.Pattern[str]:
    """Match the ways in which a value is said: figures and words with its unit, years as months, shares as fractions."""
    said = [(unit.split("/", maxsplit=1)[0], value)]
    said += [("months", 12 * value)] if unit == "years" else []
    said += [("years", value / 12)] if unit == "months" and value % 12 == 0 else []
    found = [FRACTIONS[value]] if unit == "share" and value in FRACTIONS else []
    for name, count in said:
        of_hundred = round(100 * count, 6) if name in {"share", "log"} else count
        figures = {
            number(of_hundred, digits)
            for digits in range(4)
            if round(of_hundred, digits) == of_hundred
        }
        whole = int(of_hundred) if of_hundred.is_integer() else 0
        figures |= {NUMBERS[whole] + "e?"} if 0 < whole < len(NUMBERS) else set()
        figures |= {SPELT[whole]} if whole in SPELT else set()
        if figures and name in NOUNS:
            found.append(
                rf"(?<![,\u202f])(?:{'|'.join(sorted(figures))})[ \u00a0](?:{NOUNS[name]})"
            )
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)" if found else r"(?!)", re.IGNORECASE)


def survivors(change: Change) -> Iterator[tuple[str, str]]:
    """Find what still says the old value in the cells that the change has changed, with its place."""
    old = phrases(change.value, change.unit)
    known = set(change.before)
    changed = {place for place, words in change.after if (place, words) not in known}
    for place, words in change.after:
        if place in changed and place != "results.json":
            for sentence in re.split(r"(?<=[.!?;|])\s+|\n", words):
                # A cell of a table with a number alone is anybody's.
                if old.search(sentence) and re.search(r"\w{2}", old.sub("", sentence)):
                    yield place, sentence


def test_each_row_that_a_report_reads_drives_what_it_prints(
    changes: dict[Row, Change | None],
) -> None:
    """No rule or convention is read for nothing: whoever changes one sees it in a sentence, a number or the results."""
    assert [row for row, change in changes.items() if change is None] == []


def test_the_old_value_is_gone_where_a_row_has_changed(changes: dict[Row, Change | None]) -> None:
    """No sentence beside the new number goes on saying the old one, in figures or in words."""
    stale = [
        (change.row[0], place, sentence)
        for change in changes.values()
        if change is not None
        for place, sentence in survivors(change)
        if not any(re.search(around, sentence) for around in STILL.get(change.row[0], {}))
    ]
    assert stale == []


def test_no_template_is_printed_as_it_is(
    people: dict[str, tuple[Profile, date]],
    printed: dict[str, Told],
    register: Register,
) -> None:
    """A word that asks for a rule is filled wherever it is said, in chapters and in explanations."""
    words = [text for told in printed.values() for _, text in told.said[1:]]
    for name in ("leave", "farid"):
        case = Case(people[name][0], register, people[name][1])
        for id_, question in askable(case):
            words += [question, explain(case, id_).answer]
    assert [text for text in words if "{{" in text or "{%" in text] == []


def test_every_row_that_may_be_asked_for_is_tried(printed: dict[str, Told]) -> None:
    """The people here reach all that code, chapters and texts ask for; whoever adds a row adds a person who needs it."""
    tried = {id_ for told in printed.values() for id_, _ in told.read} | set(SILENT)
    asked = needed()["rules.csv"] | needed()["conventions.csv"]
    assert asked - tried == set(NOT_READ)


@pytest.mark.skipif(not THOROUGH, reason="only `make thorough` changes all rows")
def test_no_exception_has_become_needless(changes: dict[Row, Change | None]) -> None:
    """The list of what still says an old value tells only what does."""
    left = {
        (change.row[0], around)
        for change in changes.values()
        if change is not None
        for _, sentence in survivors(change)
        for around in STILL.get(change.row[0], {})
        if re.search(around, sentence)
    }
    assert {(id_, around) for id_, found in STILL.items() for around in found} - left == set()
