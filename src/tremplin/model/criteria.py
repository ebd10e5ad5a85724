"""The criteria that scores are made of: each has a weight, a question and an advice."""

from pathlib import Path

import dataframely as dy

from tremplin.model.table import DOTTED, SOURCES, Row, Table, read_table

DIMENSIONS = ("contract", "time", "finances", "project", "support")


class CriterionRow(Row):
    """The columns of criteria.csv; data/README.md says what each means."""

    id = dy.String(primary_key=True, regex=DOTTED, description="an id such as time.fatigue")
    dimension = dy.Enum(DIMENSIONS)
    weight = dy.Int64(min=1, description="a whole number above 0")
    question = dy.String(description="the question that it answers, in French")
    advice = dy.String(description="what would raise the score, in French")
    source = dy.String(nullable=True, regex=SOURCES, description="keys of sources.bib joined by ;")


def read_criteria(path: Path) -> Table:
    """Read criteria.csv; raises InputError."""
    return read_table(path, CriterionRow)
