"""
What people type, understood as they mean it: « 1 850,50 € », « 55 % », « 14/03/1982 ».
"""

import re
from datetime import date

from tremplin.model.profile.questions import Question

SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
WORDED = re.compile(rf"(\d{{1,2}}|1er) ({'|'.join(MONTHS)}) (\d{{4}})", re.IGNORECASE)


class NotUnderstoodError(ValueError):
    """What was typed is no answer: its message says in French what one would be."""


def number(text: str) -> float:
    """
    Read a number as French people write it; the unit may stand behind it.

    >>> number("1 850,50 €"), number("35 h"), number("2.5")
    (1850.5, 35.0, 2.5)
    """
    bare = (
        SPACES.sub("", text.removesuffix("/mois"))
        .rstrip("€%h")
        .replace("euros", "")
        .replace("’", "")
    )
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", bare):
        raise NotUnderstoodError(
            f"« {text} » peut se lire de deux façons : écrivez {bare.replace('.', '')} ou {bare.replace('.', ',', 1)}."
        )
    if not NUMBER.fullmatch(bare):
        raise NotUnderstoodError(
            f"« {text} » n’est pas un nombre : écrivez par exemple 1850 ou 1 850,50."
        )
    return float(bare.replace(",", "."))


def day(text: str) -> date:
    """
    Read a day: `2027-01-04`, `04/01/2027`, `4 janvier 2027`.

    >>> day("04/01/2027"), day("1er mars 2027")
    (datetime.date(2027, 1, 4), datetime.date(2027, 3, 1))
    """
    plain = SPACES.sub(" ", text.strip())
    try:
        if ISO.fullmatch(plain):
            return date.fromisoformat(plain)
        if found := DAY.fullmatch(plain):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := WORDED.fullmatch(plain):
            month = MONTHS.index(found[2].lower()) + 1
            return date(int(found[3]), month, int(found[1].removesuffix("er")))
    except ValueError:
        raise NotUnderstoodError(f"« {text} » n’existe pas dans le calendrier.") from None
    raise NotUnderstoodError(f"« {text} » n’est pas une date : écrivez par exemple 04/01/2027.")


def understood(question: Question, text: str) -> object:  # noqa: PLR0911 - one for each kind
    """
    Give the answer that a text stands for; None where nothing was typed.

    Raises:
        NotUnderstoodError: it is none; the message says what to type.

    """
    text = text.strip()
    if not text:
        return None
    match question.kind:
        case "text":
            return text
        case "day":
            return day(text)
        case "yes_no" | "choice":
            return _chosen(question, text)
        case "choices":
            return [_chosen(question, part) for part in text.split(";") if part.strip()]
        case "numbers":
            return [number(part) for part in re.split(r"[;\n]+", text) if part.strip()]
        case _:
            return _bounded(question, number(text), percent="%" in text)


def _chosen(question: Question, text: str) -> object:
    words = SPACES.sub(" ", text).strip().lower()
    if question.kind == "yes_no":
        if words in {"oui", "true", "vrai"}:
            return True
        if words in {"non", "false", "faux"}:
            return False
        raise NotUnderstoodError("Répondez par oui ou par non.")
    for choice in question.choices:
        names = (str(choice.value), choice.label, *choice.synonyms)
        if words in {name.lower() for name in names}:
            return choice.value
    labels = ", ".join(choice.label for choice in question.choices)
    raise NotUnderstoodError(f"Choisissez parmi : {labels}.")


def _bounded(question: Question, found: float, *, percent: bool) -> float | int:
    """Hold a number against its bounds; a share is typed in per cent."""
    scale = 1.0
    if question.kind == "share":
        scale = 100.0 if percent or found > 1 else 1.0
        found /= scale
    for bound, words, beyond in (
        (question.least, "au moins", question.least is not None and found < question.least),
        (question.most, "au plus", question.most is not None and found > question.most),
    ):
        if beyond and bound is not None:
            shown = (
                f"{bound * 100:g} %" if question.kind == "share" else f"{bound:g} {question.unit}"
            )
            raise NotUnderstoodError(f"Écrivez {words} {shown.strip()}.")
    if question.kind == "count":
        if found != int(found):
            raise NotUnderstoodError("Écrivez un nombre entier.")
        return int(found)
    return int(found) if found == int(found) and question.kind != "share" else round(found, 6)
