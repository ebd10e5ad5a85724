"""
What the answers give so far: the strip above each page, from the same assessment as the report.
"""

from dataclasses import dataclass
from datetime import date

from tremplin.assessment.findings import findings
from tremplin.assessment.verdict import stopped_by, verdict
from tremplin.case import Case
from tremplin.errors import TremplinError
from tremplin.interview.answers import Answers
from tremplin.law.trades import is_reckoned
from tremplin.model.profile.questions import questions
from tremplin.model.register import Register
from tremplin.money.comparison import forms
from tremplin.money.draws import cash_out
from tremplin.money.financing import financing
from tremplin.notebook import phrases, words
from tremplin.notebook.helpers import HELPERS
from tremplin.notebook.prose import fill, money, unescaped

FIRST_CONDITIONS = 3


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said already."""

    verdict: str | None
    """In words; None while too little is known."""
    status: str
    """`go`, `conditions`, `stop` or `unknown`, for the colour."""
    conditions: tuple[str, ...]
    more: int
    """Conditions beyond those named."""
    facts: tuple[tuple[str, str], ...]
    """Label and amount of what the money says."""
    missing: tuple[str, ...]
    """Labels of what is needed before anything can be said."""


def outlook(answers: Answers, register: Register, as_of: date) -> Outlook:
    """Assess what has been answered; what is lacking or contradicts itself is told instead."""
    missing = tuple(
        question.label
        for key, question in questions().items()
        if question.required and key not in {"id", "name"} and answers.get(key) is None
    )
    if missing:
        return Outlook(None, "unknown", (), 0, (), missing)
    try:
        case = Case(answers.profile(), register, as_of)
        found = findings(case)
        answer = verdict(case)
        said = words.VERDICT_SHORT[answer]
        if answer == "stop":
            said += f" ({' et '.join({'law': 'la loi', 'money': 'l’argent'}[one] for one in stopped_by(case))})"
        return Outlook(
            verdict=said,
            status={"go": "go", "stop": "stop"}.get(answer, "conditions"),
            conditions=tuple(
                unescaped(fill(one.title, {**HELPERS, "rule": case.value}))
                for one in found[:FIRST_CONDITIONS]
            ),
            more=max(0, len(found) - FIRST_CONDITIONS),
            facts=_money(case),
            missing=(),
        )
    except TremplinError:
        return Outlook(None, "unknown", (), 0, (), ())


def _money(case: Case) -> tuple[tuple[str, str], ...]:
    """Tell form, what is left, the gap and the chance of running out; nothing where amounts are not reckoned."""
    if not is_reckoned(case):
        return ()
    best, plan = forms(case).best, financing(case)
    return (
        ("Forme", phrases.form_name(case, best.form)),
        ("Pour vous, 2e année", money(best.best(2))),
        ("Au démarrage", f"il manque {money(plan.gap)}" if plan.gap else "financé"),
        ("L’argent peut manquer", phrases.chance(cash_out(case))),
    )
