"""What a notebook cell calls: prose, tables and charts made of the findings."""

from tremplin.notebook.report import Report

__all__ = ["Report"]
