"""
What differs between two reports of a person, in French: answers, rules, and what follows from them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from tremplin.assessment.differences import (
    BeforeAndAfter,
    Cause,
    Difference,
    FactValue,
    OtherAnswer,
    Subject,
)
from tremplin.assessment.subjects import word
from tremplin.case import Case
from tremplin.law.forms import Form
from tremplin.model.profile import Section, label
from tremplin.notebook import words
from tremplin.notebook.explanation import declaration
from tremplin.notebook.prose import day, fill, money, number, percent, plural, quantity, unescaped


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A line: what it is about, what was said of it, or nothing where it is new or over, what is said now, and why."""

    label: str
    before: str
    after: str
    why: str = ""


def told_answers(found: BeforeAndAfter) -> tuple[DifferenceLine, ...]:
    """Say which answers are others."""
    return tuple(_answer(one) for one in found.answers)


def told_rules(found: BeforeAndAfter) -> tuple[DifferenceLine, ...]:
    """Say which rules hold otherwise at the start, with the text of law."""
    return tuple(
        DifferenceLine(
            one.after.label,
            quantity(one.before.value, one.before.unit),
            quantity(one.after.value, one.after.unit),
            f"depuis le {day(one.after.valid_from)}, {one.after.reference}",
        )
        for one in found.rules
    )


def told_differences(found: BeforeAndAfter, case: Case) -> tuple[DifferenceLine, ...]:
    """Say what follows, with the words of the second case."""
    return tuple(
        DifferenceLine(_label(found, case, one), *_before_and_after(one), _why(one.cause))
        for one in found.differences
    )


def _answer(one: OtherAnswer) -> DifferenceLine:
    if any(isinstance(value, Section) for value in (one.before, one.after)):
        return DifferenceLine(label(one.key), *(_there(value) for value in (one.before, one.after)))
    return DifferenceLine(
        label(one.key), *(declaration(one.key, value)[1] for value in (one.before, one.after))
    )


def _there(value: object) -> str:
    return "indiqué" if isinstance(value, Section) else "non indiqué"


FACTS: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "acre": ("Part des cotisations exonérée par l’ACRE", percent),
    "arce": ("ARCE", money),
    "need": ("Besoin de financement", money),
    "resources": ("Ressources", money),
    "gap": ("Il manque", money),
    "net_year_1": ("Revenu de l’activité après impôt, première année", money),
    "net_year_2": ("Revenu de l’activité après impôt, deuxième année", money),
    "micro_ceiling": ("Plafond du régime micro", money),
    "cash_out": ("Risque de manquer d’argent en deux ans", percent),
    "safety_months": ("Réserve du foyer", lambda value: plural(value, "mois", "mois")),
    "weekly_hours": ("Semaine prévue", lambda value: plural(value, "heure")),
    "earliest_month": ("L’emploi pourrait être quitté", lambda value: f"au mois {number(value)}"),
    "vat_threshold_month": ("TVA à facturer", lambda value: f"à partir du mois {number(value)}"),
    "overall": ("Note d’ensemble", number),
}
"""What a number is called, and how it is set."""
OTHER_LABELS: Mapping[str, str] = {
    "verdict": "Verdict",
    "recommended": "Forme conseillée",
    "creation_leave": "Droit au congé pour création d’entreprise",
    "exclusivity": "Une clause d’exclusivité vous lie",
    "acre_request": "Demander l’ACRE, au plus tard",
    "leave_notice": "Prévenir l’employeur du congé, au plus tard",
    "exclusivity_end": "Clause d’exclusivité suspendue jusqu’au",
}
VERDICTS: Mapping[str, str] = {
    "go": words.VERDICT["go"],
    "go_with_conditions": words.VERDICT["go_with_conditions"],
    "stop_law": words.VERDICT["stopped_by_law"],
    "stop_money": words.VERDICT["stopped_by_money"],
    "stop_law_money": words.VERDICT["stopped_twice"],
}
NEW: Mapping[Subject, str] = {"condition": "nouvelle condition, {}", "step": "nouvelle étape, {}"}
OVER: Mapping[Subject, str] = {"condition": "condition levée", "step": "ne vous concerne plus"}
"""What is said of what was not there the first time, and of what is no longer there."""
NOTHING = "sans objet"
"""Of a right that is not open, a day that does not come, an amount that is not reckoned."""


def _label(found: BeforeAndAfter, case: Case, one: Difference) -> str:
    match one.subject:
        case "condition":
            template = word(case.register, "findings.csv", one.id)["title"]
            return unescaped(fill(template, {"rule": case.value, "convention": case.convention}))
        case "step":
            return found.steps[one.id]
        case _:
            return FACTS[one.id][0] if one.id in FACTS else OTHER_LABELS[one.id]


def _before_and_after(one: Difference) -> tuple[str, str]:
    if one.before is None and one.subject in NEW:
        return "", NEW[one.subject].format(_said(one, one.after))
    if one.after is None and one.subject in OVER:
        return "", OVER[one.subject]
    return _said(one, one.before), _said(one, one.after)


def _said(one: Difference, value: FactValue) -> str:  # noqa: PLR0911 - one for each kind
    if value is None:
        return NOTHING
    match one.subject:
        case "verdict":
            return VERDICTS[str(value)]
        case "condition":
            return words.SEVERITY[str(value)]
        case "form":
            return words.FORMS[cast("Form", value)].short
        case "step":
            return f"avant le {day(value)}" if isinstance(value, date) else "faite"
        case _ if isinstance(value, date):
            return day(value)
        case _ if isinstance(value, bool):
            return "oui" if value else "non"
        case _:
            return FACTS[one.id][1](float(cast("float", value)))


def _why(cause: Cause | None) -> str:
    match cause:
        case None:
            return ""
        case Cause(kind="answer", key=str(key)):
            return f"votre réponse : {label(key)}"
        case Cause(kind="answers"):
            return "vos réponses, ensemble"
        case Cause(kind="day"):
            return "la date du rapport"
        case Cause(kind="register"):
            return "les données ou la version de tremplin"
        case _:
            return "vos réponses et la date, ensemble"
