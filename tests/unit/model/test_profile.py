import json
import re
from copy import deepcopy
from datetime import date
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
import typst
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tremplin.errors import InputError
from tremplin.model.profile import (
    SHORTEST,
    HonorLoans,
    Person,
    Profile,
    Turnover,
    load_profile,
    parse_profile,
)
from tremplin.model.profile.fields import PRINTED
from tremplin.model.profile.written import understood_document
from tremplin.model.yaml import parse_yaml

FONTS = Path(__file__).parents[3] / "reports/_extensions/tremplin/fonts"

SHORT = """\
id: alice
name: Alice
employment:
  contract: permanent
  since: 2021-09-01
  weekly_hours: 35
  net_salary: 2300
project:
  activity: Rédaction web
  category: liberal
  start: 2027-01-04
  weekly_hours: 10
  turnover: {month_1: 300, month_12: 1800, month_24: 2600}
"""


def parse(text: str) -> Profile:
    """Read a text as the file `a.yaml`."""
    return parse_profile(understood_document(parse_yaml(text.encode(), file="a.yaml")))


def told(text: str) -> list[str]:
    """Give what is told about a wrong profile."""
    with pytest.raises(InputError) as caught:
        parse(text)
    return [str(problem) for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    """Give the short profile with one part changed."""
    assert SHORT.count(old) == 1
    return SHORT.replace(old, new)


def test_a_profile_with_only_the_required_keys_is_enough() -> None:
    """Everything that is left out takes the careful value that its description announces."""
    profile = parse(SHORT)
    assert profile.lang == "fr"
    assert profile.person.birth_date is None
    assert profile.person.zone == "unknown"
    assert profile.person.benefits == ("unknown",)
    assert profile.household.children == 0
    assert profile.employment.company_size is None
    assert profile.employment.clauses.exclusivity == "unknown"
    assert profile.employment.clauses.non_compete == "unknown"
    assert profile.project.qualified == "unknown"
    assert profile.project.preparation.documents == ()
    assert profile.financing.honor_loans.total == 0
    assert profile.support.network == "none"
    assert profile.health.pain is None
    assert profile.transition.goal == "complement"
    assert profile.transition.unemployment.daily_are is None
    assert profile.contract_end is None


def test_the_salary_stands_in_for_unknown_fixed_costs() -> None:
    """Who does not say what the household must pay is taken to need the whole salary."""
    assert parse(SHORT).fixed_costs == 2300
    assert parse(SHORT + "household: {fixed_costs: 1500}\n").fixed_costs == 1500
    assert parse(SHORT + "household: {fixed_costs: 0}\n").fixed_costs == 0


def test_a_whole_number_is_good_for_an_amount() -> None:
    """`2300` and `2300.00` are the same salary."""
    assert parse(SHORT) == parse(changed("net_salary: 2300", "net_salary: 2300.00"))


@pytest.mark.parametrize("answer", ["true", "false", "unknown"])
def test_exclusivity_is_known_or_not(answer: str) -> None:
    """The exclusivity clause has three answers, the two plain ones being booleans."""
    clauses = parse(
        changed("  weekly_hours: 35", f"  weekly_hours: 35\n  clauses: {{exclusivity: {answer}}}")
    ).employment.clauses
    assert clauses.exclusivity is {"true": True, "false": False}.get(answer, clauses.exclusivity)
    assert str(clauses.exclusivity).lower() == answer


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "  turnover:",
            "  turnovr:",
            "13: project.turnovr: unknown key. Did you mean `turnover`?",
        ),
        (
            "name: Alice",
            "name: Alice\nnet_salary: 2300",
            "3: net_salary: unknown key. Did you mean `employment.net_salary`?",
        ),
        (
            "month_24: 2600",
            "month_24: 2600, whatever: 1",
            (
                "13: project.turnover.whatever: unknown key."
                " Remove it. The keys here are: month_1, month_12, month_24, by_month, season."
            ),
        ),
        (
            "  net_salary: 2300\n",
            "",
            (
                "3: employment.net_salary: this key is missing."
                " Add it: Net taxable salary, €/month, before income tax."
            ),
        ),
        (
            "net_salary: 2300",
            "net_salary: -2300",
            "7: employment.net_salary: -2300 is less than 0. Write 0 or more.",
        ),
        (
            "net_salary: 2300",
            "net_salary: two thousand",
            (
                '7: employment.net_salary: "two thousand" is not a number.'
                " Write digits only, such as 1800 or 0.05."
            ),
        ),
        (
            "net_salary: 2300",
            "net_salary: 2.300 €",
            ("7: employment.net_salary: « 2.300 € » can be read in two ways. Write 2300 or 2,300."),
        ),
        (
            "net_salary: 2300",
            "net_salary: -2 300",
            "7: employment.net_salary: this is too little. Write at least 0 €.",
        ),
        (
            "net_salary: 2300",
            "net_salary: .nan",
            (
                "7: employment.net_salary: .nan is not a number that can be computed with."
                " Write an ordinary number, or quotes around it if it is text."
            ),
        ),
        (
            "net_salary: 2300",
            "net_salary: 100000001",
            "7: employment.net_salary: 100000001 is more than 100000000. Write 100000000 or less.",
        ),
        (
            "start: 2027-01-04",
            "start: 2026-02-30",
            "11: project.start: the date 2026-02-30 does not exist. Check the day.",
        ),
        (
            "start: 2027-01-04",
            "start: 4/1/27",
            (
                "11: project.start: « 4/1/27 » has a year of two digits."
                " Write the year with four digits, as in 04/01/2027."
            ),
        ),
        (
            "start: 2027-01-04",
            "start: next spring",
            (
                '11: project.start: "next spring" is not a date.'
                " Write year-month-day, such as 2027-01-04."
            ),
        ),
        (
            "start: 2027-01-04",
            "start: 31/02/2027",
            (
                "11: project.start: « 31/02/2027 » does not exist in the calendar."
                " Check the day and the month."
            ),
        ),
        (
            "start: 2027-01-04",
            "start: 2100-01-01",
            (
                "11: project.start: 2100-01-01 is out of range."
                " Write a date from 1900-01-01 to 2099-12-31."
            ),
        ),
        (
            "category: liberal",
            "category: liberal-cipav",
            (
                '10: project.category: "liberal-cipav" is not one of the choices.'
                " Did you mean `liberal_cipav`? Choices: sale (vente de marchandises), lodging"
                " (hébergement (hôtel, camping…)), guest_rooms (chambres d’hôtes),"
                " tourist_let_classified (meublé de tourisme classé), tourist_let (meublé de"
                " tourisme non classé), commercial_service (service commercial), craft_service"
                " (service artisanal), craft_sale (fabrication et vente artisanales), liberal"
                " (activité libérale), liberal_cipav (activité libérale relevant de la Cipav)."
            ),
        ),
        (
            "contract: permanent",
            "contract: CDII",
            (
                '4: employment.contract: "CDII" is not one of the choices.'
                " Did you mean `permanent`? Choices: permanent (CDI, ou titulaire), fixed_term"
                " (CDD), apprenticeship (contrat d’apprentissage), agency (contrat de mission"
                " (intérim))."
            ),
        ),
        (
            "category: liberal",
            "category: liberal\n  physical: off",
            '11: project.physical: "off" is not true or false. Write false.',
        ),
        (
            "category: liberal",
            "category: liberal\n  physical: maybe",
            '11: project.physical: "maybe" is not true or false. Write true or false.',
        ),
        (
            "category: liberal",
            "category: liberal\n  regulated: off",
            (
                '11: project.regulated: "off" is not one of the choices. Did you mean `false`?'
                " Choices: true (oui), false (non), unknown (à vérifier)."
            ),
        ),
        (
            "contract: permanent",
            "contract: permanent\n  clauses: {non_compete: perhaps}",
            (
                '5: employment.clauses.non_compete: "perhaps" is not one of the choices.'
                " Choices: false (aucune), unknown (à vérifier)."
            ),
        ),
        (
            "category: liberal",
            "category: liberal\n  partners: 1.5",
            "11: project.partners: 1.5 is not a whole number. Write digits only, such as 12.",
        ),
        (
            "contract: permanent",
            "contract: permanent\n  clauses: {non_compete: true}",
            (
                "5: employment.clauses.non_compete: true stands where keys are expected."
                " Write them below it, indented (months, area, compensated), or remove the key."
            ),
        ),
        (
            "contract: permanent",
            "contract: permanent\n  clauses:",
            (
                "5: employment.clauses: an empty value stands where keys are expected. Write"
                " them below it, indented (exclusivity, non_compete, confidentiality), or remove"
                " the key."
            ),
        ),
        (
            "category: liberal",
            "category: liberal\n  preparation: {documents: 3}",
            (
                "11: project.preparation.documents: 3 is not a list."
                " Put it in brackets, with commas: [one, two]."
            ),
        ),
        (
            "category: liberal",
            "category: liberal\n  expenses: {rate: 28}",
            (
                "11: project.expenses.rate: 28 is more than 1, which is the whole."
                " Write 28 % or 0.28."
            ),
        ),
        (
            "category: liberal",
            "category: liberal\n  preparation: {documents: [identity, address, identity]}",
            (
                '11: project.preparation.documents: "identity" stands in the list twice.'
                " Keep one of the two."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\nperson: {benefits: [rsa, are]}",
            (
                '3: person.benefits[1]: "are" is not one of the choices. Choices: rsa (RSA), ass'
                " (allocation de solidarité spécifique (ASS)), prepare (congé parental (PreParE)),"
                " prime_activite (prime d’activité), aah (allocation aux adultes handicapés (AAH)),"
                " housing (aide au logement (APL, ALF ou ALS)), unknown (à vérifier)."
            ),
        ),
        (
            "name: Alice",
            "name: 42",
            (
                "2: name: 42 is not text."
                " Write text; in quotes where it looks like a number or a date."
            ),
        ),
        ("name: Alice", "name: '  '", "2: name: the text is empty. Write something in it."),
        (
            "name: Alice",
            'name: "\\u200b"',
            '2: name: "\\u200b" holds an invisible character. Write one line of plain text.',
        ),
        (
            "name: Alice",
            'name: "A\\nB"',
            '2: name: "A\\nB" holds an invisible character. Write one line of plain text.',
        ),
        (
            "name: Alice",
            'name: "A\\u202eB"',
            '2: name: "A\\u202eB" holds an invisible character. Write one line of plain text.',
        ),
        (
            "name: Alice",
            f"name: {'x' * 201}",
            "2: name: the text is longer than 200 characters. Shorten it.",
        ),
        (
            "id: alice",
            "id: ../alice",
            (
                '1: id: "../alice" cannot name a folder everywhere. Write 1 to 64 lower-case'
                " letters a to z, digits and hyphens; do not start with a hyphen."
            ),
        ),
        (
            "id: alice",
            "id: con",
            (
                '1: id: "con" is a name that the computer or tremplin keeps for itself.'
                " Add something to it, such as a number after a hyphen."
            ),
        ),
        (
            "Rédaction web",
            "Boulangerie 🥐",
            (
                '9: project.activity: "Boulangerie 🥐" holds characters that cannot be printed: 🥐.'
                " Leave them out: there are Latin letters and common signs."
            ),
        ),
        (
            "weekly_hours: 35",
            "weekly_hours: 169",
            "6: employment.weekly_hours: 169 is more than 168. Write 168 or less.",
        ),
        (
            "weekly_hours: 35",
            "weekly_hours: 151.67",
            (
                "6: employment.weekly_hours: 151.67 h a week: are they those of a month? (35 h a week)."
                " Write the hours of a week in the contract."
            ),
        ),
        (
            "net_salary: 2300",
            "net_salary: 27600",
            (
                "7: employment.net_salary: 27,600 € a month: is it the pay of a year? (2,300 € a month)."
                " Write the pay of a month. If it is, fill in household.fixed_costs too."
            ),
        ),
        (
            "month_1: 300",
            "month_1: 31200",
            (
                "13: project.turnover.month_1: 31,200 € in a month, and 2,600 € in month 24:"
                " one of them looks like that of a year. Write the turnover of a month in both."
            ),
        ),
        (
            "weekly_hours: 10",
            "weekly_hours: 134",
            (
                "12: project.weekly_hours: with `employment.weekly_hours` it makes 169 hours a"
                " week. A week has 168: lower one of the two."
            ),
        ),
        (
            "since: 2021-09-01",
            "since: 2027-01-05",
            (
                "5: employment.since: 2027-01-05 is after `project.start` (2027-01-04)."
                " Give the first day of the job that is kept, or a later start."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\nperson: {birth_date: 2008-09-02}",
            (
                "6: employment.since: the person would have been under 14."
                " Check it against `person.birth_date`."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\nperson: {birth_date: 1916-01-04}",
            (
                "3: person.birth_date: the person would be 111 years old on `project.start`."
                " Check both dates; 16 to 110 years are possible."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\nhousehold: {youngest_child_age: 3}",
            (
                "3: household.youngest_child_age: an age is given, but `household.children` is 0."
                " Give the number of children, or remove this key."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\nhousehold: {children: 1, children_shared: 2}",
            (
                "3: household.children_shared: these are more than all children, of whom"
                " `household.children` has 1. Count in `household.children` all dependent children,"
                " these among them."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\nhousehold: {situation: couple, children: 1, children_declared: 1}",
            (
                "3: household.children_declared: only partners of the situation `cohabiting` share"
                " out the children between two tax returns. Remove this key, or correct"
                " `household.situation`."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\ntransition: {unemployment: {remaining_days: 300}}",
            (
                "3: transition.unemployment.remaining_days: this key needs"
                " `transition.unemployment.daily_are` beside it. Give both, or leave both out."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\ntransition: {exit_month: 6}",
            (
                "3: transition.exit_month: a month is given, but `transition.exit` is none."
                " Say how the contract ends, or remove this key."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\ntransition: {exit: term_end, exit_month: 6}",
            (
                "3: transition.exit: a term_end is that of a contract with a term, but"
                " `employment.contract` is permanent. Say how a permanent contract ends, or correct"
                " `employment.contract`."
            ),
        ),
        (
            "name: Alice",
            "name: Alice\ntransition: {exit: resignation, exit_month: -65}",
            (
                "3: transition.exit_month: the contract would end on 2021-08-04, before"
                " `employment.since`. Count the months from `project.start`; before it they are"
                " negative."
            ),
        ),
    ],
)
def test_a_wrong_answer_is_told_with_what_to_do(old: str, new: str, problem: str) -> None:
    """Each problem comes with file, line, key, what is wrong and what to do."""
    assert told(changed(old, new)) == [f"a.yaml:{problem}"]


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "/etc", "a/b", ".x", "..", "a.b", "-a", "A", "é", "a b", "a\\n", "x" * 65),
        *("assets", "con", "prn", "aux", "nul", "com0", "com9", "lpt0", "lpt9"),
    ],
)
def test_an_id_that_cannot_name_a_folder_is_refused(name: str) -> None:
    """No report leaves its folder, or meets a name that Windows or a batch has taken."""
    (problem,) = told(changed("id: alice", f'id: "{name}"'))
    assert problem.startswith("a.yaml:1: id: ")


@pytest.mark.parametrize("name", ["a", "0", "console", "com10", "lpt", "x" * 64, "a--b-"])
def test_any_other_id_is_accepted(name: str) -> None:
    """Only the names themselves are taken, not words that begin like them."""
    assert parse(changed("id: alice", f'id: "{name}"')).id == name


def test_every_accepted_character_is_in_every_font_of_the_reports(tmp_path: Path) -> None:
    """A text that was accepted never stops the PDF for want of a letter: Typst sets them all, in each style."""
    accepted = [
        char for char in map(chr, range(0x20, 0x3000)) if re.fullmatch(f"[{PRINTED}]", char)
    ]
    accepted += [char for char in "\ufb01\ufb02" if re.fullmatch(f"[{PRINTED}]", char)]
    assert len(accepted) == 585
    written = json.dumps("".join(accepted), ensure_ascii=False)
    styles = [
        *(
            f'#text(font: "Tremplin Sans", weight: {weight}, style: "{style}", t)'
            for weight in (400, 600)
            for style in ("normal", "italic")
        ),
        '#text(font: "Tremplin Serif", weight: 600, t)',
    ]
    page = tmp_path / "page.typ"
    head = '#set document(title: "x")\n#set text(fallback: false)\n#let t = '
    page.write_text(head + written + "\n\n" + "\n\n".join(styles), encoding="utf-8")
    pdf, warnings = typst.compile_with_warnings(
        page, font_paths=[FONTS], ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
    )
    assert pdf.startswith(b"%PDF")
    assert [warning.message for warning in warnings] == []


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    """What reading the YAML and checking the profile find is one list."""
    text = SHORT.replace("alice", "Alice!").replace("35", "&h 35").replace("10", "*h")
    text = text.replace("permanent", "permanant").replace("month_1:", "month_12: 5, month1:")
    assert [problem.split(". ")[0] for problem in told(text)] == [
        'a.yaml:1: id: "Alice!" cannot name a folder everywhere',
        'a.yaml:4: employment.contract: "permanant" is not one of the choices',
        "a.yaml:6: employment.weekly_hours: the anchor &h is not accepted",
        "a.yaml:12: project.weekly_hours: the alias *h is not accepted",
        "a.yaml:13: project.turnover.month_12: this key already stands on line 13",
        "a.yaml:13: project.turnover.month1: unknown key",
    ]


@pytest.mark.parametrize(
    ("project", "problem"),
    [
        ("partners: 1", "project.capital_share: with partners or investors"),
        ("seeks_investors: true", "project.capital_share: with partners or investors"),
        ("capital_share: 0.5", "project.capital_share: without partners or investors"),
        (
            "partners: 1, capital_share: 0.6, family_share: 0.5",
            "project.family_share: with `project.capital_share` it is more than the whole",
        ),
    ],
)
def test_shares_of_a_company_agree(project: str, problem: str) -> None:
    """Whoever shares says how much is whose, whoever is alone has all, and nobody has more than there is."""
    written = "  " + project.replace(", ", "\n  ")
    (found,) = told(SHORT.rstrip("\n") + f"\n{written}\n")
    assert problem in found


@pytest.mark.parametrize(
    ("further", "problem"),
    [
        (
            "[{activity: Coaching, category: liberal, share: 0.6}, {activity: Pose, category: sale, share: 0.4}]",
            "project.activities: the further activities make the whole turnover or more",
        ),
        (
            "[{activity: Chambres, category: guest_rooms, share: 0.3}]",
            "project.activities: guest rooms or a tourist let beside another activity",
        ),
        (
            "[{activity: Coaching, category: liberal}]",
            "project.activities[0].share: this key is missing",
        ),
    ],
)
def test_further_activities_agree(further: str, problem: str) -> None:
    """The first activity has a part of the turnover, and lettings have a profile of their own."""
    (found,) = told(SHORT.rstrip("\n") + f"\n  activities: {further}\n")
    assert problem in found


def test_activities_of_one_category_are_one() -> None:
    """A mix names each category once, the one with most of the turnover first."""
    further = "[{activity: Coaching, category: liberal, share: 0.2}, {activity: Pose, category: sale, share: 0.6}]"
    mix = parse(SHORT.rstrip("\n") + f"\n  activities: {further}\n").project.mix
    assert [(part.category, round(part.share, 9)) for part in mix] == [
        ("sale", 0.6),
        ("liberal", 0.4),
    ]


def test_partners_who_share_a_whole_are_accepted() -> None:
    """Two thirds and a third, as people round them, are the whole."""
    shares = "  partners: 1\n  capital_share: 0.6667\n  largest_other_share: 0.3333\n"
    assert parse(SHORT.rstrip("\n") + "\n" + shares).project.own_share == 0.6667


def test_an_answer_that_cannot_be_read_contradicts_nothing() -> None:
    """A refused value is told once, not a second time as missing beside another."""
    text = SHORT + "transition: {unemployment: {daily_are: .inf, remaining_days: 300}}\n"
    assert told(text) == [
        (
            "a.yaml:14: transition.unemployment.daily_are: .inf is not a number that can be"
            " computed with. Write an ordinary number, or quotes around it if it is text."
        )
    ]


def test_an_error_shows_nothing_of_the_person_but_the_wrong_value() -> None:
    """A wrong answer does not bring the right ones, nor what a group holds, into a log."""
    text = SHORT + "health: {sleep_trouble: hidden-a}\nsupport: [hidden-b]\nfinancing: hidden-c\n"
    message = "\n".join(told(text))
    assert "hidden-a" in message
    assert "hidden-b" not in message
    assert "hidden-c" in message
    assert "Alice" not in message
    assert "2300" not in message


def test_a_long_value_is_cut() -> None:
    """An error stays one line a person can read, whatever was typed."""
    (problem,) = told(changed("category: liberal", f"category: {'x' * 5000}"))
    assert problem.startswith(f'a.yaml:10: project.category: "{"x" * 59}…" is not one of')
    (problem,) = told(changed("name: Alice", f"name: Alice\n? {'k' * 5000}\n: 1"))
    assert problem.startswith(f"a.yaml:3: {'k' * 59}…: unknown key")


def test_load_profile_names_the_file(tmp_path: Path) -> None:
    """A problem is told with the path that was given."""
    file = tmp_path / "bob.yaml"
    file.write_text(SHORT + "lang: en\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_profile(file)
    assert str(caught.value) == (
        f'{file}:14: lang: "en" is not one of the choices. Choices: fr (français).'
    )


def test_a_profile_cannot_be_changed() -> None:
    """What was checked stays as it was checked."""
    profile = parse(SHORT)
    with pytest.raises(ValidationError):
        profile.name = "Eve"  # type: ignore[misc]


@pytest.mark.parametrize("amount", [nan, inf, -inf])
def test_amounts_are_finite_also_when_made_in_python(amount: float) -> None:
    """Research code that builds a profile cannot bring NaN or infinity in."""
    with pytest.raises(ValidationError):
        Turnover(month_1=amount, month_12=1, month_24=1)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 5, 13), 34),
        (date(2026, 5, 14), 35),
        (date(2026, 5, 15), 35),
        (date(1991, 5, 14), 0),
    ],
)
def test_age_changes_on_the_birthday(day: date, age: int) -> None:
    """The age is in full years: the day before the birthday counts a year less."""
    assert Person(birth_date=date(1991, 5, 14)).age_at(day) == age


def test_age_of_a_leap_day_child_changes_on_the_first_of_march() -> None:
    """Who is born on 29 February grows older on 1 March in common years."""
    person = Person(birth_date=date(2000, 2, 29))
    assert person.age_at(date(2026, 2, 28)) == 25
    assert person.age_at(date(2026, 3, 1)) == 26
    assert Person().age_at(date(2026, 3, 1)) is None


def test_seniority_counts_full_months() -> None:
    """Twenty-four months with the employer are reached on the same day two years later."""
    employment = parse(SHORT).employment
    assert employment.seniority_months(date(2023, 8, 31)) == 23
    assert employment.seniority_months(date(2023, 9, 1)) == 24
    assert employment.seniority_months(date(2021, 1, 1)) == 0


@pytest.mark.parametrize(
    ("months", "end"), [(0, "2027-01-04"), (-1, "2026-12-04"), (12, "2028-01-04")]
)
def test_the_contract_ends_some_months_from_the_start(months: int, end: str) -> None:
    """The month of the exit counts from the start of the business, backwards where negative."""
    profile = parse(SHORT + f"transition: {{exit: dismissal, exit_month: {months}}}\n")
    assert profile.contract_end == date.fromisoformat(end)


def test_turnover_follows_straight_lines_between_its_points() -> None:
    """The three given months are met exactly; later months stay at the last."""
    turnover = Turnover(month_1=100, month_12=1200, month_24=2400)
    assert [turnover.at(month) for month in (1, 2, 12, 18, 24, 25, 60)] == [
        100,
        200,
        1200,
        1800,
        2400,
        2400,
        2400,
    ]
    assert sum(turnover.at(month) for month in range(1, 13)) == pytest.approx(7800)
    with pytest.raises(ValueError, match="month 0 is before the start"):
        turnover.at(0)


@given(
    *[st.floats(0, 1e8) for _ in range(3)],
    st.integers(1, 60),
)
def test_turnover_stays_between_its_points(
    first: float, middle: float, last: float, month: int
) -> None:
    """No month is above the highest point or below the lowest, but for rounding."""
    assume(last == 0 or max(first, middle) < 12 * last)  # that would be asked about
    value = Turnover(month_1=first, month_12=middle, month_24=last).at(month)
    assert min(first, middle, last) - 1e-6 <= value <= max(first, middle, last) + 1e-6


def test_who_earns_much_and_spends_much_is_believed() -> None:
    """A manager with 27,600 € a month has costs that tell so, and is asked nothing more."""
    text = changed("net_salary: 2300", "net_salary: 27600") + "household: {fixed_costs: 9000}\n"
    assert parse(text).employment.net_salary == 27_600


def test_expenses_follow_turnover() -> None:
    """Fixed expenses come on top of the share of turnover."""
    text = changed("category: liberal", "category: liberal\n  expenses: {fixed: 80, rate: 0.05}")
    assert (parse(text).project.fixed_expenses, parse(text).project.expense_rate) == (80, 0.05)


def test_honour_loans_add_up() -> None:
    """The total holds every network."""
    loans = HonorLoans(initiative_france=5000, reseau_entreprendre=15000, bpifrance=2000)
    assert loans.total == sum(loans.model_dump().values()) == 22000


FULL: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[3] / "params/alice.yaml").read_text(encoding="utf-8")
)


def _places(data: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    match data:
        case dict():
            inner = data.items()
        case list():
            inner = enumerate(data)  # type: ignore[assignment]
        case _:
            return [path]
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


@pytest.mark.thorough
@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([place for place in _places(FULL) if place]),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**15), 10**15),
        st.floats(),
        st.dates(),
        st.text(max_size=20),
        st.sampled_from(["none", "true", "unknown", "full_time", "2026-02-30", "rsa"]),
        st.lists(st.integers() | st.text(max_size=5), max_size=3),
        st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
    ),
    st.sampled_from(["value", "key", "delete"]),
    st.text(max_size=10),
)
def test_a_nearly_valid_profile_is_read_or_refused_in_words(
    place: tuple[Any, ...], value: object, mutation: str, name: str
) -> None:
    """Whatever is changed in a good profile gives a profile or an error for people."""
    data: Any = deepcopy(FULL)
    parent = data
    for part in place[:-1]:
        parent = parent[part]
    if mutation == "delete":
        del parent[place[-1]]
    elif mutation == "key" and isinstance(parent, dict):
        parent[name] = parent.pop(place[-1])
    else:
        parent[place[-1]] = value
    text = yaml.safe_dump(data, allow_unicode=True)
    try:
        profile = parse(text)
    except InputError as error:
        for problem in error.problems:
            assert problem.place.file == "a.yaml"
            for what, todo in (problem.words("en"), problem.words("fr")):
                assert what
                assert todo
                assert "{" not in todo
            assert "\n" not in str(problem)
    else:
        assert Profile.model_validate_json(profile.model_dump_json()) == profile


def test_the_shortest_profile_of_the_schema_is_the_one_tested_here() -> None:
    """The example that editors show is a profile that works."""
    data = yaml.safe_load(SHORT)
    data["employment"]["since"] = str(data["employment"]["since"])
    data["project"]["start"] = str(data["project"]["start"])
    assert data == SHORTEST
