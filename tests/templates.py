"""
The templates of chapters and of data, held against what they may name: every branch, without a person.

A template is read as jinja reads it, and what it names is followed through the annotations of `Facts`: names,
attributes, keys, filters, tests, calls, outcomes that something is compared with, and ids of the register.
"""

import ast
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import TemplateSyntaxError, nodes
from tests.kinds import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    TEXT,
    UNKNOWN,
    AbsentError,
    Constant,
    Function,
    Instance,
    Kinds,
    Loop,
    Row,
    Series,
    fits,
    kind_of,
    returned,
    united,
    without_nothing,
)

from tremplin.case import answers
from tremplin.model.register import TEMPLATES, Register
from tremplin.model.sources import read_keys
from tremplin.notebook.facts import Facts
from tremplin.notebook.helpers import HELPERS
from tremplin.notebook.portfolio import Portfolio
from tremplin.notebook.prose import ENVIRONMENT
from tremplin.notebook.warm import templates

ALIKE = 0.6
ROWS = {"statistics": "statistics.csv", "rules": "rules.csv", "conventions": "conventions.csv"}
"""Facts that give the rows of a table."""
SAID_WITH = ("convention", "rule", "words", "phrases")
"""What `explanation` gives the words of an answer besides it and its case."""

Step: TypeAlias = Callable[[Any, dict[str, Kinds]], Kinds]
SAME = {"equalto", "eq", "==", "sameas"}
JINJA: dict[str, Kinds] = {
    **dict.fromkeys(("length", "count", "int"), (INTEGER,)),
    **dict.fromkeys(("join", "lower", "upper", "capitalize", "format", "string"), (TEXT,)),
    **dict.fromkeys(("round", "float"), (NUMBER,)),
}
"""What the filters of jinja give that do not depend on what they get."""


def fact_kinds(register: Register) -> dict[str, Kinds]:
    """Give all names of a chapter's templates with what they are."""
    there = Instance(Facts)
    names = {name: there.name(name) for name in dir(Facts) if not name.startswith("_")}
    for name, table in ROWS.items():
        row = Row(dict.fromkeys(register.table(table).columns, UNKNOWN))
        names[name] = (Function(None, (Series((row,)),)),)
    return names | {"case": there.name("case")} | {one: kind_of(it) for one, it in HELPERS.items()}


def portfolio_kinds(portfolio: Portfolio) -> dict[str, Kinds]:
    """Give all names of the portfolio's templates with what they are."""
    return {name: kind_of(value) for name, value in portfolio.named.items()}


def known_ids(register: Register) -> dict[str, frozenset[str]]:
    """Give the ids that a call of a template may ask for, by the name that is called."""
    rules, conventions, figures = (
        frozenset(register.table(f"{name}.csv")["id"])
        for name in ("rules", "conventions", "statistics")
    )
    sources = read_keys(register.folder / "sources.bib")[1]
    return {"rule": rules, "dated": rules, "convention": conventions} | {
        **dict.fromkeys(("figure", "best"), figures),
        "cite": frozenset(sources),
    }


@dataclass
class Check:
    """A walk through templates: `faults` says what is wrong, `seen` and `typed` count expressions."""

    names: Mapping[str, Kinds]
    ids: Mapping[str, frozenset[str]]
    faults: list[str] = field(default_factory=list)
    seen: int = 0
    typed: int = 0
    _place: str = ""
    _line: int = 1

    def template(self, text: str, place: str, line: int = 1) -> None:
        """
        Walk through a template.

        Args:
            text: the template.
            place: where it stands, for what is told.
            line: the line of the place on which it begins.

        """
        self._place, self._line = place, line
        try:
            tree = ENVIRONMENT.parse(text)
        except TemplateSyntaxError as error:
            self._tell(error.lineno, str(error.message))
            return
        self._body(tree.body, dict(self.names))

    def chain(self, node: ast.expr, roots: Mapping[str, Kinds], place: str) -> Kinds:
        """Follow a chain of names of a cell, such as found.week.loads."""
        self._place, self._line = place, 1
        if isinstance(node, ast.Attribute):
            return self._named(self.chain(node.value, roots, place), node.attr, node.lineno)
        return roots.get(node.id, UNKNOWN) if isinstance(node, ast.Name) else UNKNOWN

    def outcome(self, node: ast.Call, roots: Mapping[str, Kinds], place: str) -> None:
        """See that a choice of a cell has a text for each outcome that there is, and no other."""
        found = without_nothing(self.chain(node.args[0], roots, place))
        outcomes = {str(one.value) for one in found if isinstance(one, Constant)}
        texts = {str(word.arg) for word in node.keywords} - {"before", "after"}
        if len(outcomes) != len(found) or not outcomes:
            self._tell(node.lineno, f"{ast.unparse(node.args[0])} is no typed outcome")
            return
        for missing in sorted(outcomes - texts):
            self._tell(node.lineno, f"there is no text for the outcome {missing!r}")
        for other in sorted(texts - outcomes):
            self._tell(node.lineno, f"there is no outcome {other!r}{_meant(other, outcomes)}")

    def _tell(self, line: int, what: str) -> None:
        self.faults.append(f"{self._place}, line {self._line + line - 1}: {what}")

    def _absent(self, error: AbsentError, what: str, line: int) -> None:
        self._tell(line, f"{what} {str(error.asked)!r}{_meant(str(error.asked), error.known)}")

    def _body(self, body: Sequence[nodes.Node], scope: dict[str, Kinds]) -> None:
        """Walk through what stands one after the other; what is set stays set."""
        for node in body:
            match node:
                case nodes.Output():
                    for one in node.nodes:
                        self._kinds(one, scope)
                case nodes.If():
                    self._kinds(node.test, scope)
                    self._body([*node.body, *node.elif_, *node.else_], scope)
                case nodes.For():
                    items = _each(self._kinds(node.iter, scope))
                    inner = scope | {"loop": (Loop(),)}
                    self._assign(node.target, items, inner)
                    if node.test:
                        self._kinds(node.test, inner)
                    self._body(node.body, inner)
                    self._body(node.else_, scope)
                case nodes.Assign():
                    self._assign(node.target, self._kinds(node.node, scope), scope)
                case _:
                    self._tell(node.lineno, f"{type(node).__name__} is not checked: do without")

    def _assign(self, target: nodes.Node, found: Kinds, scope: dict[str, Kinds]) -> None:
        if isinstance(target, nodes.Tuple):
            for place, one in enumerate(target.items):
                self._assign(one, self._at(found, (Constant(place),), target.lineno), scope)
        elif isinstance(target, nodes.Name):
            scope[target.name] = found

    def _kinds(self, node: nodes.Node, scope: dict[str, Kinds]) -> Kinds:
        """Tell what an expression can be, and what is wrong with it."""
        step: Step | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if step is None:
            for child in node.iter_child_nodes():
                self._kinds(child, scope)
            return _OPERATIONS.get(type(node), UNKNOWN)
        found: Kinds = step(node, scope)
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Call | nodes.Filter):
            self.seen += 1
            self.typed += bool(found)
        return found

    def _name(self, node: nodes.Name, scope: dict[str, Kinds]) -> Kinds:
        if node.name in scope:
            return scope[node.name]
        if node.name in ENVIRONMENT.globals:
            return kind_of(ENVIRONMENT.globals[node.name])
        self._tell(node.lineno, f"there is no {node.name!r}{_meant(node.name, scope)}")
        return UNKNOWN

    def _const(self, node: nodes.Const, scope: dict[str, Kinds]) -> Kinds:  # noqa: ARG002
        return (Constant(node.value),)

    def _tuple(self, node: nodes.Tuple, scope: dict[str, Kinds]) -> Kinds:
        return (Series(UNKNOWN, tuple(self._kinds(one, scope) for one in node.items)),)

    def _list(self, node: nodes.List, scope: dict[str, Kinds]) -> Kinds:
        return (Series(united([self._kinds(one, scope) for one in node.items])),)

    def _dict(self, node: nodes.Dict, scope: dict[str, Kinds]) -> Kinds:
        keys = [self._kinds(pair.key, scope)[0] for pair in node.items]
        values = [self._kinds(pair.value, scope) for pair in node.items]
        return (Row({key.value: one for key, one in zip(keys, values, strict=True)}),)  # type: ignore[attr-defined] # constants

    def _getattr(self, node: nodes.Getattr, scope: dict[str, Kinds]) -> Kinds:
        return self._named(self._kinds(node.node, scope), node.attr, node.lineno)

    def _named(self, of: Kinds, name: str, line: int) -> Kinds:
        found = []
        for one in without_nothing(of):
            try:
                found.append(one.name(name))
            except AbsentError as error:
                self._absent(error, f"{_said(one)} has no", line)
        return united(found)

    def _getitem(self, node: nodes.Getitem, scope: dict[str, Kinds]) -> Kinds:
        of, key = self._kinds(node.node, scope), self._kinds(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return tuple(
                type(one)(one.items()) if isinstance(one, Series) else Series(one.items())
                for one in without_nothing(of)
            )
        return self._at(of, key, node.lineno)

    def _at(self, of: Kinds, keys: Kinds, line: int) -> Kinds:
        found = []
        for one in without_nothing(of):
            try:
                found.append(one.at(without_nothing(keys)))
            except AbsentError as error:
                self._absent(error, "there is no item", line)
        return united(found)

    def _call(self, node: nodes.Call, scope: dict[str, Kinds]) -> Kinds:
        of = self._kinds(node.node, scope)
        given = [self._kinds(one, scope) for one in node.args]
        named = {one.key: self._kinds(one.value, scope) for one in node.kwargs}
        if isinstance(node.node, nodes.Name) and given:
            self._known(node.node.name, given[0], node.lineno)
        return united(
            self._called(one, given, named, node.lineno) for one in of if isinstance(one, Function)
        )

    def _known(self, called: str, asked: Kinds, line: int) -> None:
        """See that an id of the register is there."""
        for one in asked if called in self.ids else ():
            if isinstance(one, Constant) and one.value is not None:
                for key in str(one.value).split(";"):
                    if key not in self.ids[called]:
                        what = f"the register has no {called} {key!r}"
                        self._tell(line, what + _meant(key, self.ids[called]))

    def _called(
        self, function: Function, given: list[Kinds], named: dict[str, Kinds], line: int
    ) -> Kinds:
        if function.signature is not None:
            try:
                bound = function.signature.bind(*given, **named)
            except TypeError as error:
                self._tell(line, f"a call is wrong: {error}")
                return function.result
            for name, wanted in function.hints:
                one = bound.arguments.get(name, UNKNOWN)
                if not fits(one, wanted):
                    said = f"{_said(one[0])} where {name} is {' or '.join(map(_said, wanted))}"
                    self._tell(line, f"a call is given {said}")
        return function.result

    def _filter(self, node: nodes.Filter, scope: dict[str, Kinds]) -> Kinds:
        got = self._kinds(node.node, scope) if node.node is not None else UNKNOWN
        given = [self._kinds(one, scope) for one in node.args]
        attribute = next(
            (self._kinds(one.value, scope) for one in node.kwargs if one.key == "attribute"),
            UNKNOWN,
        )
        function = ENVIRONMENT.filters.get(node.name)
        if function is None:
            what = f"there is no filter {node.name!r}"
            self._tell(node.lineno, what + _meant(node.name, ENVIRONMENT.filters))
            return UNKNOWN
        if function.__module__.startswith("tremplin"):
            if node.name == "fill":
                return self._filled(got, node.lineno)
            return self._called(Function.of(function), [got, *given], {}, node.lineno)
        return self._jinja(node.name, got, given, attribute, node.lineno)

    def _filled(self, got: Kinds, line: int) -> Kinds:
        """Walk through a text that is a template itself: one of the data is checked where it stands."""
        place, first = self._place, self._line
        for one in got:
            if isinstance(one, Constant):
                self._line = first + line - 1
                self._body(ENVIRONMENT.parse(one.value).body, dict(self.names))
        self._place, self._line = place, first
        return (TEXT,)

    def _jinja(
        self, name: str, got: Kinds, given: list[Kinds], attribute: Kinds, line: int
    ) -> Kinds:
        """Tell what a filter of jinja gives."""
        items = _each(got)
        attribute = given[0] if name.endswith("attr") else attribute
        if attribute and isinstance(attribute[0], Constant) and isinstance(attribute[0].value, str):
            found = items
            for step in attribute[0].value.split("."):
                found = self._named(found, step, line)
            if name.endswith("attr") and len(given) > 1:
                self._tested(given, found, line)
            items = found if name == "map" else items
        match name:
            case "list" | "unique" | "sort" | "selectattr" | "rejectattr" | "map" | "reverse":
                return (Series(items),)
            case "first" | "last" | "min" | "max":
                return items
            case "sum" | "abs":
                return (NUMBER,)
            case "default":
                return united((without_nothing(got), *given[:1]))
        return JINJA.get(name, UNKNOWN)

    def _tested(self, given: list[Kinds], found: Kinds, line: int) -> None:
        """Check the test of selectattr and its like."""
        test = given[1][0]
        if isinstance(test, Constant):
            self._known_test(str(test.value), line)
            if test.value in SAME and len(given) > 2:
                self._possible(found, given[2], line)

    def _known_test(self, name: str, line: int) -> None:
        if name not in ENVIRONMENT.tests:
            self._tell(line, f"there is no test {name!r}{_meant(name, ENVIRONMENT.tests)}")

    def _test(self, node: nodes.Test, scope: dict[str, Kinds]) -> Kinds:
        self._kinds(node.node, scope)
        for one in node.args or ():
            self._kinds(one, scope)
        self._known_test(node.name, node.lineno)
        return (BOOLEAN,)

    def _compare(self, node: nodes.Compare, scope: dict[str, Kinds]) -> Kinds:
        left = self._kinds(node.expr, scope)
        for operand in node.ops:
            right = self._kinds(operand.expr, scope)
            match operand.op:
                case "eq" | "ne":
                    self._possible(left, right, node.lineno)
                case "in" | "notin":
                    self._possible(_each(right), left, node.lineno)
            left = right
        return (BOOLEAN,)

    def _possible(self, one: Kinds, other: Kinds, line: int) -> None:
        """See that what is compared can be the same: an outcome that does not exist is misspelt."""
        outcomes, asked = (
            {kind.value for kind in without_nothing(side) if isinstance(kind, Constant)}
            for side in (one, other)
        )
        known = all(isinstance(kind, Constant) for kind in (*one, *other))
        if not (known and outcomes and asked and all(isinstance(it, str) for it in asked)):
            return
        few, many = (asked, outcomes) if len(asked) <= len(outcomes) else (outcomes, asked)
        for value in sorted(few - many):
            self._tell(line, f"it is never {value!r}{_meant(value, map(str, many))}")

    def _condexpr(self, node: nodes.CondExpr, scope: dict[str, Kinds]) -> Kinds:
        self._kinds(node.test, scope)
        other = self._kinds(node.expr2, scope) if node.expr2 else (Constant(""),)
        return united((self._kinds(node.expr1, scope), other))

    def _or(self, node: nodes.Or, scope: dict[str, Kinds]) -> Kinds:
        left = self._kinds(node.left, scope)
        return united((without_nothing(left), self._kinds(node.right, scope)))

    def _and(self, node: nodes.And, scope: dict[str, Kinds]) -> Kinds:
        self._kinds(node.left, scope)
        return self._kinds(node.right, scope)

    def _add(self, node: nodes.Add, scope: dict[str, Kinds]) -> Kinds:
        left, right = self._kinds(node.left, scope), self._kinds(node.right, scope)
        return (NUMBER,) if fits(left, (NUMBER,)) and fits(right, (NUMBER,)) else left

    def _sub(self, node: nodes.Sub, scope: dict[str, Kinds]) -> Kinds:
        left, right = self._kinds(node.left, scope), self._kinds(node.right, scope)
        dates = bool(left) and bool(right) and fits(left, (Instance(date),))
        return (Instance(timedelta),) if dates else (NUMBER,)

    def _concat(self, node: nodes.Concat, scope: dict[str, Kinds]) -> Kinds:
        parts = [self._kinds(one, scope) for one in node.nodes]
        texts = [[str(it.value) for it in part if isinstance(it, Constant)] for part in parts]
        if all(len(some) == len(part) for some, part in zip(texts, parts, strict=True)):
            return tuple(Constant("".join(one)) for one in product(*texts)) or UNKNOWN
        return (TEXT,)


_OPERATIONS: Mapping[type[nodes.Node], Kinds] = {
    nodes.Not: (BOOLEAN,),
    **dict.fromkeys((nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg), (NUMBER,)),
}


def _each(of: Kinds) -> Kinds:
    """Give what a loop over a value meets."""
    return united(one.items() for one in without_nothing(of))


def _meant(asked: str, known: Any) -> str:  # noqa: ANN401 - any names
    close = get_close_matches(asked, [str(one) for one in known], 1, ALIKE)
    return f": did you mean {close[0]}?" if close else ""


def _said(kind: Any) -> str:  # noqa: ANN401 - any kind
    """Name a kind for people."""
    match kind:
        case Constant():
            return repr(kind.value)
        case Instance():
            return kind.of.__name__
    return type(kind).__name__.lower()


def check_notebook(check: Check, path: Path, roots: Mapping[str, Kinds]) -> None:
    """
    Walk through all templates of a notebook, and through what its cells name of its roots.

    Args:
        check: what is told and counted.
        path: the notebook.
        roots: what the names of its setup cell are, such as `found`.

    """
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], start=1):
        if cell["cell_type"] != "code":
            continue
        source, place = "".join(cell["source"]), f"{path.name}, cell {number}"
        for template in templates(source):
            check.template(template.value, place, template.line)
        tree = ast.parse(source)
        inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and id(node) not in inner:
                check.chain(node, roots, place)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "choose":
                check.outcome(node, roots, place)


def check_tables(check: Check, register: Register) -> None:
    """Walk through all texts of the register that are templates; short names and changes know the law, and no person."""
    chapters = check.names
    law = {"rule": chapters["rule"]}
    change = law | {"convention": chapters["convention"], "amount": UNKNOWN, "day": UNKNOWN}
    for name, columns in TEMPLATES.items():
        for row in register.table(name).iter_rows(named=True) if name != "answers.csv" else ():
            for column in columns:
                check.names = {"short": law, "words": change}.get(column, chapters)
                check.template(row[column], f"{name}, {row['id']}, {column}")
    check.names = chapters


def check_answers(check: Check, register: Register) -> None:
    """Walk through what is said of each answer, where `it` is what the answer gives."""
    chapters = check.names
    named = {name: chapters[name] for name in ("case", "employed", "form_name", *SAID_WITH)}
    for row in register.table("answers.csv").iter_rows(named=True):
        given = answers()[row["id"]]
        check.names = named | {"it": returned(given.work), "given": (Series(UNKNOWN),)}
        for column in ("question", "answer"):
            check.template(row[column], f"answers.csv, {row['id']}, {column}")
    check.names = chapters
