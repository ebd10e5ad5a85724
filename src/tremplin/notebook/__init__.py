"""What a notebook cell calls: prose, tables and charts made of the findings."""

from typing import TYPE_CHECKING

import tremplin.late_grammar  # noqa: F401 - before anything here imports altair

if TYPE_CHECKING:
    from tremplin.notebook.report import Report

__all__ = ["Report"]


def __getattr__(name: str) -> object:
    """Give the report to a notebook; who asks for prose alone need not wait for the charts that come with it."""
    if name != "Report":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tremplin.notebook.report import Report  # noqa: PLC0415

    return Report
