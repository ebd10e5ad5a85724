from datetime import date
from pathlib import Path

import pytest
from tests.conftest import ROOT

from tremplin.errors import InputError
from tremplin.interview.answers import Answers
from tremplin.model.profile import load_profile
from tremplin.model.profile.questions import TOPICS

NEEDED = {
    "project.activity": "Rédaction web",
    "project.category": "liberal",
    "project.turnover.month_1": 300,
    "project.turnover.month_12": 1800,
    "project.turnover.month_24": 2600,
    "project.weekly_hours": 10,
    "employment.contract": "permanent",
    "employment.weekly_hours": 35,
    "employment.net_salary": 2300,
}


def test_answers_are_kept_at_each_step(tmp_path: Path) -> None:
    """What was answered is in the file at once, for this account alone, and is there again when it is opened."""
    file = tmp_path / "zoe.yaml"
    Answers.open(file).put({"employment.net_salary": 2300, "project.expenses.rate": 0.05})
    assert file.stat().st_mode & 0o077 == 0
    again = Answers.open(file)
    assert again.get("employment.net_salary") == 2300
    assert [path.name for path in tmp_path.iterdir()] == ["zoe.yaml"]


def test_an_answer_that_is_taken_back_leaves_nothing(tmp_path: Path) -> None:
    """A group without answers is not in the file."""
    answers = Answers.open(tmp_path / "zoe.yaml")
    answers.put({"project.premises.rent": 500})
    answers.put({"project.premises.rent": None})
    assert answers.data == {}


def test_a_group_has_what_it_must_have(tmp_path: Path) -> None:
    """Whoever says how long a clause lasts, and no more, does not know yet what it pays, and names no place."""
    answers = Answers.open(tmp_path / "zoe.yaml")
    answers.put({"employment.clauses.non_compete.months": 12})
    assert answers.get("employment.clauses.non_compete") == {
        "months": 12,
        "area": None,
        "compensated": "unknown",
    }


def test_needed_answers_make_a_profile(tmp_path: Path) -> None:
    """Without a name and an id so far: the file's name and « Vous » stand in for them."""
    answers = Answers.open(tmp_path / "Mon Projet.yaml")
    answers.put({**NEEDED, "project.start": date(2027, 1, 4)})
    with pytest.raises(InputError, match=r"employment\.since"):
        answers.profile()
    answers.put({"employment.since": date(2021, 9, 1)})
    assert (answers.profile().id, answers.profile().name) == ("mon-projet", "Vous")


@pytest.mark.parametrize("name", ["alice", "emma", "hugo"])
def test_an_existing_profile_is_opened_as_it_is(tmp_path: Path, name: str) -> None:
    """Opening and saving a profile without a change leaves the same person."""
    copy = tmp_path / f"{name}.yaml"
    copy.write_bytes((ROOT / f"params/{name}.yaml").read_bytes())
    answers = Answers.open(copy)
    answers.put({})
    assert load_profile(copy) == load_profile(ROOT / f"params/{name}.yaml")


def test_a_file_is_understood_as_people_write_it(tmp_path: Path) -> None:
    """What somebody typed into the file is an answer as on a page; what cannot be read is told, not written over."""
    file = tmp_path / "zoe.yaml"
    file.write_text("employment: {contract: CDI, net_salary: 1 650 €}\n", encoding="utf-8")
    answers = Answers.open(file)
    assert answers.get("employment.net_salary") == 1650
    assert answers.get("employment.contract") == "permanent"
    file.write_text("employment: {since: 2021-02-30}\n", encoding="utf-8")
    with pytest.raises(InputError, match="does not exist"):
        Answers.open(file)
    with pytest.raises(InputError, match="tremplin format"):
        Answers.open(tmp_path / "zoe.json")


def test_remarks_are_kept(tmp_path: Path) -> None:
    """What a person noted in the file is still there after an answer on a page."""
    file = tmp_path / "zoe.yaml"
    file.write_text("# vu avec Léa\nemployment:\n  net_salary: 1650  # net\n", encoding="utf-8")
    Answers.open(file).put({"employment.contract": "permanent"})
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.strip().startswith("# ")] == ["# vu avec Léa", "  # net"]


def test_the_stamp_of_a_page_follows_its_answers_alone(tmp_path: Path) -> None:
    """A page in another window is not disturbed by what is answered elsewhere."""
    answers = Answers.open(tmp_path / "zoe.yaml")
    before = [answers.stamp(topic) for topic in TOPICS]
    answers.put({"employment.net_salary": 2300})
    changed = [
        topic.id
        for topic, stamp in zip(TOPICS, before, strict=True)
        if answers.stamp(topic) != stamp
    ]
    assert changed == ["job"]
