"""
The trade of a project: recognised by its id or by the words of the activity, and what the law asks of it.

What is not recognised is asked about; what the person declares holds before what the catalogue says, and where the two
disagree the report says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from tremplin.case import Case, answer
from tremplin.case.declared import Change, change, finding
from tremplin.law.categories import LETTINGS, SALES
from tremplin.model.profile import Category
from tremplin.model.trades import Trade

Found = TypeVar("Found")
SERVICES = frozenset({"commercial_service", "craft_service"})
"""Services of trade and of crafts, whose contributions, tax and ceiling are the same."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The trade of a project, if one is recognised."""

    trade: Trade | None
    by_words: bool = False
    """Whether the words of the activity told it, and no id."""
    candidates: tuple[Trade, ...] = ()
    """Where none is: those that it may be, the likeliest first."""


@answer("trade")
def recognised(case: Case) -> Recognised:
    """Recognise the trade: the id that the profile names, else the words of its activity, where they fit one trade alone."""
    return _recognised(case, case.profile.project.trade, case.profile.project.activity)


def _recognised(case: Case, id_: str | None, activity: str) -> Recognised:
    catalogue = case.register.trades
    if id_ is not None:
        named = catalogue.by_id.get(id_)
        return Recognised(named, candidates=() if named else catalogue.like(id_))
    found = catalogue.named(activity)
    if len(found) == 1:
        return Recognised(found[0], by_words=True)
    return Recognised(None, candidates=found or catalogue.like(activity))


def trade(case: Case) -> Trade | None:
    """Give the trade of the first activity; None where it is not recognised."""
    return recognised(case).trade


@answer("trade.further")
def further(case: Case) -> tuple[Recognised, ...]:
    """Recognise the trades of further activities likewise."""
    return tuple(
        _recognised(case, one.trade, one.activity) for one in case.profile.project.activities
    )


def counts_clients(case: Case) -> bool:
    """
    Tell whether a number of clients says anything: not where many people buy, each a little.

    Who sells goods or nights, or is paid on the spot by those who pass or come again, has no three clients.
    """
    known = trade(case)
    if known is None:
        return True
    goods = case.category in SALES | LETTINGS
    return not (goods or known.demand == "passing" or known.paid == "at_once")


@answer("trade.reckoned")
def is_reckoned(case: Case) -> bool:
    """Tell whether the contributions and taxes of the trade are reckoned: those of some funds are not."""
    found = (recognised(case), *further(case))
    return all(one.trade is None or one.trade.modelled == "full" for one in found)


def where_reckoned(condition: Callable[[Case], Found]) -> Callable[[Case], Found | None]:
    """Let what rests on amounts concern only whom they are reckoned for."""

    @wraps(condition)
    def guarded(case: Case) -> Found | None:
        return condition(case) if is_reckoned(case) else None

    return guarded


@answer("trade.regulated")
def is_regulated(case: Case) -> bool | None:
    """Tell whether the law asks for a qualification: as declared, else as the catalogue has it; None where neither tells."""
    declared = case.profile.project.regulated
    if declared != "unknown":
        return declared
    found = trade(case)
    if found is None or found.qualification.asked == "open":
        return None
    return found.qualification.asked


@finding("trade_not_reckoned")
def _trade_not_reckoned(case: Case) -> bool:
    """Where contributions and taxes are not reckoned, somebody else must."""
    return not is_reckoned(case)


@change("trade_free")
def _trade_free(case: Case) -> tuple[Change, ...]:  # noqa: ARG001 - tried only where the two disagree
    """Have what the trade asks for."""
    return (Change({"project.regulated": True, "project.qualified": True}),)


@change("trade_own_category")
def _trade_own_category(case: Case) -> tuple[Change, ...]:
    """Take the category that the trade has as a rule."""
    found = trade(case)
    return (Change({"project.category": found.category}),) if found else ()


@finding("trade_unknown")
def _trade_unknown(case: Case) -> bool:
    """A trade that is not recognised may ask for more than a report says: it is asked about."""
    return any(one.trade is None for one in (recognised(case), *further(case)))


@finding("trade_category")
def _trade_category(case: Case) -> bool:
    """
    The category decides contributions, tax and ceilings: one that the trade does not have is to be looked at again.

    Trade and craft differ by little, and many a trade is both.
    """
    found = trade(case)
    if found is None:
        return False
    own = {_kind(category) for category in (found.category, *found.also)}
    return _kind(case.profile.project.category) not in own


def _kind(category: Category) -> str:
    """Name what decides contributions and tax of a category."""
    if category in SALES:
        return "sale"
    return "service" if category in SERVICES else category


@finding("trade_regulated")
def _trade_regulated(case: Case) -> bool:
    """Whoever takes a trade for free that the law does not may be refused or stopped."""
    found = trade(case)
    asked = found is not None and found.qualification.asked is True
    return asked and case.profile.project.regulated is False
