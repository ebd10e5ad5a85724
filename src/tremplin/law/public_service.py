"""
Public service: who must ask before creating a business, and who only declares it.

Public servants need an authorisation (Code général de la fonction publique, L123-1 and L123-8). Those whose post is of
70 % of full time at most (« à temps non complet ») may carry on a private activity by declaration (L123-5, R123-5 and
R123-6); part time that an agent of a full-time post has asked for is another matter.
"""

from typing import Literal

from tremplin.case import Case, answer
from tremplin.case.declared import NO, YES, Change, Todo, change, criterion, finding, step
from tremplin.law.contract import employed_at_start, has_left
from tremplin.law.registration import holds

Regime = Literal["declaration", "authorisation", "to_verify"]


@answer("contract.authorised", "cgfp_l123_8")
def is_authorised(case: Case) -> bool:
    """Tell whether a public servant holds the written authorisation of L123-8."""
    return holds(case, "employer_authorisation")


@answer("contract.public_regime", "cgfp_l123_5", "cgfp_l123_8")
def public_regime(case: Case) -> Regime | None:
    """
    Tell what a public servant in service owes before creating a business; None for all others.

    Where it is not known whether a post of few hours is incomplete, the authorisation is asked for until that is told.
    """
    employment = case.profile.employment
    if employment.sector == "private" or not employed_at_start(case):
        return None
    most = case.convention("public_service.full_time_hours") * case.value(
        "public_service.incomplete_share"
    )
    if employment.incomplete_post is False or employment.weekly_hours > most:
        return "authorisation"
    return "declaration" if employment.incomplete_post is True else "to_verify"


def _must_ask(case: Case) -> bool:
    """Tell whether a public servant in service needs the authorisation."""
    return public_regime(case) in {"authorisation", "to_verify"}


@finding("public_service_authorisation")
def _authorisation_missing(case: Case) -> bool:
    """A public servant in service may not carry on a business without authorisation (L123-1 and L123-8)."""
    return _must_ask(case) and not is_authorised(case)


@change("authorisation")
def _obtain_authorisation(case: Case) -> tuple[Change, ...]:
    """Obtain the authorisation of the public employer."""
    held = case.profile.project.preparation.documents
    return (Change({"project.preparation.documents": (*held, "employer_authorisation")}),)


@criterion("contract.authorisation")
def _authorisation(case: Case) -> float | None:
    """A public servant in service who needs the authorisation holds it."""
    if not _must_ask(case):
        return None
    return YES if is_authorised(case) else NO


@step("read_status")
def _read_status(case: Case) -> Todo | None:
    """Read the statute of the public service that still binds."""
    public = case.profile.employment.sector == "public"
    return Todo() if public and not has_left(case) else None


@step("authorisation")
def _ask_authorisation(case: Case) -> Todo | None:
    """Ask for the authorisation of the public employer."""
    return Todo(done=is_authorised(case)) if _must_ask(case) else None


@step("declaration")
def _declare(case: Case) -> Todo | None:
    """Declare the activity to the public employer, where that is enough (L123-5)."""
    return Todo() if public_regime(case) == "declaration" else None
