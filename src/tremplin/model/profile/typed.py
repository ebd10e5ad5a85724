"""
What people type or write into a cell, understood as the answer that a question asks for.

« 1 850,50 € », « 55 % », « 14/03/1982 », « 14 mars 1982 », « oui », « x », « CDI »: the interview, tables, the questionnaire and
YAML read text here and nowhere else, so that the same words mean the same everywhere. What can be read in two ways
is refused, and both are told.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache

from tremplin.model.profile.fields import MONTHS_A_YEAR
from tremplin.model.profile.questions import Choice, Question
from tremplin.model.scalar import RefusedError, printable, unless_hidden

SPACES = re.compile(r"\s+")
"""Those that do not break a line, which French puts into numbers, are among them."""
NOTHING = frozenset(("none", "aucun", "aucune", "neant", "rien", "rien de tout cela"))
"""Words for a list that holds nothing."""
MARKED = frozenset(("x", "✓", "✔", "☑"))
"""Signs for a yes, as on paper."""
_UNIT = re.compile(
    r"(?i)(?:€|eur(?:os?)?|%|h(?:eures?)?|ans?|mois|jours?)?(?:(?:/|par)(?:mois|semaine|sem|an|jour))?\.?$"
)
# Spaces stand between groups of three figures: « 2 15 » lacks one, or is two numbers.
_ODD_GROUPS = re.compile(r"\d (?!\d{3}(?!\d))\d|\d{4,} \d", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)
# No thousands begin with a zero: 0.125 is an eighth.
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_HOURS = re.compile(r"(\d{1,3}) ?[h:] ?([0-5]\d)(?: ?min)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_FIGURES = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ]\d{4}\b", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_MONTHS_SAID = (
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
)
DAYS_A_MONTH = 31
_WORDED = re.compile(r"(?:[a-z]+di|dimanche)? ?(\d{1,2}|1er) ([a-z]{3,9})\.? (\d{4})", re.ASCII)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """
    Give a text without case, accents and double spaces, so that « Février » and « fevrier » are one.

    >>> plain("  À VÉRIFIER "), plain("l’entreprise")
    ('a verifier', "l'entreprise")
    """
    bare = unicodedata.normalize("NFKD", SPACES.sub(" ", text).strip().casefold().replace("’", "'"))
    return "".join(char for char in bare if not unicodedata.combining(char))


MONTHS = tuple(map(plain, _MONTHS_SAID))
"""Their names as texts are compared."""


def number(text: str) -> float:
    """
    Read a number as French people write it; the unit may stand behind it.

    >>> number("1 850,50 €"), number("35 h"), number("2.5"), number("1.850,50"), number("2 300 euros par mois")
    (1850.5, 35.0, 2.5, 1850.5, 2300.0)

    Raises:
        RefusedError: it is none, or could be two.

    """
    bare = _UNIT.sub("", SPACES.sub("", text)).replace("’", "").replace("'", "")
    if _ODD_GROUPS.search(SPACES.sub(" ", text)):
        raise RefusedError("answer.not_a_number", said=printable(text))
    if _THOUSANDS.fullmatch(bare):
        if "," not in bare and bare.count(".") == 1:
            whole, decimal = bare.replace(".", ""), bare.replace(".", ",")
            raise RefusedError(
                "answer.two_numbers",
                said=printable(text),
                **unless_hidden(whole=whole, decimal=decimal),
            )
        bare = bare.replace(".", "")
    if not _NUMBER.fullmatch(bare):
        raise RefusedError("answer.not_a_number", said=printable(text))
    return float(bare.replace(",", "."))


def day(text: str) -> date:
    """
    Read a day: `2027-01-04`, `04/01/2027`, `4 janvier 2027`.

    >>> day("04/01/2027"), day("lundi 1er Mars 2027"), day("14 févr. 1982")
    (datetime.date(2027, 1, 4), datetime.date(2027, 3, 1), datetime.date(1982, 2, 14))

    Raises:
        RefusedError: it is none, or its year or its order can be read in two ways.

    """
    words = plain(_MIDNIGHT.sub("", text.strip()))
    if found := _ISO.fullmatch(words):
        return _existing(text, *(int(part) for part in found.groups()))
    if found := _DAY.fullmatch(words):
        first, second, year = (int(part) for part in found.groups())
        if first <= MONTHS_A_YEAR < second <= DAYS_A_MONTH:
            raise RefusedError(
                "answer.month_first",
                said=printable(text),
                **unless_hidden(right=f"{second:02}/{first:02}/{year}"),
            )
        return _existing(text, year, second, first)
    if found := _WORDED.fullmatch(words):
        months = [n for n, name in enumerate(MONTHS, start=1) if name.startswith(found[2])]
        if found[2] == "juil":
            months = [7]
        if len(months) == 1:
            return _existing(text, int(found[3]), months[0], int(found[1].removesuffix("er")))
    if _SHORT_YEAR.fullmatch(words):
        raise RefusedError("answer.short_year", said=printable(text))
    raise RefusedError("answer.not_a_day", said=printable(text))


def two_days(text: str) -> tuple[str, str] | None:
    """
    Give both days that a date of figures can mean to whoever does not know whether days or months stand first.

    >>> two_days("05/04/1982"), two_days("14/04/1982"), two_days("04/04/1982")
    (('5 avril 1982', '4 mai 1982'), None, None)
    """
    found = _DAY.fullmatch(plain(_MIDNIGHT.sub("", text.strip())))
    if found is None or found[1] == found[2]:
        return None
    first, second = int(found[1]), int(found[2])
    if not (1 <= first <= MONTHS_A_YEAR and 1 <= second <= MONTHS_A_YEAR):
        return None
    return _worded(first, second, found[3]), _worded(second, first, found[3])


def month_first(text: str) -> bool | None:
    """
    Tell whether the month stands before the day in a date of figures; None where that cannot be told.

    >>> month_first("03/14/1982"), month_first("14/03/1982"), month_first("03/04/1982")
    (True, False, None)
    """
    found = _FIGURES.match(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if first <= MONTHS_A_YEAR < second <= DAYS_A_MONTH:
        return True
    return False if second <= MONTHS_A_YEAR < first <= DAYS_A_MONTH else None


def _worded(day_: int, month: int, year: str) -> str:
    return f"{'1er' if day_ == 1 else day_} {_MONTHS_SAID[month - 1]} {year}"


def _existing(text: str, year: int, month: int, day_: int) -> date:
    try:
        return date(year, month, day_)
    except ValueError:
        raise RefusedError("answer.no_such_day", said=printable(text)) from None


def understood(question: Question, text: str) -> object:  # noqa: PLR0911 - one for each kind
    """
    Give the answer that a text stands for; None where nothing was written.

    Raises:
        RefusedError: it is none; the problem says what to write.

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
            return chosen(question, text)
        case "choices":
            return _chosen_several(question, text)
        case "numbers":
            return _listed(text, r"[;\n]+", number)
        case _:
            return bounded(question, _amount(question, text), percent="%" in text)


def _amount(question: Question, text: str) -> float:
    """Read a number; hours may have their minutes behind them: « 35h30 », « 35:30 »."""
    if question.kind == "hours" and (found := _HOURS.fullmatch(plain(text))):
        return int(found[1]) + int(found[2]) / 60
    return number(text)


def _chosen_several(question: Question, text: str) -> object:
    """Read several choices; a comma separates them where no other sign does: there is one within some labels."""
    with suppress(RefusedError):
        return [chosen(question, text)]
    separators = r"[;\n]+" if re.search(r"[;\n]", text) else ","
    return _listed(text, separators, lambda part: chosen(question, part))


def _listed(text: str, separators: str, read: Callable[[str], object]) -> list[object]:
    if plain(text) in NOTHING:
        return []
    return [read(part) for part in re.split(separators, text.strip("[]")) if part.strip()]


@lru_cache(maxsize=4096)  # a table has the same few words in all of its rows
def chosen(question: Question, text: str) -> object:
    """
    Give the choice that a word stands for: its value, its label, or one of its synonyms.

    Raises:
        RefusedError: it is none of them.

    """
    words = plain(text)
    if question.kind == "yes_no" or any(choice.value is True for choice in question.choices):
        if words in {"oui", "o", "yes", "y", "vrai", "true", *MARKED}:
            return True
        if words in {"non", "n", "no", "faux", "false"}:
            return False
    if question.kind == "yes_no":
        raise RefusedError("answer.not_yes_or_no", said=printable(text))
    for choice in question.choices:
        if words in _words(choice):
            return choice.value
    labels = ", ".join(choice.label for choice in question.choices)
    raise RefusedError("answer.not_a_choice", said=printable(text), choices=labels)


@cache
def _words(choice: Choice) -> frozenset[str]:
    """Give all words for a choice, as they are compared."""
    return frozenset(map(plain, (str(choice.value), choice.label, *choice.synonyms)))


def bounded(question: Question, found: float, *, percent: bool = False) -> float | int:
    """
    Hold a number against its bounds; a share may be written in per cent.

    Raises:
        RefusedError: it is beyond them, or in parts where whole ones are counted.

    """
    if question.kind == "share":
        found /= 100.0 if percent or found > 1 else 1.0
    for code, bound in (
        ("answer.too_little", question.least),
        ("answer.too_much", question.most),
    ):
        beyond = bound is not None and (
            found < bound if code == "answer.too_little" else found > bound
        )
        if beyond and bound is not None:
            shown = (
                f"{bound * 100:g} %" if question.kind == "share" else f"{bound:g} {question.unit}"
            )
            raise RefusedError(code, bound=shown.strip())
    if question.kind == "count" and found != int(found):
        raise RefusedError("answer.not_whole", said=printable(f"{found:g}"))
    if found == int(found) and question.kind != "share":
        return int(found)
    return round(found, 6)


PATTERNS: Mapping[str, re.Pattern[str]] = {
    "spaces": SPACES,
    "odd_groups": _ODD_GROUPS,
    "hours": _HOURS,
    "unit": _UNIT,
    "number": _NUMBER,
    "thousands": _THOUSANDS,
    "day": _DAY,
    "short_year": _SHORT_YEAR,
    "iso": _ISO,
    "midnight": _MIDNIGHT,
    "worded": _WORDED,
}
"""What numbers and days look like, for the script of the questionnaire, which reads them as this module does."""
