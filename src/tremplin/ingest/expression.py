"""
The few things that a derived figure may do with series, as polars expressions.

An expression is read, never run: names of series, `+` and `-`, and five functions.

    value(x)      x
    sum(x, n)     x and the n - 1 periods before it together
    growth(x)     by how many percent x changed within a year
    share(x, y)   x in percent of y
    ratio(x, y)   x divided by y
"""

import ast
from collections.abc import Callable, Mapping

import polars as pl

YEAR = {4: 1, 7: 4}
"""How many periods a year has, by how many letters name one: 2025, 2025-Q1."""
OPERATORS: Mapping[type[ast.operator], Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
}
ARGUMENTS = {"value": 1, "sum": 2, "growth": 1, "share": 2, "ratio": 2}


class ExpressionError(Exception):
    """What is written is no expression on series; says which part is not."""


def names(text: str) -> frozenset[str]:
    """Give the series that an expression reads; raises ExpressionError."""
    return frozenset(parse(text, 1).meta.root_names())


def parse(text: str, year: int) -> pl.Expr:
    """
    Make the expression of a text, on a frame with a column a series and a row a period, none left out.

    Args:
        text: such as `share(creations.all - creations.classic, creations.all)`.
        year: how many periods a year has.

    Raises:
        ExpressionError: it is none.

    """
    try:
        return _of(ast.parse(text, mode="eval").body, year)
    except (SyntaxError, RecursionError, ValueError):
        raise ExpressionError(text) from None


def _of(node: ast.expr, year: int) -> pl.Expr:
    if isinstance(node, ast.Name | ast.Attribute):
        return pl.col(ast.unparse(node))
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_of(node.left, year), _of(node.right, year))
    match node:
        case ast.Call(func=ast.Name(id=name), keywords=[]) if ARGUMENTS.get(name) == len(node.args):
            return _call(name, node.args, year)
    raise ExpressionError(ast.unparse(node))


def _call(name: str, arguments: list[ast.expr], year: int) -> pl.Expr:
    first = _of(arguments[0], year)
    if name == "value":
        return first
    if name == "growth":
        return (first / first.shift(year) - 1) * 100
    if name == "sum":
        count = arguments[1]
        if not isinstance(count, ast.Constant) or type(count.value) is not int or count.value < 1:
            raise ExpressionError(ast.unparse(count))
        return first.rolling_sum(count.value)
    second = _of(arguments[1], year)
    return first / second * (100 if name == "share" else 1)
