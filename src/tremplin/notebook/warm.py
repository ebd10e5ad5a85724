"""
What a process can make ready before it forks kernels, so that none of them has to.

Nothing here computes with polars, whose threads do not survive a fork.
"""

import ast
import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import altair as alt
import numpy.random  # numpy imports it when first asked for  # noqa: F401
from jinja2 import TemplateError

from tremplin.notebook import texts
from tremplin.notebook.prose import compiled, day, money

FILLED = frozenset({"say", "choose", "fill", "draw", "draw_groups"})
"""The methods of a report, or of a portfolio, that take templates."""


class TemplateText(NamedTuple):
    """A template of a cell, and the line of the cell on which it begins."""

    line: int
    value: str


def warm(notebooks: Iterable[Path]) -> None:
    """
    Compile the templates of notebooks and the texts they share, and let babel and altair read what they read once.

    What is wrong with a notebook is told by the kernel that runs it.
    """
    for notebook in notebooks:
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, SyntaxError):
            for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    for template in templates("".join(cell["source"])):
                        with contextlib.suppress(TemplateError):
                            compiled(template.value)
    for name, shared in vars(texts).items():
        if name.isupper():
            for text in shared.values() if isinstance(shared, Mapping) else (shared,):
                compiled(text)
    money(0)
    day(date.min)
    alt.Chart().mark_bar().encode(alt.X("x:Q")).to_dict()


def templates(source: str) -> Iterator[TemplateText]:
    """Find the templates that a cell gives to its report, each with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in FILLED:
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                # Only what is text there: a chart's other arguments are not filled.
                for one in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield TemplateText(one.lineno, one.value)
