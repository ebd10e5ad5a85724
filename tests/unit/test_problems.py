import ast
import inspect
import os
import pickle
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from tremplin.errors import EnvironmentLacksError, InputError, Phrase, Place, Problem, render
from tremplin.errors.words import FILE, placeholders
from tremplin.ingest import derived, series
from tremplin.interview.making import STAGES
from tremplin.model import checks, criteria, rules, statistics, texts, urssaf
from tremplin.model.checks import SEVERITIES
from tremplin.model.profile import Profile
from tremplin.model.profile.columns import columns
from tremplin.model.register import DataError
from tremplin.model.table import Row
from tremplin.pipeline.batch.task import Fault
from tremplin.pipeline.doctor import State

SRC = Path(__file__).parents[2] / "src"
FILES = re.compile(r".*\.(bib|css|csv|html|ipynb|json|pdf|png|qmd|svg|typ|yaml)")


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Give the words of each problem by its code."""
    areas = tomllib.loads(FILE.read_text(encoding="utf-8"))
    del areas["form"], areas["phrases"]
    return {f"{area}.{name}": words for area, some in areas.items() for name, words in some.items()}


@cache
def trees() -> list[ast.Module]:
    return [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(SRC.rglob("*.py"))]


def nodes(kind: type[ast.AST]) -> Iterator[Any]:
    return (node for tree in trees() for node in ast.walk(tree) if isinstance(node, kind))


def texts_of(words: dict[str, Any], lang: str) -> list[str]:
    return [words[lang]] if isinstance(words[lang], str) else list(words[lang])


def test_every_code_in_the_source_has_words_and_all_words_are_used() -> None:
    """No problem is told without words, and no translator works on words that nobody reads."""
    areas = "|".join(sorted({code.split(".")[0] for code in catalogue()}))
    code = re.compile(rf"({areas})\.[a-z0-9_]+")
    found = {
        node.value
        for node in nodes(ast.Constant)
        if isinstance(node.value, str)
        and code.fullmatch(node.value)
        and not FILES.fullmatch(node.value)
    }
    assert found - columns().keys() == set(catalogue())


def raised() -> list[tuple[str, set[str]]]:
    """List the codes that are written where a problem is made, each with the names of the values given to it there."""
    return [
        (call.args[0].value, {keyword.arg for keyword in call.keywords})
        for call in nodes(ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "at"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and not any(keyword.arg is None for keyword in call.keywords)
    ]


def test_problems_are_made_with_the_values_that_their_words_need() -> None:
    """A value that no sentence has, or a sentence whose value nobody gives, is a slip."""
    assert len(raised()) > 90
    for code, values in raised():
        parts = [texts_of(words, "en") for words in catalogue()[code].values()]
        needed = [[placeholders(text) for text in one] for one in parts]
        assert values <= frozenset().union(*chain(*needed)), code
        assert all(any(names <= values for names in one) for one in needed), code


@pytest.mark.parametrize("code", catalogue())
def test_both_languages_say_the_same(code: str) -> None:
    """Each sentence is there in both languages, with the same values in the same order of choice."""
    words = catalogue()[code]
    assert words.keys() in ({"what"}, {"what", "todo"})
    for part in words.values():
        assert part.keys() == {"en", "fr"}
        english, french = (texts_of(part, lang) for lang in ("en", "fr"))
        assert [placeholders(text) for text in english] == [placeholders(text) for text in french]
        for text in french:
            assert re.search(r"\w'\w", text.replace("l''atelier", "")) is None
            assert re.search(r"[^\s`\w][!?]|\w[;!?](?!\w)", text.replace("`!`", "")) is None


def required(model: type[BaseModel]) -> Iterator[str]:
    """Give the descriptions of the keys that a group must have, in it and in the groups of it."""
    for field in model.model_fields.values():
        if field.is_required():
            yield str(field.description)
        for group in groups(field.annotation):
            yield from required(group)


def groups(annotation: object) -> Iterator[type[BaseModel]]:
    """Give the groups of keys that an annotation names, be it a union of theirs and of others."""
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for option in get_args(annotation):
        yield from groups(option)


def described() -> Iterator[str]:
    """Give the descriptions of the columns of the data folder, and the names of the rules between them as words."""
    for module in (checks, criteria, derived, rules, series, statistics, texts, urssaf):
        for table in vars(module).values():
            if inspect.isclass(table) and issubclass(table, Row) and table is not Row:
                for column in table.columns().values():
                    if column.description:
                        yield column.description
    for function in nodes(ast.FunctionDef):
        if "__" in function.name.strip("_"):
            yield function.name.split("__")[1].replace("_", " ")


def test_every_phrase_has_its_french() -> None:
    """Words of our own among the values are said in the language of the sentence, and none is kept for nothing."""
    written = {
        call.args[0].value
        for call in nodes(ast.Call)
        if isinstance(call.func, ast.Name)
        and call.func.id == "Phrase"
        and isinstance(call.args[0], ast.Constant)
    }
    defaults = {"an error of I/O"}
    named = {*get_args(State), *Fault, *STAGES, *SEVERITIES}
    needed = {*written, *defaults, *named, *required(Profile), *described()}
    known = set(tomllib.loads(FILE.read_text(encoding="utf-8"))["phrases"])
    system = {os.strerror(number) for number in range(1, 134)}
    assert needed <= known
    assert known - needed <= system | {word.lower() for word in system}


def test_a_problem_is_told_in_both_languages() -> None:
    """The place is the same for editors in both; French has its spaces, its numbers, and our own words in French."""
    problem = Problem.at("yaml.no_keys", Place("a.yaml", 3, key="b.c"), value=Phrase("a list"))
    assert str(problem) == (
        "a.yaml:3: b.c: the file holds a list where keys are expected. "
        "Start with `id: …`, one key a line."
    )
    assert render(problem, "fr") == (
        "a.yaml:3: b.c: le fichier contient une liste là où des clés sont attendues. "
        "Commencez par `id: …`, une clé par ligne."
    )
    cells = Problem.at("clients.too_many_cells", "a.parquet", rows=2000, columns=12, most=10000)
    assert render(cells, "fr") == (
        "a.parquet: a 2\u202f000 lignes et 12 colonnes, plus de 10\u202f000 cellules. "
        "Faites-en plusieurs tableaux"
    )
    column = Problem.at("table.column_unknown", Place("a.csv", 1, "nom"), meant="name", expected="")
    assert render(column, "fr") == (
        "a.csv:1 (colonne nom): la colonne est inconnue. Vouliez-vous dire name\u00a0?"
    )
    days = "2020-01-01/2020-12-31, 2022-01-01/"
    rule = Problem.at("data.rule_not_known_then", "rules.csv", rule="a.b", day="…", known=days)
    assert "only on 2020-01-01 to 2020-12-31, 2022-01-01 to now." in str(rule)
    assert "seulement du 2020-01-01 au 2020-12-31, depuis le 2022-01-01." in render(rule, "fr")


def test_a_cell_is_told_as_spreadsheets_name_it() -> None:
    """File, sheet and cell lead to it; where the file is left out, so is the sheet, which may be called like a person."""
    place = Place("a.xlsx", 7, "E", "employment.since", "Clients")
    problem = Problem.at("clients.merged", place, range="E7:E8")
    assert render(problem, "fr").startswith(
        "a.xlsx, feuille «\u00a0Clients\u00a0», E7: employment.since: les"
    )
    assert render(problem, "fr", with_file=False).startswith("E7: employment.since: les")
    row = Problem.at("people.id_shared", Place("a.xlsx", 7, sheet="Clients"))
    assert str(row).startswith("a.xlsx, sheet « Clients », line 7: this id")


def test_what_a_person_typed_is_not_translated() -> None:
    """A value that happens to be words of ours stays as it was typed."""
    problem = Problem.at("profile.not_text", "a.yaml", value="a list")
    assert render(problem, "fr").startswith("a.yaml: a list n’est pas du texte")


@pytest.mark.parametrize("kind", [InputError, DataError, EnvironmentLacksError])
def test_errors_come_back_from_workers_whole(kind: type[InputError]) -> None:
    """Code, place and values survive the way between processes, and with them the words in both languages."""
    error = kind(
        Problem.at("profile.not_text", Place("a.yaml", 3, key="b"), value=Phrase("a list")),
        "a plain sentence",
    )
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(back) is kind
    assert back.problems == error.problems
    assert back.told("fr") == error.told("fr")
    assert "une liste n’est pas du texte" in back.told("fr")


def test_a_problem_comes_back_from_its_facts() -> None:
    """What a machine reads as JSON is all that the problem was."""
    problem = Problem.at("table.not_a_number", Place("a.csv", 2, "value"), value="'x'")
    assert problem.facts("fr") == {
        "code": "table.not_a_number",
        "file": "a.csv",
        "sheet": None,
        "line": 2,
        "column": "value",
        "key": None,
        "values": {"value": "'x'"},
        "what": "'x' n’est pas un nombre",
        "todo": "Écrivez-le comme 12.5, avec un point et sans espaces",
    }
    assert Problem.of_facts(problem.facts("en")) == problem
