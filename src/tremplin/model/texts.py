"""
What reports say in fixed words, and the conventions they reckon with: the tables that advisors may edit.
"""

from typing import get_args

import dataframely as dy

from tremplin.model.criteria import DIMENSIONS
from tremplin.model.profile import Category
from tremplin.model.table import DOTTED, SNAKE, SOURCES, Row

SEVERITIES = ("stop", "high", "medium", "low")
"""How much a finding weighs, the worst first: the first stops the start, the others are conditions."""
STAKES = ("job", "money", "health", "time")
"""What a finding can cost, the worst first."""
PHASES = ("contract", "prepare", "register", "launch", "after")
"""The phases of the formalities, in order."""

_CATEGORY = f"({'|'.join(get_args(Category))})"
_KEYS = "keys of sources.bib joined by ;, or nothing"
_FRENCH = "words in French"
_ID = "[a-z][a-z0-9_]*"


AID_CONDITIONS = (
    "everybody",
    "disability",
    "woman",
    "job_seeker",
    "funded",
    "qpv",
    "zfrr",
    "drom",
    "craft",
    "trade",
    "liberal",
    "private",
    "public",
    "home_services",
    "no_food",
    "alone",
    "part_time",
)
"""For whom an aid may be, as far as a profile tells."""


class ConventionRow(Row):
    """The columns of conventions.csv: assumptions that are neither law nor statistics."""

    id = dy.String(primary_key=True, regex=DOTTED, description="an id such as care.teenager_age")
    value = dy.Float64(min=0, description="a number from 0 up")
    unit = dy.String(min_length=1, description="a unit such as hours/week")
    label = dy.String(min_length=1, description=_FRENCH)
    reason = dy.String(min_length=1, description="why this value, in French")


class FindingRow(Row):
    """The columns of findings.csv: what stops a start, and the conditions of one."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id such as overload")
    severity = dy.Enum(SEVERITIES, description="whether it stops the start, or how much it weighs")
    at_stake = dy.Enum(STAKES, description="what it can cost")
    dimension = dy.Enum(DIMENSIONS)
    title = dy.String(min_length=1, description=_FRENCH)
    short = dy.String(min_length=1, description=_FRENCH)
    meaning = dy.String(min_length=1, description=_FRENCH)
    action = dy.String(min_length=1, description=_FRENCH)
    source = dy.String(nullable=True, regex=SOURCES, description=_KEYS)
    lifted_by = dy.String(
        nullable=True,
        regex=rf"^{_ID}(;{_ID})*$",
        description="ids of changes.csv joined by ;, the easiest first, or nothing",
    )


class ChangeRow(Row):
    """The columns of changes.csv: single changes of a profile that may lift a finding."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id such as fewer_hours")
    words = dy.String(min_length=1, description="a template in French, with `amount` and `day`")


class AdviceRow(Row):
    """The columns of advice.csv: popular claims and what is true instead."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id such as acre_half")
    claim = dy.String(min_length=1, description=_FRENCH)
    correction = dy.String(min_length=1, description="a template in French")
    source = dy.String(nullable=True, regex=SOURCES, description=_KEYS)


class AidRow(Row):
    """The columns of aids.csv: aid by place, person and trade."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id such as agefiph_creation")
    label = dy.String(min_length=1, description=_FRENCH)
    what = dy.String(min_length=1, description="what it gives, a sentence in French")
    who = dy.String(min_length=1, description="for whom it is, a sentence in French")
    where = dy.String(min_length=1, description="whom to ask and where, in French")
    when = dy.String(min_length=1, description="by when to ask, in French")
    applies = dy.String(
        regex=f"^(?:{'|'.join(AID_CONDITIONS)})(?:;(?:{'|'.join(AID_CONDITIONS)}))*$",
        description="conditions joined by ;, which must all hold",
    )
    source = dy.String(regex=SOURCES, description=_KEYS)


class StepRow(Row):
    """The columns of steps.csv: the formalities."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id such as registration")
    phase = dy.Enum(PHASES)
    offset_days = dy.Int64(
        nullable=True, description="days from the start, or nothing where a rule fixes the date"
    )
    duration_days = dy.Int64(min=1, description="days it usually takes")
    label = dy.String(min_length=1, description=_FRENCH)
    detail = dy.String(min_length=1, description=_FRENCH)
    source = dy.String(nullable=True, regex=SOURCES, description=_KEYS)


class AnswerRow(Row):
    """The columns of answers.csv: what each answer of a case is asked, and how it is said."""

    id = dy.String(primary_key=True, regex=DOTTED, description="an id such as acre")
    question = dy.String(min_length=1, description=_FRENCH)
    answer = dy.String(min_length=1, description="a template in French")


class DocumentRow(Row):
    """The columns of documents.csv: the papers of the file."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id of preparation.documents")
    label = dy.String(min_length=1, description=_FRENCH)
    why = dy.String(min_length=1, description=_FRENCH)
    applies = dy.Enum(("all", "company", "regulated", "public", "funded"))


class InsuranceRow(Row):
    """The columns of insurances.csv: the covers that a category calls for."""

    id = dy.String(primary_key=True, regex=SNAKE, description="an id such as liability")
    label = dy.String(min_length=1, description=_FRENCH)
    why = dy.String(min_length=1, description=_FRENCH)
    duty = dy.String(min_length=1, description="whether it must be had, in French")
    applies = dy.String(
        regex=rf"^(all|{_CATEGORY}(\|{_CATEGORY})*)$",
        description="all, or categories of projects joined by |",
    )
