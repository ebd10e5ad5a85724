"""
What a process can make ready before it forks kernels, so that none of them has to.

Nothing here computes with polars, whose threads do not survive a fork.
"""

import ast
import contextlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import altair as alt
import numpy.random  # numpy imports it when first asked for  # noqa: F401
from jinja2 import TemplateError

from tremplin.notebook.prose import compiled, day, money

FILLED = frozenset({"say", "fill", "draw"})
"""The methods of a report that take templates."""


def warm(notebooks: Iterable[Path]) -> None:
    """
    Compile the templates of notebooks, and let babel and altair read what they read once.

    What is wrong with a notebook is told by the kernel that runs it.
    """
    for notebook in notebooks:
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, SyntaxError):
            for template in _templates(notebook):
                with contextlib.suppress(TemplateError):
                    compiled(template)
    money(0)
    day(date.min)
    alt.Chart().mark_bar().encode(alt.X("x:Q")).to_dict()


def _templates(notebook: Path) -> Iterator[str]:
    """Find the templates that the cells of a notebook give to its report."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in FILLED:
                for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        yield given.value
