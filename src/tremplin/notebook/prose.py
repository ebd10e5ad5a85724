"""
French prose with a person's facts in it: a template in, Markdown out, every value escaped.

One escape for Markdown, applied to all that a template prints; only `Markdown` made by this package passes
as it is. Numbers, amounts and dates are set as French typography wants them, with no-break spaces.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from math import isclose
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, StrictUndefined, Template, TemplateError, pass_context
from jinja2.runtime import Context

from tremplin.errors import ReportError
from tremplin.notebook.words import NUMBERS

LOCALE = Locale("fr", "FR")
NO_BREAK = "\u00a0"
MINUS = "\u2212"
"""As wide as a digit, and never the end of a line, as a hyphen may be."""

_SPECIAL = re.compile(r"""([!-&(-+\-./:<-@\[-`{-~])""")
# Not `\s`: no-break spaces are typography and stay.
_BLANK = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
# A line of tags alone leaves no line behind; a tag at the end of a sentence keeps its line break.
_TAGS_ALONE = re.compile(r"^[ \t]*((?:{%(?:(?!%}).)*%}[ \t]*)+)\n", re.MULTILINE)
# A fence must stand apart from the text around it, which a condition of a template may bring close.
_FENCE = re.compile(r"^(:::.*)$", re.MULTILINE)
# A template has a sentence or a choice a line; a paragraph is one line, a list or a table is not.
_LINE_OF_A_PARAGRAPH = re.compile(r"(?<=[^\s|]) *\n *(?![\s|:#]|- |\d+\. )")
_EMPTY_LINES = re.compile(r"\n{3,}")
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def escape(value: object) -> str:
    r"""
    Make any value plain text in Markdown: what was typed is what is printed.

    Every ASCII punctuation mark that Markdown or Quarto could read is escaped; line breaks become spaces.

    >>> escape("*Alice* <b>")
    '\\*Alice\\* \\<b\\>'
    """
    if isinstance(value, Markdown):
        return value
    return _SPECIAL.sub(r"\\\1", _BLANK.sub(" ", str(value)))


@lru_cache(maxsize=4096)
def number(value: float, digits: int | None = None) -> str:
    """
    Set a number in French: 1 234,5. Without `digits`, one decimal where the value has one.

    >>> number(1234.5) == "1\u202f234,5"
    True
    """
    if digits is None:
        digits = 0 if float(value).is_integer() else 1
    # Adding zero leaves none below zero: an amount of -0.3 € is 0 €.
    text: str = format_decimal(
        round(value, digits) + 0.0,
        format="#,##0" + ("." + "0" * digits if digits else ""),
        locale=LOCALE,
    )
    return text.replace("-", MINUS)


def signed(value: float) -> str:
    """
    Set a change with its sign: +4,9.

    >>> signed(4.9), signed(-5.6) == f"{MINUS}5,6", signed(0)
    ('+4,9', True, '0')
    """
    return ("+" if value > 0 else "") + number(value)


def money(value: float) -> str:
    """Set an amount in whole euros: 2 300 €."""
    return f"{number(value, 0)}{NO_BREAK}€"


MOST_DIGITS = 3


def percent(value: float, digits: int | None = None) -> str:
    """Set a share as a percentage: 0.256 gives 25,6 %; a rate below 1 % keeps its decimals, up to three."""
    scaled = round(100 * value, 6)
    if digits is None and abs(scaled) < 1:
        digits = _needed_digits(scaled)
    return f"{number(scaled, digits)}{NO_BREAK}%"


def _needed_digits(value: float) -> int:
    """Count the decimals that a number has, up to three."""
    return next((few for few in range(MOST_DIGITS) if round(value, few) == value), MOST_DIGITS)


UNITS = {"share": "%", "EUR": "€", "EUR/day": "€ par jour", "EUR/hour": "€ par heure"}
UNITS |= {"EUR/month": "€ par mois", "hours": "heures", "days": "jours", "weeks": "semaines"}
UNITS |= {"months": "mois", "quarters": "trimestres", "years": "ans", "employees": "salariés"}


def quantity(value: float | None, unit: str) -> str:
    """
    Set a figure or a rule with its unit, as the register names it; a dash where there is no value.

    Shares of rules are fractions and print as percentages; statistics in % are percentages already.
    """
    if value is None:
        return "—"
    if unit == "boolean":
        return "oui" if value else "non"
    scaled = round(100 * value, 6) if unit == "share" else value
    digits = _needed_digits(scaled)
    name = UNITS.get(unit, unit)
    if name in {"count", "constat"}:
        return number(scaled, digits)
    if abs(scaled) < 2 and name.endswith("s") and name != "mois":  # noqa: PLR2004 - plurals begin at two
        name = name.removesuffix("s")
    # A sign stays with its number; a word may go to the next line of a narrow column.
    space = " " if len(name) > len("mois") else NO_BREAK
    return f"{number(scaled, digits)}{space}{name}"


def hours(value: float) -> str:
    """Set a duration in hours and minutes: 7.5 gives 7 h 30."""
    whole, minutes = divmod(round(60 * value), 60)
    return f"{whole}{NO_BREAK}h" + (f"{NO_BREAK}{minutes:02d}" if minutes else "")


def day(value: date) -> str:
    """Set a date in words: 1er septembre 2026."""
    text: str = format_date(value, format="d MMMM y", locale=LOCALE)
    words = re.sub(r"^1 ", "1er ", text)
    return words.replace(" ", NO_BREAK, 1)


def month(value: date) -> str:
    """Set the month of a date in words: septembre 2026."""
    text: str = format_date(value, format="MMMM y", locale=LOCALE)
    return text.replace(" ", NO_BREAK)


def of_month(value: date) -> str:
    """
    Set the month of a date after « de », which loses its vowel before another: d’août 2027.

    >>> of_month(date(2027, 8, 1)) == "d’août\u00a02027", of_month(date(2027, 5, 1)) == "de mai\u00a02027"
    (True, True)
    """
    name = month(value)
    return f"d’{name}" if name.startswith(("a", "o")) else f"de {name}"


def opening(text: str) -> str:
    """
    Begin a sentence with a text: its first letter becomes a capital, and the others stay as they are.

    >>> opening("micro, avec ventes"), opening("EI au réel")
    ('Micro, avec ventes', 'EI au réel')
    """
    return type(text)(text[:1].upper() + text[1:])


def lower_first(text: str) -> str:
    """
    Go on with a sentence by a text: its first letter loses its capital, unless it begins an abbreviation.

    >>> lower_first("Semaine trop pleine"), lower_first("TVA à facturer bientôt")
    ('semaine trop pleine', 'TVA à facturer bientôt')
    """
    return text if text[1:2].isupper() else Markdown(text[:1].lower() + text[1:])


def plural(count: float, one: str, many: str | None = None) -> str:
    """Set a count with its noun, in the French plural: 1,5 enfant, 2 enfants."""
    return f"{number(count)}{NO_BREAK}{_noun(count, one, many)}"


def _noun(count: float, one: str, many: str | None) -> str:
    return one if abs(count) < 2 else many or f"{one}s"  # noqa: PLR2004 - French plurals begin at two


def in_words(count: float, one: str, many: str | None = None, *, feminine: bool = False) -> str:
    """
    Set a count with its noun, in words up to twelve and in figures beyond, as `plural` does.

    >>> in_words(1, "an"), in_words(2, "mois", "mois"), in_words(1, "année", feminine=True)
    ('un an', 'deux mois', 'une année')
    >>> in_words(26, "an") == f"26{NO_BREAK}ans"
    True
    """
    if not float(count).is_integer() or not 0 <= count < len(NUMBERS):
        return plural(count, one, many)
    word = NUMBERS[int(count)] + ("e" if feminine and count <= 1 else "")
    return f"{word} {_noun(count, one, many)}"


def of(text: str) -> str:
    """
    Set a count in words after « de », which loses its vowel before another: d’un an.

    >>> of("un an"), of("deux ans"), of("onze mois")
    ('d’un an', 'de deux ans', 'de onze mois')
    """
    return f"d’{text}" if text.startswith(("u", "a")) else f"de {text}"


_FRACTIONS = {1 / 2: "la moitié", 1 / 3: "un tiers", 1 / 4: "un quart", 3 / 4: "les trois quarts"}


def fraction(share: float) -> str:
    """
    Set a share in words where a simple fraction says it, else as a percentage.

    >>> fraction(0.5), fraction(0.333333), fraction(0.4) == f"40{NO_BREAK}%"
    ('la moitié', 'un tiers', True)
    """
    return next(
        (words for exact, words in _FRACTIONS.items() if isclose(share, exact, abs_tol=1e-5)),
        percent(share),
    )


@pass_context
def _fill(context: Context, template: str) -> Markdown:
    """Fill a template that a value of another one is."""
    return fill(template, context.parent)


ENVIRONMENT = Environment(
    autoescape=False,  # noqa: S701 - `finalize` escapes for Markdown, which is what we write
    finalize=escape,
    undefined=StrictUndefined,
    keep_trailing_newline=False,
)
ENVIRONMENT.globals.update(plural=plural, in_words=in_words)
ENVIRONMENT.filters.update(
    day=day,
    month=month,
    of_month=of_month,
    of=of,
    fraction=fraction,
    opening=opening,
    lower_first=lower_first,
    money=money,
    number=number,
    signed=signed,
    percent=percent,
    hours=hours,
    quantity=lambda item: quantity(item["value"], item["unit"]),
    fill=_fill,
)


@cache
def compiled(template: str) -> Template:
    """
    Make a template ready to be filled, once: it takes longer than to fill it, and no fact of a person is in it.

    Raises:
        TemplateError: the template is broken.

    """
    return ENVIRONMENT.from_string(_TAGS_ALONE.sub(r"\1", template))


def fill(template: str, context: Mapping[str, Any]) -> Markdown:
    """
    Fill a template with what it names.

    Raises:
        ReportError: the template is broken or names what does not exist.

    """
    try:  # words alone, as most are, would take as long to compile as a template
        text = compiled(template).render(context) if "{" in template else template
    except TemplateError as error:
        raise ReportError(f"a template of the report cannot be filled: {error}") from error
    apart = _FENCE.sub(r"\n\1\n", text.strip())
    return Markdown(_EMPTY_LINES.sub("\n\n", _LINE_OF_A_PARAGRAPH.sub(" ", apart)).strip())


def unescaped(text: Markdown) -> str:
    """Take back the escapes of Markdown, for text that no Markdown reader will see."""
    return _ESCAPED.sub(r"\1", text)


def cite(keys: str) -> Markdown:
    """
    Cite one or more sources by their keys, as the register writes them: `a;b` gives `[@a; @b]`.

    >>> str(cite("insee_ip2070;insee_ip2069"))
    '[@insee_ip2070; @insee_ip2069]'
    """
    if not keys:
        return Markdown("")
    return Markdown("[" + "; ".join(f"@{key.strip()}" for key in keys.split(";")) + "]")
