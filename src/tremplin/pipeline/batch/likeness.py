"""
How much alike the names of columns are, whatever words, abbreviations and order people write them in.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz import fuzz

from tremplin.model.profile.columns import TableColumn, columns, named
from tremplin.model.profile.typed import plain

EXACT = 100.0
ALIKE = 80.0
"""From here on a name may be a question's; below it is another's."""
_WITHIN = 90.0
"""For a name that says all that a question's does, and more."""
_PART, _TELLING = 82.0, 6
"""For a name that has the one word of a question's among others, and the letters of a word that tells something."""
_SHORT: Mapping[str, str] = {
    "sal": "salaire",
    "rem": "salaire",
    "remuneration": "salaire",
    "nette": "net",
    "brute": "brut",
    "enf": "enfants",
    "nb": "nombre",
    "nbr": "nombre",
    "nbre": "nombre",
    "num": "numero",
    "no": "numero",
    "n°": "numero",
    "ref": "reference",
    "tps": "temps",
    "dt": "date",
    "naiss": "naissance",
    "sit": "situation",
    "fam": "familiale",
    "ca": "chiffre affaires",
    "ht": "hors taxes",
    "perso": "personnel",
    "ent": "entreprise",
    "emb": "embauche",
    "demarr": "demarrage",
    "invest": "investissement",
    "prev": "prevu",
    "prevue": "prevu",
    "1er": "1",
    "premier": "1",
    "enfant": "enfants",
    "h": "heures",
    "heure": "heures",
    "hres": "heures",
    "hrs": "heures",
}
"""Abbreviations, and forms of a word, as people shorten names of columns."""
_EMPTY = frozenset(
    (
        *("a", "au", "aux", "d", "de", "des", "du", "e", "en", "et", "l", "la", "le", "les", "m"),
        *("mme", "par", "pour", "s", "sur", "un", "une", "votre", "vos", "the", "of"),
        *("vise", "visee", "envisage", "envisagee", "estime", "estimee", "actuel", "actuelle"),
        *("souhaite", "souhaitee", "disponible", "dispo", "mobilisable", "demande"),
    )
)
"""Words that tell no question from another."""
_PERIODS: Mapping[str, re.Pattern[str]] = {
    "an": re.compile(r"\b(?:par an(?:nee)?|annuel(?:le)?s?|/ ?an)\b|/an\b"),
    "mois": re.compile(r"\b(?:par mois|mensuel(?:le)?s?|mens)\b|/ ?mois\b"),
    "semaine": re.compile(r"\b(?:par sem(?:aine)?|hebdo(?:madaires?)?)\b|/ ?sem(?:aine)?\b"),
}
_CUT = 3
"""Letters and a full stop from which on a word is taken for one cut short."""
_BRACKETS = re.compile(
    r"\((?:€(?: ?/ ?mois)?|eur(?:os?)?|k€|%|h(?:eures?)?|min(?:utes?)?|jj/mm/aaaa|en [^)]*)\)|€"
)
_MONTH = re.compile(r"\bm ?(\d{1,2})\b|\bmois (\d{1,2})\b|\b(\d{1,2})e?r?m?e? mois\b")
_OPPOSED = (("net", "brut"), ("debut", "fin"), ("entree", "sortie"), ("fixes", "variables"))
"""Words of which one question's name never has the one for the other."""


def period(name: str) -> str:
    """
    Give the time for which a name of a column says its amount: `an`, `mois`, `semaine`, or nothing.

    >>> period("Salaire net annuel"), period("Heures hebdo"), period("CA mois 12")
    ('an', 'semaine', '')
    """
    text = plain(name).replace("_", " ")
    return next((word for word, said in _PERIODS.items() if said.search(text)), "")


@cache
def words(name: str) -> tuple[str, ...]:
    """
    Give what a name says, in full words and in one order.

    >>> words("Sal. net mensuel (€)"), words("Nb d'enfants"), words("CA M12") == words("Chiffre d’affaires du 12e mois")
    (('net', 'salaire'), ('enfants', 'nombre'), True)

    A word cut short keeps its full stop, and is completed by that with which it is compared: « Clause excl. ».
    """
    text = _BRACKETS.sub(" ", plain(name).replace("œ", "oe").replace("_", " "))
    for said in _PERIODS.values():
        text = said.sub(" ", text)
    text = _MONTH.sub(lambda found: f" mois{found[1] or found[2] or found[3]} ", text)
    parts = (
        _SHORT.get(part.rstrip("."), part if len(part) > _CUT else part.rstrip("."))
        for part in re.findall(r"n°|[a-z0-9%+]+\.?", text)
    )
    return tuple(sorted({word for part in parts for word in part.split() if word not in _EMPTY}))


def likeness(name: str, column: TableColumn) -> float:
    """Tell how much a name is like one of those that a column may have, from 0 to 100."""
    if (key := named(name)) is not None:
        return EXACT if key == column.key else 0.0
    said = words(name)
    if said == words(column.key.rpartition(".")[2].replace("_", " ")) and not column.number:
        return EXACT  # the key itself: what is only like an English word is not meant
    found = max((_alike(said, known) for known in _known(column.key)), default=0.0)
    if found < _PART and column.question.kind != "text":  # one word of many says little of a text
        alone = {known[0] for known in _known(column.key) if len(known) == 1}
        found = max([found, *(_PART for word in alone & set(said) if len(word) >= _TELLING)])
    return found


def _alike(said: tuple[str, ...], known: tuple[str, ...]) -> float:
    said = tuple(sorted(_completed(word, known) for word in said))
    if said == known:
        return EXACT if said else 0.0
    if _numbers(said) != _numbers(known):
        return 0.0
    for pair in _OPPOSED:
        for one, other in (pair, pair[::-1]):
            if one in said and other in known and one not in known:
                return 0.0
    if len(known) > 1 and set(known) < set(said):
        return _WITHIN
    return min(fuzz.ratio(" ".join(said), " ".join(known)), EXACT - 1)


def _completed(word: str, known: tuple[str, ...]) -> str:
    """Give the word that one is the beginning of."""
    if not word.endswith("."):
        return word
    beginning = word.rstrip(".")
    return next((one for one in known if one.startswith(beginning)), beginning)


def _numbers(said: tuple[str, ...]) -> set[str]:
    return {word for word in said if any(char.isdigit() for char in word)}


@cache
def _known(key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(filter(None, map(words, _names(columns()[key])))))


def _names(column: TableColumn) -> Iterator[str]:
    yield column.name
    if not column.number:
        yield from column.question.asked.columns
