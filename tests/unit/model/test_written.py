"""Profiles as people and programs write them."""

import json
from datetime import date
from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.model.dump import dump_yaml
from tremplin.model.profile import SHORTEST, Profile, load_profile
from tremplin.model.scalar import values_hidden

DATA = Path(__file__).parents[2] / "data"
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


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> "Writer":
    return Writer(tmp_path)


class Writer:
    """Writes profiles and reads them back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, text: str, name: str = "a.yaml") -> Profile:
        """Read a profile."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return load_profile(path)

    def told(self, text: str, name: str = "a.yaml") -> list[str]:
        """Give what is told of a wrong one, without the folder."""
        with pytest.raises(InputError) as caught:
            self.read(text, name)
        return [
            str(problem).removeprefix(f"{self.folder}/{name}") for problem in caught.value.problems
        ]


def with_(key: str, value: str) -> str:
    """Give the short profile with another value of a key."""
    lines = [
        line if line.split(":")[0].strip() != key else f"{line.split(':')[0]}: {value}"
        for line in SHORT.splitlines()
    ]
    assert "\n".join(lines) != SHORT.strip()
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("net_salary", '"1650"', 1650),
        ("net_salary", "1 650", 1650),
        ("net_salary", "1 650,50 €", 1650.5),
        ("net_salary", "1\u202f650,50\u00a0€", 1650.5),
        ("net_salary", "1.650,50", 1650.5),
        ("weekly_hours", "35 h", 35),
        ("weekly_hours", "'35'", 35),
        ("since", '"2021-09-01"', date(2021, 9, 1)),
        ("since", "01/09/2021", date(2021, 9, 1)),
        ("since", "1er septembre 2021", date(2021, 9, 1)),
        ("since", '"2021-09-01T00:00:00"', date(2021, 9, 1)),
        ("contract", "CDI", "permanent"),
        ("contract", "contrat à durée indéterminée", "permanent"),
        ("contract", "intérim", "agency"),
    ],
)
def test_what_people_write_is_understood(
    write: Writer, key: str, written: str, meant: object
) -> None:
    """Amounts, hours, days and choices are read as in the interview, in quotes or not."""
    old = next(line for line in SHORT.splitlines() if line.startswith(f"  {key}:"))
    profile = write.read(SHORT.replace(old, f"  {key}: {written}"))
    assert getattr(profile.employment, key) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("oui", True), ("Non", False), ("no", False), ("YES", True), ('"true"', True), ("x", True)],
)
def test_yes_and_no_are_words(write: Writer, written: str, meant: object) -> None:
    """`oui`, `no` and `"true"` are answers, to a plain question and to one that may be unknown."""
    text = SHORT.replace("  category", f"  physical: {written}\n  regulated: {written}\n  category")
    project = write.read(text).project
    assert (project.physical, project.regulated) == (meant, meant)


def test_shares_and_lists_are_understood(write: Writer) -> None:
    """`55 %` is 0.55; one word stands for a list of it, and the words of a list may be French."""
    text = SHORT + (
        "  expenses: {rate: '5,5 %'}\n"
        "  preparation: {recurring_share: 55 %, documents: RIB}\n"
        "person: {benefits: [RSA, prime d’activité]}\n"
        "household: {children: '2'}\n"
    )
    profile = write.read(text)
    assert profile.project.expenses.rate == 0.055
    assert profile.project.preparation.recurring_share == 0.55
    assert profile.project.preparation.documents == ("bank_details",)
    assert profile.person.benefits == ("rsa", "prime_activite")
    assert profile.household.children == 2
    assert write.read(SHORT + "person: {benefits: aucune}\n").person.benefits == ()


def test_groups_in_lists_are_understood(write: Writer) -> None:
    """What is asked of each piece of equipment and each employee is understood as well."""
    text = SHORT + (
        "  equipment:\n    - {name: Four n°1, amount: 12 000 €, years: '7'}\n"
        "  employees: [{role: Vendeuse, gross: 1 900 €, weekly_hours: 24 h, from_month: '3'}]\n"
    )
    project = write.read(text).project
    assert [(one.name, one.amount, one.years) for one in project.equipment] == [
        ("Four n°1", 12000, 7)
    ]
    assert [(one.gross, one.weekly_hours, one.from_month) for one in project.employees] == [
        (1900, 24, 3)
    ]


def test_texts_stay_as_they_are_written(write: Writer) -> None:
    """A name that looks like a number, a yes or a choice is that name."""
    profile = write.read(SHORT.replace("name: Alice", "name: oui").replace("Rédaction web", "'42'"))
    assert (profile.name, profile.project.activity) == ("oui", "42")


def test_a_json_file_is_a_profile(write: Writer) -> None:
    """What a program writes, dates as text and tabs before its keys, is the same profile."""
    data = {
        "id": "alice",
        "name": "Zoé \u00e9",
        "employment": {
            "contract": "permanent",
            "since": "2021-09-01",
            "weekly_hours": "35",
            "net_salary": 2.3e3,
        },
        "project": {
            "activity": "Rédaction web",
            "category": "liberal",
            "start": "2027-01-04",
            "weekly_hours": 10,
            "turnover": {"month_1": 300, "month_12": 1800, "month_24": 2600},
            "regulated": False,
        },
    }
    for text in (json.dumps(data), json.dumps(data, indent="\t", ensure_ascii=False)):
        profile = write.read(text, "alice.json")
        assert profile.name == "Zoé é"
        assert profile.employment.since == date(2021, 9, 1)
    wrong = json.dumps({**data, "name": "Zoé 🥐"}, indent="\t")
    assert write.told(wrong, "alice.json") == [
        (
            ':3: name: "Zoé 🥐" holds characters that cannot be printed: 🥐. Leave them out: there are'
            " Latin letters and common signs."
        )
    ]
    assert write.told(json.dumps([data, data]), "all.json") == [
        (
            ":1: the file holds a list, as for several people. Keep one person a file, without the [ ]"
            " or the hyphens around."
        )
    ]


def test_a_number_sign_in_a_text_is_told(write: Writer) -> None:
    """YAML would print « Installation » alone; quotes keep the text, and a comment has a space after its sign."""
    cut = (
        "YAML takes the rest of the line, from ` #` on, for a comment. Put the whole text in quotes;"
        " where it is a comment, write a space after the #."
    )
    for activity in ("Installation #1 et dépannage", "#1 du dépannage"):
        assert write.told(with_("activity", activity)) == [f":9: project.activity: {cut}"]
    assert write.told(SHORT + "financing: {savings: 5 #000, family: 1}\n") == [f":14: {cut}"]
    quoted = write.read(with_("activity", '"Installation #1 et dépannage"'))
    assert quoted.project.activity == "Installation #1 et dépannage"
    assert write.read(with_("activity", "Pose  # et dépannage")).project.activity == "Pose"
    assert write.read(with_("activity", "Pose#1")).project.activity == "Pose#1"
    assert write.read(with_("net_salary", "2300 #net")).employment.net_salary == 2300


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("name: Alice", "name:\u00a0Alice", 2),
        ("name: Alice", "name\u202f: Alice", 2),
        ("  contract:", "\u00a0\u00a0contract:", 4),
        ("  since:", " \u00a0since:", 5),
        ("  contract:", "  contract\u00a0:", 4),
    ],
)
def test_a_no_break_space_is_named_with_its_line(
    write: Writer, old: str, new: str, line: int
) -> None:
    """A space that was pasted from a web page or a word processor is told for what it is."""
    problems = write.told(SHORT.replace(old, new))
    character = "U+202F" if "\u202f" in new else "U+00A0"
    said = (
        f"a no-break space ({character}) stands where YAML wants an ordinary one. Delete it, and"
        " type a space with the space bar."
    )
    assert problems == [f":{line}: {said}"]


def test_a_comma_within_braces_is_told(write: Writer) -> None:
    """`{month_1: 1 650,50}` is not 1650: the comma ends the value there, and that is said."""
    for amount in ("1 650,50", "1 650,50 €"):
        assert write.told(SHORT.replace("month_1: 300", f"month_1: {amount}")) == [
            (
                ":13: project.turnover: a comma ends a value within { }: what follows it stands alone."
                " Put a number with a comma in quotes, or write a point: 1650.50."
            )
        ]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("salaire: 1650", "employment.net_salary"),
        ("salaire_net: 1650", "employment.net_salary"),
        ("Net-Salary: 1650", "employment.net_salary"),
        ("date_de_naissance: 1982-03-14", "person.birth_date"),
        ("commerce: 1", None),
        ("telephone: 1", None),
        ("date: 1", None),
        ("nom: Zoé", "name"),
    ],
)
def test_an_unknown_key_is_told_the_right_one_or_none(
    write: Writer, line: str, meant: str | None
) -> None:
    """A French name leads to its key where one alone is called so; what is like nothing gets no hint."""
    (problem,) = write.told(SHORT + line + "\n")
    assert ("Did you mean" in problem) == (meant is not None)
    assert meant is None or f"`{meant}`" in problem


@pytest.mark.parametrize(
    ("category", "meant"),
    [
        ("commercial", None),
        ("art", None),
        ("profession liberale cipavv", "liberal_cipav"),
        ("librale", "liberal"),
    ],
)
def test_a_wrong_choice_is_told_a_close_one_or_none(
    write: Writer, category: str, meant: str | None
) -> None:
    """Only a slip of the pen is corrected: half a word is no choice."""
    (problem,) = write.told(with_("category", category))
    assert ("Did you mean" in problem) == (meant is not None)
    assert meant is None or f"Did you mean `{meant}`?" in problem
    assert write.read(with_("category", "commerce")).project.category == "sale"


def test_a_batch_quotes_nothing_of_what_was_typed(write: Writer) -> None:
    """What is refused is told without the number that a client typed."""
    with values_hidden():
        for old, new in (
            ("net_salary: 2300", "net_salary: 2.345"),
            ("net_salary: 2300", "net_salary: 2.345 €"),
            ("since: 2021-09-01", "since: 2/3/45"),
            ("category: liberal", "category: liberal\n  partners: '2,45'"),
            ("category: liberal", "category: liberal\n  expenses: {rate: 23.45}"),
        ):
            with pytest.raises(InputError) as caught:
                write.read(SHORT.replace(old, new))
            assert "45" not in caught.value.told("fr")


def test_a_point_before_three_digits_is_asked_about(write: Writer) -> None:
    """`2.300` is two euros for YAML and two thousand for many: it is refused, unless a program wrote it or it is no amount."""
    assert write.told(SHORT.replace("net_salary: 2300", "net_salary: 2.300")) == [
        ":7: employment.net_salary: « 2.300 » can be read in two ways. Write 2300 or 2,300."
    ]
    assert write.read(SHORT.replace("net_salary: 2300", "net_salary: 2.30")).employment.net_salary
    hours = write.read(SHORT.replace("weekly_hours: 35", "weekly_hours: 35.125"))
    assert hours.employment.weekly_hours == 35.125
    data = {**SHORTEST, "employment": {**SHORTEST["employment"], "net_salary": 123.456}}
    assert write.read(json.dumps(data), "a.json").employment.net_salary == 123.456
    assert write.read(dump_yaml(data)).employment.net_salary == 123.456
