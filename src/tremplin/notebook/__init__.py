"""What a notebook cell calls: prose, tables and charts made of the findings."""

import tremplin.late_grammar  # noqa: F401 - before anything here imports altair
from tremplin.notebook.report import Report

__all__ = ["Report"]
