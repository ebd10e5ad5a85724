"""
French phrases reckoned from a value: shares, changes, chances, and what is tried out.
"""

from collections.abc import Mapping
from typing import Any

from tremplin.case import Case
from tremplin.case.months import YEAR
from tremplin.law.forms import Form, is_shared
from tremplin.money.risk import Stress, Swing
from tremplin.money.timing import Indicator
from tremplin.notebook import words
from tremplin.notebook.prose import NO_BREAK, money, number, percent, plural, quantity


def risk_classes(low: float, high: float) -> tuple[str, ...]:
    """
    Name the classes that two chances part, as the conventions of the register give them.

    >>> [name.replace(NO_BREAK, " ") for name in risk_classes(0.1, 0.5)]
    ['Moins de 10 %', '10 à 50 %', '50 % et plus']
    """
    return (
        f"Moins de {percent(low)}",
        f"{number(100 * low)} à {percent(high)}",
        f"{percent(high)} et plus",
    )


def between(low: float, high: float) -> str:
    """
    Say a range of amounts, to the hundred euros: half of what may be known is not known better.

    >>> between(9_449, 15_151).replace(NO_BREAK, " ").replace("\u202f", " ")
    'de 9 400 à 15 200 €'
    """
    return f"de {number(round(low, -2), 0)} à {money(round(high, -2))}"


def worse(swing: Swing) -> str:
    """
    Say how a driver is moved for the worse.

    >>> worse(Swing("delay", 3, 0, 2, 1)) == f"un démarrage 3{NO_BREAK}mois plus tard"
    True
    """
    return words.WORSE[swing.driver].format(_size(swing.by, months=swing.driver == "delay"))


def better(swing: Swing) -> str:
    """
    Say how a driver is moved for the better.

    >>> better(Swing("turnover", 0.2, 0, 2, 1)) == f"20{NO_BREAK}% de ventes en plus"
    True
    """
    return words.BETTER[swing.driver].format(_size(swing.by, months=swing.driver == "delay"))


def blow(stress: Stress) -> str:
    """Say what blow is tried out."""
    return words.STRESS[stress.id].format(_size(stress.by, months=stress.id in {"late", "stop"}))


def _size(by: float, *, months: bool) -> str:
    return plural(by, "mois", "mois") if months else percent(by)


def convention(row: Mapping[str, Any]) -> str:
    """
    Say the value of a row of conventions.csv with its unit.

    >>> convention({"value": 0.25, "unit": "log"})
    '0,25 (écart-type)'
    """
    unit = row["unit"]
    return quantity(row["value"], unit if unit == "share" else words.UNIT[unit]).strip()


def chance(share: float) -> str:
    """
    Say how often something happens, in a hundred times.

    >>> chance(0.0154) == f"2{NO_BREAK}fois sur{NO_BREAK}100"
    True
    """
    if share in {0, 1}:
        return "dans toutes nos simulations" if share else "jamais dans nos simulations"
    times = round(100 * share)
    if times in {0, 100}:
        return f"{'plus de 99' if times else 'moins d’une'}{NO_BREAK}fois sur{NO_BREAK}100"
    return f"{times}{NO_BREAK}fois sur{NO_BREAK}100"


FRACTIONS = tuple((part, whole) for whole in (2, 3, 4, 5, 10) for part in range(1, whole))
"""What people say in words."""

EXACT, NEAR = 0.5, 2.5
"""Percentage points."""


def out_of(percentage: float, noun: str) -> str:
    """
    Say a share of things of the feminine gender in words, where a simple fraction is near.

    >>> out_of(65, "création"), out_of(25.6, "création"), out_of(48, "création")
    ('près de deux créations sur trois', 'un peu plus d’une création sur quatre', 'près d’une création sur deux')
    >>> out_of(60, "création"), out_of(15, "création") == f"15 créations sur{NO_BREAK}100"
    ('trois créations sur cinq', True)
    """
    part, whole = min(FRACTIONS, key=lambda one: abs(percentage - 100 * one[0] / one[1]))
    more = percentage - 100 * part / whole
    if abs(more) > NEAR:
        return f"{number(percentage)} {noun}s sur{NO_BREAK}100"
    said = f"une {noun}" if part == 1 else f"{words.NUMBERS[part]} {noun}s"
    if abs(more) > EXACT:
        of = "d’" if part == 1 else "de "
        said = ("un peu plus " if more > 0 else "près ") + of + said
    return f"{said} sur {words.NUMBERS[whole]}"


def than(change: float) -> str:
    """
    Compare with what was before, by the change in percent.

    >>> than(4.9) == f"4,9{NO_BREAK}% de plus que", than(-5.6) == f"5,6{NO_BREAK}% de moins que", than(0)
    (True, True, 'autant que')
    """
    if not change:
        return "autant que"
    return f"{number(abs(change))}{NO_BREAK}% de {'plus' if change > 0 else 'moins'} que"


def span(months: int) -> str:
    """
    Say a length of time in months below two years, in whole years from there on.

    >>> span(23) == f"23{NO_BREAK}mois", span(47) == f"3{NO_BREAK}ans"
    (True, True)
    """
    return plural(months, "mois", "mois") if months < 2 * YEAR else plural(months // YEAR, "an")


def form_name(case: Case, form: Form) -> str:
    """Name a form as it is called for one founder, or for several."""
    names = words.FORMS[form]
    return names.shared if is_shared(case) else names.name


def exit_said(exit_: str, contract: str) -> str:
    """
    Name a way to leave a contract of a kind.

    >>> exit_said("dismissal", "permanent"), exit_said("dismissal", "fixed_term")
    ('un licenciement', 'une rupture par l’employeur')
    """
    return (words.EXIT if contract == "permanent" else words.EXIT_BEFORE_TERM).get(
        exit_, words.EXIT[exit_]
    )


def measure(value: float, unit: str) -> str:
    """Set what an indicator measures."""
    if unit == "EUR/month":
        return money(value)
    return plural(round(value, 1), "mois", "mois") if unit == "months" else number(value)


def never(indicator: Indicator) -> str:
    """Say why an indicator has no month: never met, met and lost, or what is still to be obtained."""
    if indicator.met:
        return "au départ, puis plus"
    if indicator.projected:
        return "pas atteint en deux ans"
    lacking = indicator.threshold - indicator.value
    if indicator.unit == "clients":
        return f"à obtenir : {plural(lacking, 'client')} de plus"
    return "à obtenir"
