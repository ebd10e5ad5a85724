import json
from pathlib import Path

import pytest
from tests.kinds import Instance, Kinds
from tests.templates import (
    Check,
    check_answers,
    check_notebook,
    check_tables,
    fact_kinds,
    known_ids,
    portfolio_kinds,
)

from tremplin.model.register import Register
from tremplin.notebook.facts import Facts
from tremplin.notebook.portfolio import Portfolio
from tremplin.pipeline.chapters import chapters

ROOT = Path(__file__).parents[2]
CHAPTERS = chapters(ROOT / "notebooks")
FOUND: dict[str, Kinds] = {"found": (Instance(Facts),)}


@pytest.fixture
def check(register: Register) -> Check:
    """Give a check of what chapters say, which has seen nothing yet."""
    return Check(fact_kinds(register), known_ids(register))


def test_chapters_name_only_what_there_is(check: Check, register: Register) -> None:
    """No person, however odd, meets a name, a filter, an outcome or an id that does not exist."""
    for path in CHAPTERS:
        check_notebook(check, path, FOUND)
    check_tables(check, register)
    check_answers(check, register)
    assert check.faults == []
    assert check.typed / check.seen > 0.99


def test_the_portfolio_names_only_what_there_is(register: Register) -> None:
    """No portfolio meets a name or a filter that does not exist."""
    portfolio = Portfolio.open("tests/data/portfolio", "", "", "data", "2026-11-22")
    check = Check(portfolio_kinds(portfolio), known_ids(register))
    check_notebook(check, ROOT / "notebooks/portfolio.ipynb", {"found": check.names["found"]})
    assert check.faults == []
    assert check.typed / check.seen > 0.94


def test_a_slip_in_a_branch_that_no_example_person_reaches_is_told(
    check: Check, tmp_path: Path
) -> None:
    """An author who misspells a date of a lost ACRE, which none of the eight has lost, is told where."""
    chapter = ROOT / "notebooks/06-financing.ipynb"
    read = json.loads(chapter.read_text("utf-8"))
    place, line = next(
        (cell, line)
        for cell in read["cells"]
        for line, text in enumerate(cell["source"])
        if "perdue" in text and "acre.request_by" in text
    )
    place["source"][line] = place["source"][line].replace("acre.request_by", "acre.request_bye")
    (tmp_path / chapter.name).write_text(json.dumps(read), "utf-8")
    check_notebook(check, tmp_path / chapter.name, FOUND)
    number = read["cells"].index(place) + 1
    where = f"06-financing.ipynb, cell {number}, line {line + 1}"
    assert check.faults == [f"{where}: Acre has no 'request_bye': did you mean request_by?"]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{{ acree.eligible }}", "there is no 'acree': did you mean acre?"),
        ("{{ acre.eligibel }}", "Acre has no 'eligibel': did you mean eligible?"),
        ("{% if employed %}{% else %}{{ acre.when }}{% endif %}", "Acre has no 'when'"),
        ("{{ 'oui' if employed else acre.when }}", "Acre has no 'when'"),
        ("{{ project.start | dya }}", "there is no filter 'dya': did you mean day?"),
        ("{% if age is defned %}{% endif %}", "there is no test 'defned': did you mean defined?"),
        ("{% for way in plan.ways %}{{ way.sum }}{% endfor %}", "Way has no 'sum'"),
        ("{% set way = plan.ways | first %}{{ way.sum }}", "Way has no 'sum'"),
        ("{{ plan.ways | map(attribute='sum') | max }}", "Way has no 'sum'"),
        ("{{ plan.loans | selectattr('netwrk') | list }}", "Loan has no 'netwrk'"),
        ("{{ plan.loans | selectattr('why', 'eqalto', 'alone') }}", "there is no test 'eqalto'"),
        ("{{ plan.loans | selectattr('why', 'equalto', 'alon') }}", "it is never 'alon'"),
        ("{% if acre.ground == 'jobseeker' %}{% endif %}", "it is never 'jobseeker'"),
        ("{% if transition.exit in ('none', 'quit') %}{% endif %}", "it is never 'quit'"),
        ("{{ plan.needs.safty | money }}", "table has no 'safty': did you mean safety?"),
        ("{{ words.GROUNDS }}", "module has no 'GROUNDS': did you mean GROUND?"),
        ("{{ words.VERDICT[acre.ground] }}", "there is no item 'job_seeker'"),
        ("{{ phrases.worse() }}", "a call is wrong: missing a required argument: 'swing'"),
        ("{{ pocket.of('left', 2) }}", "a call is wrong: too many positional arguments"),
        ("{{ pocket.of('lft') }}", "a call is given 'lft' where"),
        ("{{ plan.gap | day }}", "a call is given float where value is date"),
        ("{{ rule('acre.age') }}", "the register has no rule 'acre.age': did you mean"),
        ("{{ rule('micro.rate.' ~ project.category) }}", "no rule 'micro.rate.sale'"),
        ("{{ convention('form.worth') }}", "the register has no convention 'form.worth'"),
        ("{{ best('A99') }}", "the register has no best 'A99'"),
        ("{{ cite('ct_l1222_1;ct_l1222') }}", "the register has no cite 'ct_l1222'"),
        ("{% for step in steps %}{{ loop.lst }}{% endfor %}", "loop has no 'lst'"),
        ("{% if employed %}", "Unexpected end of template"),
        ("{% macro x() %}{% endmacro %}", "Macro is not checked: do without"),
    ],
)
def test_what_does_not_exist_is_told(check: Check, template: str, fault: str) -> None:
    """A slip of the pen comes with its place, and with what is meant where something is like it."""
    check.template(template, "a chapter")
    assert check.faults
    assert all(one.startswith("a chapter, line 1: ") for one in check.faults)
    assert fault in check.faults[0]


@pytest.mark.parametrize(
    "template",
    [
        "{% if contract_end %}{{ contract_end | day }}{% endif %}",
        "{% for id, amount in plan.needs.items() if amount %}{{ words.NEED[id] }}{% endfor %}",
        "{{ plan.ways[0].amount | money }} {{ steps[:4] | map(attribute='label') | join(', ') }}",
        "{{ (project.start - as_of).days | number }} {{ project.category.startswith('craft') }}",
        "{{ {'couple': 'deux', 'cohabiting': 'deux', 'single': 'une'}[household.situation] }}",
        "{{ words.SCENARIO_SAID[scenarios.planned_id] | fill }}",
    ],
)
def test_what_exists_passes(check: Check, template: str) -> None:
    """What is right is not told."""
    check.template(template, "a chapter")
    assert check.faults == []


def test_a_choice_has_a_text_for_each_outcome(check: Check, tmp_path: Path) -> None:
    """An outcome that the texts of a choice forget, or that is no outcome at all, is told."""
    source = 'report.choose(found.project.category, sale="Vente.", sail="Voile.")'
    cell = {"cell_type": "code", "source": [source]}
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": [cell]}))
    check_notebook(check, tmp_path / "x.ipynb", FOUND)
    assert "x.ipynb, cell 1, line 1: there is no text for the outcome 'lodging'" in check.faults
    assert check.faults[-1].endswith("there is no outcome 'sail': did you mean sale?")
