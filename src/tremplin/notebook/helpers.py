"""
What the templates of a report may call besides the facts about the person.
"""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from tremplin.model.criteria import DIMENSIONS
from tremplin.notebook import phrases, texts, words
from tremplin.notebook.explanation import in_brief
from tremplin.notebook.prose import Markdown, cite, escape


def pairs(
    left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]]
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Put two lists side by side, the shorter one filled up with nothing."""
    return list(zip_longest(left, right, fillvalue=("", "")))


def badge(text: str, kind: str) -> Markdown:
    """Set a word as a badge: its colour repeats what the word says."""
    return Markdown(f"[{escape(text)}]{{.badge .{kind}}}")


def yes_no(good: bool, text: str) -> Markdown:  # noqa: FBT001 - templates have no keyword to spare
    """Set an answer as a badge, good or not."""
    return badge(text, "met" if good else "unmet")


HELPERS: dict[str, Any] = {
    "in_brief": in_brief,
    "badge": badge,
    "cite": cite,
    "dimensions": DIMENSIONS,
    "id": Markdown,
    "pairs": pairs,
    "phrases": phrases,
    "texts": texts,
    "words": words,
    "yes_no": yes_no,
}
"""What templates may call besides the facts."""
